"""A claim and the sentences of its evidence, word by word → what differs and changes what is said.

A claim is often close to its evidence, and there an exact comparison beats statistics: nearly all words are shared, and
the few that are not decide.
"""

from collections.abc import Sequence

from assistant.judge.frames import framed
from assistant.judge.sides import exchanged
from assistant.judge.turns import denied, more, turned, turned_nearby
from assistant.judge.words import Objection, aligned, closeness, words_of

CLOSE = 0.65
"""The share of the claim's content words that a sentence holds, from which on the two are compared word by word."""
_TOPIC = 0.4
"""Closeness from which on a sentence is about the same thing, though not in the same words."""
_ABOUT = 0.15
"""Closeness within which another sentence may say it."""
_SOME = 0.3
"""Closeness from which another sentence may say it in other words, where the nearest only asks it."""
_CHECKS = (denied, framed, turned, exchanged, more)


def difference(claim: str, sentences: Sequence[str]) -> Objection | None:
    """What keeps the sentences from saying the claim: what the nearest of them has against it, if no other that is
    about as near has nothing. None too where none is close enough to tell."""
    said, told = words_of(claim), [words_of(sentence) for sentence in sentences]
    near_by = [closeness(said, each) for each in told]
    least = max(CLOSE, max(near_by, default=0.0) - _ABOUT)
    near = sorted((n for n, each in enumerate(near_by) if each >= least), key=lambda n: -near_by[n])
    if not near:
        far = (turned_nearby(said, each) for each, n in zip(told, near_by, strict=True) if n >= _TOPIC)
        return next(filter(None, far), None)
    both = (aligned(said, told[n]) for n in near)
    found = [next(filter(None, (check(each) for check in _CHECKS)), None) for each in both]
    if not found or not all(found):
        return None
    # An abstract's aim is nearest to what it found, and does not speak against it.
    others = any(_SOME <= each < least for each in near_by)
    return next(
        (each for each in found if each and (each.is_contrary or each.kind == "quantity" or not others)), None
    )
