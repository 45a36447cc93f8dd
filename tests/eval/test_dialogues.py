"""The suite of dialogues: it can be read, names papers that are there, and is answered without a wrong paper."""

from pathlib import Path

import pytest

from assistant import Library
from eval.dialogues import ASK, FOLDER, HALVES, NEW, Said, read, scored


def test_the_halves_are_different_and_name_papers_that_are_there(digests: Library) -> None:
    keys = {paper.key for paper in digests.papers()} | {ASK, NEW}
    said = {name: list(read(FOLDER / f"{name}.txt")) for name in HALVES}
    for name, dialogues in said.items():
        meant = {key for talk in dialogues for said in talk for key in said.means or ()}
        assert HALVES[name] != "digests" or meant <= keys
    talks = [tuple(said.words for said in talk) for dialogues in said.values() for talk in dialogues]
    assert len(talks) == len(set(talks)) >= 80


def test_an_expectation_must_say_something(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("What is KID? =>\n")
    with pytest.raises(ValueError, match="nothing is expected"):
        list(read(tmp_path / "a.txt"))


def test_no_dialogue_shows_a_wrong_paper(digests: Library) -> None:
    found = scored(list(read(FOLDER / "dev.txt"))[:8], digests)
    assert not any(found.wrong) and sum(found.right) / len(found.right) >= 0.9, found.failures


def test_what_is_wrong_is_told(digests: Library) -> None:
    talk = [
        Said("What is KID?", None),
        Said("who wrote it?", frozenset({"lezo"})),
        Said("[1]", frozenset({"lezo"})),
    ]
    found = scored([talk], digests)
    assert found.right == [False, False] and found.wrong == [False, True] and len(found.failures) == 2
    assert "referent right 0.000 (0 of 2 turns)" in found.line("x") and "referent 1 of 2" in found.line("x")
