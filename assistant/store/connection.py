"""The catalog's file → an open connection; and whatever the disk or another process did to it → one line that
says what is lost and what to do."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import wraps
from pathlib import Path
from typing import Any

from assistant.errors import LibraryError
from assistant.store.checksums import checksum
from assistant.store.index import FOLDER
from assistant.text.terms import fold

CATALOG = "catalog.db"
_UNCHANGING = "?immutable=1"


def opened(folder: Path) -> sqlite3.Connection:
    """A connection to the catalog in ``folder``, whose errors are ours: LibraryError for what comes from
    outside; every other error of SQLite is a bug and stays as it is.

    In a folder that cannot be written to, SQLite has no place for the files that readers share; if no writer
    has left anything beside the catalog, it is read as a file that does not change.
    """
    path = folder / CATALOG
    connection = _connection(path, "")
    try:
        connection.execute("PRAGMA user_version").fetchone()
    except LibraryError as error:
        connection.close()
        if not _is(error, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN) or _wal_size(path):
            raise
        connection = _connection(path, _UNCHANGING)
        connection.execute("PRAGMA user_version").fetchone()
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def bereft(folder: Path) -> str | None:
    """What speaks of a catalog that was here and is gone; None if there never was one, or it is there. Raises
    LibraryError if the folder cannot be looked into."""
    path = folder / CATALOG
    try:
        if path.exists() and path.stat().st_size:
            return None
    except OSError as error:
        raise LibraryError(
            f"{folder} cannot be entered ({error.strerror}); name another --library"
        ) from error
    if _wal_size(path):
        return f"{path}-wal, its latest changes, is"
    return f"{folder / FOLDER}, which was made from it, is" if (folder / FOLDER).is_dir() else None


def library_of(path: Path) -> Path | None:
    """The library that the file is a part of, or would be; what the user keeps beside its files is none. Links are
    followed."""
    path = path.resolve()
    for folder in path.parents:
        if (folder / CATALOG).exists():
            name = path.relative_to(folder).parts[0]
            of_it = name == FOLDER or name.startswith((CATALOG, "sessions.db", "writer."))
            return folder if of_it else None
    return None


def _connection(path: Path, query: str) -> sqlite3.Connection:
    # Statements open their own transactions: "isolation_level=None" leaves BEGIN to us.
    connection = sqlite3.connect(
        path.absolute().as_uri() + query,
        uri=True,
        timeout=30,
        isolation_level=None,
        check_same_thread=False,
        factory=_Connection,
    )
    connection.path = path
    connection.unchanging = query == _UNCHANGING
    connection.create_function("fold", 1, fold, deterministic=True)
    connection.create_function("checksum", -1, checksum, deterministic=True)
    # A path, as this machine calls it (shared.py).
    connection.create_function("here", 1, str, deterministic=True)
    return connection


def _wal_size(path: Path) -> int:
    try:
        return os.stat(f"{path}-wal").st_size
    except OSError:
        return 0


def _in_our_words(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def called(cursor: sqlite3.Cursor, *arguments: Any) -> Any:
        try:
            return method(cursor, *arguments)
        except sqlite3.DatabaseError as error:
            assert isinstance(cursor.connection, _Connection)
            message = _message(error, cursor.connection)
            if message is None:
                raise
            raise LibraryError(message) from error
        except (
            UnicodeDecodeError
        ) as error:  # SQLite quotes what is damaged, and Python cannot read that either
            assert isinstance(cursor.connection, _Connection)
            path = cursor.connection.path
            raise LibraryError(
                f"{path} is damaged: what it says of its tables cannot be read; {_cure(path)}"
            ) from error

    return called


class _Cursor(sqlite3.Cursor):
    execute = _in_our_words(sqlite3.Cursor.execute)
    executemany = _in_our_words(sqlite3.Cursor.executemany)
    fetchone = _in_our_words(sqlite3.Cursor.fetchone)
    fetchmany = _in_our_words(sqlite3.Cursor.fetchmany)
    fetchall = _in_our_words(sqlite3.Cursor.fetchall)
    __next__ = _in_our_words(sqlite3.Cursor.__next__)


class _Connection(sqlite3.Connection):
    path: Path
    unchanging: bool

    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        return self.cursor().execute(*arguments)  # type: ignore[no-any-return]

    def executemany(self, *arguments: Any) -> sqlite3.Cursor:
        return self.cursor().executemany(*arguments)  # type: ignore[no-any-return]


def _message(error: sqlite3.DatabaseError, connection: _Connection) -> str | None:
    """What the disk, or another process, did to the catalog; None for a bug of ours."""
    path = connection.path
    if str(error).startswith("Could not decode to UTF-8"):
        found = next(unreadable(path), "a text that is stored in it")
        return f"{path} is damaged: {found} cannot be read; {_cure(path)}"
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_CORRUPT_VTAB:
        return f"the full text in {path} is damaged, the papers are not; run: assistant --library {path.parent} reindex"
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            if connection.unchanging:
                return f"{path} was changed while it was read, or is damaged; try again"
            return f"{path} is damaged ({error}): papers in it are lost; {_cure(path)}{_listed(path)}"
        case sqlite3.SQLITE_FULL:
            return (
                f"the disk that holds {path} is full; what was stored before stays: make room, then repeat"
                " the command"
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"another process is changing {path}; try again"
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN:
            return f"{path} cannot be read or written ({error}); see to its permissions and its disk"
    return None


def _cure(path: Path) -> str:
    return (
        f"put a backup back with: assistant --library {path.parent} restore FILE --force, or move {path.parent} away"
        " and add the files again"
    )


class _Unread(bytes):
    """What should be text, and is not."""


_KINDS: dict[str, tuple[type, ...]] = {"TEXT": (str,), "INTEGER": (int,), "BLOB": (bytes,)}


def unreadable(path: Path) -> Iterator[str]:
    """Each value of a catalog that is not of the kind that its column holds, by table and row; as far as SQLite can
    still read it."""
    with (
        suppress(sqlite3.DatabaseError, UnicodeDecodeError),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as raw,
    ):
        raw.text_factory = _text
        for (table,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'"
        ).fetchall():
            columns = [row[1:3] for row in raw.execute(f'PRAGMA table_info("{table}")')]
            label = next((n for n, (name, _) in enumerate(columns) if name in ("key", "path")), 0)
            for row in raw.execute(f'SELECT * FROM "{table}"'):
                for value, (name, kind) in zip(row, columns, strict=True):
                    if value is not None and (
                        type(value) is _Unread or not isinstance(value, _KINDS.get(kind, object))
                    ):
                        yield f"the {name} of {_shown(row[label])} ({table})"


def _text(data: bytes) -> str | _Unread:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _Unread(data)


def _shown(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _is(error: LibraryError, *codes: int) -> bool:
    return getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF in codes


def _listed(path: Path) -> str:
    """Where the files came from, as far as that can still be read."""
    paths: list[str] = []
    with (
        suppress(sqlite3.Error, UnicodeDecodeError),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as raw,
    ):
        raw.execute("PRAGMA writable_schema = ON")  # of a file cut short, SQLite then reads what there is
        for row in raw.execute("SELECT path FROM files"):
            paths.append(os.path.dirname(row[0]))
    with suppress(ValueError, TypeError):
        return f" (it lists {len(paths)} or more, under {os.path.commonpath(paths)})"
    return ""
