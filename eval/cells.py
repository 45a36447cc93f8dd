"""Papers and hand-labelled cells → how many cells of a table are right, wrong, and missing.

``cells.jsonl`` has a line for each paper and default aspect, in parts by paper: dev, test, fresh, last, next, each
labelled when those before it had been looked at. ``paper`` is a name that its text uses most, or its number; ``gold``:
alternatives, each of terms of which all must stand in the quote and one in the value; none where the paper says
nothing, so that any value is wrong. A cell with gold and without a value is missing.
"""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant import Library, Paper
from assistant.compare.aspects import Stated, Told, cells
from assistant.read import read
from assistant.split import sentences
from assistant.text.roles import roles
from eval.local import writer
from eval.sets import DATA, ROOT, plain

FILE = ROOT / "cells.jsonl"
HALVES = ("dev", "test", "fresh", "last", "next")


@dataclass(frozen=True)
class Outcome:
    """``outcome``: right, wrong, missing, or empty, where rightly nothing is said."""

    paper: str
    aspect: str
    outcome: str
    value: str
    quote: str


def outcomes(half: str) -> Iterator[Outcome]:
    """One for each cell of a half."""
    rows = _rows()
    held = _papers([str(row["paper"]) for row in rows])
    known: dict[str, dict[str, Stated]] = {}
    for row in rows:
        if row["split"] == half:
            name = str(row["paper"])
            if name not in known:
                known[name] = _stated(held[name])
            stated = known[name].get(str(row["aspect"]))
            yield _outcome(row, *((stated.value, stated.sentence.text) if stated else ("", "")))


def by_model(half: str, model: str, most: int) -> list[Outcome]:
    """As ``outcomes``, of the first ``most`` papers, filled by the ``model``. A cell of several quotes is held against
    all of them."""
    rows = [row for row in _rows() if row["split"] == half]
    names = list(dict.fromkeys(str(row["paper"]) for row in rows))[:most]
    held = _papers(names)
    with writer(model) as (config, named), TemporaryDirectory() as temporary:
        for name in names:
            (Path(temporary) / f"{name}.txt").write_text(held[name].text, encoding="utf-8")
        with Library.open(Path(temporary) / "library", config, create=True) as library:
            library.add([Path(temporary) / f"{name}.txt" for name in names])
            files = {paper.key: Path(paper.source.file).stem for paper in library.papers()}
            filled = library.compare(model=named).rows
    told = {(files[row.key], cell.aspect): cell for row in filled for cell in row.cells}
    return [
        _outcome(row, cell.value or "", " ".join(each.quote.text for each in cell.citations if each.quote))
        for row in rows
        if row["paper"] in names and (cell := told[str(row["paper"]), str(row["aspect"])])
    ]


def _rows() -> list[dict[str, object]]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def report(half: str, failures: bool = False, model: str | None = None, most: int = 10) -> str:
    """Counts by aspect, and in all: what is wrong of what is shown, what is missing of what is there. ``model``: who
    fills the cells of the first ``most`` papers."""
    found = by_model(half, model, most) if model else list(outcomes(half))
    by = defaultdict(list)
    for each in found:
        by[each.aspect].append(each)
    lines = [_line(aspect, each) for aspect, each in by.items()] + [_line("all", found)]
    if failures:
        lines += [
            f"{each.outcome} {each.paper} {each.aspect}: {each.value!r} of “{each.quote[:300]}”"
            for each in found
            if each.outcome in ("wrong", "missing")
        ]
    return "\n".join(lines)


def _line(name: str, found: list[Outcome]) -> str:
    count = {
        kind: sum(each.outcome == kind for each in found) for kind in ("right", "wrong", "missing", "empty")
    }
    shown, there = count["right"] + count["wrong"], count["right"] + count["missing"]
    return (
        f"{name:<7} {len(found):>4} cells: {count['right']} right, {count['wrong']} wrong"
        f" ({count['wrong'] / max(1, len(found)):.3f} of all, {count['wrong'] / max(1, shown):.3f} of shown),"
        f" {count['missing']} missing ({count['missing'] / max(1, there):.3f}), {count['empty']} rightly empty"
    )


def _outcome(row: dict[str, object], value: str, quote: str) -> Outcome:
    gold: list[list[str]] = row["gold"]  # type: ignore[assignment]
    if not value:
        outcome = "missing" if gold else "empty"
    else:
        held, said = plain(quote), plain(value)
        fits = (
            all(plain(term) in held for term in terms) and any(plain(term) in said for term in terms)
            for terms in gold
        )
        outcome = "right" if any(fits) else "wrong"
    return Outcome(str(row["paper"]), str(row["aspect"]), outcome, value, quote)


def _stated(paper: Paper) -> dict[str, Stated]:
    every = sentences(paper)
    told = [
        Told(each, rhetoric, n / max(1, len(every) - 1))
        for n, (each, rhetoric) in enumerate(zip(every, roles(paper, every), strict=True))
    ]
    return dict(cells(next((each for each in every if each.kind == "title"), None), told))


def _papers(names: list[str]) -> dict[str, Paper]:
    """Each by its name."""
    found: dict[str, Paper] = {}
    seeds = [paper for file in sorted((DATA / "seeds").iterdir()) for paper in read(file.read_bytes(), file)]
    acl = {name for name in names if re.fullmatch(r"(?:\d{4}\.|[A-Z]\d\d-)[\w.-]+", name)}
    with gzip.open(DATA / "acl_anthology_abstracts.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            name = line[:80].partition('"id": "')[2].partition('"')[0]
            if name in acl:
                found[name] = read(line.encode(), Path("acl.jsonl"))[0]
    articles = json.loads((DATA / "covid_qa" / "covid_qa_dev49.json").read_text(encoding="utf-8"))["data"]
    for each in (article["paragraphs"][0] for article in articles):
        name = f"covid-{each['document_id']}"
        if name in names:
            found[name] = read(each["context"].encode(), Path(f"{name}.txt"))[0]
    for name in set(names) - found.keys():
        file = DATA / "pdf" / "juliacon" / f"{name}.pdf"
        if file.exists():
            found[name] = read(file.read_bytes(), file)[0]
        else:
            found[name] = max(seeds, key=lambda paper: plain(paper.text).count(plain(name)))
    return {name: replace(paper, key=name) for name, paper in found.items()}


if __name__ == "__main__":
    for name in HALVES:
        print(f"{name}\n{report(name)}")
