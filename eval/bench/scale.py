"""The same measures at growing numbers of papers → a table and a plot: what grows with the library, and what does not.

Every vector is a real one. The peers are handed the vectors that the assistant made, so that their figures are those of
storing and searching alone.
"""

import json
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

import numpy as np

from assistant import Library
from assistant.selection import Selection
from assistant.store.catalog import Catalog
from assistant.store.connection import CATALOG
from assistant.store.index import VectorIndex
from assistant.store.sync import fault
from eval.bench import peers
from eval.bench.abstracts import abstracts, planted, written
from eval.bench.adding import add, bare_rate
from eval.bench.commands import ASSISTANT
from eval.bench.compared import recall
from eval.bench.measure import apart, disk, machine, ran, timed
from eval.shelves import whole_papers

SIZES = (1_000, 10_000, 54_166)
"""Abstracts; the last are all that the ACL Anthology's volumes here hold."""
QUESTIONS = 40
DEPTH = 10
ABSTRACTS = "abstracts"
KEPT = "scale.json"


class Row(NamedTuple):
    """A quantity at one size. ``budget``: at most that, or at least that if ``least``."""

    name: str
    unit: str
    value: float
    budget: float | None = None
    least: bool = False


@dataclass(frozen=True)
class Size:
    """What was measured over ``papers`` papers, of ``kind``; ``by``: by which commit, on which machine."""

    kind: str
    papers: int
    rows: Sequence[Row]
    by: str = ""


def measured(folder: Path, count: int) -> Size:
    """A library of ``count`` abstracts, by everything that a user waits for; and the peers on its vectors."""
    records = abstracts(count)
    file, library = written(records, folder / f"acl-{count}.jsonl"), folder / f"acl-{count}"
    first = add(library, file)
    passages = json.loads(first.output)["passages"]
    bare, _ = apart(bare_rate, library)
    at = (*ASSISTANT, "--library", str(library))
    wanted = planted(records, QUESTIONS)
    asked = [each.question for each in wanted]
    cold = ran([*at, "ask", "--fast", asked[0]], allowed=(0, 3))
    seconds, memory = apart(_asking, library, asked)
    rows = [
        Row("add", "s", first.seconds),
        Row("add: share of the bare embedder's speed", "", passages / first.seconds / bare, 0.8, True),
        Row("add: peak memory", "MB", first.megabytes, 700),
        Row("disk", "kB/paper", disk(library) / count / 1000),
        Row("disk: catalog", "kB/paper", (library / CATALOG).stat().st_size / count / 1000),
        Row("unchanged, added again", "s", add(library, file).seconds, 10),
        Row("one paper changed, in process", "s", apart(_changed, library, folder / "one.txt")[0], 1),
        Row("ask --fast, cold process", "s", cold.seconds),
        *_spread(seconds),
        Row("asking: peak memory", "MB", memory, 700),
        Row(f"index: of the {DEPTH} nearest, found", "", apart(_exact, library, asked)[0], 0.99, True),
    ]  # fmt: skip
    ours = peers.Outcome(0, disk(library), *apart(_searched, library, asked)[0])
    theirs = {"assistant": ours}
    for name, peer in (("llama-index", peers.llama_index), ("LanceDB", peers.lance)):
        if (folder / name).exists():
            shutil.rmtree(folder / name)
        theirs[name] = apart(peer, library, asked, folder / name)[0]
    for name, outcome in theirs.items():
        rows += [
            Row(f"{name}: recall@{DEPTH} of planted questions", "", recall(wanted, outcome.found)),
            Row(f"{name}: search, p50", "ms", 1000 * float(np.median(outcome.asking))),
            Row(f"{name}: disk", "kB/paper", outcome.disk / count / 1000),
        ]
        if outcome.seconds:
            rows.append(Row(f"{name}: storing vectors that are given", "s", outcome.seconds))
    return Size(ABSTRACTS, count, rows)


