"""The catalog's source files: which there are, in what state, and which papers each tells of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.store.corrected import CorrectedCatalog
from assistant.store.keys import Known
from assistant.types import Paper, Source

PARTIAL = "partial"
"""The state of a file some of whose papers cannot be found yet: ``add`` goes on with it."""
_STATE = """SELECT path, sha256, size, mtime_ns, reader, state, error, id IN (SELECT file FROM records)
    FROM files"""


@dataclass(frozen=True, slots=True)
class FileState:
    """What the catalog knows of a source file. ``state``: ok, partial, failed or skipped; ``error``: why, or what of
    it could not be read; ``sha256`` is empty if the file could not be read, or papers of it were removed;
    ``tells_only``: it tells of papers, and is none itself."""

    path: str
    sha256: str
    size: int
    mtime_ns: int
    reader: int
    state: str = "ok"
    error: str | None = None
    tells_only: bool = False


class CatalogFiles(CorrectedCatalog):
    """What is known of files; ``Catalog`` stores what they hold."""

    def files(self) -> dict[str, FileState]:
        rows = self._db.execute(f"{_STATE} ORDER BY path")
        return {row[0]: FileState(*row) for row in rows}

    def state_of(self, path: str) -> FileState | None:
        row = self._db.execute(f"{_STATE} WHERE path = ?", (path,)).fetchone()
        return FileState(*row) if row else None

    def files_as_added(self) -> list[FileState]:
        """The files that hold papers, in the order in which the first of these came."""
        rows = self._db.execute(
            f"""{_STATE} JOIN (SELECT file, min(paper) AS first FROM file_papers GROUP BY file) ON file = id
                ORDER BY first"""
        )
        return [FileState(*row) for row in rows]

    def ids_in(self, path: str) -> list[str]:
        """The ids of the texts in a file, in its order."""
        return [paper.id for paper in self._papers_in(path)]

    def read_from(self, path: str) -> list[Paper]:
        """The papers of a file as it gives them."""
        return [
            replace(self._as_read(each.n), source=place)
            for each in self._papers_in(path)
            for place in self._places(each.n, path)
        ]

    def _places(self, n: int, path: str) -> list[Source]:
        rows = self._db.execute(
            """SELECT here(path), start, "end", record FROM file_papers JOIN files ON files.id = file
               WHERE paper = ? AND path = ? ORDER BY start""",
            (n, path),
        )
        return [Source(*row) for row in rows]

    def has_text(self, paper: str) -> bool:
        return self._has("papers", "id", paper)

    def _has(self, table: str, column: str, value: str) -> bool:
        row = self._db.execute(f"SELECT 1 FROM {table} WHERE {column} = ?", (value,)).fetchone()
        return row is not None

    def keys_of(self, path: str) -> list[str]:
        """The keys of the papers that a file tells of, in its order."""
        rows = self._db.execute(
            """SELECT coalesce(stands.key, papers.key) FROM files JOIN file_papers ON file_papers.file = files.id
               JOIN papers ON papers.n = file_papers.paper LEFT JOIN works ON works.paper = papers.n
               LEFT JOIN papers AS stands ON stands.n = works.work
               WHERE files.path = ? AND coalesce(works.work, 1) ORDER BY file_papers.start""",
            (path,),
        )
        return list(dict.fromkeys(key for (key,) in rows.fetchall()))

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
            """SELECT papers.n, papers.id, iif(own.paper IS NULL, papers.title, own.title), papers.text
               FROM files JOIN file_papers ON file_papers.file = files.id
               JOIN papers ON papers.n = file_papers.paper LEFT JOIN own ON own.paper = papers.n
               WHERE files.path = ? ORDER BY file_papers.start""",
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
        file = "SELECT id FROM files WHERE path = ?"
        how = (
            f"INSERT OR IGNORE INTO records (file) {file}"
            if state.tells_only
            else f"DELETE FROM records WHERE file = ({file})"
        )
        self._db.execute(how, (state.path,))

    def partial(self) -> dict[str, tuple[int, int]]:
        """File some of whose papers wait for ``add`` to go on with them → how many can be found, of how many."""
        rows = self._db.execute("SELECT path FROM files WHERE state = ? ORDER BY path", (PARTIAL,)).fetchall()
        held = {path: len(self.keys_of(path)) for (path,) in rows}
        return {path: (of - self.due_in(path), of) for path, of in held.items()}

    def due_in(self, path: str) -> int:
        """How many papers of a file cannot be found yet."""
        here = "paper = due.paper AND file = (SELECT id FROM files WHERE path = ?)"  # not all that the file holds
        found = f"SELECT count(*) FROM due WHERE EXISTS (SELECT 1 FROM file_papers WHERE {here})"
        row = self._db.execute(found, (path,)).fetchone()
        return int(row[0])

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
