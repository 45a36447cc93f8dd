"""Files → papers in the catalog: read → split → embed → store, one transaction a file."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.errors import ReadError, UsageError
from assistant.read import READER_VERSION, read, reader_for
from assistant.split import embedded_text, split
from assistant.store.catalog import Catalog, Entry, FileState
from assistant.types import AddReport, Embedder, FileReport, Paper, Vectors

_TOGETHER = 1000
"""Papers embedded in one call: more would be no faster, and hold more of a long file in memory."""

Progress = Callable[[str, int, int], None]
"""Called with a file's path (or a paper's key), its place and their number, before each."""


def add(
    paths: Iterable[str | Path], catalog: Catalog, embedder: Embedder, progress: Progress | None = None
) -> AddReport:
    """Brings the catalog up to date with the files, and the files in the folders, that ``paths`` name. Needs
    the writer lock. Raises UsageError for a path that does not exist; a file that cannot be read is reported
    and keeps the papers it had."""
    refused: list[FileReport] = []
    files = sorted(set(_files(paths, refused)))
    known = catalog.files()
    reports, counts = [], Counter[str]()
    for n, path in enumerate(files):
        if progress:
            progress(str(path), n, len(files))
        reports.append(_add_file(path, known.get(str(path)), catalog, embedder, counts))
    return AddReport((*reports, *refused), counts["added"], counts["updated"], counts["passages"])


def embedded_anew(
    catalog: Catalog, embedder: Embedder, progress: Progress | None = None
) -> list[tuple[str, Vectors]]:
    """(passage id, vector) of every passage in the catalog."""
    vectors: list[tuple[str, Vectors]] = []
    papers = list(catalog.papers())
    for n, paper in enumerate(papers):
        if progress:
            progress(paper.key, n, len(papers))
        passages = catalog.passages_of(paper.key)
        rows = embedder.embed([embedded_text(paper, passage) for passage in passages])
        vectors += [(passage.id, row) for passage, row in zip(passages, rows, strict=True)]
    return vectors


def _files(paths: Iterable[str | Path], refused: list[FileReport]) -> Iterator[Path]:
    """The files to read: those named, and in folders those that a reader knows; hidden ones are left out.
    Folders that cannot be read go to ``refused``."""

    def refuse(error: OSError) -> None:
        refused.append(FileReport(str(error.filename), "failed", error=f"cannot be read ({error.strerror})"))

    for name in paths:
        path = Path(os.path.abspath(name))
        if path.is_dir():
            for folder, folders, names in os.walk(path, onerror=refuse):
                folders[:] = sorted(f for f in folders if not f.startswith("."))
                yield from (Path(folder, n) for n in names if not n.startswith(".") and reader_for(Path(n)))
        elif path.exists():
            yield path
        else:
            raise UsageError(f"{name} does not exist")


def _add_file(
    path: Path, known: FileState | None, catalog: Catalog, embedder: Embedder, counts: Counter[str]
) -> FileReport:
    """What was done with the file; the papers added and updated, and their passages, go to ``counts``."""
    name = str(path)
    had = tuple(catalog.keys_of(name)) if known else ()
    same = known is not None and known.state == "ok" and known.reader == READER_VERSION
    try:
        name.encode()
        stat = path.stat()
        if not path.is_file():  # a pipe or a device would never end
            return FileReport(name, "failed", had, "not a regular file")
        if known and same and (stat.st_size, stat.st_mtime_ns) == (known.size, known.mtime_ns):
            return FileReport(name, "unchanged", had)
        data = path.read_bytes()
    except OSError as error:
        return FileReport(name, "failed", had, f"cannot be read ({error.strerror or error})")
    except UnicodeEncodeError:  # no text, so the catalog cannot keep it
        return FileReport(name, "failed", had, "its name is not UTF-8; rename it")
    state = FileState(name, hashlib.sha256(data).hexdigest(), len(data), stat.st_mtime_ns, READER_VERSION)
    if known and same and state.sha256 == known.sha256:
        catalog.touch(state)
        return FileReport(name, "unchanged", had)
    try:
        papers = [_identified(paper) for paper in read(data, path)]
    except ReadError as error:
        catalog.touch(replace(state, state="failed", error=str(error)))
        return FileReport(name, "failed", had, str(error))
    blocks = (papers[start : start + _TOGETHER] for start in range(0, len(papers), _TOGETHER))
    entries = [entry for block in blocks for entry in _entries(block, embedder)]
    held = catalog.holds(paper.id for paper in papers)
    keys = tuple(catalog.store(state, entries))
    for entry in entries:
        if entry.paper.id not in held:
            counts["updated" if catalog.key_of(entry.paper.id) in had else "added"] += 1
            counts["passages"] += len(entry.passages)
    return FileReport(name, "updated" if had else "added", keys)


def _identified(paper: Paper) -> Paper:
    """A paper is known by its text."""
    return replace(paper, id=hashlib.sha256(paper.text.encode("utf-8", "replace")).hexdigest()[:16])


def _entries(papers: Sequence[Paper], embedder: Embedder) -> Iterator[Entry]:
    """Each paper with its passages and their vectors, all embedded in one call."""
    cut = [split(paper, embedder.tokenize, embedder.max_tokens) for paper in papers]
    pairs = list(zip(papers, cut, strict=True))
    vectors = embedder.embed(
        [embedded_text(paper, passage) for paper, passages in pairs for passage in passages]
    )
    position = 0
    for paper, passages in pairs:
        yield Entry(paper, passages, vectors[position : position + len(passages)])
        position += len(passages)
