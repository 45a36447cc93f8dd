"""A claim and the sentences of its evidence → a figure or a name that they give otherwise: of the same thing another.

That a figure is nowhere in the evidence says little, for it may stand in the rest of the paper; that the evidence has
another in its place says that the claim is wrong.
"""

import re
from collections.abc import Sequence

from assistant.judge.words import aligned, closeness, words_of
from assistant.text.names import marked_names, proper_names, squashed
from assistant.text.numbers import Number, numbers, same
from assistant.text.terms import content_stems

_CLOSE = 0.3
"""The share of the claim's content words that a sentence holds, from which on it is about the same."""
_BEFORE = 2
"""Content words before a figure that may say what it is a figure of ("an accuracy of 84")."""
_GAP = 3
"""Words between two shared ones in which one name may stand for another."""


def other_figure(number: Number, claim: str, sentences: Sequence[str]) -> str | None:
    """The figure that a sentence gives of the same thing, in its words."""
    if is_label(number, claim):
        return None
    own = words_of(claim.replace(number.text, " "))
    of, said = _around(claim, number), numbers(claim)
    for sentence in sorted(sentences, key=lambda each: -closeness(own, words_of(each))):
        if closeness(own, words_of(sentence)) < _CLOSE:
            return None
        for held in numbers(sentence):
            alike = (
                held.percent == number.percent and held.unit == number.unit and not is_label(held, sentence)
            )
            if alike and of & _around(sentence, held) and not any(same(held, each) for each in said):
                return held.text
    return None


def is_label(number: Number, text: str) -> bool:
    """Whether it tells things apart rather than measures them: a year, a version (Llama 2), a size (7B), 5-shot."""
    behind = text[number.start + len(number.text) :]
    is_year = re.fullmatch(r"(?:19|20)\d\d", number.text) is not None and not number.unit
    return (
        is_year
        or re.fullmatch(r"[\d.]+[BM]", number.text) is not None
        or re.match(r"-(?:shots?|way|hop|grams?|fold|layer|bit)\b", behind) is not None
        or re.search(r"(?<=[a-z,;(] )[\w-]*[A-Z][\w-]* $", text[: number.start]) is not None
    )


def _around(text: str, number: Number) -> set[str]:
    """The stems of the nearest content words before and behind a figure, which say what it is a figure of."""
    before = [stem for stem in content_stems(text[: number.start]) if not stem[0].isdigit()][-_BEFORE:]
    return {*before, *number.counted}


def other_name(name: str, claim: str, sentences: Sequence[str]) -> str | None:
    """The name that stands in a sentence where the claim has this one, between the same words."""
    own = words_of(claim)
    for sentence in sentences:
        theirs = words_of(sentence)
        if closeness(own, theirs) < _CLOSE:
            continue
        called = [
            each for each in (*marked_names(sentence), *proper_names(sentence)) if not _holds(claim, each)
        ]
        a, b = -1, -1
        for i, j in [*aligned(own, theirs).pairs.items(), (len(own.words), len(theirs.words))]:
            mine, there = own.cut(a, i), theirs.cut(b, j)
            stands_for = a >= 0 and 0 < j - b - 1 <= _GAP and i - a - 1 <= _GAP and _holds(mine, name)
            if stands_for and (found := next((each for each in called if _holds(there, each)), None)):
                return found
            a, b = i, j
    return None


def _holds(text: str, name: str) -> bool:
    return squashed(name) in squashed(text)
