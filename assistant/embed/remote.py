"""Texts → unit vectors by an embedding model on an OpenAI-compatible server.

The library records the embedder as ``openai:NAME@DIMENSIONS``. Fewer dimensions than the model gives are its
first ones, brought to length 1 again: what models trained for it mean by them (Kusupati et al. 2022,
"Matryoshka representation learning"). They are cut here, because not every server can be asked to.
"""

import re
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from assistant.errors import ModelReply, UsageError
from assistant.types import Vectors

PREFIX = "openai:"
_NAME = re.compile(rf"{PREFIX}(?P<model>.+?)(@(?P<dimensions>[1-9]\d*))?")
_TOKEN = re.compile(r"\w{1,4}|[^\w\s]")
_BATCH = 128
"""Texts a request; at 254 tokens each, far below the 300,000 tokens that OpenAI takes."""


class EmbeddingModel(Protocol):
    """What is asked for vectors of any length: ``model.OpenAIEmbeddings``."""

    def vectors(self, texts: Sequence[str]) -> Vectors: ...


class RemoteEmbedder:
    """The ``Embedder`` called ``name``; without @DIMENSIONS it has as many as its model, which is asked for them.
    ``connect`` makes what asks the server for a model. Raises UsageError if it is no name of a remote embedder,
    ModelError."""

    max_tokens = 254
    """As the local embedder's, so that passages are as long: longer ones blur what is searched for."""

    def __init__(self, name: str, connect: Callable[[str], EmbeddingModel]) -> None:
        match = _NAME.fullmatch(name)
        if match is None:
            raise UsageError(
                f"{name!r} is no embedder; a remote one is called {PREFIX}NAME or {PREFIX}NAME@512"
            )
        self._named = match["model"]
        self._model = connect(self._named)
        self.dimensions = int(match["dimensions"] or 0) or self._model.vectors(["length"]).shape[1]
        self.name = f"{PREFIX}{self._named}@{self.dimensions}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Float32 rows of length 1, shape (texts, dimensions). Raises ModelError."""
        rows = np.empty((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), _BATCH):
            # Servers refuse an empty text.
            batch = [text if text.strip() else "." for text in texts[start : start + _BATCH]]
            rows[start : start + len(batch)] = self._cut(self._model.vectors(batch))
        return rows

    def tokenize(self, text: str) -> list[str]:
        """Pieces of up to four letters, rather more than any model's tokens, which cannot be had from a server."""
        return _TOKEN.findall(text)

    def _cut(self, vectors: Vectors) -> Vectors:
        if vectors.shape[1] < self.dimensions:
            raise ModelReply(
                f"{self._named} gives {vectors.shape[1]} dimensions, not {self.dimensions}; embed anew with:"
                f" assistant reindex --embedder {PREFIX}{self._named}"
            )
        short = vectors[:, : self.dimensions]
        lengths = np.linalg.norm(short, axis=1, keepdims=True)
        return np.asarray(short / np.where(lengths > 0, lengths, 1), dtype=np.float32)
