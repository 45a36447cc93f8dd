"""How a question is understood → its answer, from the papers that it means and from no other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.chat.record import verified
from assistant.chat.talk import AGAIN, EACH, MORE, SHORTER, UNCLEAR, Reading, Turn
from assistant.chat.wording import nameless, put_in
from assistant.extract.authorship import asks_authors
from assistant.extract.candidates import stems
from assistant.extract.features import coverage
from assistant.extract.question import Question
from assistant.library import Library
from assistant.selection import Selection
from assistant.text.names import name_of
from assistant.text.rarity import rarity
from assistant.text.sentences import sentence_spans
from assistant.types import Answer, ChatModel, Claim, Dropped, Paper, Usage

HELD = 0.5
"""The share of a question's words that a sentence must hold for its paper to be asked by its name: of 22 questions on
the paper spoken of 21 are answered, of 66 on another one 13; without, 19 and 12, and always by the name 22 and 51."""

OnClaim = Callable[[Claim], None]


@dataclass(frozen=True)
class Answering:
    """What an answer is made with. ``turns``: those before; ``markers``: paper key → number, and papers that are cited
    for the first time get theirs there; ``fast``: as ``Library.ask`` has it."""

    library: Library
    model: str | ChatModel | None
    selection: Selection
    turns: Sequence[Turn]
    markers: dict[str, int]
    fast: bool = False

    def answer(self, question: str, reading: Reading, on_claim: OnClaim) -> Answer:
        """To ``question``, understood as ``reading``. Raises as ``Library.ask``."""
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
        sentence of it holds half of the question; by a whole title never, whose words would outweigh the question."""
        if len(reading.papers) == 1 and reading.way != MORE and not self.model and not asks_authors(text):
            paper = self.library.paper(reading.papers[0])
            name = name_of(paper)
            plain = nameless(text, name)
            if Question(plain).words and plain != text:
                answer = self._put(plain, reading, on_claim, before)
                if answer.claims or name.startswith("“") or held_at_best(plain, paper) < HELD:
                    return answer
        return self._put(text, reading, on_claim, before)

    def _put(self, text: str, reading: Reading, on_claim: OnClaim, before: Answer | None) -> Answer:
        wanted = replace(self.selection, papers=reading.papers) if reading.papers else self.selection
        shown = [quote for turn in self.turns for quote in turn.quotes if quote.paper in reading.papers]
        return self.library.ask(
            text,
            wanted,
            model=self.model,
            markers=self.markers,
            before=before,
            shown=shown if reading.way == MORE else (),
            on_claim=on_claim,
            fast=self.fast,
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
