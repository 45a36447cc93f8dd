"""``assistant status``."""

import click
from click.exceptions import Exit

from assistant.cli.output import as_json, print_json, window
from assistant.cli.session import opened
from assistant.config import Config


@click.command()
@click.option(
    "--verify",
    is_flag=True,
    help="Read every file again, and hold catalog, full text and vectors against each other.",
)
@as_json
@click.pass_obj
def status(config: Config, verify: bool, json: bool) -> None:
    """Show what the library holds and how it is.

    That is: papers, passages, embedder, size, the health of each index, and the files by state: ok, failed
    (and why), skipped as of a kind that is not read, changed since they were read, missing. The exit code is 1 if
    the catalog or an index is not whole.
    """
    from assistant.show import report
    from assistant.show.as_json import status_dict

    with opened(config) as library:
        found = library.status(verify)
    if json:
        print_json(status_dict(found))
    else:
        click.echo(report.status(found, *window()))
    if not found.healthy:
        raise Exit(1)