def whole(folder: Path) -> Size:
    """The suites' whole papers: PDFs, JATS, and texts as long."""
    library, texts = folder / "whole", folder / "texts"
    texts.mkdir()
    first = ran([*ASSISTANT, "--library", str(library), "add", "--json", *map(str, whole_papers(texts))])
    bare, _ = apart(bare_rate, library)
    found = json.loads(first.output)
    count = found["papers_added"]
    asked = [each.question for each in planted(abstracts(QUESTIONS), QUESTIONS)]
    seconds, memory = apart(_asking, library, asked)
    rows = [
        Row("add", "s", first.seconds),
        Row(
            "add: share of the bare embedder's speed", "", found["passages"] / first.seconds / bare, 0.8, True
        ),
        Row("add: peak memory", "MB", first.megabytes, 700),
        Row("disk", "kB/paper", disk(library) / count / 1000),
        Row("disk: catalog", "kB/paper", (library / CATALOG).stat().st_size / count / 1000),
        *_spread(seconds),
        Row("asking: peak memory", "MB", memory, 700),
    ]
    return Size("whole papers", count, rows)


def _spread(seconds: dict[str, list[float]]) -> list[Row]:
    return [
        Row(f"{name}, p{share}", "ms", 1000 * float(np.percentile(each, share)))
        for name, each in seconds.items()
        for share in (50, 95)
    ]


def _asking(library: Path, questions: Sequence[str]) -> dict[str, list[float]]:
    """Seconds of each question, in each way."""
    years = Selection(since=1900)
    with Library.open(library) as opened:
        opened.search("warm up")
        ways = {
            "search": partial(opened.search, limit=DEPTH),
            "ask a new question": opened.ask,
            "ask --fast": partial(opened.ask, fast=True),
            "ask --fast with a filter": partial(opened.ask, selection=years, fast=True),
        }
        for way in ways.values():  # whatever loads at first
            way("What is a warm lake?")
        return {
            # Each way asks questions of its own: what one has embedded, another need not.
            name: [timed(lambda q=q, way=way, n=n: way(f"{q} {n}")) for q in questions]
            for n, (name, way) in enumerate(ways.items())
        }


def _changed(library: Path, file: Path) -> float:
    """Seconds of adding a file again one word of which has changed."""
    with Library.open(library) as opened:
        for weight in (7, 8):
            file.write_text(
                f"On Otters\n\nAn otter weighs {weight} kg, and eats a fifth of that.", encoding="utf-8"
            )
            started = perf_counter()
            opened.add([file])
        return perf_counter() - started


def _exact(library: Path, questions: Sequence[str]) -> float:
    """The share of the nearest passages by all vectors that the index finds, too."""
    with Library.open(library) as opened:
        vectors = opened._indexer.passages.embed(list(questions))
    catalog, index = Catalog(library), VectorIndex(library)
    assert fault(catalog, index) is None
    ids, rows = [], []
    for some, _, each in catalog.vectors():
        ids += some
        rows.append(each)
    scores = vectors @ np.concatenate(rows).T
    shares = []
    for vector, row in zip(vectors, scores, strict=True):
        best = {ids[i] for i in np.argsort(-row)[:DEPTH]}
        shares.append(len(best & {passage for passage, _ in index.nearest(vector, DEPTH)}) / DEPTH)
    index.close()
    catalog.close()
    return float(np.mean(shares))


def _searched(library: Path, questions: Sequence[str]) -> tuple[list[float], list[list[str | None]]]:
    """Seconds of each search, and the records found, best first."""
    seconds, found = [], []
    with Library.open(library) as opened:
        opened.search("warm up")
        for question in questions:
            started = perf_counter()
            hits = opened.search(question, DEPTH)
            seconds.append(perf_counter() - started)
            found.append([opened.paper(hit.passage.paper).source.record for hit in hits])
    return seconds, found


