"""A measured quantity with its budget, the machine it was measured on, and how work is timed.

What counts memory runs in a process of its own, and the benchmark itself stays small: Linux lets a process
start with the peak of the one that started it.
"""

import os
import platform
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter
from typing import Any, TypeVar

Result = TypeVar("Result")

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Measure:
    """``values``: one a run; none if ``note`` says why it was skipped. ``budget``: at most that, or at least that
    if ``more_is_better``; None where the design sets none."""

    name: str
    unit: str
    values: tuple[float, ...] = ()
    budget: float | None = None
    more_is_better: bool = False
    note: str = ""

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def load(self) -> float | None:
        """The share of the budget that is used: above 1 it is exceeded."""
        if self.budget is None or not self.values:
            return None
        return self.budget / self.median if self.more_is_better else self.median / self.budget

    def as_dict(self) -> dict[str, Any]:
        spread = (self.median, len(self.values), min(self.values), max(self.values)) if self.values else ()
        load = self.load
        return {
            "measure": self.name, "unit": self.unit, **dict(zip(("median", "n", "min", "max"), spread, strict=False)),
            "budget": self.budget, "more_is_better": self.more_is_better, "met": load if load is None else load <= 1,
            "note": self.note,
        }  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """A finished process: seconds by the clock, and its peak memory in MB."""

    seconds: float
    megabytes: float
    output: bytes


def timed(work: Callable[[], object]) -> float:
    """Seconds that ``work`` takes."""
    started = perf_counter()
    work()
    return perf_counter() - started


def times(work: Callable[[], object], n: int) -> tuple[float, ...]:
    return tuple(timed(work) for _ in range(n))


def ran(command: Sequence[str], allowed: Sequence[int] = (0,)) -> Ran:
    """Runs a command to its end. Raises CalledProcessError if its exit code is not one of ``allowed``."""
    started = perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode not in allowed:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Ran(perf_counter() - started, usage.ru_maxrss * 1024 / 1e6, output)


def environment() -> dict[str, str]:
    """As a user's, who lets Python keep what it has compiled: the second run is the one that counts."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def apart(work: Callable[..., Result], *arguments: object) -> tuple[Result, float]:
    """What ``work`` returns in a fresh process of its own, and that process's peak memory in MB."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_weighed, work, *arguments).result()


def _weighed(work: Callable[..., Result], *arguments: object) -> tuple[Result, float]:
    return work(*arguments), getrusage(RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def disk(folder: Path) -> int:
    """Bytes of the files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def machine() -> dict[str, str | int]:
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count() or 1,
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "commit": _commit(),
    }


def _cpu() -> str:
    """The processor's own name where the system tells it, with what tells two of one name apart."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    told = {name.strip(): value.strip() for name, value in fields.items()}
    name = told.get("model name", platform.machine())
    return f"{name}, {told['cpu MHz'].split('.')[0]} MHz" if "cpu MHz" in told else name


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty", "--exclude", "*"]
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
