"""``assistant compare``."""

from collections.abc import Callable

import click
from click.exceptions import Exit

from assistant.cli.app import Stated
from assistant.cli.model import allowing, going_on
from assistant.cli.output import DO_NOT_SAY, chosen_format, chosen_model, footnote, print_json, window
from assistant.cli.session import opened, progress_bar
from assistant.config import Config
from assistant.errors import UsageError

FORMATS = ("text", "markdown", "csv", "latex", "json", "html")


@click.command()
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option(
    "--topic", metavar="TEXT", type=Stated(), help="The papers on this, the 20 nearest, in place of keys."
)
@click.option("--all", "everything", is_flag=True, help="All papers, in place of keys.")
@click.option(
    "--aspects",
    metavar="LIST",
    type=Stated(),
    help='The columns, parted by commas.  [default: "task, method, data, size, result, code"]',
)
@click.option(
    "--model",
    metavar="NAME",
    type=Stated(),
    help="The language model that reads the papers, at OPENAI_BASE_URL.",
)
@click.option("--offline", is_flag=True, help="No language model, even if one is set.")
@click.option(
    "--format", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print it."
)
@click.option("--json", is_flag=True, help="The same as --format json.")
@click.pass_obj
@allowing("max_cost", "log", "cache")
def compare(
    config: Config,
    /,
    keys: tuple[str, ...],
    topic: str | None,
    everything: bool,
    aspects: str | None,
    model: str | None,
    offline: bool,
    format: str,
    json: bool,
) -> None:
    """Put what the papers KEY say side by side in a table.

    A row a paper, a column an aspect; each cell is a short value with the sentence of the paper that it stands in, and
    stays empty where the paper does not say so plainly. Any other aspect is asked, as a question, of each paper. With
    --model a language model fills the cells in its words, which the sentence must support; those that it leaves empty
    are filled as without it. If no paper says anything, the exit code is 3.

    \b
    assistant compare lezo kid hrBench
    assistant compare --topic "model editing" --aspects "method, training cost" --format latex
    """
    from assistant.show import table
    from assistant.show.table_html import html
    from assistant.show.table_latex import latex
    from assistant.show.table_text import text

    _check(keys, topic, everything)
    form, model = chosen_format(format, json), chosen_model(model, offline)
    with opened(going_on(config)) as library, progress_bar() as progress:
        found = library.compare(keys, topic or "", _listed(aspects), progress, model=model)
    shown: dict[str, Callable[[], str]] = {
        "text": lambda: text(found, *window()),
        "markdown": lambda: table.markdown(found),
        "csv": lambda: table.as_csv(found),
        "latex": lambda: latex(found),
        "html": lambda: html(found),
    }
    if form == "json":
        print_json(table.comparison_dict(found))
    else:
        click.echo(shown[form]())
    if form in ("text", "csv", "latex"):
        footnote(table.footer(found))
    if found.is_empty:
        raise Exit(DO_NOT_SAY)


def _check(keys: tuple[str, ...], topic: str | None, everything: bool) -> None:
    """Raises UsageError unless one way of choosing papers is used."""
    ways = [name for name, is_used in (("keys", keys), ("--topic", topic), ("--all", everything)) if is_used]
    if len(ways) > 1:
        raise UsageError(f"{' and '.join(ways)} contradict each other; give one of them")
    if not ways:
        raise UsageError("name two papers or more, or give --topic TEXT or --all; the keys: assistant papers")


def _listed(aspects: str | None) -> tuple[str, ...]:
    """The aspects, each once. Raises UsageError if there is none between the commas."""
    if aspects is None:
        return ()
    found = tuple(dict.fromkeys(name for part in aspects.split(",") if (name := " ".join(part.split()))))
    if not found:
        raise UsageError('--aspects names none; for example: --aspects "method, data"')
    return found
