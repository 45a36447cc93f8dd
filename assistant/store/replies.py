"""What models replied and what servers take, kept from run to run: a SQLite file in the cache folder.

All of it can be had again, so nothing here is worth failing for: a file that cannot be read is begun anew,
and one that cannot be written to is done without.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path

from assistant.private import make_private, open_private

FILE = "replies.db"
_TABLE = """CREATE TABLE IF NOT EXISTS notes (
    key TEXT PRIMARY KEY, value TEXT NOT NULL, day TEXT NOT NULL DEFAULT (date())) WITHOUT ROWID"""
_FRESH = "day > date('now', '-30 days')"
"""Servers and models change behind their names."""


class Replies:
    """The ``Memory`` at ``folder``/replies.db, opened at the first use."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._db: sqlite3.Connection | None = None

    def get(self, key: str) -> str | None:
        """The value; None if there is none, or if it is older than 30 days."""
        with suppress(sqlite3.DatabaseError, OSError):
            query = f"SELECT value FROM notes WHERE key = ? AND {_FRESH}"
            row = self._opened().execute(query, (key,)).fetchone()
            return str(row[0]) if row else None
        return None

    def put(self, key: str, value: str) -> None:
        with suppress(sqlite3.DatabaseError, OSError):
            db = self._opened()
            db.execute("INSERT OR REPLACE INTO notes (key, value) VALUES (?, ?)", (key, value))
            db.execute(f"DELETE FROM notes WHERE NOT {_FRESH}")

    def close(self) -> None:
        if self._db:
            self._db.close()
        self._db = None

    def _opened(self) -> sqlite3.Connection:
        if self._db is None:
            make_private(self._path.parent)
            try:
                self._db = self._connect()
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorname not in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
                    raise
                self._path.unlink()
                self._db = self._connect()
        return self._db

    def _connect(self) -> sqlite3.Connection:
        open_private(self._path, "a").close()
        db = sqlite3.connect(self._path, timeout=5, isolation_level=None, check_same_thread=False)
        db.execute(_TABLE)
        return db
