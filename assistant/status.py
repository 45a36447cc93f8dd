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
    files = [
        FileReport(state.path, _state_now(state, verify), tuple(catalog.keys_of(state.path)), state.error)
        for state in catalog.files().values()
    ]
    papers, passages = catalog.counts()
    parts = {"catalog": catalog_health(catalog)} if verify else {}
    parts["full text"] = words_health(catalog, verify)
    parts["vectors"] = vectors_health(catalog, index, verify)
    cure = f"; run: assistant --library {folder} reindex"
    for name in ("full text", "vectors"):
        parts[name] += cure if parts[name] != OK else ""
    checked = (
        f"catalog: SQLite's integrity and foreign keys, {papers} texts against their checksums, {passages} passages"
        " within their texts and with a vector each",
        f"full text: every word of {passages} passages",
        f"vectors: paper and vector of {passages} passages in Chroma against the catalog",
        f"files: {len(files)} read again and compared by checksum",
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


def _state_now(state: FileState, verify: bool) -> str:
    try:
        stat = os.stat(state.path)
        if verify:
            with open(state.path, "rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == state.sha256
        else:
            same = (stat.st_size, stat.st_mtime_ns) == (state.size, state.mtime_ns)
    except OSError:
        return "missing"
    return state.state if same else "changed"
