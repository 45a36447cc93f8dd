"""A change of a catalog ↔ bytes, in which it is kept on a server: what is done, with what, and the passages, sentences
and sentences' vectors of the papers that it makes findable. (The passages' vectors are rows of their own there.)"""

import base64
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np

from assistant.errors import LibraryError
from assistant.store.files import FileState
from assistant.store.passages import Entry
from assistant.store.queries import quantised
from assistant.types import Paper, Part, Passage, Sentence, Source, Vectors

_NOUNS: Mapping[str, Any] = {noun.__name__: noun for noun in (FileState, Paper, Source)}
_NOUN = "is"
_LARGEST = 1_000_000_000
"""Bytes of a change, unpacked."""


@dataclass(frozen=True, slots=True)
class Change:
    """``does``: the method of ``Catalog``, and ``arguments`` its own; ``embedder``: who made the vectors."""

    does: str
    arguments: Sequence[Any]
    embedder: str | None
    found_by: Mapping[str, Any]
    """Paper id → what it is found by."""

    def entries(self, papers: Sequence[Paper]) -> list[Entry]:
        """What those of the papers are found by of which it is told here."""
        return [_entry(paper, self.found_by[paper.id]) for paper in papers if paper.id in self.found_by]


def packed(does: str, arguments: Sequence[Any], embedder: str | None, entries: Iterable[Entry]) -> bytes:
    said = {
        "does": does,
        "arguments": arguments,
        "embedder": embedder,
        "found_by": {entry.paper.id: _told(entry) for entry in entries},
    }
    text = json.dumps(said, ensure_ascii=False, default=_plain)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpacked(data: bytes) -> Change:
    """Raises LibraryError."""
    try:
        unpacker = zlib.decompressobj()
        text = unpacker.decompress(data, _LARGEST)
        if not unpacker.eof:
            raise ValueError("it is cut short, or too large")
        said = json.loads(text.decode("utf-8", "surrogatepass"), object_hook=_noun)
        change = Change(said["does"], said["arguments"], said["embedder"], said["found_by"])
    except (ValueError, LookupError, TypeError, RecursionError, zlib.error) as error:
        raise LibraryError(
            f"a change on the server cannot be read ({type(error).__name__}: {error})"
        ) from error
    return change


def _plain(thing: Any) -> Any:
    if is_dataclass(thing) and not isinstance(thing, type) and type(thing).__name__ in _NOUNS:
        held = {field.name: getattr(thing, field.name) for field in fields(thing)}
        return {_NOUN: type(thing).__name__, **held}
    raise TypeError(f"{type(thing).__name__} cannot be kept on a server")


def _noun(said: dict[str, Any]) -> Any:
    if _NOUN not in said:
        return said
    noun = _NOUNS[said.pop(_NOUN)]
    held = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return noun(**held | ({"parts": tuple(Part(*part) for part in held["parts"])} if noun is Paper else {}))


def _told(entry: Entry) -> dict[str, Any]:
    rows = [np.frombuffer(quantised(row), np.int8) for row in entry.sentence_vectors]
    return {
        "passages": [(each.id, each.start, each.end, each.page) for each in entry.passages],
        "sentences": [
            (each.number, each.start, each.end, each.page, each.section, each.kind)
            for each in entry.sentences
        ],
        "vectors": base64.b64encode(np.array(rows, np.int8).tobytes()).decode(),
    }


def _entry(paper: Paper, told: Mapping[str, Any]) -> Entry:
    passages = [
        Passage(name, paper.key, start, end, paper.text[start:end], page)
        for name, start, end, page in told["passages"]
    ]
    sentences = [
        Sentence(paper.key, number, start, end, paper.text[start:end], page, section, kind)
        for number, start, end, page, section, kind in told["sentences"]
    ]
    rows: Vectors = np.frombuffer(base64.b64decode(told["vectors"]), np.int8).astype(np.float32)
    none = np.zeros((len(passages), 0), np.float32)
    return Entry(paper, passages, none, sentences, rows.reshape(len(sentences), -1 if sentences else 0))
