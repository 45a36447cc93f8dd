"""Which papers are meant: those with certain keys, by an author, of certain years; and in which order they are told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from assistant.errors import UsageError
from assistant.store.catalog import Catalog
from assistant.text.terms import fold
from assistant.types import Paper


@dataclass(frozen=True, slots=True)
class Selection:
    """Which papers to ask: those with one of the keys, by the author, of the years; all by default."""

    papers: tuple[str, ...] = ()
    author: str | None = None
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """``by``: key, year, title or added, the newest first of years and of what was added; None for the order of files
    and of places in them. ``limit``: how many."""

    by: str | None = None
    limit: int | None = None


_SORTS: dict[str, Callable[[Paper], Any]] = {
    "key": lambda paper: fold(paper.key),
    "year": lambda paper: (-(paper.year or -9999), fold(paper.key)),
    "title": lambda paper: (not paper.title, fold(paper.title or paper.name)),
}


def selected(selection: Selection, catalog: Catalog) -> list[str] | None:
    """The keys of the selected papers; None for all. Raises UnknownPaper, and UsageError if none is left."""
    if selection == Selection():
        return None
    keys = [paper.key for paper in matching(selection, catalog)]
    if not keys and selection.papers:
        raise UsageError(
            f"no paper is selected: {', '.join(selection.papers)} is of another author or year; leave out --paper,"
            " or --author, --since and --until"
        )
    if not keys:
        papers = list(catalog.papers())
        nameless, undated = sum(not p.authors for p in papers), sum(p.year is None for p in papers)
        raise UsageError(
            f"no paper is selected: of {len(papers)} papers, {nameless} have no author and {undated} no year on"
            " record; see: assistant papers"
        )
    return keys


def matching(selection: Selection, catalog: Catalog) -> list[Paper]:
    """The papers that are meant, if there are any. Raises UnknownPaper, and UsageError for years that leave none."""
    for key in selection.papers:
        catalog.paper(key)
    if (selection.since or -9999) > (selection.until or 9999):
        raise UsageError(f"no year is {selection.since} or later and {selection.until} or earlier; swap them")
    author = fold(selection.author or "")
    since, until = selection.since or -9999, selection.until or 9999
    dated = selection.since is not None or selection.until is not None
    return [
        paper
        for paper in catalog.papers()
        if (not selection.papers or paper.key in selection.papers)
        and (not author or any(author in fold(name) for name in paper.authors))
        and (not dated or (paper.year is not None and since <= paper.year <= until))
    ]


def holding(words: str, papers: Iterable[Paper]) -> list[Paper]:
    """Those of the papers whose key, title, authors, venue, year or abstract hold all the words, or parts of words,
    whatever their case and accents."""
    sought = fold(words).split()
    return [paper for paper in papers if all(map(_about(paper).__contains__, sought))]


def ordered(papers: Iterable[Paper], listing: Listing, catalog: Catalog) -> list[Paper]:
    found = list(papers)
    if listing.by == "added":
        place = {key: n for n, key in enumerate(catalog.keys_as_added())}
        found.sort(key=lambda paper: -place[paper.key])
    elif listing.by:
        found.sort(key=_SORTS[listing.by])
    return found[: listing.limit]


def _about(paper: Paper) -> str:
    facts = (paper.key, paper.name, *paper.authors, paper.venue, str(paper.year or ""), paper.abstract)
    return fold(" ".join(filter(None, facts)))
