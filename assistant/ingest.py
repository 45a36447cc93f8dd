"""Files → papers in the catalog: read → split and embed → store, one transaction a file, or a step of a long one."""

import hashlib
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from stat import S_ISREG

from assistant.ahead import Reading
from assistant.errors import ReadError, UnknownKind
from assistant.headway import Meter, Progress, work
from assistant.indexing import Indexer
from assistant.read import READER_VERSION, is_aside, kind_of
from assistant.store.catalog import Catalog, Step
from assistant.store.files import PARTIAL, FileState
from assistant.store.keys import paper_id
from assistant.store.passages import Entry
from assistant.types import AddReport, FileReport, Paper
from assistant.walk import check_paths, files_in, readable, reason_of
from assistant.whereabouts import follow_moved, forget_missing, is_under, missing_under

NAMED, FOUND, TOLD = "named", "found", "told"
"""How a file comes to be read: by its name, in a folder, or for what it tells of papers that other files bring."""
ASIDE = "says what lies about it, and is no paper by its name; to add it, name it"
_READ = ("ok", PARTIAL)
"""States of a file that could be read."""


def add(
    paths: Iterable[str | Path],
    catalog: Catalog,
    indexer: Indexer,
    progress: Progress | None = None,
    bibs: Iterable[str | Path] = (),
    retry: bool = False,
    prune: bool = False,
    reading: Reading | None = None,
) -> AddReport:
    """Brings the catalog up to date with the files, and the files in the folders, that ``paths`` name. Needs
    the writer lock. What cannot be read is reported and keeps the papers it had; the others go on. In folders, files
    of a kind that no reader knows are skipped. ``bibs``: files that tell of papers and bring none; ``retry``: whether
    to try again what failed and has not changed since; ``prune``: whether to take out the papers of files that are
    there no more; ``reading``: who reads them, within which limits.

    Raises UsageError as ``check_paths`` does, KeyboardInterrupt with a text that says what is kept.
    """
    refused: list[FileReport] = []
    named = list(paths)
    absent = missing_under(named, catalog)
    emptied = [path for path in named if any(is_under(each, {os.path.abspath(path)}) for each in absent)]
    gone = [path for path in emptied if prune and not os.path.lexists(path)]
    check_paths(path for path in named if path not in emptied or not (prune or os.path.lexists(path)))
    there = files_in((path for path in named if path not in gone), refused)
    files = {path: NAMED if is_named else FOUND for path, is_named in there.items()}
    files |= dict.fromkeys(files_in(bibs, refused), TOLD)
    moved = follow_moved(files, catalog)
    known = {path: _to_retry(state) if retry else state for path, state in catalog.files().items()}
    reports = []
    meter = Meter({path: work(path, known.get(str(path)), READER_VERSION) for path in files}, progress)
    reading = reading or Reading()
    adding = _Adding(catalog, indexer, meter, reading)
    try:
        parts = reading.parts(files)
        known = _with_changed_parts(known, parts)
        reading.expect(_expected(files, known, parts, reading))
        for path, how in sorted(files.items()):
            meter.begin(path)
            if path in parts and how == FOUND:
                reports.append(_note_part(path, parts[path], catalog))
            else:
                reports.append(adding.file(path, how, known.get(str(path))))
        for path in parts.keys() - files.keys():
            _note_part(path, parts[path], catalog)
    except KeyboardInterrupt as error:
        kept = sum(report.state not in ("failed", "skipped") for report in reports)
        added = " and ".join([f"{kept} of {len(files)} files are added", *_in_part(files, catalog)])
        raise KeyboardInterrupt(f"{added}; run the same command to go on") from error
    finally:
        reading.close()
    counts = adding.counts
    forget_missing(catalog)
    missing = tuple(
        FileReport(path, "missing", tuple(catalog.keys_of(path))) for path in missing_under(named, catalog)
    )
    if prune and missing:
        catalog.drop(file.path for file in missing)
        catalog.make_findable(indexer.entries)
    reports = [_as_called_now(file, catalog) for file in reports]
    return AddReport(
        tuple(replace(file, moved_from=moved.get(file.path)) for file in (*reports, *refused)),
        counts["added"],
        counts["updated"],
        counts["passages"],
        missing=() if prune else missing,
        pruned=missing if prune else (),
    )


def _expected(
    files: Mapping[Path, str], known: Mapping[str, FileState], parts: Collection[Path], reading: Reading
) -> Iterator[tuple[Path, bytes]]:
    """Those of the files that are new or seem to have changed, in their order, and their content."""
    for path, how in sorted(files.items()):
        state = known.get(str(path))
        if (how == FOUND and (path in parts or is_aside(path))) or (
            state and state.reader == READER_VERSION and _is_as_known(path, state)
        ):
            continue
        try:
            yield path, _content(path, path.stat(), reading)
        except (OSError, ReadError):  # told when it is its turn
            continue


class _Adding:
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
            data = _content(path, stat, self._reading)
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


def _as_called_now(file: FileReport, catalog: Catalog) -> FileReport:
    """The report, with the keys that its papers took on from files behind it."""
    return replace(file, papers=tuple(catalog.keys_of(file.path))) if file.papers else file


def _in_part(files: Iterable[Path], catalog: Catalog) -> Iterable[str]:
    """Of each of the files that are stored in part, how many papers can be found."""
    names = set(map(str, files))
    for path, (found, of) in catalog.partial().items():
        if path in names:
            yield f"{found:,} of the {of:,} papers in {Path(path).name}"


def _to_retry(known: FileState) -> FileState:
    """What is known of a file; of one that failed, as if another reader had tried."""
    return replace(known, reader=0) if known.state == "failed" else known


def _with_changed_parts(known: dict[str, FileState], parts: Mapping[Path, Path]) -> dict[str, FileState]:
    """What is known of the files; of one whose part is not as it was, as if another reader had read it."""
    changed = {str(whole) for part, whole in parts.items() if not _is_as_known(part, known.get(str(part)))}
    return {
        path: replace(state, reader=0, sha256="") if path in changed else state
        for path, state in known.items()
    }


def _is_as_known(path: Path, known: FileState | None) -> bool:
    try:
        stat = path.stat()
    except OSError:
        return False
    return known is not None and (stat.st_size, stat.st_mtime_ns) == (known.size, known.mtime_ns)


def _note_part(path: Path, whole: Path, catalog: Catalog) -> FileReport:
    """Keeps on record how a file is now that is read as a part of another."""
    had = tuple(catalog.keys_of(str(path)))
    try:
        stat = path.stat()
        size, mtime = stat.st_size, stat.st_mtime_ns
    except OSError:
        size, mtime = 0, 0
    state = FileState(
        str(path), "", size, mtime, READER_VERSION, "skipped", f"read as a part of {whole.name}"
    )
    catalog.touch(state)
    return FileReport(str(path), "skipped", had, state.error)


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


def _content(path: Path, stat: os.stat_result, reading: Reading) -> bytes:
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
