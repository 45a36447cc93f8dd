"""A conversation: questions to one open library, each read in the light of the turns before, with source numbers
that run on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from assistant import model
from assistant.chat.answering import Answering, OnClaim
from assistant.chat.journal import FAILED, STOPPED, Journal, markers, turns
from assistant.chat.lookup import Names
from assistant.chat.referents import understood
from assistant.chat.talk import UNCLEAR, Reading, Turn, talk
from assistant.errors import AssistantError, UnknownPaper, UsageError
from assistant.library import Library
from assistant.selection import Selection
from assistant.text.stated import sendable, stated
from assistant.types import Answer, ChatModel, Claim, Reference


@dataclass
class Conversation:
    """Asks ``library`` in turn. ``model``: as for ``Library.ask``; ``selection``: the papers that are asked at all."""

    library: Library
    model: str | ChatModel | None = None
    selection: Selection = field(default_factory=Selection)
    turns: list[Turn] = field(default_factory=list)
    markers: dict[str, int] = field(default_factory=dict)
    """Paper key → its number."""
    journal: Journal | None = None
    fast: bool = False
    """As ``Library.ask`` has it."""
    failed: str = ""
    """The last question, if it failed before anything of an answer was shown."""

    @classmethod
    def taken_up(
        cls, library: Library, name: str, model: str | ChatModel | None, journal: Journal
    ) -> "Conversation":
        """The stored conversation ``name``, its citations verified again. Raises UsageError, LibraryError."""
        journal.id = journal.sessions.named(name)
        rows = journal.sessions.turns(journal.id)
        return cls(library, model, turns=turns(rows, library), markers=markers(rows), journal=journal)

    def load(self) -> None:
        """Loads what the first question would wait for. Raises as ``Library.ask``."""
        if isinstance(self.model, str):
            model.load()
        self.library.search("load", 1)

    def ask(
        self,
        question: str,
        on_claim: OnClaim | None = None,
        on_reading: Callable[[Reading], None] = lambda reading: None,
    ) -> Answer:
        """The answer, its papers numbered as in the turns before. ``on_reading`` is told how the question is
        understood, before anything is looked for; ``on_claim`` is called with each claim as it is settled. A turn
        that is interrupted is kept with what it had shown, as stopped; one that fails after it had shown something,
        as failed. Raises as ``Library.ask``."""
        question = stated(question)
        number = self.journal.asked(question) if self.journal else None
        self.failed = ""
        shown: list[Claim] = []
        reading = Reading(question)

        def told(claim: Claim) -> None:
            shown.append(claim)
            if on_claim:
                on_claim(claim)

        try:
            if any(map(str.isalnum, question)):  # what asks nothing is refused as it is
                reading = self.read(question)
            on_reading(reading)
            answer = self._answering().answer(question, reading, told)
        except KeyboardInterrupt:
            self._keep(Turn(reading, self._so_far(question, shown), STOPPED), number)
            raise
        except AssistantError as error:
            if shown:
                self._keep(Turn(reading, self._so_far(question, shown), FAILED), number)
            else:
                self.failed = question
                if self.journal:
                    self.journal.failed(number, str(error))
            raise
        if not answer.asked and reading.text != question and reading.way != UNCLEAR:
            answer = replace(answer, asked=reading.text)
        self._keep(Turn(reading, replace(answer, question=question)), number)
        return self.turns[-1].answer

    def _answering(self) -> Answering:
        return Answering(self.library, self.model, self.selection, self.turns, self.markers, self.fast)

    def read(self, question: str) -> Reading:
        """How the question is understood, after the turns before."""
        numbers: dict[int, str] = {}
        gone: dict[int, str] = {}
        for key, number in self.markers.items():
            (numbers if self._is_there(key) else gone)[number] = key
        talked = talk(self.turns, numbers, self.selection.papers, gone)
        return understood(question, talked, Names(self.library))

    def _is_there(self, key: str) -> bool:
        try:
            return bool(self.library.paper(key))
        except UnknownPaper:
            return False

    def sources(self) -> list[Reference]:
        """Every paper cited so far, by number."""
        found = {reference.marker: reference for turn in self.turns for reference in turn.answer.references}
        return [found[marker] for marker in sorted(found)]

    def stopped(self, question: str) -> None:
        """Keeps a question that was stopped before it was looked for."""
        question = sendable(question)
        number = self.journal.stopped(question) if self.journal else None
        self._keep(Turn(Reading(question), Answer(question, "abstained"), STOPPED), number)

    def retry(
        self, on_claim: OnClaim | None = None, on_reading: Callable[[Reading], None] = lambda reading: None
    ) -> Answer:
        """Asks the last question again, in place of its answer, which stays before what this has shown if it fails.
        Raises UsageError, and as ``Library.ask``."""
        if self.failed:
            return self.ask(self.failed, on_claim, on_reading)
        if not self.turns:
            raise UsageError("there is no question to ask again")
        last, place = self.turns.pop(), len(self.turns)
        try:
            answer = self.ask(last.answer.question, on_claim, on_reading)
        except AssistantError:
            self.failed = ""
            self.turns.insert(place, last)
            raise
        if self.journal:
            self.journal.undone(before=1)
        return answer

    def undo(self) -> Turn:
        """Takes back the last turn, which nothing refers to any more; its numbers stay given. Raises UsageError."""
        if not self.turns:
            raise UsageError("there is no turn to take back")
        if self.journal:
            self.journal.undone()
        return self.turns.pop()

    def _keep(self, turn: Turn, number: int | None) -> None:
        self.turns.append(turn)
        if self.journal:
            self.journal.settled(number, turn)

    def _so_far(self, question: str, claims: Sequence[Claim]) -> Answer:
        cited = {each.paper: each.marker for claim in claims for each in claim.cited}
        references = [Reference(marker, self.library.paper(key)) for key, marker in cited.items()]
        ordered = tuple(sorted(references, key=lambda each: each.marker))
        return Answer(question.strip(), "partial" if claims else "abstained", tuple(claims), ordered)
