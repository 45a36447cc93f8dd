"""What a command found → stdout, in the form that was asked for."""

import os
import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.exceptions import Exit

from assistant.cli.app import given, remark
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.types import Answer, Claim

FORMATS = ("text", "markdown", "json", "html", "bibtex")
DO_NOT_SAY = 3

Command = TypeVar("Command", bound=Callable[..., None])

as_json = click.option("--json", is_flag=True, help="Print one JSON document and nothing else.")


def answer_format(command: Command) -> Command:
    """The options ``--format`` and ``--json`` of a command that prints an answer."""
    form = click.option(
        "--format", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print it."
    )
    return form(click.option("--json", is_flag=True, help="The same as --format json.")(command))


def chosen_format(form: str, json: bool) -> str:
    """The format, of ``--format`` and ``--json``: a flag wins over a setting. Raises UsageError if both are flags
    and differ."""
    if json and form != "json" and given("format"):
        if given("json"):
            raise UsageError(f"--json and --format {form} contradict each other; give one of them")
        return form
    return "json" if json else form


def chosen_model(model: str | None, offline: bool) -> str | None:
    """The model, of ``--model`` and ``--offline``. Raises UsageError if both are flags."""
    if model and offline and given("model") and given("offline"):
        raise UsageError(f"--offline and --model {model} contradict each other; give one of them")
    return None if offline else model


def print_json(value: Any) -> None:
    from assistant.show.as_json import document

    click.echo(document(value))


def window() -> tuple[int, bool]:
    """The terminal's width, and whether stdout gets colour."""
    from assistant.show.terminal import wants_colour

    return shutil.get_terminal_size().columns, wants_colour(sys.stdout, os.environ)


class LiveClaims:
    """Prints claims as they come, each at the width that the window has then. Called with each; ``rest`` is what of
    the answer is still to be printed; ``before`` is called before anything is printed, ``after`` behind each claim."""

    def __init__(self) -> None:
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None
        self._printed: list[str] = []

    def __call__(self, claim: "Claim") -> None:
        from assistant.show import terminal

        self.before()
        click.echo("\n" * bool(self._printed) + terminal.claim(claim, *window()))
        self._printed.append(terminal.claim(claim, sys.maxsize, False))
        self.after()

    def rest(self, answer: "Answer") -> str:
        from assistant.show import terminal

        shown = terminal.answer(answer, *window())
        done = len(self._printed)
        if not done or terminal.answer(answer, sys.maxsize, False).split("\n\n")[:done] != self._printed:
            return shown
        return "\n" + "\n\n".join(shown.split("\n\n")[done:])


def live_claims(form: str = "text") -> LiveClaims | None:
    """What prints claims as they come; None unless somebody watches."""
    return LiveClaims() if form == "text" and sys.stdout.isatty() else None


def print_answer(answer: "Answer", form: str = "text", live: LiveClaims | None = None) -> None:
    """The answer on stdout, without the claims that are there already; where the form has no place for the
    footer, that on stderr."""
    from assistant.show import as_json, bibtex, html, markdown, terminal

    forms: dict[str, Callable[[], str]] = {
        "text": lambda: live.rest(answer) if live else terminal.answer(answer, *window()),
        "markdown": lambda: markdown.answer(answer),
        "json": lambda: as_json.document(as_json.answer_dict(answer)),
        "html": lambda: html.answer(answer),
        "bibtex": lambda: bibtex.answer(answer),
    }
    click.echo(forms[form]())
    if form in ("text", "bibtex") and not answer.asks:
        footnote(terminal.footer(answer))


def footnote(text: str) -> None:
    """One line on stderr, below what stdout got."""
    click.echo(err=True)
    remark(text)


def exit_for(answer: "Answer") -> None:
    """Leaves with the code that says that the papers do not say, if they do not."""
    if answer.status == "abstained":
        raise Exit(DO_NOT_SAY)
