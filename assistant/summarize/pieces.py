"""A paper → the pieces that a summary of it may be made of, each with what it is worth in each role.

A piece is a sentence, behind those before it that it leans on. What it is worth: how surely it plays the role, where
it stands (an abstract says what its authors hold for the point; a section says what came up), and how near it is to
what the paper is about, by the cosine to the title and the abstract.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.summarize.mentions import mentions
from assistant.text.numbers import numbers
from assistant.text.roles import OTHER, Rhetoric, roles
from assistant.text.sentences import context
from assistant.types import Embedder, PaperCatalog, Sentence, Vectors

_ZONES = {
    "abstract": 1.0, "discussion": 0.45, "introduction": 0.35, "result": 0.25, "limit": 0.6, "data": 0.25,
    "method": 0.15, "future": 0.4, "code": 0.4, "": 0.2,
}  # fmt: skip
"""How much where a sentence stands says that it is one of the paper's points."""
_PLACE, _NEAR = 0.55, 0.3
"""Weights of where it stands and of how near it is to the subject; the rest is what its words say of its role."""
_STEP = re.compile(
    r"(?:Finally|In addition|Additionally|Alternatively|Moreover|Furthermore|Also|Similarly|But|And|So|Next|Then"
    r"|First(?:ly)?|Second(?:ly)?|Third|Last(?:ly)?|Instead|For (?:example|instance|this|the moment)|In particular"
    r"|Specifically|Likewise|Again|On the other hand|In (?:contrast|turn|this case)|Conversely|Otherwise"
    r"|Consequently|Accordingly)\b"
)
"""How a sentence opens that goes on from the one before, as all do in an abstract."""
_GOES_ON = 0.6
"""What such a one is worth, of what it would be."""
_SURE = 3.0
"""The weight from which a role is sure."""
_ITS_POINT = 0.6
"""What standing in the abstract adds to the weight of every role that something speaks for, if there is a body, too."""
_FULL = 16
"""Words from which on a sentence says as much as one can; "After this, the serum was separated" says little."""
_FIGURE, _FIGURES = 0.1, 3
"""How much more a result is worth for each figure that it gives, and how many count."""
_KEPT = 60
"""Pieces of a paper that are looked at together; the least of them is far from every summary."""


@dataclass(frozen=True, eq=False, slots=True)
class Piece:
    """``run``: sentences side by side, the last of which is the one meant; ``part``: the heading that it goes under;
    ``worth``: by role, 0 to about 1; ``vector``: the meant sentence's, shape (dimensions,)."""

    run: tuple[Sentence, ...]
    part: str
    worth: Mapping[str, float]
    vector: NDArray[np.float32]

    @property
    def meant(self) -> Sentence:
        return self.run[-1]

    @property
    def words(self) -> int:
        return sum(len(each.text.split()) for each in self.run)

    @property
    def total(self) -> float:
        return sum(self.worth.values())


def pieces(
    key: str, catalog: PaperCatalog, embedder: Embedder, most: int = _KEPT, terms: Sequence[str] = ()
) -> list[Piece]:
    """The ``most`` best pieces of a paper, and those that hold one of the ``terms``, in reading order; of one without
    any sentence of prose, what there is."""
    paper, said = catalog.paper(key), catalog.sentences_of(key)
    told = roles(paper, said)
    prose = [n for n, each in enumerate(told) if each.is_prose]
    if not prose:
        prose = [n for n, each in enumerate(said) if not each.is_header] or list(range(len(said)))
    vectors = catalog.sentence_vectors(key, [said[n].number for n in prose])
    title = embedder.embed([paper.title])[0] if paper.title else None
    near = _near(vectors, [told[n].zone == "abstract" for n in prose], title)
    has_body = any(told[n].zone != "abstract" for n in prose)
    found = [
        Piece(
            tuple(context(said, n)),
            _part(told[n]),
            _worth(said[n], told[n], float(near[i]), has_body),
            vectors[i],
        )
        for i, n in enumerate(prose)
    ]
    return best(found, most, terms)


def best(found: Sequence[Piece], most: int, terms: Sequence[str]) -> list[Piece]:
    """The ``most`` that are worth most, and those that hold one of the ``terms``, in their order."""
    first = set(sorted(range(len(found)), key=lambda n: -found[n].total)[:most])
    return [
        piece
        for n, piece in enumerate(found)
        if n in first or any(mentions(term, each.text) for term in terms for each in piece.run)
    ]


def _part(told: Rhetoric) -> str:
    """The role that it is shown under; one that nothing speaks for says what there was."""
    return max(told.weights, key=told.weight, default="background") if told.role == OTHER else told.role


def _worth(said: Sentence, told: Rhetoric, near: float, has_body: bool) -> dict[str, float]:
    in_abstract = told.zone == "abstract"
    share = _PLACE * _ZONES.get(told.zone, 0.0) + _NEAR * near + (1 - _PLACE - _NEAR)
    if not in_abstract and _STEP.match(said.text):
        share *= _GOES_ON
    share *= min(1.0, len(said.text.split()) / _FULL) ** 0.5
    more = _ITS_POINT if in_abstract and has_body else 0.0
    found = {role: min(1.0, (weight + more) / _SURE) * share for role, weight in told.weights.items()}
    if "result" in found:
        found["result"] *= 1 + _FIGURE * min(_FIGURES, sum(each.in_digits for each in numbers(said.text)))
    return found


def _near(
    vectors: Vectors, in_abstract: Sequence[bool], title: NDArray[np.float32] | None
) -> NDArray[np.float32]:
    """The cosine of each to what the paper is about, in [0, 1], shape (sentences,)."""
    own = vectors[np.array(in_abstract)] if any(in_abstract) else vectors
    centre = own.mean(axis=0)
    centre = centre / (np.linalg.norm(centre) or 1.0)
    if title is not None:
        centre = centre + title
        centre = centre / (np.linalg.norm(centre) or 1.0)
    return np.asarray(np.clip(vectors @ centre, 0.0, 1.0), dtype=np.float32)
