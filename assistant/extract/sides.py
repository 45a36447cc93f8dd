"""Question → its sides, where it asks about two papers: two questions in one, or a comparison.

No grammar decides this, but the papers: a question has two sides if it joins or compares, and if two of the
retrieved papers each speak of something in it that the other does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.extract.candidates import Candidate
from assistant.extract.question import Question
from assistant.text.parts import JOINS, clauses, without
from assistant.text.terms import fold

_ADDED = 0.12
"""The least share of the question's weight that each paper must add to the other."""
_NAME_WEIGHT = 1.5
"""A name counts so many times as much as another word of its rarity."""
_TOPICAL = 2.5
"""The rarity from which a word may tell two papers apart; of the dev sets' 40 questions on two papers 35 are seen at
2.5 to 3, 34 at 3.5, 30 at 4.5."""
SPOKEN = 0.8
"""The least match of a name that a paper speaks of."""


@dataclass(frozen=True)
class Side:
    """One side of a question, and the paper that speaks of it."""

    question: Question
    candidate: Candidate


def unspoken(question: Question, candidates: Sequence[Candidate]) -> str:
    """The question's names that no candidate speaks of, as a text to search for: a side that one search for
    the whole question did not bring."""
    if not JOINS.search(question.text):
        return ""
    known = {word for candidate in candidates for word in _spoken(question, candidate)}
    return " ".join(name for name in question.names if name not in known)


def sides(question: Question, candidates: Sequence[Candidate], rarity: Mapping[str, float]) -> list[Side]:
    """Two sides in the question's order, or none if it has but one. ``candidates``: the retrieved papers, best
    first; ``rarity``: idf by stem."""
    if len(candidates) < 2 or not JOINS.search(question.text):
        return []
    weights = {word: rarity.get(word, 1.0) for word in _topics(question)}
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


def _topics(question: Question) -> list[str]:
    return question.topics_from(_TOPICAL)


def _spoken(question: Question, candidate: Candidate) -> set[str]:
    """The question's topics and names that stand in the paper."""
    found = {topic for topic in _topics(question) if topic in candidate.stems}
    return found | {name for name in question.names if candidate.bears(name) >= SPOKEN}


def _assigned(question: Question, pair: Sequence[tuple[Candidate, set[str]]]) -> list[Side]:
    """Each paper with the clause that speaks of it; with the whole question, less what only the other paper
    is named by, where there are no two clauses."""
    parts = clauses(question.text)
    if len(parts) == 2:
        marks = [[_said(part, own - other) for part in parts] for own, other in _each_way(pair)]
        straight, crossed = marks[0][0] + marks[1][1], marks[0][1] + marks[1][0]
        if straight != crossed:
            order = (0, 1) if straight > crossed else (1, 0)
            return [Side(Question(parts[i]), pair[order[i]][0]) for i in (0, 1)]
    found = []
    for (candidate, _), (own, other) in zip(pair, _each_way(pair), strict=True):
        text = without(question.text, [name for name in question.names if name in other - own])
        first = min((fold(question.text).find(fold(word)) for word in own - other), default=0)
        found.append((first, Side(Question(text), candidate)))
    return [side for _, side in sorted(found, key=lambda each: each[0])]


def _each_way(pair: Sequence[tuple[Candidate, set[str]]]) -> list[tuple[set[str], set[str]]]:
    return [(pair[0][1], pair[1][1]), (pair[1][1], pair[0][1])]


def _said(clause: str, words: set[str]) -> int:
    return sum(fold(word) in fold(clause) for word in words)
