"""A library that a group keeps on a Chroma server: two collections there, and on this client a view, which is a cache.

``NAME.log`` holds every change in its order, ``NAME.passages`` the vectors that are searched. The view
answers what is asked by words, keys and offsets, with no loss against a library in a folder; the server, what is near.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import LibraryError, NoLibrary, UsageError
from assistant.private import make_private
from assistant.store import status
from assistant.store.keeping import Following
from assistant.store.lock import writer
from assistant.store.log import Log
from assistant.store.server import Server
from assistant.store.shared import REPLAY, SharedCatalog
from assistant.store.shared_index import SPACE
from assistant.types import Status, Vectors

LOG, PASSAGES = "log", "passages"
_LOG_SPACE = "l2"


class OnServer:
    """``cache``: where the view is made; ``own``: where the conversations are kept; ``machine``: whose files those are
    that are added here."""

    def __init__(
        self,
        server: Server,
        cache: Path,
        own: Path,
        machine: str,
        create: bool = False,
        notify: Callable[[str], None] = lambda line: None,
    ) -> None:
        self._server = server
        self.name = str(server.address)
        self.folder = own
        name = server.address.name
        log = server.collection(f"{name}.{LOG}", _LOG_SPACE if create else None)
        if log is None:
            raise NoLibrary(
                f"there is no library {name} on the server at {server.address.place}; make one with: assistant"
                f" --library {self.name} add PATH"
            )
        rows = server.collection(f"{name}.{PASSAGES}", SPACE)
        assert rows is not None
        place = cache / server.address.folder / f"{log.id}-{REPLAY}"
        try:
            make_private(own)
            make_private(place)
        except OSError as error:
            raise LibraryError(f"{error.filename} cannot be made ({error.strerror})") from error
        self._view = place
        self.catalog = SharedCatalog(place, Log(log, REPLAY, machine), rows, machine, notify)

    @contextmanager
    def writing(self, wait: float = 10.0) -> Iterator[None]:
        """One process of this client at a time; what other clients write is put in order by the server."""
        with writer(self._view.parent, wait):
            self.catalog.catch_up()
            yield

    def following(self, mend: Callable[[], None], warn: Callable[[str], None]) -> Following:
        return _Nearest(self.catalog)

    def vectors(self, passages: Sequence[str]) -> dict[str, Vectors]:
        return self.catalog.index.vectors(passages)

    def heal(self) -> None:
        """The view's full text; the vectors are brought with each change."""
        if self.catalog.words_health() != "ok":
            self.catalog.rebuild_words()

    def begin_rebuild(self) -> None:
        self.catalog.begin_anew()
        self.catalog.note_lacking()

    def rebuild(self) -> None:
        self.catalog.sweep()

    def status(self, verify: bool) -> Status:
        def vectors(verify: bool) -> tuple[str, str]:
            return self.catalog.vectors_health(verify), "on the server, of the right paper and of length 1,"

        return status.status(self.name, self._view, self.catalog, vectors, verify)

    def backup(self, file: Path) -> None:
        raise UsageError(
            f"what is on a server is copied into a folder first: assistant --library COPY pull {self.name}; then:"
            " assistant --library COPY backup FILE"
        )

    def close(self) -> None:
        self.catalog.close()
        self._server.close()


class _Nearest:
    """A ``Following`` that asks the server, and never answers without it."""

    def __init__(self, catalog: SharedCatalog) -> None:
        self._catalog = catalog

    def catch_up(self) -> None:
        """Nothing: the catalog does so before it is read, and what the server finds is what the catalog knows."""

    def nearest(
        self, vector: Vectors, limit: int, only: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        papers = None if only is None else self._catalog.ids_of(only)
        return self._catalog.index.nearest(vector, limit, papers)
