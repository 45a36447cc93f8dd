"""Config → an open library; what it warns of goes to stderr, and so does the progress of slow work."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.waiting import GONE, moves_cursor
from assistant.config import Config
from assistant.errors import LibraryError
from assistant.show.plain import one_line

if TYPE_CHECKING:
    from assistant.library import Library


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
                f"{library.folder} is damaged: {found}; put a backup back with: assistant --library {library.folder}"
                " restore FILE --force"
            ) from error
        raise


def _notify(line: str) -> None:
    click.echo(GONE * moves_cursor(sys.stderr) + one_line(line), err=True)


def show_warnings(library: "Library") -> None:
    for warning in library.warnings:
        click.echo(f"Warning: {one_line(warning)}", err=True)
    library.warnings.clear()


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None] | None]:
    """What to call before each of a number of things; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    name = TextColumn("{task.description}", markup=False)
    columns = (SpinnerColumn(), BarColumn(24), MofNCompleteColumn(), TimeElapsedColumn(), name)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def before(each: str, n: int, total: int) -> None:
            bar.update(task, description=one_line(Path(each).name), completed=n, total=total)

        yield before
