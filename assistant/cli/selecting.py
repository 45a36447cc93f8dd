"""The options that choose papers, of every command that takes some of them."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from assistant.cli.app import Stated

Command = TypeVar("Command", bound=Callable[..., None])


def selecting(verb: str) -> Callable[[Command], Command]:
    """``--author``, ``--since``, ``--until`` and ``--tag``; the command is handed what they say by these names.
    ``verb``: what it does with the papers."""

    def with_options(command: Command) -> Command:
        for option in (
            _option("tag", "WORD", Stated(), f"{verb} only papers with this tag (see: papers tag)."),
            _option("until", "YEAR", int, f"{verb} only papers of this year or earlier."),
            _option("since", "YEAR", int, f"{verb} only papers of this year or later."),
            _option("author", "NAME", Stated(), f"{verb} only papers with an author whose name holds this."),
        ):
            command = option(command)
        return command

    return with_options


def _option(name: str, metavar: str, kind: Any, help: str) -> Callable[[Command], Command]:
    return click.option(f"--{name}", metavar=metavar, type=kind, help=help)
