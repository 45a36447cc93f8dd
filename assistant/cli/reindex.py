"""``assistant reindex``."""

import click

from assistant.cli.output import as_json, print_json, window
from assistant.cli.session import opened, progress_bar
from assistant.config import Config

EMBEDDERS = ("all-MiniLM-L6-v2",)


@click.command()
@click.option(
    "--embedder",
    type=click.Choice(EMBEDDERS),
    default=EMBEDDERS[0],
    show_default=True,
    help="What turns passages into vectors; they are embedded anew if another one made theirs.",
)
@as_json
@click.pass_obj
def reindex(config: Config, embedder: str, json: bool) -> None:
    """Rebuild the full text and the vector index from the catalog."""
    from assistant.show import report
    from assistant.show.as_json import status_dict

    with opened(config) as library:
        with progress_bar() as progress:
            library.reindex(progress)
        found = library.status()
    if json:
        print_json(status_dict(found))
    else:
        click.echo(report.status(found, *window()))
