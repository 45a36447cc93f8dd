"""Papers, each with its pieces → themes: groups of papers near each other, named from their own words."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.summarize.pieces import Piece
from assistant.text.terms import STOP_WORDS, fold, stem
from assistant.types import Paper

_MOST = 12
"""Themes at most: what a reader keeps apart."""
_ROUNDS, _STARTS = 20, 12
_TITLED = 3
"""How much more a term counts that stands in a title."""
_NAME = 2
"""Terms of a name."""
_WORD = re.compile(r"[^\W\d_][\w-]*[^\W_]")
_GENERAL = frozenset(
    stem(word)
    for word in """approach method methods model models paper study studies result results propose proposed novel new
    data dataset datasets based analysis system systems performance work task tasks different existing present
    framework technique problem experiments experimental research significant significantly show however many
    objective background abstract conclusion aim improve improved improvement state art high higher two three""".split()
)
"""Stems that papers on anything hold, and that name no theme."""


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


def themes(read: Sequence[Read]) -> list[Theme]:
    """The largest first; those of one paper, which are no theme of their own, are one at the end."""
    wanted = min(_MOST, max(1, round((len(read) / 2) ** 0.5)))
    groups = _groups(np.array([each.vector for each in read]), wanted)
    terms = {each.paper.key: _terms(*(piece.meant.text for piece in each.pieces)) for each in read}
    titles = {each.paper.key: _terms(each.paper.title or "") for each in read}
    terms = {key: found | titles[key] for key, found in terms.items()}
    held = Counter(term for found in terms.values() for term in found)
    large = sorted((group for group in groups if len(group) > 1), key=lambda group: (-len(group), group))
    single = sorted(place for group in groups if len(group) == 1 for place in group)
    found = []
    for group in [*large, *([single] if single else [])]:
        members = tuple(read[place] for place in group)
        other = group is single and len(large) > 0
        found.append(Theme("Other" if other else _name(members, terms, titles, held), members))
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


_Terms = dict[str, dict[str, str]]
"""Paper key → the stems of a term → how it is written there."""


def _name(members: Sequence[Read], terms: _Terms, titles: _Terms, held: Counter[str]) -> str:
    """The terms that most of the group's papers hold and few others, as they are written there; rather those of
    titles, which name what a paper is about."""
    own = Counter(term for each in members for term in terms[each.paper.key])
    titled = Counter(term for each in members for term in titles[each.paper.key])
    least = 2 if len(members) > 2 else len(members)
    # a term of several words says more than its words do
    weights = {
        term: (n + _TITLED * titled[term])
        * (np.log((len(terms) + 1) / held[term]) + 0.2)
        * (1 + 0.5 * term.count(" "))
        for term, n in own.items()
        if n >= least
    }
    taken: list[str] = []
    for term in sorted(weights, key=lambda term: (-weights[term], term)):
        if len(taken) < _NAME and not any(set(term.split()) & set(other.split()) for other in taken):
            taken.append(term)
    written = [
        Counter(terms[m.paper.key][term] for m in members if term in terms[m.paper.key]) for term in taken
    ]
    return ", ".join(each.most_common(1)[0][0] for each in written) or members[0].paper.name


def _terms(*texts: str) -> dict[str, str]:
    """Stems of one to three telling words side by side → how they are written."""
    found: dict[str, str] = {}
    for text in texts:
        for clause in re.split(r"[^\w\s-]+", text):
            words = _WORD.findall(clause)
            stems = [stem(fold(word)) for word in words]
            telling = [
                len(word) > 2 and fold(word) not in STOP_WORDS and each not in _GENERAL
                for word, each in zip(words, stems, strict=True)
            ]
            for size in (1, 2, 3):
                for n in range(len(words) - size + 1):
                    if all(telling[n : n + size]):
                        found.setdefault(" ".join(stems[n : n + size]), " ".join(words[n : n + size]))
    return found
