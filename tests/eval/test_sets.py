"""The question sets are well formed, and facts are looked for as they should be."""

import json
from pathlib import Path

import pytest

from assistant import Library
from eval.sets import CORPORA, ROOT, SETS, _mentions_most, _questions, available, holds, opened, plain

FILES = sorted((ROOT / "questions").glob("*.jsonl"))
KINDS = {"single", "two-part", "listing", "unanswerable"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_question_file_is_well_formed(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert rows and len({row["id"] for row in rows}) == len(rows)
    assert len({row["question"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row) >= {"id", "kind", "question", "papers", "facts"}, row
        assert row["kind"] in KINDS and row["question"].strip(), row
        assert all(fact and all(form.strip() for form in fact) for fact in row["facts"]), row
        assert all(name.strip() for name in row["papers"]), row
        assert bool(row["papers"]) == (row["kind"] != "unanswerable"), row
        assert not (row["kind"] == "unanswerable" and row["facts"]), row
        assert row["kind"] != "two-part" or len(row["papers"]) >= 2, row


def test_every_file_is_a_set_and_every_set_has_its_file() -> None:
    assert {path.stem for path in FILES} == {name.replace("digests", "seeds") for name in SETS}


@pytest.mark.parametrize("name", SETS)
def test_the_questions_of_a_set_name_papers_of_its_corpus(name: str) -> None:
    if not (listed := ROOT / "questions" / f"{name}.papers").exists():
        assert name.startswith(("digests", "seeds"))
        return
    ids = listed.read_text().split()
    file = ROOT / "questions" / f"{name}.jsonl"
    asked = {paper for line in file.read_text().splitlines() for paper in json.loads(line)["papers"]}
    assert len(set(ids)) == len(ids) and asked <= set(ids)


@pytest.mark.skipif(not available("acl-a"), reason="needs ../shared/data/acl_anthology_abstracts.jsonl.gz")
def test_the_listed_papers_are_in_the_library_that_is_opened() -> None:
    with opened("acl-a") as (library, questions):
        records = {paper.source.record: paper.key for paper in library.papers()}
        assert set(records) == set((ROOT / "questions" / "acl-a.papers").read_text().split())
        assert all(asked.keys <= set(records.values()) for asked in questions)


def test_the_digests_need_no_data_but_the_repositorys() -> None:
    assert available("digests-dev") and available("digests-exam") and CORPORA["digests"] == [ROOT / "corpus"]


@pytest.mark.parametrize("name", ["digests-dev", "digests-exam"])
def test_the_papers_that_questions_name_are_found_by_title_handle_or_use(digests: Library, name: str) -> None:
    keys = {paper.key for paper in digests.papers()}
    questions = _questions(name, digests)
    assert len(questions) > 80 and all(asked.keys <= keys for asked in questions)
    by_id = {asked.id: asked for asked in questions}
    if name == "digests-exam":
        assert by_id["h01"].keys == {"shiRoute"} and by_id["h01"].facts == (("Llama-3.2-1B-Instruct",),)


def test_an_untitled_paper_goes_by_a_name_that_its_text_uses(digests: Library) -> None:
    untitled = [paper for paper in digests.papers() if paper.title is None]
    assert _mentions_most("LeZO", untitled) == "lezo"


def test_a_fact_holds_in_any_of_its_forms_and_any_typography() -> None:
    assert plain("The  “Map–Reduce”\n don’t") == "the “map-reduce” don't"
    assert holds("It gains 22.5 % – a LOT.", ("nothing", "22.5 % - a lot"))
    assert not holds("It gains 2.5%.", ("22.5%",))
