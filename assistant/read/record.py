"""What a source says of one paper, field by field → the paper. Every reader of records and of marked-up text makes
these; what is done with their characters is done here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant.read.canonical import (
    build_paper,
    clean_line,
    clean_prose,
    rejoined,
    repaired,
    words_of,
)
from assistant.read.handle import handle
from assistant.text.identifiers import doi_of
from assistant.types import Paper, Part, Source

_ABSTRACT = re.compile(r"(?:\d+\.?\s*)?(?:abstract|summary|zusammenfassung|résumé)\W*", re.IGNORECASE)

_NEAR_TOP = 12
"""Blocks; an abstract that begins below them is a section about abstracts."""


class Block(NamedTuple):
    """A paragraph (``kind`` is empty), or a part of the text that is none: heading, caption, row, listing, formula or
    footnote."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """``start`` and ``end``: its characters in the file; ``id``: its own in there; ``blocks``: its text, of which the
    first ``opening`` are the abstract, if ``abstract`` does not give it. What the source does not say is empty."""

    start: int
    end: int
    title: str = ""
    authors: tuple[str, ...] = ()
    abstract: str = ""
    blocks: tuple[Block, ...] = ()
    opening: int = 0
    year: int | None = None
    venue: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    id: str = ""


def paper_of(record: Record, file: str) -> Paper:
    """A paper without text if the record has neither title nor text."""
    title = clean_line(record.title)
    authors = tuple(filter(None, map(clean_line, record.authors)))
    blocks, opening = record.blocks, record.opening
    if record.abstract:
        blocks, opening = (Block(record.abstract), *blocks), 1
    text, parts, abstract_end = _laid_out(blocks, opening)
    paper = build_paper(
        text,
        Source(file, record.start, record.end, repaired(record.id) or None),
        title or None,
        ("; " if any("," in name for name in authors) else ", ").join(authors),
        authors=authors,
        year=record.year,
        venue=clean_line(record.venue) or None,
        doi=doi_of(repaired(record.doi)) or None,
        arxiv=repaired(record.arxiv) or None,
        url=repaired(record.url) or None,
        handle=None if title else handle(text[:5000]),
    )
    return replace(
        paper,
        abstract_end=paper.body + abstract_end if abstract_end else None,
        parts=tuple(
            part._replace(start=part.start + paper.body, end=part.end + paper.body) for part in parts
        ),
    )


def year_in(text: str) -> int | None:
    """The first year that a date, in whatever form, holds."""
    year = re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", text)
    return int(year[0]) if year else None


def abstract_first(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], int]:
    """The blocks with the abstract in front, where the text opens with one under a heading of its own, and without that
    heading; and how many blocks it is."""
    for n, block in enumerate(blocks[:_NEAR_TOP]):
        if block.kind == "heading" and _ABSTRACT.fullmatch(block.text.strip()):
            end = next((m for m in range(n + 1, len(blocks)) if blocks[m].kind == "heading"), len(blocks))
            return (*blocks[n + 1 : end], *blocks[:n], *blocks[end:]), end - n - 1
    return tuple(blocks), 0


def _laid_out(blocks: Iterable[Block], opening: int) -> tuple[str, list[Part], int]:
    """The blocks as one text; those of them that are no paragraphs; and the end of the first ``opening``. Rows of one
    table stand one below the other."""
    pieces: list[str] = []
    parts: list[Part] = []
    size, opened, before = 0, 0, ""
    for n, block in enumerate(blocks):
        text = repaired(block.text) if block.kind == "listing" else _prose(block.text, bool(block.kind))
        if not text:
            continue
        gap = "" if not pieces else "\n" if block.kind == before == "row" else "\n\n"
        pieces += (gap, text)
        size += len(gap) + len(text)
        opened = size if n < opening else opened
        if block.kind:
            parts.append(Part(size - len(text), size, block.kind, 0))
        before = block.kind
    return "".join(pieces), parts, opened


def _prose(text: str, one_line: bool = False) -> str:
    text = rejoined(text, words_of(text))
    return clean_line(text) if one_line else clean_prose(text)
