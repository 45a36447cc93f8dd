"""Texts → the vectors that a server's embedding model gives them, as it gives them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.config import ModelConfig
from assistant.errors import ModelReply
from assistant.model.connection import Connection, Notify
from assistant.types import Vectors


class OpenAIEmbeddings:
    """The embedding model ``name``. ``notify`` is told of longer waits."""

    def __init__(
        self, name: str, settings: ModelConfig | None = None, notify: Notify = lambda line: None
    ) -> None:
        self.name = name
        self._connection = Connection(name, settings or ModelConfig(), notify)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in one request; the SDK asks for base64 and takes numbers too. Raises ModelError."""
        connection = self._connection

        def request() -> Any:
            try:
                return connection.client.embeddings.create(model=self.name, input=list(texts)).data
            except (AttributeError, TypeError, ValueError):  # how the SDK meets what is no embedding
                return None

        with connection.translating():
            data = connection.patiently(request)
        vectors = _rows(data, len(texts))
        if vectors is None:
            server = connection.server
            raise ModelReply(
                f"{server.host} sent no embeddings by {self.name}; check the name and {server.named_by}"
            )
        return vectors


def _rows(data: Any, number: int) -> Vectors | None:
    """The vectors in the order of their texts, which need not be the order of their coming; None if it is not
    one for each text, all of one length and of finite numbers."""
    try:
        found = {row.index: row.embedding for row in data}
        rows = np.array([found[n] for n in range(number)], dtype=np.float32)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return rows if rows.ndim == 2 and rows.size and np.isfinite(rows).all() else None
