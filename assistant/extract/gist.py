"""Questions for what a whole paper aims at, concludes, does not hold for or leaves to do → the sentences that say it.

Such a question names the paper and hardly a word of the answer, so that what ranks sentences by its words cannot tell
them: their role in the paper does.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.extract.question import LONGEST
from assistant.text.roles import Rhetoric, roles
from assistant.types import Paper, Sentence

SHOWN = 3
"""Sentences shown, at most."""
SURE = 0.7
"""A further one is shown if it does so much of what the best one does."""
LEAST = 1.0
"""The least weight of a role that says it at all."""
BESIDE = 2.0
"""The least weight of a role that a sentence does beside another."""
ELSEWHERE = 0.5
"""What is left of the weight in a zone where such things are not said."""
LABELLED = 2.5
"""How much more a sentence counts that an abstract calls its conclusion."""
IN_A_ROW = 5
"""Points of a list ("First, ... Second, ...") that are shown, at most."""
APART = 3
"""Sentences between two points of a list, at most."""
_POINT = re.compile(
    r"\W*(?:first|second|third|fourth|fifth|final|last)(?:ly)?,|\W*(?:(?:an)?other|one)\s(?:\w+\s){0,2}?"
    r"(?:limitations?|shortcomings?|drawbacks?|weakness(?:es)?|caveats?)\b|\W*(?:in addition|additionally|moreover),",
    re.IGNORECASE,
)
"""How a sentence opens that is one of several points."""
_ANNOUNCES = re.compile(
    r"\b(?:some|several|few|two|three|four|five|certain|number\sof|following|are)\s(?:\w+\s){0,2}?"
    r"(?:limitations|shortcomings|drawbacks|weaknesses|caveats)\b",
    re.IGNORECASE,
)
"""How one does that says that such follow."""
_CONCLUSION = re.compile(r"\W*(?:conclusions?|interpretation)\b[^:.]{0,40}:", re.IGNORECASE)


@dataclass(frozen=True)
class Gist:
    """``name``: what a paper lacks that does not say it, "" where it may be said in words that roles do not know;
    ``asks``: how a question asks for it; ``does``: the roles of sentences that say it, and those of sentences that
    do where there is none; ``places``: zone → how much it counts there."""

    name: str
    asks: re.Pattern[str]
    does: tuple[tuple[str, ...], ...]
    places: Mapping[str, float]


def _gist(name: str, asks: str, does: tuple[tuple[str, ...], ...], places: Mapping[str, float]) -> Gist:
    return Gist(name, re.compile(asks, re.IGNORECASE), does, places)


_GISTS = (
    _gist(
        "",
        r"\b(?:conclusions?|conclud\w*|take-?(?:home|aways?)(?:\s+messages?)?)\b"
        r"|\b(?:main|key|central|principal|major|overall)\s+(?:\w+\s+)?(?:results?|findings?|outcomes?|messages?"
        r"|insights?)\b"
        r"|(?<!how )\b(?:find|found|shown?|discover|reveal)(?=\W*$)",
        (("result",),),
        {"abstract": 1.6, "discussion": 1.6},
    ),
    _gist(
        "its limits",
        r"\b(?:limitations?|limits|shortcomings?|drawbacks?|weakness(?:es)?|downsides?|caveats?|disadvantages?)\b",
        (("limit",), ("future",)),
        {"limit": 2.0, "future": 1.2, "discussion": 1.2, "abstract": 1.0, "result": 1.0},
    ),
    _gist(
        "its plans",
        r"\bfuture(?:\s+(?:works?|research|plans?|directions?|steps?|developments?))?\b|\bnext\s+steps?\b"
        r"|\bplan(?:s|ned)?\s+(?:for|to|next)\b|\bleft\s+(?:to\s+do|open)\b",
        (("future",),),
        {"future": 1.5, "discussion": 1.2, "abstract": 1.0, "result": 1.0, "": 1.0},
    ),
    _gist(
        "",
        r"\bwhat\s+(?:does|do|did)\s+[^?]*\b(?:papers?|articles?|stud(?:y|ies)|authors?)\b[^?]*\bdo\W*$"
        r"|\b(?:aims?|goals?|objectives?|purposes?)\b|\bwhat\s+(?:problems?|needs?|gap)\b"
        r"|\b(?:solves?|address(?:es)?|tackles?)\b|\b(?:used|useful|good|meant|intended|designed)\s+for(?=\W*$)"
        r"|^\W*why\b(?=.*\b(?:developed|created|built|introduced|made|needed|written)\W*$)",
        (("problem", "method"),),
        {"abstract": 2.0, "introduction": 1.2},
    ),
)
_FRAME = re.compile(
    r"\b(?:what|which|why|are|is|was|were|did|does|do|can|could|be|tell|me|us|give|summari[sz]e|list|the|of|in|for|by"
    r"|on"
    r"|there|any|its|their|planned|main|key|biggest|mentioned|stated|reported|says?|papers?|article|study|work|authors?"
    r"|research|review|report|package|survey|trial|developed|created|built|introduced|made|needed|written)\b",
    re.IGNORECASE,
)
"""Words that ask, or call a paper one."""
_CALLED = re.compile(
    r"\b(?:papers?|article|study|work|authors?|report|review|survey|trial)\b|[\"“”«»]", re.IGNORECASE
)


def asked_gist(question: str) -> Gist | None:
    """What of a whole paper a question is for; whether it is for more, only the paper's title can tell."""
    if len(question) > LONGEST:
        return None
    return next((gist for gist in _GISTS if gist.asks.search(question)), None)


