"""File → papers: one module a format, and the table that maps a file's name to its reader."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from assistant.errors import ReadError
from assistant.read import pdf, records, text
from assistant.types import Paper

READER_VERSION = 3
"""Raised whenever any reader's canonical text changes, so that every file is read again."""


class Kind(NamedTuple):
    """What reads a kind of file, and how many bytes of it at most: what is larger would fill the memory."""

    read: Callable[[bytes, str], list[Paper]]
    largest: int


_TEXT = Kind(text.read, 5_000_000)  # a thick book has 3 MB
KINDS: dict[str, Kind] = {
    ".txt": _TEXT,
    ".text": _TEXT,
    ".md": _TEXT,
    ".markdown": _TEXT,
    ".jsonl": Kind(records.read, records.LARGEST),
    ".jsonl.gz": Kind(records.read_gzip, records.LARGEST),
    ".pdf": Kind(pdf.read, 300_000_000),
}
LONGEST = 5_000_000
"""Characters of one paper."""


def is_readable(path: Path) -> bool:
    """Whether there is a reader for a file of this name."""
    return path.name.lower().endswith(tuple(KINDS))


def kind_of(path: Path) -> Kind:
    """The kind of a file of this name. Raises ReadError if there is no reader for it."""
    name = path.name.lower()
    for suffix, kind in KINDS.items():
        if name.endswith(suffix):
            return kind
    raise ReadError(f"no reader for this kind of file; readable are {', '.join(sorted(KINDS))}")


def read(data: bytes, path: Path) -> list[Paper]:
    """The papers in the file at ``path``, whose content is ``data``; at least one, without keys.

    Raises ReadError if there is no reader for it, or nothing in it that can be read.
    """
    kind = kind_of(path)
    if not data.strip():
        raise ReadError("the file is empty")
    papers = [paper for paper in kind.read(data, str(path)) if paper.text]
    if not papers:
        raise ReadError("no text in it")
    if any(len(paper.text) > LONGEST for paper in papers):
        raise ReadError(
            f"too long: a paper of at most {LONGEST // 1_000_000} million characters is read; split it"
        )
    return papers
