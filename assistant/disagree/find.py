"""Papers → the pairs of their sentences that clash, the surest first.

Of each paper only what states something that another could contradict is looked at; of that, what is near in meaning
is compared word by word.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.disagree.clash import Clash, clash
from assistant.disagree.pairs import near_pairs
from assistant.disagree.statement import Statement, statement
from assistant.text.roles import Rhetoric, roles
from assistant.types import (
    Disagreement,
    Disagreements,
    PaperCatalog,
    Sentence,
    Vectors,
)
from assistant.verify.numbered import Numbered

MOST = 80
"""Sentences of one paper that are compared, those of abstract and conclusion first."""
_FIRST = ("abstract", "discussion", "result")
_ASIDE = frozenset({"background", "problem", "future", "code"})
"""Roles of sentences that do not say what their paper found."""
_SURE = 1.5
"""The weight from which on a sentence is taken for such: its place alone says less."""

Progress = Callable[[str, int, int], None]
"""Called before each of a number of things, with what it is."""


@dataclass(frozen=True, slots=True)
class Found:
    """Two sentences of different papers and how they clash. ``score`` in [0, 1]."""

    one: Sentence
    other: Sentence
    clash: Clash
    score: float


def disagreements(
    keys: Iterable[str], catalog: PaperCatalog, progress: Progress | None = None
) -> Disagreements:
    """The pairs with their verified quotes. Raises UnknownPaper."""
    keys = list(keys)
    pairs, compared = found(keys, catalog, progress)
    numbered = Numbered(catalog)
    shown = tuple(
        Disagreement(
            each.clash.kind,
            each.score,
            each.clash.reason,
            (numbered.cite(each.one), numbered.cite(each.other)),
        )
        for each in pairs
    )
    return Disagreements("", shown, numbered.references, len(keys), compared)


def found(
    keys: Iterable[str], catalog: PaperCatalog, progress: Progress | None = None
) -> tuple[list[Found], int]:
    """The pairs, and how many sentences were compared. Raises UnknownPaper."""
    held = _read(keys, catalog, progress)
    asking = [n for n, said in enumerate(held.stated) if said.figures or said.turns]
    pairs: list[Found] = []
    for a, b in held.near(asking, progress):
        if clashing := clash(held.stated[a], held.stated[b]):
            score = round(clashing.shared * held.cosine(a, b), 4)
            pairs.append(Found(held.sentences[a], held.sentences[b], clashing, score))
    return sorted(pairs, key=lambda each: -each.score), len(held.sentences)


Near = tuple[Sentence, Sentence, float]
"""Two sentences of different papers and their cosine."""


def nearest(
    keys: Iterable[str], catalog: PaperCatalog, most: int, progress: Progress | None = None
) -> tuple[list[Near], int]:
    """The ``most`` nearest pairs that state something, and how many sentences were compared. Raises UnknownPaper."""
    held = _read(keys, catalog, progress)
    pairs = [(held.sentences[a], held.sentences[b], held.cosine(a, b)) for a, b in held.near(None, progress)]
    return sorted(pairs, key=lambda each: -each[2])[:most], len(held.sentences)


@dataclass(frozen=True, eq=False, slots=True)
class _Held:
    """What papers state: sentences, what each states, a number that tells its paper, and vectors, a row each."""

    sentences: list[Sentence]
    stated: list[Statement]
    owners: list[int]
    rows: Vectors

    def cosine(self, a: int, b: int) -> float:
        return float(self.rows[a] @ self.rows[b])

    def near(self, asking: Sequence[int] | None, progress: Progress | None) -> Iterator[tuple[int, int]]:
        if not self.sentences:
            return iter(())
        tell = progress or _untold
        return near_pairs(
            self.rows, self.owners, asking, lambda n, total: tell("comparing sentences", n, total)
        )


def _untold(name: str, n: int, total: int) -> None:
    """Nobody waits."""


def _read(keys: Iterable[str], catalog: PaperCatalog, progress: Progress | None) -> _Held:
    tell, keys = progress or _untold, list(keys)
    held = _Held([], [], [], np.zeros((0, 0), dtype=np.float32))
    vectors: list[Vectors] = []
    for n, key in enumerate(keys):
        tell(key, n, len(keys))
        if stated := _stated(key, catalog):
            held.sentences.extend(each for each, _ in stated)
            held.stated.extend(each for _, each in stated)
            held.owners.extend([n] * len(stated))
            vectors.append(catalog.sentence_vectors(key, [each.number for each, _ in stated]))
    return replace(held, rows=np.concatenate(vectors)) if vectors else held


def _stated(key: str, catalog: PaperCatalog) -> list[tuple[Sentence, Statement]]:
    """The sentences of a paper that state something, in reading order, with what they state."""
    every = catalog.sentences_of(key)
    told = roles(catalog.paper(key), every)
    found = [
        (each, said, rhetoric.zone)
        for each, rhetoric in zip(every, told, strict=True)
        if rhetoric.is_prose and not _is_aside(rhetoric)
        if (said := statement(each.text))
    ]
    found.sort(key=lambda each: _FIRST.index(each[2]) if each[2] in _FIRST else len(_FIRST))
    return sorted(((each, said) for each, said, _ in found[:MOST]), key=lambda each: each[0].number)


def _is_aside(rhetoric: Rhetoric) -> bool:
    return rhetoric.role in _ASIDE and rhetoric.weight(rhetoric.role) >= _SURE
