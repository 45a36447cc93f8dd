"""Works → the keys that they are given: a key that was given stays, and is no other work's.

Keys go by the text (``keys``: the one that it has or had last, ``aliases``: those before), which may come back.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count

from assistant.store.keys import base_key, is_of, with_suffix
from assistant.store.metadata import Telling
from assistant.types import Paper


class GivenKeys:
    """Writes within the transaction of its caller."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def chosen(
        self, work: Sequence[Telling], paper: Paper, inherited: Mapping[str, str], later: Collection[int]
    ) -> str:
        """The key of the work, as which ``paper`` is shown. ``inherited``: paper id → the key that it may have from the
        text that it replaces; ``later``: rows that take another if they have the key."""
        return self._kept(work, inherited, later) or self._new(work, paper)

    def take(self, row: Telling) -> None:
        self._db.execute("UPDATE papers SET key = ? WHERE n = ?", (no_key(row.id), row.n))

    def remember(self, paper: str, key: str) -> None:
        """The text has this key from now on, and is still found by the one before."""
        row = self._db.execute("SELECT key FROM keys WHERE paper = ?", (paper,)).fetchone()
        if row is None or row[0] != key:
            if row:
                self._db.execute("INSERT OR IGNORE INTO aliases (key, paper) VALUES (?, ?)", (row[0], paper))
            self._db.execute("INSERT OR REPLACE INTO keys (paper, key) VALUES (?, ?)", (paper, key))

    def _kept(
        self, work: Sequence[Telling], inherited: Mapping[str, str], later: Collection[int]
    ) -> str | None:
        """A key that the work had, or inherits; of those that are named by a .bib file, one that is so named."""
        base = bib_key(work)
        kept = [each.key for each in sorted(work, key=lambda each: each.n) if has_key(each)]
        for table in ("keys", "aliases"):
            found = f"SELECT key FROM {table} WHERE paper IN (SELECT value FROM json_each(?)) ORDER BY key"
            kept += (key for (key,) in self._db.execute(found, (ids(work),)))
        kept += (inherited[each.id] for each in work if each.id in inherited)
        for key in dict.fromkeys(kept):
            if base is None or is_of(key, base):
                holder = self._holder(key, work)
                if holder in later:
                    self._db.execute("UPDATE papers SET key = '/' || id WHERE n = ?", (holder,))
                if holder is None or holder in later:
                    return key
        return None

    def _new(self, work: Sequence[Telling], paper: Paper) -> str:
        """The first of its kind that never was given."""
        base, own = bib_key(work) or base_key(paper), ids(work)
        keys = (with_suffix(base, n) for n in count())
        return next(key for key in keys if not self._holder(key, work) and not self._was_given(key, own))

    def _holder(self, key: str, work: Iterable[Telling]) -> int | None:
        """The row of another work that has this key."""
        row = self._db.execute("SELECT n FROM papers WHERE key = ?", (key,)).fetchone()
        return None if row is None or any(each.n == row[0] for each in work) else int(row[0])

    def _was_given(self, key: str, own: str) -> bool:
        """Whether a text of another work has, or had, this key."""
        given = " UNION ALL ".join(
            f"SELECT 1 FROM {table} WHERE key = ?1 AND paper NOT IN (SELECT value FROM json_each(?2))"
            for table in ("keys", "aliases")
        )
        return self._db.execute(given, (key, own)).fetchone() is not None


def no_key(paper: str) -> str:
    """What stands in a row's place for a key while it has none: no key that is given begins so."""
    return f"/{paper}"


def has_key(row: Telling) -> bool:
    """Whether a row stands for its work, under a key."""
    return row.is_listed and not row.key.startswith("/")


def bib_key(work: Iterable[Telling]) -> str | None:
    """The key that a .bib file names the work by."""
    return next((each.bib_key for each in sorted(work, key=lambda each: each.n) if each.bib_key), None)


def ids(work: Iterable[Telling]) -> str:
    """As SQLite's json_each takes them."""
    return json.dumps([each.id for each in work])
