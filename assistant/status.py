"""A library → its state: what it holds, its files as they are now, and whether each part of it is whole."""

import hashlib
import os
from pathlib import Path

from assistant.store.catalog import Catalog, FileState
from assistant.store.health import OK, catalog_health, vectors_health, words_health
from assistant.store.vectors import VectorIndex
from assistant.types import FileReport, Status


def status(folder: Path, catalog: Catalog, index: VectorIndex, verify: bool = False) -> Status:
    """The library's state, which is told and not mended. ``verify``: by reading every file again and holding
    catalog, full text and vectors against each other, row by row, not by times, counts and samples alone;
    ``checked`` then says what was compared."""
    files = [_file(state, tuple(catalog.keys_of(state.path)), verify) for state in catalog.files().values()]
    papers, passages = catalog.counts()
    parts = {"catalog": catalog_health(catalog)} if verify else {}
    parts["full text"] = words_health(catalog, verify)
    parts["vectors"] = vectors_health(catalog, index, verify)
    cure = f"; run: assistant --library {folder} reindex"
    for name in ("full text", "vectors"):
        parts[name] += cure if parts[name] != OK else ""
    every = "every word" if os.access(folder, os.W_OK) else "counts and samples, as the library is read-only,"
    checked = (
        f"catalog: SQLite's integrity and foreign keys; the checksum of each text ({papers}); that each passage lies"
        f" in its text and has a vector ({passages})",
        f"full text: {every} of the passages ({passages})",
        f"vectors: in Chroma and in the catalog the same for each passage ({passages})",
        f"files: the checksum of each as it is now ({len(files)})",
    )
    return Status(
        str(folder), tuple(files), papers, passages, catalog.meta("embedder"), _size(folder), parts,
        checked if verify else (),
    )  # fmt: skip


def _size(folder: Path) -> int:
    """A writer may take files away meanwhile."""
    size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                size += os.lstat(os.path.join(place, name)).st_size
            except FileNotFoundError:
                continue
    return size


def _file(state: FileState, papers: tuple[str, ...], verify: bool) -> FileReport:
    """The file as it is now. One that never could be read is as it was: there is nothing to compare."""
    now, error = state.state, state.error
    try:
        stat = os.stat(state.path)
        if verify and state.sha256:
            with open(state.path, "rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == state.sha256
        else:
            same = (stat.st_size, stat.st_mtime_ns) == (state.size, state.mtime_ns)
        if not same and (state.sha256 or state.state == "ok"):
            now = "changed"
    except (FileNotFoundError, NotADirectoryError):
        now = "missing"
    except OSError as problem:
        now, error = "failed", f"cannot be read ({problem.strerror or problem})"
    return FileReport(state.path, now, papers, error)
