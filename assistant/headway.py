"""What ``add`` does → how far it has come: the pages and papers of the file it is at, and its share of all the work."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from assistant.store.files import PARTIAL, FileState
from assistant.types import Headway, Paper

Progress = Callable[[Headway], None]
"""Called before each file, and within one whenever some of its pages are read or some of its papers indexed."""
_READ = 0.1
"""The share of a file's work that reading it is: of a PDF of 20 pages a sixth, of text next to nothing."""
_TEXT_IN_PDF = 1 / 30
"""Characters a byte, of 27 PDFs together 0.034."""
_LEAST = 1_000
"""Bytes that any file that is read counts for: opening it takes time, too."""


class Meter:
    """Told by ``ingest`` what it does, it tells ``progress``. ``work``: file → how much it will be, in any unit."""

    def __init__(self, work: Mapping[Path, float], progress: Progress | None) -> None:
        self._progress = progress
        self._work = work
        self._all = sum(work.values())
        self._before = self._own = 0.0
        self._file, self._place = "", -1
        self._unit, self._found, self._of = "", 0, 0

    def begin(self, path: Path) -> None:
        """The next file's turn."""
        self._before += self._own
        self._own = self._work[path]
        self._file, self._place = str(path), self._place + 1
        self._unit, self._found, self._of = "", 0, 0
        self._tell(0, 0.0)

    def page(self, number: int, of: int) -> None:
        """So many of its pages are read."""
        self._unit, self._of = "page", of
        self._tell(number, _READ * number / of)

    def read(self, papers: Sequence[Paper]) -> None:
        """All of it is read."""
        pages = len(papers[0].page_starts) if len(papers) == 1 else 0
        self._unit, self._of = ("page", pages) if pages else ("paper", len(papers))

    def embedded(self, papers: int, share: float) -> None:
        """Of the next papers this share is embedded."""
        done = self._found + share * papers
        of = max(1, self._of if self._unit == "paper" else 1)
        self._tell(int(done if self._unit == "paper" else done * self._of), _READ + (1 - _READ) * done / of)

    def left(self, papers: int, of: int) -> None:
        """Of its papers these cannot be found yet."""
        if of > 1:
            self._unit, self._of = "paper", of
        self._found = of - papers

    def _tell(self, done: int, share: float) -> None:
        if self._progress:
            whole = (self._before + self._own * min(share, 1.0)) / self._all if self._all else 1.0
            self._progress(
                Headway(
                    self._file, self._place, len(self._work), self._unit, min(done, self._of), self._of, whole
                )
            )


def work(path: Path, known: FileState | None, reader: int) -> float:
    """How much there is to do for a file, in characters; none for one that has not changed since it was read."""
    try:
        stat = path.stat()
    except OSError:
        return 0.0
    same = known is not None and (known.size, known.mtime_ns, known.reader) == (
        stat.st_size,
        stat.st_mtime_ns,
        reader,
    )
    if same and known is not None and known.state != PARTIAL:
        return 0.0
    return max(_LEAST, stat.st_size * (_TEXT_IN_PDF if path.suffix.lower() == ".pdf" else 1))
