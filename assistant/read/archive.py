"""Archives (.zip, .tar, and what gzip packs) → the papers in the files that they hold, as if these lay in a folder of
their own: a LaTeX paper is read with what it takes in. An archive in an archive is not opened."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from assistant.errors import ReadError, UnknownKind
from assistant.read import tex
from assistant.read.html import is_html
from assistant.read.packed import is_tar, ungzipped, untarred, unzipped
from assistant.types import Paper, Warn

LARGEST = 300_000_000
"""Bytes, packed; and unpacked together."""
SUFFIXES = (".zip", ".tar", ".gz", ".tgz")

ReadFile = Callable[[bytes, Path, Warn], list[Paper]]
Limit = Callable[[str], int]
"""Name → how many bytes of such a file are read."""


def read(data: bytes, file: str, warn: Warn, read_file: ReadFile, limit: Limit) -> list[Paper]:
    """``read_file`` reads each file in it. Warns of what could not be read. Raises ReadError, and UnknownKind if
    nothing in it is of a kind that is read."""
    name = Path(file).name
    unpack = unzipped if name.lower().endswith(".zip") else untarred
    if name.lower().endswith((".gz", ".tgz")):
        inside = name[:-3] if name.lower().endswith(".gz") else f"{name[:-4]}.tar"
        data = ungzipped(data, LARGEST if _is_bare(inside) else limit(inside))
        if not is_tar(data):
            return _read_all([(_named(inside, data), data)], file, warn, read_file)
    return _read_all(unpack(data, LARGEST), file, warn, read_file)


def _is_bare(name: str) -> bool:
    """Whether a name has no suffix that says more than a number."""
    return re.fullmatch(r"(?:\.[\dv]+)?", PurePosixPath(name).suffix) is not None


def _named(name: str, data: bytes) -> str:
    """The name with the suffix that the content calls for, if it is bare: arXiv packs the source of a paper as
    "2310.06825.gz"."""
    if not _is_bare(name):
        return name
    start = data[:20_000].decode("utf-8", "replace")
    if data.startswith(b"%PDF-"):
        return f"{name}.pdf"
    return f"{name}.tex" if tex.is_main(start) else f"{name}.html" if is_html(start) else name


def _read_all(
    files: Iterable[tuple[str, bytes]], archive: str, warn: Warn, read_file: ReadFile
) -> list[Paper]:
    papers: list[Paper] = []
    problems: list[str] = []
    unread: Counter[str] = Counter()
    with TemporaryDirectory(prefix="assistant-") as folder:
        names = _written(files, Path(folder), problems)
        parts = {part for name in names for part in tex.parts_of(Path(folder, name)) if name.endswith(".tex")}
        start = 0
        for name in sorted(names):
            path = Path(folder, name)
            if path in parts:
                continue
            data = path.read_bytes()
            try:
                if path.name.lower().endswith(SUFFIXES):
                    raise UnknownKind("an archive in an archive is not opened")
                found = read_file(data, path, lambda line, name=name: problems.append(f"{name}: {line}"))  # type: ignore[misc]
            except UnknownKind:
                unread[PurePosixPath(name).suffix.lower() or name] += 1
                continue
            except ReadError as error:
                problems.append(f"{name}: {error}")
                continue
            papers += (_placed(paper, archive, name, start) for paper in found)
            start += max([len(data), *(paper.source.end for paper in found)]) + 1
    if not papers and problems:
        raise ReadError(problems[0])
    if not papers:
        raise UnknownKind("an archive that holds no file of a kind that is read")
    if unread:
        listed = ", ".join(f"{number:,} {kind}" for kind, number in sorted(unread.items()))
        problems.append(f"not read of the files in it: {listed}")
    for problem in problems:
        warn(problem)
    return papers


def _placed(paper: Paper, archive: str, name: str, start: int) -> Paper:
    """A paper with its place in the archive, whose files are counted as if they stood one behind the other; its record
    is the file, and behind a colon, which stands in no file's name here, its own."""
    source = paper.source
    return replace(
        paper,
        source=replace(
            source,
            file=archive,
            start=start + source.start,
            end=start + source.end,
            record=":".join(filter(None, (name, source.record))),
        ),
    )


def _written(files: Iterable[tuple[str, bytes]], folder: Path, problems: list[str]) -> list[str]:
    """Writes the files into the folder, and never outside of it; hidden ones, and those that a Mac adds, are left out.
    Returns their names."""
    names: dict[str, None] = {}
    for name, data in files:
        place = PurePosixPath(name.replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or ":" in name or "\0" in name or not place.parts:
            problems.append(f"{name!r} would lie outside of the archive, and was not read")
            continue
        if any(part.startswith(".") or part == "__MACOSX" for part in place.parts) or not data.strip():
            continue
        path = folder / place
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except (OSError, UnicodeError) as error:  # a name that is too long, or a folder's as well
            problems.append(f"{place} was not read ({getattr(error, 'strerror', None) or error})")
            continue
        names[str(place)] = None
    return list(names)
