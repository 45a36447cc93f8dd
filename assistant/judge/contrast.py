"""A claim beside the evidence → whether it says the contrary: negation, direction and opposites.

Direction and negation are read close to the words that claim and sentence share: of "A raises B and lowers C"
only the half that the claim speaks of should count. What one sentence shows is averaged over the sentences, by how
near they are to the claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.judge.lexicon import DOWN, NEGATIONS, OPPOSITES, UP
from assistant.judge.parse import Reading
from assistant.text.terms import STOP_WORDS, stem
from assistant.types import Vectors

REACH = 5
"""Words to either side in which a word of direction is looked for; a negation may stand one further before."""
_TURNING = UP | DOWN | NEGATIONS


@dataclass(frozen=True, slots=True)
class Sense:
    """How a word is spoken of: ``direction`` up 1, down -1, neither 0, given by the word ``by``."""

    direction: int
    negated: bool
    by: str

    @property
    def sign(self) -> int:
        return -self.direction if self.negated else self.direction


@lru_cache(maxsize=20_000)
def senses(sentence: Reading) -> dict[str, tuple[Sense, ...]]:
    """Content stem → how it is spoken of, each time that it is."""
    stems = [stem(word) for word in sentence.words]
    found: dict[str, tuple[Sense, ...]] = {}
    for i, (word, stemmed) in enumerate(zip(sentence.words, stems, strict=True)):
        if word not in STOP_WORDS and stemmed not in _TURNING:
            found[stemmed] = (*found.get(stemmed, ()), _sense(stems, sentence.words, i))
    return found


def _sense(stems: Sequence[str], words: Sequence[str], i: int) -> Sense:
    near = [j for j in range(max(0, i - REACH), min(len(stems), i + REACH + 1))]
    turning = [j for j in near if (stems[j] in UP) != (stems[j] in DOWN)]
    negated = any(stemmed in NEGATIONS for stemmed in stems[max(0, i - REACH - 1) : i + REACH - 1])
    if not turning:
        return Sense(0, negated, "")
    nearest = min(turning, key=lambda j: (abs(i - j), j))
    return Sense(1 if stems[nearest] in UP else -1, negated, words[nearest])


def denies(sentence: Reading) -> bool:
    return bool(sentence.every & NEGATIONS) or "n't" in sentence.text


def opposite(claim: Reading, sentence: Reading) -> tuple[str, str] | None:
    """A stem of the claim and its opposite in the sentence, where each stands alone."""
    for word in sorted(claim.every - sentence.every):
        there = OPPOSITES.get(word, frozenset()) & sentence.every - claim.every
        if there:
            return word, min(there)
    return None


def turned(claim: Reading, sentence: Reading) -> tuple[Sense, Sense] | None:
    """How the two speak of a word that they share, if in opposite directions; the first such word in the claim."""
    theirs = senses(sentence)
    for word, own in senses(claim).items():
        others = {sense.direction: sense for sense in theirs.get(word, ())}
        if own[0].direction and -own[0].direction in others and own[0].direction not in others:
            return own[0], others[-own[0].direction]
    return None


def _beside(claim: Reading, sentence: Reading) -> list[float]:
    mine, theirs = senses(claim), senses(sentence)
    shared = mine.keys() & theirs.keys()
    counts = [0] * 6
    for word in shared:
        own, others = mine[word][0], theirs[word]
        if own.direction:
            directions, signs = {s.direction for s in others}, {s.sign for s in others}
            counts[0] += own.direction in directions
            counts[1] += own.direction not in directions and -own.direction in directions
            counts[2] += own.sign in signs
            counts[3] += own.sign not in signs and -own.sign in signs
        counts[4] += any(own.negated == s.negated for s in others)
        counts[5] += all(own.negated != s.negated for s in others)
    new = claim.every - sentence.every
    return [
        *(count / max(1, len(shared)) for count in counts),
        float(denies(claim) and not denies(sentence)),
        float(denies(sentence) and not denies(claim)),
        float(opposite(claim, sentence) is not None),
        float(min(2, len(new & (UP | DOWN)))),
        float(bool(new & NEGATIONS)),
    ]


_NAMES = (
    "same_direction other_direction same_sense other_sense same_negation other_negation"
    " claim_denies sentence_denies opposite new_direction new_negation"
).split()


def contrasts(claim: Reading, sentences: Sequence[Reading], weights: Vectors) -> dict[str, float]:
    """The figures by name. ``weights``: what each sentence counts, 1 together."""
    rows = [_beside(claim, sentence) for sentence in sentences]
    return {
        name: sum(float(w) * row[i] for w, row in zip(weights, rows, strict=True))
        for i, name in enumerate(_NAMES)
    }
