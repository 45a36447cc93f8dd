"""The stages in order: files become papers, passages and vectors; a question becomes an answer.

add:  read → split → embed → store
ask:  retrieve → answer → verify
check: a draft's sentences → their citations resolved → retrieve from the cited papers → verify
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter

from assistant import ingest
from assistant.ahead import Reading
from assistant.asking import Cost, Model, unpriced
from assistant.compare import compared
from assistant.comparing import Comparer
from assistant.disagree import disagreements
from assistant.draft.check import Checker
from assistant.draft.nearest import Finder
from assistant.draft.remembered import Findings
from assistant.draft.resolve import read_with_entries, resolved
from assistant.draft.verdicts import Verdicts
from assistant.errors import LibraryError, UsageError
from assistant.extract.engine import Extractor
from assistant.extract.rows import with_rows
from assistant.headway import Progress as Headways
from assistant.holdings import Holdings
from assistant.indexing import Progress
from assistant.judge.foreign import FigureChecker
from assistant.judge.judge import BALANCED, SupportChecker, careful
from assistant.judge.second import SecondOpinion
from assistant.naming import Naming, naming
from assistant.read import Limits
from assistant.retrieve import DEPTH, by_paper, retrieve
from assistant.selection import Selection, Topical, on_topic, selected
from assistant.store import faults
from assistant.summarize import LENGTHS, Wanted, summary
from assistant.summarizing import Summarizer, named, topical
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
    Engine,
    Hit,
    Order,
    Paper,
    PaperHit,
    Quote,
    Search,
    Sentence,
    SupportJudge,
)
from assistant.verify.citations import Verifier
from assistant.whereabouts import is_gone
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
TOPICAL = 400
"""Passages whose papers may be on a topic."""
_DRAFT_SECONDS, _DRAFT_MEMORY = 30, 2_000_000_000
"""What reading a draft, with what it takes in and its bibliographies, may take; a thesis takes a second."""
NEAREST = 3
"""Papers named where the papers do not say."""


class Library(Holdings):
    """A folder of papers to ask. Use it as a context manager, or close it.

    >>> with Library.open("library") as library:  # doctest: +SKIP
    ...     print(library.ask("What is LeZO?").text)
    """

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
        with self._keeping.writing():
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
            only: Collection[str] | None = self._selected(selection or Selection())
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
            asked = [keys] if isinstance(keys, str) else list(keys)
            if asked or not topic:
                found = named(asked or [paper.key for paper in self._catalog.papers()], self._catalog)
            else:
                on = self._on_topic(topic)
                found = topical(topic, on.near, on.keys, self._catalog)
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
            return summarizer.written(papers, wanted, self._asked(model), check)
        return (
            summarizer.one(papers[0].key, wanted) if len(papers) == 1 else summarizer.several(papers, wanted)
        )

    def compare(
        self,
        keys: Sequence[str] = (),
        topic: str = "",
        aspects: Sequence[str] = (),
        progress: Progress | None = None,
        *,
        model: str | ChatModel | None = None,
    ) -> Comparison:
        """A table of what the papers say in each aspect: of those with the ``keys``, else of those on the ``topic``,
        else of all. ``aspects``: by default those of ``assistant.compare.ASPECTS``; others are asked as questions of
        each paper. ``model``: who fills the cells, each checked. Raises UnknownPaper, UsageError if there is only one
        paper, ModelError."""
        started = perf_counter()
        with self._reading(topic):
            meant = self._meant(keys, topic)
            rows = meant[:ROWS] if topic else meant
            if model is None:
                found = compared(rows, aspects, self._catalog, self._asking(), progress)
            else:
                found = self._comparer(model, progress).table(rows, aspects)
            return replace(
                found, title=topic, left_out=len(meant) - len(rows), seconds=perf_counter() - started
            )

    def disagree(
        self, topic: str = "", progress: Progress | None = None, *, model: str | ChatModel | None = None
    ) -> Disagreements:
        """Pairs of sentences of different papers that cannot both be true: of the papers on the ``topic``, else of all.
        That none is found does not show that they agree. ``model``: who finds them, each checked. Raises UsageError if
        there is only one paper, ModelError."""
        started = perf_counter()
        with self._reading(topic):
            meant = self._meant((), topic)
            if model is None:
                found = disagreements(meant, self._catalog, progress)
            else:
                found = self._comparer(model, progress).clashes(meant)
            return replace(found, topic=topic, seconds=perf_counter() - started)

    def _comparer(self, model: str | ChatModel, progress: Progress | None) -> Comparer:
        return Comparer(
            self._catalog,
            self._indexer.tokens,
            lambda key, words, most: self._retrieve(words, most, [key]),
            self._asked(model),
            Verifier(self._catalog, self._judge(False), Order()),
            progress,
        )

    def _asked(self, model: str | ChatModel) -> Model:
        cost: Cost = self._doors.chat(model).cost if isinstance(model, str) else unpriced
        return Model(self._chat(model), self.warnings.append, self._notify, self._unable, cost)

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
            return list(self._on_topic(stated(topic, TOPIC)).keys)
        else:
            found = [paper.key for paper in self._catalog.papers()]
        if len(found) < 2:
            raise UsageError(f"only {found[0]} is there; two papers or more can be compared")
        return found

    def _on_topic(self, topic: str) -> Topical:
        return on_topic(topic, self._retrieve(topic, TOPICAL))

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

    def _selected(self, selection: Selection) -> Collection[str] | None:
        """As of ``selected``, which asks every paper; in one chat the same are meant again and again."""
        now = (selection, self._catalog.state)
        if self._chosen is None or self._chosen[0] != now:
            self._chosen = now, selected(selection, self._catalog)
        return self._chosen[1]

    def _judge(self, strict: bool) -> SupportChecker:
        return SupportChecker(self._indexer.tokens, careful() if strict else BALANCED, self._reader)

    def _findings(self, papers: Iterable[Paper]) -> Findings:
        return Findings(self._doors.memory, [(paper.key, paper.id) for paper in papers])

    def _chat(self, model: str | ChatModel) -> ChatModel:
        return self._doors.chat(model) if isinstance(model, str) else model

    def _retrieve(self, question: str, limit: int, only: Collection[str] | None = None) -> list[Hit]:
        with self._reading(question):
            return retrieve(question, self._catalog, self._follower, self._indexer.passages, limit, only)


def _whereabouts(answer: Answer) -> Answer:
    """The answer, which says of each paper that it cites whether its file is there."""
    return replace(
        answer,
        references=tuple(
            replace(each, is_missing=is_gone(each.paper.source.file)) for each in answer.references
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
    return sendable(question)


def sendable(question: str) -> str:
    """Without halves of characters, which can be neither sent nor stored."""
    return question.strip().encode("utf-8", "replace").decode()
