"""A paper's sentences, each with its role → the cells that are asked for by default.

An aspect has forms in which papers state it, tried on the sentences that are in the role for it, the surest first. What
none of the forms fits is left empty: a wrong cell costs more than an empty one (eval/LOG.md).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.compare.phrase import phrase
from assistant.text.names import short_name
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


_WE = (
    r"\b(?:we|(?:this|our|the present) (?:paper|work|study|article|research|review))\b"
    r"(?: (?:also|then|further|first|therefore|thus|formally|\w+ly))*"
)
_MADE = (
    r"propos(?:e[sd]?)|introduc(?:e[sd]?)|present(?:s|ed)?|develop(?:s|ed)?|describ(?:e[sd]?)|design(?:s|ed)?"
    r"|devis(?:e[sd]?)|construct(?:s|ed)?|build|built|creat(?:e[sd]?)|releas(?:e[sd]?)|collect(?:s|ed)?"
    r"|compil(?:e[sd]?)"
    r"|annotat(?:e[sd]?)"
)
_USED = (
    r"detail(?:s|ed)?|employ(?:s|ed)?|incorporat(?:e[sd]?)|formali[sz](?:e[sd]?)|review(?:s|ed)?|summari[sz](?:e[sd]?)"
    r"|survey(?:s|ed)?|modif(?:y|ies|ied)|adopt(?:s|ed)?|appl(?:y|ies|ied)|combin(?:e[sd]?)"
)
_ALSO = r"\band (?:also |then |further )?"
_AIMS = re.compile(
    rf"{_WE} (?:aims? (?:to|at)|focus(?:es)? on|investigat(?:e[sd]?)|explor(?:e[sd]?)|stud(?:y|ies|ied)"
    rf"|address(?:es|ed)?"
    r"|tackle[sd]?|examine[sd]?|deals? with|tr(?:y|ies|ied) to|set out to|conduct(?:s|ed)? a (?:\w+ )?study on)\s+"
    r"|\b(?:aim|goal|objective|purpose)s?(?: of (?:this|the|our)(?: present)? (?:study|paper|work|review))?"
    r" (?:is|was|were|are) to\s+",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    rf"^(?:\W*)To (?!(?:this|these|address|tackle|bridge|overcome|achieve|solve|validate|be"
    rf"|verify)\b)(?=[^.;]{{10,150}}, {_WE})"
    rf"|{_WE} (?:{_MADE})[^.;]{{8,}}?\b(?:to|for) (?=(?:improv|enhanc|evaluat|mitigat|interpret|assess|predict"
    rf"|detect|generat"
    r"|measur|resolv|translat|reduc|identif|bound|model)\w*)",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:is|are|was|were|can|has|have)\b|(?:\w+[ -]){0,4}(?:challenges?|issues?|problems?|limitations?|gaps?|goals?"
    r"|vision|this|these|it|them)\b(?! (?:of|in|for)\b)"
    r"|(?:the |its )?(?:question|role)s? (?:whether|if)\b",
    re.IGNORECASE,
)
"""A task that the sentence before names."""
_PROPOSES = re.compile(
    rf"(?:{_WE} (?:(?:describe|present|detail|review|summari[sz]e)[sd]? (?!the\b|our\b)|(?:{_MADE}"
    rf"|{_USED})(?<!describe)"
    rf"(?<!describes)(?<!present)(?<!presents) )|{_ALSO}(?:propose|introduce|develop|present) )\s*"
    r"|^(?-i:[A-Z][\w.-]*[A-Z.\d][\w.-]*) is (?=an? )",
    re.IGNORECASE,
)
_DOES = re.compile(
    rf"{_WE} (?:uses?|used|utili[sz](?:e[sd]?)|evaluat(?:e[sd]?)|analy[sz](?:e[sd]?)|compar(?:e[sd]?)|test(?:s|ed)?"
    rf"|revisit(?:s|ed)?)"
    r"\s+",
    re.IGNORECASE,
)
"""What is done where nothing new is proposed."""
_DATA_NOUN = (
    r"(?:data ?sets?|corpus|corpora|benchmarks?|treebanks?|recordings|translations|tweets|reviews|questionnaires?"
    r"|cohort"
    r"|test sets?)"
)
_TRIED = re.compile(
    r"\b(?:experiment\w*|evaluat\w+|tested|trained|improvements?|performance|scores?|fine-tun\w+|train)\b",
    re.IGNORECASE,
)
_DATA = re.compile(
    rf"\b(?:on|in|using|over|across|with) (?P<data>(?:(?![a-z]+ing\b|that\b|which\b|to\b|is\b|are\b|for\b|by\b|on\b)"
    rf"[\w²./&’'-]+(?:,? |, ?and )){{1,14}}?{_DATA_NOUN}\b(?:, e\.g\., (?:[A-Z][\w-]*(?:, )?(?:and )?)+)?)"
    r"|\b(?:us(?:e|ed|ing)|utili[sz](?:e|ed|ing)) (?P<from>(?:publicly available )?data from (?:the )?\w+(?: and \w+)?)"
    r"|^(?P<made>an? (?:\w+ ){0,3}(?:data ?set|corpus) of [^.,;]+?) (?:is|was) (?:collected|compiled|built"
    r"|annotated|created)",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"[A-Z][\w-]*[A-Z\d]|(?<=\w )[A-Z][a-z]+|\d|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b"
)
"""What makes data out of words for data: "widely used benchmarks" are not told."""
_OWN_DATA = re.compile(
    rf"(?:{_WE} |{_ALSO})(?:{_MADE}) (?=(?:(?!\bto\b|\bfor\b)[^.;,]){{0,60}}?(?:, )?(?:(?:the"
    rf"|an?) )?(?:[\w-]+ ){{0,3}}{_DATA_NOUN}\b)",
    re.IGNORECASE,
)
_IS_MODEL = re.compile(
    r"\b(?:LLMs?|models?|agents?|architectures?|methods?|tools?|systems?|packages?)\b(?! (?:evaluat|assess|compar))"
    r"|\d[bB]\b"
)
_COUNTED = (
    r"(?:samples?|instances?|examples?|sentences|documents|tokens|words|images|dialogues?|instructions?|patients"
    r"|participants"
    r"|subjects|infants|children|women|adults|tweets|languages|data ?sets|benchmarks|tasks|questions|pairs|articles"
    r"|records"
    r"|speakers|annotators|hours|LLMs|translations|training data|parameters|students|mice|genomes|sequences|respondents"
    r"|isolates|methods|measures|domains|specimens|utterances|flowcharts|videos|users|corpora)"
)
_COUNT = re.compile(
    r"(?<![\w.,&-])(?:[Nn] ?= ?\d[\d,]*|(?![12]\b)\d[\d,]*(?:\.\d+)?[Kk]?(?: million| billion| thousand)?"
    r"|(?:three|four|five|six|seven|eight|nine|ten|twelve))"
    rf"(?!%| ?%)(?: (?!of\b|in\b|and\b|to\b|for\b|more\b)(?:[a-z][\w-]+|[A-Z][\w-]+)){{0,3}}? {_COUNTED}\b"
)
_MODEL_SIZE = re.compile(
    r"(?<![\w.$-])(?:\d+(?:\.\d+)?B|[A-Z][\w.]*-(?:[\w.]+-)*\d+(?:\.\d+)?[Bb])(?:-\w+)*\b(?: (?:and"
    r"|to) \d+(?:\.\d+)?B| model)?"
)
_FINDS = re.compile(
    r"\b(?:show(?:s|ed)?|demonstrat(?:e[sd]?)|found|find|reveal(?:s|ed)?|indicat(?:e[sd]?)|confirm(?:s|ed)?"
    r"|suggest(?:s|ed)?"
    r"|observe[sd]?|conclude[sd]?|prove[sd]?)(?: us)? that:?\s+(?:1\)\s+)?|\b(?:experimental )?results demonstrate\s+",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    r"\b(?:outperform\w*|superior\w*|surpass\w*|improv\w+|achiev\w+|effectiveness|speed-?ups?|accelerat\w+|mitigat\w+"
    r"|top-class)\b",
    re.IGNORECASE,
)
_ADVISES = re.compile(
    r"\b(?:should|need to|must|future|hope|community|plan to|warrant\w*|will)\b", re.IGNORECASE
)
_URL = re.compile(r"(?:https?://|\b(?:github|gitlab|zenodo|bitbucket|huggingface)\.\w+/)[^\s,;)\]}>\"”]+")
_RELEASED = re.compile(
    r"\b(?:codes?|data ?set|data|package|software|benchmark|corpus|toolkit|scripts?|models?|implementation|materials)\b"
    r"[^.;]{0,60}?\b(?P<said>(?:is|are|will be|has been|have been|made)(?: (?:made|publicly|freely|openly))*"
    r" (?:available|released|open[- ]sourced?))\b"
    r"|\b(?P<will>we (?:\w+ ){0,2}(?:released?|open-source[sd]?|make|made) (?:(?:our|the"
    r"|all) ){0,2}(?:\w+ )?(?:code|data|implementations?)\b)",
    re.IGNORECASE,
)


def cells(title: Sentence | None, told: Sequence[Told]) -> Mapping[str, Stated]:
    """Aspect → what the paper states in it; without those of which it states nothing. ``title``: the title's line."""
    prose = [each for each in told if each.rhetoric.is_prose]
    abstract = [each for each in prose if each.is_abstract]
    opening = abstract or prose[:_OPENING]
    found: dict[str, Stated | None] = {
        "task": _task(opening) or _titled(title),
        "method": _first(_PROPOSES, opening, _is_method) or _first(_DOES, opening, _is_method),
        "data": _first(_OWN_DATA, opening, lambda value: not _IS_MODEL.search(value)) or _data(opening),
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
            stated = _slice(each.sentence, *phrase(each.text, match.end()))
            if stated and fits(stated.value):
                return stated
    return None


def _slice(sentence: Sentence, start: int, end: int) -> Stated | None:
    value = " ".join(sentence.text[start:end].split())
    return Stated(value, sentence) if len(value) > 1 else None


def _is_method(value: str) -> bool:
    """Whether it is no data set, and says by itself what it is."""
    return not _NO_METHOD.search(" ".join(value.split()[:_HEAD]))


_NO_METHOD = re.compile(
    rf"\b(?:{_DATA_NOUN}|performance)\b"
    r"|^(?:the term|our (?:system|submission|participation)|.{0,25}\bth(?:is|ese|ose)\b)"
)


_HEAD = 12
"""Words of a value in which it says what kind of thing it is."""


def _task(told: Sequence[Told]) -> Stated | None:
    ranked = [each for each in _by(told, "problem", "method") if not _STEP.match(each.text)]
    return next(
        filter(
            None, (_first(form, ranked, lambda value: not _VAGUE.match(value)) for form in (_AIMS, _PURPOSE))
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
        tried = _TRIED.search(each.text)
        if each.rhetoric.role not in _OF_OTHERS:
            for match in _DATA.finditer(each.text):
                if match["data"] and not (tried and tried.start() < match.start()):
                    continue
                stated = _slice(each.sentence, *match.span(match.lastgroup or 0))
                if stated and _NAMES.search(stated.value) and not _IS_MODEL.search(stated.value):
                    return stated
    return None


_OF_OTHERS = frozenset({"background", "problem"})


def _size(told: Sequence[Told]) -> Stated | None:
    for form in (_COUNT, _MODEL_SIZE):
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
        match = _FINDS.search(each.text)
        match = match or _LABEL.match(each.text)
        if stated := _slice(each.sentence, *phrase(each.text, match.end() if match else 0, _LONG)):
            return stated
    return None


def _is_finding(told: Told) -> bool:
    text, rhetoric = told.text, told.rhetoric
    if rhetoric.role in _NO_FINDING or rhetoric.weight("result") < _FOUND or _ADVISES.search(text):
        return False
    if rhetoric.role != "result" and not _FINDS.search(text):
        return False
    is_step = (
        _PROPOSES.search(text)
        or _AIMS.search(text)
        or re.match("Specifically, we |Inspired by|Based on", text)
    )
    return bool(_FINDS.search(text) or ((_EFFECT.search(text) or _figures(text)) and not is_step))


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
    for each in told:
        released = _RELEASED.search(each.text)
        if released and not re.search(r"\bnot (?:yet )?(?:publicly )?available|upon request", each.text):
            link = _URL.search(each.text)
            if link:
                return _slice(each.sentence, link.start(), link.start() + len(link[0].rstrip(".")))
            if each.is_abstract:
                return _slice(
                    each.sentence, *phrase(each.text, released.start("said" if released["said"] else "will"))
                )
    return None
