"""The door to Chroma: passage id and vector in, nearest passage ids out. Wholly rebuildable from the catalog.

What was measured, and why this is as it is: two writers corrupt an index, so writing needs the library's
lock; a client never sees what another process added, so readers reopen when the generation changes; a client
makes what it does not find, so only ``build`` opens a folder that has no index yet; a graph cut short is
searched as if it were whole, or ends the process, so its files have a checksum; rows go in by upsert, in
small batches; embeddings are always passed, for without them Chroma downloads a model.
"""

import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import LibraryError
from assistant.private import make_private
from assistant.types import Vectors

FOLDER = "chroma"
PANIC = "PanicException"
"""What Chroma's Rust raises where it has no error for it, such as for want of file descriptors. It cannot be imported,
and is no Exception."""
_BATCH = 1000
"""Rows that are handed over at a time; Chroma takes at most 5,461, and by 5,000 needs 75 MB more to build an index of
65,000."""
_PAGE = 16_000
"""Ids that are read at a time: each time Chroma passes over those before."""
_FEW = 1000
"""As many papers Chroma is told of in no more time than passing over others takes."""
_FURTHEST = 4
"""Times as many rows as are wanted are looked through at most."""
_COLLECTION = "passages"


Row = tuple[str, float, str | None]
"""Passage id, cosine, and what its paper is told apart by: None for a passage that is no one's."""


def nearest_among(
    rows: Callable[[int, bool], Sequence[Row]],
    count: Callable[[], int],
    limit: int,
    only: Collection[str] | None,
) -> list[tuple[str, float]]:
    """(passage id, cosine) of the ``limit`` nearest rows of the papers ``only``. ``rows(n, told)``: the n nearest, of
    these papers alone if Chroma is ``told`` of them; ``count``: all rows. Chroma looks each paper up that it is told
    of, so where they are most of them the others' rows are passed over instead, as long as not too many of those are
    nearer (eval/LOG.md)."""
    if limit <= 0 or (only is not None and not only):
        return []
    told = only is not None and (len(only) <= _FEW or _FURTHEST * len(only) < count())
    among = None if only is None or told else set(only)
    wanted = limit if among is None else 2 * limit
    while True:
        found = rows(wanted, told)
        kept = [(i, cosine) for i, cosine, paper in found if paper and (among is None or paper in among)]
        if len(kept) >= limit or (len(found) < wanted and among is None):
            return kept[:limit]
        wanted *= 2
        if among and wanted > _FURTHEST * limit:
            told, among, wanted = True, None, limit


