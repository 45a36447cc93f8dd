"""Commands of a chat that show something: what is cited, where it stands, the papers, the cost, the conversations."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.chat.room import Room
from assistant.cli.output import window
from assistant.errors import UsageError
from assistant.show.plain import one_line

if TYPE_CHECKING:
    from assistant.types import Paper

Say = Callable[[str], None]


def sources(room: Room, rest: str, say: Say) -> None:
    from assistant.show import terminal

    say(terminal.references(room.conversation.sources(), *window()) or "Nothing is cited yet.")


def quote(room: Room, rest: str, say: Say) -> None:
    from assistant.chat.quoted import cited
    from assistant.show import parts
    from assistant.show.window import BOLD, DIM, painted, wrap

    width, colour = window()
    number = _number(rest, "/quote")
    source = cited(room.conversation.turns, number, room.conversation.library)
    for found in source.quotes:
        place = parts.place(found.citation)
        say(f"[{number}] {one_line(source.paper.key)}" + (f", {one_line(place)}" if place else ""))
        for text, style in ((found.before, DIM), (found.citation.quote.text, BOLD), (found.after, DIM)):
            if text.strip():
                say("\n".join(painted(wrap(one_line(text), width, "  "), style, colour)))
    for each in source.recorded:
        say(f"[{number}] {one_line(source.paper.key)}, on record")
        say("\n".join(wrap(one_line(parts.on_record(each)), width, "  ")))


def open_file(room: Room, rest: str, say: Say) -> None:
    from assistant.chat.quoted import cited

    found = cited(room.conversation.turns, _number(rest, "/open"), room.conversation.library)
    page, path = found.page, Path(found.paper.source.file)
    say(one_line(f"{path}" + (f", page {page}" if page else "")))
    if not path.exists():
        raise UsageError(f"{path} is not there any more; what was read from it is in the library")
    if sys.stdout.isatty() and (sys.platform == "darwin" or _has_display()):
        click.launch(str(path))


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def papers(room: Room, rest: str, say: Say) -> None:
    from assistant.show.collection import papers_table

    words = rest.casefold().split()
    found = [paper for paper in room.conversation.library.papers() if _holds(paper, words)]
    say(papers_table(found, *window()) if found else f"No paper is called {rest!r}; /papers lists all.")


def _holds(paper: "Paper", words: list[str]) -> bool:
    about = " ".join([paper.key, paper.name, *paper.authors, str(paper.year or "")]).casefold()
    return all(word in about for word in words)


def cost(room: Room, rest: str, say: Say) -> None:
    from assistant.types import Usage

    usage = sum((turn.answer.usage for turn in room.conversation.turns), Usage())
    tokens = usage.input_tokens + usage.output_tokens
    price = "price unknown" if usage.cost_usd is None else f"${usage.cost_usd:.4f}"
    say(f"{tokens:,} tokens, {price}" if tokens else "Nothing: no model was asked.")


def sessions(room: Room, rest: str, say: Say) -> None:
    from assistant.cli.chat.kept import listed, session_lines

    rows = [line for row in listed(room.sessions) for line in session_lines(row)]
    say("\n".join(rows) if rows else "No conversation is kept here yet.")


def _number(text: str, command: str) -> int:
    number = text.strip("[] ")
    if not number.isdigit():
        raise UsageError(f"name the number of a source: {command} 1")
    return int(number)
