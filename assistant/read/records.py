"""JSON lines with a title and a text each (BEIR, ACL Anthology exports and the like) → papers."""

import gzip
import json
import re
import zlib
from io import BytesIO
from typing import Any

from assistant.errors import ReadError
from assistant.read.authors import split_authors
from assistant.read.canonical import (
    build_paper,
    clean_line,
    clean_prose,
    rejoined,
    repaired,
    words_of,
)
from assistant.read.handle import handle
from assistant.text.encoding import decode
from assistant.types import Paper, Source

LARGEST = 100_000_000
"""Bytes that are read of one file, unpacked: all abstracts of a field's conferences make 75 MB."""
_TEXT = ("text", "abstract", "summary", "body", "contents")
_RECORD = ("_id", "id", "bibkey", "doc_id", "paper_id")
_VENUE = ("venue", "journal", "booktitle")


def read(data: bytes, file: str) -> list[Paper]:
    """One paper a line. Raises ReadError naming the first line that is not a record."""
    papers, offset = [], 0
    for number, line in enumerate(decode(data).split("\n"), start=1):
        if line.strip():
            papers.append(_paper(_record(line, number), Source(file, offset, offset + len(line)), number))
        offset += len(line) + 1
    return papers


def read_gzip(data: bytes, file: str) -> list[Paper]:
    """As ``read``, from a gzip-compressed file; offsets count the characters inside."""
    try:
        unpacked = gzip.GzipFile(fileobj=BytesIO(data)).read(LARGEST + 1)  # a small file may hold gigabytes
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"not a whole gzip file ({error}); fetch it again") from error
    if len(unpacked) > LARGEST:
        raise ReadError(f"too large: at most {LARGEST // 1_000_000} MB are unpacked; split it")
    return read(unpacked, file)


def _record(line: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line, parse_constant=lambda name: None)  # NaN is how some programs say nothing
    except (ValueError, RecursionError) as error:
        raise ReadError(f"line {number} is not JSON ({error}); mend or delete that line") from error
    if not isinstance(record, dict):
        raise ReadError(f"line {number} is not a JSON object with a title and a text")
    for name in ("title", *_TEXT):
        if record.get(name) and not _plain(record[name]):
            raise ReadError(f"line {number} gives its {name} neither as text nor as a list of texts")
    return record


def _paper(record: dict[str, Any], source: Source, number: int) -> Paper:
    text = _first(record, _TEXT)
    body = clean_prose(rejoined(text, words_of(text)))
    title = clean_line(_first(record, ("title",))) or None
    if not body and not title:
        raise ReadError(f"line {number} has neither a title nor a text (title, {', '.join(_TEXT)})")
    names = record.get("authors") or record.get("author") or []
    if not isinstance(names, str | list):
        raise ReadError(f"line {number} gives its authors neither as text nor as a list")
    authors = split_authors(names) if isinstance(names, str) else tuple(filter(None, map(_name, names)))
    year = re.search(r"\b\d{4}\b", _first(record, ("year",)))
    return build_paper(
        body,
        Source(source.file, source.start, source.end, _word(record, *_RECORD)),
        title,
        ("; " if any("," in name for name in authors) else ", ").join(authors),
        authors=authors,
        is_abstract=True,
        year=int(year[0]) if year else None,
        venue=clean_line(_first(record, _VENUE)) or None,
        doi=_word(record, "doi"),
        arxiv=_word(record, "arxiv"),
        url=_word(record, "url"),
        handle=None if title else handle(body),
    )


def _first(record: dict[str, Any], names: tuple[str, ...]) -> str:
    """The first of the named fields that says something."""
    return next((text for name in names if (text := _plain(record.get(name)))), "")


def _plain(value: Any) -> str:
    """A text or a number as text, a list of them (sentences, say) as one text; nothing for all else."""
    if isinstance(value, list):
        return " ".join(filter(None, map(_plain, value)))
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _word(record: dict[str, Any], *names: str) -> str | None:
    return repaired(_first(record, names)) or None


def _name(name: Any) -> str:
    """An author given as a string, or as {"first": ..., "last": ...} and the like."""
    if isinstance(name, dict):
        name = name.get("name") or [name.get("first"), name.get("last")]
    return clean_line(_plain(name))
