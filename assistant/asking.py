"""Parts of one thing, each with its sentences → a language model's drafts of them, a request for each.

The model is an engine as for questions: it is shown numbered sentences and points at them, and each claim of its is
checked. Before several requests what they will cost is told; what was replied before one that fails stays in the
model's memory of replies, so that the same command goes on from there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.errors import ModelError
from assistant.types import (
    ChatModel,
    Checked,
    Claim,
    ClaimCheck,
    Draft,
    DraftClaim,
    Hit,
    Offered,
    Order,
    PaperCatalog,
    Sentence,
)
from assistant.write.engine import Writer
from assistant.write.exchange import Task

_TOKENS = 45
"""Of a sentence with its tag, and of a claim with its tags, about."""
_PROMPT = 700
"""Tokens of the words around the sentences, about."""

Notify = Callable[[str], None]
Progress = Callable[[str, int, int], None]
"""Called before each part with its name, its number from 0 and how many there are."""
Cost = Callable[[int, int], float | None]
"""Tokens read and written → US dollars; None if the price is not known."""


def unpriced(read: int, written: int) -> None:
    """Of a model whose price nobody knows."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one request is for. ``prompt``: the name of its words in prompts/, ``asked`` what they ask; ``sentences``
    that are shown, those first whose passages come first; ``most``: claims at most."""

    name: str
    prompt: str
    asked: str
    sentences: Sequence[Sentence]
    most: int


@dataclass(frozen=True, slots=True)
class Model:
    """A language model and who hears of it. ``warn`` is told what went less well; ``notify``, what it will cost;
    ``unable``: as for ``Writer``."""

    chat: ChatModel
    warn: Notify
    notify: Notify
    unable: set[str]
    cost: Cost

    def drafts(
        self, parts: Sequence[Part], catalog: PaperCatalog, check: ClaimCheck, progress: Progress | None
    ) -> list[Draft]:
        """One of each part. Raises ModelError, which says how many were there before it."""
        self._tell(parts)
        found: list[Draft] = []
        for n, part in enumerate(parts):
            if progress and len(parts) > 1:
                progress(part.name, n, len(parts))
            try:
                found.append(self._draft(part, catalog, check))
            except ModelError as error:
                if not n:
                    raise
                raise type(error)(
                    f"{error}; {n} of {len(parts)} parts are written, and kept: the same command goes on from there"
                ) from error
        return found

    def _draft(self, part: Part, catalog: PaperCatalog, check: ClaimCheck) -> Draft:
        only = frozenset((each.paper, each.number) for each in part.sentences)
        writer = Writer(self.chat, catalog, self.warn, self.unable, Task(part.prompt, part.most, only))
        found = _hits(part.sentences, catalog)
        order = Order(passages=len(found))
        return writer.draft(part.asked, lambda text, limit: found, order, _Unasked(check))

    def _tell(self, parts: Sequence[Part]) -> None:
        """Says what several requests will cost."""
        if len(parts) < 2:
            return
        asked = sum(_PROMPT + len(part.sentences) * _TOKENS for part in parts)
        written = sum(part.most * _TOKENS for part in parts)
        price = self.cost(asked, written)
        costs = "price unknown" if price is None else f"about ${price:.4f}"
        self.notify(
            f"asking {self.chat.name} {len(parts)} times: about {asked:,} tokens to read and {written:,} to write,"
            f" {costs}"
        )


def _hits(sentences: Sequence[Sentence], catalog: PaperCatalog) -> list[Hit]:
    """The passages that hold the sentences, those of the first sentences first."""
    found: dict[str, Hit] = {}
    for each in sentences:
        for passage in catalog.passages_of(each.paper):
            if each.start < passage.end and passage.start < each.end:
                found.setdefault(passage.id, Hit(passage, 1.0, "words"))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Unasked:
    """A ``ClaimCheck`` for what answers no question: the names in the task are no names that a claim must hold."""

    check: ClaimCheck

    def checked(self, claim: DraftClaim, offered: Offered, question: str) -> Checked:
        return self.check.checked(claim, offered, "")

    def show(self, claim: Claim) -> None:
        """What is shown is settled when all parts are there."""
