"""What can be wrong inside a catalog that opens: its pages, its references, its full text, its vectors."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import LibraryError
from assistant.store.checksums import SENTENCES, TRUTH, altered
from assistant.store.connection import unreadable
from assistant.store.keys import paper_id
from assistant.store.queries import PAPER, WAITING, CatalogReader, as_paper

ODD = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, sqlite3.Error)
"""How a bug looks, and also what comes of a catalog in which a bit was flipped."""


class CatalogChecks(CatalogReader):
    """Looks, and mends nothing."""

    def words_health(self) -> str:
        """Whether the full text holds every passage, and finds some of them by their longest words: "ok", or
        what is wrong with it."""
        try:
            indexed = self._db.execute("SELECT count(*) FROM words_docsize").fetchone()[0]
            passages = self.counts()[1]
            if indexed != passages:
                return f"holds {indexed} of {passages} passages"
            lost = [n for n, text in self._samples() if not self._finds(n, text)]
        except (LibraryError, sqlite3.Error) as error:
            return f"does not work ({error.__cause__ or error})"
        return f"does not find the words of passage {lost[0]}" if lost else "ok"

    def words_fault(self) -> str | None:
        """What FTS5 finds wrong when it holds its index against the passages, word by word. (It counts that as
        writing; where writing is not possible, there is nothing to say beyond ``words_health``.)"""
        try:
            self._db.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
        except (LibraryError, sqlite3.Error) as error:
            cause = error.__cause__ or error
            if getattr(cause, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_READONLY:
                return f"does not match the passages ({cause})"
        return None

    def damage(self) -> Iterator[str]:
        """What is lost of what cannot be made anew: pages, references, values, texts."""
        yield from self.integrity_faults()
        for found in unreadable(Path(self._db.execute("PRAGMA database_list").fetchone()[2])):
            yield f"{found} cannot be read"
        for row in self._db.execute(PAPER):
            key = row[2]
            try:
                paper = as_paper(row)
            except ODD:
                yield f"what is known of {key} cannot be read"
            else:
                if paper_id(paper.text) != paper.id:
                    yield f"the text of {key} is not the one that was stored"
        for table in TRUTH:
            for name in altered(self._db, table):
                yield f"what is known of {name} is not what was stored ({table})"

    def integrity_faults(self) -> Iterator[str]:
        """What SQLite finds wrong with the catalog's pages, and rows that refer to none; papers of no file."""
        for (line,) in self._db.execute("PRAGMA integrity_check").fetchall():
            if line != "ok":
                yield f"SQLite says: {line}"
        for table, row, *_ in self._db.execute("PRAGMA foreign_key_check").fetchall():
            yield f"row {row} of {table} refers to one that is not there"
        orphans = "SELECT key FROM papers WHERE n NOT IN (SELECT paper FROM file_papers)"
        for (key,) in self._db.execute(orphans).fetchall():
            yield f"{key} belongs to no file"

    def _samples(self) -> list[tuple[int, str]]:
        """Number and words of the oldest passage, one from the middle and the newest."""
        return self._db.execute(
            """SELECT n, text FROM passage_words WHERE n IN (
               SELECT min(n) FROM passages UNION SELECT max(n) FROM passages UNION SELECT
               min(n) FROM passages WHERE n >= (SELECT (min(n) + max(n)) / 2 FROM passages))"""
        ).fetchall()

    def _finds(self, n: int, text: str) -> bool:
        words = re.findall(r"(?<![^\s(])[a-z]{1,40}(?![^\s,.;)])", text)
        query = "SELECT 1 FROM words WHERE words MATCH ? AND rowid = ?"
        return not words or self._db.execute(query, (f'"{max(words, key=len)}"', n)).fetchone() is not None

    def dimensions(self) -> int:
        """The size of most vectors."""
        sizes = "SELECT length(vector) AS size FROM vectors GROUP BY size ORDER BY count(*) DESC LIMIT 1"
        row = self._db.execute(sizes).fetchone()
        return int(row[0]) // 4 if row else 0

    def sentence_dimensions(self) -> int:
        """The size of most sentences' vectors."""
        sizes = "SELECT length(vector) AS size FROM sentences WHERE vector IS NOT NULL GROUP BY size"
        row = self._db.execute(f"{sizes} ORDER BY count(*) DESC LIMIT 1").fetchone()
        return int(row[0]) if row else 0

    def lacking_vectors(self, dimensions: int) -> dict[str, list[str]]:
        """Paper key → those of its passages that have no vector of so many dimensions."""
        rows = self._db.execute(
            """SELECT papers.key, passages.id FROM passages JOIN papers ON papers.n = passages.paper
               WHERE passages.n IN (SELECT passages.n FROM passages LEFT JOIN vectors ON passage = passages.n
                                    WHERE vector IS NULL OR length(vector) != ?)""",
            (4 * dimensions,),
        )
        lacking: dict[str, list[str]] = {}
        for key, passage in rows:
            lacking.setdefault(key, []).append(passage)
        return lacking

    def due(self) -> list[int]:
        """The rows of papers whose passages are not made yet, but for those that wait for ``add``."""
        return [n for (n,) in self._db.execute(f"SELECT paper FROM due WHERE paper NOT IN ({WAITING})")]

    def without_sentences(self) -> list[str]:
        """The keys of the papers whose sentences are not there; none that has passages is without."""
        return self._with_passages(
            "NOT EXISTS (SELECT 1 FROM sentences WHERE sentences.paper = passages.paper)"
        )

    def lacking_sentences(self, dimensions: int) -> list[str]:
        """Also of those whose sentences have vectors of another size: every sentence is read."""
        sized = "SELECT 1 FROM sentences WHERE sentences.paper = passages.paper AND length(vector) != ?"
        return self.without_sentences() + self._with_passages(f"EXISTS ({sized})", dimensions)

    def _with_passages(self, condition: str, *values: int) -> list[str]:
        """The keys of the papers with passages that meet the condition; of the others no row is read."""
        those = f"SELECT paper FROM passages WHERE {condition}"
        rows = self._db.execute(f"SELECT key FROM papers WHERE n IN ({those})", values)
        return [key for (key,) in rows]

    def altered_sentences(self) -> list[str]:
        """The keys of the papers whose sentences are not those that were stored."""
        return list(altered(self._db, SENTENCES))

    def misplaced_sentences(self) -> list[str]:
        """The keys of the papers whose sentences are not one behind the other in their text."""
        rows = self._db.execute(
            """SELECT DISTINCT key FROM papers JOIN (
                 SELECT paper, number, start, "end", lag("end", 1, 0) OVER own AS before,
                        row_number() OVER own - 1 AS place, vector IS NULL AS bare, kind
                 FROM sentences WINDOW own AS (PARTITION BY paper ORDER BY number)) ON paper = papers.n
               WHERE number != place OR start < before OR start >= "end" OR "end" > length(text)
                 OR bare != (kind IN ('title', 'authors'))"""
        )
        return [key for (key,) in rows]
