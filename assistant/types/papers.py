"""Papers and what is found in them.

All offsets count characters (Unicode code points) of a paper's one canonical text, end exclusive, so
``paper.text[start:end]`` is always what is meant.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where a paper stands: a file, and the characters of the file's own text that it was read from."""

    file: str
    start: int
    end: int
    record: str | None = None
    """The paper's own id in a file of records (JSON lines)."""


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
        return max(1, sum(start <= offset for start in self.page_starts))


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
    in reading order. ``kind``: sentence; title or authors, lines of the header; fragment, what stands in a PDF and
    is no prose."""

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
class Quote:
    """Words that code has found in a paper: ``paper.text[start:end] == text``."""

    paper: str
    start: int
    end: int
    text: str
