"""``assistant chat``: a line in, an answer out, until the input ends; /sources, /help and /quit."""

import sys
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.app import Stated, complain
from assistant.cli.model import allowing
from assistant.cli.output import chosen_model, live_claims, print_answer, window
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
    "--model",
    metavar="NAME",
    type=Stated(),
    help="The language model that writes the answers, at OPENAI_BASE_URL.",
)
@click.option("--offline", is_flag=True, help="No language model, even if one is set.")
@click.pass_obj
@allowing("max_cost", "log")
def chat(config: Config, model: str | None, offline: bool) -> None:
    """Ask one question after another; from a pipe, one a line.

    \b
    assistant chat
    assistant chat < questions.txt
    """
    from assistant.chat import Conversation

    model = chosen_model(model, offline)
    typed = sys.stdin.isatty() and sys.stdout.isatty()
    with opened(config) as library, ThreadPoolExecutor(1) as background:
        conversation = Conversation(library, model)
        # While the first question is typed, and away from Ctrl-C: an import that is broken off cannot be
        # repeated. If loading fails, the question meets the same error.
        loading = [background.submit(conversation.load)] if typed else []
        if typed:
            click.echo("Ask in words; /help tells more.", err=True)
        failed = 0
        with suppress(EOFError):
            while True:
                failed += not _turn(conversation, typed, loading)
    if failed and not typed:
        raise SystemExit(1)


def _turn(conversation: "Conversation", typed: bool, loading: "list[Future[Any]]") -> bool:
    """One line in, its answer or its error out: whether nothing failed but the line. Ctrl-C ends the turn if it
    is ``typed``, else the program. Raises EOFError when the conversation is over."""
    line = ""
    try:
        line = _typed_line() if typed else _piped_line()
        if line or not typed:
            wait(loading)
            _reply(conversation, line)
            click.echo()
    except (ModelError, UsageError) as error:
        complain(str(error))
        return isinstance(error, UsageError)
    except KeyboardInterrupt:
        if not typed:
            raise
        click.echo("Stopped." if line else "", err=True)
    return True


def _typed_line() -> str:
    import readline  # noqa: F401  (gives ``input`` line editing and a history)

    try:
        return input("> ").strip()
    except EOFError:
        click.echo()
        raise


def _piped_line() -> str:
    """The next line, also an empty one: there is one answer or one error for each."""
    data = sys.stdin.buffer.readline()
    if not data:
        raise EOFError
    return data.decode("utf-8", "replace").strip()


def _reply(conversation: "Conversation", line: str) -> None:
    if line in ("/quit", "quit", "exit"):
        raise EOFError
    elif line in ("/help", "help"):
        click.echo(HELP)
    elif line == "/sources":
        click.echo(_sources(conversation))
    elif line.startswith("/"):
        raise UsageError(f"there is no command {line.split()[0]}; there are /sources, /help and /quit")
    else:
        live = live_claims()
        print_answer(conversation.ask(line, live), live=live)
        show_warnings(conversation.library)


def _sources(conversation: "Conversation") -> str:
    from assistant.show import terminal

    return terminal.references(conversation.sources(), *window()) or "Nothing is cited yet."
