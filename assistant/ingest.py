"""Files → papers in the catalog: read → split and embed → store, one transaction a file."""

import errno
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path
from stat import S_ISREG

from assistant.errors import ReadError, UsageError
from assistant.indexing import Indexer
from assistant.read import READER_VERSION, is_readable, kind_of, read
from assistant.store.catalog import Catalog, Entry, FileState
from assistant.store.keys import paper_id
from assistant.types import AddReport, FileReport, Paper

_TOGETHER = 500
"""Papers embedded in one call: more would be no faster, and hold more of a long file in memory."""

Progress = Callable[[str, int, int], None]
"""Called with a file's path (or a paper's key), its place and their number, before each."""

_WHY = {
    errno.EACCES: "; give yourself the right to read it",
    errno.ENOENT: "; it was deleted or renamed, or it links to nothing",
    errno.ELOOP: "; it links back to itself",
}


def add(
    paths: Iterable[str | Path], catalog: Catalog, indexer: Indexer, progress: Progress | None = None
) -> AddReport:
    """Brings the catalog up to date with the files, and the files in the folders, that ``paths`` name. Needs
    the writer lock. What cannot be read is reported and keeps the papers it had; the others go on.

    Raises UsageError if none of the paths exists, KeyboardInterrupt with a text that says what is kept.
    """
    refused: list[FileReport] = []
    unread: list[str] = []
    files = _files(paths, refused, unread)
    known = catalog.files()
    reports, counts = [], Counter[str]()
    try:
        for n, (path, is_named) in enumerate(sorted(files.items())):
            if progress:
                progress(str(path), n, len(files))
            reports.append(_add_file(path, is_named, known.get(str(path)), catalog, indexer, counts))
    except KeyboardInterrupt as error:
        kept = sum(report.state != "failed" for report in reports)
        added = f"{kept} of {len(files)} files are added"
        raise KeyboardInterrupt(f"{added}; run the same command to go on") from error
    forget_missing(catalog)
    return AddReport(
        (*reports, *refused),
        counts["added"],
        counts["updated"],
        counts["passages"],
        unread=tuple(sorted(unread)),
    )


def check_paths(paths: Iterable[str | Path]) -> list[str | Path]:
    """The paths. Raises UsageError if none of them exists."""
    named = list(paths)
    if named and not any(map(os.path.lexists, named)):
        raise UsageError(f"there is no {' and no '.join(map(str, named))}; is the name right?")
    return named


def forget_missing(catalog: Catalog) -> None:
    """Drops files that are gone and hold no papers: those that failed, and those whose papers were removed."""
    catalog.forget(path for path in catalog.files() if not os.path.lexists(path))


def _files(paths: Iterable[str | Path], refused: list[FileReport], unread: list[str]) -> dict[Path, bool]:
    """The files to read → whether they are named, not only found in a folder. In folders those count that a
    reader knows; hidden ones are left out, and so are links to folders, which may lead in a circle. What cannot
    be tried at all goes to ``refused``, what no reader knows to ``unread``. Raises UsageError."""

    def refuse(path: str | Path, why: str) -> None:
        refused.append(FileReport(_shown(path), "failed", error=why))

    files: dict[Path, bool] = {}
    for path in [Path(os.path.abspath(name)) for name in check_paths(paths)]:
        if path.is_dir():
            for folder, folders, names in os.walk(path, onerror=lambda e: refuse(e.filename, _reason(e))):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found = [Path(folder, name) for name in names if not name.startswith(".")]
                files |= {each: files.get(each, False) for each in found if is_readable(each)}
                unread += (_shown(each) for each in found if not is_readable(each))
        elif os.path.lexists(path):
            files[path] = True
        else:
            refuse(path, "does not exist; is the name right?")
    for path in [path for path in files if not _is_text(path)]:  # the catalog could not keep it
        refuse(path, "its name is not UTF-8; rename it")
        del files[path]
    return files