def run(counts: Sequence[int], folder: Path, with_whole: bool) -> str:
    """Measures, writes ``scale.json``, a table and a plot to ``folder`` after each size, and returns the table; sizes
    that were measured before and are not now stay. Needs the data folder, LanceDB (``make bench-scale`` brings it), and
    half an hour."""
    ways: list[tuple[str, Callable[[Path], Size]]] = [
        (f"{count:,} abstracts", partial(measured, count=count)) for count in counts
    ]
    sizes = _kept(folder / KEPT)
    with TemporaryDirectory() as temporary:
        for name, way in (*ways, *([("whole papers", whole)] if with_whole else [])):
            print(f"Measuring {name} ...", file=sys.stderr)
            found = replace(way(Path(temporary)), by=_here())
            sizes = joined(sizes, found)
            (folder / KEPT).write_text(
                json.dumps([asdict(each) for each in sizes], indent=1) + "\n", encoding="utf-8"
            )
            (folder / "scale.md").write_text(markdown(sizes), encoding="utf-8")
            _plot([size for size in sizes if size.kind == ABSTRACTS], folder / "scale.svg")
    return markdown(sizes)


def joined(sizes: Sequence[Size], found: Size) -> list[Size]:
    """With what was found in place of what it was before: abstracts first, fewer before more."""
    rest = [each for each in sizes if (each.kind, each.papers) != (found.kind, found.papers)]
    return sorted([*rest, found], key=lambda each: (each.kind != ABSTRACTS, each.papers))


def _kept(file: Path) -> list[Size]:
    if not file.exists():
        return []
    kept = json.loads(file.read_text(encoding="utf-8"))
    return [
        Size(each["kind"], each["papers"], [Row(*row) for row in each["rows"]], each["by"]) for each in kept
    ]


def _here() -> str:
    here = machine()
    return (
        f"{here['commit']}: {here['cpu']}, {here['cores']} cores, {here['memory_gb']} GB, {here['system']},"
        f" Python {here['python']}"
    )


def _plot(sizes: Sequence[Size], file: Path) -> None:
    """Each quantity against the number of papers, both on scales where ten times is equally far."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update(
        {"svg.hashsalt": "assistant", "font.size": 8}
    )  # the same numbers, the same file
    from matplotlib import pyplot

    names = [row.name for row in sizes[0].rows if row.unit in ("s", "ms", "MB", "kB/paper")]
    wide = 4
    figure, axes = pyplot.subplots(
        -(-len(names) // wide), wide, figsize=(12, 0.6 * len(names)), layout="constrained"
    )
    for axis, name in zip(axes.flat, names, strict=False):
        rows = [row for size in sizes for row in size.rows if row.name == name]
        axis.loglog([size.papers for size in sizes], [row.value for row in rows], marker="o", color="#2a7f62")
        axis.set_title(name)
        axis.set_ylabel(rows[0].unit)
        if rows[0].budget:
            axis.axhline(rows[0].budget, color="#c0513f", linewidth=0.8)
    for axis in axes.flat[len(names) :]:
        axis.set_visible(False)
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)


def markdown(sizes: Sequence[Size]) -> str:
    """A row a quantity, a column a size."""
    names = list(
        dict.fromkeys((row.name, row.unit, row.budget, row.least) for size in sizes for row in size.rows)
    )
    values = {(n, row.name): row.value for n, size in enumerate(sizes) for row in size.rows}
    lines = [
        "# What grows with the library",
        "",
        f"`make bench-scale`, {QUESTIONS} questions of each kind.",
        "",
        *(f"- {size.papers:,} {size.kind}: commit {size.by}" for size in sizes),
        "",
        "| | " + " | ".join(f"{size.papers:,} {size.kind}" for size in sizes) + " | goal |",
        "| --- |" + " --- |" * (len(sizes) + 1),
    ]
    for name, unit, budget, least in names:
        cells = [_figure(values.get((n, name))) for n in range(len(sizes))]
        goal = "" if budget is None else f"{'≥' if least else '≤'} {budget:g}"
        lines.append(f"| {name}{f' ({unit})' if unit else ''} | {' | '.join(cells)} | {goal} |")
    return "\n".join(lines) + "\n"


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
