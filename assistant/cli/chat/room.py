"""What a chat is at hand with: the conversation, and how a turn of it is printed."""

from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.output import LiveClaims, print_answer, window
from assistant.cli.session import opened, show_warnings
from assistant.config import Config
from assistant.show.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.chat import Conversation, Reading, Turn
    from assistant.store.sessions import Sessions
    from assistant.types import Answer


@dataclass
class Room:
    """``saved``: files that this chat has written, and may write again."""

    conversation: "Conversation"
    sessions: "Sessions"
    saved: set[Path] = field(default_factory=set)


@contextmanager
def entered(config: Config, model: str | None, name: str | None, fast: bool = False) -> "Iterator[Room]":
    """A room with a new conversation, or with the stored one of that name. Raises UsageError, LibraryError."""
    from assistant.chat import Conversation
    from assistant.chat.journal import Journal
    from assistant.store.sessions import Sessions

    with opened(config) as library, closing(Sessions(library.folder)) as sessions:
        journal = Journal(sessions, library.warnings.append)
        if name is None:
            conversation = Conversation(library, model, journal=journal)
        else:
            conversation = Conversation.taken_up(library, name, model, journal)
        conversation.fast = fast
        yield Room(conversation, sessions)


def answered(
    room: Room,
    ask: "Callable[[Conversation, Callable[[Reading], None]], Answer]",
    live: LiveClaims | None = None,
    before: Callable[[], None] = lambda: None,
) -> "Answer":
    """Asks, and prints how the question was understood, and the answer. ``before`` is called before anything is
    printed."""

    def told(reading: "Reading") -> None:
        if reading.depends and reading.way != "unclear":
            before()
            click.echo(dim(f"~ {one_line(reading.text)}"))

    answer = ask(room.conversation, told)
    before()
    print_answer(answer, live=live)
    show_warnings(room.conversation.library)
    return answer


def dim(text: str) -> str:
    from assistant.show.window import DIM, paint, wrap

    width, colour = window()
    return "\n".join(paint(line, DIM, colour) for line in wrap(text, width, rest="  "))


def recalled(turns: "list[Turn]", shown: int = 1) -> str:
    """Where a conversation stands: its last turns, and what of all of it is not in the papers any more."""
    from assistant.chat.transcript import notes
    from assistant.show import terminal

    lines = []
    for turn in turns[-shown:]:
        lines += [
            f"> {one_line(turn.answer.question)}",
            *(dim(f"~ {one_line(note)}") for note in notes(turn)),
        ]
        if turn.is_answered:
            lines.append(terminal.answer(turn.answer, *window()))
    earlier = [line for turn in turns[:-shown] for line in turn.lost]
    return "\n".join([*dict.fromkeys(dim(f"~ {one_line(line)}") for line in earlier), *lines])
