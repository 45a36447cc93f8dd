"""A question and the best sentences of its best paper → what speaks for them answering it at all.

The features of the "answer" model in ``judge.py``: what is asked for must be there. A name or a thing that the
paper lacks, a number where none stands, a name asked for where only the paper's own stands: each is evidence
that the papers do not say.
"""

import re
from collections.abc import Sequence

import numpy as np

from assistant.extract.features import SENTENCE_FEATURES, Candidate, closeness
from assistant.extract.question import Question, names_in, squashed
from assistant.extract.vocabulary import (
    ASKS_COUNT,
    ASKS_HOW,
    ASKS_NUMBER,
    ASKS_PLACE,
    ASKS_WHY,
    COMMON_ACRONYMS,
    NUMBER_WORD,
)
from assistant.text.terms import STOP_WORDS, fold, stem, tokens
from assistant.types import Vectors

ANSWER_FEATURES = (
    "sentence", "cosine", "titled_cosine", "best_cosine", "worst_name", "mean_name", "absent_noun", "absent_nouns",
    "nouns_in_sentence", "nouns_in_best", "phrase", "phrase_in_best", "asks_focus", "name_lacking",
    "name_far", "focus_far", "number_far", "count_apart", "number_lacking", "asks_number", "asks_why", "asks_how",
    "asks_place", "address", "series", "expansion", "nouns", "gap",
)  # fmt: skip


def answer_features(
    question: Question, candidate: Candidate, rows: Vectors, order: Sequence[int], gap: float
) -> Vectors:
    """Whether the candidate answers the question, seen from its best sentences. Shape (features,), in the
    order of ANSWER_FEATURES. ``rows``: its ``sentence_features``; ``order``: its sentences, best first, with
    the best's score in ``rows``' last column; ``gap``: how far its score is above the next paper's."""
    embedder, text = candidate.embedder, question.text
    best, three = order[0], order[:3]
    sentence = candidate.sentences[best].text
    row = dict(zip((*SENTENCE_FEATURES, "score"), map(float, rows[best]), strict=True))
    top = f"{candidate.header} {' '.join(candidate.sentences[i].text for i in three)}"
    names = candidate.names(question)
    in_paper = closeness(embedder, question.nouns, candidate.text)
    in_top = closeness(embedder, question.nouns, top)
    in_sentence = closeness(embedder, question.nouns, f"{candidate.header} {sentence}")
    phrase, phrase_top = _phrase(question, candidate, sentence), _phrase(question, candidate, top)
    new = _new_names(question, candidate, sentence)
    number = bool(ASKS_NUMBER.search(text))
    far = max(0.0, 0.75 - phrase) if question.topical_focus else 0.0
    adjacent = any(_number_beside_focus(question, candidate.sentences[i].text) for i in three)
    return np.array([
        row["score"], row["cosine"], row["titled_cosine"], float(rows[:, 0].max()),
        min(names, default=1.0), _mean(names),
        max((max(0.0, 0.65 - c) for c in in_paper), default=0.0), sum(max(0.0, 0.6 - c) for c in in_paper),
        _mean(in_sentence), sorted(in_top)[1] if len(in_top) > 1 else 1.0,
        phrase, phrase_top, bool(question.topical_focus),
        question.asks_name and not new, question.asks_name and bool(new) and far,
        not question.asks_name and not number and far, number and far,
        bool(ASKS_COUNT.search(text)) and not adjacent,
        number and not any(_has_number(question, candidate.sentences[i].text) for i in three),
        number, bool(ASKS_WHY.search(text)), bool(ASKS_HOW.search(text)), bool(ASKS_PLACE.search(text)),
        row["address"], row["series"], row["expansion"], min(8, len(question.nouns)) / 8, gap,
    ], dtype=np.float32)  # fmt: skip


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def _phrase(question: Question, candidate: Candidate, text: str) -> float:
    """The cosine of the focus, as one phrase, to the nearest run of one to three words; 1 without a focus."""
    if not question.topical_focus:
        return 1.0
    runs = _runs(f"{candidate.header} {text}")
    if not runs:
        return 0.0
    embed = candidate.embedder.embed
    return float((embed(runs) @ embed([" ".join(question.topical_focus[:3])])[0]).max())


def _runs(text: str) -> list[str]:
    words = [word.strip(".") for word in re.findall(r"[\w%.-]+", text.lower())]
    runs = [words[i : i + size] for size in (1, 2, 3) for i in range(len(words) - size + 1)]
    return list(dict.fromkeys(" ".join(run) for run in runs if not STOP_WORDS & {run[0], run[-1]}))


def _new_names(question: Question, candidate: Candidate, text: str) -> list[str]:
    """The names in ``text`` that could answer: not in the question, no kind of thing, not the paper's own."""
    asked = set(tokens(question.text))
    return [
        name
        for name in names_in(text)
        if not set(tokens(name)) <= asked
        and fold(name).rstrip("s") not in COMMON_ACRONYMS
        and squashed(name).removesuffix("s") not in candidate.own_names
        and squashed(name) not in candidate.own_names
    ]


def _numbers(question: Question, text: str) -> list[tuple[int, list[str]]]:
    """(place, words) of the numbers in ``text`` that the question does not hold."""
    words = re.findall(r"[\w.,%$&-]+", re.sub(r"\(?\b\d\)", " ", text))  # not the 1) 2) 3) of a list
    return [
        (i, words)
        for i, word in enumerate(words)
        if (re.match(r"[^A-Za-z]*\d", word) and word not in question.text) or NUMBER_WORD.match(word.lower())
    ]


def _has_number(question: Question, text: str) -> bool:
    return bool(_numbers(question, text))


def _number_beside_focus(question: Question, text: str) -> bool:
    """Whether a number is followed, within four words, by what is counted."""
    counted = {stem(word) for word in question.topical_focus}
    for i, words in _numbers(question, text):
        if counted & {stem(token) for token in tokens(" ".join(words[i + 1 : i + 5]))}:
            return True
    return False
