"""A chat at a terminal: a prompt with history and completion, answers as they come, Ctrl-C to stop one."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

import click

from assistant.cli.app import complain
from assistant.cli.chat import commands
from assistant.cli.chat.room import Room, answered, entered, recalled
from assistant.cli.output import live_claims
from assistant.cli.waiting import Waiting, moves_cursor
from assistant.config import Config
from assistant.errors import LibraryError, ModelError, UsageError


def talk(config: Config, model: str | None, name: str | None, fast: bool) -> None:
    """Until Ctrl-D or /quit."""
    moves = moves_cursor(sys.stdout)
    with _keys_unseen(moves), entered(config, model, name, fast) as room, ThreadPoolExecutor(1) as background:
        line_of = _prompt(room) if moves else _plain_line  # first: what is loaded beside it keeps it waiting
        # While the first question is typed, and away from Ctrl-C: an import that is broken off cannot be
        # repeated. If loading fails, the question meets the same error.
        loading = background.submit(room.conversation.load)
        if name is None:
            click.echo("Ask in words; /help tells more.", err=True)
        else:
            click.echo(f"{recalled(room.conversation.turns)}\n")
        while (line := line_of()) is not None:
            if line and not _turn(room, line, loading):
                break


@contextmanager
def _keys_unseen(wanted: bool) -> Iterator[None]:
    """What is typed while nobody asks for it is not written into the answer, but waits for the next prompt."""
    try:
        import termios
    except ImportError:  # a system whose terminals have no such modes
        wanted = False
    if not wanted:
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    unseen = termios.tcgetattr(sys.stdin)
    unseen[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(sys.stdin, termios.TCSANOW, unseen)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, before)


def _prompt(room: Room) -> Callable[[], str | None]:
    from assistant.cli.chat.prompt import Prompt

    return Prompt(room).line


def _plain_line() -> str | None:
    """A line as the terminal itself lets one be typed; as ``Prompt.line``."""
    try:
        return input("> ").strip()
    except KeyboardInterrupt:
        click.echo()
        return ""
    except EOFError:
        click.echo()
        return None


def _turn(room: Room, line: str, loading: "Future[Any]") -> bool:
    """Whether to go on, once a line is answered; an error, or Ctrl-C, ends this turn alone."""
    is_command, turns = commands.is_command(line), len(room.conversation.turns)
    try:
        if not is_command:
            _answer(room, line, loading)
        elif not commands.run(room, line):
            return False
    except (ModelError, UsageError, LibraryError) as error:
        complain(str(error))
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
        if not is_command and len(room.conversation.turns) == turns:  # it was not even asked
            room.conversation.stopped(line)
    click.echo()
    return True


def _answer(room: Room, line: str, loading: "Future[Any]") -> None:
    with Waiting("loading" if not loading.done() else "reading the papers") as waiting:
        wait([loading])
        waiting.say("reading the papers" if room.conversation.model is None else "asking the model")
        live = live_claims()
        if live:
            live.before = waiting.clear
            live.after = lambda: waiting.say("writing")
        answered(room, lambda conversation, told: conversation.ask(line, live, told), live, waiting.clear)
