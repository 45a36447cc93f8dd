"""Notes from run to run, which may be lost and must never stand in the way."""

import sqlite3
from pathlib import Path

import pytest

from assistant.store.replies import FILE, Replies


def test_what_is_noted_is_there_in_the_next_run(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    first = Replies(folder)
    assert first.get("a") is None
    first.put("a", "é")
    first.put("a", "æ")
    first.close()
    assert Replies(folder).get("a") == "æ"


def test_two_processes_may_share_it(tmp_path: Path) -> None:
    one, other = Replies(tmp_path), Replies(tmp_path)
    one.put("a", "1")
    other.put("b", "2")
    assert (one.get("b"), other.get("a")) == ("2", "1")


def test_what_is_old_is_forgotten(tmp_path: Path) -> None:
    notes = Replies(tmp_path)
    notes.put("a", "1")
    notes.put("b", "2")
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("UPDATE notes SET day = date('now', '-31 days') WHERE key = 'a'")
    assert (notes.get("a"), notes.get("b")) == (None, "2")
    notes.put("c", "3")
    assert db.execute("SELECT count(*) FROM notes").fetchone() == (2,)


@pytest.mark.parametrize("content", [b"no database" * 100, b"", b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_broken_file_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    notes = Replies(tmp_path)
    assert notes.get("a") is None
    notes.put("a", "1")
    assert notes.get("a") == "1"


def test_a_folder_that_cannot_be_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    notes = Replies(tmp_path / "file" / "cache")
    notes.put("a", "1")
    assert notes.get("a") is None
