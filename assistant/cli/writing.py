"""Where a command may write: over no file that is there, unless it is told to, and never over a library's own."""

import os
from pathlib import Path
from typing import Any

import click

from assistant.cli.app import Stated
from assistant.errors import UsageError

force = click.option("--force", is_flag=True, is_eager=True, help="Write over a file that is there.")


def writable(name: str | Path) -> Path:
    """The file that a user names to write to. Raises UsageError if it is a library's own, which would be lost."""
    from assistant.store.connection import library_of

    path = Path(name).expanduser()
    if library := library_of(path):
        raise UsageError(
            f"{path} belongs to the library {library}, and is not written over; name another file"
        )
    return path


def new_file(path: Path, force: bool) -> Path:
    """As ``writable``. Raises UsageError if there is something at the path, unless ``force``."""
    if os.path.lexists(path) and not force:
        raise UsageError(f"{path} is there already; write over it with --force")
    return writable(path)


class LogFile(click.Path):
    """A file to add to."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return writable(str(super().convert(value, param, ctx)))


class OutputFile(click.File):
    """A file to write: no folder, whose place ``atomic`` would only fail to take at the end; none of a library, and
    none that is there, without ``--force``."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and value != "-":
            path = Path(Stated().convert(value, param, ctx))
            if path.is_dir():
                self.fail(f"{value} is a folder; name a file in it.", param, ctx)
            writable(path)
            if os.path.lexists(path) and not (ctx and ctx.params.get("force")):
                self.fail(f"{value} is there already; write over it with --force.", param, ctx)
        return super().convert(value, param, ctx)
