"""``assistant check``."""

from pathlib import Path

import click
from click.exceptions import Exit

from assistant.cli.app import complain, remark
from assistant.cli.output import DO_NOT_SAY, footnote, print_json, window
from assistant.cli.session import opened, progress_bar
from assistant.config import Config

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
    "--all",
    "everything",
    is_flag=True,
    help="Also list what is supported, what the library's papers do not show, and where each work is cited that the"
    " library does not hold.",
)
@click.option("--tables", is_flag=True, help="Also check the rows of a LaTeX draft's tables that cite.")
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    default=0.0,
    help="Exit with 1 if less than this share (0 to 1) of the cited sentences could be checked.",
)
@click.option(
    "--format",
    type=click.Choice(["text", "lines", "json", "sarif", "html"]),
    default="text",
    show_default=True,
    help="How to print it; lines: file:line: message, for an editor; sarif: for a code host.",
)
@click.option("--json", is_flag=True, help="The same as --format json.")
@click.pass_obj
def check(
    config: Config,
    file: Path,
    bib: tuple[Path, ...],
    suggest: bool,
    tables: bool,
    everything: bool,
    least: float,
    format: str,
    json: bool,
) -> None:
    """Check that the papers say what FILE cites them for.

    FILE is a draft in LaTeX (.tex), Markdown (.md) or plain text (.txt). Its citations are keys of the library
    (assistant papers lists them), keys of a .bib file whose entries are matched to the library by DOI, arXiv
    number or title, or mentions such as "Shi et al. (2025)". A cited sentence is supported; or not shown by what
    the library holds, which is counted and listed with --all; or wrong: the cited paper denies it, or gives another
    figure, name, direction or order, or another paper says it and the cited one does not. If one is wrong, the exit
    code is 3; if nothing could be checked, or less than --least of it, 1.

    \b
    assistant check draft.tex
    assistant check --suggest --format lines notes.md
    """
    from assistant.show import checked
    from assistant.show.as_json import check_dict
    from assistant.show.checked_html import check_html
    from assistant.show.sarif import check_sarif

    with opened(config) as library, progress_bar() as progress:
        report = library.check(file, bibs=bib, suggest=suggest, tables=tables, progress=progress)
    form = "json" if json else format
    if form == "json":
        print_json(check_dict(report))
    elif form == "sarif":
        print_json(check_sarif(report, everything))
    elif form == "html":
        click.echo(check_html(report))
    elif form == "lines":
        if lines := checked.lines(report, everything):
            click.echo(lines)
    else:
        click.echo(checked.report(report, *window(), everything))
        for warning in report.warnings:
            remark(f"Warning: {warning}")
        footnote(checked.footer(report))
    if report.is_unchecked:
        complain(
            f"of the {len(report.absent)} works that {file} cites none is in the library: add them, or name the .bib"
            " file that says which they are, by --bib"
        )
        raise Exit(1)
    if not report.passed:
        raise Exit(DO_NOT_SAY)
    if report.checkable is not None and report.checkable < least:
        complain(f"{report.checkable:.0%} could be checked, less than --least {least:g}")
        raise Exit(1)
