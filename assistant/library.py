"""The stages in order: files become papers, passages and vectors; a question becomes an answer.

add:  read → split → embed → store
ask:  retrieve → answer → verify
check: a draft's sentences → their citations resolved → retrieve from the cited papers → verify
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter
from types import TracebackType

from assistant import ingest
from assistant.ahead import Reading
from assistant.compare import compared
from assistant.config import Config
from assistant.disagree import disagreements
from assistant.doors import Doors
from assistant.draft.check import Checker
from assistant.draft.nearest import Finder
from assistant.draft.remembered import Findings
from assistant.draft.resolve import read_with_entries, resolved
from assistant.draft.verdicts import Verdicts
from assistant.errors import EmbedderMismatch, LibraryError, NoLibrary, UsageError
from assistant.extract.engine import Extractor
from assistant.extract.rows import with_rows
from assistant.headway import Progress as Headways
from assistant.indexing import Indexer, Progress
from assistant.judge.foreign import FigureChecker
from assistant.judge.judge import BALANCED, SupportChecker, careful
from assistant.judge.second import SecondOpinion
from assistant.naming import Naming, naming
from assistant.read import Limits
from assistant.retrieve import DEPTH, by_paper, retrieve
from assistant.selection import Listing, Selection, holding, matching, on_topic, ordered, selected, tag_of
from assistant.store import backup, faults, sync
from assistant.store import status as state
from assistant.store.catalog import Catalog
from assistant.store.connection import bereft
from assistant.store.follow import Follower
from assistant.store.index import VectorIndex
from assistant.store.lock import writer
from assistant.store.metadata import FIELDS
from assistant.summarize import LENGTHS, Wanted, summary
from assistant.summarizing import Cost, Model, Summarizer, meant, unpriced
from assistant.types import (
    AddReport,
    Answer,
    ChatModel,
    CheckReport,
    Claim,
    ClaimCheck,
    Comparison,
    Disagreements,
    Draft,
    Embedder,
    Engine,
    FieldValue,
    Hit,
    Order,
    Paper,
    PaperHit,
    PaperOrigins,
    Quote,
    Search,
    Sentence,
    Status,
    SupportJudge,
    TokenEmbedder,
)
from assistant.verify.citations import Verifier
from assistant.whereabouts import forget_missing
from assistant.workers import Bounds, Workers
from assistant.write.engine import Writer

PASSAGES = 12
"""Passages that an answer may be made of."""
LONGEST = 100_000
"""Characters of a question: ten thousand words have room."""
QUESTION = ("question", 'ask in words, for example: assistant ask "What is LeZO?"')
QUERY = ("query", "search for words, for example: assistant search sparse autoencoders")
TOPIC = ("topic", 'name it, for example: --topic "sparse autoencoders"')
ROWS = 20
"""Papers on a topic that a table holds."""
TOPICAL = 200
"""Passages whose papers may be on a topic."""
_DRAFT_SECONDS, _DRAFT_MEMORY = 30, 2_000_000_000
"""What reading a draft, with what it takes in and its bibliographies, may take; a thesis takes a second."""
NEAREST = 3
"""Papers named where the papers do not say."""


class Library:
    """A folder of papers to ask. Use it as a context manager, or close it.

    >>> with Library.open("library") as library:  # doctest: +SKIP
    ...     print(library.ask("What is LeZO?").text)
    """

    def __init__(
        self,
        folder: Path,
        catalog: Catalog,
        embedder: TokenEmbedder,
        doors: Doors | None = None,
        passages: Embedder | None = None,
        notify: Callable[[str], None] = lambda line: None,
    ) -> None:
        """``embedder`` reads sentences, and passages, too, unless ``passages`` does."""
        self.folder = folder
        self._catalog = catalog
        self._index = VectorIndex(folder)
        self._doors = doors or Doors(Config())
        self._reader = doors.reader if doors else None
        self._indexer = Indexer(passages or embedder, embedder)
        self._notify = notify
        self._unable: set[str] = set()
        """Names of models that could not keep to JSON."""
        self.warnings: list[str] = []
        """What went less well than it should and did not stop the work; the caller shows and clears it."""
        self._told: set[tuple[str, int]] = set()
        self._follower = Follower(folder, catalog, self._index, self._mend, self.warnings.append)

    @classmethod
    def open(
        cls,
        folder: str | Path | None = None,
        config: Config | None = None,
        create: bool = False,
        notify: Callable[[str], None] = lambda line: None,
    ) -> "Library":
        """The library in ``folder`` (default: the config's); made if ``create``. ``notify`` is told of what takes
        long at a server. Raises LibraryError."""
        config = config or Config()
        path = Path(folder or config.library)
        gone = bereft(path)
        doors, catalog = Doors(config, notify), Catalog(path, create)
        passages: Embedder = doors.local
        with suppress(UsageError):  # of a name that nobody knows: whoever needs it says so
            passages = doors.embedder(catalog.meta("embedder"))
        library = cls(path, catalog, doors.local, doors, passages, notify)
        if gone:
            library.warnings.append(
                f"{path} had lost its catalog ({gone} still there), and with it what was added before; this is a new"
                " one: add those files again"
            )
        return library

    def close(self) -> None:
        self._doors.close()
        self._index.close()
        self._catalog.close()

    def __enter__(self) -> "Library":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # add: read → split → embed → store

    def add(
        self,
        paths: Iterable[str | Path],
        progress: Headways | None = None,
        bibs: Iterable[str | Path] = (),
        *,
        retry: bool = False,
        prune: bool = False,
        limits: Limits | None = None,
    ) -> AddReport:
        """Adds files and folders (recursively). What has not changed is skipped; what was moved keeps its papers; what
        cannot be read is reported and keeps the papers it had, and is tried again when it has changed, or with
        ``retry``; what is gone keeps them, too, unless ``prune``. A file of many papers is stored in steps, and gone on
        with after an interruption. ``bibs``: bibliographies whose titles, authors, years and keys the papers here take
        on; an entry of no paper here waits for it. ``limits``: what reading one file may take. Raises UsageError if no
        path exists, LibraryLocked, EmbedderMismatch, WeightsError."""
        started = perf_counter()
        with writer(self.folder):
            self._check_embedder()
            try:
                reading = Reading(limits, partial(faults.note, self.folder))
                added = ingest.add(paths, self._catalog, self._indexer, progress, bibs, retry, prune, reading)
            except BaseException:
                with suppress(LibraryError):  # what was stored before Ctrl-C is found at the next question
                    self._mend()
                raise
            self._complete()
        return replace(added, seconds=perf_counter() - started)

    def remove(self, keys: Sequence[str]) -> list[str]:
        """Takes papers out of the collection, until their file changes or is added by name. Returns their keys as they
        are spelt. Raises UnknownPaper (and then removes none), LibraryLocked."""
        with writer(self.folder):
            keys = list(dict.fromkeys(map(self._catalog.spelt, keys)))
            self._catalog.remove(keys)
            forget_missing(self._catalog)
            self._complete()
        return keys

    def merge(self, keys: Sequence[str]) -> str:
        """Makes one paper of several, whatever is guessed of them later. Returns its key. Raises UnknownPaper,
        UsageError, LibraryLocked."""
        with writer(self.folder):
            if len({self._catalog.paper(key).id for key in keys}) < 2:
                raise UsageError(f"{' and '.join(keys)} is one paper already; name two")
            key = self._catalog.merge(keys)
            self._complete()
            return key

    def split(self, key: str) -> list[str]:
        """Makes a paper of each source of one, whatever is guessed of them later. Returns their keys. Raises
        UnknownPaper, UsageError, LibraryLocked."""
        with writer(self.folder):
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
        with writer(self.folder):
            edited = self._catalog.edit(key, fields)
            self._complete()
            return self._catalog.paper(edited)

    def origins(self, key: str) -> PaperOrigins:
        """Which of its sources says what of a paper. Raises UnknownPaper."""
        return self._catalog.origins(key)

    def reindex(self, progress: Progress | None = None, embedder: str | None = None) -> None:
        """Rebuilds what is derived: full text and vector index; embeds anew if ``embedder`` (default: the one on
        record) is not the one that made the vectors. Raises LibraryLocked, WeightsError, UsageError, ModelError."""
        with writer(self.folder):
            chosen = self._doors.embedder(embedder) if embedder else self._indexer.passages
            indexer = Indexer(chosen, self._indexer.tokens)
            if self._catalog.meta("embedder") != chosen.name:
                vectors = indexer.embedded_anew(self._catalog, progress)
                self._catalog.replace_vectors(vectors, chosen.name)
            self._indexer = indexer
            self._indexer.complete(self._catalog, progress)
            self._indexer.go_on(self._catalog, progress)
            self._catalog.rebuild_words()
            sync.rebuild(self._catalog, self._index)

    def _mend(self) -> None:
        """What is derived made whole: vectors and sentences that are missing, then full text and index."""
        if self._catalog.meta("embedder") == self._indexer.passages.name:
            self._indexer.complete(self._catalog)
        sync.heal(self._catalog, self._index)

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
            self._catalog.set_meta("embedder", name)
        elif recorded != name:
            raise EmbedderMismatch(
                f"the vectors here were made by {recorded}, not by {name}; embed anew with:"
                f" assistant --library {self.folder} reindex --embedder {name}"
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
            with writer(self.folder, wait=0):
                self._indexer.complete(self._catalog)
        except LibraryError as error:
            raise LibraryError(
                f"{self.folder} was made by an earlier version and lacks its sentences ({error}); bring it up to"
                f" date, where it can be written to, with: assistant --library {self.folder} reindex"
            ) from error

    def _warn_of_partial(self) -> None:
        """Once for each state of a file that was stored in part."""
        for path, (found, of) in self._catalog.partial().items():
            if (path, found) not in self._told:
                self._told.add((path, found))
                self.warnings.append(
                    f"{found:,} of the {of:,} papers in {path} can be found; to go on:"
                    f" assistant --library {self.folder} add {path}"
                )

    # ask: retrieve → answer → verify

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """The ``limit`` best passages. Raises UsageError for an empty query, NoLibrary for an empty library."""
        return self._retrieve(stated(query, QUERY), limit)

    def search_papers(self, query: str, limit: int = 10) -> list[PaperHit]:
        """The ``limit`` best papers, each by its best passage. Raises as ``search``."""
        return by_paper(self._retrieve(stated(query, QUERY), 2 * DEPTH), limit)

    def ask(
        self,
        question: str,
        selection: Selection | None = None,
        *,
        model: str | ChatModel | None = None,
        passages: int = PASSAGES,
        strict: bool = False,
        markers: dict[str, int] | None = None,
        judge: str | ChatModel | None = None,
        before: Answer | None = None,
        shown: Sequence[Quote] = (),
        on_claim: Callable[[Claim], None] | None = None,
        fast: bool = False,
    ) -> Answer:
        """An answer whose every quote was found in its paper; without claims if the papers do not say.

        ``model``: who writes it, by name or itself; None for the sentences of the papers alone; ``fast``: chosen
        in a quarter of the time, and less well. ``judge``: another model for a second opinion. The rest is as for
        ``Order``; ``before`` and ``judge`` need a model. All of it is read from one state of the library, whatever
        other processes add or remove meanwhile; what they did before is seen. Raises UsageError, UnknownPaper,
        LibraryError, ModelError.
        """
        started = perf_counter()
        question = stated(question)
        if model is None and (before or judge):
            raise UsageError(
                f"{'a turn before' if before else 'a judge'} is of use to a model alone; name a model"
            )
        order = Order(passages, strict, markers, before, shown, on_claim)
        with self._reading(question):
            only: Collection[str] | None = selected(selection or Selection(), self._catalog)
            meant = naming(question, self._catalog, only)
            only = meant.papers or only
            second = SecondOpinion(self._judge(strict), self._chat(judge)) if judge else None
            verifier = Verifier(self._catalog, second or self._judge(strict), order)
            draft = self._draft(
                meant, self._engine(model, only, fast), self._searching(only), order, verifier
            )
            asked = meant.text if draft.asked == meant.plain else draft.asked
            answer = replace(verifier.answer(question, draft), asked=_unless(question, asked))
            near = [] if answer.claims else self._retrieve(asked, passages, only)
            keys = list(dict.fromkeys(hit.passage.paper for hit in near))[:NEAREST]
            return replace(
                _whereabouts(answer),
                nearest=tuple(map(self._catalog.paper, keys)),
                usage=answer.usage + second.usage if second else answer.usage,
                seconds=perf_counter() - started,
            )

    def summarize(
        self,
        keys: str | Sequence[str] = (),
        wanted: Wanted | None = None,
        *,
        topic: str = "",
        model: str | ChatModel | None = None,
        progress: Progress | None = None,
    ) -> Answer:
        """What a paper is about, or several together: those with the ``keys``, those on the ``topic``, else all. Each
        sentence is the papers' own, or the ``model``'s and checked. Without claims if no paper is on the topic. Raises
        UsageError, UnknownPaper, LibraryError, ModelError."""
        started, wanted = perf_counter(), wanted or Wanted()
        wanted.check()
        topic = stated(topic, TOPIC) if topic else ""
        with self._reading(topic):
            named = [keys] if isinstance(keys, str) else list(keys)
            if not named and not topic:
                named = [paper.key for paper in self._catalog.papers()]
            found = meant(named, topic, self._catalog, self._retrieve)
            judge: SupportJudge = FigureChecker() if model and wanted.is_translated else self._judge(False)
            verifier = Verifier(self._catalog, judge, Order())
            draft = self._summarized(found.papers, wanted, model, verifier, progress)
            answer = verifier.answer(found.title, draft)
            return replace(
                _whereabouts(answer),
                notes=found.notes({each.paper.key for each in answer.references}),
                missing=answer.missing if found.papers else (f"a paper on {topic}",),
                nearest=tuple(
                    self._catalog.paper(key) for key, _ in found.left[:NEAREST] if not answer.claims
                ),
                seconds=perf_counter() - started,
            )

    def _summarized(
        self,
        papers: Sequence[Paper],
        wanted: Wanted,
        model: str | ChatModel | None,
        check: ClaimCheck,
        progress: Progress | None,
    ) -> Draft:
        summarizer = Summarizer(self._catalog, self._indexer.tokens, self._judge(False), progress)
        if not papers:
            return Draft()
        if model is not None:
            cost: Cost = self._doors.chat(model).cost if isinstance(model, str) else unpriced
            writer = Model(self._chat(model), self.warnings.append, self._notify, self._unable, cost)
            return summarizer.written(papers, wanted, writer, check)
        return (
            summarizer.one(papers[0].key, wanted) if len(papers) == 1 else summarizer.several(papers, wanted)
        )

    def compare(
        self,
        keys: Sequence[str] = (),
        topic: str = "",
        aspects: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> Comparison:
        """A table of what the papers say in each aspect: of those with the ``keys``, else of those on the ``topic``,
        else of all. ``aspects``: by default those of ``assistant.compare.ASPECTS``; others are asked as questions of
        each paper. Raises UnknownPaper, and UsageError if there is only one paper."""
        started = perf_counter()
        with self._reading(topic):
            meant = self._meant(keys, topic)
            rows = meant[:ROWS] if topic else meant
            found = compared(rows, aspects, self._catalog, self._asking(), progress)
            return replace(
                found, title=topic, left_out=len(meant) - len(rows), seconds=perf_counter() - started
            )

    def disagree(self, topic: str = "", progress: Progress | None = None) -> Disagreements:
        """Pairs of sentences of different papers that cannot both be true: of the papers on the ``topic``, else of all.
        That none is found does not show that they agree. Raises UsageError if there is only one paper."""
        started = perf_counter()
        with self._reading(topic):
            found = disagreements(self._meant((), topic), self._catalog, progress)
            return replace(found, topic=topic, seconds=perf_counter() - started)

    def _asking(self) -> Callable[[str, str], list[Sentence]]:
        """What answers a question from one paper, for ``compared``."""

        def asked(key: str, question: str) -> list[Sentence]:
            order = Order()
            check = Verifier(self._catalog, self._judge(False), order)
            draft = Extractor(self._catalog, self._indexer.tokens, [key]).draft(
                question, self._searching([key]), order, check
            )
            return [draft.offered.sentences[claim.shown_by[-1]] for claim in draft.claims]

        return asked

    def _meant(self, keys: Sequence[str], topic: str) -> list[str]:
        """The papers with these keys, else those on the topic, the nearest first, else all."""
        if keys:
            found = list(dict.fromkeys(map(self._catalog.spelt, keys)))
        elif topic:
            return on_topic(self._retrieve(stated(topic, TOPIC), TOPICAL))
        else:
            found = [paper.key for paper in self._catalog.papers()]
        if len(found) < 2:
            raise UsageError(f"only {found[0]} is there; two papers or more can be compared")
        return found

    def _draft(self, meant: Naming, engine: Engine, search: Search, order: Order, check: ClaimCheck) -> Draft:
        """Of one paper that the question names by a number, without a model, first without its name: where that
        stands, every sentence looks like an answer. What asks for all that it says is answered by its summary."""
        plain = meant.plain if isinstance(engine, Extractor) else ""
        if plain and meant.is_general:
            short = summary(meant.papers[0], self._catalog, self._indexer.tokens, Wanted(LENGTHS["short"]))
            return replace(short, asked=plain)
        for text in filter(None, (plain, meant.text)):
            draft = engine.draft(text, search, order, check)
            if draft.claims or text == meant.text:
                break
        if isinstance(engine, Extractor):
            draft = with_rows(text, draft, self._catalog)
        return replace(draft, asked=draft.asked or text)

    def _engine(self, model: str | ChatModel | None, only: Collection[str] | None, fast: bool) -> Engine:
        if model is None:
            return Extractor(self._catalog, self._indexer.tokens, only, fast)
        return Writer(self._chat(model), self._catalog, self.warnings.append, self._unable)

    def _searching(self, only: Collection[str] | None) -> Search:
        return lambda text, limit: self._retrieve(text, limit, only)

    # check: manuscript → resolved → retrieve → verify

    def check(
        self,
        path: str | Path,
        *,
        bibs: Iterable[Path] = (),
        suggest: bool = False,
        tables: bool = False,
        judge: SupportJudge | None = None,
        progress: Progress | None = None,
    ) -> CheckReport:
        """Whether the papers say what the draft at ``path`` cites them for. ``bibs``: .bib files that say what
        its keys mean, beside those that it names; ``suggest``: whether to look for papers that support what it
        states without a citation; ``tables``: whether the rows of its tables count; ``judge``: who decides, by
        default the offline checker. Raises UsageError for a kind of file that is no draft, ReadError, LibraryError."""
        started = perf_counter()
        bounds = Bounds(_DRAFT_SECONDS, _DRAFT_MEMORY)
        with Workers(1) as workers:
            reading = workers.submit(bounds, read_with_entries, Path(path), tables, tuple(bibs))
            with self._reading():
                draft = reading.result()
                papers = list(self._catalog.papers())
                meant = resolved(draft, papers)
                finder = Finder(self._catalog, self._indexer.tokens, self._retrieve)
                verdicts = Verdicts(finder, judge or self._judge(False), progress)
                report = Checker(verdicts, meant, None if judge else self._findings(papers)).report(
                    draft, suggest
                )
        return replace(report, file=str(path), seconds=perf_counter() - started)

    def _judge(self, strict: bool) -> SupportChecker:
        return SupportChecker(self._indexer.tokens, careful() if strict else BALANCED, self._reader)

    def _findings(self, papers: Iterable[Paper]) -> Findings:
        return Findings(self._doors.memory, [(paper.key, paper.id) for paper in papers])

    def _chat(self, model: str | ChatModel) -> ChatModel:
        return self._doors.chat(model) if isinstance(model, str) else model

    def _retrieve(self, question: str, limit: int, only: Collection[str] | None = None) -> list[Hit]:
        with self._reading(question):
            return retrieve(question, self._catalog, self._follower, self._indexer.passages, limit, only)

    @contextmanager
    def _reading(self, question: str = "") -> Iterator[None]:
        """One state of the catalog and the index that belongs to it, to answer ``question`` from; within another,
        that one's."""
        if self._catalog.in_snapshot:
            yield
            return
        if not self._catalog.counts()[0]:
            raise NoLibrary(
                f"{self.folder} holds no papers yet; run: assistant --library {self.folder} add PATH"
            )
        self._check_embedder()
        self._check_sentences()
        self._warn_of_partial()
        with ThreadPoolExecutor(1) as beside:  # Chroma and the embedder each take half a second to load
            loaded = beside.submit(self._indexer.passages.embed, [question or "load"])
            self._follower.catch_up()
        loaded.result()
        with self._catalog.snapshot():
            yield

    # the collection

    def papers(self) -> Iterator[Paper]:
        """Every paper, in the order of files and of places in them."""
        return self._catalog.papers()

    def listed(
        self, selection: Selection | None = None, words: str = "", listing: Listing | None = None
    ) -> list[Paper]:
        """The papers that are selected and hold the words, in the order asked for; none if none is meant. Raises
        UnknownPaper, UsageError."""
        with self._catalog.snapshot():
            found = holding(words, matching(selection or Selection(), self._catalog))
            return ordered(found, listing or Listing(), self._catalog)

    def paper(self, key: str) -> Paper:
        """Raises UnknownPaper naming the nearest keys."""
        return self._catalog.paper(key)

    def sentences(self, key: str) -> list[Sentence]:
        """A paper's sentences in reading order, the lines of its header first. Raises UnknownPaper."""
        return self._catalog.sentences_of(self._catalog.paper(key).key)

    def chosen(self, selection: Selection) -> list[str]:
        """The keys of the papers that a selection leaves. Raises UnknownPaper, and UsageError if it leaves none."""
        keys = selected(selection, self._catalog)
        return [paper.key for paper in self._catalog.papers()] if keys is None else keys

    def tags(self) -> dict[str, tuple[str, ...]]:
        """Paper key → its tags, of the papers that have some."""
        return self._catalog.tags()

    def tag(self, keys: Sequence[str], word: str, remove: bool = False) -> None:
        """Gives papers a tag, or takes it from them. It outlives their re-reading. Raises UnknownPaper (and then does
        nothing), UsageError, LibraryLocked."""
        word, known = tag_of(word), [self._catalog.spelt(key) for key in keys]
        with writer(self.folder):
            (self._catalog.untag if remove else self._catalog.tag)(known, word)

    def passage_counts(self) -> dict[str, int]:
        """Paper key → its number of passages."""
        return self._catalog.passage_counts()

    def damage(self) -> str | None:
        """What of the catalog is lost, pages, values or texts; None if nothing is."""
        return state.damage(self._catalog)

    def backup(self, file: str | Path) -> None:
        """Writes the papers and the conversations, as of one moment, to one file, over what was there; others may read
        and write the library meanwhile. Raises LibraryError."""
        backup.backup(self.folder, Path(file))

    def status(self, verify: bool = False) -> Status:
        """As of ``status.status``."""
        return state.status(self.folder, self._catalog, self._index, verify)


def _whereabouts(answer: Answer) -> Answer:
    """The answer, which says of each paper that it cites whether its file is there."""
    return replace(
        answer,
        references=tuple(
            replace(each, is_missing=not os.path.lexists(each.paper.source.file))
            for each in answer.references
        ),
    )


def _unless(question: str, asked: str) -> str:
    return "" if asked == question else asked


def stated(question: str, what: tuple[str, str] = QUESTION) -> str:
    """The question as it can be sent and stored; ``what`` it is, and an example. Raises UsageError for an empty one, or
    one that is too long."""
    if len(question) > LONGEST:
        raise UsageError(f"the {what[0]} is longer than {LONGEST:,} characters; ask it in fewer words")
    if not question.strip():
        raise UsageError(f"the {what[0]} is empty; {what[1]}")
    return (
        question.strip().encode("utf-8", "replace").decode()
    )  # halves of characters cannot be sent or stored
