"""A claim close to a sentence of its evidence, in which a word or more stand in the place of others: the same thing in
other words, or another thing? No list of words tells; a reader that was trained on both does (embed/reader.py)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.judge.turns import gaps
from assistant.judge.words import Objection, aligned, closeness, words_of
from assistant.types import PairReader

CLOSE = 0.75
"""The share of the claim's content words that a sentence holds, from which on the two are compared word by word."""
_GAP = 6
"""Words between two shared ones from which on what stands there says something of its own."""
OTHER = 0.05
"""What the reader gives to "supported" below which it takes the words for another thing (eval/LOG.md)."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """``own`` of the claim stands where ``sentence`` has ``theirs``."""

    claim: str
    sentence: str
    own: str
    theirs: str


def replacement(claim: str, sentences: Sequence[str]) -> Replacement | None:
    """The first in the nearest sentence, if that is close; of words that stand nowhere else."""
    said = words_of(claim)
    near = max(sentences, key=lambda each: closeness(said, words_of(each)), default="")
    told = words_of(near)
    if closeness(said, told) < CLOSE:
        return None
    held, counts = {stem for each in sentences for stem in words_of(each).stems}, Counter(said.stems)
    there = Counter(told.stems)
    both = aligned(said, told)
    for own, theirs in gaps(both):
        mine = [i for i in own if i in said.content and said.stems[i] not in held]
        others = [j for j in theirs if j in told.content and there[told.stems[j]] > counts[told.stems[j]]]
        if mine and others and len(theirs) <= _GAP:
            return Replacement(
                claim, near, " ".join(said.words[i] for i in mine), " ".join(told.words[j] for j in others)
            )
    return None


def other_things(found: Sequence[Replacement], reader: PairReader) -> list[Objection | None]:
    """What the reader has against each. Raises WeightsError."""
    shares = reader.shares([(each.claim, each.sentence) for each in found]) if found else np.ones((0, 3))
    return [
        Objection("thing", f"says {each.own}, and the evidence {each.theirs}") if share[0] < OTHER else None
        for each, share in zip(found, shares, strict=True)
    ]
