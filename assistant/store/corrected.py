"""The catalog as its user corrects it: papers merged, split and edited, each in one transaction."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from assistant.store import decisions
from assistant.store.schema import connect
from assistant.store.tags import CatalogTags
from assistant.store.works import Works
from assistant.types import PaperOrigins

_SAID = {
    "keys": "paper, key",
    "aliases": "paper, key",
    "decisions": "paper, other, same",
    "edits": "paper, fields",
}
"""Table → its columns, of what goes by a paper's text and not by its row."""


class CorrectedCatalog(CatalogTags):
    """Writing needs the library's writer lock."""

    def __init__(self, folder: Path, create: bool = False) -> None:
        super().__init__(connect(folder, create))
        self._works = Works(self._db)

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # on a full disk SQLite has ended it already
                self._db.execute("ROLLBACK")
            raise

    def set_meta(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def _changed(self) -> None:
        self.set_meta("generation", str(self.generation + 1))

    def merge(self, keys: Iterable[str]) -> str:
        """Makes papers one. Returns its key. Raises UnknownPaper."""
        with self._transaction():
            self._in_order()
            rows = list(dict.fromkeys(map(self._row, keys)))
            works = [[each.id for each in self._works.members(n)] for n in rows]
            for i in range(1, len(works)):
                decisions.join(self._db, chain.from_iterable(works[:i]), works[i])
            return self._settled(rows)[0]

    def split(self, key: str) -> list[str]:
        """Makes each source of a paper one of its own. Returns their keys. Raises UnknownPaper."""
        with self._transaction():
            self._in_order()
            work = self._works.members(self._row(key))
            decisions.part(self._db, [row.id for row in work])
            return self._settled([row.n for row in work])

    def edit(self, key: str, fields: Mapping[str, Any]) -> str:
        """Sets a paper's fields, whatever its sources say; None takes that back. Raises UnknownPaper."""
        with self._transaction():
            self._in_order()
            n = self._row(key)
            for row in self._works.members(n):
                said = fields if row.n == n else dict.fromkeys(fields)
                decisions.edit(self._db, row.id, said)
            return self._settled([n])[0]

    def said(self) -> dict[str, list[list[Any]]]:
        """What outlives the papers: the keys that they have and had, and what the user has said of them."""
        return {
            table: [list(row) for row in self._db.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2")]
            for table, columns in _SAID.items()
        }

    def adopt(self, said: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        """Takes on what another catalog had ``said``; where this one says something, too, that stays. A key that a
        paper had there finds it here as well."""
        with self._transaction():
            self._in_order()
            before = self._db.total_changes
            for table, columns in _SAID.items():
                marks = ", ".join("?" * len(columns.split(", ")))
                self._db.executemany(
                    f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})", said[table]
                )
            differ = "SELECT 1 FROM keys WHERE paper = ?1 AND key != ?2"
            self._db.executemany(
                f"INSERT OR IGNORE INTO aliases (paper, key) SELECT ?1, ?2 WHERE EXISTS ({differ})",
                said["keys"],
            )
            if self._db.total_changes != before:
                told = json.dumps([row[0] for rows in said.values() for row in rows])
                here = "SELECT n FROM papers WHERE id IN (SELECT value FROM json_each(?)) ORDER BY n"
                self._works.settle([n for (n,) in self._db.execute(here, (told,))])
                self._changed()

    def origins(self, key: str) -> PaperOrigins:
        """Which of its sources says what of a paper. Raises UnknownPaper."""
        n = self._row(key)
        work = self._works.members(n)
        sources = tuple(row.source(row.n == n) for row in work)
        return PaperOrigins(work[0].key, sources, tuple(self._works.origins(work, work[0])))

    def _settled(self, rows: Sequence[int]) -> list[str]:
        self._works.settle(rows)
        self._changed()
        stand = [self._stands(n) for n in rows]
        keys = [self._db.execute("SELECT key FROM papers WHERE n = ?", (n,)).fetchone() for n in stand if n]
        return list(dict.fromkeys(key for (key,) in keys))

    def _stands(self, n: int) -> int | None:
        """The row that stands for row ``n``; None if it waits for one."""
        row = self._db.execute("SELECT work FROM works WHERE paper = ?", (n,)).fetchone()
        return n if row is None else row[0] or None

    def _in_order(self) -> None:
        if not self._works.is_in_order() and self._works.put_in_order():
            self._changed()
