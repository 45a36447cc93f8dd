"""Which papers are meant: those with certain keys, by an author, of certain years; and in which order they are told."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import UsageError
from assistant.store.catalog import Catalog
from assistant.text.terms import content_stems, fold
from assistant.types import Hit, Paper


@dataclass(frozen=True, slots=True)
class Selection:
    """Which papers to ask: those with one of the keys, by the author, of the years, with the tag; all by default."""

    papers: tuple[str, ...] = ()
    author: str | None = None
    since: int | None = None
    until: int | None = None
    tag: str | None = None


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


_NO_TAGS = "none has any; give one with: assistant papers tag KEY WORD"


def selected(selection: Selection, catalog: Catalog) -> list[str] | None:
    """The keys of the selected papers; None for all, where none is named. Raises UnknownPaper, and UsageError if none
    is left."""
    if selection == Selection():
        return None
    meant, every = _meant(selection, catalog), list(catalog.described())
    keys = [key for key, authors, year in every if meant(key, authors, year)]
    if len(keys) == len(every) and keys and not selection.papers:
        return None
    if not keys and selection.papers:
        what, last = ("author, year or tag", "--since, --until and --tag")
        if not selection.tag:
            what, last = ("author or year", "--since and --until")
        raise UsageError(
            f"no paper is selected: {', '.join(selection.papers)} is of another {what}; leave out the keys, or"
            f" --author, {last}"
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
    """The papers that are meant, if there are any. Raises UnknownPaper, and UsageError for years that leave none, and
    for a tag that no paper has."""
    meant = _meant(selection, catalog)
    return [paper for paper in catalog.papers() if meant(paper.key, paper.authors, paper.year)]


def _meant(selection: Selection, catalog: Catalog) -> Callable[[str, Sequence[str], int | None], bool]:
    """Whether a paper's key, authors and year are those of one that is meant. Raises as ``matching``."""
    wanted = set(map(catalog.spelt, selection.papers))
    if (selection.since or -9999) > (selection.until or 9999):
        raise UsageError(f"no year is {selection.since} or later and {selection.until} or earlier; swap them")
    tags = catalog.tags() if selection.tag else {}
    tag = tag_of(selection.tag or "any")
    if selection.tag and not any(tag in words for words in tags.values()):
        known = ", ".join(sorted(set().union(*tags.values())))
        raise UsageError(f"no paper has the tag {tag!r}; " + (f"there are: {known}" if known else _NO_TAGS))
    author = fold(selection.author or "")
    since, until = selection.since or -9999, selection.until or 9999
    dated = selection.since is not None or selection.until is not None
    return lambda key, authors, year: (
        (not wanted or key in wanted)
        and (not selection.tag or tag in tags.get(key, ()))
        and (not author or any(author in fold(name) for name in authors))
        and (not dated or (year is not None and since <= year <= until))
    )


_SAID = 0.4
"""What it adds to a passage's cosine to a topic that it says all of its words; with the two below set on topics.jsonl
(eval/LOG.md)."""
ON_TOPIC = 0.36
"""How near a paper on a topic is at least."""
AS_NEAR = 0.8
"""The least share of how near the nearest paper is that any other on the topic has."""
_UNSEEN = 0.2
"""The cosine that a passage is taken to have which the words alone brought."""


@dataclass(frozen=True, slots=True)
class Topical:
    """``near``: how near each paper that was found is to a topic, from 0 to 1, the nearest first; ``keys``: those that
    are on it, in the same order."""

    near: Mapping[str, float]
    keys: tuple[str, ...]


def on_topic(topic: str, hits: Sequence[Hit]) -> Topical:
    """``hits``: what was found for the topic. A paper is as near as its nearest passage, by meaning and words: a topic
    is short, so that another of the same field is as near in meaning."""
    sought = set(content_stems(topic))
    found: dict[str, float] = {}
    for hit in hits:
        said = len(sought.intersection(content_stems(hit.passage.text))) / max(1, len(sought))
        cosine = _UNSEEN if hit.cosine is None else max(0.0, hit.cosine)
        key, value = hit.passage.paper, (cosine + _SAID * said) / (1 + _SAID)
        found[key] = max(value, found.get(key, 0.0))
    near = {key: found[key] for key in sorted(found, key=lambda key: (-found[key], key))}
    least = max(ON_TOPIC, AS_NEAR * max(near.values(), default=0.0))
    return Topical(near, tuple(key for key, value in near.items() if value >= least))


def tag_of(word: str) -> str:
    """The word as it is kept: in small letters. Raises UsageError for what is no one word."""
    if not re.fullmatch(r"[^\s,;\"'\x00-\x1f\x7f-\x9f]{1,60}", word):
        raise UsageError(f"a tag is one word, without commas and quotation marks, not {word!r}")
    return word.casefold()


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
