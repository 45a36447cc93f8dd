"""A .bib file's text → its entries, as they are written. The one door to bibtexparser, which reads on behind an entry
that is broken."""

import logging
import re
from dataclasses import dataclass

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import DuplicateBlockKeyBlock, Entry, ParsingFailedBlock

_PIECE = r"[^\s\"{}#,]+|\"[^\"]*\"|\{[^{}]*\}"
_SEVERAL = re.compile(rf"\s*(?:{_PIECE})(?:\s*#\s*(?:{_PIECE}))+\s*")
_OPEN = "no-enclosing"
"""What bibtexparser says of a value that stood in neither braces nor quotation marks."""

# What it cannot read comes back as a block of its own, and need not be printed as well.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class BibEntry:
    """``fields``: name in lower case → value, its outer braces or quotation marks gone; ``start`` and ``end``: the
    entry's characters in the text. ``again``: an entry above has the same key."""

    key: str
    fields: dict[str, str]
    start: int
    end: int
    again: bool = False


def parsed(text: str) -> tuple[list[BibEntry], list[tuple[int, str]]]:
    """The entries in their order; and what could not be read, as (line, why)."""
    found: list[BibEntry] = []
    unread: list[tuple[int, str]] = []
    position = 0
    library = parse_string(text)
    strings = {string.key.lower(): _bare(str(string.value)) for string in library.strings}
    for block in library.blocks:
        # One whose key is taken, or that has a field twice, is given as such, with the entry that it would be.
        entry = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else block
        if isinstance(entry, Entry):
            start = max(position, text.find(block.raw or "", position))
            position = start + len(block.raw or "")
            enclosed = entry.parser_metadata.get("removed_enclosing", {})
            fields = {
                field.key.lower(): _joined(str(field.value), strings)
                if enclosed.get(field.key, _OPEN) == _OPEN
                else _bare(str(field.value))
                for field in reversed(entry.fields)
            }
            again = isinstance(block, DuplicateBlockKeyBlock)
            found.append(BibEntry(entry.key, fields, start, position, again))
        elif isinstance(block, ParsingFailedBlock) and block.start_line is not None:
            why = " ".join(str(block.error).split()) or "an entry that does not end"
            unread.append((block.start_line + 1, why))
    return found, unread


def _joined(value: str, strings: dict[str, str]) -> str:
    """A value in one piece, where it is several: ``jiz # ", Series B"``."""
    if not _SEVERAL.fullmatch(value):
        return _bare(value)
    return "".join(strings.get(piece.lower(), _bare(piece)) for piece in re.findall(_PIECE, value))


def _bare(value: str) -> str:
    """Without the marks around it, which an entry with an error still has."""
    value = value.strip()
    return (
        value[1:-1]
        if re.fullmatch(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\"[^\"]*\"", value, re.DOTALL)
        else value
    )
