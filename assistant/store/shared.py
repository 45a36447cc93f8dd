"""The catalog of a library on a server, as one client sees it: a view, which replays every change in its order.

All changes, the client's own, too, come into the view by one way: put into the server's log, then replayed with all
that came before. A change is a call of a method of ``Catalog``, and what that does depends on nothing but the state
and its arguments, so every view is the same: keys, merged papers, all of it. The view is a cache; deleted, it is
replayed anew. Each question asks the server first what is new, so it is never an older state that answers.

Files are called ``user@host:/path`` there, for they are on the machine of whoever added them; here the own ones go by
their path alone.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from assistant.address import is_elsewhere
from assistant.errors import EmbedderMismatch, LibraryError, LibraryLocked, UsageError
from assistant.private import FILE
from assistant.store.catalog import Catalog, Entries, Step, Stored
from assistant.store.connection import CATALOG
from assistant.store.files import FileState
from assistant.store.identity import RULES
from assistant.store.keys import Known
from assistant.store.log import Commit, Log, Rewritten
from assistant.store.record import Change, packed, unpacked
from assistant.store.schema import SCHEMA_VERSION
from assistant.store.server import Collection as Rows
from assistant.store.shared_index import SharedIndex
from assistant.types import Paper, Sentence, Source, Vectors

REPLAY = f"1.{SCHEMA_VERSION}.{RULES}"
"""By which rules changes are replayed: the first number is raised when the same change would do another thing."""
_HEAD = "head"
"""Number and mark of the last change in the view."""
_SHARED = ("embedder", "sentences")
"""What of a catalog's notes is the whole group's."""
_CHANGES = frozenset(
    "store go_on touch remove forget move drop merge split edit tag untag set_meta put_in_order find_more adopt".split()
)
_LONG = 600.0
"""Seconds that one process waits while another of this client replays."""


class SharedCatalog(Catalog):
    """``folder``: the view's; ``machine``: whose files those are that are added here; ``notify`` is told when much is
    to be replayed. Every method raises LibraryError where the server does not answer."""

    def __init__(
        self,
        folder: Path,
        log: Log,
        rows: Rows,
        machine: str,
        notify: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.index = SharedIndex(rows, self._known)
        self._folder = folder
        self._log = log
        self._own = f"{machine}:"
        self._notify = notify
        self._lacking: set[str] = set()
        try:
            self._open()
        except LibraryError:  # damaged: it is no more than a cache
            self._throw_away()
            self._open()
        self.catch_up()

    def _open(self) -> None:
        super().__init__(self._folder, create=True)
        self._db.create_function("here", 1, self._here, deterministic=True)
        self._lock = FileLock(self._folder / "replay.lock", mode=FILE)

    def _throw_away(self) -> None:
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                (self._folder / f"{CATALOG}{end}").unlink()

    def begin_anew(self) -> None:
        """Replays everything."""
        self.close()
        self._throw_away()
        self._open()
        self.catch_up()

    # replay

    def catch_up(self) -> None:
        """Brings the view to what is on the server now."""
        try:
            self._follow()
        except Rewritten:
            self.begin_anew()

    def _follow(self, own: Commit | None = None, data: bytes = b"") -> Any:
        """What became of the client's ``own`` change."""
        outcome: Any = None
        told = False
        while commits := self._log.after(*self._head()):
            with self._alone():
                if self._head()[0] != commits[0].number - 1:
                    continue  # another process of this client was faster
                for commit in commits:
                    is_own = own is not None and own.mark == commit.mark
                    change = unpacked(data if is_own else self._log.content(commit))
                    done = self._replay(commit, change)
                    outcome = done if is_own else outcome
            if len(commits) > 1 and not told:
                told = self._notify("bringing this client's view of the library up to date ...") is None
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _head(self) -> tuple[int, str]:
        number, mark = (self.meta(_HEAD) or "0 ").split(" ", 1)
        return int(number), mark

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            with self._lock.acquire(timeout=_LONG):
                yield
        except Timeout as error:
            raise LibraryLocked(f"another process brings {self._folder} up to date; try again") from error

    def _replay(self, commit: Commit, change: Change) -> Any:
        """What the change gives; an error that it raises for everyone, and then it changes nothing."""
        with super()._transaction():
            self._db.execute("SAVEPOINT change")
            try:
                outcome = self._done(change)
            except (UsageError, EmbedderMismatch) as error:
                self._db.execute("ROLLBACK TO change")
                outcome = error
            self._db.execute("RELEASE change")
            self.forget_stale()  # the vectors came before their change
            self.set_meta(_HEAD, f"{commit.number} {commit.mark}")
        return outcome

    def _done(self, change: Change) -> Any:
        if change.does not in _CHANGES:
            raise LibraryError(
                f"a change on the server is of a kind unknown here ({change.does}); update assistant"
            )
        if change.found_by and change.embedder != self.meta("embedder"):
            raise EmbedderMismatch(
                f"vectors by {change.embedder} are not mixed with {self.meta('embedder')}'s"
            )
        more = (change.entries,) if change.does in ("store", "go_on", "find_more") else ()
        return getattr(self, change.does)(*change.arguments, *more)

    # change

    def _shared(self, does: str, *arguments: Any, entries: Entries | None = None) -> Any:
        """Tried first, to learn what is to be embedded and whether it changes anything; then put into the log."""
        if self._db.in_transaction:  # within a change, or its trial
            return getattr(Catalog, does)(self, *arguments, *((entries,) if entries else ()))
        self.catch_up()
        asked: list[Paper] = []

        def note(papers: Sequence[Paper]) -> Sequence[Any]:
            asked.extend(papers)
            return ()

        with self._tried():
            before = self._db.total_changes
            outcome = getattr(self, does)(*arguments, *((note,) if entries else ()))
            changed = self._db.total_changes != before
        made = list(entries(asked)) if entries and asked else []
        if not changed and not made:
            return outcome
        self.index.put(made)
        data = packed(does, arguments, self.meta("embedder"), made)
        with self._alone():
            return self._follow(self._log.append(data, self._head()[0]), data)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._db.in_transaction:
            yield
        else:
            with super()._transaction():
                yield

    @contextmanager
    def _tried(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def store(self, state: FileState, papers: Iterable[Paper], entries: Entries) -> Stored:
        placed = [
            replace(paper, source=replace(paper.source, file=self._there(paper.source.file)))
            for paper in papers
        ]
        there = replace(state, path=self._there(state.path))
        stored: Stored = self._shared("store", there, placed, entries=entries)
        return stored

    def go_on(self, path: str, entries: Entries) -> Step:
        step: Step = self._shared("go_on", self._there(path), entries=entries)
        return step

    def find_more(self, entries: Entries) -> int:
        return int(self._shared("find_more", entries=entries))

    def put_in_order(self) -> None:
        self._shared("put_in_order")

    def touch(self, state: FileState) -> None:
        there = replace(state, path=self._there(state.path))
        if self._db.in_transaction or self.state_of(state.path) != there:
            self._shared("touch", there)

    def remove(self, keys: Iterable[str]) -> None:
        self._shared("remove", list(keys))

    def forget(self, paths: Iterable[str]) -> None:
        self._shared("forget", [self._there(path) for path in paths])

    def move(self, moves: Iterable[tuple[str, str, int]]) -> None:
        self._shared("move", [(self._there(old), self._there(new), time) for old, new, time in moves])

    def drop(self, paths: Iterable[str]) -> None:
        self._shared("drop", [self._there(path) for path in paths])

    def merge(self, keys: Iterable[str]) -> str:
        return str(self._shared("merge", list(keys)))

    def split(self, key: str) -> list[str]:
        return list(self._shared("split", key))

    def edit(self, key: str, fields: Mapping[str, Any]) -> str:
        return str(self._shared("edit", key, dict(fields)))

    def tag(self, keys: Iterable[str], word: str) -> None:
        self._shared("tag", list(keys), word)

    def untag(self, keys: Iterable[str], word: str) -> None:
        self._shared("untag", list(keys), word)

    def adopt(self, said: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        self._shared("adopt", dict(said))

    def set_meta(self, name: str, value: str) -> None:
        if name not in _SHARED:
            super().set_meta(name, value)
        elif not self._db.in_transaction:
            self._shared("set_meta", name, value)
        elif (recorded := self.meta(name)) not in (None, value):
            raise EmbedderMismatch(f"the library is read by {recorded}, not by {value}; set that one")
        elif recorded is None:
            super().set_meta(name, value)

    def sweep(self) -> None:
        """Deletes on the server what no change has brought, a day after it was put there."""
        self.index.sweep(self.passage_ids())
        self._log.sweep()

    # vectors, which are on the server alone

    def check_new_embedder(self) -> None:
        raise UsageError(
            "a library on a server keeps its embedder; pull it into a folder, reindex that, and push it to a new name"
        )

    def lacking_vectors(self, dimensions: int) -> dict[str, list[str]]:
        """Of those that ``note_lacking`` found."""
        lacking: dict[str, list[str]] = {}
        for passage in self.passages(self._lacking).values():
            lacking.setdefault(passage.paper, []).append(passage.id)
        return lacking

    def note_lacking(self) -> None:
        self._lacking = self.index.missing(self.passage_ids())

    def put_vectors(self, vectors: Iterable[tuple[str, Vectors]]) -> None:
        for name, vector in vectors:
            passage = self.passages([name])[name]
            self.index.put_passages([(passage, self.paper(passage.paper).id)], vector[None, :])
        self._lacking.clear()

    def put_sentences(self, found: Iterable[tuple[str, Sequence[Sentence], Vectors]]) -> None:
        """Every change brings those of its papers."""

    def vectors_health(self, verify: bool) -> str:
        """By their number; ``verify``: row by row."""
        if not verify:
            have, want = self.index.count(), self.counts()[1]
            return f"hold {have} of {want} passages" if have < want else "ok"
        rows = self._db.execute(
            "SELECT passages.id, papers.id FROM passages JOIN papers ON papers.n = passages.paper"
        )
        return self.index.faults(rows) or "ok"

    def ids_of(self, keys: Collection[str]) -> list[str]:
        """The ids of the papers with these keys."""
        rows = self._db.execute(
            "SELECT id FROM papers WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(list(keys)),)
        )
        return [name for (name,) in rows]

    def _known(self, ids: Sequence[str]) -> dict[str, str]:
        rows = self._db.execute(
            """SELECT passages.id, papers.id FROM passages JOIN papers ON papers.n = passages.paper
               WHERE passages.id IN (SELECT value FROM json_each(?))""",
            (json.dumps(list(ids)),),
        )
        return dict(rows.fetchall())

    # files

    def _there(self, path: str) -> str:
        return path if is_elsewhere(path) else self._own + path

    def _here(self, path: str) -> str:
        return path.removeprefix(self._own)

    def files(self) -> dict[str, FileState]:
        found = super().files().values()
        return {self._here(each.path): replace(each, path=self._here(each.path)) for each in found}

    def files_as_added(self) -> list[FileState]:
        return [replace(each, path=self._here(each.path)) for each in super().files_as_added()]

    def _places(self, n: int, path: str) -> list[Source]:
        return super()._places(n, self._there(path))

    def state_of(self, path: str) -> FileState | None:
        return super().state_of(self._there(path))

    def keys_of(self, path: str) -> list[str]:
        return super().keys_of(self._there(path))

    def files_of(self, key: str) -> list[str]:
        return [self._here(path) for path in super().files_of(key)]

    def _papers_in(self, path: str) -> list[Known]:
        return super()._papers_in(self._there(path))

    def partial(self) -> dict[str, tuple[int, int]]:
        return {self._here(path): held for path, held in super().partial().items()}

    def due_in(self, path: str) -> int:
        return super().due_in(self._there(path))
