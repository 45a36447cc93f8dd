"""``assistant search``."""

import click

from assistant.cli.output import as_json, print_json, window
from assistant.cli.session import opened
from assistant.config import Config


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="How many papers.",
)
@as_json
@click.pass_obj
def search(config: Config, query: tuple[str, ...], limit: int, json: bool) -> None:
    """Find the papers that speak of QUERY, best first.

    \b
    assistant search sparse autoencoders --limit 3
    """
    from assistant.show import collection as listing
    from assistant.show.as_json import hits_list

    with opened(config) as library:
        words = " ".join(query)
        found = library.search_papers(words, limit)
        papers = {key: library.paper(key) for key in (each.best.passage.paper for each in found)}
    if json:
        print_json(hits_list(found))
    else:
        click.echo(listing.hits(found, papers, words, *window()))
