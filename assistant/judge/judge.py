"""Claim and evidence → how likely a person would say that the one supports the other, with a reason.

eval/results/agreement.md says how well it agrees with people, and where it fails.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.judge.figures import Case, case, measure
from assistant.judge.gate import objections
from assistant.judge.models import Outlook, models
from assistant.judge.reasons import reason
from assistant.judge.words import Objection
from assistant.types import Embedder, Evidence, Judgement, PairReader, Vectors


@dataclass(frozen=True, slots=True)
class Bar:
    """What a verdict takes: of ``supported`` the score, of ``contradicted`` the share, which must also be the
    greatest of the three."""

    supported: float
    contradicted: float


BALANCED = Bar(0.5, 0.4)
"""Both errors count the same: the verdict that agrees with people most often."""
UNBACKED = 0.49
"""The highest score of a claim that the gate objects to (gate.py)."""


def careful() -> Bar:
    """The bar of ``--strict``: at most 5 % of unsupported claims pass, and of claims called contradicted most are
    (eval/results/agreement.md has the curve)."""
    return Bar(models().careful, 0.5)


@dataclass(frozen=True, slots=True)
class _Asked:
    claim: str
    evidence: Evidence
    question: str
    objection: Objection | None

    @property
    def is_quote(self) -> bool:
        said = self.claim.split()
        return bool(said) and any(quote.split() == said for quote in self.evidence.quotes)


class SupportChecker:
    """The ``SupportJudge`` that needs no network and no language model. ``bar``: what its verdicts take;
    ``reader``: tells other words for the same thing from another thing, where it is there."""

    def __init__(self, embedder: Embedder, bar: Bar = BALANCED, reader: PairReader | None = None) -> None:
        self._embedder = embedder
        self._bar = bar
        self._reader = reader

    def judge(self, claim: str, evidence: Evidence, question: str = "") -> Judgement:
        """As ``SupportJudge``; the order of the evidence makes no difference."""
        return self.judge_many([(claim, evidence, question)])[0]

    def judge_many(self, cases: Iterable[tuple[str, Evidence, str]]) -> list[Judgement]:
        """As ``judge`` for each (claim, evidence, question), with few calls of the embedder for all."""
        cases = list(cases)
        against = objections(cases, self._reader)
        asked = [_Asked(*each, said) for each, said in zip(cases, against, strict=True)]
        found = self._judged([(each, each.evidence.quotes) for each in asked])
        # A quote may say "it" of what the sentence before it names.
        wide = [
            n for n, each in enumerate(asked)
            if each.evidence.around and each.objection is None and found[n].verdict == "unsupported"
        ]  # fmt: skip
        pairs = [(asked[n], (*asked[n].evidence.quotes, *asked[n].evidence.around)) for n in wide]
        for n, judged in zip(wide, self._judged(pairs), strict=True):
            if judged.verdict == "supported":
                found[n] = replace(judged, reason=f"{judged.reason}, read with the passage around the quotes")
        return found

    def _judged(self, pairs: Sequence[tuple[_Asked, Sequence[str]]]) -> list[Judgement]:
        read = [None if each.is_quote else case(each.claim, texts, each.question) for each, texts in pairs]
        strings = list(dict.fromkeys(text for each in read if each for text in each.strings))
        vectors = dict(zip(strings, self._embedder.embed(strings), strict=True)) if strings else {}
        return [
            _verdict(asked, each, vectors, self._bar) for (asked, _), each in zip(pairs, read, strict=True)
        ]


def _verdict(asked: _Asked, read: Case | None, vectors: Mapping[str, Vectors], bar: Bar) -> Judgement:
    if asked.is_quote:
        return Judgement("supported", 1.0, "is the quote")
    if read is None:
        return Judgement("unsupported", 0.0, "there are no words to compare")
    measured = measure(read, vectors)
    verdict, score = decided(measured.figures, models().outlook(measured.figures), asked.objection, bar)
    if asked.objection:
        return Judgement(verdict, round(score, 4), asked.objection.reason, asked.objection.kind)
    return Judgement(verdict, round(score, 4), reason(verdict, score, measured, read))


def decided(
    figures: Mapping[str, float], outlook: Outlook, against: Objection | None, bar: Bar
) -> tuple[str, float]:
    """Verdict and score. ``against``: what the gate says."""
    if against:
        return "contradicted" if against.is_contrary else "unsupported", min(outlook.score, UNBACKED)
    contrary = outlook.shares["contradicted"]
    is_there = figures["run"] == 1.0  # word for word, whatever else is
    if not is_there and contrary >= bar.contradicted and contrary == max(outlook.shares.values()):
        return "contradicted", min(outlook.score, 1 - contrary)
    return ("supported" if outlook.score >= bar.supported else "unsupported"), outlook.score
