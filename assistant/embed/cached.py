"""An embedder that remembers: the same sentences and words come up again within a question and a conversation."""

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from assistant.types import Contextual, Embedder, TokenEmbedder, Vectors

_TEXTS = 64
"""Texts whose tokens are kept; they take up to 400 kB each."""


class CachedEmbedder:
    """Wraps an ``Embedder``; keeps the last ``size`` texts' vectors (1.5 kB each at 384 dimensions)."""

    def __init__(self, embedder: Embedder, size: int = 20_000) -> None:
        self._embedder = embedder
        self._size = size
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self.name = embedder.name
        self.dimensions = embedder.dimensions
        self.max_tokens = embedder.max_tokens

    def tokenize(self, text: str) -> list[str]:
        return self._embedder.tokenize(text)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As the wrapped embedder's."""
        unknown = [text for text in dict.fromkeys(texts) if text not in self._known]
        fresh = dict(zip(unknown, self._embedder.embed(unknown), strict=True)) if unknown else {}
        rows = [fresh[text] if text in fresh else self._known[text] for text in texts]
        self._known.update(fresh)
        while len(self._known) > self._size:
            self._known.popitem(last=False)
        return np.array(rows, dtype=np.float32).reshape(len(rows), self.dimensions)


class CachedTokenEmbedder(CachedEmbedder):
    """As ``CachedEmbedder``; keeps the tokens of the last few texts, too."""

    def __init__(self, embedder: TokenEmbedder, size: int = 20_000) -> None:
        super().__init__(embedder, size)
        self._tokens = embedder
        self._read: OrderedDict[str, Contextual] = OrderedDict()

    def contextual(self, texts: Sequence[str]) -> list[Contextual]:
        """As the wrapped embedder's."""
        unknown = [text for text in dict.fromkeys(texts) if text not in self._read]
        fresh = dict(zip(unknown, self._tokens.contextual(unknown), strict=True)) if unknown else {}
        found = [fresh[text] if text in fresh else self._read[text] for text in texts]
        self._read.update(fresh)
        while len(self._read) > _TEXTS:
            self._read.popitem(last=False)
        return found
