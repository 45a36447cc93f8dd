"""The changes of a library on a server, in their one order: what every client replays.

A change is put there in two steps. Its bytes go first, in rows called by their hash, which no one looks at yet; then
one row, the commit, claims the next number. An id that is there is not added again, so of two clients that claim a
number one wins, and the other takes the next. Whatever breaks off before leaves bytes that no commit names.
"""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from secrets import token_hex
from time import time

import numpy as np

from assistant.errors import LibraryError
from assistant.store.server import MOST, Collection, Row

_VALUE, _VALUES = 4000, 28
"""Characters of a value of metadata, and values of a row: Chroma Cloud takes 4,096 and 32. As a document the bytes
would be indexed, letter by letter, for a search that nobody makes."""
_AHEAD = 32
"""Commits that are asked for at once."""
_DAY = 86_400
_NO_VECTOR = 0.0


class Rewritten(LibraryError):
    """The server's changes are not those that were replayed before: it was put back to an earlier state."""


@dataclass(frozen=True, slots=True)
class Commit:
    """``mark``: no two have the same; ``sha256`` and ``parts`` of its bytes; ``rules``: by which it is replayed."""

    number: int
    mark: str
    sha256: str
    parts: int
    rules: str
    by: str

    @property
    def ids(self) -> list[str]:
        return _ids(self.sha256, self.parts)


class Log:
    """``rules``: by which this program replays changes; ``by``: who makes them here."""

    def __init__(self, rows: Collection, rules: str, by: str) -> None:
        self._rows = rows
        self._rules = rules
        self._by = by

    def after(self, number: int, mark: str) -> list[Commit]:
        """The next commits behind the one with this number, none if there are none. Raises Rewritten if that is not
        there; LibraryError for one of other rules."""
        ids = [_commit(n) for n in range(number, number + _AHEAD)]
        found = self._rows.rows(ids if number else ids[1:])
        if number and (ids[0] not in found or found[ids[0]].get("mark") != mark):
            raise Rewritten("the changes on the server are others than before")
        commits = []
        for n, name in enumerate(ids[1:], number + 1):
            if name not in found:
                break
            commits.append(self._read(n, found[name]))
        return commits

    def content(self, commit: Commit) -> bytes:
        """Raises LibraryError if it is not whole."""
        rows = self._rows.rows(commit.ids)
        try:
            text = "".join(str(rows[name][key]) for name in commit.ids for key in _keys(rows[name]))
            data = base64.b64decode(text, validate=True)
        except (KeyError, ValueError) as error:
            raise self._broken(commit) from error
        if hashlib.sha256(data).hexdigest() != commit.sha256:
            raise self._broken(commit)
        return data

    def append(self, data: bytes, number: int) -> Commit:
        """Puts a change behind all others; ``number``: of the last that is known."""
        sha256, text = hashlib.sha256(data).hexdigest(), base64.b64encode(data).decode()
        values = [text[at : at + _VALUE] for at in range(0, len(text), _VALUE)]
        held = [values[at : at + _VALUES] for at in range(0, len(values), _VALUES)]
        parts = [
            Row(name, {"at": int(time())} | {f"part{n:02}": value for n, value in enumerate(own)})
            for name, own in zip(_ids(sha256, len(held)), held, strict=True)
        ]
        for at in range(0, len(parts), _PARTS):
            self._put("upsert", parts[at : at + _PARTS])
        mark = token_hex(8)
        facts = {"mark": mark, "sha256": sha256, "parts": len(parts), "rules": self._rules, "by": self._by}
        while True:
            number += 1
            self._put("add", [Row(_commit(number), facts | {"at": int(time())})])
            found = self._rows.rows([_commit(number)]).get(_commit(number), {})
            if found.get("mark") == mark:
                return self._read(number, found)

    def sweep(self) -> int:
        """Deletes bytes that are of no commit, and were put there a day ago or earlier; how many rows there were."""
        commits: list[Commit] = []
        while new := self.after(len(commits), commits[-1].mark if commits else ""):
            commits += new
        named = {name for commit in commits for name in (_commit(commit.number), *commit.ids)}
        left = [name for name in self._rows.ids() if name not in named]
        self._rows.delete(left, {"at": {"$lt": int(time()) - _DAY}})
        return len(left)

    def _put(self, how: str, rows: list[Row]) -> None:
        vectors = np.full((len(rows), 1), _NO_VECTOR, np.float32)
        (self._rows.add if how == "add" else self._rows.upsert)(rows, vectors)

    def _read(self, number: int, row: object) -> Commit:
        match row:
            case {
                "mark": str(mark),
                "sha256": str(sha256),
                "parts": int(parts),
                "rules": str(rules),
                "by": str(by),
            }:
                if rules != self._rules:
                    raise LibraryError(
                        f"change {number} of this library was made by another version of assistant ({rules}, here"
                        f" {self._rules}): let the whole group use one"
                    )
                return Commit(number, mark, sha256, parts, rules, by)
        raise LibraryError(
            f"change {number} of the library on the server cannot be read; what is its name for?"
        )

    def _broken(self, commit: Commit) -> LibraryError:
        return LibraryError(
            f"change {commit.number} on the server, by {commit.by}, is not whole; put the server's own backup back"
        )


_PARTS = max(1, MOST // 10)
"""Rows of bytes in one request: 3 MB, which a slow line carries in its time, too."""


def _commit(number: int) -> str:
    return f"commit-{number:09}"


def _ids(sha256: str, parts: int) -> list[str]:
    return [f"{sha256[:40]}-{n:06}" for n in range(parts)]


def _keys(row: object) -> Iterator[str]:
    assert isinstance(row, dict)
    return iter(sorted(key for key in row if key.startswith("part")))
