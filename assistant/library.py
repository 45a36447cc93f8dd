"""The stages in order: files become papers, passages and vectors; a question becomes an answer.

add:  read → split → embed → store
ask:  retrieve → answer → verify
check: a draft's sentences → their citations resolved → retrieve from the cited papers → verify

What is held, and listed: holdings.py, kept.py; summaries, tables and disagreements over several papers: surveys.py.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter

from assistant import ingest
from assistant.ahead import Reading
from assistant.draft.check import Checker
from assistant.draft.nearest import Finder
from assistant.draft.remembered import Findings
from assistant.draft.resolve import read_with_entries, resolved
from assistant.draft.verdicts import Verdicts
from assistant.errors import LibraryError, UsageError
from assistant.extract.engine import Extractor
from assistant.headway import Progress as Headways
from assistant.indexing import Progress
from assistant.judge.second import SecondOpinion
from assistant.naming import Naming, naming
from assistant.read import Limits
from assistant.retrieve import DEPTH, by_paper
from assistant.selection import Selection, selected
from assistant.store import faults
from assistant.summarize import LENGTHS, Wanted, summary
from assistant.surveys import NEAREST, Surveys, whereabouts
from assistant.text.stated import stated
from assistant.types import (
    AddReport,
    Answer,
    ChatModel,
    CheckReport,
    Claim,
    ClaimCheck,
    Draft,
    Engine,
    Hit,
    Order,
    Paper,
    PaperHit,
    Quote,
    Search,
    SupportJudge,
)
from assistant.verify.citations import Verifier
from assistant.workers import Bounds, Workers
from assistant.write.engine import Writer

PASSAGES = 12
"""Passages that an answer may be made of."""
QUERY = ("query", "search for words, for example: assistant search sparse autoencoders")
_DRAFT_SECONDS, _DRAFT_MEMORY = 30, 2_000_000_000
"""What reading a draft, with what it takes in and its bibliographies, may take; a thesis takes a second."""


class Library(Surveys):
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
                wanted = ingest.Wanted([*paths], [*bibs], retry, prune)
                added = ingest.add(wanted, self._catalog, self._indexer, progress, reading)
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
                whereabouts(answer),
                nearest=tuple(map(self._catalog.paper, keys)),
                usage=answer.usage + second.usage if second else answer.usage,
                seconds=perf_counter() - started,
            )

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
        return replace(draft, asked=draft.asked or text)

    def _engine(self, model: str | ChatModel | None, only: Collection[str] | None, fast: bool) -> Engine:
        if model is None:
            return Extractor(self._catalog, self._indexer.tokens, only, fast)
        return Writer(self._chat(model), self._catalog, self.warnings.append, self._unable)

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

    def _findings(self, papers: Iterable[Paper]) -> Findings:
        return Findings(self._doors.memory, [(paper.key, paper.id) for paper in papers])


def _unless(question: str, asked: str) -> str:
    return "" if asked == question else asked
