"""Questions for what a paper is, not for what it says: who, when, where published, its DOI → the line of its text that
tells it, else what its record holds; and questions for the papers of some years.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.extract.authorship import asks_authors
from assistant.extract.question import Question
from assistant.text.terms import fold
from assistant.types import Paper, Recorded, Sentence

_WORK = (
    r"(?:papers?|articles?|stud(?:y|ies)|works?|editorials?|reviews?|preprints?|reports?|manuscripts?|essays?"
    r"|publications?|abstracts?|thes[ie]s|surveys?|perspectives?|commentar(?:y|ies))"
)
_OUT = r"(?:published|appear(?:ed)?|c[oa]me\s+out|printed|released|written|issued)"
_OF = (
    rf"\s+(?:was|were|did|is|has|had)\s+(?:(?:it|this|that)\b|(?-i:[^\W\da-z]\S*)(?=\s+(?:first\s+)?{_OUT}\W*$)"
    rf"|(?:the\s+|this\s+|that\s+)?"
    rf"(?:(?!(?:of|in|from|by|for|on)\b)[\w'’.-]+\s+){{0,6}}?{_WORK}\b)"
)
"""A paper is what the question is about, not something in one."""
_ASKS = {
    "year": re.compile(
        rf"\b(?:when|(?:which|what)\s+(?:year|month))(?:\s+and\s+where)?{_OF}.*\b(?:{_OUT}\b|from\W*$)"
        rf"|\b(?:publication\s+(?:date|year)|(?:year|date)\s+of\s+publication)\b.*\b{_WORK}\b"
        rf"|\b{_WORK}\b.*\bpublication\s+(?:date|year)\W*$",
        re.IGNORECASE,
    ),
    "venue": re.compile(
        rf"\b(?:which|what)\s+(?:journal|venue|conference|proceedings)\b.*\b{_OUT}\b"
        rf"|\b(?:in|at)\s+(?:which|what)\s+(?:journal|venue|conference|proceedings)\b"
        rf"|\b(?:when\s+and\s+)?where{_OF}.*\b{_OUT}\b|\b(?:journal|venue)\s+of\b.*\b{_WORK}\b",
        re.IGNORECASE,
    ),
    "doi": re.compile(
        rf"\b(?:what(?:'s|\s+is)|give(?:\s+me)?|^)\s*(?:the\s+)?doi\b.*\b(?:{_WORK}|it)\b|\b{_WORK}\s+doi\W*$",
        re.IGNORECASE,
    ),
}
"""Field → how it is asked for."""
_ENDS = re.compile(r"\b(?:,?\s*(?:and\s+)?(?:when|where))+\W*$", re.IGNORECASE)
_ALSO = {"when": "year", "where": "venue"}
"""What else a question for authors asks for at its end."""
_ASKING = re.compile(
    r"\b(?:(?-i:[Ww](?:hen|here|ho|hich|hat))|years?|months?|dates?|journals?|venues?|conference|proceedings|dois?"
    rf"|publication|wrote|authors?|authored|{_OUT}|{_WORK})\b",
    re.IGNORECASE,
)
"""Words that ask for a record, or call a paper one; the rest says which paper is meant."""
_LABELLED = {
    "authors": re.compile(
        r"(?:^|\s)(?:authors?|written\s+by)\s*:\s*(?!nan\b|none\b|unknown\b)\S", re.IGNORECASE
    ),
    "year": re.compile(
        r"(?:^(?:published|date)(?:\s+online)?(?:\s+on)?\s|(?:^|\s)(?:date|year|published|publication\s+date)\s*:)"
        r".{0,20}\b(?:19|20)\d\d\b",
        re.IGNORECASE,
    ),
    "venue": re.compile(r"(?:^|\s)(?:journal|venue|published\s+in|conference)\s*:\s*\S", re.IGNORECASE),
    "doi": re.compile(
        r"(?:^|\s)doi\s*:\s*10\.\d{4,}/\S|^(?:doi\s+)?(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,}/\S+$",
        re.IGNORECASE,
    ),
}
"""Field → how a line of a paper's opening tells it."""
_BLOCK = re.compile(r"(?:authors?|title|date|journal|doi)\s*:", re.IGNORECASE)
"""How a paragraph opens that is nothing but such lines, however long it is."""
OPENING = 12
"""Sentences of a paper in which it says what it is."""
SHORT = 12
"""Words of a line that says what the paper is, at most: more make a sentence about something else."""


