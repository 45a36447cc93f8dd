"""A paper → Draft: its most central sentences in reading order, each its own quote.

Centrality as in centroid summarisation (Radev et al. 2004) on sentence embeddings: the cosine to the mean of
all sentences and the title; then maximal marginal relevance (Carbonell and Goldstein 1998), so that two
sentences do not say the same.
"""

from collections.abc import Sequence

import numpy as np

from assistant.text.sentences import sentence_spans, with_context
from assistant.types import Draft, DraftCitation, DraftClaim, Embedder, Paper, Passage, Vectors

LENGTHS = {"short": 3, "medium": 5, "long": 9}
"""Sentences of a summary."""
_NOVELTY = 0.3
"""Weight of being unlike what is chosen already."""
_LEAST_WORDS = 6
"""A heading, an address or a line of a table has fewer."""


def summarize(
    paper: Paper, passages: Sequence[Passage], embedder: Embedder, length: str
) -> tuple[Draft, dict[str, Passage]]:
    """The draft, and the passages it cites, by id. ``passages``: the paper's, in reading order."""
    spans = [span for part in paper.prose for span in sentence_spans(paper.text, *part)]
    whole = [span for span in spans if _is_prose(paper.text[span[0] : span[1]])] or spans
    vectors = embedder.embed([paper.text[start:end] for start, end in whole])
    title = embedder.embed([paper.title]) if paper.title else None
    chosen = [whole[i] for i in _central(vectors, title, LENGTHS[length])]
    quoted: list[tuple[int, int]] = []
    for span in chosen:
        start, end = with_context(paper.text, spans, spans.index(span))
        if quoted and start < quoted[-1][1]:  # what it leans on is quoted already
            start = quoted.pop()[0]
        quoted.append((start, end))
    claims = [
        _claim(paper.text[start:end], next(p for p in passages if p.end > start)) for start, end in quoted
    ]
    return Draft(tuple(claims)), {passage.id: passage for passage in passages}


def _claim(quote: str, holder: Passage) -> DraftClaim:
    return DraftClaim(quote, (DraftCitation(holder.id, quote),))


def _is_prose(text: str) -> bool:
    return len(text.split()) >= _LEAST_WORDS and text.rstrip("\"'”’)]")[-1:] in ".!?"


def _central(vectors: Vectors, title: Vectors | None, most: int) -> list[int]:
    """The chosen rows, in their order. ``vectors``: shape (sentences, dimensions)."""
    mean = vectors.mean(axis=0)
    relevance = vectors @ (mean / (np.linalg.norm(mean) or 1.0))
    if title is not None:
        relevance = 0.7 * relevance + 0.3 * (vectors @ title[0])
    chosen: list[int] = []
    while len(chosen) < min(most, len(vectors)):
        likeness = (vectors @ vectors[chosen].T).max(axis=1) if chosen else np.zeros(len(vectors))
        gain = (1 - _NOVELTY) * relevance - _NOVELTY * likeness
        gain[chosen] = -np.inf
        chosen.append(int(gain.argmax()))
    return sorted(chosen)
