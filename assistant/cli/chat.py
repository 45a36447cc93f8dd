"""``assistant chat``: a line in, an answer out, until the input ends; /sources, /help and /quit."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from assistant.cli.app import complain
from assistant.cli.output import print_answer, window
from assistant.cli.session import opened, show_warnings
from assistant.config import Config
from assistant.errors import ModelError, UsageError

if TYPE_CHECKING:
    from assistant.chat import Conversation

HELP = """\
Ask in words. Numbers of sources run on from answer to answer.
/sources  every paper cited so far
/help     this page
/quit     leave (so does Ctrl-D); Ctrl-C stops an answer"""


@click.command()
@click.option(
    "--model", metavar="NAME", help="The language model that writes the answers, at OPENAI_BASE_URL."
)
@click.option("--offline", is_flag=True, help="No language model, even if one is set.")
@click.pass_obj
def chat(config: Config, model: str | None, offline: bool) -> None:
    """Ask one question after another; from a pipe, one a line.

    \b
    assistant chat
    assistant chat < questions.txt
    """
    from assistant.chat import Conversation

    typed = sys.stdin.isatty() and sys.stdout.isatty()
    with opened(config) as library:
        conversation = Conversation(library, None if offline else model)
        for line in _typed() if typed else _piped():
            if line == "/quit":
                break
            with _going_on(typed):
                _reply(conversation, line)


def _typed() -> Iterator[str]:
    """What is typed, line by line, with the history that readline gives to ``input``."""
    import readline  # noqa: F401

    click.echo("Ask in words; /help tells more.", err=True)
    while True:
        try:
            line = input("> ").strip()
        except KeyboardInterrupt:
            click.echo()
        except EOFError:
            click.echo()
            return
        else:
            if line:
                yield line


def _piped() -> Iterator[str]:
    """Every line, also an empty one: there is one answer or one error for each."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").strip()


@contextmanager
def _going_on(typed: bool) -> Iterator[None]:
    """Where a question or a model fails, the conversation goes on; after Ctrl-C, too, if ``typed``."""
    try:
        yield
    except (ModelError, UsageError) as error:
        complain(str(error))
    except KeyboardInterrupt:
        if not typed:
            raise
        click.echo("Stopped.", err=True)


def _reply(conversation: "Conversation", line: str) -> None:
    if line == "/help":
        click.echo(HELP)
    elif line == "/sources":
        click.echo(_sources(conversation))
    elif line.startswith("/"):
        raise UsageError(f"there is no command {line.split()[0]}; there are /sources, /help and /quit")
    else:
        print_answer(conversation.ask(line))
        show_warnings(conversation.library)
    click.echo()


def _sources(conversation: "Conversation") -> str:
    from assistant.show import terminal

    return terminal.references(conversation.sources(), *window()) or "Nothing is cited yet."
