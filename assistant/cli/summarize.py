"""``assistant summarize``."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from assistant.cli.app import Stated, given
from assistant.cli.model import allowing, going_on
from assistant.cli.output import answer_format, chosen_format, chosen_model, exit_for, print_answer
from assistant.cli.session import opened, progress_bar
from assistant.cli.waiting import Waiting
from assistant.config import Config
from assistant.errors import UsageError

LENGTHS = ("short", "medium", "long")


class Length(click.ParamType[str]):
    """short, medium, long or a number of words."""

    name = "length"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value).strip()
        if text not in LENGTHS and not (text.isascii() and text.isdecimal()):
            self.fail(f"{text!r} is neither {', '.join(LENGTHS)} nor a number of words.", param, ctx)
        return text


@click.command()
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option("--topic", metavar="TEXT", type=Stated(), help="The papers on this instead of named ones.")
@click.option("--all", "everything", is_flag=True, help="All papers.")
@click.option(
    "--length", type=Length(), metavar="short|medium|long|WORDS", default="medium", show_default=True,
    help="How long, within a tenth where whole sentences allow.",
)  # fmt: skip
@click.option("--bullets", metavar="N", type=click.IntRange(min=1), help="A list of so many sentences.")
@click.option(
    "--must-mention", metavar="TERM", multiple=True, type=Stated(),
    help="A sentence must say this; may be given several times.",
)  # fmt: skip
@click.option(
    "--model", metavar="NAME", type=Stated(), help="The language model that writes, at OPENAI_BASE_URL."
)
@click.option("--offline", is_flag=True, help="No language model, even if one is set.")
@click.option("--for", "audience", metavar="AUDIENCE", type=Stated(), help="Whom the model writes for.")
@click.option("--language", metavar="NAME", type=Stated(), help="The language that the model writes in.")
@answer_format
@click.pass_obj
@allowing("max_cost", "log", "cache")
def summarize(
    config: Config,
    /,
    keys: tuple[str, ...],
    topic: str | None,
    everything: bool,
    model: str | None,
    offline: bool,
    format: str,
    json: bool,
    **wishes: Any,
) -> None:
    """Summarise papers: problem, method, data, results, limits.

    Of the paper KEY, or of several, which are grouped by theme. Without --model the summary is made of the papers' own
    sentences, and nothing leaves this machine. If no paper is on the topic, the exit code is 3.

    \b
    assistant summarize lezo --length short
    assistant summarize --topic "sparse autoencoders" --bullets 8
    """
    if bool(keys) + bool(topic) + everything != 1:
        raise UsageError("name papers, or give --topic or --all, one of the three; see: assistant papers")
    form, model = chosen_format(format, json), chosen_model(model, offline)
    if not model and (unwritten := next((name for name in ("audience", "language") if wishes[name]), None)):
        option = {"audience": "--for", "language": "--language"}[unwritten]
        raise UsageError(f"{option} needs a model that writes; name one with --model")
    several = len(set(keys)) != 1
    if several:
        config = going_on(config)
    with opened(config) as library, _watched(several) as progress:
        answer = library.summarize(
            keys,
            _wanted(several, **wishes),
            topic=topic or "",
            model=model,
            progress=progress,
        )
    print_answer(answer, form)
    exit_for(answer)


def _wanted(
    several: bool,
    length: str,
    bullets: int | None,
    must_mention: tuple[str, ...],
    audience: str,
    language: str,
) -> Any:
    """Bullets alone set the length, too."""
    from assistant.summarize import Wanted, words_of

    words = None if bullets and not given("length") else words_of(length, several)
    return Wanted(words, bullets, must_mention, audience or "", language or "", length not in LENGTHS)


@contextmanager
def _watched(several: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """A bar over several papers, a line for one."""
    if several:
        with progress_bar() as progress:
            yield progress
    else:
        with Waiting("reading the paper"):
            yield None
