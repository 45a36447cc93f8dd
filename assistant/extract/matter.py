"""Questions for a paper's front and back matter → the sentences that tell it: who paid, where the authors work, how to
reach them, how to install it, its licence, where code and data are.

Such sentences have a form and a place of their own, and hardly a word of the question: "This research used the
support of ..." answers who funded it. Where none has, the paper does not say.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.extract.authorship import authored
from assistant.extract.question import LONGEST, name_keys, name_match
from assistant.text.terms import fold, tokens
from assistant.types import Paper, Sentence

SHOWN = 3
"""Sentences shown of those that tell it, at most."""
_AUTHORS = r"(?:(?:corresponding|first|last|lead|senior)\s+)?(?:authors?|researchers|writers?)"
_EMPLOYER = r"(?:universit\w+|institut\w+|compan\w+|lab\w*|organi[sz]ations?|employers?|countr\w+)"
_STORED = (
    r"(?:(?:source\s+)?codes?|data(?:\s*sets?)?|corpus|corpora|software|implementations?|packages?|scripts?|weights"
    r"|materials?|repositor(?:y|ies)|demo|models?|tools?|librar(?:y|ies))"
)
_SOFTWARE = (
    r"(?:packages?|software|commands?|pkg|pip|conda|librar(?:y|ies)|release|version|instructions?|julia|python|cran"
    r"|docker|binar(?:y|ies)|kilobytes|megabytes|toolbox|plug-?ins?)"
)


@dataclass(frozen=True)
class Matter:
    """``name``: what a paper lacks in which no sentence tells it; ``asks``: how it is asked for; ``under``: headings
    that it stands under; ``tells``: how a sentence there tells it; ``plainly``: how one anywhere does."""

    name: str
    asks: re.Pattern[str]
    under: re.Pattern[str]
    tells: re.Pattern[str]
    plainly: re.Pattern[str]


def _matter(name: str, asks: str, under: str, tells: str, plainly: str) -> Matter:
    return Matter(name, *(re.compile(each, re.IGNORECASE) for each in (asks, under, tells, plainly)))


AFFILIATION = "the authors' affiliations"
_AFFILIATION = _matter(
    AFFILIATION,
    rf"\bwhere\b[^?]{{0,60}}\b{_AUTHORS}\b[^?]{{0,60}}\b(?:work(?:s|ing)?|employed|based|located|from)(?=\W*$)"
    rf"|\b(?:where|which|what)\b[^?]{{0,60}}\b{_AUTHORS}\b[^?]{{0,60}}\baffiliat\w+"
    rf"|\b(?:which|what)\s+{_EMPLOYER}\b[^?]{{0,60}}\b{_AUTHORS}\b[^?]{{0,60}}\b(?:from|at|for|in|with)(?=\W*$)"
    rf"|\baffiliations?\s+of\b|\b{_AUTHORS}\W*\s+affiliations?\b",
    "$^", "$^", "$^",
)  # fmt: skip
_WORKS_AT = re.compile(
    r"\bwhere\s+(?:does|do|did|is|are)\b[^?]*\b(?:work|employed|based|affiliated|from)\W*$"
    rf"|\b(?:which|what)\s+{_EMPLOYER}\b[^?]*\b(?:from|at|for|in|with)\W*$",
    re.IGNORECASE,
)
"""Asks for an affiliation, if it names an author."""
_MATTERS = (
    _matter(
        "who funded it",
        r"\bwho\s+(?:has\s+|have\s+)?(?:(?:co-?)?fund(?:ed|s)|financ(?:ed|es)|paid\s+for|sponsor(?:ed|s)"
        r"|gave\s+(?:the\s+)?money"
        r"|(?:financially\s+)?support(?:ed|s)\s+(?:the|this|that|their)\s+(?:work|research|study|project|authors?))\b"
        r"|\b(?:by\s+whom|how)\s+(?:was|were|is)\b[^?]{1,80}\b(?:funded|financed|sponsored)\b"
        r"|\b(?:which|what)\s+(?:\w+\s+){0,2}?(?:grants?|funders?|funding|funding\s+agenc(?:y|ies)|sponsors?)\b"
        r"(?:\s+(?:agenc(?:y|ies)|bod(?:y|ies)|sources?))?"
        r"|\b(?:sources?\s+of\s+funding|funding\s+(?:sources?|statement|agenc(?:y|ies)))\b",
        r"acknowledg|fund|financ|grant|support",
        r"\b(?:fund(?:ed|ing|s)?|financ\w+|grants?|sponsor\w*|fellow(?:ship|s)?|scholarships?|awards?)\b"
        r"|\bsupport(?:ed)?\b[^.]{0,60}\b(?:by|from|of)\b",
        r"\b(?:this|the|our)\s+(?:present\s+)?(?:work|research|study|project|paper|authors?)\b.{0,120}"
        r"\b(?:fund|support|financ|sponsor)\w*\b.{0,60}\b(?:by|from|of)\b"
        r"|^\W*(?:funded|supported|financed)\s+(?:in\s+part\s+)?by\b|\backnowledges?\b.{0,80}\b(?:support|funding"
        r"|grants?)\b"
        r"|\breceived\s+(?:no\s+)?(?:\w+\s+){0,2}funding\b|\bfunding\s*:",
    ),
    _matter(
        "an e-mail address",
        rf"\be-?mails?(?:\s+address(?:es)?)?\s+(?:of|for)\b|\be-?mail\s+address(?:es)?\b|\b{_AUTHORS}\W*\s+e-?mails?\b"
        rf"|\b(?:contact|reach|write\s+to)\s+(?:the\s+|an?\s+)?{_AUTHORS}\b|\bcontact\s+(?:address|details"
        rf"|information)\b",
        "$^",
        "$^",
        r"[\w}]@[a-z][\w-]*\.[a-z]{2,}",
    ),
    _matter(
        "how it is installed",
        r"\bhow\s+(?:do|can|could|should|to|is|are|would)\b[^?]{0,40}?\binstall(?:ed|s)?\b|\binstallation\s+(?:of"
        r"|for)\b"
        r"|^(?!.*\b(?:which|what)\b).*\binstall(?:ing|ation)?\W*$",
        r"install|getting started",
        r"\binstall\w*|\bpkg\b|\bpip\b|\bconda\b|\bdownload",
        rf"\binstall\w*\b.{{0,80}}\b{_SOFTWARE}\b|\b{_SOFTWARE}\b.{{0,80}}\binstall\w*|\bpkg\.add\b|\]\s?add\s\w",
    ),
    _matter(
        "a licence",
        r"\b(?:which|what|whose|under|a|the)\s+(?:\w+\s+)?licen[sc]es?\b|\blicen[sc]es?\s+(?:of|for)\b"
        r"|\blicen[sc]es?\W*$"
        r"|\b(?:is|are|was)\b[^?]*\blicen[sc]ed\W*$|\blicen[sc]ed\s+under\b",
        r"licen[sc]e",
        r"\S",
        r"\blicen[sc](?:e|es|ed|ing)\b",
    ),
    _matter(
        "where it is to be had",
        rf"\bwhere\b[^?]{{0,80}}?\b{_STORED}\b[^?]{{0,60}}?\b(?:found|find|available|download\w*|hosted|get|had"
        rf"|obtained|accessed"
        r"|published|deposited|released|live|kept)\b|\bwhere\s+can\s+(?:i|we|one)\s+(?:find|get|download|obtain"
        r"|access)\b"
        rf"[^?]{{0,40}}\b{_STORED}\b"
        rf"|\b(?:is|are)\s+(?:the|its|their|any|[\w.-]+['’]s)\s+(?:\w+\s+)?{_STORED}\b[^?]{{0,60}}\b(?:available|public\w*"
        rf"|released|shared"
        r"|open(?:-?source\w*)?)(?=\W*(?:$|\bonline|\bpublicly))"
        r"|\b(?:link|url|repositor(?:y|ies)|git\w+\s+(?:page|link|url|repo\w*)|website|web\s?page"
        r"|home\s?page)\s+(?:of|for|to)\b",
        r"availab|access",
        r"\bavailable\b|https?://|\bgithub\b|\bzenodo\b|\brepositor|\brequest\b|\bdeposited\b",
        r"\b(?:available|released|hosted|accessible|downloaded|shared|deposited|open-sourced?|published|registered"
        r"|found|see)\b"
        r".{0,100}(?:https?://|www\.|\bgithub\b|\bgitlab\b|\bzenodo\b|\bfigshare\b|\bosf\b|\bhugging\s?face\b"
        r"|\bdataverse\b"
        r"|\bcran\b|\bpypi\b|\brepositor|\b(?:up)?on\s+(?:\w+\s+)?request\b)|\((?:[^()]{0,30}\s)?https?://"
        r"|\b(?:github|gitlab|bitbucket|zenodo|figshare|osf|huggingface|dataverse)\.\w+/\w"
        r"|\b(?:code|data(?:\s?sets?)?|software|corpus|scripts?)\b[^.,;()]{0,60}\b(?:is|are|will\s+be|has\s+been"
        r"|have\s+been)\s+"
        r"(?:(?!not\b)\w+\s+){0,2}(?:available|released)\b",
    ),
)  # fmt: skip


_ASKING = re.compile(
    rf"\b(?:is|are|was|were|give|show|tell|please|me|us|where|which|what|who|whom|how|can|i|we|get|find|found|obtain\w*|access\w*"
    rf"|{_AUTHORS}|affiliat\w*|institut\w*"
    r"|universit\w*|compan\w*|countr\w*|employ\w*|organi[sz]ations?|work(?:s|ed|ing)?|(?:co-?)?fund\w*|financ\w*|paid"
    r"|sponsor\w*|support(?:s|ed)?|agenc(?:y|ies)|grants?|sources?|e-?mails?|address(?:es)?|contact|reach|corresponding"
    r"|install\w*|licen[sc]\w*|under|released?|published|available|public\w*|shared|open|online|hosted|download\w*"
    rf"|link|url|web\s?site|web\s?page|home\s?page|github|gitlab|{_STORED})\b",
    re.IGNORECASE,
)


def asked_matter(question: str, papers_by: Callable[[str], list[Paper]]) -> Matter | None:
    """The matter that the question is for. ``papers_by``: papers with an author whose name holds a word."""
    if len(question) > LONGEST:
        return None
    if _AFFILIATION.asks.search(question) or (_WORKS_AT.search(question) and authored(question, papers_by)):
        return _AFFILIATION
    return next((each for each in _MATTERS if each.asks.search(question)), None)


def without_asking(question: str) -> str:
    """What is left of a question for a matter without the words that ask: which paper is meant."""
    return " ".join(["about", *_ASKING.sub(" ", question).split()])


def told(matter: Matter, names: Sequence[str], paper: Paper, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of the paper that tell the matter, at most ``SHOWN``, in reading order: those with one of the
    question's ``names``, if there are any, else those under its headings, else those that tell it plainly."""
    if matter is _AFFILIATION:
        parts = [part for part in paper.parts if part.kind == "affiliation"]
        return [s for s in sentences if any(p.start < s.end and s.start < p.end for p in parts)][:SHOWN]
    body = [s for s in sentences if not s.is_header and s.text != s.section]
    placed = [s for s in body if s.section and matter.under.search(s.section) and matter.tells.search(s.text)]
    plain = [s for s in body if matter.plainly.search(s.text)]
    every = sorted({s.number: s for s in (*placed, *plain)}.values(), key=lambda s: s.number)
    named = [s for s in every if any(_names(name, s.text) for name in names)]
    return (named or placed or plain)[:SHOWN]


def _names(name: str, text: str) -> bool:
    return name_match(name, name_keys(text), set(tokens(text)), fold(text)) == 1.0
