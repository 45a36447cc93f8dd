"""Conversations, kept turn by turn: a SQLite file of its own in the library, so that no reader waits for a writer of
papers.

A question is stored before it is answered and its answer as soon as it is there, each in a transaction: what kill -9
leaves is whole up to the last turn. It is no index and made of nothing else, so nothing here is ever rebuilt.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

from assistant.errors import LibraryError, UsageError
from assistant.private import open_private

FILE = "sessions.db"
ASKED, UNDONE = "asked", "undone"
"""States of a turn that is not answered (yet), and of one that was taken back."""
_TABLES = """
CREATE TABLE IF NOT EXISTS sessions (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, started TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS turns (
    session INTEGER NOT NULL REFERENCES sessions, number INTEGER NOT NULL, at TEXT NOT NULL, question TEXT NOT NULL,
    state TEXT NOT NULL, text TEXT NOT NULL DEFAULT '', record TEXT, PRIMARY KEY (session, number)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation in the list. ``title``: its first question; ``last``: when its last turn was asked."""

    id: str
    started: str
    last: str
    title: str
    turns: int


@dataclass(frozen=True, slots=True)
class Row:
    """A turn as it is stored. ``record``: JSON, None while it is not answered; ``text``: the answer's words."""

    session: str
    number: int
    at: str
    question: str
    state: str
    text: str
    record: str | None


class Sessions:
    """The conversations of the library in ``folder``; the file is made with the first turn. Every method raises
    LibraryError where the file cannot be read or written."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._db: sqlite3.Connection | None = None

    def close(self) -> None:
        if self._db:
            self._db.close()
        self._db = None

    def ask(self, session: str, question: str) -> int:
        """Stores the next turn of a session before it is answered; its number."""
        with self._writing() as db:
            db.execute("INSERT OR IGNORE INTO sessions (id, started) VALUES (?, ?)", (session, _now()))
            (n,) = db.execute("SELECT n FROM sessions WHERE id = ?", (session,)).fetchone()
            last = db.execute("SELECT max(number) FROM turns WHERE session = ?", (n,)).fetchone()[0]
            number = (last or 0) + 1
            row = (n, number, _now(), question, ASKED)
            db.execute("INSERT INTO turns (session, number, at, question, state) VALUES (?, ?, ?, ?, ?)", row)
        return number

    def settle(
        self, session: str, number: int, state: str, text: str = "", record: str | None = None
    ) -> None:
        """What became of a turn."""
        with self._writing() as db:
            db.execute(
                """UPDATE turns SET state = ?, text = ?, record = coalesce(?, record)
                   WHERE number = ? AND session = (SELECT n FROM sessions WHERE id = ?)""",
                (state, text, record, number, session),
            )

    def listed(self) -> list[Kept]:
        """The conversations with a turn, the latest last."""
        rows = self._read(
            """SELECT id, started, max(at), min(number), question, count(*)
               FROM turns JOIN sessions ON sessions.n = turns.session WHERE state != 'undone'
               GROUP BY session ORDER BY max(at), session"""
        )
        titles = {(row.session, row.number): row.question for row in self._rows("state != 'undone'")}
        return [Kept(row[0], row[1], row[2], titles[row[0], int(row[3])], int(row[5])) for row in rows]

    def turns(self, session: str) -> list[Row]:
        """Those of one conversation that were not taken back, in order."""
        return self._rows("sessions.id = ? AND state != 'undone' ORDER BY number", session)

    def find(self, words: str) -> list[Row]:
        """The turns whose question and answer together hold every word, whatever its case, the latest last."""
        wanted = words.casefold().split()
        rows = self._rows("state != 'undone' ORDER BY at, session, number")
        return [
            row for row in rows if all(word in f"{row.question} {row.text}".casefold() for word in wanted)
        ]

    def questions(self) -> list[str]:
        """What was asked in all conversations, the latest first, each once."""
        rows = self._read("SELECT question FROM turns ORDER BY at DESC, session DESC, number DESC LIMIT 2000")
        return list(dict.fromkeys(row[0] for row in rows))

    def named(self, name: str) -> str:
        """The id of the conversation ``name``: ``last``, an id, or its beginning. Raises UsageError."""
        known = [kept.id for kept in self.listed()]
        if not known:
            raise UsageError("no conversation is kept here yet; begin one with: assistant chat")
        if name == "last":
            return known[-1]
        found = [each for each in known if each == name] or [each for each in known if each.startswith(name)]
        if len(found) != 1:
            what = (
                f"{name} can be {' or '.join(found[:4])}" if found else f"there is no conversation {name!r}"
            )
            raise UsageError(f"{what}; they are listed by: assistant chat --list")
        return found[0]

    # the file

    def _rows(self, condition: str, *values: str) -> list[Row]:
        columns = "sessions.id, number, at, question, state, text, record"
        joined = "turns JOIN sessions ON sessions.n = turns.session"
        return [Row(*row) for row in self._read(f"SELECT {columns} FROM {joined} WHERE {condition}", *values)]

    def _read(self, query: str, *values: str) -> list[Any]:
        if not self._path.exists():
            return []
        with self._in_our_words():
            return self._opened(make=False).execute(query, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._in_our_words():
            db = self._opened(make=True)
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

    def _opened(self, make: bool) -> sqlite3.Connection:
        if self._db is not None and not self._path.exists():  # the library was removed, and perhaps made anew
            self.close()
        if self._db is None:
            if not self._path.parent.exists():
                raise LibraryError(f"the library {self._path.parent} is not there any more")
            if make:
                open_private(self._path, "a").close()
            self._db = sqlite3.connect(self._path, timeout=5, isolation_level=None, check_same_thread=False)
        if make and not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'turns'").fetchone():
            self._db.executescript(_TABLES)
        return self._db

    @contextmanager
    def _in_our_words(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise LibraryError(f"{self._path} cannot be read or written ({error.strerror})") from error
        except sqlite3.DatabaseError as error:
            self.close()
            if getattr(error, "sqlite_errorname", "") in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
                raise LibraryError(
                    f"{self._path} is damaged ({error}); move it away, and new conversations are kept again"
                ) from error
            if isinstance(error, sqlite3.OperationalError):
                raise LibraryError(f"{self._path} cannot be read or written ({error})") from error
            raise


def new_id() -> str:
    """A name for a conversation that can be typed: its day, and six more characters."""
    return f"{datetime.now():%m%d}-{token_hex(3)}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
