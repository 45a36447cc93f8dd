"""A conversation that cannot be kept for a while: what is said, and what is kept afterwards."""

from pathlib import Path

import pytest

from assistant.chat.journal import Journal
from assistant.chat.talk import Reading, Turn
from assistant.errors import LibraryError
from assistant.store.sessions import Sessions
from assistant.types import Answer


class Stuck(Sessions):
    """Cannot be written while ``stuck``, or, if ``half``, can be asked but not settled."""

    stuck = half = False

    def ask(self, session: str, question: str) -> int:
        if self.stuck:
            raise LibraryError("it is locked")
        return super().ask(session, question)

    def settle(
        self, session: str, number: int, state: str, text: str = "", record: str | None = None
    ) -> None:
        if self.stuck or self.half:
            raise LibraryError("it is locked")
        super().settle(session, number, state, text, record)


class Kept:
    """A journal, and what it warned of."""

    def __init__(self, folder: Path) -> None:
        self.sessions = Stuck(folder)
        self.warned: list[str] = []
        self.journal = Journal(self.sessions, self.warned.append)

    def say(self, question: str) -> None:
        number = self.journal.asked(question)
        self.journal.settled(number, Turn(Reading(question), Answer(question, "abstained")))

    def turns(self) -> list[tuple[str, str]]:
        return [(row.question, row.state) for row in self.sessions.turns(self.journal.id)]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def test_what_was_missed_is_kept_before_the_next_turn_that_can_be(kept: Kept) -> None:
    kept.say("one?")
    kept.sessions.stuck = True
    kept.say("two?")
    kept.say("three?")
    assert kept.turns() == [("one?", "done")]
    kept.sessions.stuck = False
    kept.say("four?")
    assert kept.turns() == [(each, "done") for each in ("one?", "two?", "three?", "four?")]
    assert kept.warned == [
        "this conversation is not kept: it is locked",
        "this conversation is kept again, with what was missed",
    ]
    kept.sessions.stuck = True
    kept.say("five?")
    assert len(kept.warned) == 3, "another breakdown is told, too"


def test_a_question_that_was_kept_without_its_answer_is_not_kept_twice(kept: Kept) -> None:
    kept.sessions.half = True
    kept.say("one?")
    kept.say("two?")
    assert kept.turns() == [("one?", "asked")]
    kept.sessions.half = False
    kept.say("three?")
    assert kept.turns() == [("one?", "done"), ("two?", "done"), ("three?", "done")]


def test_what_is_missed_twice_is_kept_once(kept: Kept) -> None:
    kept.sessions.stuck = True
    kept.say("one?")
    kept.sessions.stuck, kept.sessions.half = False, True
    kept.say("two?")
    kept.sessions.half = False
    kept.say("three?")
    assert kept.turns() == [("one?", "done"), ("two?", "done"), ("three?", "done")]


def test_what_was_missed_can_be_taken_back(kept: Kept) -> None:
    kept.say("one?")
    kept.sessions.stuck = True
    kept.say("two?")
    kept.say("three?")
    kept.journal.undone(before=1)
    kept.sessions.stuck = False
    kept.journal.undone()
    kept.journal.undone()
    kept.say("four?")
    assert kept.turns() == [("four?", "done")]
