"""Others' sets, of tiny invented files: papers and cases that a library understands, or judgements."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from assistant import Library
from eval import adapters, agreement, shelves
from eval.suite import Case, cases

TEXT = "Otters at sea. Otters sort pebbles in 31 of 40 dives, and lose them in autumn. We thank the harbour."
SQUAD = {
    "data": [
        {"paragraphs": [{"context": TEXT, "document_id": 7, "qas": [
            {"id": 1, "question": "In how many dives?",
             "answers": [{"text": "31 of 40", "answer_start": TEXT.index("31")}]},
            {"id": 2, "question": "In which sea?", "answers": [], "is_impossible": True},
        ]}]},
        {"paragraphs": [{"context": "Dough rises in nine hours. Salt slows it.", "qas": []}]},
    ]
}  # fmt: skip
QASPER = {
    "p1": {"title": "Otters at Sea", "abstract": "Otters dive.", "full_text": [
        {"section_name": "Results",
         "paragraphs": ["Otters sort pebbles in 31 of 40 dives, in all waters.", "No more."]}],
        "qas": [
            {"question_id": "q1", "question": "In how many dives?", "answers": [{"answer": {
                "unanswerable": False, "extractive_spans": ["31 of 40"], "yes_no": None,
                "evidence": ["Otters sort pebbles in 31 of 40 dives, in all waters.", "FLOAT SELECTED: Table 1"]}}]},
            {"question_id": "q2", "question": "Do they sing?", "answers": [{"answer": {
                "unanswerable": True, "extractive_spans": [], "yes_no": None, "evidence": []}}]},
            {"question_id": "q3", "question": "Do they sort?", "answers": [{"answer": {
                "unanswerable": False, "extractive_spans": [], "yes_no": True,
                "evidence": ["Otters sort pebbles in 31 of 40 dives, in all waters."]}}]},
        ]},
}  # fmt: skip
PUBMEDQA = {
    "11": {"QUESTION": "Do otters sort?", "CONTEXTS": ["Otters were watched.", "They dived 40 times."],
           "LONG_ANSWER": "Otters do sort pebbles in most of their dives.", "final_decision": "yes"},
    "12": {"QUESTION": "Does salt help?", "CONTEXTS": ["Dough was salted."], "LONG_ANSWER": "It may.",
           "final_decision": "maybe"},
}  # fmt: skip


def taken(form: str, source: Path, folder: Path) -> tuple[list[Case], Library]:
    adapted = adapters.written(adapters.FORMS[form](source), folder / "out")
    library = Library.open(folder / "library", create=True)
    library.add(adapted.papers)
    return cases(adapted.suite, library), library


def put(folder: Path, content: Any) -> Path:
    (folder / "source.json").write_text(json.dumps(content))
    return folder / "source.json"


def test_squad(tmp_path: Path) -> None:
    (one, none), library = taken("squad", put(tmp_path, SQUAD), tmp_path)
    with library:
        assert (
            one.facts == (("31 of 40",),) and none.kind == "unanswerable" and none.why == "absent-attribute"
        )
        assert (
            one.wanted == ("Otters sort pebbles in 31 of 40 dives, and lose them in autumn",)
            and one.lost == 0
        )
        assert len(list(library.papers())) == 2


def test_qasper(tmp_path: Path) -> None:
    (one, none, either), library = taken("qasper", put(tmp_path, QASPER), tmp_path)
    with library:
        assert one.facts == (("31 of 40",),) and len(one.gold) == 1 and none.kind == "unanswerable"
        assert either.kind == "yes-no" and either.facts == () and one.wanted == either.wanted
        assert [paper.title for paper in library.papers()] == ["Otters at Sea"]


def test_pubmedqa(tmp_path: Path) -> None:
    (one,), library = taken("pubmedqa", put(tmp_path, PUBMEDQA), tmp_path)
    with library:
        assert one.kind == "yes-no" and one.wanted == ("Otters do sort pebbles in most of their dives",)
        assert "Do otters sort?" not in library.paper(one.papers[0]).text and len(list(library.papers())) == 2


def test_beir(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\n")
    (tmp_path / "queries.jsonl").write_text('{"_id": "q1", "text": "sorting of pebbles"}\n')
    rows = [{"_id": f"d{n}", "title": f"Otters {n}", "text": f"Otters sort {n} pebbles."} for n in (1, 2)]
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (one,), library = taken("beir", tmp_path, tmp_path)
    with library:
        assert library.paper(one.papers[0]).title == "Otters 1" and len(one.papers) == 1
        assert one.gold == () and one.facts == ()


RAGTRUTH = {
    "source_id": "1",
    "source": {"question": "What do otters do?", "passages": "passage 1:Otters sort pebbles.\n\npassage 2:They dive."},
    "responses": [
        {"response": "Otters sort pebbles at sea. Otters eat bread all winter.", "labels": [{"start": 28, "end": 40}]}
    ],
}  # fmt: skip
BENCH = {"question": "q", "claim": "Otters sort.", "references": ["Otters sort pebbles."], "src_dataset": "X"}


def test_judgements_are_what_agreement_reads(tmp_path: Path) -> None:
    (tmp_path / "rag.jsonl").write_text(json.dumps(RAGTRUTH))
    assert "agreement" in adapters.adapt("ragtruth", tmp_path / "rag.jsonl", tmp_path / "a")
    good, bad = agreement.read(tmp_path / "a" / "judgements.jsonl")
    assert (good.label, bad.label) == (agreement.SUPPORTED, agreement.UNSUPPORTED)
    assert bad.claim == "Otters eat bread all winter." and good.references == (
        "Otters sort pebbles.",
        "They dive.",
    )
    lines = [BENCH | {"attribution_label": label} for label in ("attributable", "not attributable")]
    (tmp_path / "bench.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    adapters.adapt("attributionbench", tmp_path / "bench.jsonl", tmp_path / "b")
    assert [row.label for row in agreement.read(tmp_path / "b" / "judgements.jsonl")] == [
        agreement.SUPPORTED,
        agreement.UNSUPPORTED,
    ]


def test_adapting_says_what_to_do_next(tmp_path: Path) -> None:
    said = adapters.adapt("pubmedqa", put(tmp_path, PUBMEDQA), tmp_path / "out")
    assert said.splitlines()[0].endswith(f"add {tmp_path / 'out' / 'papers'}")
    assert (
        tmp_path / "out" / "suite.jsonl"
    ).exists() and f"--suite {tmp_path / 'out' / 'suite.jsonl'}" in said


@pytest.mark.parametrize(("many", "expected"), [(2, 2), (10, 4)])
def test_a_haystack_lies_around_the_papers(
    many: int, expected: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        {"id": f"P{n}", "title": f"Hay {n}", "abstract": f"Hay is dried for {n} days."} for n in range(4)
    ]
    with gzip.open(tmp_path / "acl.gz", "wt") as file:
        file.write(
            "".join(
                json.dumps(line) + "\n" for line in [*lines, {"id": "E", "title": "Empty", "abstract": ""}]
            )
        )
    monkeypatch.setattr(shelves, "ACL", tmp_path / "acl.gz")
    shelf = shelves.around(shelves.Shelf(lambda folder: [Path("x")], lambda folder: folder), many)
    first, hay = shelf.papers(tmp_path)
    assert first == Path("x") and len(hay.read_text().splitlines()) == expected
    assert shelf.needs == (tmp_path / "acl.gz",)


def test_a_haystack_holds_none_of_the_papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.txt").write_text("Hay\n\nHay is dried for\nnine days. It is cut.")
    (tmp_path / "own" / "b.pdf").write_bytes(b"Straw is left for two days.")
    said = ("Hay is dried for nine days.", "Straw is left for two days.")
    with gzip.open(tmp_path / "acl.gz", "wt") as file:
        file.write("".join(json.dumps({"id": each, "abstract": each}) + "\n" for each in said))
    monkeypatch.setattr(shelves, "ACL", tmp_path / "acl.gz")
    shelf = shelves.around(shelves.Shelf(lambda folder: [tmp_path / "own"], lambda folder: folder), 2)
    assert [json.loads(line)["id"] for line in shelf.papers(tmp_path)[1].read_text().splitlines()] == [
        said[1]
    ]


def test_what_a_haystack_might_answer_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "otters.md").write_text("# Otters at Sea\n\nOtters sort pebbles.\n")
    with gzip.open(tmp_path / "acl.gz", "wt") as file:
        file.write(json.dumps({"id": "P", "title": "Hay", "abstract": "Hay is dried for nine days."}))
    rows: list[dict[str, object]] = [
        {
            "id": "a",
            "kind": "fact",
            "question": "What do otters sort?",
            "papers": ["otters"],
            "facts": [["pebbles"]],
        },
        {"id": "b", "kind": "which-papers", "question": "Which papers are on otters?", "papers": ["otters"]},
        {"id": "c", "kind": "unanswerable", "question": "Who dries hay?", "papers": []},
    ]
    (tmp_path / "suite").write_text("".join(json.dumps(row) + "\n" for row in rows))
    mine = shelves.Shelf(lambda folder: [tmp_path / "otters.md"], lambda folder: tmp_path / "suite")
    monkeypatch.setattr(shelves, "shelves", lambda: {"mine": mine})
    monkeypatch.setattr(shelves, "ACL", tmp_path / "acl.gz")
    monkeypatch.setattr(shelves, "KEPT", tmp_path / "kept")
    (tmp_path / "kept" / "mine-000000000000").mkdir(parents=True)  # made by other code
    with shelves.opened("mine") as (library, found):
        assert [each.id for each in found] == ["a", "b", "c"] and len(list(library.papers())) == 1
    assert len(list((tmp_path / "kept").iterdir())) == 1
    with shelves.opened("mine", haystack=1) as (library, found):
        assert [each.id for each in found] == ["a"] and len(list(library.papers())) == 2
    assert len(list((tmp_path / "kept").iterdir())) == 2
