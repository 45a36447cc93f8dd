"""A claim and papers → the papers' sentences that come nearest to it: what the judge reads, and the best quote."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from assistant.text.sentences import context
from assistant.text.terms import content_stems
from assistant.types import Embedder, Evidence, Hit, PaperCatalog, Passage, Quote, Sentence, Vectors

PASSAGES = 3
"""Passages of a long paper that a claim is held against; a paper of no more is read whole."""
SENTENCES = 5
"""Sentences that the judge reads."""
_HITS = 100
"""Passages of the whole library that tell which papers are nearest to a claim."""
_WORDS = 0.5
"""Weight of the share of the claim's words that a sentence has, beside the cosine, in which is nearest."""
_NUMBER = 3
"""How many other words a number of the claim counts for."""


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence of a paper, and how near it is to the claim. ``quote``: with the one before, if it leans on
    that ("It ...")."""

    quote: Quote
    page: int | None
    nearness: float


class Search(Protocol):
    def __call__(self, question: str, limit: int, only: Collection[str] | None = None) -> list[Hit]: ...


class Finder:
    """Finds sentences in the library's papers. ``search``: a text, a number, and the papers to look in (keys; None
    for all) → that many hits."""

    def __init__(self, catalog: PaperCatalog, embedder: Embedder, search: Search) -> None:
        self._catalog = catalog
        self._embedder = embedder
        self._search = search
        self._paper = lru_cache(maxsize=256)(catalog.paper)
        self._sentences = lru_cache(maxsize=256)(catalog.sentences_of)
        self._passages = lru_cache(maxsize=256)(catalog.passages_of)

    @property
    def papers(self) -> int:
        """How many the library holds."""
        return self._catalog.counts()[0]

    def is_abstract(self, key: str) -> bool:
        """Whether the library holds no more of the paper than its abstract."""
        paper = self._paper(key)
        return paper.abstract_end == len(paper.text)

    def evidence(self, near: Sequence[Near]) -> Evidence:
        """What the judge is to read of these sentences."""
        papers = [self._paper(key) for key in dict.fromkeys(each.quote.paper for each in near)]
        return Evidence(
            tuple(each.quote.text for each in near),
            tuple(f"{p.text[: p.body]} {p.name} {' '.join(p.authors)} {p.year or ''}" for p in papers),
        )

    def cited(self, claim: str, keys: Sequence[str]) -> list[Passage]:
        """The passages of the papers with these keys, of a long one those that are nearest to the claim."""
        passages: list[Passage] = []
        for key in keys:
            whole = self._passages(key)
            hits = self._search(claim, PASSAGES, [key]) if len(whole) > PASSAGES else []
            passages += [hit.passage for hit in hits] or whole
        return passages

    def order(self, claim: str) -> list[list[Hit]]:
        """What is nearest to the claim in the whole library, paper by paper, the nearest paper first."""
        held: dict[str, list[Hit]] = {}
        for hit in self._search(claim, _HITS, None):
            held.setdefault(hit.passage.paper, []).append(hit)
        return list(held.values())

    def nearest(self, claim: str, passages: Sequence[Passage]) -> list[Near]:
        """The sentences of the passages that are nearest to the claim, best first."""
        candidates = self._candidates(claim, passages)
        if not candidates:
            return []
        cosines = self._vectors(candidates) @ self._embedder.embed([claim])[0]
        weights = {word: _NUMBER if word[0].isdigit() else 1 for word in content_stems(claim)}
        held = [sum(weights.get(word, 0) for word in set(content_stems(each.text))) for each in candidates]
        scores = cosines + _WORDS * np.array(held) / max(1, sum(weights.values()))
        found: dict[Quote, Near] = {}
        for i in np.argsort(-scores, kind="stable")[:SENTENCES]:
            best = candidates[i]
            run = context(self._sentences(best.paper), best.number)
            quote = Quote(
                best.paper, run[0].start, best.end, self._paper(best.paper).text[run[0].start : best.end]
            )
            found.setdefault(quote, Near(quote, run[0].page, float(scores[i])))
        return list(found.values())

    def _vectors(self, sentences: Sequence[Sentence]) -> Vectors:
        rows = [self._catalog.sentence_vectors(each.paper, [each.number]) for each in sentences]
        return np.concatenate(rows)

    def _candidates(self, claim: str, passages: Iterable[Passage]) -> list[Sentence]:
        """Each sentence of prose that shares a word with the claim; all that stands there where none does. Never of
        the header or the reference list."""
        words = set(content_stems(claim))
        found = [
            each
            for passage in passages
            for each in self._sentences(passage.paper)
            if each.start < passage.end and passage.start < each.end and not each.is_header
        ]
        prose = [each for each in found if each.is_prose] or found
        return [each for each in prose if words.intersection(content_stems(each.text))] or prose
