"""The catalog's tables, and how a connection to them is opened."""

import sqlite3
from pathlib import Path
from typing import Any

from assistant.errors import LibraryError, NoLibrary
from assistant.terms import fold

SCHEMA_VERSION = 1
CATALOG = "catalog.db"

# The full text is an external-content FTS5 table: it stores no second copy of the words, and SQLite can
# rebuild it from the view. Words are folded as a question's are: "DC2" finds "DC²". Porter stemming and the
# title's weight were tuned with the fusion (retrieve.py). The keys outlive their papers, which may come back.
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL, reader INTEGER NOT NULL, state TEXT NOT NULL, error TEXT);
CREATE TABLE keys (paper TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX keys_key ON keys (key);
CREATE TABLE papers (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, key TEXT UNIQUE NOT NULL, title TEXT, text TEXT NOT NULL,
    body INTEGER NOT NULL, about TEXT NOT NULL);
CREATE TABLE file_papers (
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE, paper INTEGER NOT NULL REFERENCES papers,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, record TEXT, PRIMARY KEY (file, start)) WITHOUT ROWID;
CREATE INDEX file_papers_paper ON file_papers (paper);
CREATE TABLE passages (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL,
    paper INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, page INTEGER);
CREATE INDEX passages_paper ON passages (paper);
CREATE TABLE vectors (
    passage INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE, vector BLOB NOT NULL);
CREATE VIEW passage_words (n, title, text) AS
    SELECT passages.n, fold(coalesce(papers.title, '')),
           fold(substr(papers.text, passages.start + 1, passages."end" - passages.start))
    FROM passages JOIN papers ON papers.n = passages.paper;
CREATE VIRTUAL TABLE words USING fts5(
    title, text, content='passage_words', content_rowid='n', tokenize='porter unicode61');
"""


_OUTSIDE = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB,
}  # fmt: skip
"""What the disk, or another process, did to the catalog. Every other error of SQLite is a bug of ours."""


class _Connection(sqlite3.Connection):
    """Says in our words what went wrong outside."""

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        try:
            return super().execute(*arguments)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _OUTSIDE:
                raise
            raise LibraryError(f"the catalog cannot be read or written ({error})") from error


def connect(folder: Path, create: bool = False) -> sqlite3.Connection:
    """A connection to the catalog in ``folder``, in WAL mode, made if ``create``.

    Raises NoLibrary if there is none, LibraryError if it is no catalog of this program or of a newer one.
    """
    path = folder / CATALOG
    if not path.exists() and not create:
        raise NoLibrary(
            f"there is no library at {folder}; make one with: assistant --library {folder} add PATH"
        )
    try:
        if create:
            folder.mkdir(parents=True, exist_ok=True)
        # Statements open their own transactions: "isolation_level=None" leaves BEGIN to us.
        connection = sqlite3.connect(
            path, timeout=30, isolation_level=None, check_same_thread=False, factory=_Connection
        )
        connection.create_function("fold", 1, fold, deterministic=True)
        connection.execute("PRAGMA foreign_keys = ON")
        empty = _version(connection) == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        if create and empty:
            _create(connection)
        version = _version(connection)
    except (sqlite3.DatabaseError, LibraryError, OSError) as error:
        raise LibraryError(f"{path} cannot be opened as a library ({error})") from error
    if version == 0:
        raise LibraryError(f"{path} is empty, or a database of another program")
    if version > SCHEMA_VERSION:
        raise LibraryError(f"{path} was written by a newer version of assistant; update this one")
    return connection


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    if _version(connection) == 0:  # nobody was faster
        for statement in _TABLES.split(";\n"):
            connection.execute(statement)
        connection.execute("INSERT INTO meta VALUES ('generation', '0')")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")
