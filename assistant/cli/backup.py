"""``assistant backup`` and ``assistant restore``."""

from pathlib import Path

import click

from assistant.cli.output import as_json, print_json
from assistant.cli.session import opened
from assistant.cli.writing import force, new_file
from assistant.config import Config
from assistant.errors import UsageError
from assistant.show.plain import one_line


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@force
@as_json
@click.pass_obj
def backup(config: Config, file: Path, force: bool, json: bool) -> None:
    """Write the library to FILE.

    FILE holds the papers, what was decided about them, and the conversations, as of one moment; others may write to the
    library meanwhile. What can be made anew from it is not in it, nor are the files that the papers were read from.

    \b
    assistant backup library.backup
    """
    path = new_file(file, force)
    with opened(config) as library:
        library.backup(path)
    _say("written", path, json)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Put it in the place of the library that is there.")
@as_json
@click.pass_obj
def restore(config: Config, file: Path, force: bool, json: bool) -> None:
    """Make the library what it was when backup wrote FILE.

    FILE is checked first, and if it is damaged nothing is changed. A library that is there is replaced with --force
    only, and what was added to it since is lost.

    \b
    assistant --library elsewhere restore library.backup
    """
    from assistant.store.backup import restore as put_back

    if not isinstance(config.library, Path):
        raise UsageError(
            f"a backup is put back into a folder, and pushed from there: assistant --library DIR restore {file}; then:"
            f" assistant --library DIR push {config.library}"
        )
    put_back(file, config.library, force)
    with opened(config) as library:
        library.reindex()
    _say("restored", config.library, json)


def _say(what: str, path: Path, json: bool) -> None:
    if json:
        print_json({what: str(path)})
    else:
        click.echo(one_line(f"{what}: {path}"))
