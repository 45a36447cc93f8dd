"""``assistant add``."""

from pathlib import Path

import click
from click.exceptions import Exit

from assistant.cli.output import as_json, print_json
from assistant.cli.session import adding_bar, opened
from assistant.config import Config


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--bib",
    "bibs",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A bibliography (.bib, .ris ...): the papers take on its titles, authors, years and keys; it adds none.",
)
@click.option("--retry", is_flag=True, help="Try files again that failed and have not changed since.")
@click.option(
    "--prune", is_flag=True, help="Take out the papers of files that are there no more, of those named."
)
@click.option(
    "--time",
    type=click.FloatRange(0.1),
    metavar="SECONDS",
    default=30,
    show_default="30, and 10 more for each MB of the file",
    help="What takes longer to read is given up, for each file.",
)
@click.option(
    "--memory",
    type=click.IntRange(300),
    metavar="MB",
    default=2000,
    show_default=True,
    help="What takes more memory to read is given up.",
)
@click.option(
    "--pages",
    type=click.IntRange(1),
    metavar="N",
    default=3000,
    show_default=True,
    help="PDFs of more pages are refused.",
)
@click.option(
    "--size",
    type=click.IntRange(1),
    metavar="MB",
    show_default="5 for texts, 50 for bibliographies, 100 for tables, JSON and XML, 300 for PDFs and archives",
    help="Larger files are refused.",
)
@as_json
@click.pass_obj
def add(
    config: Config,
    paths: tuple[Path, ...],
    bibs: tuple[Path, ...],
    json: bool,
    retry: bool,
    prune: bool,
    time: float,
    memory: int,
    pages: int,
    size: int | None,
) -> None:
    """Add files and folders to the library.

    What is new or has changed is read, the rest skipped. A file that cannot be read is reported (exit code 1)
    and keeps the papers it had; the others go on. A file that was moved or renamed is known by its content, and
    keeps its papers and their keys; one that is gone keeps its papers until --prune. In a folder, hidden files and
    links to folders are left out, and what is of a kind that is not read is named at the end. Each file is read in a
    process of its own, one a core, within the limits of --time, --memory, --pages and --size: a bad one costs itself.
    Papers that were removed come back when their file has changed or is named here.
    What tells of the same work, such as a PDF, a preprint of it and an entry of a .bib file, becomes one paper: the
    fullest text is quoted, the .bib says what it is called, also by which key. Mend what is guessed wrong by:
    assistant papers merge, split, edit.

    \b
    assistant add ~/papers notes/liang.txt
    assistant add ./-odd-name.txt
    assistant add ~/papers --bib refs.bib
    assistant add --prune ~/papers
    """
    from assistant.read import Limits
    from assistant.show import report
    from assistant.show.as_json import add_dict
    from assistant.store.connection import CATALOG
    from assistant.walk import check_paths

    if not paths and not bibs:
        raise click.UsageError("name a file or a folder, or a bibliography by --bib FILE.")
    if not isinstance(config.library, Path) or not (config.library / CATALOG).exists():
        check_paths(paths)  # before a library is made for nothing
    with opened(config, create=True) as library, adding_bar() as progress:
        added = library.add(
            paths, progress, bibs, retry=retry, prune=prune, limits=Limits(time, memory, pages, size)
        )
    if json:
        print_json(add_dict(added))
    else:
        click.echo(report.added(added))
    if any(file.state == "failed" for file in added.files):
        raise Exit(1)
