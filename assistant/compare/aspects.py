"""A paper's sentences, each with its role → the cells that are asked for by default.

An aspect has forms in which papers state it, tried on the sentences that are in the role for it, the surest first. What
none of the forms fits is left empty: a wrong cell costs more than an empty one (eval/LOG.md).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.compare.forms import (
    ADVISES,
    AIMS,
    COUNT,
    DATA,
    DATA_NOUN,
    DOES,
    EFFECT,
    FINDS,
    IS_MODEL,
    MODEL_SIZE,
    NAMES,
    OWN_DATA,
    PROPOSES,
    PURPOSE,
    RELEASED,
    TRIED,
    URL,
    VAGUE,
)
from assistant.compare.phrase import phrase
from assistant.text.names import short_name
from assistant.text.numbers import numbers
from assistant.text.roles import Rhetoric
from assistant.types import Sentence

ASPECTS = ("task", "method", "data", "size", "result", "code")


@dataclass(frozen=True, slots=True)
class Stated:
    """A value and the sentence that it is a slice of, but for marks of citation."""

    value: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and what it does in its paper. ``share``: how far into the paper it stands, from 0 to 1."""

    sentence: Sentence
    rhetoric: Rhetoric
    share: float

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def is_abstract(self) -> bool:
        return self.rhetoric.zone == "abstract"


def cells(title: Sentence | None, told: Sequence[Told]) -> Mapping[str, Stated]:
    """Aspect → what the paper states in it; without those of which it states nothing. ``title``: the title's line."""
    prose = [each for each in told if each.rhetoric.is_prose]
    abstract = [each for each in prose if each.is_abstract]
    opening = abstract or prose[:_OPENING]
    found: dict[str, Stated | None] = {
        "task": _task(opening) or _titled(title),
        "method": _first(PROPOSES, opening, _is_method) or _first(DOES, opening, _is_method),
        "data": _first(OWN_DATA, opening, lambda value: not IS_MODEL.search(value)) or _data(opening),
        "size": _size(opening),
        "result": _result(opening),
        "code": _code(told),
    }
    return {aspect: stated for aspect, stated in found.items() if stated}


_OPENING = 25
"""Sentences that are looked at of a paper without an abstract."""


def _by(told: Iterable[Told], *roles: str) -> list[Told]:
    """Those that do most of these roles first."""
    return sorted(told, key=lambda each: -sum(each.rhetoric.weight(role) for role in roles))


def _first(
    form: re.Pattern[str], told: Iterable[Told], fits: Callable[[str], object] = lambda value: True
) -> Stated | None:
    """What stands behind the form, in the first sentence in which it does and fits."""
    for each in told:
        for match in form.finditer(each.text):
            named = match.re.groupindex.get("value")
            span = match.span(named) if named and match[named] else phrase(each.text, match.end())
            stated = _slice(each.sentence, *span)
            if stated and fits(stated.value):
                return stated
    return None


def _slice(sentence: Sentence, start: int, end: int) -> Stated | None:
    value = " ".join(_MARKS.sub("", sentence.text[start:end]).split())
    return Stated(value, sentence) if len(value) > 1 else None


_MARKS = re.compile(r"\s?\[\d[\d,;\s–-]*\]")
"""Marks of citation, which mean another entry in a table's own bibliography."""


def _is_method(value: str) -> bool:
    """Whether it is no data set, and says by itself what it is."""
    return not _NO_METHOD.search(" ".join(value.split()[:_HEAD]))


_NO_METHOD = re.compile(
    rf"\b(?:{DATA_NOUN}|performance)\b"
    r"|^(?:the term|our (?:system|submission|participation)|.{0,25}\bth(?:is|ese|ose)\b)"
)


_HEAD = 12
"""Words of a value in which it says what kind of thing it is."""


def _task(told: Sequence[Told]) -> Stated | None:
    ranked = [each for each in _by(told, "problem", "method") if not _STEP.match(each.text)]
    return next(
        filter(
            None, (_first(form, ranked, lambda value: not VAGUE.match(value)) for form in (AIMS, PURPOSE))
        ),
        None,
    )


