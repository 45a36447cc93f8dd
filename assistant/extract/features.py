"""A question and a paper read beside it → what speaks for each sentence, and for the paper answering at all.

The features of the models "sentence" and "answer" (models.py). eval/LOG.md says what each is worth.
"""

from collections.abc import Mapping, Sequence, Set

import numpy as np

from assistant.extract.candidates import Candidate, Reading, stems
from assistant.extract.question import Question
from assistant.types import Vectors

SENTENCE_FEATURES = (
    "gain", "share", "focus", "coverage", "in_place", "place", "found", "number", "number_asked",
)  # fmt: skip
ANSWER_FEATURES = (
    *("worst_name", "focus", "number_lacking", "count", "count_lacking", "kind", "deed"),
    *("words", "names", "hits", "gap", "said_least", "rare_absent", "whole"),
)
_SHARP = 20.0
"""How sharply a word of the question is shared among the sentences that are near it."""
_TOP = 3
"""Sentences in which what is asked for may stand."""
_NAMES = 3
"""Names of a question that are counted; a pasted page has many."""
_PRESENT = 0.65
"""The nearness to some word of the paper from which a word of the question counts as said there."""


def sentence_features(question: Question, reading: Reading, weights: Mapping[str, float]) -> Vectors:
    """Shape (sentences, features), in the order of SENTENCE_FEATURES. ``weights``: idf of the question's stems."""
    near, rows = reading.near, len(reading.sentences)
    # What the title or every sentence says tells none of them apart.
    gain = np.maximum(near - np.maximum(reading.title, near.mean(axis=0)), 0).mean(axis=1)
    sharp = np.exp(_SHARP * near)
    share = (sharp / sharp.sum(axis=0)).mean(axis=1)
    asked = np.isin(reading.words, question.focus)
    focus = near[:, asked].mean(axis=1) - near.mean(axis=1) if asked.any() else np.zeros(rows)
    covered = [coverage(weights, stems(sentence.text)) for sentence in reading.sentences]
    place = np.arange(rows) / max(1, rows - 1)
    number = np.array([question.new_numbers(sentence.text) for sentence in reading.sentences], dtype=float)
    around = _in_place(reading, weights)
    columns = (
        gain,
        share,
        focus,
        covered,
        around,
        place,
        reading.found,
        number,
        question.asks_number * number,
    )
    return np.column_stack(columns).astype(np.float32)


def _in_place(reading: Reading, weights: Mapping[str, float]) -> list[float]:
    """How much of the question each sentence says with its section's heading and the sentence before it."""
    held = [stems(each.section or "") | stems(each.text) for each in reading.sentences]
    follows = [
        n > 0 and each.number == reading.sentences[n - 1].number + 1
        for n, each in enumerate(reading.sentences)
    ]
    return [
        coverage(weights, own | (held[n - 1] if follows[n] else frozenset())) for n, own in enumerate(held)
    ]


def coverage(weights: Mapping[str, float], held: Set[str]) -> float:
    """The share of the weight of stems that is ``held``."""
    return sum(weight for key, weight in weights.items() if key in held) / (sum(weights.values()) or 1.0)


def answer_features(
    question: Question, candidate: Candidate, reading: Reading, order: Sequence[int], gap: float
) -> Vectors:
    """Whether the candidate answers, seen from its best sentences. Shape (features,), in the order of
    ANSWER_FEATURES. ``order``: the sentences read, best first; ``gap``: how far retrieval's score of the paper is
    above the next one's."""
    best, top = order[0], list(order[:_TOP])
    texts = [reading.sentences[i].text for i in top]
    near = np.maximum(reading.near, reading.title)
    asked = np.isin(reading.words, question.focus)
    held = stems(f"{candidate.header} {texts[0]}")
    said = np.where([word in held for word in reading.words], 1.0, near[best])
    whole = np.where([word in candidate.stems for word in reading.words], 1.0, near.max(axis=0))
    topical = np.isin(reading.words, question.topics)
    values = (
        min((candidate.bears(name) for name in question.names), default=1.0),
        near[top].max(axis=0)[asked].min() if asked.any() else 1.0,
        question.asks_number and not question.new_numbers(texts[0]),
        question.asks_count,
        question.asks_count and not any(map(question.counted, texts)),
        question.asks_kind,
        question.asks_deed,
        len(set(reading.words)),
        min(_NAMES, len(question.names)),
        len(candidate.hits),
        gap,
        said.min(initial=1.0),
        max(_PRESENT - whole[topical], default=0.0),
        whole.mean(),
    )
    return np.array(values, dtype=np.float32)
