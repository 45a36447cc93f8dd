"""Pieces and a wish → those that make the summary: each role served, nothing said twice, as long as it should be.

What a set is worth grows by role with diminishing returns and falls with what is said twice, so that taking the best
next piece for its words is near the best set (Lin and Bilmes 2011); then pieces are exchanged, left out and added as
long as that betters it, which also brings it to its length.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.summarize.mentions import mentions
from assistant.summarize.pieces import Piece
from assistant.summarize.wanted import Wanted
from assistant.text.numbers import numbers

ROLES: Mapping[str, float] = {
    "problem": 1.0, "method": 1.3, "data": 0.7, "result": 1.8, "limit": 0.6, "background": 0.1, "future": 0.15,
    "code": 0.05,
}  # fmt: skip
"""Role → what serving it is worth."""
_AGAIN = 0.45
"""What the second piece of a role is worth of the first; the third is so much of the second, and so on."""
_ALIKE, _REPEATS = 0.9, 1.5
"""The cosine from which a piece says in part what another does, and what saying all of it again costs."""
_FIGURES = 2
"""So many figures in common mean that two pieces give the same result, in whatever words."""
_SAME_PAPER = 0.15
"""How much two pieces of one paper count as alike where there are several papers."""
_OTHER_PAPER = 0.4
"""How much of their likeness counts against two pieces of different papers: that two say it is worth knowing."""
_MISSED = 5.0
"""What a term costs that no piece mentions; more than any piece is worth."""
_OFF = 4.0
"""What a summary costs that is twice as long as it should be, or has no word."""
_MISCOUNTED = 3.0
"""What each bullet costs that is too many or too few."""
_EXCHANGED = 15
"""Pieces of a summary up to which exchanges are tried; a longer one has room for all that matters."""


def chosen(pieces: Sequence[Piece], wanted: Wanted) -> list[Piece]:
    """The pieces of the summary, in the order that they came in. At least one, if there are any."""
    search = _Search(pieces, wanted)
    return [pieces[i] for i in sorted(search.best())]


class _Search:
    """``best`` returns places in ``pieces``."""

    def __init__(self, pieces: Sequence[Piece], wanted: Wanted) -> None:
        self._pieces = pieces
        self._wanted = wanted
        vectors = np.array([each.vector for each in pieces])
        self._alike = np.clip(vectors @ vectors.T - _ALIKE, 0, None) / (1 - _ALIKE)
        self._alike[_shared(pieces) >= _FIGURES] = 1.0
        papers = np.array([each.meant.paper for each in pieces])
        if len(set(papers)) > 1:
            own = papers[:, None] == papers[None, :]
            self._alike = np.where(own, self._alike + _SAME_PAPER, _OTHER_PAPER * self._alike)
        self._runs = [
            {(each.paper, each.number): len(each.text.split()) for each in piece.run} for piece in pieces
        ]
        self._held = [{term for term in wanted.mentions if mentions(term, _text(piece))} for piece in pieces]

    def best(self) -> list[int]:
        taken: list[int] = []
        while (step := self._next(taken)) is not None:
            taken.append(step)
        while len(taken) <= _EXCHANGED and (better := self._better(taken)):
            taken = better
        return taken

    def _next(self, taken: Sequence[int]) -> int | None:
        """The piece that is worth most for its words; None if the summary is full or nothing is worth its place."""
        if len(taken) >= (self._wanted.bullets or len(self._pieces)):
            return None
        had, best, most = self._worth(taken), None, 0.0
        for i in range(len(self._pieces)):
            if i in taken or (taken and self._is_too_long([*taken, i])):
                continue
            gain = (self._worth([*taken, i]) - had) / self._pieces[i].words ** 0.5
            if gain > most or (best is None and not taken):
                best, most = i, gain
        return best

    def _better(self, taken: Sequence[int]) -> list[int] | None:
        """The best set that is one piece more, less or other; None if none is better."""
        free = [i for i in range(len(self._pieces)) if i not in taken]
        without = [[each for each in taken if each != i] for i in taken]
        tried = [[*taken, i] for i in free]
        tried += [left for left in without if left]
        tried += [[*left, i] for left in without for i in free]
        best = max(tried, key=self._value, default=[])
        return best if best and self._value(best) > self._value(taken) + 1e-6 else None

    def _is_too_long(self, taken: Sequence[int]) -> bool:
        words = self._words(taken)
        return (
            self._wanted.words is not None
            and words > self._wanted.words
            and not self._wanted.is_within(words)
        )

    def _words(self, taken: Sequence[int]) -> int:
        """Words of the sentences, those that two pieces share counted once."""
        return sum({each: words for i in taken for each, words in self._runs[i].items()}.values())

    def _worth(self, taken: Sequence[int]) -> float:
        """What the pieces say, whatever their length."""
        worth = 0.0
        for role, weight in ROLES.items():
            served = sorted((self._pieces[i].worth.get(role, 0.0) for i in taken), reverse=True)
            worth += weight * sum(each * _AGAIN**n for n, each in enumerate(served))
        order = sorted(taken)
        worth -= _REPEATS * sum(float(self._alike[i, order[:n]].max()) for n, i in enumerate(order) if n)
        held = set().union(*(self._held[i] for i in taken))
        return worth - _MISSED * (len(set(self._wanted.mentions)) - len(held))

    def _value(self, taken: Sequence[int]) -> float:
        value = self._worth(taken)
        if self._wanted.words:
            off = abs(self._words(taken) - self._wanted.words) / self._wanted.words
            value -= _OFF * off if not self._wanted.is_within(self._words(taken)) else 0.0
        if self._wanted.bullets:
            value -= _MISCOUNTED * abs(len(taken) - self._wanted.bullets)
        return value


def _shared(pieces: Sequence[Piece]) -> NDArray[np.int64]:
    """How many figures of more than one digit each two have in common, shape (pieces, pieces)."""
    held = [{n.text for n in numbers(each.meant.text) if n.in_digits and len(n.text) > 1} for each in pieces]
    known = {figure: n for n, figure in enumerate(sorted(set().union(*held)))}
    found = np.zeros((len(pieces), len(known)), dtype=np.int64)
    for row, figures in enumerate(held):
        found[row, [known[each] for each in figures]] = 1
    return found @ found.T


def _text(piece: Piece) -> str:
    return " ".join(each.text for each in piece.run)
