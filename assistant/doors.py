"""Settings and a name → the language model or the embedder that is called so, each made once a run."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from assistant.config import Config
from assistant.embed.cached import CachedEmbedder, CachedTokenEmbedder
from assistant.embed.minilm import MiniLM
from assistant.embed.reader import PairReader
from assistant.embed.remote import PREFIX, RemoteEmbedder
from assistant.errors import UsageError
from assistant.model import OpenAIChat, OpenAIEmbeddings
from assistant.model.budget import Budget
from assistant.store.replies import Replies
from assistant.types import Embedder, TokenEmbedder

_REMOTE_CACHE = 2_000
"""Texts whose vectors a remote embedder keeps; they are up to 12 kB each."""


@lru_cache(maxsize=1)
def _local(weights: Path | None, cache: Path, threads: int) -> tuple[MiniLM, PairReader]:
    """What runs on this machine: loaded once, for the next library that a process opens, too."""
    embedder = MiniLM(weights, cache, threads)
    return embedder, PairReader(embedder.weights)


class Doors:
    """``notify`` is told of what takes long at a server. The models of a run share its budget."""

    def __init__(self, config: Config, notify: Callable[[str], None] = lambda line: None) -> None:
        self.config = config
        self._settings = config.model
        self._notify = notify
        self.memory = Replies(config.cache)
        self._budget = Budget(config.model.max_cost)
        self._chats: dict[str, OpenAIChat] = {}
        local, self.reader = _local(config.weights, config.cache, config.threads)
        self.local: TokenEmbedder = CachedTokenEmbedder(local)
        """Embeds on this machine, whatever embedded the library: sentences are compared by this one, because
        what judges them was trained on its cosines."""
        self.quick: TokenEmbedder = local.quick
        """Reads what is stored."""

    def chat(self, name: str) -> OpenAIChat:
        if name not in self._chats:
            self._chats[name] = OpenAIChat(name, self._settings, self.memory, self._budget, self._notify)
        return self._chats[name]

    def embedder(self, name: str | None) -> Embedder:
        """The embedder that a library has on record; the local one for None. Raises UsageError if there is none
        of that name, ModelError."""
        if name in (None, self.local.name):
            return self.local
        if name is None or not name.startswith(PREFIX):
            raise UsageError(
                f"there is no embedder {name!r}; there are {self.local.name} and, on a server, {PREFIX}NAME"
            )
        remote = RemoteEmbedder(name, lambda model: OpenAIEmbeddings(model, self._settings, self._notify))
        return CachedEmbedder(remote, _REMOTE_CACHE)

    def close(self) -> None:
        self.memory.close()
