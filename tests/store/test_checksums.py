"""What changes in a row of the catalog behind its back is noticed and named; what a statement changes is not."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import LibraryError
from assistant.store import schema
from assistant.store.catalog import Catalog
from assistant.store.checksums import SENTENCES, TRUTH, altered, checksum
from assistant.store.connection import CATALOG, opened
from assistant.store.status import catalog_health, damage
from tests.store.samples import BEES, ICE, put, without_checksums
from tests.store.samples import paper as made
from tests.store.test_works import bib, listing, pdf, put_bib

TABLES = (*TRUTH, SENTENCES)
KEY = "dee21"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with a row in every table."""
    with closing(Catalog(tmp_path / "library", create=True)) as catalog:
        put(catalog, "dee.pdf", pdf())
        put(catalog, "list.txt", listing())
        put_bib(catalog, bib("dee20"), tells_only=True)
        put_bib(catalog, bib(KEY), tells_only=True)
        merged = catalog.merge([*put(catalog, "a.txt", made(ICE)), *put(catalog, "b.txt", made(BEES))])
        catalog.edit(merged, {"year": 1999})
        catalog.tag([KEY], "cold")
    return tmp_path / "library"


def raw(folder: Path) -> sqlite3.Connection:
    """As the disk has it: no statement of ours changes it."""
    db = sqlite3.connect(folder / CATALOG, isolation_level=None)
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    return db


def test_every_table_but_what_is_held_against_others_has_checksums(folder: Path) -> None:
    with closing(raw(folder)) as db:
        names = {
            name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'")
        }
    own = {name for name in names if not name.startswith("words_")}
    assert own - set(TABLES) == {"meta", "vectors", "names", "due", "stale"}


@pytest.mark.parametrize("table", TABLES)
def test_a_value_that_changed_is_noticed(folder: Path, table: str) -> None:
    """In any column, also where nothing stood."""
    with closing(raw(folder)) as db:
        db.create_function("checksum", -1, checksum, deterministic=True)
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        (rows,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert rows and columns[-1] == "sum" and list(altered(db, table)) == []
        for column in columns:
            db.execute("BEGIN")
            db.execute(
                f"""UPDATE {table} SET "{column}" = CASE typeof("{column}") WHEN 'integer' THEN 1000 + "{column}"
                WHEN 'blob' THEN zeroblob(3) WHEN 'null' THEN 7 ELSE "{column}" || 'x' END"""
            )
            assert list(altered(db, table)), column
            db.execute("ROLLBACK")


@pytest.mark.parametrize(
    ("harm", "named"),
    [
        ("UPDATE papers SET title = 'Tides of the river Dea' WHERE key = 'dee21'", "dee21 .* (papers)"),
        ("UPDATE papers SET about = replace(about, '2020', '2021') WHERE key = 'dee21'", "dee21 .* (papers)"),
        ("UPDATE files SET path = 'dea.pdf' WHERE path = 'dee.pdf'", "dea.pdf .* (files)"),
        ("UPDATE file_papers SET start = 3 WHERE paper = 1", "dee21 .* (file_papers)"),
        ("UPDATE passages SET page = 9 WHERE paper = 1", "dee21 .* (passages)"),
        ("UPDATE edits SET fields = replace(fields, '1999', '1998')", " (edits)"),
        ("UPDATE sentences SET page = 9 WHERE paper = 1", "the sentences of dee21 .*: reindex"),
    ],
)
def test_what_is_damaged_is_named(folder: Path, harm: str, named: str) -> None:
    with closing(raw(folder)) as db:
        db.execute(harm)
    with closing(Catalog(folder)) as catalog:
        found = catalog_health(catalog)
        assert re.search(named.replace("(", r"\(").replace(")", r"\)"), found) and "\n" not in found
        assert (damage(catalog) is None) == ("sentences" in harm)
        if "UPDATE papers" in harm:
            with pytest.raises(LibraryError, match="what is known of dee21 was altered"):
                catalog.paper(KEY)
        else:
            assert catalog.paper(KEY).title == "Tides of the river Dee"


def test_much_damage_is_named_in_part(folder: Path) -> None:
    with closing(raw(folder)) as db:
        db.execute("UPDATE papers SET title = 'Sea'")
        db.execute("UPDATE files SET error = 'Sea'")
    with closing(Catalog(folder)) as catalog:
        told = catalog_health(catalog).split("; ")
        assert len(told) == 6 and told[-1] == "and more" and len(set(told)) == 6


def test_altered_sentences_are_dropped_to_be_made_again(folder: Path) -> None:
    with closing(raw(folder)) as db:
        db.execute("UPDATE sentences SET section = 'Sea' WHERE paper = 1 AND number = 1")
    with closing(Catalog(folder)) as catalog:
        kept = [key for key in catalog.keys_as_added() if key != KEY]
        catalog.forget_altered_sentences()
        assert catalog.sentences_of(KEY) == [] and all(map(catalog.sentences_of, kept))


def test_a_library_without_them_gets_them_once(folder: Path) -> None:
    """Two processes that open it at the same time, too: the second finds it done."""
    with closing(Catalog(folder)) as catalog:
        before = catalog._db.execute("SELECT sum FROM papers").fetchall()
        without_checksums(catalog._db)
        catalog._db.execute("DROP TABLE tags")
        catalog._db.execute("PRAGMA user_version = 3")
        other = opened(folder)
    with closing(Catalog(folder)) as catalog, closing(other):
        schema._migrate(other, folder)
        assert catalog._db.execute("SELECT sum FROM papers").fetchall() == before
        assert catalog.tags() == {} and catalog_health(catalog) == "ok"
        put(catalog, "a.txt", made(ICE, "Layers of ice"))
        assert catalog_health(catalog) == "ok"
