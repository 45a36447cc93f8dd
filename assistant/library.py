"""The stages in order: files become papers, passages and vectors; a question becomes an answer.

add:  read → split → embed → store
ask:  retrieve → answer → verify
check: a draft's sentences → their citations resolved → retrieve from the cited papers → verify
"""

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from types import TracebackType

from assistant import ingest, manuscript
from assistant.answer.extract import Extractor
from assistant.answer.generate import generate
from assistant.checking.check import Checker
from assistant.checking.evidence import Evidence
from assistant.checking.resolve import resolved
from assistant.config import Config
from assistant.embed.cached import CachedEmbedder
from assistant.embed.minilm import MiniLM
from assistant.errors import EmbedderMismatch, LibraryError, NoLibrary, UsageError
from assistant.model import OpenAIChat
from assistant.retrieve import retrieve
from assistant.store import sync
from assistant.store.catalog import Catalog, FileState
from assistant.store.lock import writer
from assistant.store.vectors import VectorIndex
from assistant.summarize import summarize
from assistant.terms import fold
from assistant.types import (
    AddReport,
    Answer,
    ChatModel,
    CheckReport,
    Draft,
    Embedder,
    FileReport,
    Hit,
    Paper,
    Passage,
    Status,
    SupportJudge,
)
from assistant.verify.answer import verify
from assistant.verify.support import SupportChecker

PASSAGES = 12
"""Passages that a language model is offered."""
NEAREST = 3
"""Papers named where the papers do not say."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which papers to ask: those with one of the keys, by the author, of the years; all by default."""

    papers: tuple[str, ...] = ()
    author: str | None = None
    since: int | None = None
    until: int | None = None


