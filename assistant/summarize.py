"""A paper → Draft: its most central sentences in reading order, each its own quote.

Centrality as in centroid summarisation (Radev et al. 2004) on sentence embeddings: the cosine to the mean of
all sentences and the title; then maximal marginal relevance (Carbonell and Goldstein 1998), so that two
sentences do not say the same.
"""

import numpy as np

from assistant.text.sentences import context
from assistant.types import Draft, DraftClaim, Embedder, Offered, PaperCatalog, Sentence, Vectors

LENGTHS = {"short": 3, "medium": 5, "long": 9}
"""Sentences of a summary."""
_NOVELTY = 0.3
"""Weight of being unlike what is chosen already."""
_LEAST_WORDS = 6
"""A heading, an address or a line of a table has fewer."""


def summarize(key: str, catalog: PaperCatalog, embedder: Embedder, length: str) -> Draft:
    """The draft. Raises UnknownPaper."""
    paper = catalog.paper(key)
    said = [each for each in catalog.sentences_of(key) if not each.is_header]
    prose = [each for each in said if each.kind == "sentence" and _is_prose(each.text)] or said
    vectors = catalog.sentence_vectors(key, [each.number for each in prose])
    title = embedder.embed([paper.title]) if paper.title else None
    runs: list[list[Sentence]] = []
    for i in _central(vectors, title, LENGTHS[length]):
        run = context(said, said.index(prose[i]))
        if runs and runs[-1][-1].number >= run[0].number:  # what it leans on is quoted already
            run = [*(each for each in runs.pop() if each.number < run[0].number), *run]
        runs.append(run)
    claims = [
        DraftClaim(paper.text[run[0].start : run[-1].end], tuple(str(each.number) for each in run))
        for run in runs
    ]
    return Draft(tuple(claims), offered=Offered({str(each.number): each for run in runs for each in run}))


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
