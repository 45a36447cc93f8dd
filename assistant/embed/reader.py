"""Two texts → what the second says of the first, by a cross-encoder: MiniLM's layers, trained on (eval/reader/).

What training changed is kept as its difference to the published weights, 8 bits a number, so that the words' vectors,
half of the model, are on disk once.
"""

from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.embed.graph import build_reader
from assistant.embed.minilm import runs
from assistant.embed.weights import Session, Weights, encodable
from assistant.errors import WeightsError

OUTCOMES = ("supported", "contradicted", "neither")
FIRST, BOTH = 80, 176
"""Tokens that are read of the first text, and of both with what parts them: as in training."""
FILE = Path(__file__).with_name("reader.npz")
SHA256 = "65bda7b08cd3f061b6e030be29fe972947f60b9c94beabc7a1b308ff5e69401b"


class PairReader:
    """Threads may share one. ``weights``: MiniLM's."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    def shares(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """For each (claim, evidence) how likely it is supported, contradicted or neither, (pairs, 3). Raises
        WeightsError."""
        read = [self._encoded(*pair) for pair in pairs]
        found = np.empty((len(pairs), len(OUTCOMES)), np.float32)
        for run in runs([len(ids) for ids, _ in read]):
            length = max(len(read[i][0]) for i in run)
            ids, segments = np.zeros((len(run), length), np.int64), np.zeros((len(run), length), np.int64)
            mask = np.zeros((len(run), length), np.float32)
            for row, i in enumerate(run):
                own, second = read[i]
                ids[row, : len(own)], segments[row, second : len(own)], mask[row, : len(own)] = own, 1, 1
            logits = self._session.run(0, {"ids": ids, "segments": segments, "mask": mask})
            exact = np.exp(logits - logits.max(axis=1, keepdims=True))
            found[run] = exact / exact.sum(axis=1, keepdims=True)
        return found

    def _encoded(self, claim: str, evidence: str) -> tuple[list[int], int]:
        """Token ids of both, and where the second begins."""
        encode = self._weights.tokenizer.encode
        start, *first, end = encode(encodable(claim)).ids
        _, *second, _ = encode(encodable(evidence)).ids
        first = first[:FIRST]
        ids = [start, *first, end, *second[: BOTH - 3 - len(first)], end]
        return ids, len(first) + 2

    @cached_property
    def _session(self) -> Session:
        base = self._weights.tensors
        made = self._weights.session("reader", base | changed(base), build_reader)
        self._weights.let_go()
        return made


def changed(base: dict[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    """The tensors that training changed or added, from their differences to ``base``. Raises WeightsError."""
    content = FILE.read_bytes()
    if sha256(content).hexdigest() != SHA256:
        raise WeightsError(f"{FILE} is altered; install the program again")
    with np.load(BytesIO(content)) as held:
        scales = {name.removesuffix(".scale"): held[name] for name in held.files if name.endswith(".scale")}
        return {
            name: (held[name].astype(np.float32) * scale.astype(np.float32) + base.get(name, np.float32(0)))
            for name, scale in scales.items()
        }


def differences(
    trained: dict[str, NDArray[np.float32]], base: dict[str, NDArray[np.float32]]
) -> dict[str, NDArray[np.int8 | np.float16]]:
    """What ``changed`` undoes: each difference in 127ths of the greatest of its row."""
    found: dict[str, NDArray[np.int8 | np.float16]] = {}
    for name, tensor in trained.items():
        apart = tensor - base.get(name, np.float32(0))
        scale = np.maximum(np.abs(apart).max(axis=-1, keepdims=True) / 127, 1e-7).astype(np.float16)
        found[name] = np.rint(apart / scale.astype(np.float32)).clip(-127, 127).astype(np.int8)
        found[f"{name}.scale"] = scale
    return found
