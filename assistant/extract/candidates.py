"""Hits → candidate papers: the sentences that may answer, and how near each is to each word of the question.

Nearness is late interaction (Khattab and Zaharia 2020): the cosine of a word of the question, as the model reads it
there, to the nearest token of the sentence, as the model reads that in its passage. It takes one run of the model a
passage, so few passages are read; the rest of a candidate is what its words say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from assistant.extract.question import LONGEST, Question, name_keys, name_match
from assistant.text.terms import STOP_WORDS, fold, stem, tokens
from assistant.text.titled import embedded_text, embedded_title
from assistant.types import Contextual, Hit, Paper, PaperCatalog, Passage, Sentence, TokenEmbedder, Vectors

WHOLE_PAPER = 3
"""A paper of at most so many passages is a candidate as a whole, a longer one by its hits."""
READ, READ_FAST = 8, 2
"""Passages of one paper that the model is run on for a question, each for about 25 ms; and where that is to be fast. Of
440 questions over whole papers .58 have their answer in the best two, .74 in four, .79 in eight."""


KNOWN = 8192
"""Texts whose stems are kept, at about 3 kB each: the next question mostly finds the same papers."""


@dataclass(frozen=True)
class Candidate:
    """A paper that retrieval brought, with the sentences of it that may answer, in reading order. ``hits``: its
    passages that were found, best first; ``passages``: those that the sentences stand in; ``is_long``: whether it has
    others."""

    paper: Paper
    hits: Sequence[Hit]
    passages: Sequence[Passage]
    sentences: Sequence[Sentence]
    is_long: bool = False

    @property
    def score(self) -> float:
        return self.hits[0].score

    @property
    def header(self) -> str:
        return self.paper.title or self.paper.handle or ""

    @cached_property
    def stems_of(self) -> list[frozenset[str]]:
        """The stems of each sentence's words."""
        return [stems(sentence.text) for sentence in self.sentences]

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems(self._about).union(*self.stems_of)

    @cached_property
    def keys(self) -> set[str]:
        return name_keys(self.text)

    @cached_property
    def plain(self) -> str:
        return fold(self.text)

    @property
    def _about(self) -> str:
        return " ".join([self.header, self.paper.handle or "", *self.paper.authors])

    @cached_property
    def text(self) -> str:
        """All that the paper may be asked about: what it is called, by whom, and the sentences."""
        return " ".join([self._about, *(sentence.text for sentence in self.sentences)])

    def bears(self, name: str) -> float:
        """How surely ``name`` stands in the paper."""
        return name_match(name, self.keys, self.stems, self.plain)


@dataclass(frozen=True)
class Reading:
    """Some of a candidate's sentences beside the words of a question. ``near``: shape (sentences, words), the cosine
    of each word to the sentence's nearest token; ``title``: shape (words,), to the title's, 0 without one; ``found``:
    shape (sentences,), retrieval's score of its passage beside that of the paper's best one, 0 if it was not found."""

    sentences: Sequence[Sentence]
    words: Sequence[str]
    near: Vectors
    title: Vectors
    found: Vectors


@lru_cache(KNOWN)
def stems(text: str) -> frozenset[str]:
    """The words of a text and their stems."""
    words = tokens(text)
    return frozenset((*words, *map(stem, words)))


def candidates(hits: Sequence[Hit], most: int, catalog: PaperCatalog) -> list[Candidate]:
    """The papers of the hits, best first, at most ``most``; those without a sentence are left out."""
    by_paper: dict[str, list[Hit]] = {}
    for hit in hits:
        by_paper.setdefault(hit.passage.paper, []).append(hit)
    found = [candidate(catalog.paper(key), own, catalog) for key, own in list(by_paper.items())[:most]]
    return [each for each in found if each.sentences]


def candidate(paper: Paper, hits: Sequence[Hit], catalog: PaperCatalog) -> Candidate:
    passages = catalog.passages_of(paper.key)
    is_long = len(passages) > WHOLE_PAPER
    if is_long:
        passages = sorted((hit.passage for hit in hits), key=lambda passage: passage.start)
    body: dict[int, Sentence] = {}
    for passage in passages:
        said = catalog.sentences_of(paper.key, max(passage.start, paper.body), passage.end)
        body.update((each.number, each) for each in said if not each.is_header)
    # A PDF's text holds axes and formulas too; a text that is nothing else is kept as it is.
    prose = [each for each in body.values() if each.is_prose]
    whole = [each for each in prose if opens(each.text)]
    return Candidate(paper, hits, passages, whole or prose or list(body.values()), is_long)


def opens(text: str) -> bool:
    """Whether a text opens as a sentence does, by a capital, a figure or a name ("miR-126"): what does not, lost its
    beginning to a formula or a break."""
    first = re.search(r"\w[\w-]*", text)
    return first is not None and not (first[0].islower() and first[0].isalpha())


def read(question: Question, given: Candidate, embedder: TokenEmbedder, most: int = READ) -> Reading:
    """The candidate's sentences, as far as they stand in the ``most`` best passages that hold any, beside the
    question's words."""
    words, rows = _asked(question, embedder.contextual([question.text])[0])
    scores = {hit.passage.id: hit.score / given.score for hit in given.hits if given.score}
    telling = [
        passage for passage in given.passages if any(_meets(passage, each) for each in given.sentences)
    ]
    passages = sorted(telling, key=lambda passage: -scores.get(passage.id, 0.0))[:most]
    nearest: dict[int, Vectors] = {}
    title = np.zeros(len(words), np.float32)
    offset = len(embedded_title(given.paper))
    texts = [embedded_text(given.paper, passage) for passage in passages]
    for passage, held in zip(passages, embedder.contextual(texts), strict=True):
        first = max(passage.start, given.paper.body) - offset
        near = rows @ _unit(held.states).T
        title = np.maximum(title, _best(near, held, 0, offset))
        for n, sentence in enumerate(given.sentences):
            if _meets(passage, sentence):
                here = _best(near, held, max(sentence.start - first, offset), sentence.end - first)
                here = np.append(here, scores.get(passage.id, 0.0))
                nearest[n] = np.maximum(nearest[n], here) if n in nearest else here
    table = np.array([nearest[n] for n in sorted(nearest)], dtype=np.float32).reshape(-1, len(words) + 1)
    return Reading([given.sentences[n] for n in sorted(nearest)], words, table[:, :-1], title, table[:, -1])


def _meets(passage: Passage, sentence: Sentence) -> bool:
    return sentence.start < passage.end and passage.start < sentence.end


def _best(near: Vectors, held: Contextual, start: int, end: int) -> Vectors:
    """Of each word, the cosine to the nearest token between two characters; 0 if there is none."""
    inside = (held.spans[:, 0] < end) & (held.spans[:, 1] > start)
    return near[:, inside].max(axis=1) if inside.any() else np.zeros(len(near), np.float32)


_WORD = re.compile(r"\w+(?:[.,]\d+)*")


def _asked(question: Question, held: Contextual) -> tuple[list[str], Vectors]:
    """The stems of the question's content words, and what the model makes of each: shape (words, dimensions). All its
    words, if none is one of content."""
    found = [match for match in _WORD.finditer(question.text[:LONGEST])]
    content = [match for match in found if fold(match[0]) not in STOP_WORDS]
    words, rows = [], []
    for match in content or found:
        row = held.pooled(*match.span())
        if row.any():  # the model may not have read so far
            words.append(stem(fold(match[0])))
            rows.append(row)
    return words, _unit(np.array(rows, dtype=np.float32).reshape(len(rows), held.states.shape[1]))


def _unit(rows: Vectors) -> Vectors:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)
