"""A library ↔ one file that brings it back: a zip archive of its catalog and its conversations, each as of one moment.

What is derived from the catalog is not in it. SQLite copies the pages itself, so a library that is being written to is
copied whole; and onto one that others are reading it is put back in one transaction.
"""

import os
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.errors import LibraryError, UsageError
from assistant.private import make_private
from assistant.store import sessions
from assistant.store.catalog import Catalog
from assistant.store.connection import CATALOG
from assistant.store.lock import writer
from assistant.store.queries import INDEX
from assistant.store.status import damage

PARTS = (CATALOG, sessions.FILE)


def backup(folder: Path, file: Path) -> None:
    """Writes the library in ``folder`` to ``file``, over what was there. Raises LibraryError if it is damaged, for then
    the file would be of no use, or cannot be written."""
    with _beside(file) as place:
        for name in PARTS:
            if (folder / name).exists():
                _copy(folder / name, place / name)
        with closing(Catalog(place)) as copy:
            if found := damage(copy):
                raise LibraryError(f"{folder / CATALOG} is damaged, and was not backed up: {found}")
        with zipfile.ZipFile(place / "backup", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name in PARTS:
                if (place / name).exists():
                    archive.write(place / name, name)
        os.chmod(place / "backup", 0o600)
        os.replace(place / "backup", file)


def restore(file: Path, folder: Path, force: bool = False) -> None:
    """Makes the library in ``folder`` what it was when ``file`` was written. Raises UsageError if there is one and
    ``force`` is not given; LibraryError if the file is none of ``backup``, is damaged or of a newer version, and then
    changes nothing."""
    if not force and any((folder / name).exists() for name in PARTS):
        raise UsageError(f"there is a library at {folder}; put the backup in its place with --force")
    try:
        make_private(folder)
    except OSError as error:
        raise LibraryError(f"{folder} cannot be made ({error.strerror}); name another --library") from error
    with writer(folder), _beside(folder / "restored") as place:
        try:
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    if name in PARTS:
                        with archive.open(name) as source, (place / name).open("xb") as target:
                            shutil.copyfileobj(source, target)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as error:
            raise LibraryError(f"{file} is no whole backup of a library ({error}); name another") from error
        _check(file, place)
        for name in PARTS:
            if (place / name).exists():
                _put(place / name, folder / name)


def _check(file: Path, place: Path) -> None:
    """What was unpacked is a catalog of this program; brought to this version, and to a state that no index is of."""
    if not (place / CATALOG).exists():
        raise LibraryError(f"{file} is no backup of a library: it holds no {CATALOG}")
    try:
        with closing(Catalog(place)) as catalog:
            found = damage(catalog)
            catalog.set_meta(INDEX, "")
    except LibraryError as error:
        found = str(error).replace(str(place / CATALOG), CATALOG)
    if found:
        raise LibraryError(f"{file} cannot be put back, and nothing was changed: {found}")


def _put(copy: Path, target: Path) -> None:
    """The copy in the target's place: in one transaction, for whoever reads it now, or where that is damaged, anew."""
    if target.exists():
        try:
            _copy(copy, target)
            return
        except LibraryError:
            for end in (
                "",
                "-wal",
                "-shm",
            ):  # changes of the damaged one are not to be applied to the new one
                with suppress(FileNotFoundError):
                    os.unlink(f"{target}{end}")
    os.chmod(copy, 0o600)
    os.replace(copy, target)


def _copy(source: Path, target: Path) -> None:
    """Raises LibraryError."""
    try:
        with (
            closing(sqlite3.connect(source, timeout=30)) as whole,
            closing(sqlite3.connect(target, timeout=30)) as copy,
        ):
            whole.backup(copy)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise LibraryError(f"{source} cannot be copied to {target} ({error})") from error


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A folder on the same disk, for what is not whole yet. Raises LibraryError."""
    try:
        with TemporaryDirectory(prefix=".assistant-", dir=file.absolute().parent) as place:
            yield Path(place)
    except OSError as error:
        raise LibraryError(
            f"{error.filename or file} cannot be read or written ({error.strerror})"
        ) from error
