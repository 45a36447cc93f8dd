"""The door to Chroma: passage id and vector in, nearest passage ids out. Wholly rebuildable from the catalog.

What was measured, and why this is as it is: two writers corrupt an index, so writing needs the library's
lock; a client never sees what another process added, so readers reopen when the generation changes; rows
go in by upsert, in batches under Chroma's limit; embeddings are always passed, for without them Chroma
downloads a model.
"""

import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import LibraryError
from assistant.types import Vectors

FOLDER = "chroma"
_BATCH = 5000
_COLLECTION = "passages"


class VectorIndex:
    """A Chroma collection in ``folder``/chroma, opened at the first use. Every method raises LibraryError if
    Chroma cannot start, or cannot read or write its folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FOLDER
        self._client: Any = None
        self._collection: Any = None

    def open(self) -> None:
        try:
            with self._translated(ValueError, KeyError) as chromadb:
                self._client = chromadb.PersistentClient(
                    path=str(self.path), settings=chromadb.Settings(anonymized_telemetry=False)
                )
                self._collection = self._client.get_or_create_collection(
                    _COLLECTION,
                    embedding_function=None,
                    configuration={"hnsw": {"space": "cosine", "ef_construction": 128, "ef_search": 200}},
                )
        except LibraryError:
            self.close()
            # Chroma keeps what it has half started, and would hand that out at the next attempt.
            _import().api.client.SharedSystemClient.clear_system_cache()
            raise

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = self._collection = None

    def count(self) -> int:
        with self._translated():
            return int(self._opened().count())

    def ids(self) -> set[str]:
        found: set[str] = set()
        with self._translated():
            collection = self._opened()
            for offset in range(0, collection.count(), _BATCH):
                found.update(collection.get(include=[], limit=_BATCH, offset=offset)["ids"])
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
            if limit <= 0 or (only is not None and not only):
                return []
            found = collection.query(
                query_embeddings=[vector],
                n_results=limit,
                include=["distances"],
                where=None if only is None else {"paper": {"$in": sorted(only)}},
            )
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def rebuild(self, batches: Iterable[tuple[list[str], list[str], Vectors]]) -> None:
        """The index anew from (ids, papers, vectors); the old folder is thrown away."""
        _import()  # what cannot be built again is not thrown away
        self.close()
        if self.path.exists():
            shutil.rmtree(self.path)
        for ids, papers, vectors in batches:
            self.upsert(ids, papers, vectors)

    def _opened(self) -> Any:
        if self._collection is None:
            self.open()
        return self._collection

    @contextmanager
    def _translated(self, *more: type[Exception]) -> Iterator[Any]:
        """chromadb, whose errors become ours."""
        chromadb = _import()
        try:
            yield chromadb
        except (chromadb.errors.ChromaError, OSError, *more) as error:
            raise LibraryError(
                f"the vector index at {self.path} does not work ({_one_line(error)})"
            ) from error


def _import() -> Any:
    """chromadb, which reads ``.env`` and unprefixed variables of the current folder as it is imported."""
    try:
        import chromadb
        import chromadb.api.client
        import chromadb.errors
    except ValueError as error:  # pydantic's ValidationError is one
        raise LibraryError(
            "chromadb does not start: a .env file or environment variable here holds a setting that it"
            f" refuses ({_one_line(error)}); run from another folder or mend that setting"
        ) from error
    return chromadb


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
