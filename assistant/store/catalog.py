"""The door to SQLite: the truth about files, papers, passages and vectors, and the full text over them.

One transaction a source file. A paper is known by its text: the same text in two files is one paper with
two places, and it goes when its last file does. Every change of what can be found raises ``generation``.
Here is what changes the catalog; what reads it is in reading.py, what examines it in checking.py.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.store.keys import Known, base_key, successors, with_suffix
from assistant.store.queries import INDEX, quantised
from assistant.store.schema import connect
from assistant.store.tags import CatalogTags
from assistant.types import Paper, Passage, Sentence, Vectors

_ABOUT = (
    *("handle", "authors", "year", "venue", "doi", "arxiv", "url"),
    *("abstract_end", "page_starts", "references", "parts", "warnings"),
)


@dataclass(frozen=True, slots=True)
class FileState:
    """What the catalog knows of a source file. ``state``: ok, failed or skipped; ``error``: why, or what of it could
    not be read; ``sha256`` is empty if the file could not be read, or papers of it were removed."""

    path: str
    sha256: str
    size: int
    mtime_ns: int
    reader: int
    state: str = "ok"
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper ready to be stored: its passages and its sentences, and the vectors of both, a row each."""

    paper: Paper
    passages: Sequence[Passage]
    vectors: Vectors
    sentences: Sequence[Sentence]
    sentence_vectors: Vectors


