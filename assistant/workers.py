"""A function and its arguments → its result, from a process of its own that is held to limits of time and memory: what
others wrote can hang, fill the memory or bring down a C library, and then costs itself alone.

A process is started when one is needed, and kept for the next call: starting costs half a second, a call a
millisecond. It ends with the process that started it, or at its own time limit, whichever is first.
"""

import faulthandler
import os
import re
import resource
import signal
import subprocess
import sys
from atexit import register
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryFile, mkdtemp
from types import TracebackType
from typing import Any, NamedTuple, ParamSpec, TypeVar

from assistant.errors import AssistantError, ReadError

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[2:]; from assistant.workers import serve; serve(int(sys.argv[1]))"
)
_TOLD = 20_000
"""Characters of what a process says as it dies that are kept."""
_TIMEOUT = re.compile(r"^Timeout \([\d:.]+\)!$", re.MULTILINE)
"""What faulthandler says when the time is up; to load what a call needs takes time, too, and is none of it."""
_KEPT = 700_000_000
"""Bytes that a process may have taken to be kept for the next call."""

P = ParamSpec("P")
T = TypeVar("T")


class Bounds(NamedTuple):
    """``seconds`` on the clock, and ``memory`` in bytes of address space, which a process has for one call."""

    seconds: float
    memory: int


class _Call(NamedTuple):
    """``folder``: where the caller is, for paths that begin there; a process may have begun elsewhere."""

    folder: str
    bounds: Bounds
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    named: dict[str, Any]


class _Told(NamedTuple):
    """What a function tells before it has its result."""

    what: Any


class Fault(Exception):
    """A process ended as nobody had foreseen: ``str(fault)`` is how, in a line; ``log`` what it said, with the
    traceback."""

    def __init__(self, how: str, log: str) -> None:
        super().__init__(how)
        self.log = log
        self.add_note(log)


class Workers:
    """A context in which calls are made, ``number`` of them at a time; what is still running at its end is killed."""

    def __init__(self, number: int = CORES) -> None:
        self.number = number
        self._threads = ThreadPoolExecutor(number, "worker")
        self._busy: set[_Process] = set()
        self._closed = False

    def __enter__(self) -> "Workers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in list(self._busy):
            process.kill()
        self._threads.shutdown()

    def submit(
        self, bounds: Bounds, function: Callable[P, T], *arguments: P.args, **named: P.kwargs
    ) -> "Future[T]":
        """Calls a function of some module; all that it takes and gives is pickled. The result raises the
        AssistantError that it raises; ReadError if it needs more time or memory than it has; Fault if it ends as
        nobody had foreseen."""
        return self.followed(lambda what: None, bounds, function, *arguments, **named)

    def followed(
        self,
        told: Callable[[Any], None],
        bounds: Bounds,
        function: Callable[P, T],
        *arguments: P.args,
        **named: P.kwargs,
    ) -> "Future[T]":
        """As ``submit``; ``told`` is called, in another thread, with whatever the function hands to ``tell``."""
        return self._threads.submit(self._call, told, _Call(_here(), bounds, function, arguments, named))

    def _call(self, told: Callable[[Any], None], call: "_Call") -> Any:
        process = _idle.pop() if _idle else _Process()
        self._busy.add(process)
        stays = False
        try:
            if self._closed:  # since this thread began
                raise CancelledError
            answer, stays = process.call(call, told)
        finally:
            self._busy.discard(process)
            if stays and not self._closed:  # which may just have killed it
                _idle.append(process)
            else:
                process.kill()
                process.clear()
        if isinstance(answer, AssistantError):
            raise answer
        return answer


def _here() -> str:
    """ "" where the folder that we are in was taken away."""
    try:
        return os.getcwd()
    except OSError:
        return ""


