"""The checks of status --verify: nothing is wrong, or each kind of harm is named."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.store import sync
from assistant.store.catalog import Catalog
from assistant.store.index import VectorIndex
from assistant.store.status import catalog_health, vectors_health, words_health
from tests.store.samples import BEES, ICE, TIDES, paper, put, vector


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = Catalog(tmp_path, create=True)
    put(opened, "many.txt", *(paper(f"{n} {BEES} {n}") for n in range(50)))
    put(opened, "a.txt", paper(TIDES), paper(ICE))
    yield opened
    opened.close()


@pytest.fixture
def index(tmp_path: Path, catalog: Catalog) -> Iterator[VectorIndex]:
    opened = VectorIndex(tmp_path)
    sync.heal(catalog, opened)
    yield opened
    opened.close()


def test_nothing_is_wrong(catalog: Catalog, index: VectorIndex) -> None:
    assert (
        catalog_health(catalog) == words_health(catalog, True) == vectors_health(catalog, index, True) == "ok"
    )
    empty = Catalog(index.path.parent / "empty", create=True)
    assert catalog_health(empty) == words_health(empty, True) == "ok"
    empty.close()


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("UPDATE papers SET text = text || ' not' WHERE n = 20", "text of .* is not the one"),
        ('UPDATE passages SET "end" = 9999 WHERE n = 20', "outside its text"),
        ("UPDATE passages SET start = -1 WHERE n = 20", "outside its text"),
        ("DELETE FROM vectors WHERE passage IN (20, 21)", "2 passages have no vector"),
        (
            "UPDATE vectors SET vector = zeroblob(20) WHERE passage = 20",
            "1 passages have no vector, or one of",
        ),
        (
            "INSERT INTO file_papers (file, paper, start, 'end') VALUES (1, 999, 9999, 10000)",
            "file_papers refers to one that is not",
        ),
        ("DELETE FROM file_papers WHERE paper = 20", "belongs to no file"),
    ],
)
def test_harm_to_the_catalog_is_named(catalog: Catalog, harm: str, told: str) -> None:
    catalog._db.execute("PRAGMA foreign_keys = OFF")
    catalog._db.execute(harm)
    with pytest.raises(AssertionError, match=told):
        assert catalog_health(catalog) == "ok"


def test_a_word_that_the_full_text_has_too_many_is_found_by_verifying(catalog: Catalog) -> None:
    catalog._db.execute("INSERT INTO words (rowid, title, text) VALUES (30, '', 'wasps')")
    assert words_health(catalog, False) == "ok"
    assert "does not match the passages" in words_health(catalog, True)


def test_a_vector_that_was_altered_is_found_by_verifying(catalog: Catalog, index: VectorIndex) -> None:
    ids, papers, vectors = next(catalog.vectors())
    index.upsert([ids[30]], [papers[30]], np.array([vector("another")]))
    assert vectors_health(catalog, index, False) == "ok"
    assert vectors_health(catalog, index, True) == f"has another paper or vector for passage {ids[30]}"
    index.upsert([ids[30]], ["another"], vectors[30:31])
    assert vectors_health(catalog, index, True) == f"has another paper or vector for passage {ids[30]}"
    index.delete([ids[30]])
    index.upsert(["p_foreign"], [papers[30]], vectors[30:31])
    assert vectors_health(catalog, index, True) == "holds other passages than the papers have"
