"""A folder in BEIR's layout → nDCG@10 and recall of the full text, of the vectors, and of their fusion."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant import Library

DEPTH = 200


def lines(folder: Path, split: str, library_folder: str | Path | None = None) -> list[str]:
    """As ``evaluate``, a line a leg, under one that names the measures."""
    table = evaluate(folder, split, library_folder)
    names = list(table["fusion"])
    return [
        " " * 8 + "".join(f"{name:>12}" for name in names),
        *(f"{leg:8}" + "".join(f"{row[name]:12.4g}" for name in names) for leg, row in table.items()),
    ]


def evaluate(
    folder: Path, split: str, library_folder: str | Path | None = None
) -> dict[str, dict[str, float]]:
    """Leg → measure → mean over the queries of ``qrels/SPLIT.tsv``. ``library_folder``: where the corpus is, or
    will be, added; a temporary one by default."""
    queries, wanted = questions(folder, split)
    with TemporaryDirectory() as temporary, Library.open(library_folder or temporary, create=True) as library:
        library.add([folder / "corpus.jsonl"])
        record = {paper.key: paper.source.record or "" for paper in library.papers()}
        ranked = {q: _ranked(library, queries[q], record, q) for q in wanted}
    measures: dict[str, Callable[[Sequence[str], dict[str, int]], float]] = {
        "nDCG@10": lambda found, grades: ndcg(found, grades, 10),
        "recall@10": lambda found, grades: recall(found, grades, 10),
        "recall@100": lambda found, grades: recall(found, grades, 100),
    }
    return {
        leg: {
            name: sum(measure(ranked[q][leg], grades) for q, grades in wanted.items()) / len(wanted)
            for name, measure in measures.items()
        } | {"n": len(wanted)}
        for leg in ("words", "meaning", "fusion")
    }  # fmt: skip


def questions(folder: Path, split: str) -> tuple[dict[str, str], dict[str, dict[str, int]]]:
    """Query → its text, and → the papers that answer it, with a grade."""
    queries = {row["_id"]: row["text"] for row in _rows(folder / "queries.jsonl")}
    wanted: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / "qrels" / f"{split}.tsv").read_text().splitlines()[1:]:
        query, paper, grade = line.split("\t")
        wanted[query][paper] = int(grade)
    return queries, wanted


def _ranked(library: Library, query: str, record: dict[str, str], own: str) -> dict[str, list[str]]:
    """Leg → records, each by its best passage, without the query's ``own``: in some sets it is one of them."""
    hits = library.search(query, limit=2 * DEPTH)
    legs = {
        "fusion": hits,
        "words": sorted((h for h in hits if h.bm25 is not None), key=lambda h: -(h.bm25 or 0)),
        "meaning": sorted((h for h in hits if h.cosine is not None), key=lambda h: -(h.cosine or 0)),
    }
    return {
        leg: [r for r in dict.fromkeys(record[hit.passage.paper] for hit in found) if r != own]
        for leg, found in legs.items()
    }


def ndcg(found: Sequence[str], grades: dict[str, int], depth: int) -> float:
    """With the grade itself as gain, as trec_eval and so BEIR count it (Järvelin and Kekäläinen 2002)."""
    gained = sum(grades.get(paper, 0) / log2(i + 2) for i, paper in enumerate(found[:depth]))
    ideal = sum(grade / log2(i + 2) for i, grade in enumerate(sorted(grades.values(), reverse=True)[:depth]))
    return gained / ideal if ideal else 0.0


def recall(found: Sequence[str], grades: dict[str, int], depth: int) -> float:
    relevant = {paper for paper, grade in grades.items() if grade > 0}
    return len(relevant & set(found[:depth])) / len(relevant) if relevant else 0.0


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
