"""File → papers: one module a format, and the table that maps a file's name to its reader."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from assistant.errors import ReadError, UnknownKind
from assistant.read import archive, bib, epub, html, office, pdf, ris, rows, tex, text, xml
from assistant.text.identifiers import arxiv_named
from assistant.types import Paper, Warn

READER_VERSION = 9
"""Raised whenever any reader's canonical text changes, so that every file is read again."""


Reader = Callable[[bytes, str, Warn], list[Paper]]
"""(content, path, warn) → papers. Raises ReadError, and UnknownKind for content of a kind that it does not know."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take. ``seconds``: and ``SECONDS_A_MEGABYTE`` more for each megabyte that it has;
    ``megabytes`` of memory; ``pages`` of a PDF; ``size`` of the file in megabytes, None for what its kind has in
    ``KINDS``."""

    seconds: float = 30
    megabytes: int = 2000
    pages: int = pdf.MOST_PAGES
    size: int | None = None


_ASIDE = re.compile(
    r"(?:readme|licen[cs]e|copying|notice|changelog|contributing|requirements|todo)(?:\.(?:te?xt|md|markdown|html?))"
)
"""Names that programs and their writers give."""
_OPENING = 5000
"""Bytes that tell a web page."""
SECONDS_A_MEGABYTE = 10
"""A few times what the slowest readers take."""


class Kind(NamedTuple):
    """What reads a kind of file, and how many bytes of it at most: what is larger would fill the memory."""

    read: Reader
    largest: int


def _quiet(read: Callable[[bytes, str], list[Paper]]) -> Reader:
    """A reader that has nothing to warn of, or whose papers carry it."""
    return lambda data, file, warn: read(data, file)


def _archived(data: bytes, file: str, warn: Warn, pages: int = pdf.MOST_PAGES) -> list[Paper]:
    def largest(name: str) -> int:
        return kind_of(Path(name)).largest

    def inside(data: bytes, path: Path, warn: Warn) -> list[Paper]:
        if is_aside(path):
            raise UnknownKind("says what lies about it")
        return read(data, path, warn, pages)

    return archive.read(data, file, warn, inside, largest)


_PDF = Kind(_quiet(pdf.read), 300_000_000)
_ARCHIVE = Kind(_archived, archive.LARGEST)
_TEXT = Kind(_quiet(text.read), 5_000_000)  # a thick book has 3 MB
KINDS: dict[str, Kind] = {
    ".txt": _TEXT,
    ".text": _TEXT,
    ".md": _TEXT,
    ".markdown": _TEXT,
    ".pdf": _PDF,
    ".tex": Kind(tex.read, tex.LARGEST),
    ".bib": Kind(bib.read, bib.LARGEST),
    ".xml": Kind(xml.read, xml.LARGEST),
    ".nxml": Kind(xml.read, xml.LARGEST),
    ".tei": Kind(xml.read, xml.LARGEST),
    ".atom": Kind(xml.read, xml.LARGEST),
    ".html": Kind(html.read, html.LARGEST),
    ".htm": Kind(html.read, html.LARGEST),
    ".xhtml": Kind(html.read, html.LARGEST),
    ".ris": Kind(ris.read, ris.LARGEST),
    ".nbib": Kind(ris.read, ris.LARGEST),
    ".json": Kind(rows.read_json, rows.LARGEST),
    ".jsonl": Kind(rows.read_lines, rows.LARGEST),
    ".ndjson": Kind(rows.read_lines, rows.LARGEST),
    ".csv": Kind(rows.read_table, rows.LARGEST),
    ".tsv": Kind(rows.read_table, rows.LARGEST),
    ".docx": Kind(office.read_docx, office.LARGEST),
    ".odt": Kind(office.read_odt, office.LARGEST),
    ".epub": Kind(epub.read, epub.LARGEST),
    **dict.fromkeys(archive.SUFFIXES, _ARCHIVE),
}
LONGEST = 5_000_000
"""Characters of one paper."""
_NUMBERED = (".pdf", ".tex", ".gz", ".tgz", ".tar", ".zip")
"""Suffixes of what arXiv gives out under a paper's number."""


def is_aside(path: Path) -> bool:
    """Whether a file of this name says what lies about it, and is no paper unless it is named."""
    return _ASIDE.fullmatch(path.name.lower()) is not None


def is_readable(path: Path) -> bool:
    """Whether there is a reader for a file of this name."""
    return path.name.lower().endswith(tuple(KINDS))


def kind_of(path: Path) -> Kind:
    """The kind of a file of this name. Raises UnknownKind if there is no reader for it."""
    name = path.name.lower()
    for suffix, kind in KINDS.items():
        if name.endswith(suffix):
            return kind
    raise UnknownKind("no reader for this kind of file")


def parts_of(path: Path) -> list[Path]:
    """The other files that the file at ``path`` takes in, so that they are no papers of their own."""
    return tex.parts_of(path) if path.suffix.lower() == ".tex" else []


def read(
    data: bytes,
    path: Path,
    warn: Warn = lambda line: None,
    pages: int = pdf.MOST_PAGES,
    turned: pdf.Turned = lambda page, of: None,
) -> list[Paper]:
    """The papers in the file at ``path``, whose content is ``data``; at least one, without keys. ``warn`` is told of
    what could not be read beside them, ``turned`` of the pages as they are read; ``pages``: of a PDF, at most.

    Raises UnknownKind if there is no reader for it, ReadError if there is nothing in it that can be read.
    """
    kind = kind_of(path)
    if not data.strip():
        raise ReadError("the file is empty")
    if kind is _TEXT and data.startswith(b"%PDF-"):  # whatever its name says
        kind = _PDF
    opening = data[:_OPENING]
    if kind is _PDF and b"%PDF-" not in opening and html.is_html(opening.decode("utf-8", "replace").strip()):
        raise ReadError("a web page, not a PDF, whatever its name says; download it again, or name it .html")
    if kind is _PDF:
        found = pdf.read(data, str(path), pages, turned)
    elif kind is _ARCHIVE:
        found = _archived(data, str(path), warn, pages)
    else:
        found = kind.read(data, str(path), warn)
    papers = [paper for paper in found if paper.text]
    if not papers:
        raise ReadError("no text in it")
    if any(len(paper.text) > LONGEST for paper in papers):
        raise ReadError(
            f"too long: a paper of at most {LONGEST // 1_000_000} million characters is read; split it"
        )
    return [_numbered(papers[0], path)] if len(papers) == 1 else papers


def _numbered(paper: Paper, path: Path) -> Paper:
    """The paper with its arXiv number: its own, else that of its file, or of the folder of its LaTeX source."""
    suffix = path.suffix.lower()
    if paper.arxiv or suffix not in _NUMBERED:
        return paper
    return replace(paper, arxiv=arxiv_named(path.parent.name if suffix == ".tex" else path.name) or None)
