"""One file → its papers in the catalog: read → split and embed → store, one transaction a file, or a step of a long
one."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from stat import S_ISREG

from assistant.ahead import Reading
from assistant.errors import ReadError, UnknownKind
from assistant.headway import Meter
from assistant.indexing import Indexer
from assistant.read import READER_VERSION, is_aside, kind_of
from assistant.store.catalog import Catalog, Step
from assistant.store.files import PARTIAL, FileState
from assistant.store.keys import paper_id
from assistant.store.passages import Entry
from assistant.types import FileReport, Paper
from assistant.walk import readable, reason_of

NAMED, FOUND, TOLD = "named", "found", "told"
"""How a file comes to be read: by its name, in a folder, or for what it tells of papers that other files bring."""
ASIDE = "says what lies about it, and is no paper by its name; to add it, name it"
_READ = ("ok", PARTIAL)
"""States of a file that could be read."""


class Intake:
    """Adds one file after the other; ``counts``: the papers added and updated so far, and their passages."""

    def __init__(self, catalog: Catalog, indexer: Indexer, meter: Meter, reading: Reading) -> None:
        self._catalog = catalog
        self._indexer = indexer
        self._meter = meter
        self._reading = reading
        self.counts = Counter[str]()

    def file(self, path: Path, how: str, known: FileState | None) -> FileReport:
        """What was done with the file. Papers that were removed come back when the file is read again: if it has
        changed, or is named."""
        name, is_named = str(path), how != FOUND
        had = tuple(self._catalog.keys_of(name)) if known else ()
        was_read = known is not None and known.state in _READ
        tells_only = known.tells_only if known and (known.tells_only or was_read) else how == TOLD
        tells_only = tells_only and how != NAMED
        same = known is not None and known.reader == READER_VERSION and known.tells_only == tells_only
        state = FileState(name, "", 0, 0, READER_VERSION, tells_only=tells_only)
        unread: list[str] = []
        try:
            if (
                not is_named
            ):  # a folder may hold anything, pipes too; what is named is told what is wrong with it
                kind_of(path)
                if is_aside(path) and not had:
                    raise UnknownKind(ASIDE)
            stat = path.stat()
            state = replace(state, size=stat.st_size, mtime_ns=stat.st_mtime_ns)
            is_whole = known and (not is_named or (known.sha256 and was_read))
            if known and same and is_whole and (state.size, state.mtime_ns) == (known.size, known.mtime_ns):
                return self._as_before(known, had)
            data = content(path, stat, self._reading)
            state = replace(state, sha256=hashlib.sha256(data).hexdigest())
            if known and same and is_whole and state.sha256 == known.sha256:
                self._catalog.touch(replace(state, state=known.state, error=known.error))
                return self._as_before(known, had)
            papers = list(map(_identified, self._reading.read(data, path, unread.append, self._meter.page)))
        except (OSError, ReadError) as error:
            state = _unread(state, error, is_named or bool(had))
            self._catalog.touch(state)
            return FileReport(name, state.state, had, state.error)
        unread += (warning for paper in papers for warning in paper.warnings)
        keys = self._stored(replace(state, error="; ".join(unread) or None), papers)
        return FileReport(name, "updated" if had else "added", keys, warnings=tuple(unread))

    def _stored(self, state: FileState, papers: list[Paper]) -> tuple[str, ...]:
        """The keys of the file's papers, which are let go."""
        self._meter.read(papers)
        number = len(papers)
        stored = self._catalog.store(state, _let_go(papers), self._entries)
        self.counts["added"] += stored.added
        self.counts["updated"] += stored.updated
        self._rest(state.path, stored.step, number)
        return tuple(stored.keys)

    def _rest(self, path: str, step: Step, of: int) -> int:
        """Makes the rest of a file's papers findable; how many they were."""
        self.counts["passages"] += step.passages
        found = 0
        while step.left:
            self._meter.left(step.left, of)
            step = self._catalog.go_on(path, self._entries)
            self.counts["passages"] += step.passages
            found += step.papers
        return found

    def _as_before(self, known: FileState, papers: tuple[str, ...]) -> FileReport:
        """What is said of a file that is as it was; one that was stored in part is gone on with."""
        if known.state == PARTIAL:
            step = Step(0, 0, max(1, self._catalog.due_in(known.path)))
            self.counts["added"] += self._rest(known.path, step, len(papers))
            return FileReport(known.path, "added", papers, warnings=(known.error,) if known.error else ())
        if known.state == "ok":
            return FileReport(known.path, "unchanged", papers)
        return FileReport(known.path, known.state, papers, known.error)

    def _entries(self, papers: Sequence[Paper]) -> Sequence[Entry]:
        return self._indexer.entries(papers, self._meter.embedded)


def _unread(state: FileState, error: OSError | ReadError, expected: bool) -> FileState:
    """The state of a file that could not be read. ``expected``: it is named, or held papers before. What the system
    refuses is to be tried each time: who may read a file is no part of it."""
    if isinstance(error, OSError):
        state = replace(state, size=0, mtime_ns=0)
    reason = reason_of(error) if isinstance(error, OSError) else str(error)
    if not isinstance(error, UnknownKind):
        return replace(state, state="failed", error=reason)
    if expected:
        return replace(state, state="failed", error=f"{reason}; {readable()}")
    return replace(state, state="skipped", error=reason)


def content(path: Path, stat: os.stat_result, reading: Reading) -> bytes:
    """The file's bytes. ``stat``: what it was just before. Raises OSError, and ReadError if it is no file of a
    kind and size that is read, or changes meanwhile: half of the old and half of the new would be neither."""
    if not S_ISREG(stat.st_mode):  # a pipe or a device would never end
        raise ReadError("not a regular file; name a file or a folder")
    largest = reading.largest(path)
    if stat.st_size > largest:
        limit = f"of this kind of file at most {largest // 1_000_000} MB are read"
        raise ReadError(f"too large ({stat.st_size / 1e6:,.0f} MB; {limit}); split it, or allow more: --size")
    with path.open("rb") as file:
        data = file.read(stat.st_size + 1)
    now = path.stat()
    if len(data) != stat.st_size or (now.st_mtime_ns, now.st_ino) != (stat.st_mtime_ns, stat.st_ino):
        raise ReadError("it changed while it was read; add it again when it is at rest")
    return data


def _let_go(papers: list[Paper]) -> Iterator[Paper]:
    """Each in its order, and out of the list, so that whoever takes them may be the last to hold them."""
    papers.reverse()
    while papers:
        yield papers.pop()


def _identified(paper: Paper) -> Paper:
    """A paper is known by its text."""
    return replace(paper, id=paper_id(paper.text))
