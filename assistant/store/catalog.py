"""The door to SQLite: the truth about files, papers, passages and vectors, and the full text over them.

One transaction puts a source file's papers on record; they are made findable in steps, a transaction each, the first
in the same one. A file of more steps is ``partial`` until its last. A paper is known by its text: the same text in two
files is one paper with two places, and it goes when its last file does. Every change of what can be found raises
``generation``.
Here is what stores papers; what reads them is in queries.py, what is known of their files in files.py, what the user
says of them in tags.py and corrected.py, what examines it all in integrity.py.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from assistant.heap import give_back
from assistant.store import decisions, passages
from assistant.store.checksums import SENTENCES, is_altered
from assistant.store.files import PARTIAL, CatalogFiles, FileState
from assistant.store.given import no_key
from assistant.store.keys import successors
from assistant.store.metadata import packed
from assistant.store.passages import Entry
from assistant.store.queries import INDEX
from assistant.types import Paper, Sentence, Source, Vectors

_ABOUT = (
    *("handle", "authors", "year", "venue", "doi", "arxiv", "url"),
    *("abstract_end", "page_starts", "references", "parts", "warnings"),
)
_FILES = "SELECT file FROM file_papers WHERE paper = ?"
STEP = 64
"""Papers that are made findable in one transaction: what an interruption costs at most ..."""
_STEP_TEXT = 500_000
"""... or as many as have so many characters: ten long papers, which take as long as the abstracts do."""
_DUE = f"""SELECT n, id, length(text) FROM papers WHERE n IN (SELECT paper FROM due) AND EXISTS (
    SELECT 1 FROM file_papers JOIN files ON files.id = file AND (state != '{PARTIAL}' OR path = ?) WHERE paper = n)
    ORDER BY n LIMIT {STEP + 1}"""
"""What is to be made findable, but for what waits for ``add`` to go on with another file."""


class Step(NamedTuple):
    """Papers that were made findable, and their passages; ``left``: how many of the file's are not yet."""

    papers: int
    passages: int
    left: int


class Stored(NamedTuple):
    """What became of a file's papers: their keys in its order, how many are new here, how many have a new text; and the
    first step of making them findable."""

    keys: list[str]
    added: int
    updated: int
    step: Step


Entries = Callable[[Sequence[Paper]], Iterable[Entry]]
"""Makes papers ready to be found; those that it leaves out wait for another who does."""


