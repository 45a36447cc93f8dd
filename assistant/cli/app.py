"""The group of all commands: the one place where an error becomes a line on stderr and an exit code.

An exception that is not expected passes through with its traceback. A closed pipe (``| head``) is click's.
"""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource
from click.exceptions import Exit, NoArgsIsHelpError

from assistant import config
from assistant.address import Address, is_address
from assistant.errors import AssistantError, UsageError
from assistant.show.plain import one_line

INTERRUPTED = 130
_WIDTH = 80
"""Of a terminal that does not say."""
MODEL, SERVER = "model", "server"


class App(click.Group):
    def main(self, *arguments: Any, **more: Any) -> Any:
        for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
            if getattr(sys, name) is None:  # closed: else the next file that is opened would get its place
                setattr(sys, name, _nowhere(mode))
        return super().main(*arguments, **more)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with _errors_in_one_line():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with _errors_in_one_line():
            return super().invoke(ctx)


class Stated(click.types.StringParamType):
    """A text that says something: ``--author "$NAME"`` with nothing in NAME is no choice of all authors."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        text = super().convert(value, param, ctx)
        if not text.strip() or "\0" in text:
            self.fail("it is empty." if not text.strip() else "it holds a NUL.", param, ctx)
        return text


class Folder(click.Path):
    """A folder, which need not exist."""

    def __init__(self) -> None:
        super().__init__(file_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(Stated().convert(value, param, ctx), param, ctx)


class Place(Folder):
    """A library: its folder, or its address on a server; the latter alone if it is to be on a ``server``."""

    def __init__(self, server: bool = False) -> None:
        super().__init__()
        self._server = server

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not (isinstance(value, str) and (self._server or is_address(value))):
            return super().convert(value, param, ctx)
        try:
            return Address.of(value)
        except UsageError as error:
            self.fail(str(error), param, ctx)


def given(name: str) -> bool:
    """Whether the running command's option stands on the command line."""
    return click.get_current_context().get_parameter_source(name) is ParameterSource.COMMANDLINE


def complain(message: str) -> None:
    remark(f"Error: {message}")


def remark(text: str) -> None:
    """One line on stderr; where that is a terminal, broken between words."""
    lines = [one_line(text)]
    if sys.stderr.isatty():
        from assistant.show.window import wrap

        lines = wrap(lines[0], os.get_terminal_size(sys.stderr.fileno()).columns or _WIDTH)
    click.echo("\n".join(lines), err=True)


@contextmanager
def _errors_in_one_line() -> Iterator[None]:
    try:
        yield
    except AssistantError as error:
        complain(str(error))
        raise Exit(error.exit_code) from error
    except NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "assistant"
        complain(f"{_origin(error)}{error.format_message()} (help: {command} -h)")
        raise Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        click.echo("; ".join(filter(None, ("Interrupted", str(error)))) + ".", err=True)
        raise Exit(INTERRUPTED) from error
    except OSError as error:
        if error.errno in (errno.EMFILE, errno.ENFILE):
            complain(
                f"no more files can be opened ({error}); allow more (ulimit -n 256) and run the same command again"
            )
            raise Exit(1) from error
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        complain(f"the disk is full ({error}); make room and run the same command again")
        sys.stdout = _nowhere("w")  # what is left to write has nowhere to go
        raise Exit(1) from error


def _origin(error: click.UsageError) -> str:
    """Where a wrong value stands, if not on the command line."""
    if not isinstance(error, click.BadParameter) or not error.ctx or not error.param or not error.param.name:
        return ""
    name = error.param.name
    return {
        ParameterSource.ENVIRONMENT: f"{error.ctx.auto_envvar_prefix}_{name.upper()}: ",
        ParameterSource.DEFAULT_MAP: "in the settings file: ",
    }.get(error.ctx.get_parameter_source(name) or ParameterSource.COMMANDLINE, "")


def _nowhere(mode: str) -> Any:
    return os.fdopen(os.open(os.devnull, os.O_RDWR), mode)


def read_settings(ctx: click.Context, param: click.Parameter, path: Path | None) -> None:
    """Callback of ``--config``: what the file sets is what options default to; its tables [model] and [server] are no
    command's and go to ``ctx.meta``."""
    settings = config.load(path, _fields(ctx.command) | {MODEL: config.MODEL, SERVER: config.SERVER})
    for table in (MODEL, SERVER):
        ctx.meta[table] = settings.pop(table, {})
    ctx.default_map = settings


def _fields(command: click.Command) -> dict[str, Any]:
    """What a settings file may say of a command: each option with its type, and its commands' tables."""
    options = (p for p in command.params if isinstance(p, click.Option) and p.expose_value)
    commands = command.commands if isinstance(command, click.Group) else {}
    tables = {name: _fields(each) for name, each in commands.items()}
    return {option.name: _kind(option) for option in options if option.name} | tables


def _kind(option: click.Option) -> type:
    if option.multiple or option.is_flag:
        return list if option.multiple else bool
    if isinstance(option.type, click.types.FloatParamType):
        return float
    return int if isinstance(option.type, click.types.IntParamType) else str
