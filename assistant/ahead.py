"""Files → their papers, each read in a worker process within limits, and while one is stored the next ones already."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple, TypeVar

from assistant.errors import ReadError
from assistant.read import SECONDS_A_MEGABYTE, Limits, kind_of, parts_of, read
from assistant.read.pdf import Turned
from assistant.types import Paper, Warn
from assistant.workers import Bounds, Fault, Workers, tell

Note = Callable[[str, str], str]
"""Keeps what is known of a fault in reading a file, (path, log), where the name that it returns says."""

T = TypeVar("T")
_AHEAD = 100_000_000
"""Bytes of files that are read before they are asked for."""


class _Begun(NamedTuple):
    path: Path
    data: bytes
    pages: "SimpleQueue[tuple[int, int] | None]"
    papers: "Future[tuple[list[Paper], list[str]]]"


class Reading:
    """Reads files until it is closed. ``note``: where a fault of a reader is told, so that the other files go on;
    without it it is raised."""

    def __init__(self, limits: Limits | None = None, note: Note | None = None) -> None:
        self.limits = limits or Limits()
        self._note = note
        self._workers = Workers()
        self._expected: Iterator[tuple[Path, bytes]] = iter(())
        self._begun: deque[_Begun] = deque()

    def close(self) -> None:
        """Ends what is still being read."""
        self._workers.close()

    def largest(self, path: Path) -> int:
        """Bytes that a file of this name may have. Raises UnknownKind."""
        kind = kind_of(path)
        return kind.largest if self.limits.size is None else self.limits.size * 1_000_000

    def expect(self, contents: Iterator[tuple[Path, bytes]]) -> None:
        """What will be read next, as far as that is known, in its order."""
        self._expected = contents

    def read(
        self, data: bytes, path: Path, warn: Warn, turned: Turned = lambda page, of: None
    ) -> list[Paper]:
        """As ``read.read``. Raises ReadError also if it takes more than the limits allow, or its reader fails."""
        mine = self._mine(data, path)
        while (
            len(self._begun) < self._workers.number and sum(len(each.data) for each in self._begun) < _AHEAD
        ):
            if not (following := next(self._expected, None)):
                break
            if following[0] > path:
                self._begun.append(self._begin(*following))
        for page, of in iter(mine.pages.get, None):
            turned(page, of)
        papers, told = self._result(mine.papers, path)
        for line in told:
            warn(line)
        return papers

    def parts(self, paths: Iterable[Path]) -> dict[Path, Path]:
        """Each file that is a part of one of these → that one. One that cannot be read in time has none."""
        bounds = self._bounds(0)
        asked = {path: self._workers.submit(bounds, parts_of, path) for path in paths if _has_parts(path)}
        found: dict[Path, Path] = {}
        for path, future in asked.items():
            try:
                parts = self._result(future, path)
                found |= dict.fromkeys(parts, path)
            except ReadError:  # told when it is read itself
                continue
        return found

    def _mine(self, data: bytes, path: Path) -> _Begun:
        while self._begun and self._begun[0].path <= path:
            begun = self._begun.popleft()
            if begun.path == path and begun.data == data:
                return begun
        return self._begin(path, data)

    def _begin(self, path: Path, data: bytes) -> _Begun:
        bounds = self._bounds(len(data))
        pages: SimpleQueue[tuple[int, int] | None] = SimpleQueue()
        papers = self._workers.followed(pages.put, bounds, _read, data, path, self.limits.pages)
        papers.add_done_callback(lambda _: pages.put(None))
        return _Begun(path, data, pages, papers)

    def _bounds(self, size: int) -> Bounds:
        seconds = self.limits.seconds + SECONDS_A_MEGABYTE * size / 1e6
        return Bounds(seconds, self.limits.megabytes * 1_000_000)

    def _result(self, future: "Future[T]", path: Path) -> T:
        try:
            return future.result()
        except Fault as fault:
            if self._note is None:
                raise
            where = self._note(str(path), fault.log)
            raise ReadError(f"{fault}; this is a bug, and the traceback is in {where}") from fault


def _read(data: bytes, path: Path, pages: int) -> tuple[list[Paper], list[str]]:
    told: list[str] = []
    return read(data, path, told.append, pages, lambda page, of: tell((page, of))), told


def _has_parts(path: Path) -> bool:
    return path.suffix.lower() == ".tex"
