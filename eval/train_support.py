"""Judged claims → ``assistant/judge/support.json``: the models of the support checker.

Trained on AttributionBench's development part, which is balanced and of several sources, and on SciFact's claims,
which alone know contradiction; why on no more is in eval/LOG.md. Deterministic.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import assistant.judge
from assistant.config import Config
from assistant.embed.minilm import MiniLM
from assistant.judge.figures import case, measure
from assistant.judge.models import OUTCOMES, Models, Outlook
from eval.boost import Settings, Tree, grow
from eval.judged import SUPPORTED, Judged, judged
from eval.train import fit

WEIGHTS = Path(assistant.judge.__file__).parent / "support.json"
BENCH = ("AttributedQA", "ExpertQA", "LFQA", "Stanford-GenSearch")
SCIFACT = "SciFact"
SCIFACT_SHARE = 0.4
"""What all of SciFact counts for the trees, where all of AttributionBench counts 1."""
PENALTY = 100.0
SEEDS = 2
"""Forests that are averaged."""
FALSE_SUPPORT = 0.05
"""The share of unsupported claims that may pass as supported in a strict answer."""
_CONTRASTS = (
    "same_direction other_direction same_sense other_sense same_negation other_negation"
    " claim_denies sentence_denies opposite new_direction new_negation"
).split()

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Table:
    """Judged claims with their figures, those without a word to compare left out."""

    rows: list[Judged]
    figures: list[dict[str, float]]

    def where(self, kept: Iterable[bool]) -> "Table":
        pairs = [
            pair for pair, keep in zip(zip(self.rows, self.figures, strict=True), kept, strict=True) if keep
        ]
        return Table([row for row, _ in pairs], [found for _, found in pairs])

    def columns(self, names: Sequence[str]) -> Floats:
        return np.array([[found[name] for name in names] for found in self.figures])

    def of(self, *sets: str) -> "Table":
        return self.where(row.set in sets for row in self.rows)

    def is_(self, label: str) -> Floats:
        return np.array([float(row.label == label) for row in self.rows])


def measured(rows: Sequence[Judged]) -> Table:
    """Raises WeightsError."""
    config = Config()
    cases = [case(*row.case) for row in rows]
    texts = list(dict.fromkeys(text for each in cases if each for text in each.strings))
    vectors = dict(zip(texts, MiniLM(config.weights, config.cache, config.threads).embed(texts), strict=True))
    pairs = [(row, measure(each, vectors).figures) for row, each in zip(rows, cases, strict=True) if each]
    return Table([row for row, _ in pairs], [figures for _, figures in pairs])


def train(table: Table) -> dict[str, Any]:
    """What ``Models.of`` reads, but for ``careful``, from the rows of the sets that are trained on."""
    scifact, both = table.of(SCIFACT), table.of(*BENCH, SCIFACT)
    every = list(table.figures[0])
    straight = [name for name in every if name != "evidence_sentences"]
    stored: dict[str, Any] = {}
    for outcome in OUTCOMES:
        model = fit(scifact.columns(straight), scifact.is_(outcome), PENALTY, balanced=True)
        stored[outcome] = _linear(straight, *model)
    branching = [name for name in every if name not in _CONTRASTS]
    x, y = both.columns(branching), both.is_(SUPPORTED)
    trees = [tree for seed in range(SEEDS) for tree in grow(x, y, _weights(both), Settings(), seed)]
    stored["trees"] = [_tree(branching, tree) for tree in trees]
    return stored


def _weights(table: Table) -> Floats:
    """So that supported and unsupported count the same in each of the two benchmarks."""
    kinds = [(row.set == SCIFACT, row.label == SUPPORTED) for row in table.rows]
    counts = {kind: kinds.count(kind) for kind in kinds}
    weights = np.array([(SCIFACT_SHARE if kind[0] else 1.0) / counts[kind] for kind in kinds])
    return np.asarray(weights / weights.mean())


def _linear(
    names: Sequence[str], mean: Floats, scale: Floats, weights: Floats, bias: float
) -> dict[str, Any]:
    columns = zip(names, mean, scale, weights, strict=True)
    return {
        "bias": round(bias, 4),
        "features": {
            name: {"mean": round(float(m), 4), "scale": round(float(s), 4), "weight": round(float(w), 4)}
            for name, m, s, w in columns
        },
    }


def _tree(names: Sequence[str], tree: Tree) -> list[Any]:
    questions = [[names[column], cut] for column, cut in zip(tree.columns, tree.cuts, strict=True)]
    return [questions, [round(value / SEEDS, 4) for value in tree.values]]


def outlooks(stored: dict[str, Any], table: Table) -> list[Outlook]:
    models = Models.of({"careful": 1.0, **stored})
    return [models.outlook(figures) for figures in table.figures]


def crossed(table: Table, parts: Sequence[str]) -> list[Outlook]:
    """Each row's outlook by models that saw no row of its part. ``parts``: the part of each row."""
    found: dict[int, Outlook] = {}
    for part in sorted(set(parts)):
        held = [i for i, each in enumerate(parts) if each == part]
        stored = train(table.where(each != part for each in parts))
        found.update(zip(held, outlooks(stored, table.where(each == part for each in parts)), strict=True))
    return [found[i] for i in range(len(parts))]


def folds(table: Table, count: int = 5, seed: int = 0) -> list[str]:
    """A fold for each row; rows of a group share it."""
    groups = sorted({row.group for row in table.rows})
    order = np.random.default_rng(seed).permutation(len(groups))
    fold = {group: str(place % count) for group, place in zip(groups, order, strict=True)}
    return [fold[row.group] for row in table.rows]


def careful(table: Table, found: Sequence[Outlook]) -> float:
    """The score from which at most ``FALSE_SUPPORT`` of the unsupported claims pass."""
    scores = [o.score for o, row in zip(found, table.rows, strict=True) if row.label != SUPPORTED]
    return round(float(np.quantile(scores, 1 - FALSE_SUPPORT)), 3)


def save(stored: dict[str, Any]) -> None:
    """A line for each thing that can be read by itself."""
    trees = ",\n  ".join(json.dumps(tree) for tree in stored["trees"])
    others = {name: value for name, value in stored.items() if name != "trees"}
    text = json.dumps(others, indent=1).removesuffix("\n}")
    WEIGHTS.write_text(f'{text},\n "trees": [\n  {trees}\n ]\n}}\n', encoding="utf-8")


def main() -> None:
    table = measured([row for row in judged() if row.set in (*BENCH, SCIFACT)])
    stored = train(table)
    save({**stored, "careful": careful(table, crossed(table, folds(table)))})


if __name__ == "__main__":
    main()
