"""The commands as a person meets them, over the 26 digests: cold processes, and questions to an open library."""

import os
import pty
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from assistant import Library
from eval.bench.measure import ROOT, Measure, apart, environment, ran, times
from eval.sets import CORPORA

ASSISTANT = (sys.executable, "-m", "assistant")
DIGESTS = CORPORA["digests"][0]
QUESTION = "How many more features does RouteSAE extract than baseline SAEs?"


def measured(folder: Path, n: int) -> list[Measure]:
    """``folder``: where libraries may be made; ``n``: runs of each."""
    library = folder / "digests"
    at = (*ASSISTANT, "--library", str(library))
    ran([*at, "add", str(DIGESTS)])
    ran([*at, "ask", QUESTION])  # from here on everything is compiled and in the disk's cache
    added = [
        ran([*ASSISTANT, "--library", str(folder / f"digests-{i}"), "add", str(DIGESTS)]) for i in range(n)
    ]
    asked = [ran([*at, "ask", QUESTION]) for _ in range(n)]
    (again, unchanged), _ = apart(_repeated, library, n)
    return [
        Measure("--help, cold process", "s", tuple(ran([*ASSISTANT, "--help"]).seconds for _ in range(n)), 0.15),
        Measure("ask, cold process", "s", tuple(run.seconds for run in asked), 1.5),
        Measure("ask, cold process: peak memory", "MB", tuple(run.megabytes for run in asked), 700),
        Measure("ask the same again, in process", "ms", tuple(1000 * s for s in again), 50),
        Measure("chat, until the first prompt", "s", tuple(first_prompt([*at, "chat"]) for _ in range(n))),
        Measure("add of the three digest pages, cold process", "s", tuple(run.seconds for run in added)),
        Measure("add of what is unchanged, in process", "ms", tuple(1000 * s for s in unchanged)),
    ]  # fmt: skip


def _repeated(library: Path, n: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Seconds of the same question and of adding the same files, once more and again."""
    with Library.open(library) as opened:
        opened.ask(QUESTION)
        return times(lambda: opened.ask(QUESTION), n), times(lambda: opened.add([DIGESTS]), n)


def first_prompt(command: list[str]) -> float:
    """Seconds until a command at a terminal shows its first "> "; then its input ends."""
    here, there = pty.openpty()
    started = perf_counter()
    try:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment() | {"TERM": "dumb"}, stdin=there, stdout=there, stderr=there
        )
        os.close(there)
        shown = b""
        while not shown.endswith(b"> "):
            shown += os.read(here, 4096)
        seconds = perf_counter() - started
        os.write(here, b"\x04")
        process.wait(30)
    finally:
        os.close(here)
    return seconds
