"""What the tool costs: medians over n runs, with the machine beside them."""

import os
import platform
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from assistant import Library
from eval.sets import ROOT

QUESTION = "How many more features does RouteSAE extract than baseline SAEs?"


def run(n: int) -> list[str]:
    """One line a measure. ``n``: runs of each."""
    lines = [f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"]
    with TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        added = [_timed_add(Path(folder) / str(i)) for i in range(n)]
        with Library.open(library, create=True) as opened:
            opened.add([ROOT / "corpus"])
            opened.ask(QUESTION)
            unchanged = [_timed(lambda: opened.add([ROOT / "corpus"])) for _ in range(n)]
            again = [_timed(lambda: opened.ask(QUESTION)) for _ in range(n)]
            searches = [_timed(lambda: opened.search(QUESTION)) for _ in range(n)]
        helps = [_timed_process(["--help"]) for _ in range(n)]
        cold = [_timed_process(["--library", str(library), "ask", QUESTION]) for _ in range(n)]
    for name, values in (
        ("--help, cold process", helps),
        ("ask, cold process", cold),
        ("ask again, in process", again),
        ("search, in process", searches),
        ("add of the 26 digests", added),
        ("add, nothing changed", unchanged),
    ):
        lines.append(f"{name:28} {median(values) * 1000:8.1f} ms  (n={len(values)})")
    return lines


def _timed(work: object) -> float:
    started = perf_counter()
    work()  # type: ignore[operator]
    return perf_counter() - started


def _timed_add(folder: Path) -> float:
    with Library.open(folder, create=True) as library:
        return _timed(lambda: library.add([ROOT / "corpus"]))


def _timed_process(arguments: list[str]) -> float:
    command = [sys.executable, "-m", "assistant", *arguments]
    return _timed(lambda: subprocess.run(command, check=True, capture_output=True))
