"""A paper's row → what it is found by: passages with their vectors and full text, and sentences; put in and taken out
together."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.store.queries import quantised
from assistant.types import Paper, Passage, Sentence, Vectors

_OF = "SELECT n, title, text FROM passage_words WHERE n IN (SELECT n FROM passages WHERE paper = ?)"


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper ready to be found: its passages and its sentences, and the vectors of both, a row each."""

    paper: Paper
    passages: Sequence[Passage]
    vectors: Vectors
    sentences: Sequence[Sentence]
    sentence_vectors: Vectors


def put(db: sqlite3.Connection, n: int, entry: Entry) -> None:
    """The paper is then no longer due."""
    for passage, vector in zip(entry.passages, entry.vectors, strict=True):
        number = db.execute(
            'INSERT INTO passages (id, paper, start, "end", page) VALUES (?, ?, ?, ?, ?)',
            (passage.id, n, passage.start, passage.end, passage.page),
        ).lastrowid
        db.execute("INSERT INTO vectors VALUES (?, ?)", (number, blob(vector)))
        db.execute(
            "INSERT INTO words (rowid, title, text) SELECT * FROM passage_words WHERE n = ?", (number,)
        )
    put_sentences(db, n, entry.sentences, entry.sentence_vectors)
    mark_stale(db, n)
    db.execute("DELETE FROM due WHERE paper = ?", (n,))


def put_sentences(db: sqlite3.Connection, n: int, sentences: Sequence[Sentence], vectors: Vectors) -> None:
    db.execute("DELETE FROM sentences WHERE paper = ?", (n,))
    db.executemany(
        """INSERT INTO sentences (paper, number, start, "end", page, section, kind, vector)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            (n, s.number, s.start, s.end, s.page, s.section, s.kind, None if s.is_header else quantised(row))
            for s, row in zip(sentences, vectors, strict=True)
        ],
    )


def drop(db: sqlite3.Connection, n: int) -> None:
    """The full text first: it is told the words that it loses, and reads them from the passages."""
    drop_words(db, n)
    mark_stale(db, n)
    db.execute("DELETE FROM passages WHERE paper = ?", (n,))
    db.execute("DELETE FROM sentences WHERE paper = ?", (n,))


def mark_stale(db: sqlite3.Connection, n: int) -> None:
    """The vector index does not have the row's passages as they are, or are about to be."""
    db.execute("INSERT OR IGNORE INTO stale SELECT id FROM passages WHERE paper = ?", (n,))


def drop_words(db: sqlite3.Connection, n: int) -> None:
    """To be called before the paper's title changes, which is a part of them."""
    db.execute(f"INSERT INTO words (words, rowid, title, text) SELECT 'delete', * FROM ({_OF})", (n,))


def put_words(db: sqlite3.Connection, n: int) -> None:
    db.execute(f"INSERT INTO words (rowid, title, text) {_OF}", (n,))


def blob(vector: Vectors) -> bytes:
    return vector.astype("<f4").tobytes()
