"""Features → probabilities: four small logistic models with their weights in ``weights.json``.

``sentence``: the sentence holds the fact. ``answer``: the paper answers the question; ``answer_long``: the same
of one of which retrieval's passages are all that is read. ``listed``: the paper
belongs in the list asked for. ``make train`` writes the weights, from questions over papers of several fields;
eval/LOG.md has the curves and the thresholds' error rates.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from assistant.types import Vectors


@dataclass(frozen=True)
class Judge:
    """A logistic model over standardised features. ``threshold``: the probability from which it says yes."""

    features: Sequence[str]
    mean: Vectors
    scale: Vectors
    weights: Vectors
    bias: float
    threshold: float

    def logits(self, rows: Vectors) -> Vectors:
        """Shape (rows,) for ``rows`` of shape (rows, features)."""
        return np.asarray((rows - self.mean) / self.scale @ self.weights + self.bias, dtype=np.float32)

    def probabilities(self, rows: Vectors) -> Vectors:
        return np.asarray(1 / (1 + np.exp(-self.logits(rows))), dtype=np.float32)


@cache
def judge(name: str) -> Judge:
    """The model of that name."""
    stored = json.loads(files("assistant.extract").joinpath("weights.json").read_text())[name]
    columns = stored["features"]
    mean, scale, weights = (
        np.array([column[part] for column in columns.values()], dtype=np.float32)
        for part in ("mean", "scale", "weight")
    )
    return Judge(tuple(columns), mean, scale, weights, stored["bias"], stored["threshold"])
