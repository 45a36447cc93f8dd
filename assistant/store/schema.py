"""The catalog's tables: made in a new file, looked for in one that is there."""

import sqlite3
from pathlib import Path

from assistant.errors import LibraryError, NoLibrary
from assistant.private import make_private, open_private
from assistant.store import checksums
from assistant.store.connection import CATALOG, bereft, opened
from assistant.store.lock import writer

SCHEMA_VERSION = 4

# The full text is an external-content FTS5 table: it stores no second copy of the words, and SQLite can
# rebuild it from the view. Words are folded as a question's are: "DC2" finds "DC²". Porter stemming and the
# title's weight were tuned with the fusion (retrieve.py). The keys outlive their papers, which may come back.
# A sentence's vector is 8 bits a dimension, of any length: its direction is all that is used (384 bytes in place
# of 1,536; cosines move by less than 0.003).
_SENTENCES = """
CREATE TABLE sentences (
    paper INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE, number INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, page INTEGER, section TEXT, kind TEXT NOT NULL, vector BLOB,
    PRIMARY KEY (paper, number)) WITHOUT ROWID;
"""
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
# A work of which several sources tell is one paper: the row of the fullest text stands for it, the others keep their
# text and nothing to be found by. works: row → the row that stands for it, 0 if there is none (entries of ``records``,
# files that tell of papers and are none). own: what a source itself says, where its row says what others know better.
# names: what a row may be known by to be of the same work as another. decisions and edits are the user's, and like
# keys and aliases go by the text, which may come back. due: rows whose passages are to be made; stale: passages
# that the vector index lacks, holds though they are gone, or has under another key of their paper.
_WORKS = """
CREATE TABLE works (paper INTEGER PRIMARY KEY REFERENCES papers ON DELETE CASCADE, work INTEGER NOT NULL);
CREATE INDEX works_work ON works (work);
CREATE TABLE own (
    paper INTEGER PRIMARY KEY REFERENCES papers ON DELETE CASCADE, title TEXT, about TEXT NOT NULL);
CREATE TABLE names (
    name TEXT NOT NULL, paper INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
    PRIMARY KEY (name, paper)) WITHOUT ROWID;
CREATE INDEX names_paper ON names (paper);
CREATE TABLE records (file INTEGER PRIMARY KEY REFERENCES files ON DELETE CASCADE);
CREATE TABLE decisions (
    paper TEXT NOT NULL, other TEXT NOT NULL, same INTEGER NOT NULL, PRIMARY KEY (paper, other)) WITHOUT ROWID;
CREATE TABLE edits (paper TEXT PRIMARY KEY, fields TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE aliases (key TEXT NOT NULL, paper TEXT NOT NULL, PRIMARY KEY (key, paper)) WITHOUT ROWID;
CREATE INDEX aliases_paper ON aliases (paper);
CREATE TABLE due (paper INTEGER PRIMARY KEY REFERENCES papers ON DELETE CASCADE);
CREATE TABLE stale (passage TEXT PRIMARY KEY) WITHOUT ROWID;
"""
# Every row of what others are made from gets its checksum (checksums.py).
_TAGS = """
CREATE TABLE IF NOT EXISTS tags (key TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (key, word)) WITHOUT ROWID;
"""
_NEEDED = {"meta", "files", "keys", "papers", "file_papers", "passages", "vectors", "passage_words", "words"}
_UNSUMMED = 3
"""The last version whose rows have no checksums."""
_EARLIER = {1: _SENTENCES, 2: _WORKS, _UNSUMMED: _TAGS}
"""Version → what it lacks of the next one. What the new tables hold is filled in when the library is next mended."""


def connect(folder: Path, create: bool = False) -> sqlite3.Connection:
    """A connection to the catalog in ``folder``, in WAL mode, made if ``create``.

    Raises NoLibrary if there is none; LibraryError if it is gone or damaged, or is no catalog of this program
    or of a newer one.
    """
    path = folder / CATALOG
    if gone := bereft(folder):
        if not create or path.with_name(CATALOG + "-wal").exists():
            raise LibraryError(
                f"{path} is missing or empty, though {gone} there: what was added is lost; put back a copy of"
                f" it, or move {folder} away and add the files again"
            )
    elif not path.exists() and not create:
        raise _none(folder)
    try:
        if create:
            make_private(folder)
            if not path.exists():
                open_private(path, "a").close()
    except OSError as error:
        raise LibraryError(
            f"{folder} cannot be made ({error.strerror or error}); name another --library"
        ) from error
    connection = opened(folder)
    try:
        _check(connection, folder, create)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, folder: Path, create: bool) -> None:
    version, tables = _state(connection)
    if version == 0 and create:  # new, or its making was interrupted, or another process is making it
        with writer(folder):
            version, tables = _state(connection)
            if version == 0 and not tables:
                _create(connection)
                return
    if version == 0 and not tables:
        raise _none(folder)
    if version > SCHEMA_VERSION:
        raise LibraryError(f"{folder / CATALOG} was written by a newer version of assistant; update this one")
    if version == 0 or not tables >= _NEEDED:
        raise LibraryError(f"{folder / CATALOG} is a database of another program; choose another --library")
    if version < SCHEMA_VERSION:
        _migrate(connection, folder)


def _none(folder: Path) -> NoLibrary:
    return NoLibrary(f"there is no library at {folder}; make one with: assistant --library {folder} add PATH")


def _state(connection: sqlite3.Connection) -> tuple[int, set[str]]:
    """Version and tables, as of one moment."""
    version, names = connection.execute(
        "SELECT user_version, (SELECT group_concat(name) FROM sqlite_master) FROM pragma_user_version"
    ).fetchone()
    return int(version), set(names.split(",")) if names else set()


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrate(connection: sqlite3.Connection, folder: Path) -> None:
    """Brings a catalog of an earlier version to this one, in one transaction."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        while (version := _version(connection)) < SCHEMA_VERSION:
            _run(connection, _EARLIER[version])
            if version == _UNSUMMED:
                checksums.keep(connection)
            connection.execute(f"PRAGMA user_version = {version + 1}")
        connection.execute("COMMIT")
    except LibraryError as error:
        raise LibraryError(
            f"{folder / CATALOG} was made by an earlier version of assistant and must be brought up to date where it"
            f" can be written to ({error})"
        ) from error


def _run(connection: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";\n"):
        connection.execute(statement)


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    _run(connection, _TABLES + _SENTENCES + _WORKS + _TAGS)
    checksums.keep(connection)
    connection.execute("INSERT INTO meta VALUES ('generation', '0')")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")
