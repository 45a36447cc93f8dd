"""A suite's lines, and its gold sentences found in papers."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import Library
from eval.shelves import FOLDER
from eval.suite import KINDS, WHYS, Case, Malformed, cases, drawn
from tests.eval.conftest import ROWS

Written = Callable[..., list[Case]]
A, B, C = ROWS


def test_gold_sentences_are_found_by_their_first_and_last_words(asked: list[Case], shelf: Library) -> None:
    ((key, start, end),) = asked[0].gold
    assert shelf.paper(key).text[start:end] == "They sort pebbles in 31 of 40 dives" == asked[0].wanted[0]
    assert [case.lost for case in asked] == [0, 0, 0] and [case.split for case in asked] == [
        "dev",
        "dev",
        "test",
    ]


def test_what_is_not_in_the_paper_is_counted_as_lost(written: Written) -> None:
    (case,) = written({**A, "gold": [["otters", "They fly over … the sea."]]})
    assert case.gold == () and case.lost == 1
    (too_long,) = written({**A, "gold": [["long", "Otters … gulls"]]})
    assert too_long.gold == () and too_long.lost == 1


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{**A, "papers": ["gulls"]}], "s:1: no paper of the library is called gulls"),
        ([A, A], "s:2: a stands twice"),
        ([A, {"id": "x"}], "s:2: lacks kind, papers, question"),
        ([[]], "s:1: is no object"),
        ([{**A, "qold": []}], "s:1: has qold, which no case has"),
        ([{**A, "question": " "}], "s:1: question must be a text"),
        ([{**A, "id": 7}], "s:1: id must be a text"),
        ([{**A, "kind": "riddle"}], "s:1: no kind is called riddle"),
        ([{**A, "split": "exam"}], "s:1: split must be dev or test, and is exam"),
        ([{**C, "why": "dull"}], "s:1: why must be one of other-field"),
        ([{**C, "papers": ["otters"]}], "s:1: is unanswerable, and yet names papers"),
        ([{**A, "papers": []}], "s:1: names no paper"),
        ([{**A, "papers": "otters"}], "s:1: papers must be a list of names"),
        ([{**A, "facts": ["31"]}], "s:1: facts must be a list of lists"),
        ([{**A, "facts": [[]]}], "s:1: facts must be a list of lists"),
        ([{**A, "gold": [["otters"]]}], "s:1: gold must be a list of [paper"),
        ([], "s holds no cases"),
    ],
)
def test_a_malformed_line_is_named(rows: list[object], said: str, written: Written) -> None:
    with pytest.raises(Malformed) as caught:
        written(*rows)
    assert said in str(caught.value)


def test_a_line_that_is_no_json_is_named_and_a_blank_one_passed_over(shelf: Library, tmp_path: Path) -> None:
    (tmp_path / "s").write_text(f"{json.dumps(A)}\n\n{{\n")
    with pytest.raises(Malformed, match=r"s:3: "):
        cases(tmp_path / "s", shelf)


def test_a_paper_goes_by_key_title_or_file(written: Written, shelf: Library) -> None:
    (key,) = [paper.key for paper in shelf.papers() if paper.title == "Otters at Sea"]
    for name in (key, "Otters at Sea", "otters"):
        assert written({**A, "papers": [name]})[0].papers == (key,)


def test_a_record_goes_by_its_own_id_and_not_by_the_file_that_holds_others(tmp_path: Path) -> None:
    lines = [
        {"id": f"r{n}", "title": f"Title {n}", "abstract": f"Gulls eat {n} crabs a day."} for n in (1, 2)
    ]
    (tmp_path / "papers.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    row: dict[str, Any] = {"id": "x", "kind": "fact", "question": "What do gulls eat?"}
    with Library.open(tmp_path / "library", create=True) as library:
        library.add([tmp_path / "papers.jsonl"])
        (tmp_path / "s").write_text(json.dumps({**row, "papers": ["r2"]}))
        (case,) = cases(tmp_path / "s", library)
        assert library.paper(case.papers[0]).title == "Title 2"
        (tmp_path / "s").write_text(json.dumps({**row, "papers": ["papers"]}))
        with pytest.raises(Malformed, match="called papers"):
            cases(tmp_path / "s", library)


@pytest.mark.parametrize("name", ["papers", "seeds", "abstracts"])
def test_the_suites_lines(name: str) -> None:
    """Ids once, wordings in fives, both halves about as large, and facts and gold for what has an answer."""
    rows = [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text().splitlines()]
    assert (
        len({row["id"] for row in rows}) == len(rows) >= {"papers": 900, "seeds": 120, "abstracts": 200}[name]
    )
    assert 0.35 < sum(row["split"] == "dev" for row in rows) / len(rows) < 0.65
    for row in rows:
        assert row["kind"] in KINDS and bool(row["papers"]) == (row["kind"] != "unanswerable"), row["id"]
        has_answer = row["kind"] not in ("unanswerable", "which-papers")
        assert not has_answer or (row["facts"] and row["gold"]), row["id"]
        assert all(len(words.split()) <= 9 for _, words in row["gold"] + row["relevant"]), row["id"]
        assert (row.get("why") in WHYS) == (row["kind"] == "unanswerable"), row["id"]
    groups = [row["group"] for row in rows if row.get("group")]
    assert groups and {groups.count(group) for group in groups} == {5}
    assert {row["why"] for row in rows if "why" in row} == set(WHYS)


@pytest.mark.parametrize(("name", "least"), [("papers", 40), ("seeds", 26)])
def test_every_paper_is_in_one_half(name: str, least: int) -> None:
    halves: dict[str, set[str]] = {}
    for line in (FOLDER / f"{name}.jsonl").read_text().splitlines():
        row = json.loads(line)
        for paper in row["papers"]:
            halves.setdefault(paper, set()).add(row["split"])
    assert all(len(splits) == 1 for splits in halves.values()) and len(halves) >= least


def test_a_half_is_drawn_at_random_and_always_the_same(asked: list[Case]) -> None:
    assert drawn(asked) == asked and drawn(asked, many=9) == asked
    assert [case.split for case in drawn(asked, "test")] == ["test"]
    many = [replace(asked[0], id=str(n)) for n in range(50)]
    some = drawn(many, "dev", 20)
    assert some == drawn(many, "dev", 20) and len({case.id for case in some}) == 20 != len(many)
    assert [int(case.id) for case in some] == sorted(int(case.id) for case in some) != list(range(20))


def test_the_lines_that_only_rows_answer() -> None:
    rows = [json.loads(line) for line in (FOLDER / "tables.jsonl").read_text().splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) == 40
    assert 0.35 < sum(row["split"] == "dev" for row in rows) / len(rows) < 0.65
    assert all(row["kind"] == "table" and row["papers"] and row["facts"] and row["gold"] for row in rows)
