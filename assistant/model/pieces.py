"""Pieces of a reply as they come → its text, handed on at once and joined at the end.

Three things are kept from whoever reads it. A model's thinking, which some servers send as a <think> block at
the head of the text: it is no answer. Halves of characters: a server that sends one token an event may
cut a character outside the basic plane in two escapes, each in an event of its own. And secrets that a server repeats.
"""

from collections.abc import Callable, Sequence

from assistant.model.server import HIDDEN

LONGEST = 2_000_000
"""Characters; a model that has not stopped by then never will."""
_OPEN, _CLOSE = "<think>", "</think>"


class Pieces:
    """``on_text`` is called with each piece that is part of the answer, until it says that it has ``enough``.
    ``secrets`` are taken out, also where pieces cut them in two."""

    def __init__(
        self, on_text: Callable[[str], bool | None] | None = None, secrets: Sequence[str] = ()
    ) -> None:
        self._on_text = on_text
        self._secrets = secrets
        self._parts: list[str] = []
        self._held = ""
        self._state = "head"
        self.length = 0
        self.enough = False

    def add(self, piece: str) -> None:
        self._held += piece
        self.length += len(piece)
        if self._state == "head":
            self._read_head()
        if self._state == "thinking":
            self._pass_over_thinking()
        if self._state == "text":
            self._redact()
            self._hand_on(max("\ud800" <= self._held[-1:] <= "\udbff", self._begun_secret()))

    def text(self) -> str:
        """All of it, once the last piece has come."""
        if self._state == "head":
            self._state = "text"
        if self._state == "text":
            self._redact()
            self._hand_on(0)
        return "".join(self._parts)

    @property
    def begun(self) -> bool:
        """Whether anything was handed on."""
        return bool(self._parts)

    def _read_head(self) -> None:
        head = self._held.lstrip()
        if head.startswith(_OPEN):
            self._state, self._held = "thinking", head[len(_OPEN) :]
        elif not _OPEN.startswith(head):
            self._state = "text"

    def _pass_over_thinking(self) -> None:
        _, end, rest = self._held.partition(_CLOSE)
        if not end:
            self._held = self._held[1 - len(_CLOSE) :]  # the end may be cut in two
        elif rest := rest.lstrip():
            self._state, self._held = "text", rest
        else:
            self._held = _CLOSE  # white space between thinking and answer belongs to neither

    def _redact(self) -> None:
        for secret in self._secrets:
            self._held = self._held.replace(secret, HIDDEN)

    def _begun_secret(self) -> int:
        """How many characters at the end may be the beginning of a secret."""
        lengths = (
            n
            for secret in self._secrets
            for n in range(len(secret) - 1, 0, -1)
            if self._held.endswith(secret[:n])
        )
        return max(lengths, default=0)

    def _hand_on(self, kept: int) -> None:
        cut = len(self._held) - kept
        piece, self._held = _paired(self._held[:cut]), self._held[cut:]
        if piece:
            self._parts.append(piece)
            if self._on_text:
                self.enough = bool(self._on_text(piece)) or self.enough


def _paired(text: str) -> str:
    """Halves of characters that stand side by side as what they are together, others as a sign of that."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
