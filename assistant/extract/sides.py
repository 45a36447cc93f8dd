"""Question → its sides, where it asks about two papers: two questions in one, or a comparison.

No grammar decides this, but the papers: a question has two sides if it joins or compares, and if two of the
retrieved papers each speak of something in it that the other does not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.extract.features import Candidate
from assistant.extract.question import Question, name_match
from assistant.text.terms import fold, stem

_JOINS = re.compile(
    r"\b(?:and|or|but|while|whereas|versus|vs|compar\w*|contrast\w*|differ\w*|both|each|respectively|unlike|another"
    r"|opposed|than|in common|similar|alike)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;?:]?\s+(?:and|whereas|while|but)\s+(?:also\s+)?"
    r"(?=(?:(?:by|in|on|to|for|under|from|into|with|at)\s+)?"
    r"(?:how|what|which|who|whose|why|where|when|does|do|did|is|are|was|were)\b)|[?;]\s+(?=\S)",
    re.IGNORECASE,
)
_ADDED = 0.12
"""The least share of the question's weight that each paper must add to the other."""
_MOST = 4
"""Parts of a question that are searched for."""
_NAME_WEIGHT = 1.5
"""A name counts so many times as much as another word of its rarity."""


@dataclass(frozen=True)
class Side:
    """One side of a question, and the paper that speaks of it."""

    question: Question
    candidate: Candidate


def searches(text: str) -> list[str]:
    """What to search for of a question with several parts, besides the whole of it: its clauses; where it joins
    or compares names, the question by each of them alone."""
    clauses = [clause.strip(" ,;?") for clause in _CLAUSE.split(text) if len(clause.split()) > 2]
    if len(clauses) > 1:
        return clauses[:_MOST]
    names = Question(text).names if _JOINS.search(text) else []
    if len(names) < 2:
        return []
    return [_without(text, [other for other in names if other != name]) for name in names[:_MOST]]


def unspoken(question: Question, candidates: Sequence[Candidate]) -> str:
    """The question's names that no candidate speaks of, as a text to search for: a side that one search for
    the whole question did not bring."""
    if not _JOINS.search(question.text):
        return ""
    known = {word for candidate in candidates for word in _spoken(question, candidate)}
    return " ".join(name for name in question.names if name not in known)


def sides(question: Question, candidates: Sequence[Candidate], rarity: dict[str, float]) -> list[Side]:
    """Two sides in the question's order, or none if it has but one. ``candidates``: the retrieved papers, best
    first; ``rarity``: idf by stem."""
    if len(candidates) < 2 or not _JOINS.search(question.text):
        return []
    weights = {word: rarity.get(stem(word), 1.0) for word in question.nouns}
    weights |= {name: _NAME_WEIGHT * max(rarity.values(), default=1.0) for name in question.names}
    total = sum(weights.values()) or 1.0
    spoken = [_spoken(question, candidate) for candidate in candidates]
    best: tuple[float, tuple[int, int]] | None = None
    for pair in combinations(range(len(candidates)), 2):
        one, two = (spoken[i] for i in pair)
        added = min(sum(weights[w] for w in one - two), sum(weights[w] for w in two - one)) / total
        together = sum(weights[w] for w in one | two) / total + 0.5 * sum(candidates[i].score for i in pair)
        if added >= _ADDED and (best is None or together > best[0]):
            best = (together, pair)
    if best is None:
        return []
    alone = max(
        sum(weights[w] for w in words) / total + candidates[i].score for i, words in enumerate(spoken)
    )
    if best[0] <= alone:
        return []
    return _assigned(question, [(candidates[i], spoken[i]) for i in best[1]])


def _spoken(question: Question, candidate: Candidate) -> set[str]:
    """The question's nouns and names that stand in the paper."""
    plain = fold(candidate.text)
    found = {noun for noun in question.nouns if stem(noun) in candidate.stems}
    return found | {
        name for name in question.names if name_match(name, candidate.keys, candidate.stems, plain) >= 0.8
    }


def _assigned(question: Question, pair: Sequence[tuple[Candidate, set[str]]]) -> list[Side]:
    """Each paper with the clause that speaks of it; with the whole question, less what only the other paper
    is named by, where there are no two clauses."""
    clauses = [clause.strip(" ,;") for clause in _CLAUSE.split(question.text) if len(clause.split()) > 2]
    if len(clauses) == 2:
        marks = [[_said(clause, own - other) for clause in clauses] for own, other in _each_way(pair)]
        straight, crossed = marks[0][0] + marks[1][1], marks[0][1] + marks[1][0]
        if straight != crossed:
            order = (0, 1) if straight > crossed else (1, 0)
            return [Side(Question(clauses[i]), pair[order[i]][0]) for i in (0, 1)]
    found = []
    for (candidate, _), (own, other) in zip(pair, _each_way(pair), strict=True):
        text = _without(question.text, [name for name in question.names if name in other - own])
        found.append(
            (min((question.text.find(w) for w in own - other), default=0), Side(Question(text), candidate))
        )
    return [side for _, side in sorted(found, key=lambda each: each[0])]


def _each_way(pair: Sequence[tuple[Candidate, set[str]]]) -> list[tuple[set[str], set[str]]]:
    return [(pair[0][1], pair[1][1]), (pair[1][1], pair[0][1])]


def _said(clause: str, words: set[str]) -> int:
    return sum(fold(word) in fold(clause) for word in words)


def _without(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?:'s)?(?!\w)", " ", text)
    return " ".join(text.split())
