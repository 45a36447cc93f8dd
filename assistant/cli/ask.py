"""``assistant ask``."""

import sys
from typing import Any

import click

from assistant.cli.app import Stated
from assistant.cli.model import allowing
from assistant.cli.output import (
    answer_format,
    chosen_format,
    chosen_model,
    exit_for,
    live_claims,
    print_answer,
)
from assistant.cli.selecting import selecting
from assistant.cli.session import opened
from assistant.cli.waiting import Waiting
from assistant.config import Config


@click.command()
@click.argument("question", nargs=-1)
@click.option(
    "--paper", metavar="KEY", multiple=True, help="Ask only this paper; may be given several times."
)
@selecting("Ask")
@click.option(
    "--passages",
    metavar="N",
    type=click.IntRange(min=1),
    default=12,
    show_default=True,
    help="How many passages the answer may be made of.",
)
@click.option(
    "--model",
    metavar="NAME",
    type=Stated(),
    help="The language model that writes the answer, at OPENAI_BASE_URL.",
)
@click.option("--judge", metavar="NAME", help="Another model, asked where the check is unsure of a claim.")
@click.option("--offline", is_flag=True, help="No language model, even if one is set.")
@click.option("--fast", is_flag=True, help="Without a model: choose sentences sooner, and less well.")
@click.option(
    "--strict", is_flag=True, help="Withhold claims that their quotes do not support with certainty."
)
@answer_format
@click.pass_obj
@allowing("max_cost", "log", "cache")
def ask(
    config: Config,
    /,
    question: tuple[str, ...],
    model: str | None,
    judge: str | None,
    offline: bool,
    passages: int,
    strict: bool,
    fast: bool,
    format: str,
    json: bool,
    **selected: Any,
) -> None:
    """Answer QUESTION from the papers, with quotes.

    Without one, or with -, the question is read from stdin. Without --model the answer is made of the papers' own
    sentences, and nothing leaves this machine. If the papers do not say, the exit code is 3.

    \b
    assistant ask What does LeZO save?
    assistant ask --author Liang --since 2024 --format markdown "Which methods need no training?"
    """
    from assistant.selection import Selection

    asked = _asked(question)
    form, model = chosen_format(format, json), chosen_model(model, offline)
    live = live_claims(form)
    with opened(config) as library, Waiting("asking the model" if model else "reading the papers") as waiting:
        if live:
            live.before = waiting.clear
            live.after = lambda: waiting.say("writing")
        answer = library.ask(
            asked,
            Selection(papers=selected.pop("paper"), **selected),
            model=model,
            passages=passages,
            strict=strict,
            fast=fast,
            judge=judge,
            on_claim=live,
        )
    print_answer(answer, form, live)
    exit_for(answer)


def _asked(words: tuple[str, ...]) -> str:
    """The question: the words, or, with none or a ``-``, what stands on stdin. Raises click's MissingParameter if
    there is neither."""
    if words and words != ("-",):
        return " ".join(words)
    text = "" if sys.stdin.isatty() and not words else sys.stdin.buffer.read().decode("utf-8", "replace")
    if not text.strip():
        context = click.get_current_context()
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    return text
