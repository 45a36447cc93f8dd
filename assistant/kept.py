"""A library's folder, opened: written by one, read in one state while other processes write, and what is derived from
its papers made whole. What it holds is in holdings.py."""

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.address import Address, is_address
from assistant.config import Config
from assistant.doors import Doors
from assistant.errors import EmbedderMismatch, LibraryError, NoLibrary, UsageError
from assistant.indexing import Indexer, Progress
from assistant.selection import Selection
from assistant.store.catalog import Catalog
from assistant.store.connection import bereft
from assistant.store.keeping import InFolder, Keeping
from assistant.types import Embedder, TokenEmbedder


class Kept:
    """A library at its place. Use it as a context manager, or close it."""

    def __init__(
        self,
        folder: Path,
        catalog: Catalog,
        embedder: TokenEmbedder,
        doors: Doors | None = None,
        passages: Embedder | None = None,
        notify: Callable[[str], None] = lambda line: None,
        keeping: Keeping | None = None,
    ) -> None:
        """``embedder`` reads sentences, and passages, too, unless ``passages`` does. ``keeping``: where the library is,
        if not in the ``folder`` alone."""
        self._keeping = keeping or InFolder(folder, catalog)
        self.folder = folder
        self.name = self._keeping.name
        """What the library is asked for by: its folder, or its address."""
        self._catalog = catalog
        self._doors = doors or Doors(Config())
        self._reader = doors.reader if doors else None
        self._indexer = Indexer(passages or embedder, embedder, doors.quick if doors else None)
        self._notify = notify
        self._unable: set[str] = set()
        """Names of models that could not keep to JSON."""
        self.warnings: list[str] = []
        """What went less well than it should and did not stop the work; the caller shows and clears it."""
        self._told: set[tuple[str, int]] = set()
        self._chosen: tuple[tuple[Selection, tuple[int, int]], Collection[str] | None] | None = None
        """What was last selected, from which state of the catalog, and the keys of that."""
        self._follower = self._keeping.following(self._mend, self.warnings.append)

    @classmethod
    def open(
        cls,
        folder: str | Path | Address | None = None,
        config: Config | None = None,
        create: bool = False,
        notify: Callable[[str], None] = lambda line: None,
    ) -> Self:
        """The library in ``folder``, or at an address, ``chroma://host:port/NAME`` (default: the config's); made if
        ``create``. ``notify`` is told of what takes long at a server. Raises LibraryError."""
        config = config or Config()
        place = folder or config.library
        if isinstance(place, Address) or is_address(str(place)):
            return cls._at(
                place if isinstance(place, Address) else Address.of(str(place)), config, create, notify
            )
        path = Path(place)
        gone = bereft(path)
        doors, catalog = Doors(config, notify), Catalog(path, create)
        library = cls._opened(path, InFolder(path, catalog), doors, notify)
        if gone:
            library.warnings.append(
                f"{path} had lost its catalog ({gone} still there), and with it what was added before; this is a new"
                " one: add those files again"
            )
        return library

    @classmethod
    def _at(cls, address: Address, config: Config, create: bool, notify: Callable[[str], None]) -> Self:
        from assistant.store.server import Server
        from assistant.store.shared_keeping import OnServer

        own, settings = config.own(address), config.server
        server = Server(address, settings.token, settings.timeout)
        keeping = OnServer(server, config.cache / "servers", own, settings.machine, create, notify)
        library = cls._opened(own, keeping, Doors(config, notify), notify)
        if settings.token and not (address.secure or address.is_here):
            library.warnings.append(
                f"the token goes to {address.place} unencrypted; see to HTTPS there: chromas://"
            )
        return library

    @classmethod
    def _opened(cls, folder: Path, keeping: Keeping, doors: Doors, notify: Callable[[str], None]) -> Self:
        passages: Embedder = doors.local
        with suppress(UsageError):  # of a name that nobody knows: whoever needs it says so
            passages = doors.embedder(keeping.catalog.meta("embedder"))
        return cls(folder, keeping.catalog, doors.local, doors, passages, notify, keeping)

    def close(self) -> None:
        self._doors.close()
        self._keeping.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def again(self) -> Self:
        """The same library, opened once more: for another thread."""
        return type(self).open(self.name, self._doors.config)

    @property
    def _latest(self) -> Catalog:
        """The catalog, with what others have done by now."""
        if not self._catalog.in_snapshot:
            self._catalog.catch_up()
        return self._catalog

    # what is derived from it, made whole

    def reindex(self, progress: Progress | None = None, embedder: str | None = None) -> None:
        """Rebuilds what is derived: full text and vector index; embeds anew if ``embedder`` (default: the one on
        record) is not the one that made the vectors. Raises LibraryLocked, WeightsError, UsageError, ModelError."""
        with self._keeping.writing():
            if (embedder or self._indexer.passages.name) != self._catalog.meta("embedder"):
                self._catalog.check_new_embedder()
            chosen = self._doors.embedder(embedder) if embedder else self._indexer.passages
            indexer = Indexer(chosen, self._indexer.tokens, self._indexer.quick)
            self._keeping.begin_rebuild()
            if self._catalog.meta("embedder") != chosen.name:
                vectors = indexer.embedded_anew(self._catalog, progress)
                self._catalog.replace_vectors(vectors, chosen.name)
            self._indexer = indexer
            self._catalog.forget_altered_sentences()
            self._indexer.complete(self._catalog, progress, thorough=True)
            self._indexer.go_on(self._catalog, progress)
            self._keeping.rebuild()

    def _mend(self) -> None:
        """What is derived made whole: vectors and sentences that are missing, then full text and index."""
        if self._catalog.meta("embedder") == self._indexer.passages.name:
            self._indexer.complete(self._catalog)
        self._keeping.heal()

    def _complete(self) -> None:
        try:
            self._mend()
        except LibraryError as error:
            raise LibraryError(
                f"the papers are stored and stay, but not all indexes: {error}; the next command completes them"
            ) from error

    def _check_embedder(self) -> None:
        """The first embedder is put on record; another raises EmbedderMismatch."""
        recorded, name = self._catalog.meta("embedder"), self._indexer.passages.name
        if recorded is None:
            self._indexer.begin(self._catalog)
        elif recorded != name:
            raise EmbedderMismatch(
                f"the vectors here were made by {recorded}, not by {name}; embed anew with:"
                f" assistant --library {self.name} reindex --embedder {name}"
            )

    def _check_sentences(self) -> None:
        """A library of an earlier version gets its sentences, once. Raises LibraryError where they cannot be
        stored."""
        if self._indexer.is_complete(self._catalog):
            return
        self._notify(
            f"reading the sentences of {self._catalog.counts()[0]} papers, once for this version ..."
        )
        try:
            with self._keeping.writing(wait=0):
                self._indexer.complete(self._catalog)
        except LibraryError as error:
            raise LibraryError(
                f"{self.name} was made by an earlier version and lacks its sentences ({error}); bring it up to"
                f" date, where it can be written to, with: assistant --library {self.name} reindex"
            ) from error

    # read in one state

    @contextmanager
    def _reading(self, question: str = "") -> Iterator[None]:
        """One state of the catalog and the index that belongs to it, to answer ``question`` from; within another,
        that one's."""
        if self._catalog.in_snapshot:
            yield
            return
        if not self._latest.counts()[0]:
            raise NoLibrary(f"{self.name} holds no papers yet; run: assistant --library {self.name} add PATH")
        self._check_embedder()
        self._check_sentences()
        self._warn_of_partial()
        with ThreadPoolExecutor(1) as beside:  # Chroma and the embedder each take half a second to load
            loaded = beside.submit(self._indexer.passages.embed, [question or "load"])
            self._follower.catch_up()
        loaded.result()
        with self._catalog.snapshot():
            yield

    def _warn_of_partial(self) -> None:
        """Once for each state of a file that was stored in part."""
        for path, (found, of) in self._catalog.partial().items():
            if (path, found) not in self._told:
                self._told.add((path, found))
                self.warnings.append(
                    f"{found:,} of the {of:,} papers in {path} can be found; to go on:"
                    f" assistant --library {self.name} add {path}"
                )
