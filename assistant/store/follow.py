"""The vector index as a reader has it: its catalog's own, reopened when another process has written, mended if
that is possible, else done without."""

from collections.abc import Callable, Collection
from pathlib import Path

from assistant.errors import LibraryError
from assistant.store import sync
from assistant.store.catalog import Catalog
from assistant.store.index import VectorIndex
from assistant.store.lock import writer
from assistant.store.queries import INDEX
from assistant.types import Vectors


class Follower:
    """A PassageIndex. ``mend`` brings what is derived in step, and needs the writer lock; ``warn`` is told in
    one line what the full text must answer alone."""

    def __init__(
        self,
        folder: Path,
        catalog: Catalog,
        index: VectorIndex,
        mend: Callable[[], None],
        warn: Callable[[str], None],
    ) -> None:
        self._folder = folder
        self._catalog = catalog
        self._index = index
        self._mend = mend
        self._warn = warn
        self._seen: tuple[int, str | None] | None = None

    def catch_up(self) -> None:
        """To be called before each question. Raises LibraryError if the full text is damaged and cannot be
        mended now: without it, nothing found would look like nothing there."""
        seen = self._state()
        if seen == self._seen and self._index.exists():
            return
        self._seen = None
        self._index.close()
        words = self._catalog.words_health()
        if words != "ok" or sync.fault(self._catalog, self._index):
            try:
                with writer(self._folder, wait=0):
                    self._mend()
            except LibraryError as error:  # locked, or not to be written to
                if words != "ok":
                    raise LibraryError(f"the full text {words}, and cannot be mended: {error}") from error
                self._warn(f"answered from full text alone: {error}")
                return
        self._seen = self._state()

    def _state(self) -> tuple[int, str | None]:
        return self._catalog.generation, self._catalog.meta(INDEX)

    def nearest(
        self, vector: Vectors, limit: int, only: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """As of ``VectorIndex``; nothing while there is no index to ask."""
        if self._seen is None:
            return []
        try:
            return self._index.nearest(vector, limit, only)
        except LibraryError as error:  # thrown away by a writer this very moment
            self._seen = None
            self._warn(f"answered from full text alone: {error}")
            return []
