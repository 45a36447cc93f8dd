"""``assistant papers``: the list of papers, and its commands."""

from pathlib import Path
from typing import Any, TextIO

import click

from assistant.cli.app import Stated
from assistant.cli.output import as_json, print_json, window
from assistant.cli.session import opened
from assistant.config import Config


class OutputFile(click.File):
    """A file to write: no folder, whose place ``atomic`` would only fail to take at the end."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and Path(Stated().convert(value, param, ctx)).is_dir():
            self.fail(f"{value} is a folder; name a file in it.", param, ctx)
        return super().convert(value, param, ctx)


@click.group(invoke_without_command=True)
@as_json
@click.pass_context
def papers(ctx: click.Context, json: bool) -> None:
    """List the papers: key, year, title, first author.

    \b
    assistant papers
    assistant papers show lezo
    """
    if ctx.invoked_subcommand:
        return
    from assistant.show import collection as listing
    from assistant.show.as_json import paper_dict

    with opened(ctx.obj) as library:
        found, counts = list(library.papers()), library.passage_counts()
    if json:
        print_json([paper_dict(paper, counts[paper.key], full=False) for paper in found])
    elif found:
        click.echo(listing.papers_table(found, *window()))
    else:
        click.echo("No papers yet; add some with: assistant add PATH", err=True)


@papers.command()
@click.argument("key")
@as_json
@click.pass_obj
def show(config: Config, key: str, json: bool) -> None:
    """Show what is known of the paper KEY, and its abstract or opening; with --json its whole text."""
    from assistant.show import collection as listing
    from assistant.show.as_json import paper_dict

    with opened(config) as library:
        paper, passages = library.paper(key), library.passage_counts()[key]
    if json:
        print_json(paper_dict(paper, passages, full=True))
    else:
        click.echo(listing.paper(paper, passages, *window()))


@papers.command()
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@as_json
@click.pass_obj
def remove(config: Config, keys: tuple[str, ...], json: bool) -> None:
    """Take papers out of the library; the files they came from stay where they are.

    \b
    assistant papers remove lezo shiRoute
    """
    with opened(config) as library:
        library.remove(keys)
    if json:
        print_json({"removed": list(dict.fromkeys(keys))})
    else:
        click.echo(f"removed {', '.join(dict.fromkeys(keys))}")


@papers.command()
@click.option(
    "--format", type=click.Choice(["bibtex"]), default="bibtex", show_default=True, help="The form."
)
@click.option(
    "--output",
    metavar="FILE",
    type=OutputFile("w", "utf-8", atomic=True),
    default="-",
    help="Where to write it.  [default: stdout]",
)
@click.pass_obj
def export(config: Config, format: str, output: TextIO) -> None:
    """Write all papers as a bibliography, under their keys here.

    \b
    assistant papers export --format bibtex --output papers.bib
    """
    from assistant.show import bibtex

    with opened(config) as library:
        found = list(library.papers())
    click.echo(bibtex.entries(found), file=output)
