"""A paper's sentences, each with its role → the cells that are asked for by default.

An aspect has forms in which papers state it, tried on the sentences that are in the role for it, the surest first. What
none of the forms fits is left empty: a wrong cell costs more than an empty one (eval/LOG.md).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.compare.phrase import phrase
from assistant.text.numbers import numbers
from assistant.text.roles import Rhetoric
from assistant.types import Sentence

ASPECTS = ("task", "method", "data", "size", "result", "code")


@dataclass(frozen=True, slots=True)
class Stated:
    """A value and the sentence that it is a slice of."""

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


_WE = r"\b(?:we|this (?:paper|work|study|article)|the present (?:study|paper|work))\b(?: (?:also|then|further|first|therefore|thus|formally))*"
_MADE = (
    r"propos(?:e[sd]?)|introduc(?:e[sd]?)|present(?:s|ed)?|develop(?:s|ed)?|describ(?:e[sd]?)|design(?:s|ed)?|devis(?:e[sd]?)"
    r"|construct(?:s|ed)?|build|built|creat(?:e[sd]?)|release[sd]?|collect(?:s|ed)?|compil(?:e[sd]?)|annotat(?:e[sd]?)"
)
_AIMS = re.compile(
    rf"{_WE} (?:aims? (?:to|at)|focus(?:es)? on|investigat(?:e[sd]?)|explor(?:e[sd]?)|stud(?:y|ies|ied)|address(?:es|ed)?"
    r"|tackle[sd]?|examine[sd]?|consider(?:s|ed)?|deals? with|tr(?:y|ies|ied) to|set out to|conduct(?:s|ed)? a (?:\w+ )?study on)\s+"
    r"|\b(?:aim|goal|objective|purpose)s?(?: of (?:this|the|our)(?: present)? (?:study|paper|work|review))? (?:is|was|were|are) to\s+",
    re.IGNORECASE,
)
_PROPOSES = re.compile(rf"{_WE} (?:{_MADE}|detail(?:s|ed)?|employ(?:s|ed)?|incorporat(?:e[sd]?))\s+", re.IGNORECASE)
_DATA_NOUN = (
    r"(?:data ?sets?|corpus|corpora|benchmarks?|treebanks?|collection|data from|recordings|translations|tweets|reviews"
    r"|images|questionnaires?|samples from|cohort|dialogues|test sets?)"
)
_ON_DATA = re.compile(
    r"\b(?:experiments?|evaluat\w+|results?|tested|trained|improvements?|performance|analysis|scores?)\b[^.;]*?"
    r"\b(?:on|in|with|using|over) (?=(?:[^.;,]|, (?=[A-Z\d]|and [A-Z\d])){0,120}?\b" + _DATA_NOUN + r"\b)"
    r"|\bUsing (?=(?:publicly available )?data from\b)",
    re.IGNORECASE,
)
_OWN_DATA = re.compile(rf"{_WE} (?:{_MADE}) (?=[^.;]{{0,80}}?\b{_DATA_NOUN})", re.IGNORECASE)
_IS_MODEL = re.compile(r"\b(?:LLMs?|models?|agents?|architectures?|methods?|tools?|systems?|packages?)\b|\d[bB]\b")
_COUNTED = (
    r"(?:samples?|instances?|examples?|sentences|documents|tokens|words|images|dialogues?|instructions?|patients|participants"
    r"|subjects|infants|children|women|adults|tweets|languages|data ?sets|benchmarks|tasks|questions|pairs|articles|records"
    r"|speakers|annotators|hours|LLMs|translations|training data|parameters|students|mice|genomes|sequences|respondents"
    r"|isolates|specimens|utterances|flowcharts|videos|users|nodes|corpora)"
)
_COUNT = re.compile(
    r"(?<![\w.,-])(?:[Nn] ?= ?\d[\d,]*|\d[\d,]*(?:\.\d+)?[KkMB]?(?: million| billion| thousand)?"
    r"|(?:three|four|five|six|seven|eight|nine|ten|twelve)(?= (?:\w+[- ]){0,2}(?:data ?sets|benchmarks|languages|tasks|LLMs|corpora)))"
    rf"(?!%| ?%)(?: (?:[a-z][\w-]+|[A-Z][\w-]+)){{0,3}}? {_COUNTED}\b"
)
_MODEL_SIZE = re.compile(r"(?<![\w.$])(?:[\w.]+-)?\d+(?:\.\d+)?[Bb](?:-\w+)?\b(?: (?:and|to) \d+(?:\.\d+)?B| model)?")
_FINDS = re.compile(
    r"\b(?:show(?:s|ed)?|demonstrat(?:e[sd]?)|found|find|reveal(?:s|ed)?|indicat(?:e[sd]?)|suggest(?:s|ed)?|confirm(?:s|ed)?"
    r"|observe[sd]?|conclude[sd]?|prove[sd]?)(?: us)? that\s+|\b(?:experimental )?results demonstrate\s+",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:https?://|\b(?:github|gitlab|zenodo|bitbucket|huggingface)\.\w+/)[^\s,;)\]}>\"”]+")
_RELEASED = re.compile(
    r"\b(?:code|codes|data ?set|data|package|software|benchmark|corpus|toolkit|scripts?|models?|implementation|materials)\b"
    r"[^.;]{0,60}?\b(?P<said>(?:(?:is|are|will be|has been|have been) )?(?:(?:made|publicly|freely|openly) )*"
    r"(?:available|released|open[- ]sourced?)\b)|\b(?P<will>we (?:will )?(?:release|open-source|make)) (?:our|the|all)?\s*(?:code|data)",
    re.IGNORECASE,
)


def cells(title: Sentence | None, told: Sequence[Told]) -> Mapping[str, Stated]:
    """Aspect → what the paper states in it; without those of which it states nothing. ``title``: the title's line."""
    prose = [each for each in told if each.rhetoric.is_prose]
    abstract = [each for each in prose if each.is_abstract]
    opening = abstract or prose[:_OPENING]
    found: dict[str, Stated | None] = {
        "task": _first(_AIMS, _by(opening, "problem", "method")) or _titled(title),
        "method": _first(_PROPOSES, opening, lambda value: not re.search(_DATA_NOUN, value) or "," in value),
        "data": _first(_OWN_DATA, opening) or _first(_ON_DATA, opening, lambda value: not _IS_MODEL.search(value)),
        "size": _size(opening),
        "result": _result(opening),
        "code": _code(prose),
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
            stated = _slice(each.sentence, *phrase(each.text, match.end()))
            if stated and fits(stated.value):
                return stated
    return None


def _slice(sentence: Sentence, start: int, end: int) -> Stated | None:
    value = " ".join(sentence.text[start:end].split())
    return Stated(value, sentence) if len(value) > 1 else None


def _titled(title: Sentence | None) -> Stated | None:
    """The title, behind the name that it opens with."""
    if title is None:
        return None
    name = re.match(r"[^:]{1,40}:\s+", title.text)
    return _slice(title, name.end() if name else 0, len(title.text.rstrip(" .")))


def _size(told: Sequence[Told]) -> Stated | None:
    for form in (_COUNT, _MODEL_SIZE):
        for each in told:
            if each.rhetoric.role not in ("background", "problem") and (match := form.search(each.text)):
                return _slice(each.sentence, *match.span())
    return None


def _result(told: Sequence[Told]) -> Stated | None:
    """Of the sentences that tell a finding the one that says most: with figures, if any has them."""
    found = [each for each in told if each.rhetoric.role == "result"]
    ranked = sorted(found, key=lambda each: -(each.rhetoric.weight("result") + _FIGURES * bool(_figures(each.text))))
    for each in ranked:
        if each.rhetoric.weight("result") >= _FOUND:
            match = _FINDS.search(each.text)
            return _slice(each.sentence, *phrase(each.text, match.end() if match else 0, _LONG))
    return None


_FIGURES = 2.0
"""What a figure adds to the weight of a finding."""
_FOUND = 2.0
"""The least weight of the role of a sentence that tells the main result."""
_LONG = 36
"""Words of a result at most."""


def _figures(text: str) -> Iterator[str] | list[str]:
    return [each.text for each in numbers(text) if each.in_digits]


def _code(told: Sequence[Told]) -> Stated | None:
    for each in told:
        released = _RELEASED.search(each.text)
        if released and not re.search(r"\bnot (?:yet )?(?:publicly )?available|upon request", each.text):
            link = _URL.search(each.text)
            if link:
                return _slice(each.sentence, link.start(), link.start() + len(link[0].rstrip(".")))
            if each.is_abstract:
                return _slice(each.sentence, *released.span("said" if released["said"] else "will"))
    return None