class _Process:
    def __init__(self) -> None:
        self._pipe, theirs = Pipe()
        self._said = TemporaryFile()  # noqa: SIM115
        self._folder = mkdtemp(prefix="assistant-")  # its own: what it leaves there goes with it
        path = [
            os.path.abspath(each) for each in sys.path if each
        ]  # never where we are: a stranger's modules
        path.append(str(Path(__file__).resolve().parents[1]))  # may lie there
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _PROGRAM, str(theirs.fileno()), *path],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
            pass_fds=[theirs.fileno()],
            env=os.environ | {"TMPDIR": self._folder},
        )
        theirs.close()

    def call(self, call: _Call, told: Callable[[Any], None]) -> tuple[Any, bool]:
        """What the function returns, or the AssistantError that it raises; and whether the process can go on."""
        try:
            self._pipe.send(call)
            while isinstance(answer := self._pipe.recv(), _Told):
                told(answer.what)
            return answer  # type: ignore[no-any-return]
        except (EOFError, OSError):
            raise self._ended(call.bounds) from None

    def _ended(self, bounds: Bounds) -> ReadError | Fault:
        code = self._process.wait()
        size = self._said.seek(0, os.SEEK_END)
        self._said.seek(max(0, size - _TOLD))
        log = self._said.read().decode("utf-8", "replace").strip()
        last = log.rpartition("\n")[2].strip()
        if code == 1 and _TIMEOUT.search(log):
            return ReadError(f"it takes longer than {bounds.seconds:.0f} s; split it, or allow more: --time")
        if code == 1 and last.startswith("MemoryError"):
            megabytes = bounds.memory // 1_000_000
            return ReadError(
                f"it takes more than {megabytes:,} MB of memory; split it, or allow more: --memory"
            )
        how = signal.Signals(-code).name if code < 0 else last or f"exit code {code}"
        return Fault(f"its reader ended with {how}", f"{log}\n{how}" if code < 0 else log)

    def kill(self) -> None:
        self._process.kill()

    def clear(self) -> None:
        """Waits for its end, and takes away what it leaves."""
        self._process.wait()
        self._pipe.close()
        self._said.close()
        rmtree(self._folder, ignore_errors=True)


_idle: list[_Process] = []
"""Those of this process that wait for a call."""


@register
def _end_all() -> None:
    while _idle:
        process = _idle.pop()
        process.kill()
        process.clear()


os.register_at_fork(after_in_child=_idle.clear)  # they are the parent's


_caller: list[Connection] = []
"""In a process that ``serve`` runs in, who made the call."""


def tell(what: Any) -> None:
    """From within a call: hands something to the caller's ``told``, pickled; where nobody made one, nothing."""
    for caller in _caller:
        with suppress(BrokenPipeError):  # the caller is gone
            caller.send(_Told(what))


def serve(descriptor: int) -> None:
    """What runs in the process: answers calls until nobody is there who makes them. An exception that is no
    AssistantError ends it with its traceback, which is told to the caller."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C at a terminal is the caller's, who ends this one, too
    faulthandler.enable()
    with Connection(descriptor) as pipe:
        _caller.append(pipe)
        while True:
            try:
                folder, bounds, function, arguments, named = pipe.recv()
            except EOFError:
                break
            with suppress(OSError):  # a folder that is gone has no files to read
                os.chdir(folder)
            _hold_to(bounds)
            try:
                answer = function(*arguments, **named)
            except AssistantError as error:
                answer = error
            stays = _taken() <= _KEPT
            packed = ForkingPickler.dumps((answer, stays))
            faulthandler.cancel_dump_traceback_later()
            with suppress(BrokenPipeError):  # the caller is gone
                pipe.send_bytes(packed)
    with suppress(OSError):  # which the caller takes away, if it can
        os.rmdir(os.environ["TMPDIR"])


def _hold_to(bounds: Bounds) -> None:
    """From here on. The timer is a thread of C, which runs whatever Python does; memory is bounded where the system
    does that (not on macOS)."""
    faulthandler.dump_traceback_later(bounds.seconds, exit=True)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _taken() -> int:
    """The most memory that this process had so far, in bytes. Linux hands the peak of who started a process on to it
    as its own in ``ru_maxrss``, and keeps the true one elsewhere."""
    with suppress(OSError), open("/proc/self/status", encoding="utf-8") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # in bytes on macOS, which does not do that
