"""``assistant push`` and ``assistant pull``."""

from typing import TYPE_CHECKING

import click

from assistant.cli.app import Place
from assistant.cli.output import as_json, print_json
from assistant.cli.session import opened, progress_bar
from assistant.config import Config

if TYPE_CHECKING:
    from assistant.address import Address
    from assistant.types import Transfer


@click.command()
@click.argument("address", metavar="URL", type=Place(server=True))
@as_json
@click.pass_obj
def push(config: Config, address: "Address", json: bool) -> None:
    """Bring this library to a group's, on a Chroma server.

    Papers, keys, corrections, tags and vectors go there, beside what is there; nothing is embedded again. The library
    there is made if need be. What was broken off is gone on with by the same command, and at the end all of it is
    compared. Conversations stay here.

    \b
    assistant push chroma://lab.example.org:8000/group
    """
    with opened(config) as library, progress_bar() as progress:
        _show(library.push(address, progress), json)


@click.command()
@click.argument("address", metavar="URL", type=Place(server=True))
@as_json
@click.pass_obj
def pull(config: Config, address: "Address", json: bool) -> None:
    """Bring a group's library, on a Chroma server, into this folder.

    It is made if need be; what is in it stays. The rest is as of push.

    \b
    assistant --library copy pull chroma://lab.example.org:8000/group
    """
    with opened(config, create=True) as library, progress_bar() as progress:
        _show(library.pull(address, progress), json)


def _show(done: "Transfer", json: bool) -> None:
    from assistant.show import report
    from assistant.show.as_json import transfer_dict

    if json:
        print_json(transfer_dict(done))
    else:
        click.echo(report.transferred(done))