def calls_paper(question: str) -> bool:
    """Whether it says that it is about a paper, by that word or by a title in quotation marks."""
    return bool(_CALLED.search(question))


def without_gist(gist: Gist, question: str) -> str:
    """What is left of the question without its asking: which paper is meant, or what else is asked."""
    return " ".join(["about", *_FRAME.sub(" ", gist.asks.sub(" ", question)).split()])


def doing(gist: Gist, paper: Paper, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that say it, at most ``SHOWN``, the surest first. ``sentences``: all of the paper's."""
    every = list(zip(sentences, roles(paper, sentences), strict=True))
    for wanted in gist.does:
        told = [
            (_weight(each, does, wanted) * gist.places.get(does.zone, ELSEWHERE), each)
            for each, does in every
        ]
        best = sorted(told, key=lambda each: -each[0])[:SHOWN]
        if best and best[0][0] >= LEAST:
            chosen = [each for weight, each in best if weight >= max(LEAST, SURE * best[0][0])]
            return (points(chosen, sentences) if "limit" in wanted else []) or chosen
    return []


def points(chosen: Sequence[Sentence], sentences: Sequence[Sentence]) -> list[Sentence]:
    """The points of the list that one of those ``chosen`` announces or belongs to, at most ``IN_A_ROW``; none if it
    has but one. ``sentences``: all of the paper's, in reading order."""
    for one in chosen:
        section = [each for each in sentences if each.section == one.section and each.kind == "sentence"]
        lists: list[list[int]] = []
        for n in (n for n, each in enumerate(section) if _POINT.match(each.text)):
            if lists and n - lists[-1][-1] <= APART:
                lists[-1].append(n)
            else:
                lists.append([n])
        announced = section.index(one) if _ANNOUNCES.search(one.text) else len(section)
        for places in lists:
            here = [section[n] for n in places]
            if len(here) > 1 and (one in here or 0 < places[0] - announced <= APART):
                return here[:IN_A_ROW]
    return []


def _weight(sentence: Sentence, does: Rhetoric, wanted: tuple[str, ...]) -> float:
    weight = sum(does.weight(role) for role in wanted)
    if not does.is_prose or not (does.role in wanted or weight >= BESIDE):
        return 0.0
    return weight * (LABELLED if "result" in wanted and _CONCLUSION.match(sentence.text) else 1.0)