def asked_fields(question: str) -> tuple[str, ...]:
    """The fields of a paper's record that the whole question is for."""
    found = [name for name, asks in _ASKS.items() if asks.search(question)]
    if not asks_authors(question):
        return tuple(found)
    ends = _ENDS.search(question)
    also = [_ALSO[word.lower()] for word in re.findall(r"when|where", ends[0], re.IGNORECASE)] if ends else []
    return tuple(dict.fromkeys(["authors", *found, *also]))


def about(question: str) -> Question:
    """What is left of the question without the words that ask: which paper is meant."""
    return Question(" ".join(_ASKING.sub(" ", question).split()))


def names_none(question: str) -> bool:
    """Whether the question leaves open which paper is meant."""
    return not (about(question).names or about(question).topics)


def telling(field: str, paper: Paper, opening: Sequence[Sentence]) -> list[Sentence]:
    """The lines of the paper's own text that tell the field: of its header, or a short one of its opening that is
    labelled so or is the value on record; none where no line does."""
    if field == "authors" and (lines := [each for each in opening if each.kind == "authors"]):
        return lines
    body = [each for each in opening if not each.is_header]
    return next(([each] for each in body if _tells(field, paper, each)), [])


def _tells(field: str, paper: Paper, line: Sentence) -> bool:
    if field == "authors":
        is_top = line.number == 0 and bool(paper.authors)  # a paper that is nothing but title and authors
        names_all = is_top and all(fold(name) in fold(line.text) for name in paper.authors)
        is_line = _BLOCK.match(line.text) and _LABELLED[field].search(line.text)
        return names_all or is_line is not None
    if len(line.text.split()) > SHORT and not _BLOCK.match(line.text):
        return False
    value = getattr(paper, field)
    is_value = isinstance(value, str) and fold(line.text).strip(" .") == fold(value).strip(" .")
    return is_value or _LABELLED[field].search(line.text) is not None


def recorded(field: str, paper: Paper) -> Recorded | None:
    """What the record holds in the field, if anything."""
    value = getattr(paper, field)
    return Recorded(paper.key, field, value) if value else None


@dataclass(frozen=True)
class Years:
    """Papers are asked for by their year, ``since`` and ``until`` it; ``rest``: what else the question says."""

    since: int
    until: int
    rest: str


_DATED = re.compile(
    r"^\W*(?:(?:which|what|list|show|find|name|give|me|us|are|there|do|we|i|have|any|all|the|my|our|of)\s+)*"
    r"(?P<kind>(?:[\w-]+\s+){0,2}?)(?:papers|articles|studies|works|publications|preprints|reviews|reports)\b"
    rf"(?:\s+(?:that|which|we|i|you|do|are|is|were|there|have|come|came|{_OUT}|dated|here))*"
    rf"\s+(?P<word>from|of|in|since|after|before|until|between)\s+(?P<first>(?:19|20)\d\d)"
    rf"(?:\s*(?:-|–|to|and|until)\s*(?P<last>(?:19|20)\d\d))?\b"
    r"(?P<on>\s+onwards?|\s+on(?=\W*$)|\s+(?:or|and)\s+(?:later|newer|after))?",
    re.IGNORECASE,
)
_FIRST, _LAST = 0, 9999


def asked_years(question: str) -> Years | None:
    """The years of the papers that the question is for; None for other questions."""
    found = _DATED.search(question)
    if not found:
        return None
    word, first, last = found["word"].lower(), int(found["first"]), found["last"]
    since, until = first, int(last) if last else first
    if not last:
        since, until = {
            "since": (first, _LAST),
            "after": (first + 1, _LAST),
            "before": (_FIRST, first - 1),
            "until": (_FIRST, first),
        }.get(word, (first, _LAST if found["on"] else first))
    rest = f"which {found['kind']} papers {question[found.end() :]}"
    return Years(since, until, " ".join(rest.split()))


def has_topic(years: Years) -> bool:
    """Whether more is asked than the years."""
    return bool(Question(_ASKING.sub(" ", years.rest)).words)