class Catalog(CatalogFiles):
    """Open one a process. Reading sees the last committed state, or within ``snapshot`` one state; writing
    needs the library's writer lock."""

    def store(self, state: FileState, papers: Iterable[Paper], entries: Entries) -> Stored:
        """Makes ``papers`` those of the file, in one transaction, which also takes the first step of making them
        findable; ``go_on`` takes the others. ``entries`` is asked for those of a step.

        A paper whose text has changed keeps the key, and what the user has said, of the same title, or most of its
        words, here. What tells of the same work becomes one paper (works.py).
        """
        with self._transaction():
            self._in_order()
            old = self._papers_in(state.path)
            self.touch(state)
            (file,) = self._db.execute("SELECT id FROM files WHERE path = ?", (state.path,)).fetchone()
            self._db.execute("DELETE FROM file_papers WHERE file = ?", (file,))
            coming, places = _gathered(papers)
            leaving = [paper for paper in old if paper.id not in coming and self._is_orphan(paper.n)]
            new = [paper for i, paper in coming.items() if not self._has("papers", "id", i)]
            before = successors(leaving, new)
            for name, predecessor in before.items():
                decisions.inherit(self._db, name, predecessor)
            gone = {paper.n for paper in leaving}
            touched = (self._works.related(gone) | {paper.n for paper in old}) - gone
            for n in gone:
                self._drop(n)
            rows = {paper.id: self._put(paper) for paper in coming.values()}
            others = {paper.id for paper in new}
            first = dict(islice(coming.items(), STEP))
            del coming, new  # of a large file, more than all else that is needed from here on
            for name, source in places:
                place = (file, rows[name], source.start, source.end, source.record)
                self._db.execute(
                    'INSERT INTO file_papers (file, paper, start, "end", record) VALUES (?, ?, ?, ?, ?)',
                    place,
                )
            self._works.name(rows.values())
            keys = {name: self._own_key(predecessor) for name, predecessor in before.items()}
            fresh = self._works.settle(touched.union(rows.values()), keys)
            if len(rows) > STEP:
                give_back()  # before the embedder is loaded
            step = self._find(entries, state.path, first)
            self._changed()
            if step.left:
                self._db.execute("UPDATE files SET state = ? WHERE id = ?", (PARTIAL, file))
            stand = {n: self._stands(n) for n in rows.values()}
            added = (set(stand.values()) & fresh) - {rows[name] for name in before}
            updated = {stand[rows[name]] for name in others} - added - {None}
            return Stored(self.keys_of(state.path), len(added), len(updated), step)

    def _find(self, entries: Entries, path: str = "", known: Mapping[str, Paper] | None = None) -> Step:
        """Gives the next papers that have none their passages; ``path``: a file that may be partial."""
        due = self._db.execute(_DUE, (path,)).fetchall()
        ends = list(accumulate(length for *_, length in due[:STEP]))
        due = due[: max(1, sum(end <= _STEP_TEXT for end in ends))]
        papers = [(known or {}).get(name) or self._as_read(n) for n, name, _ in due]
        rows = {name: n for n, name, _ in due}
        found = made = 0
        for entry in entries(papers):
            passages.put(self._db, rows[entry.paper.id], entry)
            found, made = found + 1, made + len(entry.passages)
        return Step(found, made, self.due_in(path))

    def go_on(self, path: str, entries: Entries) -> Step:
        """Makes the next papers of a partial file findable, in one transaction; the last step makes the file ok."""
        with self._transaction():
            step = self._find(entries, path)
            if not step.left:
                self._db.execute(
                    "UPDATE files SET state = 'ok' WHERE path = ? AND state = ?", (path, PARTIAL)
                )
            if step.papers:
                self._changed()
            return step

    def make_findable(self, entries: Entries) -> None:
        """Brings an older library's papers in order, and gives those that have none their passages, a transaction a
        step; but for those of partial files, which ``go_on`` is for."""
        self.put_in_order()
        while self.find_more(entries):
            pass

    def put_in_order(self) -> None:
        """Groups the papers of a library that was made by other rules (works.py)."""
        with self._transaction():
            self._in_order()

    def find_more(self, entries: Entries) -> int:
        """Makes the next papers findable that are no partial file's, in one transaction; how many they were."""
        if not self._db.execute(_DUE, ("",)).fetchone():
            return 0
        with self._transaction():
            step = self._find(entries)
            if step.papers:
                self._changed()
            return step.papers

    def remove(self, keys: Iterable[str]) -> None:
        """Takes papers out. Their keys stay theirs, and their files' hashes are dropped, for the catalog does not
        hold these files whole any more. Raises UnknownPaper, and then takes out none."""
        with self._transaction():
            self._in_order()
            for n in dict.fromkeys(map(self._row, keys)):
                work = self._works.members(n)
                touched = self._works.related([n])
                for row in work:
                    if row.is_paper:
                        self._db.execute(f"UPDATE files SET sha256 = '' WHERE id IN ({_FILES})", (row.n,))
                        self._db.execute("DELETE FROM file_papers WHERE paper = ?", (row.n,))
                        self._drop(row.n)
                        touched.discard(row.n)
                self._works.settle(touched)
            self._changed()

    def drop(self, paths: Iterable[str]) -> None:
        """Takes out files with the papers that stand in no other. Their keys stay theirs. What they stood for is to be
        made findable (``make_findable``)."""
        with self._transaction():
            self._in_order()
            for path in paths:
                held = {paper.n for paper in self._papers_in(path)}
                touched = self._works.related(held)
                self._db.execute("DELETE FROM files WHERE path = ?", (path,))
                gone = set(filter(self._is_orphan, held))
                for n in gone:
                    self._drop(n)
                self._works.settle(touched - gone)
            self._changed()

    def _is_orphan(self, n: int) -> bool:
        return self._db.execute("SELECT 1 FROM file_papers WHERE paper = ?", (n,)).fetchone() is None

    def _drop(self, n: int) -> None:
        passages.drop(self._db, n)
        self._db.execute("DELETE FROM papers WHERE n = ?", (n,))

    def _put(self, paper: Paper) -> int:
        """The paper's row. One whose text is known is written anew if a newer reader has found other things in it."""
        about = {name: value for name in _ABOUT if (value := getattr(paper, name)) not in (None, ())}
        fields = (paper.title, paper.body, packed(about))
        row = self._db.execute(
            """SELECT n, iif(own.paper IS NULL, papers.title, own.title), body, coalesce(own.about, papers.about)
               FROM papers LEFT JOIN own ON own.paper = n WHERE id = ?""",
            (paper.id,),
        ).fetchone()
        if row is None:
            new = "INSERT INTO papers (id, key, text, title, body, about) VALUES (?, ?, ?, ?, ?, ?)"
            n = self._db.execute(new, (paper.id, no_key(paper.id), paper.text, *fields)).lastrowid
            assert n is not None
        else:
            n = int(row[0])
            if row[1:] == fields:
                return n
            passages.drop(self._db, n)
            self._db.execute("UPDATE papers SET title = ?, body = ?, about = ? WHERE n = ?", (*fields, n))
            self._db.execute("DELETE FROM own WHERE paper = ?", (n,))
        self._db.execute(
            "INSERT OR IGNORE INTO due SELECT ?1 WHERE ?1 NOT IN (SELECT paper FROM works)", (n,)
        )
        return n

    def _own_key(self, paper: str) -> str:
        """The key that a text has, or had."""
        return str(self._db.execute("SELECT key FROM keys WHERE paper = ?", (paper,)).fetchone()[0])

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
                passages.put_sentences(self._db, self._row(key), sentences, vectors)

    def forget_altered_sentences(self) -> None:
        """Those of papers in whose sentences a bit has flipped: they can be made again."""
        altered = f"SELECT paper FROM sentences WHERE {is_altered(self._db, SENTENCES)}"
        self._db.execute(f"DELETE FROM sentences WHERE paper IN ({altered})")

    def forget_stale(self) -> None:
        """To be called when the vector index is as the catalog is."""
        self._db.execute("DELETE FROM stale")

    def check_new_embedder(self) -> None:
        """Raises UsageError if the vectors cannot be swapped for another embedder's."""

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
            "INSERT OR REPLACE INTO vectors SELECT n, ? FROM passages WHERE id = ?",
            (passages.blob(vector), passage),
        )

    def rebuild_words(self) -> None:
        self._db.execute("INSERT INTO words (words) VALUES ('rebuild')")


def _gathered(papers: Iterable[Paper]) -> tuple[dict[str, Paper], list[tuple[str, Source]]]:
    """The papers by their ids, and where each stands: one may stand in two places."""
    found, places = {}, []
    for paper in papers:
        found[paper.id] = paper
        places.append((paper.id, paper.source))
    return found, places