def _shown(path: str | Path) -> str:
    """A path whose name may be no text."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _is_text(path: Path) -> bool:
    return str(path).encode("utf-8", "replace").decode() == str(path)


def _reason(error: OSError) -> str:
    return f"cannot be read ({error.strerror or error}){_WHY.get(error.errno or 0, '')}"


def _add_file(
    path: Path,
    is_named: bool,
    known: FileState | None,
    catalog: Catalog,
    indexer: Indexer,
    counts: Counter[str],
) -> FileReport:
    """What was done with the file; the papers added and updated, and their passages, go to ``counts``. Papers
    that were removed come back when the file is read again: if it has changed, or is named."""
    name = str(path)
    had = tuple(catalog.keys_of(name)) if known else ()
    same = known is not None and known.state == "ok" and known.reader == READER_VERSION
    state = FileState(name, "", 0, 0, READER_VERSION)
    try:
        stat = path.stat()
        state = replace(state, size=stat.st_size, mtime_ns=stat.st_mtime_ns)
        is_whole = known and (known.sha256 or not is_named)
        if known and same and is_whole and (state.size, state.mtime_ns) == (known.size, known.mtime_ns):
            return FileReport(name, "unchanged", had)
        data = _content(path, stat)
        state = replace(state, sha256=hashlib.sha256(data).hexdigest())
        if known and same and state.sha256 == known.sha256:
            catalog.touch(state)
            return FileReport(name, "unchanged", had)
        papers = [_identified(paper) for paper in read(data, path)]
    except (OSError, ReadError) as error:
        reason = _reason(error) if isinstance(error, OSError) else str(error)
        catalog.touch(replace(state, state="failed", error=reason))
        return FileReport(name, "failed", had, reason)
    blocks = (papers[start : start + _TOGETHER] for start in range(0, len(papers), _TOGETHER))
    held = catalog.holds(paper.id for paper in papers)
    passages: list[int] = []

    def entries() -> Iterator[Entry]:
        for entry in chain.from_iterable(map(indexer.entries, blocks)):
            passages.append(len(entry.passages))
            yield entry

    keys = tuple(catalog.store(state, papers, entries()))
    for paper, number in zip(papers, passages, strict=True):
        if paper.id not in held:
            counts["updated" if catalog.key_of(paper.id) in had else "added"] += 1
            counts["passages"] += number
    return FileReport(name, "updated" if had else "added", keys, warning=_unread_pages(papers))


def _unread_pages(papers: Iterable[Paper]) -> str | None:
    """What to know of the pages that hold no text, by number."""
    blank = [
        str(n)
        for paper in papers
        for n, (start, end) in enumerate(pairwise((*paper.page_starts, len(paper.text))), 1)
        if start == end
    ]
    if not blank:
        return None
    which = f"page {blank[0]} holds" if len(blank) == 1 else f"pages {', '.join(blank)} hold"
    return f"{which} no text; if scanned, run OCR on the file (for example ocrmypdf) and add it again"


def _content(path: Path, stat: os.stat_result) -> bytes:
    """The file's bytes. ``stat``: what it was just before. Raises OSError, and ReadError if it is no file of a
    kind and size that is read, or changes meanwhile: half of the old and half of the new would be neither."""
    if not S_ISREG(stat.st_mode):  # a pipe or a device would never end
        raise ReadError("not a regular file; name a file or a folder")
    largest = kind_of(path).largest
    if stat.st_size > largest:
        limit = f"of this kind of file at most {largest // 1_000_000} MB are read"
        raise ReadError(f"too large ({stat.st_size / 1e6:,.0f} MB; {limit}); split it")
    with path.open("rb") as file:
        data = file.read(stat.st_size + 1)
    now = path.stat()
    if len(data) != stat.st_size or (now.st_mtime_ns, now.st_ino) != (stat.st_mtime_ns, stat.st_ino):
        raise ReadError("it changed while it was read; add it again when it is at rest")
    return data


def _identified(paper: Paper) -> Paper:
    """A paper is known by its text."""
    return replace(paper, id=paper_id(paper.text))
