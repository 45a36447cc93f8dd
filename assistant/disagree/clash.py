"""Two statements of different papers → in what they cannot both be true, if they are about the same thing.

Precision comes first: each must name all that the other names, and nearly all else that it is about. What turns one
round (a direction, a denial, sides exchanged) is counted: two turns say the same again ("A is worse than B", "B is
better than A").
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.disagree.statement import DENYING, Statement
from assistant.judge.align import difference
from assistant.judge.frames import framed
from assistant.judge.lexicon import DOWN, OPPOSITES, UP, opposed
from assistant.judge.sides import crossed, exchanged
from assistant.judge.swaps import other_figure
from assistant.judge.turns import prefixed
from assistant.judge.words import aligned, closeness
from assistant.text.numbers import Number, same
from assistant.text.rarity import rarity
from assistant.text.terms import stem as stem_of

SHARED = 0.75
"""The least share of what each is about, by rarity, that the other is about too (eval/LOG.md)."""
_PART, _HELD = 0.7, 0.6
"""The least share of what a short statement is about, by rarity, and of its words, that a longer one holds."""
_ALIKE = 0.01
"""Relative difference of two values up to which they are taken for one."""
_FIGURES = 2
"""Figures of one sentence; of more it is not clear which measures what."""
ANCHOR = 9.0
"""What the rarities of a topic's words come to at least: two plain words do not say what is spoken of."""
DIRECTIONS = UP | DOWN
TURNING = DIRECTIONS | frozenset(OPPOSITES)
_REVERSING = frozenset(
    map(stem_of, "remove removing eliminate omit exclude discard drop lose avoid prevent".split())
)
"""Of what is removed the contrary holds."""
_OWN_COUNTS = frozenset(
    map(
        stem_of,
        "datasets languages patients participants subjects samples experiments tasks benchmarks models teams tweets"
        " sentences documents dialogues annotators runs studies papers".split(),
    )
)
"""What each study counts of its own."""
_NOT_SAID = frozenset({"open", "reported", "condition"})


@dataclass(frozen=True, slots=True)
class Clash:
    """``kind``: number, direction or conclusion; ``shared`` in [0, 1]: how much of what they are about is the same."""

    kind: str
    shared: float
    reason: str


def clash(one: Statement, other: Statement) -> Clash | None:
    if one.labels ^ other.labels or any(
        stem in _REVERSING for stem, _ in (*_alone(one, other), *_alone(other, one))
    ):
        return None
    return _of_equals(one, other) or _within(one, other) or _within(other, one)


def _of_equals(one: Statement, other: Statement) -> Clash | None:
    """Of two that are about the same and no more."""
    if one.lacks(other) or other.lacks(one):
        return None
    opposites = _opposites(one, other)
    turned = frozenset(stem for pair in opposites for stem in pair)
    shared = min(_share(one.topic - turned, other.topic), _share(other.topic - turned, one.topic))
    if shared < SHARED:
        return None
    if found := _turned(one, other, opposites):
        return Clash(found[0], shared, found[1])
    if not opposites and (said := _values(one, other)):
        return Clash("number", shared, said)
    return None


def _within(short: Statement, long: Statement) -> Clash | None:
    """Of a short one that is about a part of what a longer one tells: a rise there, a fall here."""
    if long.lacks(short) or short.denials or _share(short.topic, long.topic) < _PART:
        return None
    if crossed(short.words, long.words) or len(_opposites(short, long)) != 1:
        return None
    found = difference(short.text, [long.text])
    if found is None or not found.is_contrary or found.kind != "direction":
        return None
    reason = found.reason.replace("says", "one says", 1).replace("the evidence", "the other")
    shared = closeness(short.words, long.words)
    return Clash("direction", shared, reason) if shared >= _HELD else None


def _share(topic: frozenset[str], other: frozenset[str]) -> float:
    """By rarity, of the topic; 0 where that is too little to be about anything."""
    whole = sum(map(rarity, topic))
    return sum(map(rarity, topic & other)) / whole if whole >= ANCHOR else 0.0


def _turned(one: Statement, other: Statement, opposites: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """Kind and reason, if just one turn lies between the two: of several it is not clear what they make together."""
    both = aligned(one.words, other.words)
    if any(each and each.kind in _NOT_SAID for each in map(framed, (both, aligned(other.words, one.words)))):
        return None
    swapped = crossed(one.words, other.words) or exchanged(both) is not None
    denials = one.denials + other.denials
    if len(opposites) + swapped + denials != 1:
        return None
    if not opposites and any(_turns(*each) for each in (*_alone(one, other), *_alone(other, one))):
        return None  # "deeper than" and "less deep than", the other way round, say the same
    if denials:
        return "conclusion", "one denies what the other says"
    if swapped:
        return "direction", "the two have the sides exchanged"
    words = [
        next(word for word, stem in zip(said.words.words, said.words.stems, strict=True) if stem == own)
        for said, own in zip((one, other), opposites[0], strict=True)
    ]
    kind = "direction" if DIRECTIONS.intersection(opposites[0]) else "conclusion"
    return kind, "one says {}, the other {}".format(*words)


def _turns(stem: str, word: str) -> bool:
    """Whether a word says a direction or has an opposite, and does not only deny."""
    return stem in TURNING and stem not in DENYING and word not in ("hardly", "rarely")


def _opposites(one: Statement, other: Statement) -> list[tuple[str, str]]:
    """Stems of the one that stand for their opposites in the other, each used once."""
    there = _alone(other, one)
    found: list[tuple[str, str]] = []
    for stem, word in _alone(one, other):
        match = next((each for each in there if opposed(stem, each[0]) or prefixed(word, each[1])), None)
        if match:
            there.remove(match)
            found.append((stem, match[0]))
    return found


def _alone(one: Statement, other: Statement) -> list[tuple[str, str]]:
    """(stem, word) of what the one says and the other does not."""
    left = Counter(other.words.stems)
    found = []
    for stem, word in zip(one.words.stems, one.words.words, strict=True):
        if left[stem]:
            left[stem] -= 1
        else:
            found.append((stem, word))
    return found


def _values(one: Statement, other: Statement) -> str:
    """What the two give of the same thing, in words; "" if nothing differs."""
    if not (0 < len(one.figures) <= _FIGURES and 0 < len(other.figures) <= _FIGURES):
        return ""
    if any(same(a, b) for a in one.figures for b in other.figures):
        return ""
    if not one.names and any(each.counted & _OWN_COUNTS and not each.percent for each in one.figures):
        return ""
    apart = (pair for pair in _alike(one, other) if not _agree(*pair))
    return next((f"one says {number.text}, the other {held.text}" for number, held in apart), "")


def _alike(one: Statement, other: Statement) -> Iterator[tuple[Number, Number]]:
    """Figures of the same thing: where each has but one, these; else by the words around them."""
    if len(one.figures) == len(other.figures) == 1:
        number, held = one.figures[0], other.figures[0]
        if number.percent == held.percent and number.unit == held.unit:
            yield number, held
        return
    for number in one.figures:
        text = other_figure(number, one.text, [other.text])
        yield from ((number, each) for each in other.figures if each.text == text)


def _agree(one: Number, other: Number) -> bool:
    """Whether both may be true: nearly the same, or one a bound that the other keeps."""
    if abs(one.value - other.value) <= _ALIKE * max(abs(one.value), abs(other.value)):
        return True
    return any(_keeps(a, b) for a, b in ((one, other), (other, one)))


def _keeps(bound: Number, value: Number) -> bool:
    return bound.bound != 0 and (value.value - bound.value) * bound.bound >= 0
