"""Which papers to ask: those with certain keys, by an author, of certain years."""

from dataclasses import dataclass

from assistant.errors import UsageError
from assistant.store.catalog import Catalog
from assistant.text.terms import fold


@dataclass(frozen=True, slots=True)
class Selection:
    """Which papers to ask: those with one of the keys, by the author, of the years; all by default."""

    papers: tuple[str, ...] = ()
    author: str | None = None
    since: int | None = None
    until: int | None = None


def selected(selection: Selection, catalog: Catalog) -> list[str] | None:
    """The keys of the selected papers; None for all. Raises UnknownPaper, and UsageError if none is left."""
    if selection == Selection():
        return None
    named = {catalog.paper(key).key for key in selection.papers}
    if (selection.since or -9999) > (selection.until or 9999):
        raise UsageError(f"no year is {selection.since} or later and {selection.until} or earlier; swap them")
    author = fold(selection.author or "")
    since, until = selection.since or -9999, selection.until or 9999
    dated = selection.since is not None or selection.until is not None
    keys = [
        paper.key
        for paper in catalog.papers()
        if (not selection.papers or paper.key in named)
        and (not author or any(author in fold(name) for name in paper.authors))
        and (not dated or (paper.year is not None and since <= paper.year <= until))
    ]
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
