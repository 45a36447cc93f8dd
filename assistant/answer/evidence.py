"""Question and candidate papers → what speaks for each sentence, and for the paper answering at all.

Features for the small logistic models in ``judge.py``. Semantic closeness comes from the embedder applied to
sentences, to single words and to short phrases; a stem that matches counts as 1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from assistant.answer.question import Question, name_keys, name_match, names_in, squashed
from assistant.answer.vocabulary import (
    ADDRESS,
    ASKS_ACRONYM,
    ASKS_COUNT,
    ASKS_HOW,
    ASKS_NUMBER,
    ASKS_PLACE,
    ASKS_RESULT,
    ASKS_SEVERAL,
    ASKS_WHICH,
    ASKS_WHY,
    COMMON_ACRONYMS,
    EXPANSION,
    MEANS,
    NUMBER,
    NUMBER_WORD,
    OFFER,
    REASON,
    RESULT,
    SERIES,
)
from assistant.terms import STOP_WORDS, content_stems, fold, stem, tokens
from assistant.types import Embedder, Paper, Vectors


@dataclass(frozen=True)
class Sentence:
    """A sentence of a candidate paper: ``paper.text[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Candidate:
    """A paper that retrieval brought, and the sentences of it that may answer, in reading order.
    ``score``: its best passage's, as in Hit."""

    paper: Paper
    sentences: Sequence[Sentence]
    score: float
    embedder: Embedder

    @cached_property
    def header(self) -> str:
        return self.paper.title or self.paper.handle or ""

    @cached_property
    def text(self) -> str:
        """All that the paper may be asked about: what it is called, by whom, and the sentences."""
        parts = [self.header, self.paper.handle or "", " ".join(self.paper.authors)]
        return " ".join([*parts, *(sentence.text for sentence in self.sentences)])

    @cached_property
    def keys(self) -> set[str]:
        return name_keys(self.text)

    @cached_property
    def stems(self) -> set[str]:
        words = tokens(self.text)
        return {*words, *map(stem, words)}

    @cached_property
    def vectors(self) -> Vectors:
        """Of the sentences alone."""
        return self.embedder.embed([sentence.text for sentence in self.sentences])

    @cached_property
    def titled_vectors(self) -> Vectors:
        """Of the sentences behind the paper's title."""
        return self.embedder.embed([f"{self.header}. {sentence.text}" for sentence in self.sentences])

    def names(self, question: Question) -> list[float]:
        """Of each name in the question, how surely it stands in this paper."""
        return [name_match(name, self.keys, self.stems, fold(self.text)) for name in question.names]

    @cached_property
    def own_names(self) -> set[str]:
        """What the paper calls itself or what it offers: never the answer to "which did they use?"."""
        own = {squashed(word) for word in re.findall(r"[\w-]+", self.header.split(":")[0])}
        own |= {squashed(name) for name in names_in(" " + self.header)}
        for match in re.finditer(
            r"(?:propos|introduc|present|develop|named|called|namely|our)\w*\s[^.]{0,80}", self.text
        ):
            own |= {squashed(name) for name in sorted(names_in(match[0]), key=match[0].find)[:2]}
        return own


def closeness(embedder: Embedder, words: Sequence[str], text: str) -> list[float]:
    """Of each word, the cosine to the nearest word of ``text``; 1 where the stems are the same."""
    there = [token for token in dict.fromkeys(tokens(text)) if token not in STOP_WORDS]
    if not words or not there:
        return [0.0] * len(words)
    stems = {stem(token) for token in there}
    cosines = (embedder.embed(words) @ embedder.embed(there).T).max(axis=1)
    return [1.0 if stem(w) in stems else float(c) for w, c in zip(words, cosines, strict=True)]


def coverage(weights: dict[str, float], text: str) -> float:
    """The share of the question's weight (stem → idf) that stands in ``text``."""
    stems = set(content_stems(text))
    return sum(weight for key, weight in weights.items() if key in stems) / (sum(weights.values()) or 1.0)


def soft_coverage(embedder: Embedder, weights: dict[str, float], words: dict[str, str], text: str) -> float:
    """As ``coverage``, a word that is only near counting in part."""
    if not weights:
        return 0.5
    near = closeness(embedder, [words.get(key, key) for key in weights], text)
    parts = [1.0 if c == 1.0 else min(1.0, max(0.0, (c - 0.25) / 0.6)) for c in near]
    total = sum(weights.values()) or 1.0
    return sum(part * weight for part, weight in zip(parts, weights.values(), strict=True)) / total


SENTENCE_FEATURES = (
    "cosine", "titled_cosine", "coverage", "soft_coverage", "focus", "number_given", "number_lacking", "address",
    "reason", "means", "offer", "result", "series", "position", "first", "last", "rank", "numbers", "name_given",
    "expansion", "bigrams",
)  # fmt: skip


def sentence_features(
    question: Question, vector: Vectors, weights: dict[str, float], candidate: Candidate
) -> Vectors:
    """Shape (sentences, features), in the order of SENTENCE_FEATURES. ``vector``: the question's, shape
    (dimensions,); ``weights``: its stems' idf."""
    text, embedder = question.text, candidate.embedder
    cosine, titled = candidate.vectors @ vector, candidate.titled_vectors @ vector
    rank = np.argsort(np.argsort(-titled))
    focus = {stem(word): weights.get(stem(word), 1.0) for word in question.focus}
    asks = {name: bool(pattern.search(text)) for name, pattern in _ASKS.items()}
    asked_numbers = set(NUMBER.findall(text))
    asked_words = set(tokens(text))
    pairs = _bigrams(text)
    last = len(candidate.sentences) - 1
    rows = []
    for i, sentence in enumerate(candidate.sentences):
        here = sentence.text
        numbers = [number for number in NUMBER.findall(here) if number not in asked_numbers]
        names = [name for name in names_in(here) if not set(tokens(name)) <= asked_words]
        worded = any(NUMBER_WORD.match(token) for token in tokens(here))
        rows.append([
            cosine[i], titled[i], coverage(weights, here),
            soft_coverage(embedder, weights, question.words, here),
            soft_coverage(embedder, focus, {stem(w): w for w in question.focus}, here),
            asks["number"] and bool(numbers), asks["number"] and not numbers and not worded,
            asks["place"] and bool(ADDRESS.search(here)), asks["why"] and bool(REASON.search(here)),
            asks["how"] and bool(MEANS.search(here)), asks["how"] and bool(OFFER.search(here)),
            asks["result"] and bool(RESULT.search(here)), asks["several"] and bool(SERIES.search(here)),
            i / max(1, last), i == 0, i == last, 1 / (1 + rank[i]), min(3, len(numbers)) / 3,
            asks["which"] * min(3, len(names)) / 3, asks["acronym"] and bool(EXPANSION.search(here)),
            len(pairs & _bigrams(here)) / max(1, len(pairs)),
        ])  # fmt: skip
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(SENTENCE_FEATURES))


_ASKS = {
    "number": ASKS_NUMBER, "place": ASKS_PLACE, "why": ASKS_WHY, "how": ASKS_HOW, "result": ASKS_RESULT,
    "several": ASKS_SEVERAL, "which": ASKS_WHICH, "acronym": ASKS_ACRONYM,
}  # fmt: skip


def _bigrams(text: str) -> set[tuple[str, str]]:
    stems = [stem(token) for token in tokens(text)]
    return set(pairwise(stems))


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
