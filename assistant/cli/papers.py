"""``assistant papers``: the list of papers, and its commands."""

import re
from pathlib import Path
from typing import Any, TextIO

import click

from assistant.cli.app import Stated
from assistant.cli.output import as_json, print_json, window
from assistant.cli.session import opened
from assistant.config import Config
from assistant.types import FieldValue


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
    """Show what is known of the paper KEY and from which source, and its abstract or opening; with --json its whole
    text."""
    from assistant.show import collection as listing
    from assistant.show.as_json import origins_dict, paper_dict

    with opened(config) as library:
        paper, origins = library.paper(key), library.origins(key)
        passages = library.passage_counts()[paper.key]
    if json:
        print_json(paper_dict(paper, passages, full=True) | origins_dict(origins))
    else:
        click.echo(listing.paper(paper, passages, *window(), origins))


@papers.command()
@click.argument("keys", metavar="KEY KEY...", nargs=-1, required=True)
@as_json
@click.pass_obj
def merge(config: Config, keys: tuple[str, ...], json: bool) -> None:
    """Make one paper of several that are the same work. It stays so when their files are read again.

    \b
    assistant papers merge lezo liu2025Layer
    """
    with opened(config) as library:
        key = library.merge(keys)
    if json:
        print_json({"key": key, "merged": list(dict.fromkeys(keys))})
    else:
        click.echo(f"{', '.join(dict.fromkeys(keys))} are one paper: {key}")


@papers.command()
@click.argument("key")
@as_json
@click.pass_obj
def split(config: Config, key: str, json: bool) -> None:
    """Make a paper of each source of the paper KEY, which are not the same work. It stays so when their files are
    read again."""
    with opened(config) as library:
        keys = library.split(key)
    if json:
        print_json({"key": key, "papers": keys})
    else:
        click.echo(f"{key} is split: {', '.join(keys)}")


@papers.command()
@click.argument("key")
@click.argument("fields", metavar="FIELD=VALUE...", nargs=-1, required=True)
@as_json
@click.pass_obj
def edit(config: Config, key: str, fields: tuple[str, ...], json: bool) -> None:
    """Set what the paper KEY is called: title, authors (between semicolons), year, venue, doi, arxiv or url. It stays
    so when its files are read again; nothing behind the = takes it back.

    \b
    assistant papers edit lezo title="Layer-wise sparsity" authors="Ann Berg; Li Wei" year=2025
    assistant papers edit lezo year=
    """
    from assistant.show import collection as listing
    from assistant.show.as_json import origins_dict, paper_dict

    with opened(config) as library:
        paper = library.edit(key, dict(map(_field, fields)))
        origins, passages = library.origins(paper.key), library.passage_counts()[paper.key]
    if json:
        print_json(paper_dict(paper, passages, full=False) | origins_dict(origins))
    else:
        click.echo(listing.facts(paper, passages, *window(), origins))


def _field(word: str) -> tuple[str, FieldValue | None]:
    name, is_given, value = word.partition("=")
    value = " ".join(value.split())
    if not is_given:
        raise click.UsageError(f"{word!r} sets nothing; write {word}=VALUE.")
    if not value:
        return name, None
    if name == "authors":
        return name, tuple(filter(None, map(str.strip, value.split(";")))) or None
    if name == "year":
        if not re.fullmatch(r"[1-9]\d{3}", value):
            raise click.UsageError(f"{value!r} is no year; write four digits.")
        return name, int(value)
    return name, value


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
