"""Hand-written pairs of sentences → how many of those that disagree are found, and how much of what is found does.

``disagreements.jsonl``: planted disagreements (label disagree, with their kind) and pairs that agree or are merely
related (no), in two halves and a later part, next. All sentences of one become papers of one library, so that every
other pair of them may be found, too, and counts as wrong.
"""

import json
import tempfile
from contextlib import nullcontext
from pathlib import Path

from assistant import Library
from eval.local import writer
from eval.sets import ROOT

FILE = ROOT / "disagreements.jsonl"
HALVES = ("dev", "test", "next")


def report(half: str, failures: bool = False, model: str | None = None) -> str:
    """Precision, and recall by kind; and what went wrong. ``model``: who looks, if not the forms alone."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = [row for line in lines if (row := json.loads(line))["split"] == half]
    planted = {frozenset((row["one"], row["other"])): row for row in rows if row["label"] == "disagree"}
    found = _found([text for row in rows for text in (row["one"], row["other"])], model)
    right = [pair for pair in found if pair in planted]
    told = [f"precision {len(right) / max(1, len(found)):.3f} ({len(right)} of {len(found)} pairs)"]
    for kind in sorted({row["kind"] for row in planted.values()}):
        of = [pair for pair, row in planted.items() if row["kind"] == kind]
        told.append(f"  {kind}: {sum(pair in found for pair in of)} of {len(of)} found")
    if failures:
        told += [f"missed {' | '.join(pair)}" for pair in planted if pair not in found]
        told += [f"wrong {' | '.join(pair)}" for pair in found if pair not in planted]
    return "\n".join(told)


def _found(sentences: list[str], model: str | None) -> list[frozenset[str]]:
    """The pairs that a library of one-sentence papers lists."""
    asked = writer(model) if model else nullcontext((None, None))
    with asked as (config, name), tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "papers.jsonl"
        papers = (
            {"title": f"Paper number {n}", "abstract": text}
            for n, text in enumerate(dict.fromkeys(sentences), 1)
        )
        file.write_text("".join(json.dumps(paper) + "\n" for paper in papers), encoding="utf-8")
        with Library.open(Path(folder) / "library", config, create=True) as library:
            library.add([file])
            listed = library.disagree(model=name)
    return [frozenset(side.quote.text for side in pair.sides) for pair in listed.pairs]
