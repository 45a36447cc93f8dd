"""Questions planted among papers: made of the paper's words, and of fewer than it has."""

import gzip
import json
from pathlib import Path

import pytest

from eval.bench import abstracts as module
from eval.bench.abstracts import abstracts, planted, written
from eval.bench.compared import recall

RECORDS = [
    {
        "id": f"r{i}",
        "title": f"Paper {i} sorts round pebbles by colour",
        "abstract": f"It is short. The otters of lake {i} sort their pebbles by colour and by weight in the river.",
    }
    for i in range(10)
]


def test_abstracts_are_spread_over_all_that_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "acl.jsonl.gz"
    with gzip.open(source, "wt", encoding="utf-8") as file:
        for record in [*RECORDS, {"id": "empty", "title": "No text", "abstract": None}]:
            file.write(json.dumps(record) + "\n")
    monkeypatch.setattr(module, "SOURCE", source)
    assert [record["id"] for record in abstracts(5)] == ["r0", "r2", "r4", "r6", "r8"]
    assert len(abstracts(100)) == 10
    assert written(abstracts(2), tmp_path / "two.jsonl").read_text().count("\n") == 2


def test_a_question_has_some_of_its_papers_words_in_order() -> None:
    questions = planted(RECORDS, 4)
    assert [each.record for each in questions] == ["r0", "r2", "r5", "r7"]
    assert questions[0].question == "The otters of 0 their pebbles by and by weight in the"
    assert questions[1].question == "Paper sorts pebbles by"
    assert planted(RECORDS, 4) == questions


def test_recall_counts_the_questions_whose_paper_was_found() -> None:
    questions = planted(RECORDS, 4)
    assert recall(questions, [["r0"], ["x", "r2"], [], ["r0"]]) == 0.5
