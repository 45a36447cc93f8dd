"""``/commands`` of a chat: a line that opens with a slash → what is done."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

import click

from assistant.cli.chat import acts, selecting, views
from assistant.cli.chat.room import Room
from assistant.cli.chat.views import Say
from assistant.cli.output import window
from assistant.errors import UsageError
from assistant.show.plain import one_line


@dataclass(frozen=True, slots=True)
class Command:
    """``takes``: what stands behind its name; ``does``: one line of help; ``run``: handed the room, what stands behind
    the name, and where to print."""

    takes: str
    does: str
    run: Callable[[Room, str, Say], None]


def is_command(line: str) -> bool:
    return line.startswith("/") or line in ("quit", "exit", "help")


def run(room: Room, line: str, err: bool = False) -> bool:
    """Does what a line says, and prints to stdout, or stderr if ``err``. False if it says to leave. Raises UsageError
    for an unknown command, naming the nearest."""
    name, _, rest = line.removeprefix("/").strip().partition(" ")
    if name in ("quit", "exit", "q"):
        return False
    command = COMMANDS.get(name)
    if command is None:
        near = get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
        hint = f"did you mean /{near[0]}?" if near else "see /help"
        raise UsageError(f"there is no command /{one_line(name)}; {hint}")
    command.run(room, rest.strip(), lambda text: click.echo(text, err=err))
    return True


def _help(room: Room, rest: str, say: Say) -> None:
    from assistant.show.window import wrap

    width, _ = window()
    told = "Ask in words. Numbers of sources run on; “it”, “the second one”, “[3]”, “why?” and “more” are understood."
    keys = (
        "Alt-Enter begins a new line, Ctrl-R searches what was asked, Tab completes commands, keys and names."
    )
    say("\n".join([*wrap(told, width), *wrap(keys, width)]))
    column = max(len(f"/{name} {command.takes}") for name, command in COMMANDS.items()) + 2
    for name, command in COMMANDS.items():
        say("\n".join(wrap(command.does, width, f"{f'/{name} {command.takes}':<{column}}")))


def _quit(room: Room, rest: str, say: Say) -> None:
    """``run`` leaves before this."""


COMMANDS = {
    "help": Command("", "this page", _help),
    "sources": Command("", "every paper cited so far", views.sources),
    "quote": Command("N", "what source N says, in its context", views.quote),
    "open": Command("N", "the file of source N, in its viewer", views.open_file),
    "papers": Command("[WORDS]", "the papers, or those called so", views.papers),
    "focus": Command("KEY|N ...", "ask only these papers", selecting.focus),
    "since": Command("YEAR", "ask only papers of this year or later", selecting.since),
    "author": Command("NAME", "ask only papers by this author", selecting.author),
    "tag": Command("WORD", "ask only papers with this tag", selecting.tag),
    "unfocus": Command("", "ask all papers again", selecting.unfocus),
    "model": Command("NAME|offline", "who writes the answers", acts.model),
    "retry": Command("", "ask the last question again", acts.retry),
    "undo": Command("", "take the last question back", acts.undo),
    "save": Command("FILE", "write the talk (.md, .html or .json)", acts.save),
    "bib": Command("FILE.bib", "write what is cited as BibTeX", acts.bib),
    "cost": Command("", "what the model was sent, and its cost", views.cost),
    "new": Command("", "begin a new conversation", acts.new),
    "sessions": Command("", "the conversations that are kept", views.sessions),
    "quit": Command("", "leave (Ctrl-D); Ctrl-C stops an answer", _quit),
}
