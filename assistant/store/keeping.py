"""Where a library is kept: its catalog, its vectors, who may write, and how each is mended. In a folder, here; on a
server, in shared_keeping.py."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from assistant.store import backup, status, sync
from assistant.store.catalog import Catalog
from assistant.store.follow import Follower
from assistant.store.index import VectorIndex
from assistant.store.lock import writer
from assistant.types import Status, Vectors


class Following(Protocol):
    """A ``PassageIndex`` that keeps up with what others do."""

    def catch_up(self) -> None:
        """To be called before each question. Raises LibraryError where the library cannot be asked."""
        ...

    def nearest(
        self, vector: Vectors, limit: int, only: Collection[str] | None = None
    ) -> list[tuple[str, float]]: ...


class Keeping(Protocol):
    """``name``: by which a command asks for the library; ``folder``: what is this client's of it, such as the
    conversations."""

    name: str
    folder: Path

    @property
    def catalog(self) -> Catalog: ...

    def writing(self, wait: float = 10.0) -> AbstractContextManager[None]:
        """Raises LibraryLocked naming who writes."""
        ...

    def following(self, mend: Callable[[], None], warn: Callable[[str], None]) -> Following:
        """``mend`` brings what is derived in step, and needs to be ``writing``."""
        ...

    def vectors(self, passages: Sequence[str]) -> dict[str, Vectors]:
        """Passage id → its vector. Raises LibraryError if one is lost."""
        ...

    def heal(self) -> None:
        """Full text and vectors, whatever became of them; needs to be ``writing``."""
        ...

    def begin_rebuild(self) -> None:
        """Throws away what is derived, where it could not be told apart from the rest."""
        ...

    def rebuild(self) -> None:
        """Makes what is derived anew; needs to be ``writing``."""
        ...

    def status(self, verify: bool) -> Status: ...

    def backup(self, file: Path) -> None: ...

    def close(self) -> None: ...


class InFolder:
    """A folder with a catalog and a vector index."""

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self.name = str(folder)
        self.folder = folder
        self.catalog = catalog
        self._index = VectorIndex(folder)

    @contextmanager
    def writing(self, wait: float = 10.0) -> Iterator[None]:
        with writer(self.folder, wait):
            yield

    def following(self, mend: Callable[[], None], warn: Callable[[str], None]) -> Following:
        return Follower(self.folder, self.catalog, self._index, mend, warn)

    def vectors(self, passages: Sequence[str]) -> dict[str, Vectors]:
        found: dict[str, Vectors] = {}
        for ids, _, rows in self.catalog.vectors(passages):
            found |= zip(ids, rows, strict=True)
        return found

    def heal(self) -> None:
        sync.heal(self.catalog, self._index)

    def begin_rebuild(self) -> None:
        """Nothing: what is derived is made beside the old one."""

    def rebuild(self) -> None:
        self.catalog.rebuild_words()
        sync.rebuild(self.catalog, self._index)

    def status(self, verify: bool) -> Status:
        def vectors(verify: bool) -> tuple[str, str]:
            held = status.vectors_health(self.catalog, self._index, verify)
            return held, "in Chroma and in the catalog the same"

        return status.status(self.name, self.folder, self.catalog, vectors, verify)

    def backup(self, file: Path) -> None:
        backup.backup(self.folder, file)

    def close(self) -> None:
        self._index.close()
        self.catalog.close()
