"""The vector index follows the catalog, and is mended whatever became of it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.errors import LibraryError
from assistant.store import sync
from assistant.store.catalog import Catalog
from assistant.store.index import VectorIndex
from tests.store.samples import BEES, ICE, SIZE, TIDES, paper, put, vector


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = Catalog(tmp_path, create=True)
    put(opened, "many.txt", *(paper(f"{n} {BEES} {n}") for n in range(600)))
    put(opened, "a.txt", paper(TIDES), paper(ICE))
    yield opened
    opened.close()


@pytest.fixture
def index(tmp_path: Path, catalog: Catalog) -> Iterator[VectorIndex]:
    opened = VectorIndex(tmp_path)
    sync.rebuild(catalog, opened)
    yield opened
    opened.close()


def agree(catalog: Catalog, index: VectorIndex, ids: bool = True) -> bool:
    """Every passage is found by its own vector, and nothing else is there; ``ids``: by their ids, too."""
    found = [
        index.nearest(row, 1)[0][0] == passage
        for ids, _, rows in catalog.vectors()
        for passage, row in list(zip(ids, rows, strict=True))[::50]
    ]
    same = not ids or index.ids() == catalog.passage_ids()
    return all(found) and same and sync.fault(catalog, index) is None


def test_a_new_library_has_no_index_until_it_is_healed(catalog: Catalog, tmp_path: Path) -> None:
    index = VectorIndex(tmp_path)
    assert sync.fault(catalog, index) == "was not completed"
    assert not index.path.exists()
    sync.heal(catalog, index)
    assert agree(catalog, index)
    index.close()


def test_an_empty_catalog_has_an_empty_index(tmp_path: Path) -> None:
    catalog, index = Catalog(tmp_path, create=True), VectorIndex(tmp_path)
    sync.heal(catalog, index)
    assert sync.fault(catalog, index) is None
    index.close()
    catalog.close()


def test_changes_are_followed(catalog: Catalog, index: VectorIndex) -> None:
    put(catalog, "a.txt", paper(TIDES), paper(ICE + " It is so."))
    assert sync.fault(catalog, index)
    sync.update(catalog, index)
    assert agree(catalog, index)
    catalog.remove(catalog.keys_of("a.txt"))
    sync.heal(catalog, index)
    assert agree(catalog, index)


def test_an_update_writes_only_what_differs(
    catalog: Catalog, index: VectorIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    upsert = VectorIndex.upsert
    monkeypatch.setattr(
        VectorIndex, "upsert", lambda self, ids, *rest: (written.extend(ids), upsert(self, ids, *rest))
    )
    monkeypatch.setattr(VectorIndex, "ids", None)  # a call is a TypeError
    put(catalog, "b.txt", paper("Something that is wholly new."))
    sync.update(catalog, index)
    assert len(written) == 2 and not catalog.stale()
    put(catalog, "b.txt", paper("Something that is new once more."))
    assert len(catalog.stale()) == 4
    sync.heal(catalog, index)
    assert len(written) == 4 and agree(catalog, index, ids=False)
    sync.heal(catalog, index)  # of nothing that has changed nothing is written
    assert len(written) == 4


@pytest.mark.parametrize(("exchanged", "is_rebuilt"), [(False, False), (True, True)])
def test_what_was_not_noted_is_found_nevertheless(
    catalog: Catalog, index: VectorIndex, exchanged: bool, is_rebuilt: bool
) -> None:
    """As by an earlier version that was ended before it came to the index: by the count, or by the newest passage."""
    name = index.name
    put(catalog, "a.txt" if exchanged else "b.txt", paper(TIDES + " Twice a day."), *[paper(ICE)] * exchanged)
    catalog.forget_stale()
    if exchanged:
        with pytest.raises(LibraryError, match="does not find passage"):
            sync.update(catalog, index)
    sync.heal(catalog, index)
    assert agree(catalog, index) and (index.name != name) is is_rebuilt


def damage(index: VectorIndex, how: str) -> None:
    index.close()
    if how == "folder deleted":
        shutil.rmtree(index.path)
    for path in list(index.path.rglob("*")):
        if how == "database deleted" and path.suffix == ".sqlite3":
            path.unlink()
        if how == "database garbled" and path.suffix == ".sqlite3":
            path.write_bytes(b"garbage" * 500)
        if how == "graph deleted" and path.is_dir():
            shutil.rmtree(path)
        if path.is_file() and path.suffix != ".sqlite3":
            data = path.read_bytes()
            harmed = {
                "graph garbled": b"garbage" * 50,
                "graph cut short": data[: len(data) * 9 // 10],
                "graph zeroed": bytes(len(data)),  # Chroma itself ends the process at some of these
                "graph emptied": b"",
            }
            path.write_bytes(harmed.get(how, data))
        if how == "folder emptied" and path.is_dir():
            shutil.rmtree(path)
        if how == "database cut short" and path.suffix == ".sqlite3":
            os.truncate(path, path.stat().st_size // 2)
        if how == "database emptied" and path.suffix == ".sqlite3":
            path.write_bytes(b"")


@pytest.mark.parametrize(
    "how",
    [
        *("folder deleted", "folder emptied", "database deleted", "database garbled", "database cut short"),
        *(
            "database emptied",
            "graph deleted",
            "graph garbled",
            "graph cut short",
            "graph zeroed",
            "graph emptied",
        ),
    ],
)
def test_a_damaged_index_is_seen_and_healed(catalog: Catalog, index: VectorIndex, how: str) -> None:
    damage(index, how)
    assert sync.fault(catalog, index)
    sync.heal(catalog, index)
    assert agree(catalog, index)


def test_vectors_of_another_library_are_seen_and_healed(catalog: Catalog, index: VectorIndex) -> None:
    """A small library, too, where every vector is among the nearest."""
    ids = sorted(catalog.passage_ids())
    index.upsert(ids, ["other"] * len(ids), np.array([vector(f"other {i}") for i in ids]))
    assert sync.fault(catalog, index)
    sync.heal(catalog, index)
    assert agree(catalog, index)


def test_the_folder_of_another_library_is_seen_and_healed(
    catalog: Catalog, index: VectorIndex, tmp_path: Path
) -> None:
    other, its = Catalog(tmp_path / "other", create=True), VectorIndex(tmp_path / "other")
    put(other, "b.txt", paper(TIDES + " So they say."))
    sync.heal(other, its)
    its.close()
    index.close()
    shutil.rmtree(index.path)
    shutil.copytree(its.path, index.path)
    assert sync.fault(catalog, index) == "is not there"
    sync.heal(catalog, index)
    assert agree(catalog, index) and len(list(index.path.iterdir())) == 1
    other.close()


def test_new_vectors_under_old_names_are_seen_and_healed(catalog: Catalog, index: VectorIndex) -> None:
    """A process that was killed after the vectors were replaced, and before the index was."""
    catalog.replace_vectors([(i, vector(f"new {i}")) for i in catalog.passage_ids()], "new")
    assert sync.fault(catalog, index) == "was not completed"
    sync.heal(catalog, index)
    assert agree(catalog, index)


def test_a_build_that_was_not_finished_leaves_the_index_as_it_was(
    catalog: Catalog, index: VectorIndex
) -> None:
    name = index.name

    def interrupted() -> Iterator[Any]:
        yield from list(catalog.vectors())[:1]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.build(interrupted())
    assert agree(catalog, index) and index.name == name and len(list(index.path.iterdir())) == 2
    sync.heal(catalog, index)
    assert [entry.name for entry in index.path.iterdir()] == [name]


@pytest.mark.parametrize(
    "harm",
    [
        "INSERT INTO words (words) VALUES ('delete-all')",
        "DELETE FROM words_docsize WHERE id = 7",
        "UPDATE words_data SET block = zeroblob(length(block))",
        "DELETE FROM words_idx",
    ],
)
def test_a_damaged_full_text_is_seen_and_healed(catalog: Catalog, index: VectorIndex, harm: str) -> None:
    catalog._db.execute(harm)
    assert catalog.words_health() != "ok"
    sync.heal(catalog, index)
    assert catalog.words_health() == "ok" and catalog.words_fault() is None
    assert len(catalog.words("tides", 5)) == 1


def test_passages_with_the_same_vector_are_no_damage(tmp_path: Path) -> None:
    catalog, index = Catalog(tmp_path, create=True), VectorIndex(tmp_path)
    put(catalog, "a.txt", *(paper(f"{BEES} {n}") for n in range(40)))
    catalog.replace_vectors([(i, np.ones(SIZE, np.float32)) for i in catalog.passage_ids()], "flat")
    sync.rebuild(catalog, index)
    assert sync.fault(catalog, index) is None
    index.close()
    catalog.close()


def test_an_altered_graph_is_not_brought_in_step(catalog: Catalog, index: VectorIndex) -> None:
    name, generation, _ = sync._recorded(catalog)
    catalog.set_meta("index", f"{name} {generation} another")
    with pytest.raises(LibraryError, match="was altered"):
        sync.update(catalog, index)
    sync.heal(catalog, index)
    assert agree(catalog, index) and sync._recorded(catalog)[0] != name
