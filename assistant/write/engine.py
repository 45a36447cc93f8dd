"""Hits → Draft by a language model: pack → ask → check each claim as it comes → look again → mend.

Claims are shown in order, each as soon as it and those before it are settled; one that fails the check waits,
with all behind it, until it has been sent back once. So what was shown while the model wrote is the answer's
beginning, to the letter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.errors import ModelContext, ModelError
from assistant.text.parts import searches
from assistant.types import (
    DOUBTFUL,
    ChatModel,
    Checked,
    ClaimCheck,
    Draft,
    DraftClaim,
    Dropped,
    Hit,
    Offered,
    Order,
    Paper,
    PaperCatalog,
    Passage,
    Search,
    Sentence,
    Usage,
)
from assistant.write import packing
from assistant.write.exchange import ANSWER, Exchange, Task
from assistant.write.followup import standalone
from assistant.write.reply import REPEATS, Reading

WIDER = 3
"""So many times the passages wanted are searched for, that no paper need fill all places."""
OPEN_PARTS = 3
"""Missing parts that are searched for once more."""
NO_EVIDENCE = 0.1
"""Cosine below which a passage that shares no word with the question is no evidence. Of 151 questions that the
digests answer the best passage had at least 0.16, and always a word."""
MAY_HOLD = 0.3
"""Cosine from which a passage that shares a word with a missing part may hold it."""


class Writer:
    """The ``Engine`` that a language model is. ``warn`` is told what went less well than it should and did not stop
    the work; ``unable``: as for ``Exchange``, kept by whoever keeps the model; ``task``: what it is asked to do."""

    def __init__(
        self,
        model: ChatModel,
        catalog: PaperCatalog,
        warn: Callable[[str], None] = lambda line: None,
        unable: set[str] | None = None,
        task: Task = ANSWER,
    ) -> None:
        self.model = model
        self.catalog = catalog
        self.warn = warn
        self.unable = set() if unable is None else unable
        self.task = task

    def draft(self, question: str, search: Search, order: Order, check: ClaimCheck) -> Draft:
        """As ``Engine``; nothing is asked where no passage has anything to do with the question. Raises
        ModelError."""
        asked, usage = self._standalone(question, order)
        return _Writing(self, asked, search, order, check).draft(usage)

    def _standalone(self, question: str, order: Order) -> tuple[str, Usage]:
        """The question without what only the turn before explains."""
        if order.before is None:
            return question, Usage()
        try:
            return standalone(question, order.before, self.model)
        except ModelError:  # if it matters, the answer meets it, too
            return question, Usage()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A claim on its way. ``before``: why citations of what it stands in for were refused."""

    drafted: DraftClaim
    checked: Checked
    before: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        return self.checked.claim.verdict in DOUBTFUL

    @property
    def trouble(self) -> str:
        return (
            f"{self.drafted.text}\n   Reason: {'; '.join((self.checked.claim.reason, *self.checked.refused))}"
        )


