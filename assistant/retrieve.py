"""Question → hits: full text and vectors, each leg divided by its best score, weighed and summed."""

from collections.abc import Collection, Sequence

from assistant.text.parts import question_names, unmistakable
from assistant.text.terms import STOP_WORDS, tokens
from assistant.types import Embedder, Hit, PaperCatalog, PaperHit, PassageIndex

LEXICAL, DENSE = 0.4, 0.6
"""Weights of the two legs, tuned with all below on SciFact's training claims (eval/LOG.md)."""
DEPTH = 200
"""Passages that each leg brings to the fusion."""
LEXICAL_FLOOR, DENSE_FLOOR = 0.5, 0.9
"""What a leg did not bring counts this share of the least that it did bring: it lies below that, not at 0."""
FEW = 2
"""Papers that hold a name of the question at most, if it is to tell which is meant."""
_LONGEST, _NAMES = 64, 8
"""Words of a question, and names of several, that are searched for; a pasted page would only add noise and time."""


def retrieve(
    question: str,
    catalog: PaperCatalog,
    index: PassageIndex | None,
    embedder: Embedder,
    limit: int,
    only: Collection[str] | None = None,
) -> list[Hit]:
    """At most ``limit`` passages, best first, of the papers ``only`` (keys; None for all). Without an index
    the full text answers alone."""
    named = _named(question, catalog, only)
    held = {i: bm25 for rows in named for i, bm25 in rows.items()}
    words = held | dict(catalog.words(word_query(question), DEPTH, only))
    dense: dict[str, float] = {}
    if index is not None:
        dense = dict(index.nearest(embedder.embed([question])[0], DEPTH, only))
    scores = fuse(words, dense)
    for rows in named:
        _lift(rows, scores)
    best = sorted(scores, key=lambda i: (-scores[i], i not in held, i))[:limit]
    passages = catalog.passages(best)
    return [
        Hit(passages[i], scores[i], _found_by(i in words, i in dense), dense.get(i), words.get(i))
        for i in best
        if i in passages  # a passage may have been removed since the index answered
    ]


def by_paper(hits: Sequence[Hit], limit: int) -> list[PaperHit]:
    """The papers of the hits, at most ``limit``, each once at the place of its best passage."""
    papers: dict[str, list[Hit]] = {}
    for hit in hits:
        papers.setdefault(hit.passage.paper, []).append(hit)
    return [
        PaperHit(best, sum(hit.bm25 is not None for hit in others))
        for best, *others in list(papers.values())[:limit]
    ]


def word_query(question: str) -> str:
    """The question as an FTS5 query: any of its content words, and a name of several ("LI-Net") as one, too, for among
    many papers its parts are words like others; quoted, so that none is an operator."""
    words = [token for token in tokens(question) if token not in STOP_WORDS] or tokens(question)
    words = list(dict.fromkeys(words))[:_LONGEST]
    names = [" ".join(parts) for name in question_names(question) if len(parts := tokens(name)) > 1]
    return " OR ".join(f'"{each}"' for each in dict.fromkeys([*words, *names[:_NAMES]]))


def fuse(lexical: dict[str, float], dense: dict[str, float]) -> dict[str, float]:
    """The weighted sum of both legs, each divided by its best score."""
    found = lexical.keys() | dense.keys()
    legs = ((LEXICAL, LEXICAL_FLOOR, lexical), (DENSE, DENSE_FLOOR, dense))
    total = dict.fromkeys(found, 0.0)
    for weight, floor, leg in legs:
        best, least = max(leg.values(), default=1.0), min(leg.values(), default=0.0)
        for i in found:
            total[i] += weight * max(0.0, leg.get(i, floor * least)) / max(best, 1e-9)
    return total


def _named(question: str, catalog: PaperCatalog, only: Collection[str] | None) -> list[dict[str, float]]:
    """Of each unmistakable name of the question which at most ``FEW`` papers hold: the passages that do, and their BM25
    for it alone."""
    found = []
    for name in filter(unmistakable, question_names(question)[:_NAMES]):
        rows = dict(catalog.words(f'"{" ".join(tokens(name))}"', DEPTH, only))
        if 0 < len({passage.paper for passage in catalog.passages(rows).values()}) <= FEW:
            found.append(rows)
    return found


def _lift(rows: Collection[str], scores: dict[str, float]) -> None:
    """The passages are as far from each other as before, and the best of them is as good as any: what they alone can
    be asked about is not outvoted by the question's other words, which thousands of papers hold."""
    more = max(scores.values()) - max(scores[i] for i in rows)
    for i in rows:
        scores[i] += more


def _found_by(lexical: bool, dense: bool) -> str:
    return "both" if lexical and dense else "words" if lexical else "meaning"
