"""Topics, and by hand the papers that are on each → how many of those that a topic takes in are, and how many it finds.

Asked of one library of the digests and 220 ACL abstracts. Each line of ``topics.jsonl`` has topic, split, on and may,
which is neither right nor wrong; a paper is named by its record, its handle or the beginning of its title.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant import Library, Paper
from assistant.selection import on_topic
from assistant.surveys import TOPICAL
from eval.sets import CORPORA, ROOT, listed

FILE = ROOT / "topics.jsonl"
HALVES = ("dev", "test")
SAMPLES = ("acl-a", "acl-b", "acl-c", "acl-d")


@dataclass(frozen=True)
class Topic:
    """``on``, ``may``: keys of papers that are on it, and that one may count to it."""

    words: str
    on: frozenset[str]
    may: frozenset[str]


@dataclass(frozen=True)
class Found:
    """What a topic took in, and what it should have."""

    topic: Topic
    keys: tuple[str, ...]

    @property
    def right(self) -> int:
        return len(self.topic.on.intersection(self.keys))

    @property
    def shown(self) -> int:
        return len(set(self.keys) - self.topic.may)

    @property
    def precision(self) -> float:
        """1 for a topic that nothing is on, if nothing is taken in."""
        return self.right / self.shown if self.shown else float(not self.topic.on)

    @property
    def recall(self) -> float:
        return self.right / len(self.topic.on) if self.topic.on else 1.0


@contextmanager
def opened() -> Iterator[Library]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(Path(folder) / "library", create=True) as library,
    ):
        acl = Path(folder) / "acl.jsonl"
        acl.write_text(
            "".join(line for name in SAMPLES for line in listed(name, CORPORA["acl"][0])), encoding="utf-8"
        )
        library.add([*CORPORA["digests"], acl])
        yield library


def topics(half: str, papers: Sequence[Paper]) -> Iterator[Topic]:
    """Raises ValueError for a paper that is not there."""
    for row in map(json.loads, FILE.read_text(encoding="utf-8").splitlines()):
        if row["split"] == half:
            on, may = (frozenset(_key(name, papers) for name in row[part]) for part in ("on", "may"))
            yield Topic(row["topic"], on, may)


def _key(name: str, papers: Sequence[Paper]) -> str:
    for paper in papers:
        if name in (paper.source.record, paper.handle) or (paper.title or "").startswith(name):
            return paper.key
    raise ValueError(f"{FILE}: no paper is called {name}")


def found(library: Library, half: str) -> list[Found]:
    every = list(library.papers())
    return [
        Found(topic, on_topic(topic.words, library.search(topic.words, TOPICAL)).keys)
        for topic in topics(half, every)
    ]


def report(half: str, failures: bool = False) -> str:
    """Means over the topics that papers are on, what was taken in for the others, and each topic in a line."""
    with opened() as library:
        every = found(library, half)
        names = {paper.key: paper.name for paper in library.papers()}
    there = [each for each in every if each.topic.on]
    foreign = [each.shown for each in every if not each.topic.on]
    lines = [
        f"precision {np.mean([each.precision for each in there]):.3f}, recall"
        f" {np.mean([each.recall for each in there]):.3f} (means of {len(there)} topics,"
        f" {sum(len(each.topic.on) for each in there)} papers); {sum(foreign)} papers taken in for {len(foreign)}"
        " topics that none is on"
    ]
    for each in every if failures else ():
        lines += _told(each, names)
    return "\n".join(lines)


def _told(each: Found, names: Mapping[str, str]) -> Iterator[str]:
    yield f"{each.topic.words}: {each.right} of {len(each.topic.on)} found, {each.shown - each.right} beside it"
    yield from (f"    lost {names[key]}" for key in sorted(each.topic.on.difference(each.keys)))
    yield from (f"    beside {names[key]}" for key in sorted(set(each.keys) - each.topic.on - each.topic.may))
