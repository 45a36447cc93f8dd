"""What is X? → the sentences that say what X is, the plainest first.

The way is Hearst's (1992): a definition has a form of its own ("X is a", "X, a", "we introduce X", "called X"), and
what ranks sentences by the words of the question, of which there is one here, cannot see it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.extract.question import LONGEST
from assistant.text.terms import STOP_WORDS, fold
from assistant.types import Sentence

_ASKED = (
    re.compile(r"\W*(?:what|who)(?:'s|’s| is| are| was| were) (?:meant|understood) by (?P<term>.+)", re.I),
    re.compile(
        r"\W*what(?:'s|’s| is| are| can) (?P<term>.+?) (?:be )?(?:used|useful|good|meant|intended) for\W*$",
        re.I,
    ),
    re.compile(r"\W*what do(?:es)? (?P<term>.+?) (?:mean|stand for|denote|refer to|do(?=\W*$))\b.*", re.I),
    re.compile(r"\W*what(?:'s|’s| is| are) (?P<term>.+)", re.I),
    re.compile(r"\W*(?:define|explain|describe|tell me (?:about|what)) (?P<term>.+)", re.I),
    re.compile(r"\W*(?P<term>.+?)(?: [-–—] |: | )what (?:is it|are they|does it mean)\W*$", re.I),
)
_EXPANDED = re.compile(r"stands? for\b", re.I)
_DEED = re.compile(r"\bdo(?:es)?\b.+\bdo\W*$", re.I)
_ARTICLE = re.compile(r"(?:an?|the|its|their)\s+", re.I)
_END = re.compile(
    r"(?:\s+(?:in|according|and|exactly|here)\b|\s+for\W*$|[?!,;:(\[]|\.(?!\w)).*|\W+$", re.I | re.S
)
_MORE = re.compile(r"\b(?:on|by|with|from|at|about|that|which|when|between|versus|vs|for|used|good)\b", re.I)
_AND = re.compile(r"\band\b|[,;]", re.I)
_STRANDED = re.compile(r"\s(?:to|by|with|from|on|at|of|in|against)\W*$", re.I)
"""How a question ends that asks for what belongs there: "what is X linked to?"."""
_LONGEST = 5
"""Words of a term; what is longer asks for more than what it is."""
_JOINT = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
"""Where the parts of a name meet that others part: HRBench is HR-Bench."""
_ENDING = r"(?:\.jl|\.py|\.js)"
PLAIN = 1
"""A definition of this form, or of a plainer one, stands alone."""
_KINDS = (
    "(?:package|library|framework|toolkit|software|system|tool|method|model|algorithm|dataset|corpus|benchmark|task"
    "|resource|approach|architecture|platform|treebank|parser)"
)
_KIND = rf"(?:\s{_KINDS})?"
_BESIDE = rf"{_KIND}(?:\s*(?:\([^()]{{1,60}}\)|\[[^\[\]]{{1,30}}\])|[⁰¹²³⁴-⁹]+)?"
_CALLED = re.compile(rf"^(\S*[A-Z]\S*)\s{_KINDS}$")
"""A name with what it is: "the Causal.jl package"."""
_FIRST = r"(?:^|[:;,]\s|\bthat\s)\W{0,3}(?:(?:an?|the|these|our)\s)?(?:[\w-]+\s)?"
"""What may stand before the subject of a sentence."""


_MADE = (
    r"\b(?:we|they|paper|article|work|study|authors?|here|is to)\b.{0,80}?\b(?:present|introduc|propos|describ|develop"
    r"|releas|build|built|creat|devis|design|construct|defin|suggest|offer|put forward)\w*\s"
)
"""How a sentence begins that says what its authors made."""
_PLAINLY = (
    r"(?!(?:of|for|on|with|in|to|by|from|using|based|through|via|than|and|outperform\w*|the|is|are|that)\b)"
)
_DIRECT = rf"(?:{_PLAINLY}\S+\s|(?:the|and)\s){{1,14}}"
"""To what was made, without what it is for, or made of."""
_UP_TO = r"(?:(?!\b(?:than|outperform\w*|like|such as|including|compar\w+|existing)\b)[^,]){1,120}?"
_NAMED = rf"(?:(?:an?|the|our|its|both)\s)?(?:(?:[\w-]+\s){{0,4}}{_KINDS}\s)?"
_HEAD = r"(?=[,.:;(–—]|\s[(–—-]|\s(?:an?|that|which|to|for|by|with|as|in|on|from|where|and|consist\w+|featur\w+)\b|$)"
"""What stands behind a name that no other noun follows."""


class Asked(NamedTuple):
    """``term``: what a question wants to be told the meaning of; ``is_expanded``: whether what it is short for;
    ``is_one``: whether it asks for a certain one, as "the accuracy"; ``is_all``: whether it asks for nothing else;
    ``is_deed``: whether it asks what that does."""

    term: str
    is_expanded: bool
    is_one: bool
    is_all: bool
    is_deed: bool = False


def asked_term(question: str) -> Asked | None:
    """None where it asks for something else."""
    if len(question) > LONGEST:
        return None
    found = next(filter(None, (pattern.match(question) for pattern in _ASKED)), None)
    if not found or _STRANDED.search(question):
        return None
    quoted = found["term"].strip(" \"'“”‘’")
    term = _END.sub("", _ARTICLE.sub("", quoted, count=1)).strip(" \"'“”‘’")
    term = _CALLED.sub(r"\1", term)
    words = fold(term).split()
    if not 0 < len(words) <= _LONGEST or _MORE.search(term) or all(word in STOP_WORDS for word in words):
        return None
    return Asked(
        term,
        is_expanded=bool(_EXPANDED.search(question)),
        is_one=quoted[:4].casefold() == "the ",
        is_all=not _AND.search(question),
        is_deed=bool(_DEED.search(question)),
    )


def defining(asked: Asked, sentences: Sequence[Sentence]) -> list[tuple[int, Sentence]]:
    """(how far from plain, sentence) of those that say what it is, the plainest first, the earlier before the later;
    what is of ONNX itself before what is of ONNX.jl."""
    ways = _ways(asked)
    found = []
    for sentence in sentences:
        if sentence.kind == "sentence":
            text = " ".join(fold(sentence.text).split())
            rank = next((n for n, way in enumerate(ways) if way.search(text)), None)
            if rank is not None:
                found.append((rank, sentence))
    of_package = re.compile(rf"{re.escape(fold(asked.term))}{_ENDING}")
    return sorted(
        found, key=lambda each: (each[0], bool(of_package.search(fold(each[1].text))), each[1].number)
    )


def _ways(asked: Asked) -> list[re.Pattern[str]]:
    """The forms of a definition, the plainest first, in folded text."""
    term = re.sub(rf"{_ENDING}$", "", fold(_JOINT.sub(" ", asked.term)))
    name = r"[\s-]*".join(re.escape(word) for word in re.split(r"[\s-]+", term))
    name = rf"(?<![\w.-])[\"'“”‘’]?{name}(?:{_ENDING}|s|es)?[\"'“”‘’]?(?![\w-]|\.\w)"
    if asked.is_expanded:
        short = r"(?:stands?|is short|is an? (?:acronym|abbreviation))\b"
        return [re.compile(rf"{name}\s{short}|{name}\s\((?=\w+[\s-])|\w\s\(\W?{name}")]
    forms = [
        rf"{_FIRST}{name}{_BESIDE}\s(?:is|are|was)\s(?:both\s)?(?:an?|the|one|any|those)\b"
        rf"|{name}{_BESIDE}(?:[^()]{{0,30}}\))?,\s(?:an?|the (?:first|only|largest|new)|which (?:is|are|provides?"
        r"|offers?))\s"
        rf"|\w\s\({name}\)(?:\s(?:is|are|was)\s(?:an?|the|one|any)\b|,\s(?:an?|the|which\s\w+s?)\s)"
        rf"|{_FIRST}{name}{_BESIDE}\s(?:refers?|means?|denotes?|stands? for)\b"
        rf"|{_FIRST}{name}\s?[—–]\s?\w"
        rf"|\b(?:called|(?:we|I|they|one|authors) call|terms?|termed|named?|known as|a\.?k\.?a\.?|referred to as"
        r"|dubbed(?: as)?|refer to .{0,80} as|defines?|defined as)\s"
        rf"(?:an?\s|the\s)?{name}"
        rf"|\buses?\s(?:the\s(?:term|word|name)\s)?{name}\s(?:here\s)?to\s(?:\w+\s)?(?:refer|denote|mean)\b"
        rf"|{name}{_BESIDE}\s(?:is|are|was|were)\sdefined\b",
        rf"{_MADE}{_NAMED}{name}{_KIND}{_HEAD}"
        rf"|{_MADE}{_DIRECT}\({name}\)"
        rf"|{_MADE}{_UP_TO}(?:[,–—]|\s-|,\s(?:namely|i\.e\.,?))\s{name}(?!,\s(?:[\w.-]+,?\s)?(?:and|or)\b){_HEAD}"
        rf"|\bour\s(?:{_PLAINLY}[\w-]+,?\s){{1,5}}\(?{name}[),]"
        rf"|{name}\b[^,;:]{{0,80}}\bis\s(?:introduced|presented|proposed|described)\b",
        rf"{_FIRST}{name}{_BESIDE}\s(?:provides?|offers?|implements?|enables?|allows?|consists?|aims?|describes?"
        r"|is (?:designed|used|developed)|was (?:designed|developed))\b",
    ]
    if asked.is_deed:
        forms.insert(1, rf"{_FIRST}{name}{_BESIDE}\s(?:\w+ly\s)?(?!(?:is|was|has|does)\b)[a-z]+[^s\W]s\s")
    if not asked.is_one:
        forms.append(
            rf"{_FIRST}{name}{_BESIDE}\s(?:is|are)\s(?!not\b|also\b)\w"
            rf"|^an?\s{name}{_BESIDE}\s(?!(?:is|was|has|does)\b)[a-z]+s\s"
        )
    return [re.compile(form) for form in forms]
