"""What the user has said of papers against what is guessed: these are one work, these are not, this is the title. By
paper id, so that it outlives a paper that goes and comes back; a new version of a text inherits it."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from itertools import permutations, product
from typing import Any


def join(db: sqlite3.Connection, one: Iterable[str], other: Iterable[str]) -> None:
    """The texts ``one`` and the texts ``other`` are of one work."""
    pairs = list(product(one, other))
    _say(db, [*pairs[:1], *(pair[::-1] for pair in pairs[:1])], True)
    both = [*pairs, *(pair[::-1] for pair in pairs)]
    db.executemany("DELETE FROM decisions WHERE paper = ? AND other = ? AND NOT same", both)


def part(db: sqlite3.Connection, papers: Iterable[str]) -> None:
    """Each of the texts is a work of its own."""
    _say(db, permutations(papers, 2), False)


def _say(db: sqlite3.Connection, pairs: Iterable[tuple[str, ...]], same: bool) -> None:
    db.executemany(f"INSERT OR REPLACE INTO decisions (paper, other, same) VALUES (?, ?, {int(same)})", pairs)


def edit(db: sqlite3.Connection, paper: str, fields: Mapping[str, Any]) -> None:
    """Sets fields; a value of None takes back what was set."""
    row = db.execute("SELECT fields FROM edits WHERE paper = ?", (paper,)).fetchone()
    merged = {**(json.loads(row[0]) if row else {}), **fields}
    kept = {name: value for name, value in merged.items() if value is not None}
    db.execute(
        "INSERT OR REPLACE INTO edits (paper, fields) VALUES (?, ?)",
        (paper, json.dumps(kept, ensure_ascii=False)),
    )


def inherit(db: sqlite3.Connection, paper: str, predecessor: str) -> None:
    """What was said of the predecessor holds for the paper, and its former keys find it."""
    db.execute(
        "INSERT OR IGNORE INTO aliases (key, paper) SELECT key, ? FROM aliases WHERE paper = ?",
        (paper, predecessor),
    )
    db.execute(
        "INSERT OR IGNORE INTO edits (paper, fields) SELECT ?, fields FROM edits WHERE paper = ?",
        (paper, predecessor),
    )
    for columns, old in (("?, other, same", "paper"), ("paper, ?, same", "other")):
        db.execute(
            f"INSERT OR IGNORE INTO decisions (paper, other, same) SELECT {columns} FROM decisions WHERE {old} = ?",
            (paper, predecessor),
        )