_STEP = re.compile(
    r"(?:Specifically|Precisely|Concretely|Furthermore|Moreover|In addition|Then|Next|First|Second|Finally)\b"
)
"""How a sentence opens that tells a part of what is done."""
_METHOD_ALONE = re.compile(r"\b(?:method|approach|framework|algorithm)s?\b(?! (?:for|to|of)\b)", re.I)


def _titled(title: Sentence | None) -> Stated | None:
    """The title, behind the name that it opens with; but not one that says only how."""
    if title is None or _METHOD_ALONE.search(title.text):
        return None
    name = re.match(r"[^:]{1,40}:\s+", title.text) if short_name(title.text, None) else None
    return _slice(title, name.end() if name else 0, len(title.text.rstrip(" .")))


def _data(told: Sequence[Told]) -> Stated | None:
    for each in told:
        tried = TRIED.search(each.text)
        if each.rhetoric.role not in _OF_OTHERS:
            for match in DATA.finditer(each.text):
                if match["data"] and not (tried and tried.start() < match.start()):
                    continue
                stated = _slice(each.sentence, *match.span(match.lastgroup or 0))
                if stated and NAMES.search(stated.value) and not IS_MODEL.search(stated.value):
                    return stated
    return None


_OF_OTHERS = frozenset({"background", "problem"})


def _size(told: Sequence[Told]) -> Stated | None:
    for form in (COUNT, MODEL_SIZE):
        for each in told:
            if each.rhetoric.role not in _OF_OTHERS and (match := form.search(each.text)):
                return _slice(each.sentence, *match.span())
    return None


def _result(told: Sequence[Told]) -> Stated | None:
    """Of the sentences that tell a finding the one that says most: with figures, if any has them."""
    found = [each for each in told if _is_finding(each)]
    ranked = sorted(
        found, key=lambda each: -(each.rhetoric.weight("result") + _FIGURES * bool(_figures(each.text)))
    )
    for each in ranked:
        match = FINDS.search(each.text)
        match = match or _LABEL.match(each.text)
        if stated := _slice(each.sentence, *phrase(each.text, match.end() if match else 0, _LONG)):
            return stated
    return None


def _is_finding(told: Told) -> bool:
    text, rhetoric = told.text, told.rhetoric
    if rhetoric.role in _NO_FINDING or rhetoric.weight("result") < _FOUND or ADVISES.search(text):
        return False
    if rhetoric.role != "result" and not FINDS.search(text):
        return False
    is_step = (
        PROPOSES.search(text) or AIMS.search(text) or re.match("Specifically, we |Inspired by|Based on", text)
    )
    return bool(FINDS.search(text) or ((EFFECT.search(text) or _figures(text)) and not is_step))


_LABEL = re.compile(r"[A-Z][A-Za-z]+(?: [A-Za-z]+){0,3}: ")
"""As "RESULTS: " in an abstract."""
_FIGURES = 2.0
"""What a figure adds to the weight of a finding."""
_FOUND = 2.0
"""The least weight of the role of a sentence that tells the main result."""
_NO_FINDING = frozenset({"background", "problem", "limit", "future"})
_LONG = 36
"""Words of a result at most."""


def _figures(text: str) -> Iterator[str] | list[str]:
    return [each.text for each in numbers(text) if each.in_digits]


def _code(told: Sequence[Told]) -> Stated | None:
    """The address of what is released, rather from a sentence than from a caption; else that it is."""
    released = [each for each in told if RELEASED.search(each.text) and not _WITHHELD.search(each.text)]
    for each in sorted(released, key=lambda each: not each.rhetoric.is_prose):
        for link in URL.finditer(each.text):
            address = link[0].rstrip("./")
            if not _OWNER.fullmatch(address):
                return _slice(each.sentence, link.start(), link.start() + len(address))
    for each in released:
        found = RELEASED.search(each.text)
        if each.is_abstract and found and not URL.search(each.text):
            return _slice(each.sentence, *phrase(each.text, found.start("said" if found["said"] else "will")))
    return None


_WITHHELD = re.compile(r"\bnot (?:yet )?(?:publicly )?available|upon request")
_OWNER = re.compile(r"(?:https?://)?(?:github|gitlab|bitbucket|huggingface)\.\w+/[^/]*", re.IGNORECASE)
"""An address that a line's or a column's end has cut behind whose it is."""
