"""A claim aligned with a sentence → what one of them turns round: a denial, a direction, a quantity, the sides."""

from collections import Counter
from collections.abc import Sequence

from assistant.judge.lexicon import FALLING, OPPOSITES, RISING
from assistant.judge.words import Alignment, Objection, Words, closeness
from assistant.text.terms import STOP_WORDS, stem

_BREAKS = frozenset(", ; : — – ( ) but although though while whereas that which when".split())
"""Where a clause may end."""
_NEAR = 4
"""Words to either side of a denial that are looked at for what it denies."""
_REACH = 3
"""Words before the first shared one in which a denial still belongs to it."""


def denied(both: Alignment) -> Objection | None:
    """A denial on one side alone, among words that both say."""
    first, last = both.span
    matched = set(both.pairs.values())
    own = [i for i in range(len(both.claim.words)) if both.claim.denies(i)]
    reach = range(max(0, first - _REACH), min(len(both.sentence.words), last + 1 + _REACH))
    theirs = [
        j for j in reach if both.sentence.denies(j) and not _cut_off(both.sentence, j, first, last)
    ]  # fmt: skip
    if len(own) % 2 == len(theirs) % 2:
        return None
    if len(own) > len(theirs):
        words, places, shared, side = both.claim, own, set(both.pairs), "the claim"
    else:
        words, places, shared, side = both.sentence, theirs, matched, "the evidence"
    held = [i for i in places if _among(words, i, shared)]
    if not held:
        return None
    reason = f"{side} says “{words.words[held[0]]}”, the other does not"
    return Objection("denied", reason, is_contrary=both.claim.denials + both.sentence.denials == 1)


def _among(words: Words, i: int, shared: set[int]) -> bool:
    """Whether most content words around place ``i``, two or more, are shared."""
    near = [k for k in words.content if 0 < abs(k - i) <= _NEAR]
    return sum(k in shared for k in near) >= max(2, len(near) / 2)


def _cut_off(words: Words, j: int, first: int, last: int) -> bool:
    """Whether a clause ends between place ``j`` and the shared words."""
    low, high = (j + 1, first) if j < first else (last + 1, j) if j > last else (0, 0)
    return any(words.words[k] in _BREAKS for k in range(low, high))


def gaps(both: Alignment) -> list[tuple[list[int], list[int]]]:
    """Places of the claim and of the sentence that stand between the same shared words, and are not shared."""
    found, a, b = [], -1, -1
    ends = (len(both.claim.words), min(len(both.sentence.words), both.span[1] + 1 + _REACH))
    for i, j in [*both.pairs.items(), ends]:
        own, theirs = list(range(a + 1, i)), list(range(b + 1, j))
        if own:
            found.append((own, theirs if a >= 0 else theirs[-len(own) - _REACH :]))
        a, b = i, j
    return found


def turned(both: Alignment) -> Objection | None:
    """A word in the place of its opposite."""
    if _is_crossed(both.claim, both.sentence):
        return None
    every_own, every_their = set(both.claim.stems), set(both.sentence.stems)
    for own, theirs in gaps(both):
        for i in own if len(theirs) <= _GAP else ():
            here = both.claim.stems[i]
            for j in theirs:
                there = both.sentence.stems[j]
                one, other = both.claim.words[i], both.sentence.words[j]
                if {one, other} <= _STRENGTH.keys():
                    continue
                if (
                    (_opposed(here, there) or _prefixed(one, other))
                    and here not in every_their
                    and there not in every_own
                ):
                    return Objection("direction", f"says {one}, and the evidence {other}", is_contrary=True)
    return turned_nearby(both.claim, both.sentence)


def turned_nearby(claim: Words, sentence: Words) -> Objection | None:
    """As ``turned``, of two texts in other words: a word and its opposite before the same thing."""
    if _is_crossed(claim, sentence):
        return None
    for i, here in enumerate(claim.stems):
        for j, there in enumerate(sentence.stems):
            if (
                _opposed(here, there)
                and not (_is_degree(claim, i) or _is_degree(sentence, j))
                and not {claim.words[i], sentence.words[j]} <= _STRENGTH.keys()
                and here not in sentence.stems
                and there not in claim.stems
                and _next(claim, i) & _next(sentence, j)
            ):
                said = f"says {claim.words[i]}, and the evidence {sentence.words[j]}"
                return Objection("direction", said, is_contrary=True)
    return None


