"""A claim beside a sentence → whether one says the contrary of the other: negation, direction, opposites, strength."""

from assistant.verify.lexicon import ABSOLUTES, DOWN, HEDGES, NEGATIONS, OPPOSITES, UP
from assistant.verify.reading import Reading


def negated(sentence: Reading) -> bool:
    return bool(sentence.every & NEGATIONS) or "n't" in sentence.text


def direction(sentence: Reading) -> int:
    """1 if all its words of direction point up, -1 if all point down, 0 if there are none or both."""
    return bool(sentence.every & UP) - bool(sentence.every & DOWN)


def opposite(claim: Reading, sentence: Reading) -> tuple[str, str] | None:
    """A stem of the claim and its opposite in the sentence, where each stands alone."""
    for word in sorted(claim.every - sentence.every):
        there = OPPOSITES.get(word, frozenset()) & sentence.every - claim.every
        if there:
            return word, min(there)
    return None


def contrasts(claim: Reading, sentence: Reading) -> dict[str, float]:
    turned = negated(claim) != negated(sentence)
    way, other = direction(claim), direction(sentence)
    return {
        "turned": float(turned),
        "claim_negated": float(negated(claim)),
        "sentence_negated": float(negated(sentence)),
        "same_way": float(way * other > 0),
        "other_way": float(way * other < 0),
        "flipped": float(way * other != 0 and (way != other) != turned),
        "opposite": float(opposite(claim, sentence) is not None),
        "overclaimed": float(bool(sentence.every & HEDGES) and not claim.every & HEDGES),
        "absolute": float(bool(claim.every & ABSOLUTES) and not sentence.every & ABSOLUTES),
    }
