"""Question and passages → a language model's claims, as they come, and what it says is missing.

Nothing here is believed; verification looks up every quote. What this file sees to is that it can, and that
nothing which came is lost: one exchange with the model holds its first reply, the continuation of one that was
cut off, further passages for what it found missing, and the claims that failed, sent back once.
"""

from collections.abc import Callable, Mapping, Sequence

from assistant.errors import ModelError, ModelReply
from assistant.prompts import Prompt, load, tamed
from assistant.types import ChatModel, DraftClaim, Usage
from assistant.write.lines import LineReader
from assistant.write.reply import NUMBERED, SCHEMA, JsonReader, Reading

OnClaim = Callable[[DraftClaim], None]
"""Called with each claim of a reply when its last character has come."""

_in_lines: set[str] = set()
"""Names of models that could not keep to JSON and did to lines: asked for lines from then on."""


class Exchange:
    """One question's messages to ``model`` and its replies. ``prompt``: prompts/answer.md, or answer-tagged.md
    where the model cannot keep to JSON."""

    def __init__(self, model: ChatModel, question: str) -> None:
        self.model = model
        self.question = question
        self.usage = Usage()
        self.prompt = _prompt(model.name in _in_lines)
        self._messages: list[dict[str, str]] = []

    @property
    def said(self) -> str:
        """Everything said so far, or about to be said besides the passages."""
        return "".join(each["content"] for each in self._messages) or self.prompt.text + self.question

    @property
    def asked_by(self) -> str | None:
        """Name and hash of the prompt that was answered; None before."""
        return f"{self.prompt.name}@{self.prompt.hash}" if self._messages else None

    def answer(self, passages: str, on_claim: OnClaim) -> Reading:
        """The first reply; in lines if it cannot be read as JSON, and continued once if it was cut off. Raises
        ModelError, ModelReply if it cannot be read in either form."""
        lines, malformed = self.model.name in _in_lines, list[str]()
        for form in (lines, not lines):
            self._messages.clear()
            self.prompt = _prompt(form)
            text = self.prompt.fill(question=self.question, passages=passages)
            reading = self._asked(text, on_claim)
            if reading.readable:
                (_in_lines.add if form else _in_lines.discard)(self.model.name)
                return reading if reading.whole else self._continued(reading, on_claim)
            if reading.cut:
                raise ModelReply(f"{self.model.name} broke off before its first claim; use another model")
            malformed += reading.malformed
        why = f" ({malformed[0]})" if malformed else ""
        raise ModelReply(
            f"{self.model.name} replied neither in the JSON nor in the lines that were asked for{why};"
            " ask again, or use another model"
        )

    def more(self, missing: Sequence[str], passages: str, on_claim: OnClaim) -> Reading:
        """What further passages say of what was ``missing``. Raises ModelError."""
        listed = "\n".join(f"- {tamed(part)}" for part in missing)
        return self._asked(load("more").fill(missing=listed, passages=passages), on_claim)

    def repaired(self, failed: Mapping[int, str]) -> dict[int, DraftClaim | None]:
        """The claims that ``failed`` (number → what is wrong with which) written anew, None for those
        withdrawn; one that the model passes over is not in it. Raises ModelError."""
        listed = "\n".join(f"{number}. {tamed(told)}" for number, told in failed.items())
        reading = self._asked(load("repair").fill(failed=listed))
        rewritten: dict[int, DraftClaim | None] = {}
        for each in reading.claims:
            if each.number is not None and each.number in failed:
                withdrawn = each.claim.text.strip("\"'.()[] ").lower() in ("", "withdrawn", "withdraw")
                rewritten[each.number] = None if withdrawn else each.claim
        return rewritten

    def _continued(self, reading: Reading, on_claim: OnClaim) -> Reading:
        """The reading with what was cut off, asked for once; it stands as it is if nothing more comes."""
        try:
            rest = self._asked(load("continue").fill(whole=str(len(reading.claims))), on_claim)
        except ModelError:
            return reading
        return Reading(
            reading.claims + rest.claims,
            reading.missing + rest.missing,
            reading.malformed + rest.malformed,
            rest.whole,
            rest.cut,
        )

    def _asked(self, text: str, on_claim: OnClaim | None = None) -> Reading:
        """One message more, and its reply read as it comes. Without ``on_claim`` the claims bear numbers. A
        stream that breaks off counts as far as whole claims have come, if any have. Raises ModelError."""
        lines = self.prompt.name == "answer-tagged"
        schema = None if lines else SCHEMA if on_claim else NUMBERED
        kind = LineReader if lines else JsonReader
        reader: LineReader | JsonReader = kind()
        handed = 0

        def take(piece: str) -> None:
            nonlocal handed
            reader.feed(piece)
            while on_claim and handed < len(reader.reading.claims):
                handed += 1
                on_claim(reader.reading.claims[handed - 1].claim)

        asked = [*self._messages, {"role": "user", "content": text}]
        try:
            reply = self.model.complete(asked, schema, take)
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
        take("")
        self._messages = [*asked, {"role": "assistant", "content": reader.text}]
        return reading


def _prompt(lines: bool) -> Prompt:
    return load("answer-tagged" if lines else "answer")