class _Writing:
    """One question on its way to its draft."""

    def __init__(self, writer: Writer, asked: str, search: Search, order: Order, check: ClaimCheck) -> None:
        self.writer, self.asked, self.search, self.order, self.check = writer, asked, search, order, check
        self.exchange = Exchange(writer.model, asked, writer.unable, writer.task)
        self.offered = Offered()
        self.entries: list[_Entry] = []
        self.missing: tuple[str, ...] = ()
        self.cut: tuple[str, ...] = ()
        """What did not come."""
        self.lost = Dropped()
        """What came and cannot be shown at all."""
        self.shown = 0

    def draft(self, usage: Usage) -> Draft:
        hits = self._found(self.asked)
        if any(map(_is_evidence, hits)):
            self._first(hits)
            self._look_again()
            self._mend()
        replaced = tuple(reason for entry in self.entries for reason in entry.before)
        return Draft(
            tuple(entry.drafted for entry in self.entries),
            self.missing + self.cut,
            self.writer.model.name,
            usage + self.exchange.usage,
            self.offered,
            self.asked,
            self.lost + Dropped(len(replaced), 0, replaced),
            self.exchange.asked_by,
        )

    # search and pack

    def _found(self, text: str) -> list[Hit]:
        """The hits for the question and for each part of it, by rank."""
        wide = WIDER * self.order.passages
        return packing.interleaved([self.search(each, wide) for each in (text, *searches(text))])

    def _packed(self, hits: Sequence[Hit], room: int) -> tuple[str, Offered]:
        """The best passages that ``room`` tokens hold, as the model sees them, and what it may point at in them."""
        passages = packing.spread(hits, self.order.passages)
        return packing.packed(self.asked, passages, self._read, room, self.offered.passages)

    def _read(self, passage: Passage) -> tuple[Paper, Sequence[Sentence]]:
        catalog, key = self.writer.catalog, passage.paper
        paper = catalog.paper(key)
        header = catalog.sentences_of(key, 0, paper.body) if paper.body else []
        said = [*header, *catalog.sentences_of(key, max(passage.start, paper.body), passage.end)]
        only = self.writer.task.only
        return paper, said if only is None else [each for each in said if (key, each.number) in only]

    def _room(self) -> int:
        """Tokens that are left for passages."""
        context = self.writer.model.context or packing.CONTEXT
        return context - context // packing.REPLY - packing.tokens(self.exchange.said)

    # write, and check each claim as it comes

    def _first(self, hits: Sequence[Hit]) -> None:
        """The model's first reply. If the passages are more than it reads, half of them are offered."""
        passages, self.offered = self._packed(hits, self._room())
        if not passages:
            name = self.writer.model.name
            raise ModelContext(
                f"{name} reads too few tokens for one passage; use a model with a longer context"
            )
        try:
            reading = self.exchange.answer(passages, self.offered.sentences, self._take)
        except ModelContext:
            self.offered = Offered()
            passages, self.offered = self._packed(hits, min(self._room(), packing.tokens(passages) // 2))
            if not passages:
                raise
            reading = self.exchange.answer(passages, self.offered.sentences, self._take)
        self._note(reading)
        self.missing = reading.missing

    def _take(self, drafted: DraftClaim) -> None:
        """A claim has come; one that was there already is passed over."""
        if drafted.text and drafted.text not in self._texts():
            self.entries.append(_Entry(drafted, self._checked(drafted)))
            self._show()

    def _checked(self, drafted: DraftClaim) -> Checked:
        return self.check.checked(drafted, self.offered, self.asked)

    def _texts(self) -> set[str]:
        return {entry.drafted.text for entry in self.entries}

    def _show(self) -> None:
        """Hands on the claims that are settled."""
        while self.shown < len(self.entries) and not self.entries[self.shown].doubtful:
            self.check.show(self.entries[self.shown].checked.claim)
            self.shown += 1

    def _note(self, reading: Reading) -> None:
        """What of a reply did not come or cannot be read."""
        reasons = tuple(f"not in the form asked for: {why}" for why in reading.malformed)
        self.lost += Dropped(0, len(reasons), reasons)
        if not reading.whole and reading.ended != REPEATS:
            why = reading.ended or "broke off"
            self.cut = (f"the rest of the answer ({self.writer.model.name} {why})",)

    # look again for what is missing, send back what failed

    def _look_again(self) -> None:
        """Searches once for what the model says is missing; what is found and new is offered."""
        known = {passage.id for passage in self.offered.passages.values()}
        found = packing.interleaved(
            [self.search(part, self.order.passages) for part in self.missing[:OPEN_PARTS]]
        )
        new = [hit for hit in found if hit.passage.id not in known and _may_hold(hit)]
        passages, more = self._packed(new, self._room())
        if not passages:
            return
        self.offered |= more
        had = len(self.entries)
        try:
            reading = self.exchange.more(self.missing, passages, self.offered.sentences, self._take)
        except ModelError as error:
            self.writer.warn(f"what is missing was not asked for again: {error}")
            return
        if len(self.entries) > had:  # else nothing has changed, whatever the reply leaves out
            self.missing = reading.missing
            self._note(reading)

    def _mend(self) -> None:
        """Sends the claims that failed back once. A rewrite counts only if it passes; one that is withdrawn goes."""
        failed = {n: entry.trouble for n, entry in enumerate(self.entries, 1) if entry.doubtful}
        if not failed:
            return
        try:
            rewritten = self.exchange.repaired(failed, self.offered.sentences)
        except ModelError as error:
            self.writer.warn(f"claims that failed the check were not sent back: {error}")
            return
        gone = []
        for n, drafted in rewritten.items():
            old = self.entries[n - 1]
            if drafted is None or drafted.text in self._texts() - {old.drafted.text}:
                gone.append(old)
                continue
            new = _Entry(drafted, self._checked(drafted), old.checked.refused)
            if not new.doubtful:
                self.entries[n - 1] = new
        for entry in gone:
            self.entries.remove(entry)
            why = f"withdrawn by the model: {entry.drafted.text!r} ({entry.checked.claim.reason})"
            refused = entry.checked.refused
            self.lost += Dropped(len(refused), 1, (*refused, why))


def _is_evidence(hit: Hit) -> bool:
    """Whether the passage may have anything to do with the question: a word in common, or a meaning near it."""
    return hit.bm25 is not None or hit.cosine is None or hit.cosine >= NO_EVIDENCE


def _may_hold(hit: Hit) -> bool:
    return hit.bm25 is not None and (hit.cosine is None or hit.cosine >= MAY_HOLD)
