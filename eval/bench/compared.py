"""The same abstracts and planted questions here and by the plain alternative, each in a process of its own."""

import json
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from assistant import Library
from eval.bench.abstracts import Planted, abstracts, planted, written
from eval.bench.adding import add
from eval.bench.measure import apart, disk, timed
from eval.bench.plain import DEPTH, run
from eval.bench.report import Compared


def compared(folder: Path, count: int, questions: int) -> list[Compared]:
    records = abstracts(count)
    wanted = planted(records, questions)
    asked = [each.question for each in wanted]
    theirs, their_memory = apart(run, records, asked, folder / "plain")
    added = add(folder / "ours", written(records, folder / "plain.jsonl"))
    (asking, found), _ = apart(_searched, folder / "ours", asked)
    ours, plain = disk(folder / "ours"), disk(folder / "plain")
    return [
        Compared("indexing", "s", json.loads(added.output)["seconds"], theirs.seconds),
        Compared("indexing: peak memory", "MB", added.megabytes, their_memory),
        Compared("disk", "kB/paper", ours / count / 1000, plain / count / 1000),
        Compared("retrieval", "ms", 1000 * median(asking), 1000 * median(theirs.asking)),
        Compared(
            f"recall@{DEPTH} of {questions} planted questions", "", recall(wanted, found), recall(wanted, theirs.found)
        ),
    ]  # fmt: skip


def recall(wanted: Sequence[Planted], found: Sequence[Sequence[str | None]]) -> float:
    """The share of questions for which their own paper was found."""
    return sum(each.record in records for each, records in zip(wanted, found, strict=True)) / len(wanted)


def _searched(library: Path, questions: Sequence[str]) -> tuple[list[float], list[list[str | None]]]:
    """Seconds of each search, and the records found, best first."""
    seconds, found = [], []
    with Library.open(library) as opened:
        opened.search("warm up")
        records = {paper.key: paper.source.record for paper in opened.papers()}
        for question in questions:
            hits = []
            seconds.append(timed(lambda q=question, hits=hits: hits.extend(opened.search(q, DEPTH))))
            found.append([records[hit.passage.paper] for hit in hits])
    return seconds, found
