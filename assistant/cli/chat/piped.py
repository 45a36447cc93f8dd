"""A chat from a pipe: a question a line, each followed by its answer."""

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click
from click.exceptions import Exit

from assistant.cli.app import complain
from assistant.cli.chat import commands
from assistant.cli.chat.room import Room, answered, entered
from assistant.cli.output import DO_NOT_SAY
from assistant.config import Config
from assistant.errors import AssistantError, LibraryError, ModelError, UsageError
from assistant.show.plain import one_line

if TYPE_CHECKING:
    from assistant.chat import Conversation, Reading
    from assistant.types import Answer

FAILED = 1


def talk(config: Config, model: str | None, name: str | None, json: bool, fast: bool) -> None:
    """Answers every line of stdin that is not blank. Leaves with 1 if one failed, else with 3 if one abstained."""
    failed = abstained = 0
    with entered(config, model, name, fast) as room:
        for line in _lines():
            try:
                if commands.is_command(line):
                    if not commands.run(room, line, err=json):
                        break
                else:
                    abstained += (_in_json if json else _in_text)(room, line).status == "abstained"
            except (ModelError, UsageError, LibraryError) as error:
                failed += 1
                _complain(line, error, json)
    if failed or abstained:
        raise Exit(FAILED if failed else DO_NOT_SAY)


def _lines() -> Iterator[str]:
    while data := sys.stdin.buffer.readline():
        if line := data.decode("utf-8", "replace").strip():
            yield line


def _in_text(room: Room, line: str) -> "Answer":
    def ask(conversation: "Conversation", told: "Callable[[Reading], None]") -> "Answer":
        def both(reading: "Reading") -> None:  # not before: a question that is refused is not repeated
            click.echo(f"> {one_line(line)}")
            told(reading)

        return conversation.ask(line, on_reading=both)

    answer = answered(room, ask)
    click.echo()
    return answer


def _in_json(room: Room, line: str) -> "Answer":
    from assistant.chat.transcript import objects

    answer = room.conversation.ask(line)
    _print_line({**objects(room.conversation.turns[-1:])[0], "session": _session(room)})
    return answer


def _complain(line: str, error: AssistantError, json: bool) -> None:
    if json:
        _print_line({"question": line, "status": "failed", "error": str(error)})
    complain(str(error))


def _print_line(value: dict[str, Any]) -> None:
    from assistant.show.as_json import line

    click.echo(line(value))


def _session(room: Room) -> str | None:
    return room.conversation.journal.id if room.conversation.journal else None
