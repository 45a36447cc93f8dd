"""Question and passages → a language model's claims, as they come, and what it says is missing.

Nothing here is believed; verification looks up every quote. What this file sees to is that it can, and that
nothing which came is lost: one exchange with the model holds its first reply, the continuation of one that was
cut off, further passages for what it found missing, and the claims that failed, sent back once.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import ModelError, ModelReply
from assistant.prompts import Prompt, load, tamed
from assistant.types import ChatModel, DraftClaim, Usage
from assistant.write.lines import LineReader
from assistant.write.reply import NUMBER, REPEATS, TOO_LONG, JsonReader, Reading, schema

OnClaim = Callable[[DraftClaim], None]
"""Called with each claim of a reply when its last character has come."""

CLAIMS = 8
"""Sentences of an answer at most: what a reader takes in."""
LONGEST = 700 * CLAIMS
"""Characters of an answer at most. Of real models' replies a claim takes 150 to 350 in JSON; one that goes on beyond
this repeats itself, and some do to the end of their context."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a model is asked to do with the passages. ``prompt``: the name of its words in prompts/; ``most``: claims at
    most; ``only``: the sentences that it is shown, by paper and number, None for all of each passage."""

    prompt: str = "answer"
    most: int = CLAIMS
    only: frozenset[tuple[str, int]] | None = None


ANSWER = Task()
_LINES = "-lines"


class Exchange:
    """One question's messages to ``model`` and its replies. ``prompt``: the task's, or the one with -lines to its name
    where the model cannot keep to JSON; ``unable``: the names of models that could not, which is kept up to date."""

    def __init__(
        self, model: ChatModel, question: str, unable: set[str] | None = None, task: Task = ANSWER
    ) -> None:
        self.model = model
        self._task = task
        self.question = question
        self.usage = Usage()
        self._unable = set() if unable is None else unable
        self.prompt = _prompt(self._task, model.name in self._unable)
        self._messages: list[dict[str, str]] = []

    @property
    def said(self) -> str:
        """Everything said so far, or about to be said besides the passages."""
        return "".join(each["content"] for each in self._messages) or self.prompt.text + self.question

    @property
    def asked_by(self) -> str | None:
        """Name and hash of the prompt that was answered; None before."""
        return f"{self.prompt.name}@{self.prompt.hash}" if self._messages else None

    def answer(self, passages: str, tags: Collection[str], on_claim: OnClaim) -> Reading:
        """The first reply, which points at ``tags``; in lines if it cannot be read as JSON, and continued once if it
        was cut off. Raises ModelError, ModelReply if it cannot be read in either form."""
        lines, malformed = self.model.name in self._unable, list[str]()
        for form in (lines, not lines):
            self._messages.clear()
            self.prompt = _prompt(self._task, form)
            text = self.prompt.fill(question=self.question, passages=passages, most=str(self._task.most))
            reading = self._asked(text, schema(tags), on_claim)
            if reading.readable:
                (self._unable.add if form else self._unable.discard)(self.model.name)
                if reading.whole or reading.ended:
                    return reading
                return self._continued(reading, tags, on_claim)
            if reading.cut:
                raise ModelReply(f"{self.model.name} broke off before its first claim; use another model")
            malformed += reading.malformed
        why = f" ({malformed[0]})" if malformed else ""
        raise ModelReply(
            f"{self.model.name} replied neither in the JSON nor in the lines that were asked for{why};"
            " ask again, or use another model"
        )

    def more(
        self, missing: Sequence[str], passages: str, tags: Collection[str], on_claim: OnClaim
    ) -> Reading:
        """What further passages say of what was ``missing``. Raises ModelError."""
        listed = "\n".join(f"- {tamed(part)}" for part in missing)
        text = load("more").fill(missing=listed, passages=passages)
        return self._asked(text, schema(tags), on_claim)

    def repaired(self, failed: Mapping[int, str], tags: Collection[str]) -> dict[int, DraftClaim | None]:
        """The claims that ``failed`` (number → what is wrong with which) written anew, None for those
        withdrawn; one that the model passes over is not in it. Raises ModelError."""
        listed = "\n".join(f"{number}. {tamed(told)}" for number, told in failed.items())
        reading = self._asked(load("repair").fill(failed=listed), schema(tags, number=NUMBER))
        rewritten: dict[int, DraftClaim | None] = {}
        for each in reading.claims:
            if each.number is not None and each.number in failed:
                withdrawn = each.claim.text.strip("\"'.()[] ").lower() in ("", "withdrawn", "withdraw")
                rewritten[each.number] = None if withdrawn else each.claim
        return rewritten

    def _continued(self, reading: Reading, tags: Collection[str], on_claim: OnClaim) -> Reading:
        """The reading with what was cut off, asked for once; it stands as it is if nothing more comes."""
        try:
            rest = self._asked(load("continue").fill(whole=str(len(reading.claims))), schema(tags), on_claim)
        except ModelError:
            return reading
        return Reading(
            reading.claims + rest.claims,
            reading.missing + rest.missing,
            reading.malformed + rest.malformed,
            rest.whole,
            rest.cut,
            rest.ended,
        )

    def _asked(self, text: str, form: dict[str, Any], on_claim: OnClaim | None = None) -> Reading:
        """One message more, and its reply read as it comes, until it is whole, repeats a claim, or is longer than
        any answer. A stream that breaks off counts as far as whole claims have come, if any have. Raises
        ModelError."""
        lines = self.prompt.name.endswith(_LINES)
        kind = LineReader if lines else JsonReader
        reader: LineReader | JsonReader = kind()
        handed = 0

        def take(piece: str) -> bool:
            nonlocal handed
            reader.feed(piece)
            while on_claim and handed < len(reader.reading.claims):
                handed += 1
                on_claim(reader.reading.claims[handed - 1].claim)
            if reader.reading.repeats:
                reader.reading.ended = REPEATS
            elif len(reader.text) > LONGEST * self._task.most / CLAIMS and not reader.reading.whole:
                reader.reading.ended = TOO_LONG
            return bool(reader.reading.ended)

        asked = [*self._messages, {"role": "user", "content": text}]
        try:
            reply = self.model.complete(asked, None if lines else form, take)
        except ModelError:
            if not reader.reading.claims:
                raise
            reader.reading.cut = True
        else:
            self.usage += reply.usage
            if not reply.text.startswith(reader.text):  # the stream was begun anew
                reader, handed = kind(), 0
            reader.reading.cut = reply.cut
            take(reply.text[len(reader.text) :])
        reading = reader.close()
        reading.whole = reading.whole and not reading.ended
        take("")
        self._messages = [*asked, {"role": "assistant", "content": reader.text}]
        return reading


def _prompt(task: Task, lines: bool) -> Prompt:
    return load(task.prompt + _LINES * lines)
