"""A paper's sentences → the zone that each stands in, by headings and by the labels of structured abstracts."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.types import Paper, Sentence

_HEADINGS = (
    ("other", r"acknowledg|funding|financ|contributions? of|contributions?$|conflicts?\b|competing|ethic|consent"
     r"|disclosure|abbreviation|references|bibliograph|supplement|supporting information|copyright|publisher"
     r"|about the author|peer review|appendix|provenance|disclaimer|declaration|orcid|notes?$|further reading"),
    ("code", r"availab|\bcode\b|\brepositor|data access|software access|installation|licen[cs]e"),
    ("limit", r"limitation|threats|caveat|weakness|shortcoming"),
    ("future", r"future|outlook|open (?:question|problem|issue)|perspectives?$|roadmap|next steps"),
    ("abstract", r"^abstract|^summary$|^synopsis|^in brief|^author summary|^executive summary|^highlights"),
    ("method", r"materials? and methods|methodology|^methods?\b"),
    ("result", r"results?\b|findings?\b"),
    ("discussion", r"discussion|conclu|closing|summary|lessons|implications"),
    ("introduction", r"introduction|background|related (?:work|research)|motivation|statement of need|literature"
     r"|preliminar|previous work|prior work|state of the art|overview of the field|why\b"),
    ("data", r"\bdata\b|data ?sets?|corpus|corpora|participants|patients|subjects|sampl(?:e|ing)|specimens|population"
     r"|recruitment|study area|materials?$"),
    ("result", r"evaluation|experiment|benchmark|performance|comparison|ablation|case stud|validation|accuracy"
     r"|outcomes?|observations"),
    ("method", r"method|approach|models?\b|algorithm|implementation|architecture|procedure|design|set-?up|protocol"
     r"|theory|framework|propos|statistic|assay|synthesis|system|formulation|analysis|measures?\b|technique"
     r"|training"
     r"|preparation|extraction|sequencing|construction|workflow|pipeline|software|package|features?"
     r"|definition"),
)  # fmt: skip
"""Zone ← what its heading holds; the first that matches."""
_ZONES = tuple((zone, re.compile(pattern, re.IGNORECASE)) for zone, pattern in _HEADINGS)
_LABEL = re.compile(
    r"(?:abstract\s*[:.]\s*)?(?P<label>(?:background|introduction|context|rationale|importance)(?: and"
    r" (?:aims?|objectives?"
    r"|purpose))?|(?:aims?|objectives?|purpose|goals?|hypothesis)(?: of (?:the )?(?:study|review))?"
    r"|(?:patients|materials?|subjects|data|study)(?: and |/)methods?|(?:study )?(?:design|setting)(?:"
    r" and setting)?"
    r"|methods?(?:[/ ]+(?:and )?(?:design|findings|results|principal findings|materials))?|methodology"
    r"|(?:principal |main |key )?(?:results?|findings)(?: and (?:discussion|conclusions?))?"
    r"|conclusions?(?:[/ ]+(?:and )?(?:significance|relevance|interpretation))?|interpretation|significance"
    r"|discussion|limitations?)\s*[:—–]\s*(?=\S)",
    re.IGNORECASE,
)
_LABELS = (
    ("introduction", r"background|introduction|context|rationale|importance"),
    ("aim", r"aim|objective|purpose|goal|hypothesis"),
    ("result", r"result|finding"),
    ("method", r"method|design|setting"),
    ("discussion", r"conclusion|interpretation|significance|discussion"),
    ("limit", r"limitation"),
)
_TOP = re.compile(r"\s*(?:\d+|[IVX]+)\.?\s+[A-Z]")


@lru_cache(maxsize=4096)
def zone_of(heading: str) -> str:
    """The zone that a heading opens; "" if it says none."""
    return next((zone for zone, pattern in _ZONES if pattern.search(heading.strip(" \t\n.:0123456789"))), "")


class Zone(NamedTuple):
    """``name``: abstract, introduction, method, data, result, discussion, limit, future, code, other, or "" where
    nothing says; ``label``: the zone that a label inside an abstract opens; ``share``: how far into an abstract, from
    0, its first sentence, to 1, its last."""

    name: str
    label: str = ""
    share: float = 0.0


def zones(paper: Paper, sentences: Sequence[Sentence]) -> list[Zone]:
    """Each sentence's zone. A heading that says none leaves that of the heading before it, unless it is numbered as
    one that stands above. A label of a structured abstract is a zone up to the next. A text without any heading is
    an abstract if it is short; else it opens with its introduction and closes with its discussion."""
    walk = _Walk(paper)
    found = [walk.step(each) for each in sentences]
    told = [n for n, each in enumerate(sentences) if not each.is_header]
    if all(found[n].name == "" for n in told) and len(told) <= _ABSTRACT:
        found = [zone._replace(name="abstract") for zone in found]
    elif told and not any(each.section for each in sentences):
        first = next((n for n in told if found[n].name == _BODY), told[0])
        for n in range(first, len(found)):
            share = (n - first) / max(1, len(found) - 1 - first)
            if found[n].name in ("", _BODY):
                name = "introduction" if share < _OPENS else "discussion" if share > _CLOSES else ""
                found[n] = found[n]._replace(name=name)
    found = [zone._replace(name="") if zone.name == _BODY else zone for zone in found]
    abstract = [n for n in told if found[n].name == "abstract"]
    for n in abstract:
        found[n] = found[n]._replace(share=(n - abstract[0]) / max(1, abstract[-1] - abstract[0]))
    return found


_BODY = "body"
"""What a label opens behind an abstract, until a heading says more."""
_ABSTRACT = 25
"""Sentences up to which a text without headings is taken for an abstract."""
_OPENS, _CLOSES = 0.12, 0.85
"""Up to which share of a long text without headings its introduction goes, and from which on its discussion."""
_OPENS_ABSTRACT = re.compile(r"abstract\s*[:.—–]", re.IGNORECASE)
_OPENS_BODY = re.compile(r"(?:full )?text\s*:\s", re.IGNORECASE)


class _Walk:
    """What the headings passed so far say."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._section: str | None = None
        self._zone = self._label = ""

    def step(self, sentence: Sentence) -> Zone:
        if sentence.section != self._section:
            self._section, self._label = sentence.section, ""
            heading = sentence.section or ""
            self._zone = zone_of(heading) or ("" if _TOP.match(heading) else self._zone)
        elif sentence.section is None and _is_heading(sentence) and (named := zone_of(sentence.text)):
            self._zone, self._label = named, ""
        if _OPENS_ABSTRACT.match(sentence.text):
            self._zone, self._label = "abstract", ""
        elif _OPENS_BODY.match(sentence.text):
            self._zone, self._label = _BODY, ""
        if found := _LABEL.match(sentence.text):
            self._label = next(z for z, names in _LABELS if re.search(names, found["label"], re.IGNORECASE))
        if self._in_abstract(sentence):
            return Zone("abstract", self._label)
        return Zone(self._zone, self._label if self._zone == "" else "")

    def _in_abstract(self, sentence: Sentence) -> bool:
        end = self._paper.abstract_end
        return self._zone == "abstract" or (end is not None and self._paper.body <= sentence.start < end)


def _is_heading(sentence: Sentence) -> bool:
    """Whether it is a line without end and short, where the reader tells no headings."""
    text = sentence.text
    short = len(text.split()) <= 4 and text[-1:] not in ".!?:;,)" and "\n" not in text
    return short and not sentence.is_header and sentence.kind != "row"
