"""Ways to run the command line: in this process, in another, and at a terminal."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from assistant.cli import main

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., Result]


def ask_assistant(*words: Any, input: str | bytes | None = None, **environ: str) -> Result:
    """In this process. What is neither expected nor an exit is raised here, with its traceback."""
    result = CliRunner().invoke(
        main, [str(word) for word in words], prog_name="assistant", input=input, env=dict(environ)
    )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def command(*words: Any) -> list[str]:
    return [sys.executable, "-m", "assistant", *map(str, words)]


def in_a_process(*words: Any, **more: Any) -> "subprocess.CompletedProcess[str]":
    environ = os.environ | {"PYTHONPATH": str(ROOT)} | more.pop("environ", {})
    return subprocess.run(command(*words), env=environ, capture_output=True, text=True, timeout=120, **more)


class Terminal:
    """A process at a terminal of its own."""

    def __init__(self, *words: Any, **environ: str) -> None:
        self.screen = ""
        self._pid, self._descriptor = pty.fork()
        if self._pid == 0:
            os.environ.update({"PYTHONPATH": str(ROOT), "TERM": "xterm", **environ})
            os.execv(sys.executable, command(*words))

    def wait_for(self, words: str, seconds: float = 60) -> str:
        """What appears up to and with ``words``, after what was waited for before."""
        end = time.monotonic() + seconds
        while words not in self.screen:
            assert time.monotonic() < end and self._read(), f"no {words!r} in:\n{self.screen}"
        shown, _, self.screen = self.screen.partition(words)
        return shown + words

    def type(self, keys: str) -> None:
        os.write(self._descriptor, keys.encode())

    def leave(self) -> int:
        """The exit code, once the process has ended."""
        while self._read():
            pass
        _, status = os.waitpid(self._pid, 0)
        os.close(self._descriptor)
        return os.waitstatus_to_exitcode(status)

    def _read(self) -> bool:
        """Whether there may be more."""
        ready, _, _ = select.select([self._descriptor], [], [], 0.1)
        if ready:
            try:
                data = os.read(self._descriptor, 65536)
            except OSError:  # how Linux says that the other side is gone
                return False
            self.screen += data.decode(errors="replace")
            return bool(data)
        return True
