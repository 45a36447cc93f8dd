"""A process at a terminal of its own, and what its screen shows; a chat there."""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from typing import Any

import pyte

from tests.cli.running import ROOT, ask_assistant, command

HOME = "\x1b[6n"
"""What a program sends to ask where the cursor is."""


class Screen:
    """``raw``: all that the process has written. ``program``: Python to run in place of the assistant itself."""

    def __init__(
        self, *words: Any, columns: int = 100, lines: int = 70, program: str = "", **environ: str
    ) -> None:
        self.raw = ""
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._pid, self._descriptor = pty.fork()
        if self._pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            os.environ.pop("COLUMNS", None)
            os.environ.update({"PYTHONPATH": str(ROOT), "TERM": "xterm", **environ})
            called = [sys.executable, "-c", program, *map(str, words)] if program else command(*words)
            os.execv(sys.executable, called)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    def wait_for(self, words: str, times: int = 1, seconds: float = 180) -> str:
        """The screen, as soon as it shows ``words`` so many times."""
        end = time.monotonic() + seconds
        while self.text.count(words) < times:
            assert time.monotonic() < end and self._read(), (
                f"no {words!r} in:\n{self.text}\n{self.raw[-2000:]!r}"
            )
        return self.text

    def wait_for_raw(self, words: str, seconds: float = 180) -> None:
        """Until ``words`` have been written, even if they are not there any more."""
        end = time.monotonic() + seconds
        while words not in self.raw:
            assert time.monotonic() < end and self._read(), f"no {words!r} in:\n{self.raw[-2000:]!r}"

    def settle(self, seconds: float = 0.4) -> str:
        """The screen, once nothing has been written for so long."""
        while True:
            before = len(self.raw)
            end = time.monotonic() + seconds
            while time.monotonic() < end and self._read():
                pass
            if len(self.raw) == before:
                return self.text

    def type(self, keys: str) -> None:
        os.write(self._descriptor, keys.encode())

    def paste(self, text: str) -> None:
        self.type(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, lines: int) -> None:
        self._screen.resize(lines, columns)
        fcntl.ioctl(self._descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        self.leave()

    def leave(self) -> int:
        """The exit code, once the process has ended; less than zero for a signal's."""
        end = time.monotonic() + 60
        while self._read():
            if time.monotonic() > end:
                os.kill(self._pid, signal.SIGKILL)
                end += 20
        _, status = os.waitpid(self._pid, 0)
        os.close(self._descriptor)
        return os.waitstatus_to_exitcode(status)

    def _read(self) -> bool:
        """Whether there may be more."""
        ready, _, _ = select.select([self._descriptor], [], [], 0.05)
        if not ready:
            return True
        try:
            data = os.read(self._descriptor, 65536)
        except OSError:  # how Linux says that the other side is gone
            return False
        self.raw += data.decode(errors="replace")
        self._stream.feed(data)
        for _ in range(data.count(HOME.encode())):
            self.type(f"\x1b[{self._screen.cursor.y + 1};{self._screen.cursor.x + 1}R")
        return bool(data)


def opened(library: Path, *words: str, columns: int = 100, **environ: str) -> Screen:
    """A chat at its first prompt."""
    screen = Screen("--library", library, "chat", *words, columns=columns, **environ)
    screen.wait_for(">")
    screen.settle()
    return screen


def left(screen: Screen) -> int:
    """The exit code of a chat that is left at its prompt."""
    screen.settle()
    screen.type("\x04")
    return screen.leave()


def turns(library: Path) -> list[dict[str, Any]]:
    """What is kept of the last conversation."""
    found = ask_assistant("--library", library, "chat", "--export", "last", "--json")
    assert found.exit_code == 0, found.stderr
    return list(json.loads(found.stdout))
