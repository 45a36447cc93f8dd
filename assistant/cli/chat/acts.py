"""Commands of a chat that do something with the talk itself: who answers, its last question, and files made of it."""

from collections.abc import Callable
from pathlib import Path

from assistant.cli.chat.room import Room, answered
from assistant.cli.chat.views import Say
from assistant.cli.output import live_claims
from assistant.cli.writing import writable
from assistant.errors import UsageError
from assistant.show.plain import one_line


def model(room: Room, rest: str, say: Say) -> None:
    if rest:
        room.conversation.model = None if rest == "offline" else rest
    say(f"Answers are by {room.conversation.model or 'the papers themselves, offline'}.")


def retry(room: Room, rest: str, say: Say) -> None:
    live = live_claims()
    answered(room, lambda conversation, told: conversation.retry(live, told), live)


def undo(room: Room, rest: str, say: Say) -> None:
    say(f"Taken back: {one_line(room.conversation.undo().answer.question)}")


def new(room: Room, rest: str, say: Say) -> None:
    from assistant.chat import Conversation
    from assistant.chat.journal import Journal

    old = room.conversation
    journal = Journal(room.sessions, old.library.warnings.append)
    room.conversation = Conversation(old.library, old.model, old.selection, journal=journal, fast=old.fast)
    say("A new conversation; the last is kept, see /sessions.")


def save(room: Room, rest: str, say: Say) -> None:
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


def bib(room: Room, rest: str, say: Say) -> None:
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
