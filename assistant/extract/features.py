"""Question and candidate papers → what speaks for each of their sentences.

The features of the "sentence" model in ``judge.py``. Semantic closeness comes from the embedder applied to
sentences, to single words and to short phrases; a stem that matches counts as 1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from assistant.extract.question import Question, name_keys, name_match, names_in, squashed
from assistant.extract.vocabulary import (
    ADDRESS,
    ASKS_ACRONYM,
    ASKS_HOW,
    ASKS_NUMBER,
    ASKS_PLACE,
    ASKS_RESULT,
    ASKS_SEVERAL,
    ASKS_WHICH,
    ASKS_WHY,
    EXPANSION,
    MEANS,
    NUMBER,
    NUMBER_WORD,
    OFFER,
    REASON,
    RESULT,
    SERIES,
)
from assistant.text.terms import STOP_WORDS, content_stems, fold, stem, tokens
from assistant.types import Embedder, Paper, Vectors


@dataclass(frozen=True)
class Span:
    """A sentence of a candidate paper: ``paper.text[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Candidate:
    """A paper that retrieval brought, and the sentences of it that may answer, in reading order.
    ``score``: its best passage's, as in Hit."""

    paper: Paper
    sentences: Sequence[Span]
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
