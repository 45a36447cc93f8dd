"""A backup brings a library back: one that is in use, lost or damaged; and what is no whole backup changes nothing."""

import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import LibraryError, UsageError
from assistant.library import Library
from assistant.store.backup import restore
from assistant.store.schema import SCHEMA_VERSION
from assistant.store.sessions import Sessions
from tests.test_flips import flip
from tests.test_kill import WORDS, write_notes
from tests.victims import Nursery, library


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    process = Nursery()
    yield process
    process.close()


@pytest.fixture
def folder(nursery: Nursery, tmp_path: Path) -> Path:
    """A library with papers and a conversation."""
    folder = tmp_path / "library"
    nursery("add", folder, "words", write_notes(tmp_path / "notes", 0))
    sessions = Sessions(folder)
    sessions.ask("0101-a", "How do otters sort?")
    sessions.close()
    return folder


def saved(folder: Path, file: Path) -> Path:
    with library(str(folder)) as opened:
        opened.backup(file)
    return file


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_brings_back_papers_and_conversations(nursery: Nursery, tmp_path: Path, folder: Path) -> None:
    held = nursery("contents", folder, "words", *WORDS)
    file = saved(folder, tmp_path / "a.backup")
    assert file.stat().st_mode & 0o777 == 0o600
    assert set(zipfile.ZipFile(file).namelist()) == {"catalog.db", "sessions.db"}
    restore(file, tmp_path / "elsewhere/library")
    nursery("reindex", tmp_path / "elsewhere/library", "words")
    assert nursery("contents", tmp_path / "elsewhere/library", "words", *WORDS) == held
    assert Sessions(tmp_path / "elsewhere/library").questions() == ["How do otters sort?"]
    assert not list(tmp_path.rglob(".assistant-*"))


def test_a_library_that_is_there_is_replaced_if_that_is_meant(
    nursery: Nursery, tmp_path: Path, folder: Path
) -> None:
    """Whoever has it open sees what was put back; what it had found before is forgotten."""
    file = saved(folder, tmp_path / "a.backup")
    held = nursery("contents", folder, "words", *WORDS)
    (tmp_path / "newts.txt").write_text(
        "The newts of the pond were counted on 7 nights, and they eat snails."
    )
    nursery("add", folder, "words", tmp_path / "newts.txt")
    with pytest.raises(UsageError, match="put the backup in its place with --force"):
        restore(file, folder)
    with library(str(folder)) as reader:
        assert any("newts" in hit.passage.text for hit in reader.search("newts of the pond"))
        restore(file, folder, force=True)
        assert not any("newts" in hit.passage.text for hit in reader.search("newts of the pond"))
    assert nursery("contents", folder, "words", *WORDS) == held


