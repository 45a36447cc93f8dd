"""Conversations in their file: kept turn by turn, by several processes at once, and named by a part of their id."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import LibraryError, UsageError
from assistant.store.sessions import ASKED, FILE, UNDONE, Sessions, new_id


def test_a_turn_is_there_before_it_is_answered_and_for_another_process(tmp_path: Path) -> None:
    one, two = Sessions(tmp_path), Sessions(tmp_path)
    assert one.listed() == [] == one.questions() and not (tmp_path / FILE).exists()
    assert (one.ask("a1", "Why?"), one.ask("a1", "How?"), two.ask("b2", "Who?")) == (1, 2, 1)
    one.settle("a1", 1, "done", "Because of otters.", "{}")
    assert [(row.number, row.state, row.record) for row in two.turns("a1")] == [
        (1, "done", "{}"),
        (2, ASKED, None),
    ]
    assert [(kept.id, kept.title, kept.turns) for kept in two.listed()] == [
        ("a1", "Why?", 2),
        ("b2", "Who?", 1),
    ]
    assert two.questions()[0] == "Who?" and set(two.questions()) == {"Why?", "How?", "Who?"}


def test_what_was_taken_back_is_neither_listed_nor_found(tmp_path: Path) -> None:
    kept = Sessions(tmp_path)
    kept.ask("a1", "first")
    kept.ask("a1", "second")
    kept.settle("a1", 1, UNDONE)
    assert kept.listed()[0].title == "second" and kept.find("first") == []
    kept.settle("a1", 2, UNDONE)
    assert kept.listed() == [] and kept.turns("a1") == []
    assert kept.ask("a1", "third") == 3


def test_words_are_found_in_question_and_answer_together(tmp_path: Path) -> None:
    kept = Sessions(tmp_path)
    kept.settle("a1", kept.ask("a1", "How deep?"), "done", "97 Metres")
    assert kept.find("metres DEEP")[0].question == "How deep?" and kept.find("deep 98") == []


def test_a_conversation_is_named_by_a_beginning_that_is_one_s_own(tmp_path: Path) -> None:
    kept = Sessions(tmp_path)
    with pytest.raises(UsageError, match="no conversation is kept here yet"):
        kept.named("last")
    for name in ("1125-ab", "1125-cd"):
        kept.ask(name, "x")
    assert (kept.named("last"), kept.named("1125-a"), kept.named("1125-cd")) == (
        "1125-cd",
        "1125-ab",
        "1125-cd",
    )
    with pytest.raises(UsageError, match="1125 can be 1125-ab or 1125-cd"):
        kept.named("1125")
    with pytest.raises(UsageError, match="there is no conversation 'zz'"):
        kept.named("zz")
    assert len({new_id() for _ in range(50)}) == 50


def test_a_damaged_a_locked_and_a_removed_file(tmp_path: Path) -> None:
    kept = Sessions(tmp_path)
    kept.ask("a1", "x")
    (tmp_path / FILE).unlink()
    assert kept.listed() == [] and kept.ask("a1", "y") == 1
    kept.close()
    (tmp_path / FILE).write_bytes(b"no database" * 100)
    with pytest.raises(LibraryError, match="is damaged"):
        kept.ask("a1", "z")
    (tmp_path / FILE).unlink()
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE t (x)")
    (tmp_path / "gone").mkdir()
    lost = Sessions(tmp_path / "absent")
    with pytest.raises(LibraryError, match="is not there any more"):
        lost.ask("a1", "z")
