"""A draft's file → its sentences, with line numbers and what each cites. One module a format."""

from collections.abc import Callable
from pathlib import Path

from assistant.draft import latex, markdown, plain
from assistant.draft.manuscript import Cite, DraftSentence, Entry, Manuscript
from assistant.errors import UsageError

__all__ = ["FORMATS", "Cite", "DraftSentence", "Entry", "Manuscript", "read"]

FORMATS: dict[str, Callable[[Path, bool], Manuscript]] = {
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".qmd": markdown.read,
    ".rmd": markdown.read,
    ".tex": latex.read,
    ".ltx": latex.read,
    ".txt": plain.read,
    ".text": plain.read,
}


def read(path: Path, tables: bool = False) -> Manuscript:
    """The draft in ``path``. ``tables``: whether the rows of its tables count as sentences, where a format has any.
    Raises UsageError for a format that is not read, ReadError."""
    reader = FORMATS.get(path.suffix.lower())
    if reader is None:
        raise UsageError(f"{path} is not a draft that can be read; its name must end in {', '.join(FORMATS)}")
    return reader(path, tables)
