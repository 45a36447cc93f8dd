"""``assistant disagree``."""

import click
from click.exceptions import Exit

from assistant.cli.app import Stated
from assistant.cli.model import allowing, going_on
from assistant.cli.output import DO_NOT_SAY, as_json, chosen_model, footnote, print_json, window
from assistant.cli.session import opened, progress_bar
from assistant.config import Config


@click.command()
@click.option("--topic", metavar="TEXT", type=Stated(), help="Only papers on this.")
@click.option(
    "--model",
    metavar="NAME",
    type=Stated(),
    help="The language model that reads the papers, at OPENAI_BASE_URL.",
)
@click.option("--offline", is_flag=True, help="No language model, even if one is set.")
@as_json
@click.pass_obj
@allowing("max_cost", "log", "cache")
def disagree(config: Config, /, topic: str | None, model: str | None, offline: bool, json: bool) -> None:
    """List sentences of different papers that contradict each other.

    Each pair is of one kind: two values for the same thing (number), a rise against a fall (direction), a finding
    against its denial (conclusion). Only what speaks of the same thing in nearly the same words is found: that nothing
    is listed is no sign of agreement, and then the exit code is 3. With --model a language model also looks through the
    sentences that are nearest each other in meaning, and both must support what it says of them.

    \b
    assistant disagree
    assistant disagree --topic "incubation period"
    """
    from assistant.show import disagreements as show

    model = chosen_model(model, offline)
    with opened(going_on(config)) as library, progress_bar() as progress:
        found = library.disagree(topic or "", progress, model=model)
    if json:
        print_json(show.disagreements_dict(found))
    else:
        click.echo(show.disagreements(found, *window()))
        footnote(show.footer(found))
    if not found.pairs:
        raise Exit(DO_NOT_SAY)
