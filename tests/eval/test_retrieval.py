"""nDCG and recall by hand, and the whole run over a folder in BEIR's layout."""

import json
import subprocess
import sys
from math import log2
from pathlib import Path

import pytest

from eval.rescoring import _weighed
from eval.retrieval import evaluate, ndcg, recall

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "eval", "retrieval")


@pytest.mark.parametrize(
    ("found", "grades", "expected"),
    [
        (["a", "b"], {"a": 1}, 1.0),
        (["b", "a"], {"a": 1}, 1 / log2(3)),
        (["b", "c"], {"a": 1}, 0.0),
        (["a"], {"a": 1, "b": 1}, 1 / (1 + 1 / log2(3))),
        (["b", "a"], {"a": 2, "b": 1}, (1 + 2 / log2(3)) / (2 + 1 / log2(3))),
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


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    """Three papers and two judged queries in BEIR's layout."""
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
    return tmp_path


def test_each_leg_and_the_fusion_are_measured(beir: Path) -> None:
    measures = evaluate(beir, "test")
    assert set(measures) == {"words", "meaning", "fusion"}
    assert measures["fusion"] == {"nDCG@10": 1.0, "recall@10": 1.0, "recall@100": 1.0, "n": 2}


def test_a_query_that_is_a_paper_itself_does_not_find_itself(beir: Path) -> None:
    (beir / "queries.jsonl").write_text(json.dumps({"_id": "d1", "text": "how do otters crack shells"}))
    (beir / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nd1\td1\t1\n")
    assert evaluate(beir, "test")["fusion"]["recall@100"] == 0.0


def test_the_command_prints_a_line_a_leg(beir: Path) -> None:
    run = subprocess.run([*COMMAND, str(beir)], cwd=ROOT, capture_output=True, text=True)
    head, *legs = run.stdout.splitlines()
    assert head.split() == ["nDCG@10", "recall@10", "recall@100", "n"]
    assert [line.split()[0] for line in legs] == ["words", "meaning", "fusion"]
    assert legs[2].split()[1:] == ["1", "1", "1", "2"]


def test_what_a_client_without_full_text_would_find_stands_beside(beir: Path, tmp_path: Path) -> None:
    library = str(tmp_path / "library")
    words = [*COMMAND, str(beir), "--library", library, "--rescored"]
    run = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert [line.split("  ")[0].strip() for line in run.stdout.splitlines()[4:]] == [
        *("whole legs", "nearest 200", "nearest 1000")
    ], run.stderr
    assert {line.split("nDCG@10 ")[1].split()[0] for line in run.stdout.splitlines()[4:]} == {"1.0000"}


def test_few_passages_are_weighed_by_their_own_words() -> None:
    passages = [("a", "", "otters and tides"), ("b", "", "tides"), ("c", "", "bees")]
    assert [name for name, _ in _weighed('"otters" OR "tides"', passages)] == ["a", "b"]


def test_another_folder_is_told_what_it_lacks(tmp_path: Path) -> None:
    run = subprocess.run([*COMMAND, str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert (run.returncode, run.stderr.count("\n")) == (1, 1)
    assert "there is no corpus.jsonl" in run.stderr
