"""What a question is after beside its topic → how much likelier a sentence answers it by its role in its paper.

An aim says the question again and comes first; a finding answers it. Nearness of words, which ranks sentences, takes
the one for the other. The factors were set on dev halves (eval/LOG.md).
"""

import re
from collections.abc import Sequence

import numpy as np

from assistant.text.roles import Rhetoric, rhetoric
from assistant.text.zones import zones
from assistant.types import Paper, Sentence, Vectors

LIKELIEST = 60
"""Sentences whose role is looked at."""
AIM = 0.5
"""What is left of the chance of a plain aim, where the question is after none."""
PLAIN_AIM = 2.6
"""The least weight of the role "problem" that makes a sentence one."""
FINDING, KNOWN = 2.0, 0.6
"""Times as likely as it looks does a finding say whether something is so, and what was known before."""
OPEN = 5.0
"""Times as likely does a sentence tell of limits or plans that does nothing else."""
TOLD = 1.0
"""The least weight of such a role that makes it do so."""
_AFTER_AIMS = re.compile(
    r"\b(?:aims?|goals?|objectives?|purposes?|why|investigat\w*|problems?|motivat\w*|intend\w*|set out|hypothes\w*"
    r"|questions?)\b",
    re.IGNORECASE,
)
_AFTER_OPEN = re.compile(
    r"\b(?:limit(?:ations?|ed|s)?|shortcomings?|drawbacks?|weakness(?:es)?|downsides?|caveats?|disadvantages?|not yet"
    r"|unsupported|future|next steps?|plan(?:s|ned|ning)?|remain(?:s|ing)? to|still (?:to|missing|open|lack\w*))\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"^\W*(?:[^?:]{0,80}: )?(?:is|are|was|were|do|does|did|can|could|has|have|will|would|should)\b",
    re.IGNORECASE,
)
"""Opens a question that yes or no answers, also behind a title's first half."""


def suited(
    question: str, paper: Paper, every: Sequence[Sentence], read: Sequence[Sentence], chances: Vectors
) -> Vectors:
    """``chances``, shape (sentences,), that those ``read`` answer, weighed by their roles: they tell which is likelier,
    and may be above 1. ``every``: all sentences of the paper, in reading order."""
    asks = tuple(bool(pattern.search(question)) for pattern in (_AFTER_OPEN, _WHETHER, _AFTER_AIMS))
    place = {each.number: zone for each, zone in zip(every, zones(paper, every), strict=True)}
    found = chances.copy()
    for i in np.argsort(-chances, kind="stable")[:LIKELIEST]:
        found[i] *= _factor(rhetoric(read[i], place[read[i].number]), *asks)
    return found


def _factor(does: Rhetoric, after_open: bool, whether: bool, after_aims: bool) -> float:
    if after_open:
        return OPEN if max(does.weight("limit"), does.weight("future")) >= TOLD else 1.0
    factor = 1.0
    if whether:
        factor = {"result": FINDING, "background": KNOWN}.get(does.role, 1.0)
    if does.role == "problem" and does.weight("problem") >= PLAIN_AIM and not after_aims:
        factor *= AIM
    return factor
