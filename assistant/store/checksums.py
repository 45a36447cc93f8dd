"""A row of the catalog → its checksum, kept in the row: a bit that flips on the disk changes a title, a year or a page
without a word, and no index of SQLite notices.

SQLite itself keeps them, by triggers, so that no statement that changes a row can forget to. Vectors have none, being
held against Chroma's; nor has what is made anew (names, due, stale), nor the full text, which has its own check.
"""

import sqlite3
from collections.abc import Iterator
from zlib import crc32

TRUTH = tuple("files papers file_papers records works own keys aliases decisions edits tags passages".split())
SENTENCES = "sentences"
"""What can be made again."""
_LABELS = ("key", "path", "paper")
"""By the first of these that a table has, a row of it is called."""


def checksum(*values: bytes | None) -> int:
    """Of the columns of a row."""
    return crc32(b"\0".join(b"" if value is None else value for value in values))


def keep(db: sqlite3.Connection) -> None:
    """Gives every row a checksum, from here on. To be called once, within the transaction that makes the tables."""
    for table in (*TRUTH, SENTENCES):
        columns, own, same = _columns(db, table)
        db.execute(f"ALTER TABLE {table} ADD COLUMN sum INTEGER")
        db.execute(f"UPDATE {table} SET sum = {own}")
        for event, when in (("insert", "INSERT"), ("update", "UPDATE OF " + ", ".join(columns))):
            db.execute(
                f"CREATE TRIGGER {table}_{event} AFTER {when} ON {table}"
                f" BEGIN UPDATE {table} SET sum = {own} WHERE {same}; END"
            )


def is_altered(db: sqlite3.Connection, table: str) -> str:
    """Of a row of the table, in SQL: whether it is not as it was stored."""
    return f"sum IS NOT {_columns(db, table)[1]}"


def altered(db: sqlite3.Connection, table: str) -> Iterator[str]:
    """What each row of the table is called by that is not as it was stored."""
    columns, *_ = _columns(db, table)
    label = next((name for name in _LABELS if name in columns), columns[0])
    if label == "paper":
        label = f"coalesce((SELECT key FROM papers WHERE n = {table}.paper OR id = {table}.paper), paper)"
    for (called,) in db.execute(f"SELECT DISTINCT {label} FROM {table} WHERE {is_altered(db, table)}"):
        yield str(called)


def _columns(db: sqlite3.Connection, table: str) -> tuple[list[str], str, str]:
    """A table's columns; its rows' checksum; what a trigger finds a row by. In SQL."""
    keys = {_quoted(row[1]): row[5] for row in db.execute(f"PRAGMA table_info({table})") if row[1] != "sum"}
    own = ", ".join(f"CAST({name} AS BLOB)" for name in keys)
    return list(keys), f"checksum({own})", " AND ".join(f"{n} = NEW.{n}" for n in keys if keys[n])


def _quoted(name: str) -> str:
    """ "end" is a word of SQL's own."""
    return f'"{name}"' if name == "end" else name
