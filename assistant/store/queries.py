"""The catalog as those who read it see it: papers, passages, full text and vectors. It changes nothing."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any

import numpy as np

from assistant.errors import LibraryError, UnknownPaper
from assistant.store.checksums import is_altered
from assistant.store.identity import numbers_of
from assistant.store.keys import paper_id
from assistant.text.terms import fold
from assistant.types import Paper, Part, Passage, Sentence, Source, Vectors

PAPER = """SELECT papers.n, papers.id, papers.key, papers.title, papers.text, papers.body, papers.about,
    here(files.path), file_papers.start, file_papers."end", file_papers.record
    FROM papers JOIN file_papers ON file_papers.paper = papers.n JOIN files ON files.id = file_papers.file """
_PLACED = PAPER[PAPER.index("FROM papers") :]
_IN_ORDER = " ORDER BY files.path, file_papers.start"
WAITING = """SELECT paper FROM due WHERE paper NOT IN (
    SELECT paper FROM file_papers JOIN files ON files.id = file WHERE state != 'partial')"""
"""Rows that cannot be found before ``add`` goes on with their files."""
_LISTED = f"papers.n NOT IN (SELECT paper FROM works) AND papers.n NOT IN ({WAITING})"
"""Neither what another row stands for, nor what waits."""
_PASSAGE = """SELECT passages.id, papers.key, passages.start, passages."end",
    substr(papers.text, passages.start + 1, passages."end" - passages.start), passages.page
    FROM passages JOIN papers ON papers.n = passages.paper """
_VECTOR = """SELECT passages.id, papers.key, vectors.vector FROM passages
    JOIN vectors ON vectors.passage = passages.n JOIN papers ON papers.n = passages.paper """
INDEX = "index"
"""Which vector index was made from this catalog, and when (sync.py)."""
_ONLY = "JOIN papers ON papers.n = passages.paper AND papers.key IN (SELECT value FROM json_each(?))"
_ENDLESS = 2**62
_AMONG = "WHERE passages.id IN (SELECT value FROM json_each(?))"


class CatalogReader:
    """Sees the last committed state of an open catalog."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def catch_up(self) -> None:
        """To be called before what others have done is to be seen; in a folder it is seen as it is."""

    @property
    def in_snapshot(self) -> bool:
        return self._db.in_transaction

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is one committed state, whatever other processes commit meanwhile. (Theirs are
        not held up; only the file of their changes cannot be shortened until this ends.)"""
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            if self._db.in_transaction:
                self._db.execute("COMMIT")

    def meta(self, name: str) -> str | None:
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    @property
    def generation(self) -> int:
        return int(self.meta("generation") or 0)

    def counts(self) -> tuple[int, int]:
        """(papers, passages)."""
        papers = (
            f"SELECT count(*) FROM papers) - (SELECT count(*) FROM works) - (SELECT count(*) FROM ({WAITING})"
        )
        passages = "SELECT count(*) FROM passages"
        row = self._db.execute(f"SELECT ({papers}), ({passages})").fetchone()
        return row[0], row[1]

    # papers

    def papers(self) -> Iterator[Paper]:
        """Every paper, in the order of file and place; one that stands in two files comes once."""
        return _each_once(self._db.execute(f"{PAPER} WHERE {_LISTED} {_IN_ORDER}"))

    def described(self) -> Iterator[tuple[str, Sequence[str], int | None]]:
        """(key, authors, year) of every paper, in the order of ``papers``, without reading their texts."""
        rows = self._db.execute(f"SELECT papers.key, papers.about {_PLACED} WHERE {_LISTED} {_IN_ORDER}")
        for key, about in dict(rows).items():
            fields = json.loads(about)
            yield key, fields.get("authors", ()), fields.get("year")

    @property
    def state(self) -> tuple[int, int]:
        """What is another once this or any other connection has changed the catalog."""
        version = self._db.execute("PRAGMA data_version").fetchone()[0]
        return version, self._db.total_changes

    def paper(self, key: str) -> Paper:
        """The paper with this key, in whatever case where that leaves one, or that had it, or with this DOI, arXiv or
        ACL number. Raises UnknownPaper."""
        n = self._row(key)
        paper = as_paper(self._db.execute(f"{PAPER} WHERE papers.n = ? {_IN_ORDER}", (n,)).fetchone())
        altered = f"SELECT {is_altered(self._db, 'papers')} FROM papers WHERE n = ?"
        if self._db.execute(altered, (n,)).fetchone()[0] or paper_id(paper.text) != paper.id:
            what = "what is known of" if paper_id(paper.text) == paper.id else "the text of"
            raise LibraryError(
                f"{what} {paper.key} was altered in the catalog, so it is not quoted; put back a copy of the"
                f" catalog, or: assistant papers remove {paper.key}, and add {paper.source.file} again"
            )
        return paper

    def as_read(self, key: str) -> Paper:
        """The paper as its source alone gives it: under the title that its passages are embedded with."""
        return self._as_read(self._row(key))

    def _as_read(self, n: int) -> Paper:
        row = list(self._db.execute(f"{PAPER} WHERE papers.n = ? {_IN_ORDER}", (n,)).fetchone())
        if own := self._db.execute("SELECT title, about FROM own WHERE paper = ?", (n,)).fetchone():
            row[3], row[6] = own
        return as_paper(tuple(row))

    def _row(self, key: str) -> int:
        """The row of the paper that has this key, else of one that had it, else of the one that a registry knows by it,
        else of the one whose key differs in case alone."""
        key = key.encode("utf-8", "replace").decode()  # half a surrogate pair, which SQLite cannot look up
        row = self._db.execute(f"SELECT n FROM papers WHERE key = ? AND {_LISTED}", (key,)).fetchone()
        had = """SELECT coalesce(works.work, papers.n) FROM aliases JOIN papers ON papers.id = aliases.paper
            LEFT JOIN works ON works.paper = papers.n WHERE aliases.key = ? AND coalesce(works.work, 1)
            ORDER BY papers.n"""
        row = row or self._db.execute(had, (key,)).fetchone()
        numbered = None if row else next(filter(None, map(self.key_named, numbers_of(key))), None)
        return self._row(numbered) if numbered else int(row[0]) if row else self._in_any_case(key)

    def _in_any_case(self, key: str) -> int:
        rows = self._db.execute(f"SELECT key, n FROM papers WHERE {_LISTED} ORDER BY key")
        same = [(own, n) for own, n in rows if own.casefold() == key.casefold()]
        if len(same) > 1:
            raise UnknownPaper(
                f"no paper has the key {key!r}; did you mean {' or '.join(own for own, _ in same)}?"
            )
        if not same:
            raise self._unknown(key)
        return int(same[0][1])

    def spelt(self, key: str) -> str:
        """The key of the paper that ``key`` names. Raises UnknownPaper if there is none, or several."""
        return str(self._db.execute("SELECT key FROM papers WHERE n = ?", (self._row(key),)).fetchone()[0])

    def key_of(self, paper_id: str) -> str | None:
        """The key of the paper with this id; None if there is none."""
        row = self._db.execute(f"SELECT key FROM papers WHERE id = ? AND {_LISTED}", (paper_id,)).fetchone()
        return row[0] if row else None

    def keys_as_added(self) -> list[str]:
        """The keys of the papers in the order in which their texts came."""
        return [key for (key,) in self._db.execute(f"SELECT key FROM papers WHERE {_LISTED} ORDER BY n")]

    def key_named(self, name: str) -> str | None:
        """The key of the paper that a registry knows by this name (identity.py); None if there is none."""
        row = self._db.execute(
            f"""SELECT key FROM papers WHERE {_LISTED} AND n IN (SELECT coalesce(works.work, names.paper) FROM names
                LEFT JOIN works ON works.paper = names.paper WHERE name = ?) ORDER BY n""",
            (name,),
        ).fetchone()
        return row[0] if row else None

    def keys_among(self, words: Iterable[str]) -> dict[str, str]:
        """Word in small letters → the key that it is, in whatever case, but for words of several."""
        lowered = json.dumps([word.lower() for word in words])
        listed = f"lower(key) IN (SELECT value FROM json_each(?)) AND {_LISTED}"
        rows = self._db.execute(f"SELECT key FROM papers WHERE {listed}", (lowered,)).fetchall()
        found = [key.lower() for (key,) in rows]
        return {key.lower(): key for (key,) in rows if found.count(key.lower()) == 1}

    def papers_by(self, name: str) -> list[Paper]:
        """Papers with an author whose name holds this word, whatever its case and accents."""
        word = fold(name)
        rows = self._db.execute(
            f"""{PAPER} WHERE {_LISTED} AND EXISTS (SELECT 1 FROM json_each(papers.about, '$.authors')
                WHERE instr(fold(value), ?)) {_IN_ORDER}""",
            (word,),
        )
        return [
            paper
            for paper in _each_once(rows)
            if any(word in fold(author).replace(",", " ").split() for author in paper.authors)
        ]

    def _unknown(self, key: str) -> UnknownPaper:
        column, what, sought = "key", "key", key.lower()
        if number := next(iter(numbers_of(key)), ""):
            what, _, sought = number.partition(":")
            column, what = (
                f"about ->> '$.{what}'",
                {"doi": "DOI", "arxiv": "arXiv number"}.get(what, "number"),
            )
        rows = self._db.execute(f"SELECT {column} FROM papers WHERE {_LISTED}")
        known = {own.lower(): own for (own,) in rows if own}
        near = [known[name] for name in get_close_matches(sought, known, n=3, cutoff=0.5)]
        hint = f"; did you mean {', '.join(near)}?" if near else "; list the keys with: assistant papers"
        return UnknownPaper(f"no paper has the {what} {key!r}{hint}")

    # passages and full text

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        rows = self._db.execute(_PASSAGE + _AMONG, (json.dumps(list(ids)),))
        return {row[0]: Passage(*row) for row in rows}

    def passages_of(self, key: str) -> list[Passage]:
        """A paper's passages in reading order."""
        rows = self._db.execute(_PASSAGE + "WHERE papers.key = ? ORDER BY passages.start", (key,))
        return [Passage(*row) for row in rows]

    def passage_ids(self) -> set[str]:
        return {row[0] for row in self._db.execute("SELECT id FROM passages").fetchall()}

    def words(self, query: str, limit: int, only: Collection[str] | None = None) -> list[tuple[str, float]]:
        """(passage id, BM25) for an FTS5 query, best first, of the papers ``only``; a match in the title
        weighs double."""
        if not query:
            return []
        rows = self._db.execute(
            f"""SELECT passages.id, -bm25(words, 2.0, 1.0) AS score
                FROM words JOIN passages ON passages.n = words.rowid {_ONLY if only is not None else ""}
                WHERE words MATCH ? ORDER BY score DESC, passages.id LIMIT ?""",
            ([json.dumps(list(only))] if only is not None else []) + [query, limit],
        )
        return rows.fetchall()

    def passages_with(self, word: str) -> int:
        """How many passages hold this word, whatever its ending."""
        query = '"' + fold(word).replace('"', "") + '"'
        row = self._db.execute("SELECT count(*) FROM words WHERE words MATCH ?", (query,)).fetchone()
        return int(row[0])

    def stems_from(self, first: str) -> list[str]:
        """The stems, as the full text makes them, of the words in passages that begin with the letters ``first``."""
        self._db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.stems USING fts5vocab(main, words, row)")
        rows = self._db.execute(
            "SELECT term FROM temp.stems WHERE term >= ? AND term < ?", (first, first + "\U0010ffff")
        )
        return [row[0] for row in rows]

    def passage_counts(self) -> dict[str, int]:
        """Paper key → its number of passages."""
        rows = self._db.execute(
            f"""SELECT papers.key, count(passages.n) FROM papers
               LEFT JOIN passages ON passages.paper = papers.n WHERE {_LISTED} GROUP BY papers.n"""
        )
        return dict(rows.fetchall())

    # sentences

    def sentences_of(self, key: str, start: int = 0, end: int | None = None) -> list[Sentence]:
        """A paper's sentences in reading order, of those that touch ``text[start:end]``."""
        rows = self._db.execute(
            """SELECT papers.key, number, start, "end", substr(text, start + 1, "end" - start), page, section, kind
               FROM sentences JOIN papers ON papers.n = sentences.paper
               WHERE papers.key = ? AND "end" > ? AND start < ? ORDER BY number""",
            (key, start, _ENDLESS if end is None else end),
        )
        return [Sentence(*row) for row in rows]

    def sentence_vectors(self, key: str, numbers: Sequence[int]) -> Vectors:
        """One row of length 1 for each of the numbered sentences of a paper; zeros for lines of the header."""
        rows = self._db.execute(
            """SELECT number, vector FROM sentences JOIN papers ON papers.n = sentences.paper
               WHERE papers.key = ? AND number IN (SELECT value FROM json_each(?))""",
            (key, json.dumps(list(map(int, numbers)))),
        )
        held = dict(rows.fetchall())
        size = max((len(vector) for vector in held.values() if vector), default=0)
        found = np.zeros((len(numbers), size), np.float32)
        for row, number in zip(found, numbers, strict=True):
            if held[number] is not None:
                row[:] = np.frombuffer(held[number], np.int8)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(lengths, 1e-9), dtype=np.float32)

    # vectors

    def stale(self) -> set[str]:
        """The passages that are new or gone since the vector index was made, or whose paper has another key."""
        return {row[0] for row in self._db.execute("SELECT passage FROM stale")}

    def probes(self) -> list[tuple[str, Vectors]]:
        """The oldest passage, one from the middle, the newest, and their vectors: to try an index with."""
        low, high = self._db.execute("SELECT min(n), max(n) FROM passages").fetchone()
        if low is None:
            return []
        rows = [
            self._db.execute(_VECTOR + "WHERE passages.n >= ? ORDER BY passages.n LIMIT 1", (n,)).fetchone()
            for n in (low, (low + high) // 2, high)
        ]
        return [(row[0], _unpacked([row[2]])[0]) for row in rows if row]

    def vectors(self, ids: Sequence[str] | None = None) -> Iterator[tuple[list[str], list[str], Vectors]]:
        """(passage ids, paper keys, vectors) in batches, of the given passages or of all."""
        if ids is None:
            cursor = self._db.execute(_VECTOR + "ORDER BY passages.n")
        else:
            cursor = self._db.execute(_VECTOR + _AMONG + " ORDER BY passages.n", (json.dumps(list(ids)),))
        while rows := cursor.fetchmany(4000):
            yield [row[0] for row in rows], [row[1] for row in rows], _unpacked([row[2] for row in rows])


def _unpacked(blobs: Sequence[bytes]) -> Vectors:
    try:
        return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), -1)
    except ValueError as error:
        raise LibraryError(
            f"vectors in the catalog are damaged ({error}); make them again: reindex"
        ) from error


def quantised(vector: Vectors) -> bytes:
    """A direction in 8 bits a dimension."""
    scaled = vector * (127 / max(float(np.abs(vector).max()), 1e-9))
    return scaled.round().astype(np.int8).tobytes()


def _each_once(rows: Iterable[tuple[Any, ...]]) -> Iterator[Paper]:
    seen = set()
    for row in rows:
        if row[0] not in seen:
            seen.add(row[0])
            yield as_paper(row)


def as_paper(row: tuple[Any, ...]) -> Paper:
    _, paper_id, key, title, text, body, about, path, start, end, record = row
    fields = json.loads(about)
    for name in ("authors", "page_starts", "references", "warnings"):
        if name in fields:
            fields[name] = tuple(fields[name])
    if "parts" in fields:
        fields["parts"] = tuple(Part(*part) for part in fields["parts"])
    return Paper(text, body, Source(path, start, end, record), title, key=key, id=paper_id, **fields)
