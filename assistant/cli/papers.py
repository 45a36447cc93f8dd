"""``assistant papers``: the list of papers, and its commands."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

import click

from assistant.cli.app import Stated
from assistant.cli.correcting import edit, merge, split
from assistant.cli.output import as_json, print_json, window
from assistant.cli.selecting import selecting
from assistant.cli.session import opened
from assistant.cli.writing import OutputFile, force
from assistant.config import Config

if TYPE_CHECKING:
    from assistant.types import Paper

SORTS = ("key", "year", "title", "added")
FORMATS = ("bibtex", "ris", "csl-json")


@click.group(invoke_without_command=True)
@selecting("List")
@click.option(
    "--grep",
    metavar="WORDS",
    type=Stated(),
    help="List only papers whose key, title, authors, venue, year or abstract hold all these.",
)
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    help="In which order; years and what was added, the newest first.  [default: by file, and place in it]",
)
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="How many at most.")
@as_json
@click.pass_context
def papers(
    ctx: click.Context, /, grep: str | None, sort: str | None, limit: int | None, json: bool, **selected: Any
) -> None:
    """List the papers: key, year, title, authors.

    At a terminal that is a table in its width; a program reads a line a paper, parted by tabs.

    \b
    assistant papers
    assistant papers --since 2024 --sort year --limit 9
    assistant papers show lezo
    """
    if ctx.invoked_subcommand:
        return
    from assistant.selection import Listing, Selection
    from assistant.show import collection as listing
    from assistant.show.as_json import paper_dict

    with opened(ctx.obj) as library:
        found = library.listed(Selection(**selected), grep or "", Listing(sort, limit))
        counts, tags = library.passage_counts(), library.tags()
    if json:
        print_json([paper_dict(each, counts[each.key], False, tags.get(each.key, ())) for each in found])
    elif found and sys.stdout.isatty():
        click.echo(listing.papers_list(found, *window()))
    elif found:
        click.echo(listing.papers_lines(found))
    elif counts:
        click.echo(
            f"None of {len(counts):,} papers is meant by that; list all with: assistant papers", err=True
        )
    else:
        click.echo("No papers yet; add some with: assistant add PATH", err=True)


for command in (merge, split, edit):
    papers.add_command(command)


@papers.command()
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@as_json
@click.pass_obj
def show(config: Config, keys: tuple[str, ...], json: bool) -> None:
    """Show what is known of papers, and from which source.

    With their abstracts or openings; with --json the whole texts: the object of one paper, or the list of several.

    \b
    assistant papers show lezo
    """
    from assistant.show import collection as listing
    from assistant.show.as_json import origins_dict, paper_dict

    with opened(config) as library:
        found = list({paper.key: paper for paper in map(library.paper, keys)}.values())
        counts, tags = library.passage_counts(), library.tags()
        origins = {paper.key: library.origins(paper.key) for paper in found}
    facts = [(paper, counts[paper.key], tags.get(paper.key, ())) for paper in found]
    if json:
        objects = [
            paper_dict(paper, passages, True, words) | origins_dict(origins[paper.key])
            for paper, passages, words in facts
        ]
        print_json(objects if len(keys) > 1 else objects[0])
    else:
        shown = [
            (
                listing.facts(paper, passages, *window(), words, origins[paper.key]),
                listing.opening(paper, window()[0]),
            )
            for paper, passages, words in facts
        ]
        click.echo("\n\n\n".join(map("\n\n".join, shown)))


@papers.command()
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@as_json
@click.pass_obj
def remove(config: Config, keys: tuple[str, ...], json: bool) -> None:
    """Take papers out of the library.

    The files they came from stay where they are.

    \b
    assistant papers remove lezo shiRoute
    """
    with opened(config) as library:
        removed = library.remove(keys)
    if json:
        print_json({"removed": removed})
    else:
        click.echo(f"removed {', '.join(removed)}")


@papers.command()
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@click.argument("word")
@click.option("--remove", is_flag=True, help="Take the tag from them.")
@as_json
@click.pass_obj
def tag(config: Config, keys: tuple[str, ...], word: str, remove: bool, json: bool) -> None:
    """Give papers a tag: WORD, in small letters.

    A tag stays when a paper's file changes or moves. `papers`, `papers export` and `ask` choose by it, with --tag.

    \b
    assistant papers tag lezo shiRoute thesis
    assistant papers tag lezo thesis --remove
    assistant papers --tag thesis
    """
    with opened(config) as library:
        library.tag(keys, word, remove)
        known, tags = [library.paper(key).key for key in keys], library.tags()
    found = {key: tags.get(key, ()) for key in known}
    if json:
        print_json({"tags": {key: list(words) for key, words in found.items()}})
    else:
        for key, words in found.items():
            click.echo(f"{key}: {', '.join(words) or 'no tags'}")


@papers.command()
@click.argument("keys", metavar="[KEY...]", nargs=-1)
@selecting("Write")
@click.option("--format", type=click.Choice(FORMATS), default="bibtex", show_default=True, help="The form.")
@force
@click.option(
    "--output",
    metavar="FILE",
    type=OutputFile("w", "utf-8", atomic=True),
    default="-",
    help="Where to write it.  [default: stdout]",
)
@click.pass_obj
def export(
    config: Config, /, keys: tuple[str, ...], format: str, force: bool, output: TextIO, **selected: Any
) -> None:
    """Write papers as a bibliography, under their keys here.

    All, or those that are named or chosen. Each has its title, authors, year, venue, DOI, arXiv number, address and
    abstract, as far as they are known.

    \b
    assistant papers export --output papers.bib
    assistant papers export --format csl-json --author Liang --output liang.json
    """
    from assistant.selection import Selection
    from assistant.show import bibtex, csl, ris

    forms: dict[str, Callable[[Sequence[Paper]], str]] = {
        "bibtex": lambda found: bibtex.entries(found, abstracts=True),
        "ris": ris.entries,
        "csl-json": csl.entries,
    }
    with opened(config) as library:
        selection = Selection(keys, **selected)
        library.chosen(selection)
        found = library.listed(selection)
    click.echo(forms[format](found), file=output)
