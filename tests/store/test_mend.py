"""Vectors that were lost are made again, and only those."""

from pathlib import Path
from typing import Any

import pytest

from assistant import Library
from assistant.store.catalog import Catalog
from tests.fakes import WordEmbedder
from tests.store.samples import without_checksums
from tests.victims import library


def test_lost_and_damaged_vectors_are_made_again(tmp_path: Path) -> None:
    note = tmp_path / "notes.txt"
    note.write_text("Voles dig.\n\n" + "The tides of the Dee are high, as the gauges there tell us. " * 60)
    with library(str(tmp_path / "library"), create=True) as opened:
        opened.add([note])
        before = [list(map(bytes, vectors)) for _, _, vectors in opened._catalog.vectors()]
        opened._catalog._db.execute("DELETE FROM vectors WHERE passage = 1")
        opened._catalog._db.execute("UPDATE vectors SET vector = zeroblob(3) WHERE passage = 2")
        assert "no vector" in opened.status(verify=True).indexes["catalog"]
        embedder = opened._indexer.passages
        assert isinstance(embedder, WordEmbedder)
        embedder.calls.clear()
        opened.reindex()
        assert [len(texts) for texts in embedder.calls] == [2]
        assert [list(map(bytes, vectors)) for _, _, vectors in opened._catalog.vectors()] == before
        assert opened.status(verify=True).healthy


def test_a_question_makes_lost_vectors_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Voles dig burrows.")
    with library(str(tmp_path / "library"), create=True) as opened:
        opened.add([tmp_path / "a.txt"])
        opened._catalog._db.execute("DELETE FROM vectors")
        opened._catalog.set_meta("index", "")
        assert [hit.found_by for hit in opened.search("voles")] == ["both"]
        assert opened.warnings == [] and opened.status(verify=True).healthy


def rows(opened: Library) -> list[Any]:
    return opened._catalog._db.execute("SELECT * FROM sentences ORDER BY paper, number").fetchall()


def as_of_version_2(opened: Library) -> None:
    without_checksums(opened._catalog._db)
    for name in "works own names records decisions edits aliases due stale".split():
        opened._catalog._db.execute(f"DROP TABLE {name}")
    opened._catalog._db.execute("DELETE FROM meta WHERE name = 'identity'")
    opened._catalog._db.execute("PRAGMA user_version = 2")


def test_a_library_of_an_earlier_version_gets_its_sentences_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("On Voles\n\nAbstract: Voles dig burrows. They sleep there by day.")
    folder = str(tmp_path / "library")
    with library(folder, create=True) as opened:
        opened.add([tmp_path / "a.txt"])
        before = rows(opened)
        assert len(before) == 3
        as_of_version_2(opened)
        opened._catalog._db.execute("DROP TABLE sentences")
        opened._catalog._db.execute("DELETE FROM meta WHERE name = 'sentences'")
        opened._catalog._db.execute("PRAGMA user_version = 1")
    with library(folder) as opened:
        assert rows(opened) == []
        assert "no sentences" in opened.status(verify=True).indexes["catalog"]
        told: list[str] = []
        opened._notify = told.append
        assert opened.search("voles")
        assert rows(opened) == before and len(told) == 1
        opened.search("burrows")
        assert len(told) == 1 and opened.status(verify=True).healthy


def test_sentences_read_by_another_embedder_are_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Voles dig burrows.")
    with library(str(tmp_path / "library"), create=True) as opened:
        opened.add([tmp_path / "a.txt"])
        before = rows(opened)
        opened._catalog._db.execute("UPDATE sentences SET vector = zeroblob(32)")
        opened._catalog.set_meta("sentences", "another")
        opened.search("voles")
        assert rows(opened) == before


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("DELETE FROM sentences WHERE number = 1", "are not those of its text"),
        ("DELETE FROM sentences", "no sentences"),
        ("UPDATE sentences SET vector = zeroblob(3) WHERE number = 1", "without a vector"),
        ("UPDATE sentences SET vector = NULL WHERE number = 1", "are not those of its text"),
        ('UPDATE sentences SET "end" = 4000 WHERE number = 2', "are not those of its text"),
        ("UPDATE sentences SET start = 3 WHERE number = 2", "are not those of its text"),
    ],
)
def test_damaged_sentences_are_told_and_mended(tmp_path: Path, damage: str, told: str) -> None:
    (tmp_path / "a.txt").write_text("On Voles\n\nAbstract: Voles dig burrows. They sleep there by day.")
    with library(str(tmp_path / "library"), create=True) as opened:
        opened.add([tmp_path / "a.txt"])
        before = rows(opened)
        opened._catalog._db.execute(damage)
        assert told in opened.status(verify=True).indexes["catalog"]
        opened.reindex()
        assert rows(opened) == before and opened.status(verify=True).healthy


def test_an_addition_reads_no_other_papers_sentences_and_fills_in_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"On Voles {name}\n\nAbstract: Voles dig {name}.")
    with library(str(tmp_path / "library"), create=True) as opened:
        opened.add([tmp_path / "a.txt"])
        before = rows(opened)
        opened._catalog._db.execute("DELETE FROM sentences")
        for reads_all in ("misplaced_sentences", "lacking_sentences"):
            monkeypatch.setattr(Catalog, reads_all, None)  # a call is a TypeError
        opened.add([tmp_path / "b.txt"])
        assert rows(opened)[: len(before)] == before and len(rows(opened)) == 2 * len(before)


def test_sentences_in_which_a_bit_has_flipped_are_told_and_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("On Voles\n\nAbstract: Voles dig burrows. They sleep there by day.")
    with library(str(tmp_path / "library"), create=True) as opened:
        opened.add([tmp_path / "a.txt"])
        before = rows(opened)
        opened._catalog._db.execute("UPDATE sentences SET section = 'Sea' WHERE number = 2")
        opened._catalog._db.execute("UPDATE sentences SET sum = sum + 1 WHERE number = 2")
        assert "not those that were stored" in opened.status(verify=True).indexes["catalog"]
        opened.reindex()
        assert rows(opened) == before and opened.status(verify=True).healthy


def test_a_library_of_version_2_is_put_in_order_when_it_is_next_written_to(tmp_path: Path) -> None:
    folder = str(tmp_path / "library")
    for name, more in (("a", ""), ("b", " They sleep there by day.")):
        header = "---\ntitle: On voles that dig burrows\nyear: 2020\n---\n"
        (tmp_path / f"{name}.md").write_text(f"{header}Voles dig burrows.{more}")
    with library(folder, create=True) as opened:
        opened.add([tmp_path / "a.md", tmp_path / "b.md"])
        (paper,) = opened.papers()
        opened.split(paper.key)
        assert len(list(opened.papers())) == 2
        as_of_version_2(opened)
    with library(folder) as opened:
        assert len(list(opened.papers())) == 2 and opened.search("voles")
        opened.reindex()
        (paper,) = opened.papers()
        assert paper.source.file.endswith("b.md") and opened.status(verify=True).healthy
