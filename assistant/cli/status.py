"""``assistant status``."""

import click

from assistant.cli.output import as_json, print_json, window
from assistant.cli.session import opened
from assistant.config import Config


@click.command()
@click.option("--verify", is_flag=True, help="Read every file again, and look up every passage in the index.")
@as_json
@click.pass_obj
def status(config: Config, verify: bool, json: bool) -> None:
    """Show what the library holds and how it is.

    That is: papers, passages, embedder, size, the health of each index, and the files by state: ok, failed
    (and why), changed since they were read, missing.
    """
    from assistant.show import report
    from assistant.show.as_json import status_dict

    with opened(config) as library:
        found = library.status(verify)
    if json:
        print_json(status_dict(found))
    else:
        click.echo(report.status(found, *window()))
