"""What a library on a server would lose if its client held no full text: the nearest passages by vector alone, weighed
with the words of these few, against the fusion of two whole legs. On a folder in BEIR's layout.

Where the server cannot weigh words itself, a client without a view could do no more than this: take ``depth`` passages
from it and search their words on its own side. Words that no near passage holds are lost, and how rare a word is can be
told from these passages alone.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant import Library
from assistant.retrieve import DEPTH, fuse, word_query
from assistant.store.index import VectorIndex
from assistant.store.queries import INDEX
from assistant.text.terms import fold
from eval.retrieval import ndcg, questions, recall

DEPTHS = (200, 1000)
_TABLE = "CREATE VIRTUAL TABLE words USING fts5(title, text, tokenize='porter unicode61')"


def lines(folder: Path, split: str, library: Library) -> list[str]:
    """A line each for the fusion of whole legs, and for each depth: nDCG@10, recall@10 and @100."""
    asked, wanted = questions(folder, split)
    catalog, embedder = library._catalog, library._indexer.passages
    index = VectorIndex(library.folder)
    index.use((catalog.meta(INDEX) or " ").split(" ")[0])
    papers = list(library.papers())
    record = {paper.key: paper.source.record or "" for paper in papers}
    titles = {paper.key: paper.title or "" for paper in papers}
    ranked: dict[str, dict[str, list[str]]] = {}
    for query in wanted:
        text = asked[query]
        hits = library.search(text, limit=2 * DEPTH)
        ranked.setdefault("whole legs", {})[query] = _each_once(record[hit.passage.paper] for hit in hits)
        near = index.nearest(embedder.embed([text])[0], max(DEPTHS))
        held = catalog.passages([name for name, _ in near])
        for depth in DEPTHS:
            dense = dict(near[:depth])
            lexical = _weighed(
                word_query(text), [(name, titles[held[name].paper], held[name].text) for name in dense]
            )
            scores = fuse(dict(lexical[:DEPTH]), dict(near[:DEPTH]))
            best = sorted(scores, key=lambda name: (-scores[name], name))
            ranked.setdefault(f"nearest {depth}", {})[query] = _each_once(
                record[held[name].paper] for name in best
            )
    index.close()
    measures = {"nDCG@10": (ndcg, 10), "recall@10": (recall, 10), "recall@100": (recall, 100)}
    return [
        f"{leg:14}"
        + "".join(
            f"  {name} {sum(measure(found[q], wanted[q], depth) for q in found) / len(found):.4f}"
            for name, (measure, depth) in measures.items()
        )
        + f"  n {len(found)}"
        for leg, found in ranked.items()
    ]


def _weighed(query: str, passages: Sequence[tuple[str, str, str]]) -> list[tuple[str, float]]:
    """(passage, BM25), best first, by the words of these passages alone."""
    database = sqlite3.connect(":memory:")
    database.execute(_TABLE)
    rows = [(fold(title), fold(text)) for _, title, text in passages]
    database.executemany("INSERT INTO words (title, text) VALUES (?, ?)", rows)
    found = database.execute(
        "SELECT rowid, -bm25(words, 2.0, 1.0) AS score FROM words WHERE words MATCH ? ORDER BY score DESC",
        (query,),
    ).fetchall()
    database.close()
    return [(passages[row - 1][0], score) for row, score in found]


def _each_once(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))
