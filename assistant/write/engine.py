"""A question → an Answer in a model's own words: search → pack → write → verify each claim as it comes → mend.

Claims are shown in order, each as soon as it and those before it are settled; one that fails the check waits,
with all behind it, until it has been sent back once. So what was shown while the model wrote is the answer's
beginning, to the letter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.errors import ModelContext, ModelError
from assistant.extract.sides import searches
from assistant.judge.second import SecondOpinion
from assistant.types import (
    DOUBTFUL,
    Answer,
    ChatModel,
    Claim,
    Draft,
    DraftClaim,
    Dropped,
    Hit,
    PaperCatalog,
    Passage,
    SupportJudge,
    Usage,
)
from assistant.verify.citations import Verifier
from assistant.write import packing
from assistant.write.exchange import Exchange
from assistant.write.followup import standalone
from assistant.write.reply import Reading

Search = Callable[[str, int], list[Hit]]
"""A text and a number → that many hits, in the papers that may answer."""
OnClaim = Callable[[Claim], None]

WIDER = 3
"""So many times the passages wanted are searched for, that no paper need fill all places."""
NEAREST = 3
"""Papers named where the papers do not say."""
OPEN_PARTS = 3
"""Missing parts that are searched for once more."""
NO_EVIDENCE = 0.1
"""Cosine below which a passage that shares no word with the question is no evidence. Of 151 questions that the
digests answer the best passage had at least 0.16, and always a word."""
MAY_HOLD = 0.3
"""Cosine from which a passage that shares a word with a missing part may hold it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What an answer is written with. ``judge``: as for ``Verifier``; ``second``: a model that is asked where the
    judge is unsure; ``warn``: told what went less well than it should and did not stop the work."""

    search: Search
    catalog: PaperCatalog
    model: ChatModel
    judge: SupportJudge | None = None
    second: ChatModel | None = None
    warn: Callable[[str], None] = lambda line: None


@dataclass(frozen=True, slots=True)
class Order:
    """How the answer is wanted. ``passages``: how many are offered; ``strict``: doubtful claims are withheld;
    ``markers``: paper key → number, continued; ``before``: the turn before in a conversation; ``on_claim``:
    called with each claim of the answer, in order, as soon as it is settled."""

    passages: int = 12
    strict: bool = False
    markers: dict[str, int] | None = None
    before: Answer | None = None
    on_claim: OnClaim | None = None


def write(question: str, desk: Desk, order: Order) -> Answer:
    """The verified answer; without claims if the papers do not say. Raises ModelError."""
    return _Writing(question, desk, order).answer()


@dataclass(slots=True)
class _Entry:
    """A claim on its way: as it was checked, and why citations of it were refused."""

    claim: Claim
    refused: list[str]

    @property
    def doubtful(self) -> bool:
        return self.claim.verdict in DOUBTFUL

    @property
    def trouble(self) -> str:
        return f"{self.claim.text}\n   Reason: {'; '.join((self.claim.reason, *self.refused))}"


class _Writing:
    """One question on its way to its answer."""

    def __init__(self, question: str, desk: Desk, order: Order) -> None:
        self.question, self.desk, self.order = question, desk, order
        self.usage = Usage()
        self.asked = self._standalone()
        self.exchange = Exchange(desk.model, self.asked)
        self.second = SecondOpinion(desk.judge, desk.second) if desk.second else None
        self.offered: dict[str, Passage] = {}
        self.verifier = Verifier(
            self.asked, self.offered, desk.catalog, order.markers, self.second or desk.judge
        )
        self.entries: list[_Entry] = []
        self.missing: tuple[str, ...] = ()
        self.lost: tuple[str, ...] = ()
        """Claims that came and cannot be shown at all, with the reason."""
        self.cut: tuple[str, ...] = ()
        """What did not come."""
        self.shown = 0

    def answer(self) -> Answer:
        hits = self._found(self.asked)
        if any(map(_is_evidence, hits)):
            self._draft(hits)
            self._look_again()
            self._mend()
        return self._finished(hits)

    # search and pack

    def _standalone(self) -> str:
        """The question without what only the turn before explains."""
        if self.order.before is None:
            return self.question
        try:
            asked, self.usage = standalone(self.question, self.order.before, self.desk.model)
        except ModelError:  # if it matters, the answer meets it, too
            return self.question
        return asked

    def _found(self, text: str) -> list[Hit]:
        """The hits for the question and for each part of it, by rank."""
        wide = WIDER * self.order.passages
        return packing.interleaved([self.desk.search(each, wide) for each in (text, *searches(text))])

    def _packed(self, hits: Sequence[Hit], room: int) -> str:
        """The best passages that ``room`` tokens hold, as the model sees them; from now on they are offered."""
        passages = packing.spread(hits, self.order.passages)
        papers = {passage.paper: self.desk.catalog.paper(passage.paper) for passage in passages}
        new = packing.offered(self.asked, passages, papers, room, self.offered)
        self.offered.update(new)
        return "\n\n".join(packing.shown(name, each, papers[each.paper]) for name, each in new.items())

    def _room(self) -> int:
        """Tokens that are left for passages."""
        context = self.desk.model.context or packing.CONTEXT
        return context - context // packing.REPLY - packing.tokens(self.exchange.said)

    # write, verify each claim as it comes

    def _draft(self, hits: Sequence[Hit]) -> None:
        """The model's first reply. If the passages are more than it reads, half of them are offered."""
        passages = self._packed(hits, self._room())
        if not passages:
            name = self.desk.model.name
            raise ModelContext(
                f"{name} reads too few tokens for one passage; use a model with a longer context"
            )
        try:
            reading = self.exchange.answer(passages, self._take)
        except ModelContext:
            self.offered.clear()
            passages = self._packed(hits, min(self._room(), packing.tokens(passages) // 2))
            if not passages:
                raise
            reading = self.exchange.answer(passages, self._take)
        self._note(reading)
        self.missing = reading.missing

    def _take(self, drafted: DraftClaim) -> None:
        """A claim has come; one that was there already is passed over."""
        if drafted.text and drafted.text not in self._texts():
            self.entries.append(_Entry(*self.verifier.checked(drafted)))
            self._show()

    def _texts(self) -> set[str]:
        return {entry.claim.text for entry in self.entries}

    def _show(self) -> None:
        """Hands on the claims that are settled."""
        while self.shown < len(self.entries) and not self.entries[self.shown].doubtful:
            if self.order.on_claim:
                self.order.on_claim(self.verifier.numbered(self.entries[self.shown].claim))
            self.shown += 1

    def _note(self, reading: Reading) -> None:
        """What of a reply did not come or cannot be read."""
        self.lost += tuple(f"not in the form asked for: {why}" for why in reading.malformed)
        if not reading.whole:
            self.cut = (f"the rest of the answer ({self.desk.model.name} broke off)",)

    # look again for what is missing, send back what failed

    def _look_again(self) -> None:
        """Searches once for what the model says is missing; what is found and new is offered."""
        known = {passage.id for passage in self.offered.values()}
        found = packing.interleaved(
            [self.desk.search(part, self.order.passages) for part in self.missing[:OPEN_PARTS]]
        )
        new = [hit for hit in found if hit.passage.id not in known and _may_hold(hit)]
        passages = self._packed(new, self._room())
        if not passages:
            return
        had = len(self.entries)
        try:
            reading = self.exchange.more(self.missing, passages, self._take)
        except ModelError as error:
            self.desk.warn(f"what is missing was not asked for again: {error}")
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
            rewritten = self.exchange.repaired(failed)
        except ModelError as error:
            self.desk.warn(f"claims that failed the check were not sent back: {error}")
            return
        gone = []
        for n, drafted in rewritten.items():
            old = self.entries[n - 1]
            if drafted is None or drafted.text in self._texts() - {old.claim.text}:
                gone.append(old)
                continue
            claim, refused = self.verifier.checked(drafted)
            if claim.verdict not in DOUBTFUL:
                self.entries[n - 1] = _Entry(claim, old.refused + refused)
        for entry in gone:
            self.entries.remove(entry)
            self.verifier.refuse(entry.refused)
            self.lost += (f"withdrawn by the model: {entry.claim.text!r} ({entry.claim.reason})",)

    def _finished(self, hits: Sequence[Hit]) -> Answer:
        """The answer, withholding all if nothing in it is supported; the rest of its claims are handed on."""
        for entry in self.entries:
            self.verifier.refuse(entry.refused)
        nothing = all(entry.doubtful for entry in self.entries)
        usage = self.usage + self.exchange.usage + (self.second.usage if self.second else Usage())
        draft = Draft((), self.missing + self.cut, self.desk.model.name, usage)
        claims = [entry.claim for entry in self.entries]
        answer = self.verifier.answer(claims, draft, self.order.strict or nothing)
        dropped = answer.dropped
        nearest = list(dict.fromkeys(hit.passage.paper for hit in hits))[:NEAREST] if nothing else []
        if self.order.on_claim:
            for claim in answer.claims[self.shown :]:
                self.order.on_claim(claim)
        return replace(
            answer,
            question=self.question,
            status="partial" if answer.status == "answered" and self.lost else answer.status,
            dropped=Dropped(dropped.citations, dropped.claims + len(self.lost), dropped.reasons + self.lost),
            nearest=tuple(map(self.desk.catalog.paper, nearest)),
            prompt=self.exchange.asked_by,
        )


def _is_evidence(hit: Hit) -> bool:
    """Whether the passage may have anything to do with the question: a word in common, or a meaning near it."""
    return hit.bm25 is not None or hit.cosine is None or hit.cosine >= NO_EVIDENCE


def _may_hold(hit: Hit) -> bool:
    return hit.bm25 is not None and (hit.cosine is None or hit.cosine >= MAY_HOLD)
