"""The command line: parse, call Library, print. One module a command group.

What is slow to import (Library, and what shows its answers) is imported inside the commands' bodies, so that
help comes at once.
"""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from assistant.cli.add import add
from assistant.cli.app import MODEL, SERVER, App, Folder, Place, read_settings, remark
from assistant.cli.ask import ask
from assistant.cli.backup import backup, restore
from assistant.cli.chat import chat
from assistant.cli.check import check
from assistant.cli.compare import compare
from assistant.cli.disagree import disagree
from assistant.cli.papers import papers
from assistant.cli.reindex import reindex
from assistant.cli.search import search
from assistant.cli.status import status
from assistant.cli.summarize import summarize
from assistant.cli.transfer import pull, push
from assistant.cli.trust import trust
from assistant.config import Config, ModelConfig, ServerConfig

COMMANDS = (
    *(add, ask, backup, chat, check, compare, disagree, papers, pull, push, reindex, restore, search, status),
    *(summarize, trust),
)
FOLDER = Folder()
ORDER = """Each option can also be set by a variable (ASSISTANT_LIBRARY, ASSISTANT_ASK_MODEL ...) or in
assistant.toml (library = "DIR"; [ask] model = "NAME"). A flag wins over a variable, a variable over the file.

Exit codes: 0 done or answered, 1 fault, 2 wrong usage, 3 the papers do not say (check: what is cited
for it), 130 interrupted."""


@click.group(
    cls=App,
    commands=COMMANDS,
    epilog=ORDER,
    context_settings={"auto_envvar_prefix": "ASSISTANT", "help_option_names": ["-h", "--help"]},
)
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    is_eager=True,
    expose_value=False,
    callback=read_settings,
    help="The settings file.  [default: ./assistant.toml, if there is one]",
)
@click.option(
    "--library",
    metavar="DIR",
    type=Place(),
    help="The library's folder, or chroma://host:port/NAME.  [default: ./library]",
)
@click.option("--weights", metavar="DIR", type=FOLDER, help="A folder with the local embedder's files.")
@click.option("--cache", metavar="DIR", type=FOLDER, help="Where built models are kept.")
@click.option("--threads", metavar="N", type=click.IntRange(1, 256), help="Cores that embedding may use.")
@click.version_option(package_name="assistant")
@click.pass_context
def main(ctx: click.Context, /, **settings: Any) -> None:
    """Ask your own papers: every sentence of an answer stands on a quote that was found in a paper.

    \b
    assistant add ~/papers
    assistant ask What does LeZO save?
    """
    if isinstance(sys.stdout, TextIOWrapper):  # one that lacks “ or é shows their codes
        sys.stdout.reconfigure(errors="backslashreplace")
    given = {name: value for name, value in settings.items() if value is not None}
    ctx.obj = Config(
        **given,
        model=ModelConfig(**ctx.meta.get(MODEL, {})),
        server=ServerConfig(**ctx.meta.get(SERVER, {})),
    )
    if ctx.obj.model.distrusted and ctx.invoked_subcommand != trust.name:
        remark(
            f"Warning: {ctx.obj.model.distrusted} is not trusted, so the server, key, models or places to write that it"
            " names are left out; read it, then: assistant trust"
        )
