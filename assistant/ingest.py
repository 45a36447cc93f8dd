"""Files and folders → which of them are to be read, in which order, and what became of each."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.ahead import Reading
from assistant.errors import ReadError
from assistant.headway import Meter, Progress, work
from assistant.indexing import Indexer
from assistant.intake import FOUND, NAMED, TOLD, Intake, content
from assistant.read import READER_VERSION, is_aside
from assistant.store.catalog import Catalog
from assistant.store.files import FileState
from assistant.types import AddReport, FileReport
from assistant.walk import check_paths, files_in
from assistant.whereabouts import follow_moved, forget_missing, is_under, missing_under


@dataclass(frozen=True)
class Wanted:
    """What is asked for. ``bibs``: files that tell of papers and bring none; ``retry``: whether to try again what
    failed and has not changed since; ``prune``: whether to take out the papers of files that are there no more."""

    paths: Sequence[str | Path]
    bibs: Sequence[str | Path] = ()
    retry: bool = False
    prune: bool = False


def add(
    wanted: Wanted,
    catalog: Catalog,
    indexer: Indexer,
    progress: Progress | None = None,
    reading: Reading | None = None,
) -> AddReport:
    """Brings the catalog up to date with the files, and the files in the folders, that are ``wanted``. Needs the writer
    lock. What cannot be read is reported and keeps the papers it had; the others go on. In folders, files of a kind
    that no reader knows are skipped. ``reading``: who reads them, within which limits.

    Raises UsageError as ``check_paths`` does, KeyboardInterrupt with a text that says what is kept.
    """
    refused: list[FileReport] = []
    files = _files(wanted, catalog, refused)
    moved = follow_moved(files, catalog)
    known = {path: _to_retry(state) if wanted.retry else state for path, state in catalog.files().items()}
    meter = Meter({path: work(path, known.get(str(path)), READER_VERSION) for path in files}, progress)
    reading = reading or Reading()
    intake = Intake(catalog, indexer, meter, reading)
    reports: list[FileReport] = []
    try:
        parts = reading.parts(files)
        known = _with_changed_parts(known, parts)
        reading.expect(_expected(files, known, parts, reading))
        for path, how in sorted(files.items(), key=_turn):
            meter.begin(path)
            if path in parts and how == FOUND:
                reports.append(_note_part(path, parts[path], catalog))
            else:
                reports.append(intake.file(path, how, known.get(str(path))))
        for path in parts.keys() - files.keys():
            _note_part(path, parts[path], catalog)
    except KeyboardInterrupt as error:
        kept = sum(report.state not in ("failed", "skipped") for report in reports)
        added = " and ".join([f"{kept} of {len(files)} files are added", *_in_part(files, catalog)])
        raise KeyboardInterrupt(f"{added}; run the same command to go on") from error
    finally:
        reading.close()
    forget_missing(catalog)
    missing = _missing(wanted, catalog, indexer)
    reports = [_as_called_now(file, catalog) for file in reports]
    return AddReport(
        tuple(replace(file, moved_from=moved.get(file.path)) for file in (*reports, *refused)),
        intake.counts["added"],
        intake.counts["updated"],
        intake.counts["passages"],
        missing=() if wanted.prune else missing,
        pruned=missing if wanted.prune else (),
    )


def _files(wanted: Wanted, catalog: Catalog, refused: list[FileReport]) -> dict[Path, str]:
    """Each file → how it comes to be read. A path that is not there is passed over where papers are to be taken out for
    it, or a folder that held some stands empty; what is refused goes to ``refused``."""
    absent = missing_under(wanted.paths, catalog)
    emptied = [
        path for path in wanted.paths if any(is_under(each, {os.path.abspath(path)}) for each in absent)
    ]
    gone = [path for path in emptied if wanted.prune and not os.path.lexists(path)]
    check_paths(
        path for path in wanted.paths if path not in emptied or not (wanted.prune or os.path.lexists(path))
    )
    there = files_in((path for path in wanted.paths if path not in gone), refused)
    files = {path: NAMED if is_named else FOUND for path, is_named in there.items()}
    return files | dict.fromkeys(files_in(wanted.bibs, refused), TOLD)


def _missing(wanted: Wanted, catalog: Catalog, indexer: Indexer) -> tuple[FileReport, ...]:
    """The files that hold papers and are there no more; their papers are taken out if that is wanted."""
    missing = tuple(
        FileReport(path, "missing", tuple(catalog.keys_of(path)))
        for path in missing_under(wanted.paths, catalog)
    )
    if wanted.prune and missing:
        catalog.drop(file.path for file in missing)
        catalog.make_findable(indexer.entries)
    return missing


def _expected(
    files: Mapping[Path, str], known: Mapping[str, FileState], parts: Collection[Path], reading: Reading
) -> Iterator[tuple[Path, bytes]]:
    """Those of the files that are new or seem to have changed, in their order, and their content."""
    for path, how in sorted(files.items(), key=_turn):
        state = known.get(str(path))
        if (how == FOUND and (path in parts or is_aside(path))) or (
            state and state.reader == READER_VERSION and _is_as_known(path, state)
        ):
            continue
        try:
            yield path, content(path, path.stat(), reading)
        except (OSError, ReadError):  # told when it is its turn
            continue


def _turn(file: tuple[Path, str]) -> tuple[bool, Path]:
    """XML comes behind the others: a registrar's record of a paper may name no author, and a paper is called by the
    first file that tells of it."""
    return file[0].suffix.lower() == ".xml", file[0]


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
