"""Config → an open library; what it warns of goes to stderr, and so does the progress of slow work."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from assistant.cli.app import remark
from assistant.cli.waiting import GONE, moves_cursor
from assistant.config import Config
from assistant.errors import LibraryError
from assistant.show.plain import one_line

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

    from assistant.library import Library
    from assistant.types import Headway

_TELLING = 0.02
"""The share of the work after which the time that it took tells how long the rest will take."""


@contextmanager
def opened(config: Config, create: bool = False) -> "Iterator[Library]":
    """The library, made if ``create``, closed at the end. Raises LibraryError."""
    from assistant.library import Library

    with Library.open(config=config, create=create, notify=_notify) as library:
        try:
            with telling_damage(library):
                yield library
        finally:
            show_warnings(library)


@contextmanager
def telling_damage(library: "Library") -> "Iterator[None]":
    """What goes wrong within because the catalog is damaged becomes a LibraryError that says so; where it is not, that
    is a bug and stays as it is."""
    from assistant.store.integrity import ODD

    try:
        yield
    except ODD as error:
        if found := library.damage():
            raise LibraryError(
                f"{library.name} is damaged: {found}; put a backup back with: assistant --library {library.name}"
                " restore FILE --force"
            ) from error
        raise


def _notify(line: str) -> None:
    click.echo(GONE * moves_cursor(sys.stderr), nl=False, err=True)
    remark(line)


def show_warnings(library: "Library") -> None:
    for warning in dict.fromkeys(library.warnings):  # two searches of one question meet the same
        remark(f"Warning: {warning}")
    library.warnings.clear()


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None] | None]:
    """What to call before each of a number of things; None where nobody watches."""
    from rich.progress import MofNCompleteColumn, TimeElapsedColumn

    with _bar(MofNCompleteColumn(), TimeElapsedColumn()) as moved:
        yield moved and (lambda each, n, total: moved(one_line(Path(each).name), n, total))


@contextmanager
def adding_bar() -> "Iterator[Callable[[Headway], None] | None]":
    """What to call with how far ``add`` has come; None where nobody watches."""
    started = monotonic()
    with _bar() as moved:
        yield moved and (lambda way: moved(at(way, monotonic() - started), way.share, 1.0))


def at(way: "Headway", seconds: float) -> str:
    """How long it will take yet, which file it is at, and how far in it. ``seconds``: what it took so far."""
    left = ""
    if way.share >= _TELLING:
        minutes, rest = divmod(round(seconds / way.share * (1 - way.share)), 60)
        left = f"{minutes:,}:{rest:02} left · "
    within = f"{way.unit} {way.done:,}/{way.of:,} of " if way.of > 1 else ""
    return f"{left}file {way.place + 1:,}/{way.files:,} · {within}{one_line(Path(way.file).name)}"


@contextmanager
def _bar(*columns: "ProgressColumn") -> Iterator[Callable[[str, float, float], None] | None]:
    """What to call with words, and how much of how much is done."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    words = TextColumn("{task.description}", markup=False)
    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(), BarColumn(16, style="dim"), *columns, words, console=console, transient=True
    ) as bar:
        task = bar.add_task("", total=None)
        yield lambda said, done, of: bar.update(task, description=said, completed=done, total=of)
