"""A library of abstracts in a folder → the same on a real Chroma server: what it costs there, beside the folder.

The vectors are random, for nothing here depends on what they say; the server and its clients share one machine, so that
no network is in these figures.
"""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from assistant import Library
from assistant.config import Config
from assistant.store.catalog import Catalog
from eval.bench.abstracts import abstracts, planted, written
from eval.bench.adding import _Random
from eval.bench.chroma import ChromaServer
from eval.bench.measure import disk, timed

_QUESTIONS, _CHANGES = 20, 20


def lines(count: int) -> list[str]:
    """One a figure."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        return [f"{name:52}{value:12,.1f} {unit}" for name, value, unit in _measured(folder, count)]


def _measured(folder: Path, count: int) -> list[tuple[str, float, str]]:
    records = abstracts(count)
    own, embedder = folder / "library", _Random()
    with Library(own, Catalog(own, create=True), embedder) as library:
        library.add([written(records, folder / "abstracts.jsonl")])
    questions = [each.question for each in planted(records, _QUESTIONS)]
    with ChromaServer(folder / "server") as server:
        address = str(server.address("group"))
        ann, bob = Config(cache=folder / "ann"), Config(cache=folder / "bob")
        with Library.open(own, ann) as library:
            papers, passages = library._catalog.counts()
            here = [timed(lambda q=q: library.search(q)) for q in ["warm up", *questions]][1:]
            pushed = timed(lambda: library.push(address))
        started = perf_counter()
        with Library.open(address, bob) as library:
            viewed = perf_counter() - started
            key = next(library.papers()).key
            there = [timed(lambda q=q: library.search(q)) for q in ["warm up", *questions]][1:]
            changes = [timed(lambda n=n: library.tag([key], f"word{n}")) for n in range(_CHANGES)]
            unchanged = timed(lambda: library._catalog.catch_up())
        memory = server.memory()
        return [
            ("papers", papers, ""),
            ("passages", passages, ""),
            ("pushed, and compared", papers / pushed, "papers/s"),
            ("a view made from the log", papers / viewed, "papers/s"),
            ("on the server's disk", disk(folder / "server") / papers / 1000, "kB a paper"),
            ("in the view", disk(folder / "bob" / "servers") / papers / 1000, "kB a paper"),
            ("in a folder", disk(own) / papers / 1000, "kB a paper"),
            ("the server's memory", memory, "MB"),
            ("a search, from the server", 1000 * median(there), "ms"),
            ("a search, from the folder", 1000 * median(here), "ms"),
            ("a change, such as a tag", 1000 * median(changes), "ms"),
            ("asking what is new", 1000 * unchanged, "ms"),
        ]
