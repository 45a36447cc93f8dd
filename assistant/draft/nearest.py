"""A claim and papers → the papers' sentences that come nearest to it: what the judge reads, and the best quote."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.text.numbers import numbers, same
from assistant.text.sentences import is_prose, sentence_spans, with_context
from assistant.text.terms import content_stems
from assistant.types import Embedder, Hit, Paper, PaperCatalog, Passage, Quote

Search = Callable[[str, int, Sequence[str] | None], list[Hit]]
"""A text, a number, and the papers to look in (keys; None for all) → that many hits."""

Spans = list[tuple[int, int]]
PASSAGES = 3
"""Passages of a long paper that a claim is held against; a paper of no more is read whole."""
SENTENCES = 5
"""Sentences that the judge reads."""
_WORDS = 0.5
"""Weight of the share of the claim's words that a sentence has, beside the cosine, in which is nearest."""
_NUMBER = 3
"""How many other words a number of the claim counts for."""
_SMALL = 13
_TOGETHER = 256
"""Sentences that are embedded in one call: few calls of many are fast, and a progress bar still moves."""


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence of a paper, and how near it is to the claim. ``quote``: with the one before, if it leans on
    that ("It ...")."""

    quote: Quote
    page: int | None
    nearness: float


class Evidence:
    """Finds sentences in the library's papers."""

    def __init__(self, catalog: PaperCatalog, embedder: Embedder, search: Search) -> None:
        self._embedder = embedder
        self._search = search
        self._paper = lru_cache(maxsize=256)(catalog.paper)
        self._numbers = lru_cache(maxsize=256)(lambda key: numbers(self._paper(key).text))
        self._passages = lru_cache(maxsize=256)(catalog.passages_of)

    def is_abstract(self, key: str) -> bool:
        """Whether the library holds no more of the paper than its abstract."""
        paper = self._paper(key)
        return paper.abstract_end == len(paper.text)

    def nowhere(self, claim: str, keys: Iterable[str]) -> list[str]:
        """The figures of the claim that stand nowhere in the papers with these keys, rounding allowed. Small
        whole numbers are no figures: they are counted more often than written."""
        held = [number for key in keys for number in self._numbers(key)]
        figures = [n for n in numbers(claim) if n.percent or n.decimals > 0 or n.value >= _SMALL]
        return [n.text for n in figures if not any(same(n, other) for other in held)]

    def cited(self, claim: str, keys: Sequence[str]) -> list[Passage]:
        """The passages of the papers with these keys, of a long one those that are nearest to the claim."""
        passages: list[Passage] = []
        for key in keys:
            whole = self._passages(key)
            hits = self._search(claim, PASSAGES, [key]) if len(whole) > PASSAGES else []
            passages += [hit.passage for hit in hits] or whole
        return passages

    def elsewhere(
        self, claim: str, without: Collection[str], papers: int, least: float
    ) -> list[list[Passage]]:
        """The nearest passages of each of the ``papers`` best papers but those ``without``, as far as their
        cosine is ``least`` or more."""
        held: dict[str, list[Passage]] = {}
        for hit in self._search(claim, papers * 2 + len(without) * PASSAGES, None):
            key = hit.passage.paper
            close = hit.cosine is None or hit.cosine >= least
            if close and key not in without and (key in held or len(held) < papers):
                held.setdefault(key, []).append(hit.passage)
        return list(held.values())

    def embed(self, texts: Collection[str], progress: Callable[[int, int], None] | None = None) -> None:
        """Embeds what will be compared, many at a time; the embedder remembers them."""
        each = list(dict.fromkeys(texts))
        for start in range(0, len(each), _TOGETHER):
            if progress:
                progress(start, len(each))
            self._embedder.embed(each[start : start + _TOGETHER])

    def sentences(self, claim: str, passages: Iterable[Passage]) -> list[str]:
        """What ``nearest`` compares."""
        return [text for text, *_ in self._candidates(claim, passages)]

    def nearest(self, claim: str, passages: Sequence[Passage]) -> list[Near]:
        """The sentences of the passages that are nearest to the claim, best first."""
        candidates = self._candidates(claim, passages)
        if not candidates:
            return []
        texts = [text for text, *_ in candidates]
        cosines = self._embedder.embed(texts) @ self._embedder.embed([claim])[0]
        weights = {word: _NUMBER if word[0].isdigit() else 1 for word in content_stems(claim)}
        held = [sum(weights.get(word, 0) for word in set(content_stems(text))) for text in texts]
        scores = cosines + _WORDS * np.array(held) / max(1, sum(weights.values()))
        found: dict[Quote, Near] = {}
        for i in np.argsort(-scores, kind="stable")[:SENTENCES]:
            _, paper, spans, n = candidates[i]
            start, end = with_context(paper.text, spans, n)
            quote = Quote(paper.key, start, end, paper.text[start:end])
            found.setdefault(quote, Near(quote, paper.page_at(start), float(scores[i])))
        return list(found.values())

    def _candidates(self, claim: str, passages: Iterable[Passage]) -> list[tuple[str, Paper, Spans, int]]:
        """Each sentence of prose that shares a word with the claim, as (text, paper, sentences of its passage,
        which of these); all that stands there where none does. Never of the header or the reference list."""
        words = set(content_stems(claim))
        found: list[tuple[str, Paper, Spans, int]] = []
        for passage in passages:
            paper = self._paper(passage.paper)
            for low, high in paper.prose:
                spans = sentence_spans(paper.text, max(low, passage.start), max(low, min(high, passage.end)))
                found += [(paper.text[slice(*span)], paper, spans, i) for i, span in enumerate(spans)]
        prose = [each for each in found if is_prose(each[0])] or found
        return [each for each in prose if words.intersection(content_stems(each[0]))] or prose
