"""A claim aligned with a sentence → whether what acts and what is acted on stand in each other's place."""

from collections import Counter
from collections.abc import Sequence

from assistant.judge.lexicon import opposed
from assistant.judge.words import BREAKS, Alignment, Objection, Words, closeness
from assistant.text.terms import STOP_WORDS, stem

_BETTER = "outperform surpass exceed beat beaten than"
_ACTS = (
    "cause induce inhibit activate precede follow predict replace regulate depend derive base lead bind produce affect"
    " influence prevent trigger promote increase reduce improve contain require use imply to"
)
_RELATIONS = (frozenset(map(stem, _BETTER.split())), *(frozenset({stem(each)}) for each in _ACTS.split()))
"""Words whose two sides are not the same: of several in one group each says what the others say."""
_SIDE = 8
_COMPARING = (
    "significantly consistently better worse higher lower larger smaller faster slower more less superior performance"
    " results show"
)
_NO_SIDE = frozenset(map(stem, _COMPARING.split()))


def _sides(words: Words, relation: frozenset[str]) -> tuple[set[str], set[str]] | None:
    """The content stems on each side of the relation, the acting side first; None if it does not stand there once."""
    places = [i for i, each in enumerate(words.stems) if each in relation]
    if "to" in relation:
        places = [i for i in places if "from" in words.words[max(0, i - 4) : i]]
    if not places or (len(places) > 1 and "than" not in words.words):
        return None
    at = places[-1] if "than" in words.words and "than" in relation else places[0]
    low, high = max(-1, at - 1 - _SIDE), min(len(words.words), at + 1 + _SIDE)
    if "to" in relation:  # of "from X to Y" the sides are short
        low, high = max(k for k in range(at) if words.words[k] == "from"), min(high, at + 3)
    left, right = _content(words, range(at - 1, low, -1)), _content(words, range(at + 1, high))
    passive = (
        "by" in words.words[at + 1 : at + 3]
        and words.words[at - 1 : at]
        and words.words[at].endswith(("ed", "en", "t"))
    )
    return (right, left) if passive else (left, right)


def _content(words: Words, places: Sequence[int]) -> set[str]:
    """Up to where the clause ends."""
    found: set[str] = set()
    for i in places:
        if words.words[i] in BREAKS and found:
            break
        if (
            words.words[i] not in STOP_WORDS
            and words.words[i][:1].isalnum()
            and words.stems[i] not in _NO_SIDE
        ):
            found.add(words.stems[i])
    return found


def crossed(claim: Words, sentence: Words) -> bool:
    """Whether the sides of "than" are in each other's place, so that the opposite word says the same."""
    own, theirs = (
        _sides(each, _RELATIONS[0]) if "than" in each.words else None for each in (claim, sentence)
    )
    if not own or not theirs:
        return False
    (a, b), (c, d) = (own[0] - own[1], own[1] - own[0]), (theirs[0] - theirs[1], theirs[1] - theirs[0])
    return bool(a & d and b & c)


def exchanged(both: Alignment) -> Objection | None:
    """What acts and what is acted on, or the two sides of a comparison, in each other's place."""
    other_way = Objection("role", "the evidence has the two sides the other way round", is_contrary=True)
    is_near = closeness(both.claim, both.sentence) >= _SAME_WORDS
    for relation in _RELATIONS:
        own, theirs = _sides(both.claim, relation), _sides(both.sentence, relation)
        if not own or not theirs:
            continue
        (a, b), (c, d) = (own[0] - own[1], own[1] - own[0]), (theirs[0] - theirs[1], theirs[1] - theirs[0])
        moved, kept = len(a & d) + len(b & c), len(a & c) + len(b & d)
        if a & d and b & c and (moved > 2 * kept or (is_near and not _is_turned(both))):
            return other_way
    return other_way if _moved(both) else None


_SAME_WORDS = 0.9
"""Closeness from which on what changed its side is all that differs."""


def _is_turned(both: Alignment) -> bool:
    """Whether a word of the one is the opposite of one of the other: "B is worse than A" says "A is better than B"."""
    mine, others = (set(each.stems) for each in (both.claim, both.sentence))
    return any(opposed(a, b) for a in mine - others for b in others - mine)


def _moved(both: Alignment) -> bool:
    """Whether all words are the same and some stand elsewhere, though neither text is passive, lists or fronts them."""
    own, theirs = both.claim, both.sentence
    a, b = (Counter(each.stems[i] for i in each.content) for each in (own, theirs))
    moved = [i for i in own.content if i not in both.pairs]
    free = [k for i in moved for k in range(i - 3, i + 4) if 0 <= k < len(own.words)]
    return (
        a == b
        and bool(moved)
        and all(own.words.count(each) == theirs.words.count(each) for each in (",", "by", "not"))
        and not any(own.words[k] in ("and", "or", ",") for k in free)
    )
