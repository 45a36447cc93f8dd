"""The group of all commands: the one place where an error becomes a line on stderr and an exit code.

An exception that is not expected passes through with its traceback. A closed pipe (``| head``) is click's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from click.exceptions import Exit, NoArgsIsHelpError

from assistant import config
from assistant.errors import AssistantError
from assistant.show.plain import one_line

INTERRUPTED = 130
MODEL = "model"


class App(click.Group):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with _errors_in_one_line():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with _errors_in_one_line():
            return super().invoke(ctx)


def complain(message: str) -> None:
    click.echo(f"Error: {one_line(message)}", err=True)


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
        complain(f"{error.format_message()} (help: {command} -h)")
        raise Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        click.echo("Interrupted.", err=True)
        raise Exit(INTERRUPTED) from error


def read_settings(ctx: click.Context, param: click.Parameter, path: Path | None) -> None:
    """Callback of ``--config``: what the file sets is what options default to; its table [model] is no command's
    and goes to ``ctx.meta``."""
    settings = config.load(path, _fields(ctx.command) | {MODEL: config.MODEL})
    ctx.meta[MODEL] = settings.pop(MODEL, {})
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
