"""A question and the papers found → the sentences of one, ranked, and how likely they answer it."""

from collections.abc import Mapping, Sequence

import numpy as np

from assistant.extract.candidates import READ, READ_FAST, Candidate, candidates, read
from assistant.extract.expected import expected
from assistant.extract.features import answer_features, sentence_features
from assistant.extract.held import chosen
from assistant.extract.models import Judge, judge
from assistant.extract.pointed import Ranked
from assistant.extract.question import Question
from assistant.extract.suited import suited
from assistant.text.rows import is_caption
from assistant.text.showable import is_readable
from assistant.types import Hit, PaperCatalog, TokenEmbedder, Vectors

POINTS_AWAY = 0.5
"""What is left of the chance of a pointer ("are given in Table 1"), an announcement ("as follows:"), a figure's caption
or a scrap, which name what is asked and do not say it. A table's caption may give way to its row (rows.py)."""


class Ranking:
    """``fast``: fewer passages are read, in a quarter of the time."""

    def __init__(self, catalog: PaperCatalog, embedder: TokenEmbedder, fast: bool = False) -> None:
        self._catalog = catalog
        self._embedder = embedder
        self._most = READ_FAST if fast else READ

    def candidates(self, hits: Sequence[Hit]) -> list[Candidate]:
        """The papers of the hits, the best first."""
        return candidates(hits, len(hits), self._catalog)

    def prepared(self, question: Question, near: Sequence[Candidate]) -> tuple[Ranked, Judge, Vectors]:
        """The sentences of the paper that answers, the model that says how likely they do, and its features. ``near``:
        the papers found, best first."""
        candidate = chosen(question, near)
        ranked = self.ranked(question, candidate)
        gap = candidate.score - max((each.score for each in near if each is not candidate), default=0.0)
        features = answer_features(question, candidate, ranked.reading, ranked.order, gap)
        return ranked, judge("answer_long" if candidate.is_long else "answer"), features

    def ranked(self, question: Question, candidate: Candidate) -> Ranked:
        """The candidate's sentences, read beside the question."""
        reading = read(question, candidate, self._embedder, self._most)
        chances = judge("sentence").probabilities(sentence_features(question, reading, self.rarity(question)))
        chances[[not (is_readable(each.text) or is_caption(each)) for each in reading.sentences]] *= (
            POINTS_AWAY
        )
        every = self._catalog.sentences_of(candidate.paper.key)
        chances = suited(question.text, candidate.paper, every, reading.sentences, chances)
        chances *= expected(question, reading.sentences)
        return Ranked(reading, [int(i) for i in np.argsort(-chances, kind="stable")], chances)

    def rarity(self, question: Question) -> Mapping[str, float]:
        """Stem → idf of the question's content words over the library's passages."""
        total = self._catalog.counts()[1]
        return {
            key: float(np.log(1 + (total + 0.5) / (self._catalog.passages_with(word) + 0.5)))
            for key, word in question.words.items()
        }
