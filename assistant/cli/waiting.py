"""What is being done, on one line of stderr, while somebody waits; gone when the first words come."""

import os
import sys
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType
from typing import TextIO

import click

SOON = 0.15
"""Seconds after which the line appears: what is done sooner needs none."""
GONE = "\r\x1b[K"
"""Takes the line away that the cursor is on."""
_EVERY = 0.1
_SPIN = "|/-\\"


def moves_cursor(stream: TextIO) -> bool:
    """Whether a stream is a terminal that can be written to otherwise than from left to right: not one of old, nor one
    that is read aloud."""
    return stream.isatty() and os.environ.get("TERM") not in (None, "", "dumb")


class Waiting:
    """A context in which the line ``words`` is shown, with the seconds that have passed, where stderr is a terminal;
    one that cannot move its cursor gets the words once, and for good."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._done = Event()
        self._lock = Lock()
        self._drawn = self._hidden = False
        self._watched = sys.stderr.isatty()
        self._moves = moves_cursor(sys.stderr)
        self._thread = Thread(target=self._draw, daemon=True)

    def __enter__(self) -> "Waiting":
        if self._watched:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()
        self._done.set()

    def say(self, words: str) -> None:
        """From now on these words, also where the line was taken away."""
        with self._lock:
            self._words, self._hidden = words, False

    def clear(self) -> None:
        """Takes the line away, until there is something else to say; words that stay are not said any more."""
        with self._lock:
            self._hidden = True
            if not self._moves:
                self._done.set()
            if self._drawn and self._moves:
                click.echo(GONE, nl=False, err=True)
                self._drawn = False

    def _draw(self) -> None:
        started, n = monotonic(), 0
        pause = SOON
        while not self._done.wait(pause):
            pause = _EVERY
            with self._lock:
                if self._hidden:
                    continue
                if not self._moves:
                    click.echo(f"{self._words} ...", err=True)
                    return
                line = f"{_SPIN[n % len(_SPIN)]} {self._words} ... {monotonic() - started:.0f} s"
                click.echo(f"\r{line}\x1b[K", nl=False, err=True)
                self._drawn, n = True, n + 1
