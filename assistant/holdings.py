"""What a library holds: its papers listed, tagged and corrected, and brought from one library to another. How it is
opened and kept whole is in kept.py; what is asked of it in library.py and surveys.py."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Self

from assistant.address import Address
from assistant.errors import NoLibrary, UsageError
from assistant.indexing import Progress
from assistant.kept import Kept
from assistant.selection import Listing, Selection, holding, matching, ordered, selected, tag_of
from assistant.store import status as state
from assistant.store.metadata import FIELDS
from assistant.transfer import transfer
from assistant.types import FieldValue, Paper, PaperOrigins, Sentence, Status, Transfer
from assistant.whereabouts import forget_missing


class Holdings(Kept):
    """The papers in a folder. Use it as a context manager, or close it."""

    # what it holds

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
