"""A conversation: questions to one open library, each read in the light of the turns before, with source numbers
that run on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from assistant import model
from assistant.chat.journal import STOPPED, Journal, markers, turns
from assistant.chat.record import verified
from assistant.chat.referents import understood
from assistant.chat.talk import AGAIN, ALONE, EACH, MORE, SHORTER, UNCLEAR, Reading, Turn, talk
from assistant.chat.wording import name_of, nameless, put_in
from assistant.errors import AssistantError, UsageError
from assistant.extract.authorship import asks_authors
from assistant.extract.candidates import stems
from assistant.extract.features import coverage
from assistant.extract.question import Question, name_keys, name_match
from assistant.library import Library, stated
from assistant.selection import Selection
from assistant.text.names import squashed
from assistant.text.rarity import rarity
from assistant.text.sentences import sentence_spans
from assistant.text.terms import fold
from assistant.types import Answer, ChatModel, Claim, Dropped, Paper, Reference, Usage

HELD = 0.5
"""The share of a question's words that a sentence must hold for its paper to be asked by its name: of 22 questions on
the paper spoken of 21 are answered, of 66 on another one 13; without, 19 and 12, and always by the name 22 and 51."""
NEAR = 8
"""Passages among whose papers a name is looked up."""

OnClaim = Callable[[Claim], None]


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
        that is interrupted is kept with what it had shown, as stopped. Raises as ``Library.ask``."""
        question = stated(question)
        number = self.journal.asked(question) if self.journal else None
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
            answer = self._answered(question, reading, told)
        except KeyboardInterrupt:
            self._keep(Turn(reading, self._so_far(question, shown), STOPPED), number)
            raise
        except AssistantError as error:
            if self.journal:
                self.journal.failed(number, str(error))
            raise
        if not answer.asked and reading.text != question and reading.way != UNCLEAR:
            answer = replace(answer, asked=reading.text)
        self._keep(Turn(reading, replace(answer, question=question)), number)
        return self.turns[-1].answer

    def read(self, question: str) -> Reading:
        """How the question is understood, after the turns before."""
        there = (
            set(self.library.passage_counts())
            if any(turn.lost for turn in self.turns)
            else self.markers.keys()
        )
        numbers = {number: key for key, number in self.markers.items() if key in there}
        return understood(question, talk(self.turns, numbers), _Names(self.library))

    def sources(self) -> list[Reference]:
        """Every paper cited so far, by number."""
        found = {reference.marker: reference for turn in self.turns for reference in turn.answer.references}
        return [found[marker] for marker in sorted(found)]

    def stopped(self, question: str) -> None:
        """Keeps a question that was stopped before it was asked."""
        number = self.journal.asked(question) if self.journal else None
        self._keep(Turn(Reading(question), Answer(question, "abstained"), STOPPED), number)

    def retry(
        self, on_claim: OnClaim | None = None, on_reading: Callable[[Reading], None] = lambda reading: None
    ) -> Answer:
        """Asks the last question again, in place of its answer, which stays if this fails. Raises UsageError, and as
        ``Library.ask``."""
        if not self.turns:
            raise UsageError("there is no question to ask again")
        last = self.turns.pop()
        try:
            answer = self.ask(last.answer.question, on_claim, on_reading)
        except AssistantError:
            self.turns.append(last)
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

    # a reading → its answer

    def _answered(self, question: str, reading: Reading, on_claim: OnClaim) -> Answer:
        if reading.way == UNCLEAR:
            near = tuple(map(self.library.paper, reading.papers))
            return Answer(question, "abstained", nearest=near, asks=reading.asks)
        if reading.way in (SHORTER, AGAIN):
            return self._repeated(reading)
        if reading.way == EACH:
            return _together([self._of(key, reading, on_claim) for key in reading.papers])
        if self.model and reading.depends and reading.way != MORE and self.turns:
            return self._asked(question, reading, on_claim, self.turns[-1].answer)
        return self._asked(reading.text, reading, on_claim)

    def _repeated(self, reading: Reading) -> Answer:
        """The answer before once more, or its first claim; verified again."""
        last = next(turn.answer for turn in reversed(self.turns) if turn.answer.claims)
        answer, _ = verified(last, self.library.paper)
        if reading.way == AGAIN or not answer.claims:
            return answer
        cited = answer.claims[0].markers
        return replace(
            answer,
            claims=answer.claims[:1],
            references=tuple(each for each in answer.references if each.marker in cited),
        )

    def _of(self, key: str, reading: Reading, on_claim: OnClaim) -> Answer:
        name = name_of(self.library.paper(key))
        text = f"Who wrote {name}?" if asks_authors(reading.text) else put_in(reading.text, name)
        return self._asked(text, replace(reading, papers=(key,)), on_claim)

    def _asked(self, text: str, reading: Reading, on_claim: OnClaim, before: Answer | None = None) -> Answer:
        """Without a model, one paper is asked without its name: a name that stands wherever it is looked for makes
        every sentence near it look like an answer (eval/LOG.md has by how much). By its name it is asked where a
        sentence of it holds half of the question."""
        if len(reading.papers) == 1 and reading.way != MORE and not self.model and not asks_authors(text):
            paper = self.library.paper(reading.papers[0])
            plain = nameless(text, name_of(paper))
            if Question(plain).words and plain != text:
                answer = self._put(plain, reading, on_claim, before)
                if answer.claims or held_at_best(plain, paper) < HELD:
                    return answer
        return self._put(text, reading, on_claim, before)

    def _put(self, text: str, reading: Reading, on_claim: OnClaim, before: Answer | None) -> Answer:
        wanted = self.selection
        if reading.way != ALONE and reading.papers:
            wanted = replace(wanted, papers=reading.papers)
        shown = [quote for turn in self.turns for quote in turn.quotes if quote.paper in reading.papers]
        return self.library.ask(
            text,
            wanted,
            model=self.model,
            markers=self.markers,
            before=before,
            shown=shown if reading.way == MORE else (),
            on_claim=on_claim,
        )


