"""JSON lines with a title and a text each (BEIR, ACL Anthology exports and the like) → papers."""

import gzip
import json
import re
import zlib
from typing import Any

from assistant.errors import ReadError
from assistant.read.authors import split_authors
from assistant.read.canonical import build_paper, clean_line, clean_prose, decode, rejoined, words_of
from assistant.read.handle import handle
from assistant.types import Paper, Source

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
        return read(gzip.decompress(data), file)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"not a whole gzip file ({error})") from error


def _record(line: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"line {number} is not JSON ({error})") from error
    if not isinstance(record, dict):
        raise ReadError(f"line {number} is not a JSON object with a title and a text")
    return record


def _paper(record: dict[str, Any], source: Source, number: int) -> Paper:
    text = _first(record, _TEXT)
    body = clean_prose(rejoined(text, words_of(text)))
    title = clean_line(_first(record, ("title",))) or None
    if not body and not title:
        raise ReadError(f"line {number} has neither a title nor a text ({', '.join(_TEXT)})")
    names = record.get("authors") or record.get("author") or []
    if not isinstance(names, str | list):
        raise ReadError(f"line {number} gives its authors neither as text nor as a list")
    authors = split_authors(names) if isinstance(names, str) else tuple(filter(None, map(_name, names)))
    year = re.search(r"\b\d{4}\b", _first(record, ("year",)))
    return build_paper(
        body,
        Source(source.file, source.start, source.end, _first(record, _RECORD) or None),
        title,
        ("; " if any("," in name for name in authors) else ", ").join(authors),
        authors=authors,
        is_abstract=True,
        year=int(year[0]) if year else None,
        venue=clean_line(_first(record, _VENUE)) or None,
        doi=_first(record, ("doi",)) or None,
        arxiv=_first(record, ("arxiv",)) or None,
        url=_first(record, ("url",)) or None,
        handle=None if title else handle(body),
    )


def _first(record: dict[str, Any], names: tuple[str, ...]) -> str:
    """The first of the named fields that is not empty; a list (of sentences, say) as one text."""
    found = next((record[name] for name in names if record.get(name)), "")
    return " ".join(map(str, found)) if isinstance(found, list) else str(found)


def _name(name: Any) -> str:
    """An author given as a string, or as {"first": ..., "last": ...} and the like."""
    if isinstance(name, dict):
        name = name.get("name") or " ".join(str(name[part]) for part in ("first", "last") if name.get(part))
    return clean_line(str(name or ""))
