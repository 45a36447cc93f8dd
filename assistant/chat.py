"""A conversation: questions to one open library, with source numbers that run on from turn to turn."""

from collections.abc import Callable
from dataclasses import dataclass, field

from assistant import model
from assistant.library import Library
from assistant.selection import Selection
from assistant.types import Answer, ChatModel, Claim, Reference


@dataclass
class Conversation:
    """Asks ``library`` in turn. ``model``: as for ``Library.ask``."""

    library: Library
    model: str | ChatModel | None = None
    selection: Selection = field(default_factory=Selection)
    turns: list[Answer] = field(default_factory=list)
    _markers: dict[str, int] = field(default_factory=dict)

    def load(self) -> None:
        """Loads what the first question would wait for. Raises as ``Library.ask``."""
        if isinstance(self.model, str):
            model.load()
        self.library.search("load", 1)

    def ask(self, question: str, on_claim: Callable[[Claim], None] | None = None) -> Answer:
        """The answer, its papers numbered as in the turns before. A model reads the question in the light of the
        turn before, and ``on_claim`` is called with each claim as it is settled. Raises as ``Library.ask``."""
        answer = self.library.ask(
            question,
            self.selection,
            model=self.model,
            markers=self._markers,
            before=self.turns[-1] if self.turns and self.model else None,
            on_claim=on_claim,
        )
        self.turns.append(answer)
        return answer

    def sources(self) -> list[Reference]:
        """Every paper cited so far, by number."""
        found = {reference.marker: reference for turn in self.turns for reference in turn.references}
        return [found[marker] for marker in sorted(found)]
