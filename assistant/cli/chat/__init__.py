"""``assistant chat``: a question in, an answer out, until the input ends; and what was said before."""

import sys
from typing import Any

import click

from assistant.cli.app import Stated
from assistant.cli.model import allowing
from assistant.cli.output import chosen_model
from assistant.config import Config
from assistant.errors import UsageError

FORMATS = ("markdown", "html", "json")
_WAYS = ("resume", "again", "list", "find", "export", "review")


@click.command()
@click.option(
    "--model",
    metavar="NAME",
    type=Stated(),
    help="The language model that writes the answers, at OPENAI_BASE_URL.",
)
@click.option("--offline", is_flag=True, help="No language model, even if one is set.")
@click.option("--fast", is_flag=True, help="Without a model: choose sentences sooner, and less well.")
@click.option("--resume", metavar="ID", help="Take up a conversation again: its id, or last.")
@click.option("--continue", "-c", "again", is_flag=True, help="The same as --resume last.")
@click.option("--list", is_flag=True, help="List the conversations, and leave.")
@click.option(
    "--find", metavar="WORDS", type=Stated(), help="List the turns that hold all these words, and leave."
)
@click.option("--export", metavar="ID", help="Write a conversation to stdout, and leave: its id, or last.")
@click.option(
    "--review", metavar="ID", help="What a conversation asked, found, and did not find: its id, or last."
)
@click.option(
    "--format", type=click.Choice(FORMATS), default="markdown", show_default=True, help="Of --export."
)
@click.option(
    "--json", is_flag=True, help="Print JSON: an object a turn, each on its line; one array of --list."
)
@click.pass_obj
@allowing("max_cost", "log")
def chat(
    config: Config, model: str | None, offline: bool, fast: bool, json: bool, format: str, **ways: Any
) -> None:
    """Ask one question after another; from a pipe, one a line.

    "it", "the second one", "[3]", "why?", "more" are understood. Each turn is kept in the library as it happens.
    From a pipe the exit code is 1 if a turn failed, else 3 if the papers did not say in one, else 0.

    \b
    assistant chat
    assistant chat -c
    assistant chat < questions.txt
    assistant chat --export last > talk.md
    """
    from assistant.cli.chat import kept, piped

    if len([way for way in _WAYS if ways[way]]) > 1:
        names = [f"--{'continue' if way == 'again' else way}" for way in _WAYS if ways[way]]
        raise UsageError(f"{' and '.join(names)} contradict each other; give one of them")
    if ways["list"] or ways["find"]:
        kept.show(config, ways["find"], json)
    elif ways["export"]:
        kept.export(config, ways["export"], "json" if json else format)
    elif ways["review"]:
        kept.review(config, ways["review"], json)
    else:
        name = "last" if ways["again"] else ways["resume"]
        model = chosen_model(model, offline)
        if sys.stdin.isatty() and sys.stdout.isatty() and not json:
            from assistant.cli.chat import typed

            typed.talk(config, model, name, fast)
        else:
            piped.talk(config, model, name, json, fast)
