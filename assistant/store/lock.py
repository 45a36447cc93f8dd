"""One writer at a time: a file lock in the library's folder that names its holder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import LibraryError, LibraryLocked
from assistant.private import FILE, open_private

_LOCK = "writer.lock"
_HOLDER = "writer.pid"


@contextmanager
def writer(folder: Path, wait: float = 10.0) -> Iterator[None]:
    """Holds the writer lock; waits up to ``wait`` seconds. Raises LibraryLocked naming the holder; LibraryError if the
    folder is gone, which is not made again: what comes back could not take its place.

    The operating system frees the lock of a process that dies, so none is ever left behind.
    """
    if not folder.exists():
        raise LibraryError(f"the library {folder} is not there any more")
    lock, holder = FileLock(folder / _LOCK, mode=FILE), folder / _HOLDER
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise LibraryLocked(
            f"{_who(holder)} is writing to {folder}; try again when it has finished"
        ) from error
    except OSError as error:
        raise LibraryError(f"{folder} cannot be written to ({error.strerror or error})") from error
    try:
        # Where the disk is full the holder has no name.
        with suppress(OSError), open_private(holder, "w") as file:
            file.write(str(os.getpid()))
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _who(holder: Path) -> str:
    try:
        return f"process {int(holder.read_text())}"
    except (OSError, ValueError):  # it is just beginning, or just done
        return "another process"
