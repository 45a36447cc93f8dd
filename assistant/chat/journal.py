"""A conversation, kept as it happens, and taken up again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from assistant.chat.record import numbers, record, restored
from assistant.chat.talk import Reading, Turn
from assistant.errors import LibraryError
from assistant.library import Library
from assistant.store.sessions import ASKED, UNDONE, Row, Sessions, new_id
from assistant.types import Answer

STOPPED, FAILED = "stopped", "failed"
T = TypeVar("T")


@dataclass
class Journal:
    """Keeps one conversation. Where it cannot be kept, ``warn`` is told once, and the talk goes on; what was missed is
    kept before the next turn that can be."""

    sessions: Sessions
    warn: Callable[[str], None] = lambda line: None
    id: str = field(default_factory=new_id)
    _able: bool = True
    _missed: list[tuple[int | None, Turn]] = field(default_factory=list)
    """The turns that could not be stored, each with its number, if its question could."""

    def asked(self, question: str) -> int | None:
        """The number of the turn, stored before it is answered."""
        return self._kept(lambda: self._ask(question))

    def _ask(self, question: str) -> int:
        while self._missed:
            number, turn = self._missed[0]
            number = number or self.sessions.ask(self.id, turn.answer.question)
            self._missed[0] = number, turn
            self._settle(number, turn)
            del self._missed[0]
        return self.sessions.ask(self.id, question)

    def stopped(self, question: str) -> int | None:
        """The number of a turn that was stopped, perhaps between its being stored and anybody's knowing its number."""
        return self._kept(lambda: self._waiting(question) or self._ask(question))

    def _waiting(self, question: str) -> int | None:
        last = self.sessions.turns(self.id)[-1:]
        return next((row.number for row in last if (row.question, row.state) == (question, ASKED)), None)

    def settled(self, number: int | None, turn: Turn) -> None:
        if number is None or not self._kept(lambda: self._settle(number, turn)):
            self._missed.append((number, turn))

    def _settle(self, number: int, turn: Turn) -> bool:
        self.sessions.settle(self.id, number, turn.state, turn.answer.text, record(turn))
        return True

    def failed(self, number: int | None, why: str) -> None:
        if number is not None:
            self._kept(lambda: self.sessions.settle(self.id, number, FAILED, why))

    def undone(self, before: int = 0) -> None:
        """Takes back the last turn that is kept, or one ``before`` it."""
        if before < len(self._missed):
            del self._missed[-1 - before]
        else:
            self._kept(lambda: self._undo(before - len(self._missed)))

    def _undo(self, before: int) -> None:
        rows = [row for row in self.sessions.turns(self.id) if row.record][: -before or None]
        if rows:
            self.sessions.settle(self.id, rows[-1].number, UNDONE, rows[-1].text)

    def _kept(self, keep: Callable[[], T]) -> T | None:
        try:
            found = keep()
        except LibraryError as error:
            if self._able:
                self.warn(f"this conversation is not kept: {error}")
            self._able = False
            return None
        if not self._able:
            self.warn("this conversation is kept again, with what was missed")
        self._able = True
        return found


def turns(rows: list[Row], library: Library) -> list[Turn]:
    """The turns of stored rows, verified again. A question that was never answered is one that was stopped."""
    found = []
    for row in rows:
        try:
            found.append(restored(row.record or "", library.paper))
        except (ValueError, KeyError, TypeError):
            state = STOPPED if row.state == ASKED else row.state
            found.append(Turn(Reading(row.question), Answer(row.question, "abstained"), state))
    return found


def markers(rows: list[Row]) -> dict[str, int]:
    """Paper key → number, of a stored conversation."""
    found: dict[str, int] = {}
    for row in rows:
        if row.record:
            found |= numbers(row.record)
    return found
