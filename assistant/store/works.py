"""Rows of the catalog → works: which rows tell of the same one, which of them stands for it, by what key and under
which title, authors and year.

What is found for some rows follows from the rows that are there and the user's decisions alone, not from the order in
which they came; a key that was given stays. Rows are held against those alone that share a name with them
(identity.py), so that a library of any size grows at the same pace.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any

from assistant.store import passages
from assistant.store.given import GivenKeys, has_key, ids
from assistant.store.identity import RULES, apart, is_registered
from assistant.store.metadata import Telling, fields, overlaid, packed
from assistant.types import FieldOrigin, Paper, Source

WAITING = 0
"""What stands for an entry that tells of no paper here."""
_RULES = "identity"
"""By which rules the rows of a catalog were grouped."""
_NEXT = 30
"""How many of the rows that share a name each is held against."""
_TOGETHER = 1000
"""Rows that are held at once where each is looked at alone; a row takes 4 kB."""
_ROWS = """SELECT papers.n, papers.id, papers.key, iif(own.paper IS NULL, papers.title, own.title),
    coalesce(own.about, papers.about), papers.title, papers.about, body, length(text), substr(text, 1, 1000),
    works.work
    FROM papers LEFT JOIN own ON own.paper = papers.n LEFT JOIN works ON works.paper = papers.n
    WHERE papers.n IN (SELECT value FROM json_each(?))"""
_PLACES = """SELECT paper, here(path), start, "end", record, records.file IS NOT NULL FROM file_papers
    JOIN files ON files.id = file_papers.file LEFT JOIN records ON records.file = files.id
    WHERE paper IN (SELECT value FROM json_each(?)) ORDER BY path, start"""
_RELATED = """SELECT b.paper FROM names a JOIN names b ON b.name = a.name
      WHERE a.paper IN (SELECT value FROM json_each(?1))
    UNION SELECT b.paper FROM works a JOIN works b ON b.work = a.work AND a.work != 0
      WHERE a.paper IN (SELECT value FROM json_each(?1))
    UNION SELECT work FROM works WHERE paper IN (SELECT value FROM json_each(?1)) AND work IN (SELECT n FROM papers)
    UNION SELECT paper FROM works WHERE work IN (SELECT value FROM json_each(?1))
    UNION SELECT b.n FROM papers a JOIN decisions ON decisions.paper = a.id AND same JOIN papers b ON b.id = other
      WHERE a.n IN (SELECT value FROM json_each(?1))"""


class Works:
    """Writes within the transaction of its caller."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._keys = GivenKeys(db)

    def is_in_order(self) -> bool:
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (_RULES,)).fetchone()
        return row is not None and row[0] == RULES

    def put_in_order(self) -> bool:
        """Groups all rows anew: those of a library that was made by other rules. Whether there are any."""
        everything = [n for (n,) in self._db.execute("SELECT n FROM papers")]
        self._db.execute("DELETE FROM names")
        self.name(everything)
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_RULES, RULES))
        self.settle(everything)
        return bool(everything)

    def name(self, ns: Iterable[int]) -> None:
        """Puts down anew what the rows may be known by."""
        every = list(ns)
        for start in range(0, len(every), _TOGETHER):
            rows = self.tellings(every[start : start + _TOGETHER])
            self._db.executemany("DELETE FROM names WHERE paper = ?", [(n,) for n in rows])
            named = [(name, n) for n, row in rows.items() for name in set(row.identity.names())]
            self._db.executemany("INSERT INTO names VALUES (?, ?)", named)

    def related(self, ns: Iterable[int]) -> set[int]:
        """The rows, and those that share a name, a work or the user's word with them, or with these, and so on."""
        found: set[int] = set()
        new = set(ns)
        while new:
            found |= new
            new = {n for (n,) in self._db.execute(_RELATED, (json.dumps(list(new)),))} - found
        return found

    def tellings(self, ns: Iterable[int]) -> dict[int, Telling]:
        which = (json.dumps(list(ns)),)
        places: defaultdict[int, list[Source]] = defaultdict(list)
        tells: defaultdict[int, set[str]] = defaultdict(set)
        for n, path, start, end, record, tells_only in self._db.execute(_PLACES, which):
            places[n].append(Source(path, start, end, record))
            if tells_only:
                tells[n].add(path)
        rows = {}
        for n, name, key, title, about, shown, its, body, end, opening, work in self._db.execute(
            _ROWS, which
        ):
            said = json.loads(about)
            seen = (shown, said if its == about else json.loads(its))
            first, last = said.get("references") or (0, 0)
            is_bare = not body and title and opening.startswith(title[:500])
            prose = 0 if is_bare else end - body - (last - first)
            at = tuple(places[n])
            rows[n] = Telling(n, name, key, title, said, seen, opening, prose, work, at, frozenset(tells[n]))
        return rows

    def settle(self, ns: Iterable[int], inherited: Mapping[str, str] | None = None) -> set[int]:
        """Groups the rows, and what is related to them. Returns those of the rows that stand for a work which none
        stood for. ``inherited``: paper id → the key that it may have from the text that it replaces."""
        rows = self.tellings(self.related(ns))
        works = self._grouped(rows)
        for work in works:
            for each in work:
                if len(work) > 1 and each.is_listed and each is not _text(work):
                    self._keys.take(each)
        fresh = {
            text.n for work in works if (text := _text(work)) and not any(has_key(each) for each in work)
        }
        later = {each.n for work in works if not any(row.bib_key for row in work) for each in work}
        for work in sorted(works, key=_turn):
            later -= {each.n for each in work}
            if text := _text(work):
                self._stand(text, work, inherited or {}, later)
            else:
                self._wait(work)
        return fresh

    def origins(self, work: Sequence[Telling], text: Telling) -> list[FieldOrigin]:
        """Which source says what of the work."""
        edits: dict[str, Any] = {}
        for (said,) in self._db.execute(
            "SELECT fields FROM edits WHERE paper IN (SELECT value FROM json_each(?)) ORDER BY paper = ?",
            (ids(work), text.id),
        ):
            edits |= json.loads(said)
        return list(fields(text, work, edits))

    def members(self, n: int) -> list[Telling]:
        """The rows of the work that row ``n`` stands for, itself first."""
        rows = self.tellings(
            [n, *(m for (m,) in self._db.execute("SELECT paper FROM works WHERE work = ?", (n,)))]
        )
        return [rows.pop(n), *rows.values()]

    # grouping

    def _grouped(self, rows: Mapping[int, Telling]) -> list[list[Telling]]:
        """The user's word first, then numbers, then titles; within each in the order of the texts' ids."""
        which = (ids(rows.values()),)
        by_id = {row.id: row for row in rows.values()}
        said = self._db.execute(
            "SELECT paper, other, same FROM decisions WHERE paper IN (SELECT value FROM json_each(?))", which
        ).fetchall()
        parted = {(one, other) for one, other, same in said if not same}
        work = {n: [row] for n, row in rows.items()}

        def join(one: Telling, other: Telling) -> None:
            joined = work[one.n] + work[other.n]
            for each in joined:
                work[each.n] = joined

        def is_open(one: Telling, other: Telling) -> bool:
            pairs = product(work[one.n], work[other.n])
            return work[one.n] is not work[other.n] and not any((a.id, b.id) in parted for a, b in pairs)

        for one, other in sorted(
            (a, b) for a, b, same in said if same and a < b and a in by_id and b in by_id
        ):
            if is_open(by_id[one], by_id[other]):
                join(by_id[one], by_id[other])
        for registered, a, b in self._pairs(rows):
            if not is_open(a, b):
                continue
            pairs = [(a, b)] if registered else product(work[a.n], work[b.n])
            if not any(apart(x.identity, y.identity, registered) for x, y in pairs):
                join(a, b)
        return [each for n, each in work.items() if each[0].n == n]

    def _pairs(self, rows: Mapping[int, Telling]) -> Iterator[tuple[bool, Telling, Telling]]:
        """(whether it is a number, one row, another) of rows that share a name, numbers first."""
        named: defaultdict[str, list[Telling]] = defaultdict(list)
        for n, row in rows.items():
            for name in row.identity.names():
                named[name].append(rows[n])
        shared = {name: held for name, held in named.items() if len(held) > 1}
        for name in sorted(shared, key=lambda name: (not is_registered(name), name)):
            held = sorted(shared[name], key=lambda row: row.id)
            for i, one in enumerate(held):
                yield from ((is_registered(name), one, other) for other in islice(held, i + 1, i + 1 + _NEXT))

    # what a work is shown as

    def _stand(
        self, text: Telling, work: Sequence[Telling], inherited: Mapping[str, str], later: Collection[int]
    ) -> None:
        title, about = overlaid(text, self.origins(work, text))
        paper = Paper(text.opening, 0, text.places[0], title, **_keyed(about))
        key = self._keys.chosen(work, paper, inherited, later)
        for each in work:
            if each is not text and each.stood_for_by != text.n:
                self._hide(each, text.n)
            self._keys.remember(each.id, key)
        if not text.is_listed:
            self._db.execute("DELETE FROM works WHERE paper = ?", (text.n,))
            self._db.execute("INSERT OR IGNORE INTO due VALUES (?)", (text.n,))
        self._db.execute("UPDATE papers SET key = ? WHERE n = ? AND key != ?", (key, text.n, key))
        if key != text.key:
            passages.mark_stale(self._db, text.n)
        self._show(text, title, about)

    def _wait(self, work: Sequence[Telling]) -> None:
        for each in work:
            if each.stood_for_by != WAITING:
                self._hide(each, WAITING)

    def _hide(self, row: Telling, behind: int) -> None:
        """The row keeps its text, and is neither listed nor found."""
        if row.is_listed:
            passages.drop(self._db, row.n)
            self._keys.take(row)
            self._show(row, row.title, row.about)
            self._db.execute("DELETE FROM due WHERE paper = ?", (row.n,))
        self._db.execute("INSERT OR REPLACE INTO works (paper, work) VALUES (?, ?)", (row.n, behind))

    def _show(self, row: Telling, title: str | None, about: Mapping[str, Any]) -> None:
        if (title, about) == row.shown:
            return
        if title != row.shown[0]:
            passages.drop_words(self._db, row.n)
        self._db.execute("UPDATE papers SET title = ?, about = ? WHERE n = ?", (title, packed(about), row.n))
        if title != row.shown[0]:
            passages.put_words(self._db, row.n)
        if (title, about) == (row.title, row.about):
            self._db.execute("DELETE FROM own WHERE paper = ?", (row.n,))
        else:
            self._db.execute(
                "INSERT OR IGNORE INTO own (paper, title, about) VALUES (?, ?, ?)",
                (row.n, row.title, packed(row.about)),
            )


def _text(work: Collection[Telling]) -> Telling | None:
    """The fullest text; of two alike the one that stood for the work before."""
    papers = [each for each in work if each.is_paper]
    return max(papers, key=lambda each: (each.prose, each.is_listed, -each.n), default=None)


def _turn(work: Sequence[Telling]) -> tuple[bool, bool, int]:
    """Whose turn it is to choose a key: those that a .bib file names, then those that have one."""
    return (
        not any(each.bib_key for each in work),
        not any(map(has_key, work)),
        min(each.n for each in work),
    )


def _keyed(about: Mapping[str, Any]) -> dict[str, Any]:
    """What a key depends on."""
    return {
        "authors": tuple(about.get("authors", ())),
        "year": about.get("year"),
        "handle": about.get("handle"),
    }
