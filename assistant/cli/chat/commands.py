"""``/commands`` of a chat: a line that opens with a slash → what is done."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.chat.room import Room, answered
from assistant.cli.output import live_claims, window
from assistant.cli.writing import writable
from assistant.errors import UsageError
from assistant.show.plain import one_line

if TYPE_CHECKING:
    from assistant.types import Paper

Say = Callable[[str], None]


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


# what there is to see


def _help(room: Room, rest: str, say: Say) -> None:
    from assistant.show.window import wrap

    width, _ = window()
    told = "Ask in words. Numbers of sources run on; “it”, “the second one”, “[3]”, “why?” and “more” are understood."
    say("\n".join(wrap(told, width)))
    column = max(len(f"/{name} {command.takes}") for name, command in COMMANDS.items()) + 2
    for name, command in COMMANDS.items():
        say("\n".join(wrap(command.does, width, f"{f'/{name} {command.takes}':<{column}}")))


def _sources(room: Room, rest: str, say: Say) -> None:
    from assistant.show import terminal

    say(terminal.references(room.conversation.sources(), *window()) or "Nothing is cited yet.")


def _quote(room: Room, rest: str, say: Say) -> None:
    from assistant.chat.quoted import in_place
    from assistant.show import parts
    from assistant.show.window import BOLD, DIM, painted, wrap

    width, colour = window()
    conversation = room.conversation
    for found in in_place(conversation.turns, _number(rest, "/quote"), conversation.library):
        place = parts.place(found.citation)
        say(
            f"[{found.citation.marker}] {one_line(found.paper.key)}"
            + (f", {one_line(place)}" if place else "")
        )
        for text, style in ((found.before, DIM), (found.citation.quote.text, BOLD), (found.after, DIM)):
            if text.strip():
                say("\n".join(painted(wrap(one_line(text), width, "  "), style, colour)))


def _open(room: Room, rest: str, say: Say) -> None:
    from assistant.chat.quoted import in_place

    found = in_place(room.conversation.turns, _number(rest, "/open"), room.conversation.library)[0]
    page, path = found.citation.page, Path(found.paper.source.file)
    say(one_line(f"{path}" + (f", page {page}" if page else "")))
    if not path.exists():
        raise UsageError(f"{path} is not there any more; what was read from it is in the library")
    if sys.stdout.isatty() and (sys.platform == "darwin" or _has_display()):
        click.launch(str(path))


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _papers(room: Room, rest: str, say: Say) -> None:
    from assistant.show.collection import papers_table

    words = rest.casefold().split()
    found = [paper for paper in room.conversation.library.papers() if _holds(paper, words)]
    say(papers_table(found, *window()) if found else f"No paper is called {rest!r}; /papers lists all.")


def _holds(paper: "Paper", words: list[str]) -> bool:
    about = " ".join([paper.key, paper.name, *paper.authors, str(paper.year or "")]).casefold()
    return all(word in about for word in words)


def _cost(room: Room, rest: str, say: Say) -> None:
    from assistant.types import Usage

    usage = sum((turn.answer.usage for turn in room.conversation.turns), Usage())
    tokens = usage.input_tokens + usage.output_tokens
    price = "price unknown" if usage.cost_usd is None else f"${usage.cost_usd:.4f}"
    say(f"{tokens:,} tokens, {price}" if tokens else "Nothing: no model was asked.")


def _sessions(room: Room, rest: str, say: Say) -> None:
    from assistant.cli.chat.kept import listed, session_lines

    rows = [line for row in listed(room.sessions) for line in session_lines(row)]
    say("\n".join(rows) if rows else "No conversation is kept here yet.")


# which papers


def _focus(room: Room, rest: str, say: Say) -> None:
    keys = [_key(room, word) for word in rest.replace(",", " ").split()]
    if not keys:
        raise UsageError("name papers to ask, by key or number: /focus KEY or /focus N; /papers lists them")
    _select(room, say, papers=tuple(dict.fromkeys(keys)))


def _key(room: Room, word: str) -> str:
    """The key that a word is, or the one behind a number. Raises UsageError."""
    number = word.strip("[]")
    if number.isdigit():
        found = [key for key, marker in room.conversation.markers.items() if marker == int(number)]
        if not found:
            raise UsageError(f"there is no source [{number}]; /sources lists them")
        return found[0]
    return room.conversation.library.paper(word).key


def _unfocus(room: Room, rest: str, say: Say) -> None:
    from assistant.selection import Selection

    room.conversation.selection = Selection()
    say("All papers are asked.")


def _since(room: Room, rest: str, say: Say) -> None:
    if not rest.isdigit():
        raise UsageError("name a year: /since 2020")
    _select(room, say, since=int(rest))


def _author(room: Room, rest: str, say: Say) -> None:
    if not rest:
        raise UsageError("name an author: /author NAME")
    _select(room, say, author=rest)


def _tag(room: Room, rest: str, say: Say) -> None:
    if not rest:
        raise UsageError("name a tag: /tag WORD; papers get it by: assistant papers tag KEY WORD")
    _select(room, say, tag=rest)


def _select(room: Room, say: Say, **wanted: Any) -> None:
    """Asks only these from now on, if there are any. Raises UsageError."""
    chosen = replace(room.conversation.selection, **wanted)
    there = room.conversation.library.chosen(chosen)
    room.conversation.selection = chosen
    what = one_line(", ".join(there[:4]) + (" ..." if len(there) > 4 else ""))
    say(f"{len(there)} paper{'s are' if len(there) != 1 else ' is'} asked: {what}. /unfocus asks all.")


# the talk itself


def _model(room: Room, rest: str, say: Say) -> None:
    if rest:
        room.conversation.model = None if rest == "offline" else rest
    say(f"Answers are by {room.conversation.model or 'the papers themselves, offline'}.")


def _retry(room: Room, rest: str, say: Say) -> None:
    live = live_claims()
    answered(room, lambda conversation, told: conversation.retry(live, told), live)


def _undo(room: Room, rest: str, say: Say) -> None:
    say(f"Taken back: {one_line(room.conversation.undo().answer.question)}")


def _new(room: Room, rest: str, say: Say) -> None:
    from assistant.chat import Conversation
    from assistant.chat.journal import Journal

    old = room.conversation
    journal = Journal(room.sessions, old.library.warnings.append)
    room.conversation = Conversation(old.library, old.model, old.selection, journal=journal)
    say("A new conversation; the last is kept, see /sessions.")


def _save(room: Room, rest: str, say: Say) -> None:
    from assistant.chat import transcript
    from assistant.show.as_json import document

    turns = room.conversation.turns
    forms: dict[str, Callable[[str], str]] = {
        ".md": lambda title: transcript.markdown(turns, title),
        ".html": lambda title: transcript.html(turns, title),
        ".json": lambda title: document(transcript.objects(turns)),
    }
    if not turns:
        raise UsageError("there is nothing to save yet")
    form = forms.get(Path(rest).suffix.lower())
    if form is None:
        raise UsageError("name a file that ends in .md, .html or .json: /save talk.md")
    _write(room, rest, form(turns[0].answer.question), say)


def _bib(room: Room, rest: str, say: Say) -> None:
    from assistant.show import bibtex

    cited = [reference.paper for reference in room.conversation.sources()]
    if not cited:
        raise UsageError("nothing is cited yet")
    if Path(rest).suffix.lower() != ".bib":
        raise UsageError("name a file that ends in .bib: /bib talk.bib")
    _write(room, rest, bibtex.entries(cited), say)


def _write(room: Room, name: str, text: str, say: Say) -> None:
    """A file that is not there yet, or is of this chat. Raises UsageError."""
    path = writable(name)
    try:
        with path.open("w" if path.resolve() in room.saved else "x", encoding="utf-8") as file:
            file.write(text + "\n")
    except FileExistsError as error:
        raise UsageError(f"{path} is there already; name another file") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); name another file") from error
    room.saved.add(path.resolve())
    say(f"Written: {one_line(str(path))}")


def _number(text: str, command: str) -> int:
    number = text.strip("[] ")
    if not number.isdigit():
        raise UsageError(f"name the number of a source: {command} 1")
    return int(number)


def _quit(room: Room, rest: str, say: Say) -> None:
    """``run`` leaves before this."""


COMMANDS = {
    "help": Command("", "this page", _help),
    "sources": Command("", "every paper cited so far", _sources),
    "quote": Command("N", "what is quoted of source N, in the text around it", _quote),
    "open": Command("N", "the file of source N, in its viewer where there is one", _open),
    "papers": Command("[WORDS]", "the papers, or those called so", _papers),
    "focus": Command("KEY|N ...", "ask only these papers", _focus),
    "since": Command("YEAR", "ask only papers of this year or later", _since),
    "author": Command("NAME", "ask only papers by this author", _author),
    "tag": Command("WORD", "ask only papers with this tag", _tag),
    "unfocus": Command("", "ask all papers again", _unfocus),
    "model": Command("NAME|offline", "who writes the answers", _model),
    "retry": Command("", "ask the last question again, in place of its answer", _retry),
    "undo": Command("", "take the last question back", _undo),
    "save": Command("FILE", "write the talk to FILE.md, FILE.html or FILE.json", _save),
    "bib": Command("FILE.bib", "write what is cited as BibTeX", _bib),
    "cost": Command("", "what the model was sent, and what it cost", _cost),
    "new": Command("", "begin a new conversation", _new),
    "sessions": Command("", "the conversations that are kept", _sessions),
    "quit": Command("", "leave (so does Ctrl-D); Ctrl-C stops an answer", _quit),
}
