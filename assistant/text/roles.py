"""A paper's sentences → what each does in it: its rhetorical role.

Told from what stands around a sentence (its heading, the label of a structured abstract, its place) and in it: cue
words, person and tense, figures, marks of citation. Each adds to the weight of the roles that it speaks for, as in
argumentative zoning (Teufel and Moens 2002); the heaviest role is the sentence's. Weights were set by hand and
measured by what summaries of them hold (eval/LOG.md).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.text.cues import CUES
from assistant.text.numbers import numbers
from assistant.text.showable import is_readable
from assistant.text.zones import Zone, zones
from assistant.types import Paper, Sentence

ROLES = ("background", "problem", "method", "data", "result", "limit", "future", "code")
"""What was known; what is missing and so aimed at; how, on what; what was found; what it does not hold for; what is
left to do; where program and data are to be had."""
OTHER = "other"
"""Nothing speaks for any; or it is no sentence of the argument: a heading, caption, row, thanks, listing."""

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Rhetoric:
    """``role``: one of ``ROLES``, or ``OTHER``; ``weights``: of each role that something speaks for, more is surer, 3
    is sure; ``zone``: where it stands: abstract, introduction, method, data, result, discussion, limit, future, code,
    other, or "" where no heading says; ``is_prose``: whether it is a whole sentence of the paper's own matter, fit to
    be shown alone."""

    role: str
    weights: Weights
    zone: str
    is_prose: bool

    def weight(self, role: str) -> float:
        return self.weights.get(role, 0.0)


def roles(paper: Paper, sentences: Sequence[Sentence]) -> list[Rhetoric]:
    """One for each of the paper's ``sentences``, which are all of them, in reading order."""
    return [rhetoric(each, zone) for each, zone in zip(sentences, zones(paper, sentences), strict=True)]


_BY_ZONE: Mapping[str, Weights] = {
    "introduction": {"background": 1.5, "problem": 0.5},
    "aim": {"problem": 3.0},
    "method": {"method": 1.6, "data": 0.4},
    "data": {"data": 1.6, "method": 0.4},
    "result": {"result": 1.6},
    "discussion": {"result": 0.9, "limit": 0.3, "future": 0.3},
    "limit": {"limit": 3.0},
    "future": {"future": 2.5},
    "code": {"code": 1.0},
}
_BY_LABEL = 1.5
"""A label in an abstract says so much more than a heading over pages."""

_CITED = re.compile(
    r"\[\d[\d,;\s–\[\]-]*\]|\((?:[^()]*,\s*)?(?:19|20)\d\d[a-z]?\s*[;)]|\bet al\b|[a-z)][⁰¹²³⁴-⁹]+"
)
_OWN = re.compile(
    r"\b(?:we|our|this (?:paper|study|work|article|review)|the present (?:study|work)|here)\b", re.IGNORECASE
)
_PAST = re.compile(r"\b(?:was|were|had|did|\w{3,}ed)\b")
_IS_CALENDAR = re.compile(r"(?:19|20)\d\d")


def rhetoric(sentence: Sentence, zone: Zone) -> Rhetoric:
    """What a sentence does that stands in this zone of its paper."""
    if zone.name == OTHER or sentence.kind != "sentence" or not is_readable(sentence.text):
        return Rhetoric(OTHER, {}, zone.name, False)
    weights = dict.fromkeys(ROLES, 0.0)
    kind = zone.label or zone.name
    for told, by in (
        (_BY_LABEL if zone.label else 1.0, _BY_ZONE.get(kind, {})),
        (1.0, _by_words(sentence.text, kind)),
        (1.0, _by_place(zone.share) if kind == "abstract" else {}),
    ):
        for role, weight in by.items():
            weights[role] += told * weight
    found = {role: round(weight, 3) for role, weight in weights.items() if weight > 0}
    best = max(found, key=found.__getitem__, default=OTHER)
    return Rhetoric(best if found.get(best, 0.0) >= _LEAST else OTHER, found, zone.name, True)


_LEAST = 0.8
"""A role that less speaks for is none."""


def _by_words(text: str, zone: str) -> Weights:
    weights: dict[str, float] = {}
    for role, weight, pattern in CUES:
        if pattern.search(text):
            weights[role] = weights.get(role, 0.0) + weight
    own, cited = _OWN.search(text) is not None, _CITED.search(text) is not None
    if cited and not own:  # of others
        weights["background"] = weights.get("background", 0.0) + 1.2
        for role in ("problem", "method", "result", "limit"):
            weights[role] = weights.get(role, 0.0) * (0.8 if zone in ("result", "method") else 0.4)
    figures = [n for n in numbers(_CITED.sub("", text)) if n.in_digits and not _IS_CALENDAR.fullmatch(n.text)]
    if figures and zone not in ("method", "data"):
        shares = min(1.2, 0.6 + 0.3 * sum(n.percent for n in figures))
        weights["result"] = weights.get("result", 0.0) + (0.5 * shares if "method" in weights else shares)
    if zone in ("introduction", "abstract") and "limit" in weights and not own:  # of what there was before
        weights["problem"] = weights.get("problem", 0.0) + 0.5 * weights.pop("limit")
    if zone in ("discussion", "result", "limit", "future") and "problem" in weights:  # of what is still open
        weights["problem"] *= 0.3
    if zone == "method" and _PAST.search(text):
        weights["method"] = weights.get("method", 0.0) + 0.5
    return weights


def _by_place(share: float) -> Weights:
    """What an abstract's sentence without a label does by its place."""
    if share < 0.35:
        return {"background": 0.8, "problem": 0.6}
    return {"method": 0.6} if share < 0.65 else {"result": 0.8}
