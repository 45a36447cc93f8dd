"""A claim aligned with a sentence → what one of them turns round: a denial, a direction, a quantity."""

from assistant.judge.lexicon import opposed
from assistant.judge.sides import crossed
from assistant.judge.words import BREAKS, Alignment, Objection, Words

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
    return any(words.words[k] in BREAKS for k in range(low, high))


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
    if crossed(both.claim, both.sentence):
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
                    (opposed(here, there) or prefixed(one, other))
                    and here not in every_their
                    and there not in every_own
                ):
                    return Objection("direction", f"says {one}, and the evidence {other}", is_contrary=True)
    return _nearby(both.claim, both.sentence)


def turned_nearby(claim: Words, sentence: Words) -> Objection | None:
    """As ``turned``, of two texts in other words: a word and its opposite before the same thing."""
    return None if crossed(claim, sentence) else _nearby(claim, sentence)


def _nearby(claim: Words, sentence: Words) -> Objection | None:
    for i, here in enumerate(claim.stems):
        for j, there in enumerate(sentence.stems):
            if (
                opposed(here, there)
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


def prefixed(one: str, other: str) -> bool:
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
