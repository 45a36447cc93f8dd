"""``assistant add``."""

from pathlib import Path

import click
from click.exceptions import Exit

from assistant.cli.output import as_json, print_json
from assistant.cli.session import opened, progress_bar
from assistant.config import Config


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_json
@click.pass_obj
def add(config: Config, paths: tuple[Path, ...], json: bool) -> None:
    """Add files and folders to the library.

    What is new or has changed is read, the rest skipped. A file that cannot be read is reported (exit code 1)
    and keeps the papers it had; the others go on. In a folder, hidden files and links to folders are left out.
    Papers that were removed come back when their file has changed or is named here.

    \b
    assistant add ~/papers notes/liang.txt
    assistant add ./-odd-name.txt
    """
    from assistant.ingest import check_paths
    from assistant.read import KINDS
    from assistant.show import report
    from assistant.show.as_json import add_dict

    check_paths(paths)  # before a library is made for nothing
    with opened(config, create=True) as library, progress_bar() as progress:
        added = library.add(paths, progress)
    if json:
        print_json(add_dict(added))
    elif not added.files:
        click.echo(f"Nothing to add: no file here is of a kind that is read ({', '.join(sorted(KINDS))}).")
        for line in report.unread(added.unread):
            click.echo(line)
    else:
        click.echo(report.added(added))
    if any(file.state == "failed" for file in added.files):
        raise Exit(1)
