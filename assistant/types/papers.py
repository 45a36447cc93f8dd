"""Papers and what is found in them.

All offsets count characters (Unicode code points) of a paper's one canonical text, end exclusive, so
``paper.text[start:end]`` is always what is meant.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Source:
    """Where a paper stands: a file, and the characters of the file's own text that it was read from."""

    file: str
    start: int
    end: int
    record: str | None = None
    """What tells it from others in the same file: its own id there, its line, or the file of an archive that it is."""


class Part(NamedTuple):
    """A stretch of a paper's text that is no running prose. ``kind``: heading, caption, row (of a table), listing,
    formula, figure (words in a drawing), footnote, affiliation or reference; ``page``: the one it stands
    on, from 1; 0 where there are none."""

    start: int
    end: int
    kind: str
    page: int


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. ``text`` opens with the title and author lines, if the source gives them; the abstract
    or body starts at ``body``. ``key`` is given once, by the catalog."""

    text: str
    body: int
    source: Source
    title: str | None = None
    handle: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    url: str | None = None
    abstract_end: int | None = None
    """The abstract is ``text[body:abstract_end]``; None where the source does not set one apart."""
    page_starts: tuple[int, ...] = ()
    """Offset of each page's first character; empty where the source has no pages."""
    references: tuple[int, int] | None = None
    """The reference list, if there is one: never cut into passages, never quoted."""
    parts: tuple[Part, ...] = ()
    """What is no running prose, in order, where the reader tells; none overlap."""
    warnings: tuple[str, ...] = ()
    """What could not be read of the source, a sentence each."""
    key: str = ""
    id: str = ""

    @property
    def abstract(self) -> str | None:
        return None if self.abstract_end is None else self.text[self.body : self.abstract_end]

    @property
    def name(self) -> str:
        """What a person calls the paper: its title, else its handle, else its key."""
        return self.title or self.handle or self.key

    @property
    def prose(self) -> tuple[tuple[int, int], ...]:
        """What sentences may be taken from: the body, less the reference list."""
        if self.references is None:
            return ((self.body, len(self.text)),)
        return ((self.body, self.references[0]), (self.references[1], len(self.text)))

    def page_at(self, offset: int) -> int | None:
        """The 1-based page that holds the character at ``offset``."""
        if not self.page_starts:
            return None
        place = bisect_right(self.parts, offset, key=lambda part: part.start) - 1
        if place >= 0 and offset < self.parts[place].end:
            return self.parts[
                place
            ].page  # a footnote stands behind the paragraph that runs on to the next page
        return max(1, sum(start <= offset for start in self.page_starts))

    def sections(self) -> Callable[[int], str | None]:
        """Offset → the heading that the character there stands under, as it is printed."""
        headings = [part for part in self.parts if part.kind == "heading"]
        abstract = range(self.body, self.abstract_end if self.abstract_end and self.parts else self.body)

        def section_at(offset: int) -> str | None:
            if offset in abstract:
                return "Abstract"
            place = bisect_right(headings, offset, key=lambda part: part.start) - 1
            return self.text[headings[place].start : headings[place].end] if place >= 0 else None

        return section_at


FieldValue = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldOrigin:
    """What is said of a paper in one field, and where it is from: a file, or "" for what was edited by hand.
    ``conflicts``: what other sources say in its place, each with its file."""

    name: str
    value: FieldValue
    source: str
    conflicts: tuple[tuple[FieldValue, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PaperSource:
    """One source of a paper: ``places``, the files that hold the same text; ``characters`` of prose; whether its text
    is the one that is quoted (``is_text``)."""

    places: tuple[Source, ...]
    id: str
    characters: int
    is_text: bool


@dataclass(frozen=True, slots=True)
class PaperOrigins:
    """What a paper's record is made of: its ``sources``, that of its text first, and which gave which field."""

    key: str
    sources: tuple[PaperSource, ...]
    fields: tuple[FieldOrigin, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of one paper, at most as long as the embedder reads, that ends where a sentence ends."""

    id: str
    paper: str
    start: int
    end: int
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit of evidence: ``text`` is the paper's ``text[start:end]``, whole. ``number`` counts a paper's from 0
    in reading order. ``kind``: sentence; title or authors, lines of the header; caption, whole; row, one of a table;
    fragment, what stands in a PDF and is no prose."""

    paper: str
    number: int
    start: int
    end: int
    text: str
    page: int | None = None
    section: str | None = None
    kind: str = "sentence"

    @property
    def is_header(self) -> bool:
        return self.kind in ("title", "authors")

    @property
    def is_prose(self) -> bool:
        return self.kind in ("sentence", "caption")


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that retrieval found. ``score`` is in [0, 1] and compares within one question only; ``cosine``
    and ``bm25`` are what the vectors and the full text gave it, None if they did not bring it."""

    passage: Passage
    score: float
    found_by: str
    cosine: float | None = None
    bm25: float | None = None


@dataclass(frozen=True, slots=True)
class PaperHit:
    """A paper that retrieval found, by its best passage. ``more``: how many further passages of it that hold words of
    the question were found."""

    best: Hit
    more: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that code has found in a paper: ``paper.text[start:end] == text``."""

    paper: str
    start: int
    end: int
    text: str
