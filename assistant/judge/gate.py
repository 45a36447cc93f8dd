"""A claim and its evidence → what the claim says that the evidence cannot back, whatever else is alike.

A judge that weighs meaning lets a wrong digit, a wrong name or a "not" pass where all else is right; this looks at
nothing else. A figure must stand in the quotes or in a header (the year, the title). A name may also stand in the
passage around a quote, which often says "we" or "it" of what the passage names; but the name of another paper that
was offered must stand in the quotes: of two papers that mention each other, a claim about one needs that one's words.
What is nearly the same, word by word, is compared so (align.py).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.judge.align import difference
from assistant.judge.lexicon import LANGUAGES
from assistant.judge.parse import pieces
from assistant.judge.replaced import other_things, replacement
from assistant.judge.swaps import other_figure, other_name
from assistant.judge.words import Objection
from assistant.text.names import Held, marked_names, squashed, without_marked_names
from assistant.text.numbers import Number, numbers, same
from assistant.text.rarity import rarity
from assistant.text.terms import fold, stem
from assistant.types import Evidence, PairReader

RARE = 8.0
"""From this rarity on a name is that of one thing (LeZO, Utrecht), not of a kind or known to all (GPU, Python)."""
_ITEM = re.compile(r"^\d+[.)] ")


def objections(
    cases: Sequence[tuple[str, Evidence, str]], reader: PairReader | None = None
) -> list[Objection | None]:
    """Of each claim, evidence and question what ``objection`` says; where that is nothing, and words of the claim are
    replaced, what the ``reader`` does. Raises WeightsError."""
    found = [objection(*case) for case in cases]
    if reader is None:
        return found
    doubts = [
        (n, replaced)
        for n, (claim, evidence, _) in enumerate(cases)
        if found[n] is None and claim not in evidence.quotes
        for piece in pieces(claim)
        if (replaced := replacement(piece, _sentences(evidence)))
    ]
    read = other_things([replaced for _, replaced in doubts], reader)
    for (n, _), said in zip(doubts, read, strict=True):
        found[n] = found[n] or said
    return found


def objection(claim: str, evidence: Evidence, question: str = "") -> Objection | None:
    """The first thing that the evidence cannot back or says otherwise. ``question``: what the claim answers."""
    sentences = _sentences(evidence)
    said = (difference(piece, sentences) for piece in pieces(claim))
    return _lacking(claim, evidence, question, sentences) or next(filter(None, said), None)


def _sentences(evidence: Evidence) -> list[str]:
    return [piece for quote in evidence.quotes for piece in pieces(quote)]


def _lacking(claim: str, evidence: Evidence, question: str, sentences: Sequence[str]) -> Objection | None:
    quotes = " ".join(evidence.quotes)
    own = " ".join((quotes, *evidence.headers))
    near = Held(" ".join((own, *evidence.around)))
    for name in near.lacks(claim):
        if name in marked_names(claim) or _is_rare(name):
            other = other_name(name, claim, sentences)
            lacks = f"names {name}, and its evidence {f'names {other}' if other else 'does not'}"
            return Objection("name", lacks, is_contrary=other is not None)
    for name in LANGUAGES.intersection(re.findall(r"[A-Z]\w+", claim)):
        others = LANGUAGES.intersection(re.findall(r"[A-Z]\w+", quotes))
        if others and not near.has(name):
            other = min(others, key=quotes.index)
            return Objection("name", f"names {name}, and its evidence names {other}", is_contrary=True)
    for name in evidence.others:
        if _names(claim, name) and not _names(own, name):
            return Objection("name", f"names {name}, and points into another paper")
    asked = [name for name in marked_names(question) if _is_rare(name)]
    if asked and not any(near.has(name) for name in asked):
        return Objection("name", f"the question names {asked[0]}, and the evidence does not")
    claim = without_marked_names(_ITEM.sub("", claim))
    for number in numbers(claim):
        if _is_wrong(number, numbers(quotes), numbers(own)):
            other = other_figure(number, claim, sentences)
            lacks = f"says {number.text}, and its quotes {f'say {other}' if other else 'do not'}"
            return Objection("figure", lacks, is_contrary=other is not None)
    return None


def _is_wrong(number: Number, quoted: Sequence[Number], held: Sequence[Number]) -> bool:
    """One in digits that does not stand there; one in words ("two" may count what the evidence lists) only where
    the evidence counts the same thing otherwise."""
    if any(_backs(other, number) for other in held):
        return False
    return number.in_digits or any(number.counted & other.counted for other in quoted)


def _backs(held: Number, number: Number) -> bool:
    """Whether the number held is the one said: of no other unit, not 5 for "more than 5" or "less than" it, and with
    its sign, unless it is a change, whose sign stands in the verb."""
    if number.unit and held.unit and number.unit != held.unit:
        return False
    if number.bound and number.bound != held.bound:
        return False
    if number.is_change or held.is_change:
        number, held = replace(number, value=abs(number.value)), replace(held, value=abs(held.value))
    return same(number, held)


def _is_rare(name: str) -> bool:
    return rarity(stem(fold(name))) >= RARE


def _names(text: str, name: str) -> bool:
    """Whether the text holds the name as words of its own."""
    words = r"[\W_]*".join(map(re.escape, re.findall(r"[a-z0-9]+", fold(name))))
    return bool(squashed(name)) and re.search(rf"(?<![a-z0-9]){words}(?![a-z0-9])", fold(text)) is not None
