"""A folder of papers, kept: what it holds listed, mended, tagged and corrected, and read in one state while other
processes write. What is asked of it is in library.py and surveys.py."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Self

from assistant.address import Address, is_address
from assistant.config import Config
from assistant.doors import Doors
from assistant.errors import EmbedderMismatch, LibraryError, NoLibrary, UsageError
from assistant.indexing import Indexer, Progress
from assistant.selection import Listing, Selection, holding, matching, ordered, selected, tag_of
from assistant.store import status as state
from assistant.store.catalog import Catalog
from assistant.store.connection import bereft
from assistant.store.keeping import InFolder, Keeping
from assistant.store.metadata import FIELDS
from assistant.transfer import transfer
from assistant.types import (
    Embedder,
    FieldValue,
    Paper,
    PaperOrigins,
    Sentence,
    Status,
    TokenEmbedder,
    Transfer,
)
from assistant.whereabouts import forget_missing


class Holdings:
    """The papers in a folder. Use it as a context manager, or close it."""

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

    # what it holds

    @property
    def _latest(self) -> Catalog:
        """The catalog, with what others have done by now."""
        if not self._catalog.in_snapshot:
            self._catalog.catch_up()
        return self._catalog

    def papers(self) -> Iterator[Paper]:
        """Every paper, in the order of files and of places in them."""
        return self._latest.papers()

    def listed(
        self, selection: Selection | None = None, words: str = "", listing: Listing | None = None
    ) -> list[Paper]:
        """The papers that are selected and hold the words, in the order asked for; none if none is meant. Raises
        UnknownPaper, UsageError."""
        with self._latest.snapshot():
            found = holding(words, matching(selection or Selection(), self._catalog))
            return ordered(found, listing or Listing(), self._catalog)

    def paper(self, key: str) -> Paper:
        """Raises UnknownPaper naming the nearest keys."""
        return self._latest.paper(key)

    def sentences(self, key: str) -> list[Sentence]:
        """A paper's sentences in reading order, the lines of its header first. Raises UnknownPaper."""
        return self._catalog.sentences_of(self._latest.paper(key).key)

    def chosen(self, selection: Selection) -> list[str]:
        """The keys of the papers that a selection leaves. Raises UnknownPaper, and UsageError if it leaves none."""
        keys = selected(selection, self._latest)
        return [paper.key for paper in self._catalog.papers()] if keys is None else keys

    def origins(self, key: str) -> PaperOrigins:
        """Which of its sources says what of a paper. Raises UnknownPaper."""
        return self._latest.origins(key)

    def tags(self) -> dict[str, tuple[str, ...]]:
        """Paper key → its tags, of the papers that have some."""
        return self._latest.tags()

    def passage_counts(self) -> dict[str, int]:
        """Paper key → its number of passages."""
        return self._latest.passage_counts()

    def status(self, verify: bool = False) -> Status:
        """As of ``status.status``."""
        return self._keeping.status(verify)

    def damage(self) -> str | None:
        """What of the catalog is lost, pages, values or texts; None if nothing is."""
        return state.damage(self._catalog)

    def backup(self, file: str | Path) -> None:
        """Writes the papers and the conversations, as of one moment, to one file, over what was there; others may read
        and write the library meanwhile. Raises LibraryError."""
        self._keeping.backup(Path(file))

    # from one library to another

    def push(self, address: str | Address, progress: Progress | None = None) -> Transfer:
        """Brings all that is here to the library at an address, which is made if it is not there. Nothing is embedded
        again, and what is there is passed over. Raises as ``transfer``, LibraryLocked."""
        with type(self).open(address, self._doors.config, create=True, notify=self._notify) as target:
            return target._taken_from(self, progress)

    def pull(self, address: str | Address, progress: Progress | None = None) -> Transfer:
        """Brings all of the library at an address here, beside what is here. Raises as ``push``."""
        with type(self).open(address, self._doors.config, notify=self._notify) as source:
            return self._taken_from(source, progress)

    def _taken_from(self, source: Self, progress: Progress | None) -> Transfer:
        started = perf_counter()
        if not source._catalog.counts()[0]:
            raise NoLibrary(
                f"{source.name} holds no papers yet; run: assistant --library {source.name} add PATH"
            )
        with self._keeping.writing():
            self._indexer = source._indexer
            places = source._keeping.vectors, self._keeping.vectors
            done = transfer(source._catalog, self._catalog, *places, self._indexer, progress)
            self._complete()
        return replace(done, seconds=perf_counter() - started)

    # what the user says of it

    def remove(self, keys: Sequence[str]) -> list[str]:
        """Takes papers out of the collection, until their file changes or is added by name. Returns their keys as they
        are spelt. Raises UnknownPaper (and then removes none), LibraryLocked."""
        with self._keeping.writing():
            keys = list(dict.fromkeys(map(self._catalog.spelt, keys)))
            self._catalog.remove(keys)
            forget_missing(self._catalog)
            self._complete()
        return keys

    def merge(self, keys: Sequence[str]) -> str:
        """Makes one paper of several, whatever is guessed of them later. Returns its key. Raises UnknownPaper,
        UsageError, LibraryLocked."""
        with self._keeping.writing():
            if len({self._catalog.paper(key).id for key in keys}) < 2:
                raise UsageError(f"{' and '.join(keys)} is one paper already; name two")
            key = self._catalog.merge(keys)
            self._complete()
            return key

    def split(self, key: str) -> list[str]:
        """Makes a paper of each source of one, whatever is guessed of them later. Returns their keys. Raises
        UnknownPaper, UsageError, LibraryLocked."""
        with self._keeping.writing():
            if len(self.origins(key).sources) < 2:
                raise UsageError(
                    f"{key} has one source, and cannot be split; see: assistant papers show {key}"
                )
            keys = self._catalog.split(key)
            self._complete()
            return keys

    def edit(self, key: str, fields: Mapping[str, FieldValue | None]) -> Paper:
        """Sets a paper's title, authors, year, venue, doi, arxiv or url, whatever its sources say, now or later; None
        takes that back. Raises UnknownPaper, UsageError, LibraryLocked."""
        if unknown := fields.keys() - set(FIELDS):
            raise UsageError(f"no field is called {min(unknown)}; there are {', '.join(FIELDS)}")
        with self._keeping.writing():
            edited = self._catalog.edit(key, fields)
            self._complete()
            return self._catalog.paper(edited)

    def tag(self, keys: Sequence[str], word: str, remove: bool = False) -> None:
        """Gives papers a tag, or takes it from them. It outlives their re-reading. Raises UnknownPaper (and then does
        nothing), UsageError, LibraryLocked."""
        word, known = tag_of(word), [self._catalog.spelt(key) for key in keys]
        with self._keeping.writing():
            (self._catalog.untag if remove else self._catalog.tag)(known, word)

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
