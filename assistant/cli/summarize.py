"""``assistant summarize``."""

import click

from assistant.cli.output import answer_format, chosen_format, exit_for, print_answer
from assistant.cli.session import opened
from assistant.cli.waiting import Waiting
from assistant.config import Config

LENGTHS = ("short", "medium", "long")


@click.command()
@click.argument("key")
@click.option(
    "--length", type=click.Choice(LENGTHS), default="medium", show_default=True, help="How much of it."
)
@answer_format
@click.pass_obj
def summarize(config: Config, key: str, length: str, format: str, json: bool) -> None:
    """Summarise the paper KEY in its own sentences.

    They are the most central ones, in reading order, each with its place as a quote.

    \b
    assistant summarize lezo --length short
    """
    form = chosen_format(format, json)
    with opened(config) as library, Waiting("reading the paper"):
        answer = library.summarize(key, length)
    print_answer(answer, form)
    exit_for(answer)
