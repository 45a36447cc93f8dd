"""Figures → how likely people would call the claim supported, contradicted, or neither: the models of support.json.

Three logistic models, one for each of the outcomes, and a forest of small symmetric trees for support, which weighs
what a straight line cannot: what a share of words means in evidence of a line or of a page. All of it is figures in
a text file that can be read; ``make train-support`` writes it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
OUTCOMES = ("supported", "contradicted", "neither")
LINEAR_SHARE = 0.2
"""What the logistic model counts in the score of support; the trees count the rest. It carries over better to
data of another kind than the trees do, which are better on the kind they know (eval/LOG.md)."""


@dataclass(frozen=True)
class Linear:
    """A logistic model over standardised figures."""

    names: Sequence[str]
    mean: Floats
    scale: Floats
    weights: Floats
    bias: float

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Linear":
        columns = stored["features"]
        mean, scale, weights = (
            np.array([column[part] for column in columns.values()]) for part in ("mean", "scale", "weight")
        )
        return cls(tuple(columns), mean, scale, weights, stored["bias"])

    def logit(self, figures: Mapping[str, float]) -> float:
        row = np.array([figures[name] for name in self.names])
        return float((row - self.mean) / self.scale @ self.weights + self.bias)


@dataclass(frozen=True)
class Forest:
    """Trees that each ask ``depth`` questions of every row, "is this figure at least so much?", and add what the
    answers together stand for. Shapes (trees, depth) and (trees, 2 ** depth)."""

    names: Sequence[str]
    asked: NDArray[np.int64]
    cuts: Floats
    values: Floats

    @classmethod
    def of(cls, stored: Sequence[Any]) -> "Forest":
        names = sorted({name for questions, _ in stored for name, _ in questions})
        asked = np.array([[names.index(name) for name, _ in questions] for questions, _ in stored])
        cuts = np.array([[cut for _, cut in questions] for questions, _ in stored])
        return cls(names, asked, cuts, np.array([values for _, values in stored]))

    def logit(self, figures: Mapping[str, float]) -> float:
        row = np.array([figures[name] for name in self.names])
        powers = 2 ** np.arange(self.asked.shape[1])[::-1]
        leaves = (row[self.asked] >= self.cuts) @ powers
        return float(self.values[np.arange(len(leaves)), leaves].sum())


@dataclass(frozen=True)
class Outlook:
    """``score``: the probability of support; ``shares``: of each outcome, together 1, of which contradiction's
    is used."""

    score: float
    shares: dict[str, float]


@dataclass(frozen=True)
class Models:
    linear: dict[str, Linear]
    forest: Forest
    careful: float
    """The score from which at most 5 % of the unsupported claims pass."""

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Models":
        linear = {outcome: Linear.of(stored[outcome]) for outcome in OUTCOMES}
        return cls(linear, Forest.of(stored["trees"]), stored["careful"])

    def outlook(self, figures: Mapping[str, float]) -> Outlook:
        logits = {outcome: model.logit(figures) for outcome, model in self.linear.items()}
        chances = {outcome: _probability(logit) for outcome, logit in logits.items()}
        total = sum(chances.values())
        forest = self.forest.logit(figures)
        score = _probability(LINEAR_SHARE * logits["supported"] + (1 - LINEAR_SHARE) * forest)
        return Outlook(score, {outcome: chance / total for outcome, chance in chances.items()})


def _probability(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))


@cache
def models() -> Models:
    """Those of the package."""
    return Models.of(
        json.loads(files("assistant.judge").joinpath("support.json").read_text(encoding="utf-8"))
    )
