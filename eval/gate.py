"""The suite that needs no data beside the repository, asked → whether a figure fell below the committed baseline by
more than chance explains."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from eval.run import RESULTS, Run
from eval.statistics import Difference, Values, differences, valued

SUITE = "abstracts"
BASELINE = RESULTS / "baseline.json"
ACCEPT = "if that is as it should be, make it the baseline: python -m eval gate --accept"
RISES = ("refused, answerable",)
"""Measures that are worse when they rise."""
GATED = (
    *RISES, "refused, unanswerable", "first sentence answers", "some sentence answers", "all facts shown",
    "right paper first", "every paper cited", "shown is relevant", "list recall", "list precision", "readable",
    "citation recall", "citation precision", "retrieval nDCG@10", "gold among 12 passages",
)  # fmt: skip
_LISTED = 20
"""Flipped cases that are named."""


def accept(run: Run, path: Path = BASELINE) -> None:
    """Makes the run the baseline: figures alone, no text of any paper."""
    values = {
        id: {name: value for name, value in of.items() if name in GATED}
        for id, of in valued(run.outcomes).items()
    }
    lines = ",\n".join(f"{json.dumps(id)}: {json.dumps(of)}" for id, of in values.items())
    path.write_text(f'{{"commit": {json.dumps(run.commit)}, "values": {{\n{lines}\n}}}}\n', encoding="utf-8")


def failures(run: Run, path: Path = BASELINE) -> list[str]:
    """What speaks against the run, a paragraph each; nothing if it passes. Raises SystemExit without a baseline."""
    if not path.exists():
        raise SystemExit(f"there is no {path}; make one: python -m eval gate --accept")
    known: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    before, after = known["values"], valued(run.outcomes)
    found = [*_changed(before, after), *_inexact(run)]
    asked = {each.case.id: each.case.question for each in run.outcomes}
    for each in differences(_turned(before), _turned(after)):
        if each.is_fall:
            found.append(_said(each, before, after, asked))
    return [*found, ACCEPT] if found else []


def _changed(before: Values, after: Values) -> Iterator[str]:
    if apart := sorted(before.keys() ^ after.keys()):
        named = ", ".join(apart[:_LISTED])
        yield f"{len(apart)} cases are in the suite or in the baseline alone: {named}"


def _inexact(run: Run) -> Iterator[str]:
    """A quote that is not in its paper is never chance."""
    if bad := [each.case.id for each in run.outcomes if each.values.get("quotes exact", 1.0) < 1.0]:
        yield f"quotes are not in their papers in {len(bad)} cases: {', '.join(bad[:_LISTED])}"


def _turned(values: Values) -> Values:
    """The gated measures, all of which are better when they rise."""
    return {
        id: {name: -value if name in RISES else value for name, value in of.items() if name in GATED}
        for id, of in values.items()
    }


def _said(fall: Difference, before: Values, after: Values, asked: Mapping[str, str]) -> str:
    both = [id for id in after if fall.name in after[id] and fall.name in before.get(id, {})]
    old, new = (float(np.mean([values[id][fall.name] for id in both])) for values in (before, after))
    low, high = fall.interval
    flips = [f"  - {id}: {asked[id]}" for id in fall.worse[:_LISTED]]
    flips += [f"  ... and {len(fall.worse) - _LISTED} more"] if len(fall.worse) > _LISTED else []
    flips += [f"  + {id}: {asked[id]}" for id in fall.better[:_LISTED]]
    what = "rose" if fall.name in RISES else "fell"
    said = (
        f"{fall.name} {what} by {abs(fall.mean):.3f}, from {old:.3f} to {new:.3f} (n={fall.n}, 95 % interval"
    )
    return "\n".join([f"{said} {abs(high):.3f} to {abs(low):.3f})", *flips])