def held_at_best(question: str, paper: Paper) -> float:
    """The largest share of the question's words, by rarity, that one sentence of the paper holds."""
    weights = {word: rarity(word) for word in Question(question).words}
    spans = sentence_spans(paper.text, paper.body)
    return max((coverage(weights, stems(paper.text[start:end])) for start, end in spans), default=0.0)


def _together(answers: Sequence[Answer]) -> Answer:
    """The answers of several papers to one question as one."""
    kept = [answer for answer in answers if answer.claims]
    lacking = [
        f"{answer.nearest[0].name}: {'; '.join(answer.missing)}"
        for answer in answers
        if not answer.claims and answer.nearest
    ]
    references = {each.marker: each for answer in answers for each in answer.references}
    whole = len(kept) == len(answers) and all(answer.status == "answered" for answer in answers)
    return replace(
        answers[0],
        status=("answered" if whole else "partial") if kept else "abstained",
        claims=tuple(claim for answer in answers for claim in answer.claims),
        references=tuple(references[marker] for marker in sorted(references)),
        dropped=sum((answer.dropped for answer in answers), Dropped()),
        missing=tuple(lacking) or tuple(part for answer in answers for part in answer.missing),
        nearest=() if kept else tuple(dict.fromkeys(near for answer in answers for near in answer.nearest)),
        usage=sum((answer.usage for answer in answers), Usage()),
        seconds=sum(answer.seconds for answer in answers),
        asked="",
    )


class _Names:
    """The library as ``referents.Papers``."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def paper(self, key: str) -> Paper:
        return self._library.paper(key)

    def called(self, name: str) -> tuple[str, ...]:
        wanted = squashed(name)
        return tuple(paper.key for paper in self._near(name) if wanted and wanted in _names_of(paper))

    def bearing(self, name: str) -> tuple[str, ...]:
        return tuple(
            paper.key
            for paper in self._near(name)
            if name_match(name, name_keys(paper.text), set(), fold(paper.text)) == 1.0
        )

    def _near(self, name: str) -> list[Paper]:
        hits = self._library.search(name, NEAR)
        return [self._library.paper(key) for key in dict.fromkeys(hit.passage.paper for hit in hits)]


def _names_of(paper: Paper) -> set[str]:
    given = (name_of(paper), paper.title or "", paper.handle or "", paper.key)
    return {squashed(name) for name in given} - {""}
