"""A library → its state: what it holds, its files as they are now, and whether each part of it is whole."""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.address import is_elsewhere
from assistant.errors import LibraryError
from assistant.store import sync
from assistant.store.catalog import Catalog
from assistant.store.faults import log_of
from assistant.store.files import PARTIAL, FileState
from assistant.store.index import VectorIndex
from assistant.types import FileReport, Status

OK = "ok"
_NAMED = 5
"""Faults of a catalog that are named, one by one."""
_NEAR = 1e-3
"""How far a stored vector may be from the catalog's: Chroma normalises it once more."""


def status(
    library: str,
    folder: Path,
    catalog: Catalog,
    vectors: Callable[[bool], tuple[str, str]],
    verify: bool = False,
) -> Status:
    """The library's state, which is told and not mended; ``library``: what it is called by, ``folder``: where it is.
    ``verify``: by reading every file again and holding catalog, full text and vectors against each other, row by row,
    not by times, counts and samples alone; ``checked`` then says what was compared. ``vectors``: how they are, and what
    was compared of them."""
    files = [_file(state, tuple(catalog.keys_of(state.path)), verify) for state in catalog.files().values()]
    partial = catalog.partial()
    files = [_to_go_on(file, *partial[file.path]) if file.state == PARTIAL else file for file in files]
    papers, passages = catalog.counts()
    parts = {"catalog": catalog_health(catalog)} if verify else {}
    parts["full text"] = words_health(catalog, verify)
    parts["vectors"], compared = vectors(verify)
    cure = f"; run: assistant --library {library} reindex"
    for name in ("full text", "vectors"):
        parts[name] += cure if parts[name] != OK else ""
    every = "every word" if os.access(folder, os.W_OK) else "counts and samples, as the library is read-only,"
    checked = (
        f"catalog: SQLite's integrity and foreign keys; the checksum of each row; that each passage"
        f" ({passages}) and each sentence lies in its text and has a vector",
        f"full text: {every} of the passages ({passages})",
        f"vectors: {compared} for each passage ({passages})",
        f"files: the checksum of each as it is now ({len(files)})",
    )
    return Status(
        library, tuple(files), papers, passages, catalog.meta("embedder"), _size(folder), parts,
        checked if verify else (), log_of(folder),
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
    """The file as it is now. One that never could be read, or is on another machine, is as it was: there is nothing
    to compare."""
    now, error = state.state, state.error
    if is_elsewhere(state.path):
        return FileReport(state.path, now, papers, error)
    try:
        stat = os.stat(state.path)
        if verify and state.sha256:
            with open(state.path, "rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == state.sha256
        else:
            same = (stat.st_size, stat.st_mtime_ns) == (state.size, state.mtime_ns)
        if not same and (state.sha256 or state.state in (OK, PARTIAL)):
            now = "changed"
    except (FileNotFoundError, NotADirectoryError):
        now = "missing"
    except OSError as problem:
        now, error = "failed", f"cannot be read ({problem.strerror or problem})"
    if now == "ok":
        return FileReport(state.path, now, papers, warnings=(error,) if error else ())
    return FileReport(state.path, now, papers, error)


def _to_go_on(file: FileReport, found: int, of: int) -> FileReport:
    return replace(file, error=f"{found:,} of its {of:,} papers can be found; to go on: assistant add PATH")


def catalog_health(catalog: Catalog) -> str:
    """SQLite's own checks; every row against its checksum; every passage within its paper and with a vector."""
    return _told(catalog, _faults(catalog)) or OK


def damage(catalog: Catalog) -> str | None:
    """What is lost of what cannot be made anew: pages, values, texts; None if nothing is."""
    return _told(catalog, catalog.damage())


def _told(catalog: Catalog, faults: Iterator[str]) -> str | None:
    """The first of the faults, in a line."""
    told: list[str] = []
    try:
        with catalog.snapshot():
            for fault in faults:
                told.append("and more" if len(told) == _NAMED else fault)
                if len(told) > _NAMED:
                    break
    except LibraryError as error:
        told.append(str(error))
    except sqlite3.Error as error:
        told.append(f"SQLite says: {error}")
    return "; ".join(told) or None


def _faults(catalog: Catalog) -> Iterator[str]:
    yield from catalog.damage()
    if lacking := catalog.lacking_vectors(catalog.dimensions()):
        yield f"{sum(map(len, lacking.values()))} passages have no vector, or one of another size"
    for paper in catalog.papers():
        if any(not 0 <= p.start < p.end <= len(paper.text) for p in catalog.passages_of(paper.key)):
            yield f"a passage of {paper.key} lies outside its text"
    if due := catalog.due():
        yield f"{len(due)} papers have no passages yet"
    if changed := catalog.altered_sentences():
        yield f"the sentences of {changed[0]} are not those that were stored; to read them again: reindex"
    if misplaced := catalog.misplaced_sentences():
        yield f"the sentences of {misplaced[0]} are not those of its text"
    if unread := catalog.lacking_sentences(catalog.sentence_dimensions()):
        yield f"{len(unread)} papers have no sentences, or some without a vector"


def words_health(catalog: Catalog, verify: bool) -> str:
    """Counts and samples; ``verify``: every word of every passage, as FTS5 itself checks them."""
    found = catalog.words_health()
    return catalog.words_fault() or OK if verify and found == OK else found


def vectors_health(catalog: Catalog, index: VectorIndex, verify: bool) -> str:
    """As of ``sync.fault``; ``verify``: every passage's paper and vector against the catalog's."""
    found = sync.fault(catalog, index)
    if found or not verify:
        return found or OK
    try:
        with catalog.snapshot():
            if index.ids() != catalog.passage_ids():
                return "holds other passages than the papers have"
            for ids, papers, vectors in catalog.vectors():
                rows = index.rows(ids)
                for passage, paper, vector in zip(ids, papers, vectors, strict=True):
                    held, row = rows[passage]
                    if held != paper or not np.allclose(row, vector, atol=_NEAR):
                        return f"has another paper or vector for passage {passage}"
    except LibraryError as error:
        return str(error)
    return OK
