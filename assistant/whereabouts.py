"""Files on record → where they are now: at another place, which their content tells, or nowhere."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cache
from pathlib import Path
from stat import S_ISREG

from assistant.address import is_elsewhere
from assistant.errors import UnknownKind
from assistant.read import kind_of
from assistant.store.catalog import Catalog
from assistant.store.files import FileState

_Digest = Callable[[str], str]


def follow_moved(files: Iterable[Path], catalog: Catalog) -> dict[str, str]:
    """Puts on record the new places of files that were moved to one of ``files``; new path → old path. Their papers
    stay as they are. A copy is no move: what it was made of is still there."""
    found: dict[str, str] = {}
    arrived, seen = list(files), cache(_digest)
    while step := _moves(arrived, catalog, seen):  # what has left a place may have made room for another
        catalog.move((old, new, os.stat(new).st_mtime_ns) for new, old in step.items())
        found |= {new: found.get(old, old) for new, old in step.items()}
    return found


def missing_under(named: Iterable[str | Path], catalog: Catalog) -> list[str]:
    """The files on record, those named or in the folders named, that are not there and hold papers."""
    roots = set(map(os.path.abspath, named))
    return [
        path for path in catalog.files() if is_under(path, roots) and is_gone(path) and catalog.keys_of(path)
    ]


def is_gone(path: str) -> bool:
    """Whether a file on record is not there any more; of another machine's, no one can say so here."""
    return not (is_elsewhere(path) or os.path.lexists(path))


def is_under(path: str, roots: Collection[str]) -> bool:
    """Whether the absolute path is one of ``roots`` or within one."""
    return path in roots or any(str(parent) in roots for parent in Path(path).parents)


def forget_missing(catalog: Catalog) -> None:
    """Drops files that are gone and hold no papers (they were skipped, or failed, or their papers removed), or only
    papers that stand in another file, too, which is there."""
    gone = [path for path in catalog.files() if is_gone(path)]
    catalog.forget(gone)
    for path in gone:
        keys = catalog.keys_of(path)
        if keys and all(any(map(os.path.lexists, catalog.files_of(key))) for key in keys):
            catalog.drop([path])


def _moves(files: Iterable[Path], catalog: Catalog, seen: _Digest) -> dict[str, str]:
    known = catalog.files()
    places = [path for path in files if str(path) not in known or not catalog.keys_of(str(path))]
    left: defaultdict[int, list[FileState]] = defaultdict(list)
    for state in known.values() if places else ():
        if state.size and not is_elsewhere(state.path) and _has_left(state):
            left[state.size].append(state)
    moves: dict[str, str] = {}
    for path in places if left else ():
        try:
            stat = path.stat()
            if not S_ISREG(stat.st_mode) or stat.st_size not in left:
                continue
            near = sorted(left[stat.st_size], key=lambda state: Path(state.path).name != path.name)
            before = next((each for each in near if _is_it(each, path, stat.st_mtime_ns, seen)), None)
        except OSError:  # told where it is read
            continue
        if before:
            left[stat.st_size].remove(before)
            moves[str(path)] = before.path
    return moves


def _has_left(state: FileState) -> bool:
    """Whether the file is not at its place any more, or something else seems to be there."""
    try:
        stat = os.stat(state.path)
    except OSError:
        return not os.path.lexists(state.path)
    return (stat.st_size, stat.st_mtime_ns) != (state.size, state.mtime_ns)


def _is_it(state: FileState, path: Path, mtime_ns: int, seen: _Digest) -> bool:
    """Whether the file at ``path`` is the one on record, by its content. Of one whose papers were removed in part the
    content is not on record: its name and time tell."""
    if str(path) == state.path or _kind(path) != _kind(Path(state.path)):
        return False
    if not state.sha256:
        return (path.name, mtime_ns) == (Path(state.path).name, state.mtime_ns)
    if seen(str(path)) != state.sha256:
        return False
    return not os.path.lexists(state.path) or seen(state.path) != state.sha256


def _kind(path: Path) -> tuple[object, list[str]]:
    """What reads it; what is packed is read by the suffix before, too."""
    try:
        packed = path.suffix.lower() == ".gz"
        return kind_of(path), [suffix.lower() for suffix in path.suffixes[-2:]] if packed else []
    except UnknownKind:
        return None, []


def _digest(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