class VectorIndex:
    """A Chroma collection in a sub-folder of ``folder``/chroma: the one that ``use`` or ``build`` has named,
    opened when it is first needed. Every method raises LibraryError if it is not there, or if Chroma cannot
    start, or cannot read or write it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FOLDER
        self.name = ""
        self._client: Any = None
        self._collection: Any = None
        self._copy: tempfile.TemporaryDirectory[str] | None = None

    def use(self, name: str) -> None:
        """The index to work with; what was open is closed if it is another."""
        if name != self.name:
            self.close()
        self.name = name

    def exists(self) -> bool:
        return bool(self.name) and (self.path / self.name / "chroma.sqlite3").is_file()

    def _open(self, make: bool = False) -> None:
        if not make and not self.exists():
            raise LibraryError(f"there is no vector index at {self.path}")
        try:
            with self._translated(ValueError, LookupError) as chromadb, _own_settings():
                self._client = chromadb.PersistentClient(
                    path=self._place(), settings=chromadb.Settings(anonymized_telemetry=False)
                )
                if make:
                    self._client.create_collection(
                        _COLLECTION,
                        embedding_function=None,
                        configuration={
                            "hnsw": {"space": "cosine", "ef_construction": 128, "ef_search": 1600}
                        },
                    )
                self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
        except LibraryError:
            self.close()
            # Chroma keeps what it has half started, and would hand that out at the next attempt.
            _import().api.client.SharedSystemClient.clear_system_cache()
            raise

    def _place(self) -> str:
        """The index's folder; a copy of it where it cannot be written to, for Chroma writes even to read."""
        place = self.path / self.name
        if os.access(place, os.W_OK):
            return str(place)
        self._copy = tempfile.TemporaryDirectory(prefix="assistant-", ignore_cleanup_errors=True)
        return str(shutil.copytree(place, Path(self._copy.name) / self.name))

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
        if self._copy is not None:
            self._copy.cleanup()
        self._client = self._collection = self._copy = None

    def count(self) -> int:
        with self._translated():
            return int(self._opened().count())

    def ids(self) -> set[str]:
        found: set[str] = set()
        with self._translated():
            collection = self._opened()
            for offset in range(0, collection.count(), _PAGE):
                found.update(collection.get(include=[], limit=_PAGE, offset=offset)["ids"])
        return found

    def upsert(self, ids: Sequence[str], papers: Sequence[str], vectors: Vectors) -> None:
        """``vectors``: shape (ids, dimensions)."""
        with self._translated():
            collection = self._opened()
            for start in range(0, len(ids), _BATCH):
                part = slice(start, start + _BATCH)
                collection.upsert(
                    ids=list(ids[part]),
                    embeddings=np.asarray(vectors[part], dtype=np.float32),
                    metadatas=[{"paper": paper} for paper in papers[part]],
                )

    def delete(self, ids: Iterable[str]) -> None:
        gone = list(ids)
        with self._translated():
            collection = self._opened()
            for start in range(0, len(gone), _BATCH):
                collection.delete(ids=gone[start : start + _BATCH])

    def nearest(
        self, vector: Vectors, limit: int, only: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """(passage id, cosine), nearest first, of the papers ``only``. ``vector``: shape (dimensions,)."""
        with self._translated():
            collection = self._opened()

            def rows(wanted: int, told: bool) -> list[Row]:
                found = collection.query(
                    query_embeddings=[vector],
                    n_results=wanted,
                    include=["distances"] if told or only is None else ["distances", "metadatas"],
                    where={"paper": {"$in": sorted(only or ())}} if told else None,
                )
                about = found["metadatas"]
                papers = list(map(_paper, about[0])) if about else ["any"] * len(found["ids"][0])
                cosines = [1.0 - float(distance) for distance in found["distances"][0]]
                return list(zip(found["ids"][0], cosines, papers, strict=True))

            return nearest_among(rows, collection.count, limit, only)

    def rows(self, ids: Sequence[str]) -> dict[str, tuple[str, Vectors]]:
        """Passage id → (paper key, vector), as the graph holds them."""
        with self._translated():
            found = self._opened().get(ids=list(ids), include=["embeddings", "metadatas"])
        papers = list(map(_paper, found["metadatas"]))
        return dict(zip(found["ids"], zip(papers, found["embeddings"], strict=True), strict=True))

    def checksum(self) -> str:
        """Of the graph's files. A small graph has none: Chroma builds it from its database, which has checks
        of its own."""
        with self._translated():
            total = hashlib.sha256()
            for pickle in sorted((self.path / self.name).glob("*/index_metadata.pickle")):
                for path in sorted(pickle.parent.iterdir()):
                    with path.open("rb") as file:
                        total.update(path.name.encode() + hashlib.file_digest(file, "sha256").digest())
        return total.hexdigest()[:16]

    def build(self, batches: Iterable[tuple[list[str], list[str], Vectors]]) -> None:
        """Another index, in a folder of its own, from (ids, papers, vectors); it is used from now on. What was
        there stays as it is, until ``sweep``."""
        _import()
        self.use(secrets.token_hex(4))
        with self._translated():
            make_private(self.path)
            make_private(self.path / self.name)
        self._open(make=True)
        for ids, papers, vectors in batches:
            self.upsert(ids, papers, vectors)

    def sweep(self) -> None:
        """Deletes every index but the one in use: those that were replaced, or never finished."""
        with self._translated():
            for entry in self.path.iterdir():
                if entry.is_dir() and not entry.is_symlink():
                    if entry.name != self.name:
                        shutil.rmtree(entry)
                else:
                    entry.unlink()

    def _opened(self) -> Any:
        if self._collection is None:
            self._open()
        return self._collection

    @contextmanager
    def _translated(self, *more: type[Exception]) -> Iterator[Any]:
        """chromadb, whose errors become ours."""
        chromadb = _import()
        try:
            yield chromadb
        except (chromadb.errors.ChromaError, OSError, *more) as error:
            raise self._broken(error) from error
        except BaseException as error:
            if type(error).__name__ != PANIC:
                raise
            raise self._broken(error) from error

    def _broken(self, error: BaseException) -> LibraryError:
        return LibraryError(f"the vector index at {self.path} does not work ({_one_line(error)})")


def _paper(about: Mapping[str, object] | None) -> str:
    """The key that a row's metadata holds; "" where a damaged database has lost it."""
    return str((about or {}).get("paper", ""))


def _import() -> Any:
    """chromadb. Raises LibraryError if the environment holds what a library of its refuses."""
    try:
        with _own_settings():
            import chromadb
            import chromadb.api.client
            import chromadb.errors
    except ValueError as error:
        raise LibraryError(
            "chromadb does not start: an environment variable here holds a setting that it refuses"
            f" ({_one_line(error)}); mend or unset that variable"
        ) from error
    return chromadb


@contextmanager
def _own_settings() -> Iterator[None]:
    """Within it chromadb's settings are its defaults and what it is handed: else it takes them, as it is imported
    and with each client, from ``.env`` and from variables without a prefix (``ENVIRONMENT``, ``MIGRATIONS`` ...),
    which are other programs', and one of the wrong type stops it."""
    from pydantic_settings import BaseSettings

    def from_arguments(self: BaseSettings, **values: Any) -> None:
        super(BaseSettings, self).__init__(**values)

    whole = BaseSettings.__init__
    BaseSettings.__init__ = from_arguments  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        BaseSettings.__init__ = whole  # type: ignore[method-assign]


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
