"""A case and what came of it → its measures, each from 0 to 1 unless its name says otherwise.

A shown sentence answers if its quote overlaps a gold sentence by half of either, or holds, in a right paper, a fact of
each kind that is asked for; it is relevant if it answers, or overlaps a sentence that is listed as relevant. Of what is
not there nothing is said: a refusal has no quotes that could be exact, and a list no sentence that answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

from eval.readable import faults
from eval.sets import holds
from eval.suite import Case, Span
from eval.told import Said, Told

DEPTHS = (1, 5, 10)
_BOTH = ("chain",)
"""Kinds whose answer must cite every paper that is named."""
UNITS = ("seconds", "words shown", "tokens", "dollars")
"""Measures that are no shares."""


@dataclass(frozen=True)
class Outcome:
    case: Case
    told: Told
    values: Mapping[str, float]


def outcome(case: Case, told: Told) -> Outcome:
    return Outcome(case, told, values(case, told))


def values(case: Case, told: Told) -> dict[str, float]:
    found = _shown(told) | {"seconds": told.seconds}
    if told.tokens:
        found["tokens"] = float(told.tokens)
    if told.cost is not None:
        found["dollars"] = told.cost
    if not case.is_answerable:
        return found | {"refused, unanswerable": float(told.is_refused)}
    found["refused, answerable"] = float(told.is_refused)
    found |= _retrieved(case, told)
    return found | (_listed(case, told) if case.is_list else _answered(case, told))


def _shown(told: Told) -> dict[str, float]:
    """What can be said of any claims, whatever was asked."""
    if not told.said:
        return {}
    found = {
        "readable": _mean([not faults(said.text) for said in told.said]),
        "citation recall": _mean([said.is_supported for said in told.said]),
        "words shown": float(sum(len(said.text.split()) for said in told.said)),
    }
    if told.quotes:
        found["quotes exact"] = _mean([quote.is_exact for quote in told.quotes])
        found["citation precision"] = _mean(
            [said.is_supported and (q.alone or not q.rest) for said in told.said for q in said.quotes]
        )
    return found


def _retrieved(case: Case, told: Told) -> dict[str, float]:
    """Of the search for the question itself; a follow-up is searched for as it was understood, which is not kept."""
    if case.before or not told.found:
        return {}
    right = [paper in case.papers for paper in told.found]
    ideal = sum(1 / log2(i + 2) for i in range(min(len(case.papers), 10)))
    found = {
        f"retrieval recall@{depth}": sum(right[:depth]) / min(len(case.papers), depth) for depth in DEPTHS
    }
    found["retrieval nDCG@10"] = sum(is_right / log2(i + 2) for i, is_right in enumerate(right[:10])) / ideal
    if case.gold and not case.is_list:
        found["gold among 12 passages"] = float(
            any(key == paper and start < last and first < end for key, start, end in case.gold
                for paper, first, last in told.passages)
        )  # fmt: skip
    return found


def _listed(case: Case, told: Told) -> dict[str, float]:
    right = len(set(case.papers) & set(told.cited))
    return {
        "list recall": right / len(case.papers),
        "list precision": right / len(told.cited) if told.cited else 0.0,
    }


def _answered(case: Case, told: Told) -> dict[str, float]:
    first = next((quote.paper for quote in told.quotes), None)
    found = {"right paper first": float(first in case.papers)}
    if case.kind in _BOTH:
        found["every paper cited"] = float(set(case.papers) <= set(told.cited))
    if not case.facts and not case.gold:  # only papers are known to be right
        return found
    answers = [does_answer(said, case) for said in told.said]
    found["first sentence answers"] = float(bool(answers) and answers[0])
    found["some sentence answers"] = float(any(answers))
    if case.facts:
        text = " ".join(quote.text for quote in told.quotes)
        found["all facts shown"] = float(bool(text) and all(holds(text, fact) for fact in case.facts))
    if answers:
        found["shown is relevant"] = _mean(
            [a or is_relevant(s, case) for a, s in zip(answers, told.said, strict=True)]
        )
    return found


def does_answer(said: Said, case: Case) -> bool:
    text = " ".join(quote.text for quote in said.quotes)
    is_right = any(quote.paper in case.papers for quote in said.quotes)
    has_facts = bool(case.facts) and all(holds(text, fact) for fact in case.facts)
    return _overlaps(said, case.gold) or (is_right and has_facts)


def is_relevant(said: Said, case: Case) -> bool:
    return _overlaps(said, case.relevant)


def _overlaps(said: Said, spans: Sequence[Span]) -> bool:
    return any(
        paper == quote.paper and meet(start, end, quote.start, quote.end)
        for quote in said.quotes
        for paper, start, end in spans
    )


def meet(start: int, end: int, first: int, last: int) -> bool:
    """Whether two stretches share half of either."""
    return 2 * (min(end, last) - max(start, first)) >= min(end - start, last - first)


def _mean(given: Sequence[bool]) -> float:
    return float(np.mean(given))
