"""The line that is typed: with a history of all earlier conversations, several lines, and completion.

Enter sends; Alt-Enter begins a new line; what is pasted is one message, however many lines it has. Ctrl-R searches
what was asked before, Tab completes commands, keys and names.
"""

from collections.abc import AsyncGenerator, Iterable
from threading import Thread

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import History
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.key_processor import KeyPressEvent

from assistant.cli.chat.commands import COMMANDS
from assistant.cli.chat.room import Room
from assistant.errors import LibraryError

LEAST = 2
"""Letters of a word from which keys and names are offered for it."""
MOST = 50
"""Completions that are offered."""


class Prompt:
    """Reads lines of a room's chat."""

    def __init__(self, room: Room) -> None:
        self._names = _Names(room)
        self._session: PromptSession[str] = PromptSession(
            history=_Asked(room),
            completer=self._names,
            complete_while_typing=False,
            key_bindings=_keys(),
            prompt_continuation="  ",
            reserve_space_for_menu=5,
        )

    def line(self) -> str | None:
        """What was typed, on lines that were given; "" if Ctrl-C took it away, None at the end."""
        try:
            return self._session.prompt("> ").strip()
        except KeyboardInterrupt:
            return ""
        except EOFError:
            return None


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("escape", "enter")
    def new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys


class _Asked(History):
    """What was asked in all conversations that are kept; so nothing is stored twice."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room

    def load_history_strings(self) -> Iterable[str]:
        try:
            return self._room.sessions.questions()
        except LibraryError:  # the first question meets it, and says so
            return []

    def store_string(self, string: str) -> None:
        """Whoever answers it stores it."""


class _Names(Completer):
    """Commands at a line's start; elsewhere keys and names of papers, read once, beside the first line."""

    def __init__(self, room: Room) -> None:
        self._names: list[str] = []
        self._room = room
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        from assistant.text.names import name_of

        with self._room.conversation.library.again() as library:
            found = {name for paper in library.papers() for name in (paper.key, name_of(paper).strip("“”"))}
        self._names = sorted(found, key=str.casefold)

    def get_completions(self, document: Document, event: CompleteEvent) -> Iterable[Completion]:
        text = document.text_before_cursor
        if text.startswith("/") and " " not in text:
            for name, command in COMMANDS.items():
                if f"/{name}".startswith(text):
                    yield Completion(f"/{name}", -len(text), display_meta=command.does)
            return
        word = document.get_word_before_cursor(WORD=True)
        if len(word) >= LEAST:
            near = [name for name in self._names if name.casefold().startswith(word.casefold())]
            for name in near[:MOST]:
                yield Completion(name, -len(word))

    async def get_completions_async(
        self, document: Document, event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        for completion in self.get_completions(document, event):
            yield completion
