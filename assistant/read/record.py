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


class Block(NamedTuple):
    """A paragraph (``kind`` is empty), or a part of the text that is none: heading, caption, row, listing, formula or
    footnote."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """``start`` and ``end``: its characters in the file; ``id``: its own in there; ``blocks``: its full text, behind
    the abstract. What the source does not give is empty."""

    start: int
    end: int
    title: str = ""
    authors: tuple[str, ...] = ()
    abstract: str = ""
    blocks: tuple[Block, ...] = ()
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
    abstract = _prose(record.abstract)
    body, parts = _laid_out(record.blocks, len(abstract) + 2 if abstract else 0)
    text = "\n\n".join(filter(None, (abstract, body)))
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
        abstract_end=paper.body + len(abstract) if abstract else None,
        parts=tuple(
            part._replace(start=part.start + paper.body, end=part.end + paper.body) for part in parts
        ),
    )


def year_in(text: str) -> int | None:
    """The first year that a date, in whatever form, holds."""
    year = re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", text)
    return int(year[0]) if year else None


def abstract_apart(blocks: Sequence[Block]) -> tuple[str, tuple[Block, ...]]:
    """The abstract of a text that opens with one, under a heading of its own; and the rest."""
    for n, block in enumerate(blocks[:12]):
        if block.kind == "heading" and _ABSTRACT.fullmatch(block.text.strip()):
            end = next((m for m in range(n + 1, len(blocks)) if blocks[m].kind), len(blocks))
            abstract = "\n\n".join(each.text for each in blocks[n + 1 : end])
            return abstract, (*blocks[:n], *blocks[end:])
    return "", tuple(blocks)


def _laid_out(blocks: Iterable[Block], start: int) -> tuple[str, list[Part]]:
    """The blocks as one text, which begins at ``start``, and those of them that are no paragraphs. Rows of one table
    stand one below the other."""
    pieces: list[str] = []
    parts: list[Part] = []
    size, before = 0, ""
    for block in blocks:
        text = repaired(block.text) if block.kind == "listing" else _prose(block.text, bool(block.kind))
        if not text:
            continue
        gap = "" if not pieces else "\n" if block.kind == before == "row" else "\n\n"
        pieces += (gap, text)
        size += len(gap) + len(text)
        if block.kind:
            parts.append(Part(start + size - len(text), start + size, block.kind, 0))
        before = block.kind
    return "".join(pieces), parts


def _prose(text: str, one_line: bool = False) -> str:
    text = rejoined(text, words_of(text))
    return clean_line(text) if one_line else clean_prose(text)
