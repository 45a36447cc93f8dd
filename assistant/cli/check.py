"""``assistant check``."""

from pathlib import Path

import click
from click.exceptions import Exit

from assistant.cli.output import DO_NOT_SAY, print_json, window
from assistant.cli.session import opened, progress_bar
from assistant.config import Config
from assistant.show.plain import one_line

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--bib",
    metavar="FILE",
    multiple=True,
    type=FILE,
    help="A .bib file that says what the draft's keys mean, beside those that it names; may be given several times.",
)
@click.option(
    "--suggest", is_flag=True, help="Also look for papers that support what is stated without a citation."
)
@click.option(
    "--format",
    type=click.Choice(["text", "lines", "json"]),
    default="text",
    show_default=True,
    help="How to print it; lines: file:line: message, for an editor.",
)
@click.option("--json", is_flag=True, help="The same as --format json.")
@click.pass_obj
def check(config: Config, file: Path, bib: tuple[Path, ...], suggest: bool, format: str, json: bool) -> None:
    """Check that the papers say what FILE cites them for.

    FILE is a draft in LaTeX (.tex), Markdown (.md) or plain text (.txt). Its citations are keys of the library
    (assistant papers lists them), keys of a .bib file whose entries are matched to the library by DOI, arXiv
    number or title, or mentions such as "Shi et al. (2025)". If a cited sentence is not supported, or
    contradicted, the exit code is 3.

    \b
    assistant check draft.tex
    assistant check --suggest --format lines notes.md
    """
    from assistant.show import checked
    from assistant.show.as_json import check_dict

    with opened(config) as library, progress_bar() as progress:
        report = library.check(file, bibs=bib, suggest=suggest, progress=progress)
    form = "json" if json else format
    if form == "json":
        print_json(check_dict(report))
    elif form == "lines":
        if lines := checked.lines(report):
            click.echo(lines)
    else:
        click.echo(checked.report(report, *window()))
        for warning in report.warnings:
            click.echo(f"Warning: {one_line(warning)}", err=True)
        click.echo(f"\n{checked.footer(report)}", err=True)
    if not report.passed:
        raise Exit(DO_NOT_SAY)
