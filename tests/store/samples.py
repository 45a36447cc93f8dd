"""Invented papers, ready to be stored, with vectors that differ."""

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.split import sentences
from assistant.store.catalog import Catalog
from assistant.store.checksums import SENTENCES, TRUTH
from assistant.store.files import FileState
from assistant.store.passages import Entry
from assistant.types import Paper, Passage, Source, Vectors

SIZE = 8
TIDES = "The tides of the Dee are measured by 12,705 gauges and DC² buoys, and they are found to be high."
ICE = (
    "Ice cores are dated by layers of snow; the dates are wrong where the wind has taken a whole winter away."
)
BEES = (
    "Robots that tend bees are surveyed here: of 61 systems few report how often their hives have died out."
)


def vector(text: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "little")
    row = np.random.default_rng(seed).normal(size=SIZE).astype(np.float32)
    return row / np.linalg.norm(row)


def paper(
    body: str, title: str | None = None, authors: Sequence[str] = (), start: int = 0, **fields: object
) -> Paper:
    text = f"{title}\n\n{body}" if title else body
    source = Source("", start, start + len(text))
    name = hashlib.sha256(text.encode()).hexdigest()[:16]
    return Paper(text, len(text) - len(body), source, title, authors=tuple(authors), id=name, **fields)  # type: ignore[arg-type]


def entry(given: Paper) -> Entry:
    """Two passages: the halves of the text."""
    half = given.text.index(" ", len(given.text) // 2)
    spans = ((0, half), (half + 1, len(given.text)))
    passages = [
        Passage(
            f"p_{given.id}_{start}{given.title}",
            given.key,
            start,
            end,
            given.text[start:end],
            given.page_at(start),
        )
        for start, end in spans
    ]
    said = sentences(given)
    rows = np.array([vector(each.text) for each in said])
    return Entry(given, passages, np.array([vector(passage.text) for passage in passages]), said, rows)


def state(path: str, **fields: object) -> FileState:
    return FileState(path, "sha", 1, 1, 1, **fields)  # type: ignore[arg-type]


def put(catalog: Catalog, path: str, *papers: Paper) -> list[str]:
    """Stores the papers, one below the other, as those of the file."""
    placed, start = [], 0
    for given in papers:
        placed.append(paper_at(given, path, start))
        start += len(given.text) + 1
    stored = catalog.store(state(path), placed, lambda due: map(entry, due))
    left = stored.step.left
    while left:
        left = catalog.go_on(path, lambda due: map(entry, due)).left
    return stored.keys


def paper_at(given: Paper, path: str, start: int) -> Paper:
    return replace(given, source=Source(path, start, start + len(given.text)))


def without_checksums(db: sqlite3.Connection) -> None:
    """As a catalog of version 3 is."""
    for table in (*TRUTH, SENTENCES):
        for event in ("insert", "update"):
            db.execute(f"DROP TRIGGER {table}_{event}")
        db.execute(f"ALTER TABLE {table} DROP COLUMN sum")
