"""The kind of thing that answers a question (a number, a share, a duration, a date, a reason) → how much likelier a
sentence that holds one answers it.

What is expected is told by the question's form (Li and Roth 2002). Factors were set on dev halves (eval/LOG.md).
"""

import re
from collections.abc import Sequence

import numpy as np

from assistant.extract.question import Question
from assistant.types import Draft, Sentence, Vectors

LACKING = 0.3
"""What is left of the chance of a sentence without the kind of thing that is asked for; once for each kind."""
COUNTED = 4.0
"""Times as likely does a sentence answer "how many" that gives a number of just these."""
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_KINDS = tuple(
    (re.compile(asks, re.IGNORECASE), re.compile(holds, re.IGNORECASE))
    for asks, holds in (
        (r"\b(?:percent\w*|share|proportion|fraction|rate)\b", r"\d\s?%|\bper ?cent"),
        (
            r"\bhow (?:long|much time|fast|quick\w*)\b|\bduration\b|\brun ?time\b|\blatency\b|\b(?:seconds|minutes"
            r"|hours)\b",
            r"\d\s?(?:s|ms|µs|ns|sec\w*|min\w*|h|hours?|days?|weeks?|months?|years?)\b",
        ),
        (
            r"^\W*(?:since )?when\b|\b(?:which|what) (?:year|month|date|dates|day|period)\b",
            rf"\b(?:1[89]|20)\d\d\b|\b(?-i:{_MONTH})\b",
        ),
        (
            r"\bwhy\b|\breasons?\b|\bwhat (?:explains|makes|causes)\b|\bhow come\b",
            r"\b(?:because|since|due to|owing to|reasons?|therefore|thus|hence|so that|in order to|to avoid|caused?"
            r"|causes"
            r"|as a result|result(?:s|ed)? (?:from|in)|allow\w*|explain\w*|likely)\b",
        ),
        (
            r"\b(?:built|based|implemented|written|rel(?:y|ies)|depends?)\s+(?:up)?(?:on|in|with)(?=\W*$)",
            r"\b(?:built|based|on top of|builds|implemented|written|rel(?:y|ies)|depend\w*|us(?:es?|ed|ing)|wraps?)\b",
        ),
    )
)
"""How a kind of thing is asked for, and what holds one."""


def expected(question: Question, sentences: Sequence[Sentence]) -> Vectors:
    """Shape (sentences,): a factor for the chance of each."""
    found = np.ones(len(sentences), dtype=np.float32)
    kinds = [holds for asks, holds in _KINDS if asks.search(question.text)]
    for n, sentence in enumerate(sentences):
        lacking = sum(not holds.search(sentence.text) for holds in kinds)
        if question.asks_number or question.asks_count:
            lacking += not question.new_numbers(sentence.text)
        found[n] = LACKING**lacking
        if question.asks_count and question.counted(sentence.text):
            found[n] *= COUNTED
    return found


def gives_number(question: Question, draft: Draft) -> bool:
    """Whether a claim gives a number, or no amount is asked for: without one, of those that answered such
    questions none was right (eval/LOG.md)."""
    if not draft.claims or not question.asks_amount:
        return True
    shown = [draft.offered.sentences[tag].text for claim in draft.claims for tag in claim.shown_by]
    return any(map(question.new_numbers, shown))
