"""Figures and labels → a forest of small trees, by gradient boosting of the logistic loss (Friedman 2001).

The trees are symmetric, as in CatBoost (Prokhorenkova et al. 2018): each asks the same few questions of every
row, so that a tree is a line of text, and a forest little more than a table. Deterministic for a seed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class Tree(NamedTuple):
    """Columns asked about, the values from which the answer is yes, and what each row of answers adds."""

    columns: list[int]
    cuts: list[float]
    values: list[float]


@dataclass(frozen=True)
class Settings:
    """``columns`` and ``rows``: the share of each that a tree is grown on; ``bins``: of a column's values."""

    trees: int = 150
    depth: int = 3
    rate: float = 0.06
    ridge: float = 8.0
    columns: float = 0.4
    rows: float = 0.7
    bins: int = 24


def grow(x: Floats, y: Floats, weights: Floats, settings: Settings, seed: int = 0) -> list[Tree]:
    """Trees whose values add up to the logit of the label. ``weights``: what each row counts, 1 on average."""
    random = np.random.default_rng(seed)
    edges = [_edges(column, settings.bins) for column in x.T]
    binned = np.column_stack([np.searchsorted(e, c, side="right") for e, c in zip(edges, x.T, strict=True)])
    useful = [i for i, each in enumerate(edges) if len(each)]
    total = np.zeros(len(y))
    trees: list[Tree] = []
    for _ in range(settings.trees):
        p = 1 / (1 + np.exp(-total))
        kept = random.random(len(y)) < settings.rows
        slope, bend = weights * (y - p), weights * p * (1 - p)
        some = np.sort(random.permutation(useful)[: max(1, round(settings.columns * len(useful)))])
        columns = {int(i): len(edges[i]) for i in some}
        asked = _questions(binned[kept], slope[kept], bend[kept], columns, settings)
        leaf = _leaves(binned, asked)
        sums = [np.bincount(leaf[kept], each[kept], 2 ** len(asked)) for each in (slope, bend)]
        values = settings.rate * sums[0] / (sums[1] + settings.ridge)
        total += values[leaf]
        cuts = [float(edges[column][cut]) for column, cut in asked]
        trees.append(Tree([column for column, _ in asked], cuts, values.tolist()))
    return trees


def logits(trees: Sequence[Tree], x: Floats) -> Floats:
    total = np.zeros(len(x))
    for tree in trees:
        leaf = np.zeros(len(x), dtype=np.int64)
        for column, cut in zip(tree.columns, tree.cuts, strict=True):
            leaf = 2 * leaf + (x[:, column] >= cut)
        total += np.array(tree.values)[leaf]
    return total


def _edges(column: Floats, bins: int) -> Floats:
    """Values between which the column has about the same number of rows; an edge belongs to the bin above."""
    return np.unique(np.round(np.quantile(column, np.linspace(0, 1, bins + 1)[1:-1]), 4))


def _leaves(binned: Whole, asked: Sequence[tuple[int, int]]) -> Whole:
    leaf = np.zeros(len(binned), dtype=np.int64)
    for column, cut in asked:
        leaf = 2 * leaf + (binned[:, column] > cut)
    return leaf


def _questions(
    binned: Whole, slope: Floats, bend: Floats, columns: dict[int, int], settings: Settings
) -> list[tuple[int, int]]:
    """``depth`` pairs of column and edge, each the best after those before it. ``columns``: column → its edges."""
    asked: list[tuple[int, int]] = []
    for _ in range(settings.depth):
        leaf = _leaves(binned, asked)
        gains = {}
        for column, edges in columns.items():
            for cut, gain in enumerate(_gains(leaf, binned[:, column], slope, bend, settings)[:edges]):
                gains[column, cut] = gain
        asked.append(max((pair for pair in gains if pair not in asked), key=lambda pair: (gains[pair], pair)))
    return asked


def _gains(leaf: Whole, bins: Whole, slope: Floats, bend: Floats, settings: Settings) -> Floats:
    """What asking at each edge of a column is worth, over all leaves."""
    leaves, width = int(leaf.max()) + 1, settings.bins + 1
    cells = leaf * width + bins
    slopes, bends = (
        np.bincount(cells, each, leaves * width).reshape(leaves, width).cumsum(axis=1)
        for each in (slope, bend)
    )
    low = slopes**2 / (bends + settings.ridge)
    high = (slopes[:, -1:] - slopes) ** 2 / (bends[:, -1:] - bends + settings.ridge)
    return np.asarray((low + high).sum(axis=0))
