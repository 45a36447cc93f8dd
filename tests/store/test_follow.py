"""A reader keeps up with its library, whatever happens to what is derived from it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import LibraryError
from assistant.store import sync
from assistant.store.catalog import Catalog
from assistant.store.follow import Follower
from assistant.store.index import VectorIndex
from assistant.store.lock import writer
from tests.store.samples import BEES, ICE, TIDES, paper, put, vector


class Reader:
    """A follower, its catalog and what it warned of. What it mends is counted."""

    def __init__(self, folder: Path) -> None:
        self.catalog, self.index = Catalog(folder), VectorIndex(folder)
        self.warnings: list[str] = []
        self.mended = 0
        self.follower = Follower(folder, self.catalog, self.index, self._mend, self.warnings.append)

    def _mend(self) -> None:
        self.mended += 1
        sync.heal(self.catalog, self.index)

    def finds(self, text: str) -> bool:
        self.follower.catch_up()
        return any(cosine > 0.99 for _, cosine in self.follower.nearest(vector(text), 1))


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """The writer's."""
    opened, index = Catalog(tmp_path, create=True), VectorIndex(tmp_path)
    put(opened, "a.txt", paper(TIDES), paper(BEES))
    sync.heal(opened, index)
    index.close()
    yield opened
    opened.close()


@pytest.fixture
def reader(catalog: Catalog, tmp_path: Path) -> Iterator[Reader]:
    opened = Reader(tmp_path)
    yield opened
    opened.index.close()
    opened.catalog.close()


def a_passage(catalog: Catalog) -> str:
    return catalog.passages_of(catalog.keys_of("a.txt")[-1])[0].text


def test_an_index_that_is_whole_is_only_read(reader: Reader, catalog: Catalog) -> None:
    for _ in range(3):
        assert reader.finds(a_passage(catalog))
    assert reader.mended == 0 and reader.warnings == []


def test_what_another_has_added_and_indexed_is_found(
    reader: Reader, catalog: Catalog, tmp_path: Path
) -> None:
    assert reader.finds(a_passage(catalog))
    index = VectorIndex(tmp_path)
    for rebuild in (False, True):
        put(catalog, "a.txt", paper(f"{ICE} {rebuild}"))
        (sync.rebuild if rebuild else sync.heal)(catalog, index)
        assert reader.finds(a_passage(catalog))
    index.close()
    assert reader.mended == 0 and reader.warnings == []


def test_an_index_that_was_replaced_meanwhile_is_opened(
    reader: Reader, catalog: Catalog, tmp_path: Path
) -> None:
    assert reader.finds(a_passage(catalog))
    index = VectorIndex(tmp_path)
    sync.rebuild(catalog, index)
    index.close()
    assert reader.finds(a_passage(catalog)) and reader.index.name == index.name
    assert reader.mended == 0 and reader.warnings == []


@pytest.mark.parametrize("gone", ["", "sub-folder"])
def test_an_index_that_was_deleted_meanwhile_is_mended(reader: Reader, catalog: Catalog, gone: str) -> None:
    assert reader.finds(a_passage(catalog))
    shutil.rmtree(reader.index.path / reader.index.name if gone else reader.index.path)
    assert reader.finds(a_passage(catalog))
    assert reader.mended == 1 and reader.warnings == []


def test_while_another_writes_there_is_no_index_and_a_warning(
    reader: Reader, catalog: Catalog, tmp_path: Path
) -> None:
    put(catalog, "a.txt", paper(ICE))
    with writer(tmp_path):
        assert not reader.finds(a_passage(catalog))
    (warning,) = reader.warnings
    assert "answered from full text alone" in warning and "is writing" in warning
    assert reader.finds(a_passage(catalog)) and reader.mended == 1


def test_an_index_that_fails_in_the_middle_is_done_without(reader: Reader, catalog: Catalog) -> None:
    reader.follower.catch_up()
    reader.index.close()
    shutil.rmtree(reader.index.path)
    assert reader.follower.nearest(vector(TIDES), 1) == []
    assert "answered from full text alone" in reader.warnings[0]
    assert reader.finds(a_passage(catalog))


def test_without_a_full_text_there_is_no_answer(reader: Reader, catalog: Catalog, tmp_path: Path) -> None:
    catalog._db.execute("INSERT INTO words (words) VALUES ('delete-all')")
    with (
        writer(tmp_path),
        pytest.raises(LibraryError, match=r"full text holds 0 of 4 .* cannot be mended: process"),
    ):
        reader.follower.catch_up()
    reader.follower.catch_up()
    assert reader.catalog.words("tides", 5) and reader.warnings == []
