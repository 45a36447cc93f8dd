"""Vectors that were lost are made again, and only those."""

from pathlib import Path

from tests.fakes import WordEmbedder
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
        embedder = opened._embedder
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
