"""Claim and evidence → how likely a person would say that the one supports the other, with a reason.

Two logistic models over figures of words and meaning (features.py), with their weights in ``support.json``:
``support`` and ``contradiction``. ``make support`` trains them; eval/AGREEMENT.md says how well they agree with
people, and where they fail.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from assistant.types import Embedder, Judgement, Vectors
from assistant.verify.features import Case, Measured, case, measure
from assistant.verify.reasons import reason

BALANCED = 0.5
"""The score from which a person would rather say supported than not: ``support`` is calibrated to it."""

CERTAIN = 0.79
"""The score above which at most 5 % of AttributionBench's unsupported claims lie, and a third of its supported ones
(eval/results/agreement.md has the curve)."""
NUMBER_MISSING = 0.45
"""The most that a claim scores whose number is not in the evidence: of 13 such claims of AttributionBench and SciFact
that scored above 0.5 in cross-validation, people had called 11 unsupported."""


@dataclass(frozen=True)
class Model:
    """A logistic model over standardised figures. ``threshold``: the probability from which it says yes."""

    names: Sequence[str]
    mean: Vectors
    scale: Vectors
    weights: Vectors
    bias: float
    threshold: float

    def probability(self, figures: Mapping[str, float]) -> float:
        row = np.array([figures[name] for name in self.names])
        return float(1 / (1 + np.exp(-((row - self.mean) / self.scale @ self.weights + self.bias))))


@cache
def models() -> dict[str, Model]:
    stored: dict[str, Any] = json.loads(files("assistant.verify").joinpath("support.json").read_text())
    return {name: _model(each) for name, each in stored.items()}


def _model(stored: dict[str, Any]) -> Model:
    columns = stored["features"]
    mean, scale, weights = (
        np.array([column[part] for column in columns.values()]) for part in ("mean", "scale", "weight")
    )
    return Model(tuple(columns), mean, scale, weights, stored["bias"], stored["threshold"])


class SupportChecker:
    """The ``SupportJudge`` that needs no network and no language model. ``least``: the score from which a claim is
    supported."""

    def __init__(self, embedder: Embedder, least: float = BALANCED) -> None:
        self._embedder = embedder
        self._least = least

    def judge(self, claim: str, evidence: Sequence[str], question: str = "") -> Judgement:
        """As ``SupportJudge``; the order of ``evidence`` makes no difference."""
        return self.judge_many([(claim, evidence, question)])[0]

    def judge_many(self, cases: Iterable[tuple[str, Sequence[str], str]]) -> list[Judgement]:
        """As ``judge`` for each (claim, evidence, question), with one call of the embedder for all."""
        read = [case(*each) for each in cases]
        texts = list(dict.fromkeys(text for each in read if each for text in each.strings))
        vectors = dict(zip(texts, self._embedder.embed(texts), strict=True)) if texts else {}
        return [_strictly(_judged(each, vectors), self._least) for each in read]


def _strictly(found: Judgement, least: float) -> Judgement:
    if found.verdict != "supported" or found.score >= least:
        return found
    return Judgement("unsupported", found.score, f"likely, but below the {least:g} that is asked for")


def _judged(each: Case | None, vectors: Mapping[str, Vectors]) -> Judgement:
    if each is None:
        return Judgement("unsupported", 0.0, "there are no words to compare")
    measured = measure(each, vectors)
    return judgement(measured, each)


def judgement(measured: Measured, each: Case) -> Judgement:
    support, contradiction = (models()[name] for name in ("support", "contradiction"))
    score = support.probability(measured.figures)
    if measured.missing_numbers:  # all else being right makes a wrong figure no better
        score = min(score, NUMBER_MISSING)
    if contradiction.probability(measured.figures) >= contradiction.threshold:
        verdict, score = "contradicted", min(score, 1 - BALANCED)
    else:
        verdict = "supported" if score >= support.threshold else "unsupported"
    return Judgement(verdict, round(score, 4), reason(verdict, measured, each))
