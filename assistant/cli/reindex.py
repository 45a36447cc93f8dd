"""``assistant reindex``."""

import click

from assistant.cli.output import as_json, print_json, window
from assistant.cli.session import opened, progress_bar
from assistant.config import Config


@click.command()
@click.option(
    "--embedder",
    metavar="NAME",
    help="Embed anew, unless this one did: all-MiniLM-L6-v2, or openai:NAME for a server's, or openai:NAME@512 for"
    " its first 512 dimensions.",
)
@as_json
@click.pass_obj
def reindex(config: Config, embedder: str | None, json: bool) -> None:
    """Rebuild the full text and the vector index from the catalog.

    A server's embedder is sent every passage, and from then on every question.
    """
    from assistant.show import report
    from assistant.show.as_json import status_dict

    with opened(config) as library:
        with progress_bar() as progress:
            library.reindex(progress, embedder)
        found = library.status()
    if json:
        print_json(status_dict(found))
    else:
        click.echo(report.status(found, *window()))
