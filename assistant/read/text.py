"""Text and Markdown files → papers: one, or the many that a page lists."""

import re
from dataclasses import replace
from typing import Any

from assistant.errors import ReadError
from assistant.read import html
from assistant.read.authors import is_author_line
from assistant.read.canonical import build_paper, clean, clean_line, clean_prose, rejoined, words_of
from assistant.read.handle import handle
from assistant.read.lines import lines
from assistant.read.listing import bare, is_prose, records
from assistant.read.matter import front_matter
from assistant.read.rows import record_of
from assistant.text.encoding import decode
from assistant.text.identifiers import doi_of
from assistant.types import Paper, Part, Source

_TOP = 6
"""Lines, badges and links, that may stand above a Markdown file's title."""
_HEADING = re.compile(
    r"^(?P<fence>```|~~~).*?(?:^(?P=fence)[^\n]*$|\Z)|^#{1,6}[ \t]+(?P<heading>[^\n#][^\n]{,150}?)[ \t]*#*$",
    re.MULTILINE | re.DOTALL,
)
"""A block of code, whose lines may open with "#", too; or a Markdown heading."""
_NO_TITLE = re.compile(r"^(?:[|>`]|[-*+]\s|\d+[.)]\s.*[.:]$)|:$")
"""A row of a table, a quotation, an item of a list, or what announces one."""


def read(data: bytes, file: str) -> list[Paper]:
    """The papers in a text file, in its order. Raises ReadError if it holds no text."""
    text = decode(data)
    if html.is_html(text):
        return [html.of_text(text, file)]
    _refuse_binary(text)
    if matter := front_matter(text):
        return [_with_matter(*matter, text, file)]
    listed = records(text)
    if not listed:
        return [_single(text, file)]
    papers = []
    line = place = 0
    for record in listed:
        line, place = line + text.count("\n", place, record.start), record.start
        title = clean_line(record.title) if record.title else None
        year = re.search(r"\b(?:19|20)\d\d\b", record.venue or "")
        abstract = clean_prose(record.abstract)
        papers.append(
            build_paper(
                abstract,
                Source(file, record.start, record.end, f"line {line + 1}"),
                title,
                clean_line(record.author_line),
                venue=clean_line(record.venue) if record.venue else None,
                year=int(year[0]) if year else None,
                handle=None if title else handle(abstract),
                is_abstract=True,
            )
        )
    return papers


def _with_matter(fields: dict[str, Any], end: int, text: str, file: str) -> Paper:
    """A text whose metadata stand above it; a heading that says its title once more is left out."""
    record = record_of(fields, 0, len(text.rstrip()), "the front matter")
    below = text[end:]
    body = clean(rejoined(below, words_of(below)))
    title = clean_line(record.title) or None
    heading, _, rest = body.partition("\n")
    if title and bare(heading) == title:
        body = rest.lstrip("\n")
    abstract = clean_prose(record.abstract)
    body, headings = _headed(body)
    paper = build_paper(
        "\n\n".join(filter(None, (abstract, body))),
        Source(file, record.start, record.end, record.id or None),
        title,
        ("; " if any("," in name for name in record.authors) else ", ").join(record.authors),
        authors=record.authors,
        year=record.year,
        venue=record.venue or None,
        doi=doi_of(record.doi) or None,
        arxiv=record.arxiv or None,
        url=record.url or None,
        handle=None if title else handle(body[:5000]),
    )
    paper = replace(paper, parts=_placed(headings, len(paper.text) - len(body)))
    return replace(paper, abstract_end=paper.body + len(abstract)) if abstract else paper


def _refuse_binary(text: str) -> None:
    """Text has few control characters; a picture or an archive under a text file's name has many."""
    sample = text[:20_000]
    odd = sum((ord(c) < 32 and c not in "\n\t\f\x1b") or c == "\ufffd" for c in sample)
    if not text.strip() or odd > 0.05 * len(sample):
        raise ReadError("no text in it" if not text.strip() else "not a text file, whatever its name says")


def _single(text: str, file: str) -> Paper:
    """The whole file as one paper. Its title is a Markdown heading, or a short first line that stands
    alone or above an author line; else it has none. A remark in square brackets above it is left out."""
    source = Source(file, len(text) - len(text.lstrip()), len(text.rstrip()))
    page = lines(text)
    start = page[0].start if page else source.start
    title, author_line = None, ""
    top = next((n for n, line in enumerate(page[:_TOP]) if re.match(r"#\s", line.text)), 0)
    if any(is_prose(line.text) for line in page[:top]):
        top = 0
    if len(page) > top + 1 and not is_prose(page[top].text) and not _NO_TITLE.search(page[top].text):
        first, second = page[top : top + 2]
        has_authors = is_author_line(bare(second.text))
        alone = first.block < second.block and len(first.text) <= 250 and first.text[-1] not in ".,;:"
        if has_authors or alone or re.match(r"#{1,2}\s", first.text):
            title = clean_line(bare(first.text))
            author_line = clean_line(bare(second.text)) if has_authors else ""
            start = second.end if has_authors else first.end
    rest = re.sub(r"^\s*[=_*-]{3,}[ \t]*\n", "", text[start:])  # the ruler below an underlined title
    body, headings = _headed(clean(rejoined(rest, words_of(text))))
    paper = build_paper(body, source, title, author_line, handle=None if title else handle(body[:5000]))
    return replace(paper, parts=_placed(headings, paper.body))


def _headed(body: str) -> tuple[str, list[Part]]:
    """The body with each Markdown heading outside of code without its marks and alone, and where these stand."""
    text, headings, last = "", [], 0
    for match in (found for found in _HEADING.finditer(body) if found["heading"]):
        before, last = body[last : match.start()].strip("\n"), match.end()
        text += "".join(f"{piece}\n\n" for piece in (before, match["heading"]) if piece)
        end = len(text) - 2
        headings.append(Part(end - len(match["heading"]), end, "heading", 0))
    return (text + body[last:].lstrip("\n")).rstrip("\n"), headings


def _placed(parts: list[Part], start: int) -> tuple[Part, ...]:
    return tuple(part._replace(start=part.start + start, end=part.end + start) for part in parts)
