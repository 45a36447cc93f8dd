"""Commands of a chat that say which papers are asked."""

from dataclasses import replace
from typing import Any

from assistant.cli.chat.room import Room
from assistant.cli.chat.views import Say
from assistant.errors import UsageError
from assistant.show.plain import one_line
from assistant.text.names import goes_by

_NAMED = 4
"""Papers that are named where more are asked."""


def focus(room: Room, rest: str, say: Say) -> None:
    keys = [_key(room, word) for word in rest.replace(",", " ").split()]
    if not keys:
        raise UsageError("name papers to ask, by key or number: /focus KEY or /focus N; /papers lists them")
    _select(room, say, papers=tuple(dict.fromkeys(keys)))


def _key(room: Room, word: str) -> str:
    """The key that a word is, or the one of the only paper called so, or behind a number. Raises UsageError."""
    number = word.strip("[]")
    if number.isdigit():
        found = [key for key, marker in room.conversation.markers.items() if marker == int(number)]
        if not found:
            raise UsageError(f"there is no source [{number}]; /sources lists them")
        return found[0]
    library = room.conversation.library
    called = [paper.key for paper in library.papers() if goes_by(paper, word)]
    return called[0] if len(called) == 1 else library.paper(word).key


def unfocus(room: Room, rest: str, say: Say) -> None:
    from assistant.selection import Selection

    room.conversation.selection = Selection()
    say("All papers are asked.")


def since(room: Room, rest: str, say: Say) -> None:
    if not rest.isdigit():
        raise UsageError("name a year: /since 2020")
    _select(room, say, since=int(rest))


def author(room: Room, rest: str, say: Say) -> None:
    if not rest:
        raise UsageError("name an author: /author NAME")
    _select(room, say, author=rest)


def tag(room: Room, rest: str, say: Say) -> None:
    if not rest:
        raise UsageError("name a tag: /tag WORD; papers get it by: assistant papers tag KEY WORD")
    _select(room, say, tag=rest)


def _select(room: Room, say: Say, **wanted: Any) -> None:
    """Asks only these from now on, if there are any. Raises UsageError."""
    chosen = replace(room.conversation.selection, **wanted)
    there = room.conversation.library.chosen(chosen)
    room.conversation.selection = chosen
    many = f" and {len(there) - _NAMED} more" if len(there) > _NAMED else ""
    what = one_line(", ".join(there[:_NAMED]))
    say(f"{len(there)} paper{'s are' if len(there) != 1 else ' is'} asked: {what}{many}. /unfocus asks all.")