@pytest.mark.parametrize("damage", ["half", "nothing", "garbage", "stale changes"])
def test_a_damaged_library_is_replaced(nursery: Nursery, tmp_path: Path, folder: Path, damage: str) -> None:
    file, path = saved(folder, tmp_path / "a.backup"), folder / "catalog.db"
    held = nursery("contents", folder, "words", *WORDS)
    whole = path.read_bytes()
    path.write_bytes({"half": whole[: len(whole) // 2], "garbage": b"garbage" * 900}.get(damage, b""))
    if damage == "stale changes":
        path.with_name("catalog.db-wal").write_bytes(b"changes" * 900)
    restore(file, folder, force=True)
    nursery("reindex", folder, "words")
    assert nursery("contents", folder, "words", *WORDS) == held


def test_what_is_no_whole_backup_changes_nothing(nursery: Nursery, tmp_path: Path, folder: Path) -> None:
    file, before = saved(folder, tmp_path / "a.backup"), contents(folder)
    whole = file.read_bytes()
    bad = tmp_path / "bad.backup"
    for data, says in (
        (b"", "is no whole backup"),
        (whole[:-100], "is no whole backup"),
        (whole[:900] + bytes([whole[900] ^ 4]) + whole[901:], "bad.backup"),
        (zipped(tmp_path, "notes.txt", b"notes"), "holds no catalog.db"),
        (zipped(tmp_path, "../catalog.db", b"notes"), "holds no catalog.db"),
        (zipped(tmp_path, "catalog.db", b"notes" * 999), "cannot be put back, and nothing was changed"),
        (zipped(tmp_path, "catalog.db", newer(folder)), "newer version"),
    ):
        bad.write_bytes(data)
        with pytest.raises(LibraryError, match=says) as refused:
            restore(bad, folder, force=True)
        assert "\n" not in str(refused.value)
    assert {name: data for name, data in contents(folder).items() if "writer" not in name} == {
        name: data for name, data in before.items() if "writer" not in name
    }


def zipped(place: Path, name: str, data: bytes) -> bytes:
    with zipfile.ZipFile(place / "made.zip", "w") as archive:
        archive.writestr(name, data)
    return (place / "made.zip").read_bytes()


def newer(folder: Path) -> bytes:
    """The catalog, of a later schema."""
    data = bytearray((folder / "catalog.db").read_bytes())
    data[60:64] = (SCHEMA_VERSION + 1).to_bytes(4, "big")  # where SQLite keeps user_version
    return bytes(data)


def test_a_damaged_library_is_not_backed_up(tmp_path: Path, folder: Path) -> None:
    data = (folder / "catalog.db").read_bytes()
    flip(folder / "catalog.db", 8 * data.index(b"sort pebbles") + 7)
    with pytest.raises(LibraryError, match="was not backed up"):
        saved(folder, tmp_path / "a.backup")
    assert not (tmp_path / "a.backup").exists()


def test_a_backup_is_of_one_moment(nursery: Nursery, tmp_path: Path, folder: Path) -> None:
    """While a writer adds files one by one, each backup holds whole ones."""
    paths = [tmp_path / f"pond{n}.txt" for n in range(8)]
    for n, path in enumerate(paths):
        path.write_text(f"The newts of pond {n} were counted on {n + 3} nights, and they eat snails.")
    writer = threading.Thread(target=lambda: [nursery("add", folder, "words", path) for path in paths])
    writer.start()
    n = 0
    while writer.is_alive() or n < 2:
        restore(saved(folder, tmp_path / f"{n}.backup"), tmp_path / f"restored{n}")
        n += 1
    writer.join()
    for each in range(n):
        with library(str(tmp_path / f"restored{each}")) as opened:
            assert opened.damage() is None
            opened.reindex()
            assert opened.status(verify=True).healthy


# --- libraries of other versions --------------------------------------------------------------------------

KEPT = sorted((Path(__file__).parents[1] / "data").glob("library-schema-*.zip"))


def test_a_library_of_this_schema_is_kept() -> None:
    assert f"library-schema-{SCHEMA_VERSION}.zip" in [path.name for path in KEPT]


@pytest.mark.parametrize("file", KEPT, ids=[path.name for path in KEPT])
def test_what_earlier_code_made_is_read_by_this(file: Path, tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    zipfile.ZipFile(file).extract("catalog.db", tmp_path / "library")
    with Library.open(tmp_path / "library") as opened:
        answer = opened.ask("What did the pre-training for SMI cost?")
        assert "560k dollars" in answer.text and answer.claims[0].citations
        assert opened.status(verify=True).indexes == {"catalog": "ok", "full text": "ok", "vectors": "ok"}


def test_a_library_from_the_future_is_refused_and_left_as_it_is(folder: Path) -> None:
    shutil.rmtree(folder / "chroma")
    (folder / "catalog.db").write_bytes(newer(folder))
    before = (folder / "catalog.db").read_bytes()
    for create in (False, True):
        with pytest.raises(
            LibraryError, match="was written by a newer version of assistant; update this one"
        ):
            Library.open(folder, create=create)
    assert (folder / "catalog.db").read_bytes() == before
