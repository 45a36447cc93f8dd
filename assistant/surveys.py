"""What is said over several papers, and what every question asks with: summaries, tables, disagreements."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from time import perf_counter

from assistant.asking import Cost, Model, unpriced
from assistant.compare import compared
from assistant.comparing import Comparer
from assistant.disagree import disagreements
from assistant.errors import UsageError
from assistant.extract.engine import Extractor
from assistant.holdings import Holdings
from assistant.indexing import Progress
from assistant.judge.foreign import FigureChecker
from assistant.judge.judge import BALANCED, SupportChecker, careful
from assistant.retrieve import retrieve
from assistant.selection import Topical, on_topic
from assistant.summarize import Wanted
from assistant.summarizing import Summarizer, named, topical
from assistant.text.stated import stated
from assistant.types import (
    Answer,
    ChatModel,
    ClaimCheck,
    Comparison,
    Disagreements,
    Draft,
    Hit,
    Order,
    Paper,
    Search,
    Sentence,
    SupportJudge,
)
from assistant.verify.citations import Verifier
from assistant.whereabouts import is_gone

TOPIC = ("topic", 'name it, for example: --topic "sparse autoencoders"')
ROWS = 20
"""Papers on a topic that a table holds."""
TOPICAL = 400
"""Passages whose papers may be on a topic."""
NEAREST = 3
"""Papers named where the papers do not say."""


class Surveys(Holdings):
    """The papers in a folder, read side by side."""

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
                whereabouts(answer),
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

    # what questions are asked with

    def _searching(self, only: Collection[str] | None) -> Search:
        return lambda text, limit: self._retrieve(text, limit, only)

    def _judge(self, strict: bool) -> SupportChecker:
        return SupportChecker(self._indexer.tokens, careful() if strict else BALANCED, self._reader)

    def _chat(self, model: str | ChatModel) -> ChatModel:
        return self._doors.chat(model) if isinstance(model, str) else model

    def _retrieve(self, question: str, limit: int, only: Collection[str] | None = None) -> list[Hit]:
        with self._reading(question):
            return retrieve(question, self._catalog, self._follower, self._indexer.passages, limit, only)


def whereabouts(answer: Answer) -> Answer:
    """The answer, which says of each paper that it cites whether its file is there."""
    return replace(
        answer,
        references=tuple(
            replace(each, is_missing=is_gone(each.paper.source.file)) for each in answer.references
        ),
    )
