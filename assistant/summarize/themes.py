"""Papers, each with its pieces → themes: groups of papers near each other, named from their own words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.summarize.pieces import Piece
from assistant.summarize.subjects import name, told
from assistant.types import Embedder, Paper

_MOST = 12
"""Themes at most: what a reader keeps apart."""
_ROUNDS, _STARTS = 20, 12


@dataclass(frozen=True, eq=False, slots=True)
class Read:
    """A paper of a survey. ``pieces``: what a summary may take of it; ``vector``: what it is about, shape
    (dimensions,), of length 1."""

    paper: Paper
    pieces: tuple[Piece, ...]
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Theme:
    name: str
    members: tuple[Read, ...]


def themes(read: Sequence[Read], embedder: Embedder) -> list[Theme]:
    """The largest first; those of one paper, which are no theme of their own, are one at the end."""
    wanted = min(_MOST, max(1, round((len(read) / 2) ** 0.5)))
    groups = _groups(np.array([each.vector for each in read]), wanted)
    subjects = [told(each.paper.title or "", (piece.meant.text for piece in each.pieces)) for each in read]
    large = sorted((group for group in groups if len(group) > 1), key=lambda group: (-len(group), group))
    single = sorted(place for group in groups if len(group) == 1 for place in group)
    found = []
    for group in [*large, *([single] if single else [])]:
        members = tuple(read[place] for place in group)
        if group is single and large:
            found.append(Theme("Other", members))
            continue
        about = np.mean([each.vector for each in members], axis=0)
        own, others = [subjects[n] for n in group], [subjects[n] for n in range(len(read)) if n not in group]
        named = name(own, others, about / (np.linalg.norm(about) or 1.0), embedder)
        found.append(Theme(named or members[0].paper.name, members))
    return found


def _groups(vectors: NDArray[np.float32], wanted: int) -> list[list[int]]:
    """k-means on the sphere, the best of several starts: one alone often makes groups of stragglers and of the rest.
    The same again for the same papers."""
    chance = np.random.default_rng(0)
    tries = [_settled(vectors, _start(vectors, wanted, chance)) for _ in range(_STARTS)]
    nearest, _ = max(tries, key=lambda each: each[1])
    return [[int(i) for i in np.flatnonzero(nearest == n)] for n in range(wanted) if (nearest == n).any()]


def _start(vectors: NDArray[np.float32], wanted: int, chance: np.random.Generator) -> list[int]:
    """Papers far from each other, by k-means++ (Arthur and Vassilvitskii 2007)."""
    centres = [int(chance.integers(len(vectors)))]
    while len(centres) < wanted:
        far = np.clip(1 - (vectors @ vectors[centres].T).max(axis=1), 0, None) + 1e-9
        centres.append(int(chance.choice(len(vectors), p=far / far.sum())))
    return centres


def _settled(vectors: NDArray[np.float32], centres: list[int]) -> tuple[NDArray[np.int64], float]:
    """The group of each paper, and how near the papers are to their groups' means, summed."""
    means = vectors[centres].copy()
    nearest = (vectors @ means.T).argmax(axis=1)
    for _ in range(_ROUNDS):
        for n in range(len(means)):
            if (nearest == n).any():
                mean = vectors[nearest == n].mean(axis=0)
                means[n] = mean / (np.linalg.norm(mean) or 1.0)
        again = (vectors @ means.T).argmax(axis=1)
        if (again == nearest).all():
            break
        nearest = again
    return nearest, float((vectors @ means.T).max(axis=1).sum())
