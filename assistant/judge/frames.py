"""A claim aligned with a sentence → what the sentence does with what the claim takes from it: it may deny it, ask it,
report it of others, or make it depend. Found by the words before and behind what is shared, in the same clause."""

import re

from assistant.judge.words import Alignment, Objection

_FINDS = r"(?:shows?|showed|shown|suggests?|indicates?|supports?|found|demonstrates?|demonstrated|confirms?|confirmed)"
_TO_FIND = r"(?:show|find|confirm|demonstrate|detect|support|observe|replicate|prove|establish)"
_BEFORE = {
    "denied": (
        r"\bno (?:\w+ ){0,2}(?:evidence|proof|indication|sign|support|reason|data)\b",
        r"\b(?:myth|misconception|fallacy|untrue|false|unfounded)\b",
        r"\bnot (?:the case|true|supported|clear evidence)",
        r"\b(?:contrary to|refut|disprov|debunk|reject|contradict|den(?:y|ies|ied) |doubt)",
        rf"\b(?:fail|failed|fails|unable|could not|cannot|did not|do not|does not|not been able) (?:to )?{_TO_FIND}",
        r"\bunlikely that\b",
        rf"\b(?:none|neither|no|nothing|few|little)\b[^,;]{{0,60}}?\b{_FINDS}\b",
    ),
    "open": (
        r"\b(?:whether|unclear|unknown|hypothes\w+|speculat\w+|conjectur\w+|debated?|question(?:ed)? (?:if|of)"
        r"|suppos(?:e|ing|ed) that|assum(?:e|ing|ed|ption) that|remains to be|set out to|aimed to|wanted to"
        r"|possibility that|might expect|future work)\b",
        r"\bto (?:test|see|examine|determine|assess|evaluate|investigate|find out|explore|study|know|ask)"
        r" (?:if|the (?:hypothesis|idea|possibility|effect|role|impact|association|relationship))\b",
        r"\b(?:aim|goal|purpose)s? (?:\w+ ){0,4}(?:is|was|were|are)? ?(?:to|of)\b",
        r"\bobjectives? (?:\w+ ){0,4}(?:is|was|were|are) to\b",
    ),
    "reported": (
        r"\b(?:claim(?:ed|s)?|argu(?:e|ed|es)|alleg(?:e|ed|es)|believ(?:e|ed|es)|thought|assert(?:ed|s)?|said|rumou?red"
        r"|popular (?:belief|opinion)|critics|some say)\b[^,;]{0,20}$",
    ),
    "condition": (
        r"\b(?:if|assuming|as long as|in case)\b[^,;]{0,60}$",
        r"\b(?:unless|provided that|only when|only if)\b[^;]{0,80}$",
    ),
}
_IS = r"\b(?:was|were|is|are|could|has|have|be|been)(?: (?:be|been|since|later|now|soon)){0,2}"
_BEHIND = {
    "denied": (
        r"\b(?:reject(?:ed|s)?|refut(?:ed?|es)|disprov(?:ed|es)|contradict(?:ed|s)?|debunk(?:ed|s)?)"
        r" (?:it|this|that|them|the)\b",
        rf"{_IS} (?:not (?:be )?(?:confirmed|supported|replicated|reproduced|true|upheld)|rejected|refuted|disproved"
        r"|disproven|debunked|unfounded|unsupported|false|wrong|untrue)\b",
        r"\b(?:turned out|proved|proven) (?:to be )?(?:wrong|false|unfounded)",
        r"\b(?:does|did|do) not hold\b",
    ),
    "open": (
        r"\b(?:is|remains?|was) (?:unclear|unknown|an open question|debated|to be seen|disputed|controversial"
        r"|uncertain)\b",
    ),
    "condition": (r"\b(?:unless|only if|only when|provided that|as long as)\b",),
}
_REASONS = {
    "denied": "the evidence denies it",
    "open": "the evidence asks or supposes it",
    "reported": "the evidence reports it as a claim of others",
    "condition": "the evidence says so under a condition only",
}
_AHEAD, _AFTER = (
    {kind: re.compile("|".join(each)) for kind, each in side.items()} for side in (_BEFORE, _BEHIND)
)
_ANYWHERE = {
    kind: re.compile(re.sub(r"\[\^,?;\]\{0,\d+\}\$", "", "|".join((*each, *_BEHIND.get(kind, ())))))
    for kind, each in _BEFORE.items()
}
"""As in a text of its own: whatever stands behind."""
_OPENS = re.compile(
    r"\b(?:whether|if|unclear|to (?:test|see|examine|determine|assess|investigate|find out|explore|ask))\b"
)
"""What opens a question in the midst of what is shared."""
_SOFT = re.compile(
    r"\b(?:can|suggests?|possible|potentials?|potentially|promising|sometimes|often|helps?|plan|hope|expect\w*|propos\w+"
    r"|hypothes\w+|candidates?)\b"
)
"""Other words of a claim that says less than that it is so."""
_RESET = re.compile(
    r"[;:]|,? (?:but|however|although|though|and (?:we |it |they )?(?:found|find|show|showed|confirmed|demonstrated)) "
)
"""Where what was denied or asked before is over."""


_REACH = 2
"""Words before the first shared one in which a hedge still belongs to it."""
_HEDGES = re.compile(
    r"\b(?:may|might|could|possibly|perhaps|presumably|would|will|eventually|likely|appears? to|seems? to|thought to)\b"
)
"""Words by which a sentence says less than that it is so."""


def _half(both: Alignment) -> int:
    """Where in the sentence's text the first half of what is shared ends."""
    places = [both.pairs[i] for i in both.claim.content if i in both.pairs]
    return both.sentence.starts[sorted(places)[len(places) // 2]]


def framed(both: Alignment) -> Objection | None:
    first, last = both.span
    if last < first:
        return None
    words, own = both.sentence, both.claim.text.lower()
    text = words.text.lower()
    before = _RESET.split(text[: words.starts[first]])[-1]
    within = text[words.starts[first] : _half(both)]
    if _OPENS.search(within) and not _ANYWHERE["open"].search(own):
        return Objection("open", _REASONS["open"])
    hedge = _HEDGES.search(text[words.starts[max(0, first - _REACH)] : words.starts[last]])
    if hedge and not _HEDGES.search(own) and not _SOFT.search(own):
        return Objection("quantity", f"leaves out the evidence's “{hedge[0]}”")
    behind = text[words.starts[last] + len(words.words[last]) :]
    for kind, reason in _REASONS.items():
        around = _AHEAD[kind].search(before) or (kind in _AFTER and _AFTER[kind].search(behind))
        if around and not _ANYWHERE[kind].search(own):
            return Objection(kind, reason, is_contrary=kind == "denied")
    if _ANYWHERE["denied"].search(own) and not _ANYWHERE["denied"].search(text):
        return Objection("denied", "the claim denies what the evidence says", is_contrary=True)
    return None
