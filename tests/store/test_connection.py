"""Whatever became of catalog.db: it works, or one line says what is lost and what to do."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import LibraryError, NoLibrary
from assistant.library import Library
from assistant.store import schema
from assistant.store.catalog import Catalog
from tests.store.samples import BEES, ICE, TIDES, paper, put


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed catalog beside what was made from it."""
    folder = tmp_path / "library"
    catalog = Catalog(folder, create=True)
    put(catalog, "/papers/sea/tides.txt", paper(TIDES))
    put(catalog, "/papers/ice/ice.txt", paper(ICE), *(paper(f"{n} {BEES}") for n in range(200)))
    catalog.close()
    (folder / "chroma").mkdir()
    return folder


def half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def one_page(path: Path) -> None:
    os.truncate(path, 4096)


def zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def garbage(path: Path) -> None:
    path.write_bytes(os.urandom(9000))


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def absent(path: Path) -> None:
    path.unlink()


def refusal(folder: Path, create: bool = False) -> str:
    with pytest.raises(LibraryError) as refused:
        Catalog(folder, create)
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize("damage", [half, one_page, zeros, garbage])
def test_a_damaged_catalog_is_refused_and_left_as_it_is(folder: Path, damage: Callable[[Path], None]) -> None:
    damage(folder / "catalog.db")
    left = (folder / "catalog.db").read_bytes()
    for create in (False, True):
        told = refusal(folder, create)
        assert "damaged" in told and "lost" in told and f"move {folder} away and add the files again" in told
    assert (folder / "catalog.db").read_bytes() == left


def test_what_can_still_be_read_says_where_the_files_are(folder: Path) -> None:
    half(folder / "catalog.db")
    assert "lists 2 or more, under /papers)" in refusal(folder)


@pytest.mark.parametrize("damage", [nothing, absent])
def test_a_catalog_that_is_gone_is_told_from_one_that_never_was(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    damage(folder / "catalog.db")
    told = refusal(folder)
    assert "missing or empty" in told and "lost" in told and str(folder / "chroma") in told
    with Library.open(folder, create=True) as library:
        (warning,) = library.warnings
        assert "had lost its catalog" in warning and list(library.papers()) == []
    shutil.rmtree(folder)
    with pytest.raises(NoLibrary, match="there is no library"):
        Catalog(folder)


@pytest.mark.parametrize("damage", [nothing, absent])
def test_latest_changes_without_their_catalog_are_not_overwritten(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    damage(folder / "catalog.db")
    log = folder / "catalog.db-wal"
    log.write_bytes(b"changes")
    for create in (False, True):
        assert f"{log}, its latest changes, is there" in refusal(folder, create)
    assert log.read_bytes() == b"changes"


def test_changes_that_were_lost_leave_what_was_before(folder: Path, tmp_path: Path) -> None:
    """The file of the latest changes was deleted after a kill."""
    catalog = Catalog(folder)
    put(catalog, "/papers/new.txt", paper("Something that is wholly new."))
    shutil.copytree(folder, tmp_path / "killed")
    catalog.close()
    (tmp_path / "killed" / "catalog.db-wal").unlink()
    opened = Catalog(tmp_path / "killed")
    assert set(opened.files()) == {"/papers/sea/tides.txt", "/papers/ice/ice.txt"}
    assert list(opened.integrity_faults()) == []
    opened.close()


def test_a_catalog_that_was_only_begun_is_none_yet(tmp_path: Path) -> None:
    (tmp_path / "catalog.db").touch()
    with pytest.raises(NoLibrary, match="add PATH"):
        Catalog(tmp_path)
    Catalog(tmp_path, create=True).close()
    Catalog(tmp_path).close()


@pytest.mark.parametrize("seen", [(0, set()), (0, {"papers"})])
def test_a_catalog_that_another_process_is_making_is_its_and_ours(
    tmp_path: Path, seen: tuple[int, set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is seen in the other's midst is looked at again, when the other has let go of the lock."""
    Catalog(tmp_path, create=True).close()
    state, first = schema._state, [seen]
    monkeypatch.setattr(schema, "_state", lambda db: first.pop() if first else state(db))
    catalog = Catalog(tmp_path, create=True)
    assert catalog.counts() == (0, 0) and not first
    catalog.close()


@pytest.mark.parametrize("version", [0, 1])
def test_the_database_of_another_program_is_refused(tmp_path: Path, version: int) -> None:
    other = sqlite3.connect(tmp_path / "catalog.db")
    other.execute("CREATE TABLE meta (name, value)")
    other.execute(f"PRAGMA user_version = {version}")
    other.close()
    for create in (False, True):
        assert "another program" in refusal(tmp_path, create)


def test_damage_inside_is_told_when_it_is_met(folder: Path) -> None:
    """Also by a fetch, after the statement itself has gone well."""
    with (folder / "catalog.db").open("r+b") as file:
        file.seek(42 * 4096)
        file.write(bytes((folder / "catalog.db").stat().st_size - 42 * 4096))
    catalog = Catalog(folder)
    for reading in (lambda: list(catalog.papers()), lambda: list(catalog.vectors()), catalog.passage_counts):
        with pytest.raises(LibraryError, match="is damaged"):
            reading()
    catalog.close()


def test_damage_in_what_describes_the_tables_is_told(folder: Path) -> None:
    """Where SQLite's own message quotes bytes that are no text."""
    whole = (folder / "catalog.db").read_bytes()
    for name in (b"CREATE TRIGGER papers_insert", b"CREATE TABLE papers"):
        (folder / "catalog.db").write_bytes(whole.replace(name, name.replace(b" papers", b"\xa2papers")))
        assert "is damaged" in refusal(folder, False) and "\n" not in refusal(folder, False)


def test_a_damaged_full_text_is_told_from_damaged_papers(folder: Path) -> None:
    catalog = Catalog(folder)
    catalog._db.execute("DELETE FROM words_data WHERE id > 10")
    with pytest.raises(LibraryError, match=f"papers are not; run: assistant --library {folder} reindex"):
        catalog.words("tides", 5)
    catalog.close()


def test_a_text_that_was_altered_is_not_quoted(folder: Path) -> None:
    catalog = Catalog(folder)
    (key,) = catalog.keys_of("/papers/sea/tides.txt")
    catalog._db.execute("UPDATE papers SET text = replace(text, '12,705', '12,706') WHERE key = ?", (key,))
    with pytest.raises(LibraryError, match=f"text of {key} was altered"):
        catalog.paper(key)
    catalog.close()