def _is_degree(words: Words, i: int) -> bool:
    """Whether it tells the degree of a direction that follows: more slowly, less often."""
    behind = words.words[i + 1] if i + 1 < len(words.words) else ""
    return words.words[i] in ("more", "less", "most", "least") and behind.endswith("ly")


def _next(words: Words, i: int) -> set[str]:
    """The content words behind a place, as far as they may be what it is about."""
    return {words.stems[k] for k in words.content if i < k <= i + _ABOUT}


_ABOUT = 4
"""Words behind a direction in which stands what it is the direction of."""
_GAP = 6
"""Words between two shared ones from which on what stands there says something of its own."""


def _opposed(one: str, other: str) -> bool:
    """Whether two stems are opposites, or a rise and a fall."""
    turned = (one in RISING and other in FALLING) or (one in FALLING and other in RISING)
    return turned or other in OPPOSITES.get(one, ())


def _prefixed(one: str, other: str) -> bool:
    """Whether one word is the other with a prefix that denies: reliable, unreliable."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _LEAST and long.endswith(short) and long[: -len(short)] in _DENYING


_LEAST = 4
"""Letters of a word to which a prefix may be added."""
_DENYING = frozenset("un in im ir il non dis mis a de".split())
_STRENGTH = {
    word: strength
    for strength, words in (
        (
            3,
            "all every always each entirely completely fully any must proves prove proven certainly only alone"
            " exclusively invariably will",
        ),
        (2, "most mostly usually majority largely generally typically mainly primarily should"),
        (1, "many often several frequently numerous commonly"),
        (
            0,
            "some sometimes few occasionally partly partially may might could can rarely certain suggests suggest"
            " possibly potentially somewhat",
        ),
    )
    for word in words.split()
}
"""Words of quantity and of certainty; one of 2 or more in the place of a lesser one says more."""


def more(both: Alignment) -> Objection | None:
    """Of more, or more surely, than the sentence says: a stronger word of quantity, and in what is shared of the
    sentence a weaker one that the claim leaves out."""
    first, last = both.span
    matched = set(both.pairs.values())
    strong = [
        word for i, word in enumerate(both.claim.words) if i not in both.pairs and _STRENGTH.get(word, 0) >= 2
    ]
    weak = [
        both.sentence.words[j]
        for j in range(max(0, first - _REACH), min(len(both.sentence.words), last + 1 + _REACH))
        if j not in matched
        and both.sentence.words[j] in _STRENGTH
        and both.sentence.words[j] not in both.claim.words
    ]
    for one in strong:
        for other in weak:
            if _STRENGTH[one] > _STRENGTH[other]:
                return Objection("quantity", f"says {one}, and the evidence {other}")
    return None


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
        if words.words[i] in _BREAKS and found:
            break
        if (
            words.words[i] not in STOP_WORDS
            and words.words[i][:1].isalnum()
            and words.stems[i] not in _NO_SIDE
        ):
            found.add(words.stems[i])
    return found


def _is_crossed(claim: Words, sentence: Words) -> bool:
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
        crossed, kept = len(a & d) + len(b & c), len(a & c) + len(b & d)
        if a & d and b & c and (crossed > 2 * kept or (is_near and not _is_turned(both))):
            return other_way
    return other_way if _moved(both) else None


_SAME_WORDS = 0.9
"""Closeness from which on what changed its side is all that differs."""


def _is_turned(both: Alignment) -> bool:
    """Whether a word of the one is the opposite of one of the other: "B is worse than A" says "A is better than B"."""
    mine, others = (set(each.stems) for each in (both.claim, both.sentence))
    return any(_opposed(a, b) for a in mine - others for b in others - mine)


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
