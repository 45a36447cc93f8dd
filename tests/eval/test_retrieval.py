"""nDCG and recall by hand, and the whole run over a folder in BEIR's layout."""

import json
from math import log2
from pathlib import Path

import pytest

from eval.retrieval import evaluate, ndcg, recall


@pytest.mark.parametrize(
    ("found", "grades", "expected"),
    [
        (["a", "b"], {"a": 1}, 1.0),
        (["b", "a"], {"a": 1}, 1 / log2(3)),
        (["b", "c"], {"a": 1}, 0.0),
        (["a"], {"a": 1, "b": 1}, 1 / (1 + 1 / log2(3))),
        (["b", "a"], {"a": 2, "b": 1}, (1 + 3 / log2(3)) / (3 + 1 / log2(3))),
        ([*"zyxwvutsrq", "a"], {"a": 1}, 0.0),  # eleventh
        (["a"], {"a": 0}, 0.0),
        ([], {"a": 1}, 0.0),
    ],
)
def test_ndcg(found: list[str], grades: dict[str, int], expected: float) -> None:
    assert ndcg(found, grades, 10) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("found", "grades", "depth", "expected"),
    [
        (["a", "b"], {"a": 1, "b": 1}, 10, 1.0),
        (["a", "b"], {"a": 1, "b": 1}, 1, 0.5),
        (["c"], {"a": 1, "c": 0}, 10, 0.0),
        (["c"], {"c": 0}, 10, 0.0),
    ],
)
def test_recall(found: list[str], grades: dict[str, int], depth: int, expected: float) -> None:
    assert recall(found, grades, depth) == expected


def test_a_folder_in_beirs_layout(tmp_path: Path) -> None:
    texts = {
        "d1": "Otters sort pebbles by weight before they crack a shell.",
        "d2": "The tides of the Dee are measured by gauges along the coast.",
        "d3": "Bees are tended by robots that seldom sleep.",
    }
    corpus = [{"_id": i, "title": "", "text": text} for i, text in texts.items()]
    queries = [{"_id": "q1", "text": "how do otters crack shells"}, {"_id": "q2", "text": "gauges of tides"}]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)))
    (tmp_path / "queries.jsonl").write_text(
        "\n".join(map(json.dumps, [*queries, {"_id": "q3", "text": "x"}]))
    )
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\nq2\td3\t0\n"
    )
    measures = evaluate(tmp_path, "test")
    assert set(measures) == {"words", "meaning", "fusion"}
    assert measures["fusion"] == {"nDCG@10": 1.0, "recall@10": 1.0, "recall@100": 1.0, "n": 2}