class Catalog(CatalogTags):
    """Open one a process. Reading sees the last committed state, or within ``snapshot`` one state; writing
    needs the library's writer lock."""

    def __init__(self, folder: Path, create: bool = False) -> None:
        super().__init__(connect(folder, create))

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

    # files

    def files(self) -> dict[str, FileState]:
        columns = "path, sha256, size, mtime_ns, reader, state, error"
        rows = self._db.execute(f"SELECT {columns} FROM files ORDER BY path")
        return {row[0]: FileState(*row) for row in rows}

    def keys_of(self, path: str) -> list[str]:
        """The keys of a file's papers, in the file's order."""
        return [paper.key for paper in self._papers_in(path)]

    def files_of(self, key: str) -> list[str]:
        """The files that a paper stands in."""
        rows = self._db.execute(
            """SELECT DISTINCT files.path FROM papers JOIN file_papers ON file_papers.paper = papers.n
               JOIN files ON files.id = file_papers.file WHERE papers.key = ? ORDER BY files.path""",
            (key,),
        )
        return [path for (path,) in rows]

    def _papers_in(self, path: str) -> list[Known]:
        rows = self._db.execute(
            """SELECT papers.n, papers.id, papers.key, papers.title, papers.text
               FROM files JOIN file_papers ON file_papers.file = files.id
               JOIN papers ON papers.n = file_papers.paper WHERE files.path = ? ORDER BY file_papers.start""",
            (path,),
        )
        return list(dict.fromkeys(Known(*row) for row in rows))

    def touch(self, state: FileState) -> None:
        """Records a file's new time, or its failure; its papers stay as they are."""
        self._db.execute(
            """INSERT INTO files (path, sha256, size, mtime_ns, reader, state, error)
               VALUES (?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (path) DO UPDATE SET sha256 = excluded.sha256, size = excluded.size,
               mtime_ns = excluded.mtime_ns, reader = excluded.reader, state = excluded.state,
               error = excluded.error""",
            (state.path, state.sha256, state.size, state.mtime_ns, state.reader, state.state, state.error),
        )

    def store(self, state: FileState, papers: Sequence[Paper], entries: Iterable[Entry]) -> list[str]:
        """Makes ``papers`` those of the file, in one transaction. Returns their keys in order. ``entries``: theirs, in
        the same order; each is let go as it is stored, so that a file of 50,000 papers need not fit the memory.

        A paper whose text has changed keeps the key that the same title, or most of its words, had here.
        """
        with self._transaction():
            old = self._papers_in(state.path)
            self.touch(state)
            (file,) = self._db.execute("SELECT id FROM files WHERE path = ?", (state.path,)).fetchone()
            self._db.execute("DELETE FROM file_papers WHERE file = ?", (file,))
            coming = {paper.id: paper for paper in papers}
            leaving = [paper for paper in old if paper.id not in coming and self._is_orphan(paper.n)]
            new = [paper for i, paper in coming.items() if not self._has("papers", "id", i)]
            inherited = successors(leaving, new)
            for paper in leaving:
                self._drop(paper.n)
            for entry in entries:
                n = self._put(entry, inherited.get(entry.paper.id))
                source = entry.paper.source
                place = (file, n, source.start, source.end, source.record)
                self._db.execute("INSERT INTO file_papers VALUES (?, ?, ?, ?, ?)", place)
            self._changed()
            return self.keys_of(state.path)

    def remove(self, keys: Iterable[str]) -> None:
        """Takes papers out. Their keys stay theirs, and their files' hashes are dropped, for the catalog does not
        hold these files whole any more. Raises UnknownPaper, and then takes out none."""
        with self._transaction():
            for key in dict.fromkeys(keys):
                row = self._db.execute("SELECT n FROM papers WHERE key = ?", (key,)).fetchone()
                if row is None:
                    raise self._unknown(key)
                files = "SELECT file FROM file_papers WHERE paper = ?"
                self._db.execute(f"UPDATE files SET sha256 = '' WHERE id IN ({files})", row)
                self._db.execute("DELETE FROM file_papers WHERE paper = ?", row)
                self._drop(row[0])
            self._changed()

    def forget(self, paths: Iterable[str]) -> None:
        """Drops those of the files that hold no papers."""
        holds = "SELECT 1 FROM file_papers WHERE file_papers.file = files.id"
        for path in paths:
            self._db.execute(f"DELETE FROM files WHERE path = ? AND NOT EXISTS ({holds})", (path,))

    def move(self, moves: Iterable[tuple[str, str, int]]) -> None:
        """(old path, new path, its time) of each file that is at another place now, where none is on record that holds
        papers."""
        with self._transaction():
            for old, new, mtime_ns in moves:
                self.forget([new])
                self._db.execute(
                    "UPDATE files SET path = ?, mtime_ns = ? WHERE path = ?", (new, mtime_ns, old)
                )

    def drop(self, paths: Iterable[str]) -> None:
        """Takes out files with the papers that stand in no other. Their keys stay theirs."""
        with self._transaction():
            for path in paths:
                held = self._papers_in(path)
                self._db.execute("DELETE FROM files WHERE path = ?", (path,))
                for paper in held:
                    if self._is_orphan(paper.n):
                        self._drop(paper.n)
            self._changed()

    def _is_orphan(self, n: int) -> bool:
        return self._db.execute("SELECT 1 FROM file_papers WHERE paper = ?", (n,)).fetchone() is None

    def _drop(self, n: int) -> None:
        self._drop_passages(n)
        self._db.execute("DELETE FROM papers WHERE n = ?", (n,))

    def _drop_passages(self, n: int) -> None:
        """The full text first: it is told the words that it loses, and reads them from the passages."""
        self._db.execute(
            """INSERT INTO words (words, rowid, title, text)
               SELECT 'delete', n, title, text FROM passage_words
               WHERE n IN (SELECT n FROM passages WHERE paper = ?)""",
            (n,),
        )
        self._db.execute("DELETE FROM passages WHERE paper = ?", (n,))
        self._db.execute("DELETE FROM sentences WHERE paper = ?", (n,))

    def _put(self, entry: Entry, inherited: str | None) -> int:
        """The paper's number. One whose text is known is written anew if a newer reader has found other
        things in it."""
        paper = entry.paper
        about = {name: value for name in _ABOUT if (value := getattr(paper, name)) not in (None, ())}
        fields = (paper.title, paper.body, json.dumps(about, ensure_ascii=False))
        row = self._db.execute(
            "SELECT n, title, body, about FROM papers WHERE id = ?", (paper.id,)
        ).fetchone()
        if row is None:
            n = self._db.execute(
                "INSERT INTO papers (id, key, text, title, body, about) VALUES (?, ?, ?, ?, ?, ?)",
                (paper.id, self._claim_key(paper, inherited), paper.text, *fields),
            ).lastrowid
            assert n is not None
        else:
            n = int(row[0])
            if row[1:] == fields:
                return n
            self._drop_passages(n)
            self._db.execute("UPDATE papers SET title = ?, body = ?, about = ? WHERE n = ?", (*fields, n))
        for passage, vector in zip(entry.passages, entry.vectors, strict=True):
            number = self._db.execute(
                'INSERT INTO passages (id, paper, start, "end", page) VALUES (?, ?, ?, ?, ?)',
                (passage.id, n, passage.start, passage.end, passage.page),
            ).lastrowid
            self._db.execute("INSERT INTO vectors VALUES (?, ?)", (number, _blob(vector)))
            self._db.execute(
                "INSERT INTO words (rowid, title, text) SELECT * FROM passage_words WHERE n = ?", (number,)
            )
        self._put_sentences(n, entry.sentences, entry.sentence_vectors)
        return n

    def _put_sentences(self, n: int, sentences: Sequence[Sentence], vectors: Vectors) -> None:
        self._db.execute("DELETE FROM sentences WHERE paper = ?", (n,))
        self._db.executemany(
            "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    n,
                    s.number,
                    s.start,
                    s.end,
                    s.page,
                    s.section,
                    s.kind,
                    None if s.is_header else quantised(row),
                )
                for s, row in zip(sentences, vectors, strict=True)
            ],
        )

    def _claim_key(self, paper: Paper, inherited: str | None) -> str:
        """The key that this text had before, else its predecessor's, else the first that never was given."""
        row = self._db.execute("SELECT key FROM keys WHERE paper = ?", (paper.id,)).fetchone()
        before = [key for key in (row and row[0], inherited) if key and not self._has("papers", "key", key)]
        base, n = base_key(paper), 0
        while not before and self._has("keys", "key", with_suffix(base, n)):
            n += 1
        key = before[0] if before else with_suffix(base, n)
        self._db.execute("INSERT OR REPLACE INTO keys (paper, key) VALUES (?, ?)", (paper.id, key))
        return key

    def _has(self, table: str, column: str, value: str) -> bool:
        row = self._db.execute(f"SELECT 1 FROM {table} WHERE {column} = ?", (value,)).fetchone()
        return row is not None

    # what is derived

    def put_vectors(self, vectors: Iterable[tuple[str, Vectors]]) -> None:
        """Gives passages the vectors that they lack, or that were damaged."""
        with self._transaction():
            for passage, vector in vectors:
                self._set_vector(passage, vector)

    def put_sentences(self, found: Iterable[tuple[str, Sequence[Sentence], Vectors]]) -> None:
        """Gives papers, by key, the sentences and vectors that they lack."""
        with self._transaction():
            for key, sentences, vectors in found:
                (n,) = self._db.execute("SELECT n FROM papers WHERE key = ?", (key,)).fetchone()
                self._put_sentences(n, sentences, vectors)

    def replace_vectors(self, vectors: Iterable[tuple[str, Vectors]], embedder: str) -> None:
        """Swaps every passage's vector for another embedder's, in one transaction."""
        with self._transaction():
            self._db.execute("DELETE FROM vectors")
            for passage, vector in vectors:
                self._set_vector(passage, vector)
            self.set_meta("embedder", embedder)
            self.set_meta(INDEX, "")  # it holds the other embedder's vectors under the same ids
            self._changed()

    def _set_vector(self, passage: str, vector: Vectors) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO vectors SELECT n, ? FROM passages WHERE id = ?", (_blob(vector), passage)
        )

    def rebuild_words(self) -> None:
        self._db.execute("INSERT INTO words (words) VALUES ('rebuild')")


def _blob(vector: Vectors) -> bytes:
    return vector.astype("<f4").tobytes()
