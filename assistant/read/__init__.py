"""File → papers: one module a format, and the table that maps a file's name to its reader."""

from collections.abc import Callable
from pathlib import Path

from assistant.errors import ReadError
from assistant.read import pdf, records, text
from assistant.types import Paper

READER_VERSION = 1
"""Raised whenever any reader's canonical text changes, so that every file is read again."""

Reader = Callable[[bytes, str], list[Paper]]
READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".text": text.read,
    ".md": text.read,
    ".markdown": text.read,
    ".jsonl": records.read,
    ".jsonl.gz": records.read_gzip,
    ".pdf": pdf.read,
}


def reader_for(path: Path) -> Reader | None:
    """The reader for a file of this name, or None where there is none."""
    name = path.name.lower()
    return next((reader for suffix, reader in READERS.items() if name.endswith(suffix)), None)


def read(data: bytes, path: Path) -> list[Paper]:
    """The papers in the file at ``path``, whose content is ``data``; at least one, without keys.

    Raises ReadError if there is no reader for it, or nothing in it that can be read.
    """
    reader = reader_for(path)
    if reader is None:
        raise ReadError(f"no reader for this kind of file; readable are {', '.join(sorted(READERS))}")
    if not data.strip():
        raise ReadError("the file is empty")
    papers = [paper for paper in reader(data, str(path)) if paper.text]
    if not papers:
        raise ReadError("no text in it")
    return papers
