"""What a draft cites → the library's papers: by key, DOI, arXiv number, title, or authors and year. Equal after
normalisation, or not at all: nothing is guessed."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from assistant.draft import Entry, Manuscript, bbl, bib, read
from assistant.errors import ReadError
from assistant.text.latex import resolve_latex
from assistant.text.marks import text_of
from assistant.text.people import last_name
from assistant.text.terms import fold, tokens
from assistant.types import Paper

_LEAST_TITLE = 4
"""Words of a title that is looked for inside an item of a reference list; "Attention" stands in many."""


def resolved(draft: Manuscript, papers: Iterable[Paper]) -> dict[str, tuple[str, ...]]:
    """Each key that the draft cites → the keys of the ``papers`` that it may mean: one if it is clear, none if there is
    none, several if that is open."""
    shelf = Shelf(papers)
    return {key: shelf.find(key, draft.entries.get(key)) for key in draft.keys}


def with_entries(draft: Manuscript, bibs: Iterable[Path]) -> Manuscript:
    """The draft with what its bibliographies, and ``bibs``, say of the keys that it cites; and a warning,
    "file:line: message", for each entry that cannot be read. Raises ReadError for one of ``bibs``."""
    warnings: list[str] = []
    entries: dict[str, Entry] = {}
    for path in draft.bibliographies:
        try:
            entries |= _entries(path, draft.keys, warnings)
        except ReadError as error:
            if not any(
                each.suffix == ".bbl" for each in draft.bibliographies
            ):  # where LaTeX has made the list
                warnings.append(f"{draft.file}:1: its keys are looked up in the library alone: {error}")
    for path in bibs:
        entries |= _entries(path, draft.keys, warnings)
    return replace(draft, entries=entries | draft.entries, warnings=(*draft.warnings, *warnings))


def read_with_entries(path: Path, tables: bool, bibs: Sequence[Path]) -> Manuscript:
    """As ``draft.read``, and ``with_entries``: all that is read of a draft, so that it can be read in a process of its
    own."""
    return with_entries(read(path, tables), bibs)


def _entries(path: Path, keys: Collection[str], warnings: list[str]) -> dict[str, Entry]:
    text = text_of(path)
    if path.suffix == ".bbl":
        return bbl.entries(text)
    found, unread = bib.entries(text, keys)
    warnings += (f"{path}:{line}: this entry was not read: {why}" for line, why in unread)
    return found


class Shelf:
    """The library's papers, to be found by what a draft says of them."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self._papers = {paper.key: paper for paper in papers}

    def find(self, key: str, entry: Entry | None) -> tuple[str, ...]:
        """The keys of the papers that a draft's ``key`` may mean, of which ``entry`` is all that it says."""
        if entry is None:
            return (key,) if key in self._papers else ()
        if entry.names:
            return self._by_people(entry)
        if entry.text:
            return self._by_text(entry.text)
        found = self._dois.get(_doi(entry.doi)) or self._arxivs.get(_arxiv(entry.arxiv))
        if found or (found := self._titles.get(_title(entry.title))):
            return tuple(found)
        paper = self._papers.get(key)
        if paper is None or (paper.title and entry.title):  # another title is another paper, by the same key
            return ()
        return (key,)

    def _by_people(self, entry: Entry) -> tuple[str, ...]:
        """Papers by these authors: of that year, else of no year on record."""
        wanted = [_last_word(name) for name in entry.names]
        works = self._authored.get(wanted[0], [])
        works = [
            paper
            for paper in works
            if [_last_word(last_name(name)) for name in paper.authors[: len(wanted)]] == wanted
            and (len(paper.authors) > len(wanted)) == entry.others
        ]
        dated = [paper.key for paper in works if paper.year == entry.year]
        return tuple(dated or [paper.key for paper in works if paper.year is None])

    def _by_text(self, text: str) -> tuple[str, ...]:
        """Papers whose DOI, arXiv number or whole title stands in an item of a reference list."""
        plain, words = text.casefold(), f" {_title(text)} "
        for known in (self._dois, self._arxivs):
            if found := [key for name, keys in known.items() if _stands_in(name, plain) for key in keys]:
                return tuple(found)
        titles = [
            name for name in self._titles if name.count(" ") + 1 >= _LEAST_TITLE and f" {name} " in words
        ]
        longest = max(titles, key=len, default="")  # a title may hold another
        return tuple(self._titles.get(longest, ()))

    @cached_property
    def _authored(self) -> Mapping[str, list[Paper]]:
        found = defaultdict(list)
        for paper in self._papers.values():
            if paper.authors:
                found[_last_word(last_name(paper.authors[0]))].append(paper)
        return found

    @cached_property
    def _dois(self) -> Mapping[str, list[str]]:
        return self._by(lambda paper: _doi(paper.doi or ""))

    @cached_property
    def _arxivs(self) -> Mapping[str, list[str]]:
        return self._by(lambda paper: _arxiv(paper.arxiv or ""))

    @cached_property
    def _titles(self) -> Mapping[str, list[str]]:
        return self._by(lambda paper: _title(paper.title or ""))

    def _by(self, name_of: Callable[[Paper], str]) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for paper in self._papers.values():
            if name := name_of(paper):
                found.setdefault(name, []).append(paper.key)
        return found


def _doi(doi: str) -> str:
    """A DOI without the address that it is given under, in one case."""
    return re.sub(r"^(?:https?://)?(?:dx\.)?(?:doi\.org/|doi:)\s*", "", doi.strip().casefold())


def _arxiv(number: str) -> str:
    """An arXiv number without its version."""
    return re.sub(r"^arxiv:|v\d+$", "", number.strip().casefold())


def _title(title: str) -> str:
    return " ".join(tokens(resolve_latex(title).replace("{", "").replace("}", "")))


def _last_word(name: str) -> str:
    return (fold(name).split() or [""])[-1]


def _stands_in(name: str, text: str) -> bool:
    return name in text and re.search(rf"(?<![\w.]){re.escape(name)}(?![\w])", text) is not None
