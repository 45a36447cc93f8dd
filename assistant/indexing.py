"""Papers → what is stored of them: passages and sentences, and the vectors of both.

A sentence's vector is pooled from its passage's own forward pass ("late chunking", Günther et al. 2024): the mean
of its tokens' states, read with the title and its neighbours around it, at no cost beyond the passage's.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from assistant.split import sentences, split
from assistant.store.catalog import Catalog
from assistant.store.passages import Entry
from assistant.text.titled import embedded_text, embedded_title
from assistant.types import Embedder, Paper, Passage, Sentence, TokenEmbedder, Vectors

Progress = Callable[[str, int, int], None]
"""Called with a paper's key, its place and their number, before each."""
Told = Callable[[int, float], None]
"""Called with a number of papers, and which share of their passages is embedded."""
_TOGETHER = 64
"""Passages whose tokens' states are held at a time: 25 MB."""
_READ_BY = "sentences"
"""Who read the sentences of a catalog, once they are all there."""
_PAPERS = 50
"""Papers that are given what they lack in one transaction: what an interruption costs."""


class Indexer:
    """``passages`` embeds passages; ``tokens`` reads sentences in their place, on this machine. Mostly they are one.
    ``quick`` does the latter's work on what is stored, if another does."""

    def __init__(self, passages: Embedder, tokens: TokenEmbedder, quick: TokenEmbedder | None = None) -> None:
        self.passages = passages
        self.tokens = tokens
        self.quick = quick or tokens

    def entries(self, papers: Sequence[Paper], told: Told = lambda papers, share: None) -> list[Entry]:
        """Each paper with its passages, its sentences and their vectors."""
        cut = [split(paper, self.passages.tokenize, self.passages.max_tokens) for paper in papers]
        said = [sentences(paper) for paper in papers]
        texts = [embedded_text(paper, each) for paper, held in zip(papers, cut, strict=True) for each in held]
        read = _Read(papers, cut, said)
        by_tokens = read.by(self.quick, texts, lambda share: told(len(papers), share))
        vectors = by_tokens if self.passages.name == self.tokens.name else self.passages.embed(texts)
        ends = np.cumsum([len(held) for held in cut])
        return [
            Entry(paper, held, vectors[end - len(held) : end], own, rows)
            for paper, held, end, own, rows in zip(papers, cut, ends, said, read.rows, strict=True)
        ]

    def embedded_anew(self, catalog: Catalog, progress: Progress | None = None) -> list[tuple[str, Vectors]]:
        """(passage id, vector) of every passage in the catalog."""
        vectors: list[tuple[str, Vectors]] = []
        papers = list(catalog.papers())
        for n, paper in enumerate(papers):
            if progress:
                progress(paper.key, n, len(papers))
            passages = catalog.passages_of(paper.key)
            read = catalog.as_read(paper.key)
            rows = self._embedded([embedded_text(read, passage) for passage in passages])
            vectors += [(passage.id, row) for passage, row in zip(passages, rows, strict=True)]
        return vectors

    def complete(self, catalog: Catalog, progress: Progress | None = None, thorough: bool = False) -> None:
        """Gives papers that have come to stand for themselves their passages, passages that have lost their vectors
        new ones, and papers that have no sentences theirs; ``thorough``: also those whose sentences are damaged, for
        which all are read. Needs the writer lock."""
        catalog.make_findable(self.entries)
        for key, ids in catalog.lacking_vectors(self.passages.dimensions).items():
            paper, passages = catalog.as_read(key), catalog.passages(ids)
            vectors = self._embedded([embedded_text(paper, passages[i]) for i in ids])
            catalog.put_vectors(zip(ids, vectors, strict=True))
        if not self.is_complete(catalog) or thorough:
            known = catalog.meta(_READ_BY) in (None, self.tokens.name)
            keys = catalog.lacking_sentences(self.tokens.dimensions if known else 0)
            keys += [key for key in catalog.misplaced_sentences() if key not in keys]
        else:
            keys = catalog.without_sentences()
        for start in range(0, len(keys), _PAPERS):
            block = keys[start : start + _PAPERS]
            if progress:
                progress(block[0], start, len(keys))
            catalog.put_sentences(self._sentences([catalog.as_read(key) for key in block], catalog))
        if not self.is_complete(catalog):
            catalog.set_meta(_READ_BY, self.tokens.name)

    def begin(self, catalog: Catalog) -> None:
        """Puts on record who reads an empty catalog's papers: these have all that they need as they are stored."""
        catalog.set_meta("embedder", self.passages.name)
        catalog.set_meta(_READ_BY, self.tokens.name)

    def go_on(self, catalog: Catalog, progress: Progress | None = None) -> None:
        """Gives the papers of partial files their passages, too."""
        for path, (found, of) in catalog.partial().items():
            left = of - found
            while left:
                if progress:
                    progress(path, of - left, of)
                left = catalog.go_on(path, self.entries).left

    def is_complete(self, catalog: Catalog) -> bool:
        """Whether every paper was given its sentences, read by the embedder that reads them now."""
        return catalog.meta(_READ_BY) == self.tokens.name

    def _embedded(self, texts: Sequence[str]) -> Vectors:
        by = self.quick if self.passages.name == self.tokens.name else self.passages
        return by.embed(texts)

    def _sentences(
        self, papers: Sequence[Paper], catalog: Catalog
    ) -> Iterator[tuple[str, Sequence[Sentence], Vectors]]:
        cut, said = (
            [catalog.passages_of(paper.key) for paper in papers],
            [sentences(paper) for paper in papers],
        )
        read = _Read(papers, cut, said)
        read.by(
            self.quick,
            [embedded_text(p, each) for p, held in zip(papers, cut, strict=True) for each in held],
        )
        return zip([paper.key for paper in papers], said, read.rows, strict=True)


class _Read:
    """``rows``: of each paper, its sentences' vectors, shape (sentences, dimensions): of length 1, or 0 for lines of
    the header, which are not embedded."""

    def __init__(
        self, papers: Sequence[Paper], cut: Sequence[Sequence[Passage]], said: Sequence[Sequence[Sentence]]
    ) -> None:
        self._said = said
        self._ends = [[each.end for each in own] for own in said]
        self._places = [(n, papers[n], passage) for n, held in enumerate(cut) for passage in held]
        self.rows: list[Vectors] = []

    def by(
        self,
        embedder: TokenEmbedder,
        texts: Sequence[str],
        told: Callable[[float], None] = lambda share: None,
    ) -> Vectors:
        """Reads the passages' ``texts``; their own vectors. ``told`` which share of them is read."""
        sums = [np.zeros((len(own), embedder.dimensions), np.float32) for own in self._said]
        vectors = np.empty((len(texts), embedder.dimensions), np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))  # texts of a length are read together
        for start in range(0, len(order), _TOGETHER):
            block = order[start : start + _TOGETHER]
            told(start / len(order))
            for i, found in zip(block, embedder.contextual([texts[i] for i in block]), strict=True):
                vectors[i] = found.vector
                n, paper, passage = self._places[i]
                first = max(passage.start, paper.body) - len(embedded_title(paper))
                own = self._said[n]
                for place in range(bisect_right(self._ends[n], passage.start), len(own)):
                    each = own[place]
                    if each.start >= passage.end:
                        break
                    if not each.is_header:
                        begin = max(each.start, passage.start, paper.body)
                        sums[n][place] += found.pooled(begin - first, each.end - first)
        self.rows = [each / np.maximum(np.linalg.norm(each, axis=1, keepdims=True), 1e-9) for each in sums]
        return vectors