class Library:
    """A folder of papers to ask. Use it as a context manager, or close it.

    >>> with Library.open("library") as library:  # doctest: +SKIP
    ...     print(library.ask("What is LeZO?").text)
    """

    def __init__(self, folder: Path, catalog: Catalog, embedder: Embedder) -> None:
        self.folder = folder
        self._catalog = catalog
        self._index = VectorIndex(folder)
        self._embedder = embedder
        self._generation: int | None = None
        self.warnings: list[str] = []
        """What went less well than it should and did not stop the work; the caller shows and clears it."""

    @classmethod
    def open(
        cls, folder: str | Path | None = None, config: Config | None = None, create: bool = False
    ) -> "Library":
        """The library in ``folder`` (default: the config's); made if ``create``. Raises LibraryError."""
        config = config or Config()
        path = Path(folder or config.library)
        embedder = CachedEmbedder(MiniLM(config.weights, config.cache, config.threads))
        return cls(path, Catalog(path, create), embedder)

    def close(self) -> None:
        self._index.close()
        self._catalog.close()

    def __enter__(self) -> "Library":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # add: read → split → embed → store

    def add(self, paths: Iterable[str | Path], progress: ingest.Progress | None = None) -> AddReport:
        """Adds files and folders (recursively). What has not changed is skipped; a file that cannot be read
        is reported and keeps the papers it had. Raises UsageError for a path that does not exist,
        LibraryLocked, EmbedderMismatch, WeightsError."""
        started = perf_counter()
        with writer(self.folder):
            self._check_embedder()
            try:
                added = ingest.add(paths, self._catalog, self._embedder, progress)
            finally:  # what was stored before Ctrl-C is found at the next question
                if not sync.in_step(self._catalog, self._index):
                    sync.heal(self._catalog, self._index)
        return replace(added, seconds=perf_counter() - started)

    def remove(self, keys: Sequence[str]) -> None:
        """Takes papers out of the collection. Raises UnknownPaper (and then removes none), LibraryLocked."""
        with writer(self.folder):
            self._catalog.remove(keys)
            sync.heal(self._catalog, self._index)

    def reindex(self, progress: ingest.Progress | None = None) -> None:
        """Rebuilds what is derived: full text and vector index; embeds anew if another embedder made the
        vectors. Raises LibraryLocked, WeightsError."""
        with writer(self.folder):
            if self._catalog.meta("embedder") not in (None, self._embedder.name):
                vectors = ingest.embedded_anew(self._catalog, self._embedder, progress)
                self._catalog.replace_vectors(vectors, self._embedder.name)
            self._catalog.rebuild_words()
            sync.rebuild(self._catalog, self._index)

    def _check_embedder(self) -> None:
        recorded = self._catalog.meta("embedder")
        if recorded is None:
            self._catalog.set_meta("embedder", self._embedder.name)
        elif recorded != self._embedder.name:
            raise EmbedderMismatch(
                f"the vectors here were made by {recorded}, not by {self._embedder.name}; embed anew with:"
                f" assistant --library {self.folder} reindex --embedder {self._embedder.name}"
            )

    # ask: retrieve → answer → verify

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """The ``limit`` best passages. Raises UsageError for an empty query, NoLibrary for an empty library."""
        return self._retrieve(_stated(query), limit)

    def ask(
        self,
        question: str,
        selection: Selection | None = None,
        *,
        model: str | ChatModel | None = None,
        passages: int = PASSAGES,
        strict: bool = False,
        markers: dict[str, int] | None = None,
    ) -> Answer:
        """An answer whose every quote was found in its paper; without claims if the papers do not say.

        ``model``: who writes it, by name or itself; None for the sentences of the papers alone.
        ``strict``: unsupported claims are withheld and counted. ``markers``: as for ``verify``.
        Raises UsageError, UnknownPaper, LibraryError, ModelError.
        """
        started = perf_counter()
        question = _stated(question)
        only = self._selected(selection or Selection())
        hits = self._retrieve(question, passages, only)
        if model is None:
            drafted = self._extractor(only).answer(question)
        else:
            papers = {key: self._catalog.paper(key) for key in {hit.passage.paper for hit in hits}}
            chat = OpenAIChat(model) if isinstance(model, str) else model
            drafted = generate(question, hits, papers, chat)
        return self._finished(question, drafted, hits, started, strict, markers)

    def summarize(self, key: str, length: str = "medium") -> Answer:
        """A paper's most central sentences in reading order. Raises UnknownPaper."""
        started = perf_counter()
        paper = self._catalog.paper(key)
        drafted = summarize(paper, self._catalog.passages_of(key), self._embedder, length)
        return self._finished(f"Summary of {paper.name}", drafted, [], started)

    # check: manuscript → resolved → retrieve → verify

    def check(
        self,
        path: str | Path,
        *,
        bibs: Iterable[Path] = (),
        suggest: bool = False,
        judge: SupportJudge | None = None,
        progress: ingest.Progress | None = None,
    ) -> CheckReport:
        """Whether the papers say what the draft at ``path`` cites them for. ``bibs``: .bib files that say what
        its keys mean, beside those that it names; ``suggest``: whether to look for papers that support what it
        states without a citation; ``judge``: who decides, by default the offline checker. Raises UsageError for
        a kind of file that is no draft, ReadError, LibraryError."""
        started = perf_counter()
        self._check_stocked()
        draft = manuscript.read(Path(path))
        meant, warnings = resolved(draft, bibs, self._catalog.papers())
        evidence = Evidence(self._catalog, self._embedder, self._retrieve)
        judge = judge or SupportChecker(self._embedder)
        report = Checker(evidence, judge, meant).report(draft, suggest, progress)
        return replace(
            report, file=str(path), warnings=(*draft.warnings, *warnings), seconds=perf_counter() - started
        )

    def _finished(
        self,
        question: str,
        drafted: tuple[Draft, dict[str, Passage]],
        hits: Sequence[Hit],
        started: float,
        strict: bool = False,
        markers: dict[str, int] | None = None,
    ) -> Answer:
        """The draft verified; an abstention with the nearest papers; the time it all took."""
        answer = verify(question, *drafted, self._catalog, markers, strict, SupportChecker(self._embedder))
        if not answer.claims:
            keys = list(dict.fromkeys(hit.passage.paper for hit in hits))[:NEAREST]
            answer = replace(answer, nearest=tuple(self._catalog.paper(key) for key in keys))
        return replace(answer, seconds=perf_counter() - started)

    def _extractor(self, only: Collection[str] | None = None) -> Extractor:
        return Extractor(
            self._catalog, self._embedder, lambda text, limit: self._retrieve(text, limit, only), only
        )

    def _retrieve(self, question: str, limit: int, only: Collection[str] | None = None) -> list[Hit]:
        self._check_stocked()
        self._check_embedder()
        return retrieve(question, self._catalog, self._ready_index(), self._embedder, limit, only)

    def _check_stocked(self) -> None:
        if not self._catalog.counts()[0]:
            raise NoLibrary(f"{self.folder} holds no papers yet; {self._how_to('add PATH')}")

    def _selected(self, selection: Selection) -> list[str] | None:
        """The keys of the selected papers; None for all."""
        if selection == Selection():
            return None
        for key in selection.papers:
            self._catalog.paper(key)
        author = fold(selection.author or "")
        since, until = selection.since or -9999, selection.until or 9999
        dated = selection.since is not None or selection.until is not None
        keys = [
            paper.key
            for paper in self._catalog.papers()
            if (not selection.papers or paper.key in selection.papers)
            and (not author or any(author in fold(name) for name in paper.authors))
            and (not dated or (paper.year is not None and since <= paper.year <= until))
        ]
        if not keys:
            papers = list(self._catalog.papers())
            nameless, undated = sum(not p.authors for p in papers), sum(p.year is None for p in papers)
            raise UsageError(
                f"no paper is selected: of {len(papers)} papers, {nameless} have no author and {undated} no year on"
                " record; see: assistant papers"
            )
        return keys

    def _ready_index(self) -> VectorIndex | None:
        """The index, reopened if another process has written or its folder is gone; mended if it is out of
        step and nobody is writing; else None, with a warning, and the full text answers alone."""
        generation = self._catalog.generation
        if self._generation == generation and self._index.path.exists():
            return self._index
        self._generation = None
        self._index.close()
        if not sync.in_step(self._catalog, self._index):
            try:
                with writer(self.folder, wait=0):
                    sync.heal(self._catalog, self._index)
            except LibraryError as error:  # locked, or not to be written to
                self.warnings.append(f"answered from full text alone: {error}")
                return None
        self._generation = generation
        return self._index

    # the collection

    def papers(self) -> Iterator[Paper]:
        """Every paper, in the order of files and of places in them."""
        return self._catalog.papers()

    def paper(self, key: str) -> Paper:
        """Raises UnknownPaper naming the nearest keys."""
        return self._catalog.paper(key)

    def passage_counts(self) -> dict[str, int]:
        """Paper key → its number of passages."""
        return self._catalog.passage_counts()

    def status(self, verify: bool = False) -> Status:
        """The library's state, compared with the files as they are now. ``verify``: by reading every file
        again and looking for every passage in the index, not by times and counts alone."""
        files = [
            FileReport(
                state.path, _state_now(state, verify), tuple(self._catalog.keys_of(state.path)), state.error
            )
            for state in self._catalog.files().values()
        ]
        papers, passages = self._catalog.counts()
        size = sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())
        return Status(
            str(self.folder), tuple(files), papers, passages, self._catalog.meta("embedder"), size,
            {"full text": self._catalog.words_health(), "vectors": self._vectors_health(verify)},
        )  # fmt: skip

    def _vectors_health(self, verify: bool) -> str:
        try:
            good = sync.in_step(self._catalog, self._index)
            if good and verify:
                good = self._index.ids() == self._catalog.passage_ids()
        except LibraryError as error:
            return f"{error}; {self._how_to('reindex')}"
        return "ok" if good else f"out of step; {self._how_to('reindex')}"

    def _how_to(self, command: str) -> str:
        return f"run: assistant --library {self.folder} {command}"


def _state_now(state: FileState, verify: bool) -> str:
    try:
        stat = os.stat(state.path)
        if verify:
            same = hashlib.sha256(Path(state.path).read_bytes()).hexdigest() == state.sha256
        else:
            same = (stat.st_size, stat.st_mtime_ns) == (state.size, state.mtime_ns)
    except OSError:
        return "missing"
    return state.state if same else "changed"


def _stated(question: str) -> str:
    if not question.strip():
        raise UsageError('the question is empty; ask in words, for example: assistant ask "What is LeZO?"')
    return (
        question.strip().encode("utf-8", "replace").decode()
    )  # halves of characters cannot be sent or stored
