"""Claim and evidence → how likely a person would say that the one supports the other, with a reason.

eval/results/agreement.md says how well it agrees with people, and where it fails.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.judge.figures import Case, Measured, case, measure
from assistant.judge.gate import unbacked
from assistant.judge.models import Outlook, models
from assistant.judge.reasons import reason
from assistant.types import Embedder, Evidence, Judgement, Vectors


@dataclass(frozen=True, slots=True)
class Bar:
    """What a verdict takes: of ``supported`` the score, of ``contradicted`` the share, which must also be the
    greatest of the three."""

    supported: float
    contradicted: float


BALANCED = Bar(0.5, 0.4)
"""Both errors count the same: the verdict that agrees with people most often."""
NO_NUMBER = 0.49
"""The highest score of a claim with a number, in digits, that the evidence does not hold."""


def careful() -> Bar:
    """The bar of ``--strict``: at most 5 % of unsupported claims pass, and of claims called contradicted most are
    (eval/results/agreement.md has the curve)."""
    return Bar(models().careful, 0.5)


class SupportChecker:
    """The ``SupportJudge`` that needs no network and no language model. ``bar``: what its verdicts take."""

    def __init__(self, embedder: Embedder, bar: Bar = BALANCED) -> None:
        self._embedder = embedder
        self._bar = bar

    def judge(self, claim: str, evidence: Evidence, question: str = "") -> Judgement:
        """As ``SupportJudge``."""
        if any(quote.split() == claim.split() for quote in evidence.quotes):
            return Judgement("supported", 1.0, "is the quote")
        if lacking := unbacked(claim, evidence.quotes, evidence.headers, evidence.around):
            return Judgement("unsupported", 0.0, lacking)
        judged = self.judge_many([(claim, evidence.quotes, question)])[0]
        if judged.verdict == "unsupported" and evidence.around:
            wider = self.judge_many([(claim, (*evidence.quotes, *evidence.around), question)])[0]
            if wider.verdict == "supported":
                return replace(wider, reason=f"{wider.reason}, read with the passage around the quotes")
        return judged

    def judge_many(self, cases: Iterable[tuple[str, Sequence[str], str]]) -> list[Judgement]:
        """As ``judge`` for each (claim, evidence, question), with one call of the embedder for all."""
        read = [case(*each) for each in cases]
        texts = list(dict.fromkeys(text for each in read if each for text in each.strings))
        vectors = dict(zip(texts, self._embedder.embed(texts), strict=True)) if texts else {}
        return [_judged(each, vectors, self._bar) for each in read]


def _judged(each: Case | None, vectors: Mapping[str, Vectors], bar: Bar) -> Judgement:
    if each is None:
        return Judgement("unsupported", 0.0, "there are no words to compare")
    measured = measure(each, vectors)
    outlook = models().outlook(measured.figures)
    verdict, score = decided(measured, outlook, bar)
    return Judgement(verdict, round(score, 4), reason(verdict, score, measured, each))


def decided(measured: Measured, outlook: Outlook, bar: Bar) -> tuple[str, float]:
    """Verdict and score."""
    contrary = outlook.shares["contradicted"]
    is_there = measured.figures["run"] == 1.0  # word for word, whatever else is
    if not is_there and contrary >= bar.contradicted and contrary == max(outlook.shares.values()):
        return "contradicted", min(outlook.score, 1 - contrary)
    score = min(outlook.score, NO_NUMBER) if measured.absent.numbers else outlook.score
    return ("supported" if score >= bar.supported else "unsupported"), score
