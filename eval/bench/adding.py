"""Adding papers by the thousand beside the bare embedder, and questions to them."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant import Library
from assistant.config import Config
from assistant.embed.minilm import MiniLM
from assistant.store.catalog import Catalog
from assistant.text.titled import embedded_text
from assistant.types import Contextual, Vectors
from eval.bench.abstracts import abstracts, planted, written
from eval.bench.commands import ASSISTANT
from eval.bench.measure import Measure, Ran, apart, disk, ran, timed

SAMPLE = 500
"""Papers whose passages the bare embedder is timed on."""


def added(folder: Path, count: int, n: int, questions: int) -> list[Measure]:
    """``n`` times ``count`` abstracts into a new library, and ``questions`` new questions to the last one."""
    name = f"{count:,} abstracts"
    file = written(abstracts(count), folder / f"acl-{count}.jsonl")
    runs, rates, ratios = [], [], []
    for i in range(n):
        library = folder / f"acl-{count}-{i}"
        runs.append(add(library, file))
        rates.append(apart(bare_rate, library)[0])
        ratios.append(json.loads(runs[-1].output)["passages"] / runs[-1].seconds / rates[-1])
    return [
        Measure(f"add of {name}, cold process", "s", tuple(run.seconds for run in runs)),
        Measure(f"add of {name}: share of the bare embedder's speed", "×", tuple(ratios), 0.8, True),
        Measure("bare embedder on the same passages", "passages/s", tuple(rates)),
        Measure(f"add of {name}: peak memory", "MB", tuple(run.megabytes for run in runs), 700),
        Measure(f"disk for {name}", "kB/paper", (disk(library) / count / 1000,)),
        *_asked(library, count, questions),
    ]


def at_scale(folder: Path, count: int, n: int, questions: int) -> list[Measure]:
    """Questions to ``count`` papers whose vectors are random, as embedding them all would take a quarter of an
    hour: what is found makes no sense, what it costs does."""
    file = written(abstracts(count), folder / f"acl-{count}.jsonl")
    library = folder / f"acl-{count}"
    apart(_added_at_random, library, file)
    ask = (*ASSISTANT, "--library", str(library), "ask", planted(abstracts(count), 1)[0].question)
    runs = [ran(ask, allowed=(0, 3)) for _ in range(n)]
    return [
        Measure(f"ask, cold process, {count:,} papers", "s", tuple(run.seconds for run in runs)),
        Measure(f"ask, cold process, {count:,} papers: peak memory", "MB", tuple(r.megabytes for r in runs), 700),
        *_asked(library, count, questions),
    ]  # fmt: skip


NEW, MANY = (100, 200), 50_000
"""Milliseconds that a new question may take, in a small library and in one of so many papers."""


def add(library: Path, file: Path) -> Ran:
    return ran([*ASSISTANT, "--library", str(library), "add", "--json", str(file)])


def _asked(library: Path, count: int, questions: int) -> list[Measure]:
    """New questions, and the same again, to the library of ``count`` abstracts."""
    news = [each.question for each in planted(abstracts(count), questions)]
    seconds, _ = apart(_asking, library, news)
    searched, fresh, again = (tuple(1000 * s for s in each) for each in seconds)
    at = f"in process, {count:,} papers"
    return [
        Measure(f"search, {at}", "ms", searched),
        Measure(f"ask a new question, {at}", "ms", fresh, NEW[count >= MANY]),
        Measure(f"ask the same again, {at}", "ms", again, 50),
    ]


def _asking(library: Path, questions: Sequence[str]) -> list[list[float]]:
    """Seconds of searching for each question, of asking it, and of asking it again."""
    with Library.open(library) as opened:
        opened.search("warm up")
        ways = (opened.search, opened.ask, opened.ask)
        return [[timed(lambda q=q, way=way: way(q)) for q in questions] for way in ways]


def bare_rate(library: Path) -> float:
    """Passages a second that the embedder does alone, on those of papers spread evenly over the library."""
    config = Config()
    embedder = MiniLM(config.weights, config.cache, config.threads).quick
    catalog = Catalog(library)
    papers = list(catalog.papers())
    texts = [
        embedded_text(paper, passage)
        for paper in papers[:: max(1, len(papers) // SAMPLE)]
        for passage in catalog.passages_of(paper.key)
    ]
    catalog.close()
    embedder.embed(texts[:1])
    return len(texts) / timed(lambda: embedder.embed(texts))


def _added_at_random(library: Path, file: Path) -> None:
    with Library(library, Catalog(library, create=True), _Random()) as opened:
        opened.add([file])


class _Random(MiniLM):
    """MiniLM's name and tokens, and a random vector for each text."""

    def __init__(self) -> None:
        config = Config()
        super().__init__(config.weights, config.cache)
        self._numbers = np.random.default_rng(0)

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self._rows(len(texts))

    def contextual(self, texts: Sequence[str]) -> list[Contextual]:
        """Each text as a token every four characters, about as many as there are."""
        return [self._tokens(len(text)) for text in texts]

    def _tokens(self, length: int) -> Contextual:
        ends = np.arange(0, length, 4, dtype=np.int32)[:, None] + np.array([0, 4], dtype=np.int32)
        return Contextual(self._rows(1)[0], ends, self._rows(len(ends)))

    def _rows(self, count: int) -> Vectors:
        rows = self._numbers.normal(size=(count, self.dimensions)).astype(np.float32)
        vectors: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return vectors
