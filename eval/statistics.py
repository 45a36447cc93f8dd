"""Outcomes → means with bootstrap intervals, two runs beside each other, and what a suite is too small to see."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from eval.scorers import Outcome

_SAMPLES = 2_000
_SEEN = 1.96 + 0.84
"""Standard errors that a difference must have to be told from chance (two-sided, 5 %) four times in five (80 %)."""
FLIPS = 0.1
"""The share of cases that two runs answer differently, where nothing better is known."""
AGREEMENT = "wordings of one question agree"


def interval(values: Sequence[float], seed: int = 0) -> tuple[float, float]:
    """The middle 95 % of the means of bootstrap samples."""
    given = np.asarray(values, dtype=float)
    drawn = np.random.default_rng(seed).integers(0, len(given), (_SAMPLES, len(given)))
    low, high = np.percentile(given[drawn].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def visible(n: int, flips: float = FLIPS) -> float:
    """The smallest difference of two runs' shares over the same ``n`` cases, of which ``flips`` come out differently,
    that is seen four times in five."""
    return _SEEN * sqrt(flips / n) if n else 1.0


def measures(found: Sequence[Outcome]) -> dict[str, list[float]]:
    """Measure → its values, one a case; of the agreement of wordings, one a group."""
    values: dict[str, list[float]] = defaultdict(list)
    groups: dict[str, list[float]] = defaultdict(list)
    for each in found:
        for name, value in each.values.items():
            values[name].append(value)
        if each.case.group and "some sentence answers" in each.values:
            groups[each.case.group].append(each.values["some sentence answers"])
    agreed = [
        max(float(np.mean(group)), 1 - float(np.mean(group))) for group in groups.values() if len(group) > 1
    ]
    return dict(values) | ({AGREEMENT: agreed} if agreed else {})


@dataclass(frozen=True)
class Difference:
    """A measure's change from one run to another over the cases that both have. ``better``, ``worse``: ids of cases;
    ``interval``: 95 %, by bootstrap over the cases."""

    name: str
    n: int
    mean: float
    interval: tuple[float, float]
    better: tuple[str, ...]
    worse: tuple[str, ...]

    @property
    def is_fall(self) -> bool:
        """Whether it fell by more than chance explains."""
        return self.interval[1] < 0

    @property
    def visible(self) -> float:
        """As of ``visible``, by the share of cases that flipped here."""
        return visible(self.n, max(len(self.better) + len(self.worse), 1) / self.n)


Values = Mapping[str, Mapping[str, float]]
"""Case's id → measure → value."""


def valued(found: Sequence[Outcome]) -> Values:
    return {each.case.id: each.values for each in found}


def differences(before: Values, after: Values) -> Iterator[Difference]:
    pairs = [(id, before[id], new) for id, new in after.items() if id in before]
    for name in dict.fromkeys(name for _, _, new in pairs for name in new):
        apart = {id: new[name] - old[name] for id, old, new in pairs if name in old and name in new}
        if apart:
            yield Difference(
                name,
                len(apart),
                float(np.mean(list(apart.values()))),
                interval(list(apart.values())),
                tuple(id for id, by in apart.items() if by > 0),
                tuple(id for id, by in apart.items() if by < 0),
            )


def reliability(found: Sequence[Outcome], bins: int = 5) -> list[tuple[float, float, int]]:
    """(mean chance given, share that was right, n) of answers in bins of equal size, by the chance that the engine
    gave them; a refusal is in none, nor a list, whose chance is that of its first paper. Right: as ``is_right``."""
    rated = [(each.told.chance, is_right(each)) for each in found if each.told.said and not each.case.is_list]
    known = sorted((chance, right) for chance, right in rated if chance is not None)
    cut = [known[part[0] : part[-1] + 1] for part in np.array_split(np.arange(len(known)), bins) if len(part)]
    return [
        (
            float(np.mean([chance for chance, _ in part])),
            float(np.mean([right for _, right in part])),
            len(part),
        )
        for part in cut
    ]


def is_right(given: Outcome) -> bool:
    """Whether some sentence answers; where only papers are known to be right, whether the first is."""
    for name in ("some sentence answers", "right paper first"):
        if name in given.values:
            return given.values[name] == 1.0
    return False


def trade_off(found: Sequence[Outcome]) -> list[tuple[float, float, float]]:
    """(chance, share of the answerable refused, share of the unanswerable refused) if all below the chance were
    refused. What has no chance counts as sure, or as refused in any case. Empty where the engine gives none."""
    if all(each.told.chance is None for each in found):
        return []
    rated: dict[bool, list[float]] = {True: [], False: []}
    for each in found:
        sure = float(bool(each.told.said))
        rated[each.case.is_answerable].append(sure if each.told.chance is None else each.told.chance)
    own, other = (np.sort(rated[kind]) for kind in (True, False))
    if not len(own) or not len(other):
        return []
    return [
        (
            float(line),
            float(np.searchsorted(own, line) / len(own)),
            float(np.searchsorted(other, line) / len(other)),
        )
        for line in (*np.linspace(0, 1, 51), 1.01)
    ]
