"""Outcomes → plain tables: measures by half, kinds, refusals by kind, and two runs beside each other."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from eval.readable import faults
from eval.scorers import Outcome
from eval.statistics import differences, interval, measures, valued, visible

_OF = {"unanswerable": "refused, unanswerable", "which-papers": "list recall"}
"""Kind → what the table by kinds says of it, if not whether some sentence answers."""
MAIN = "some sentence answers"
HALVES = ("dev", "test")


def table(found: Sequence[Outcome]) -> str:
    lines = [_row("", HALVES)]
    halves = [measures([each for each in found if each.case.split == half]) for half in HALVES]
    for name in dict.fromkeys(name for half in halves for name in half):
        lines.append(_row(name, [cell(half.get(name, [])) for half in halves]))
    lines += ["", _row("some sentence answers, by kind", HALVES)]
    for kind, values in by_kind(found).items():
        lines.append(_row(kind, [cell(values[half]) for half in HALVES]))
    lines += [
        "",
        f"{'refused or answered, by kind':32}{'answered':>12}{'partial':>12}{'refused':>12}{'failed':>12}",
    ]
    for kind, counts in confusion(found).items():
        lines.append(f"{kind:32}" + "".join(f"{counts[status]:12}" for status in STATUSES))
    wrong = readability(found)
    lines += [
        "",
        "shown sentences: " + (", ".join(f"{name} {n}" for name, n in wrong.most_common()) or "none shown"),
    ]
    n = sum(MAIN in each.values for each in found)
    lines += [f"a difference of {visible(n):.3f} can be seen (n={n}, if a tenth of the cases flip)"]
    if lost := sum(each.case.lost for each in found):
        lines += [f"{lost} gold sentences do not stand in the papers as they were read"]
    return "\n".join(lines)


STATUSES = ("answered", "partial", "abstained", "failed")


def by_kind(found: Sequence[Outcome]) -> dict[str, dict[str, list[float]]]:
    """Kind → half → the values of the measure that tells whether it was answered rightly."""
    kinds = sorted({each.case.kind for each in found})
    return {kind: {half: _values(found, kind, half) for half in HALVES} for kind in kinds}


def _values(found: Sequence[Outcome], kind: str, half: str) -> list[float]:
    name = _OF.get(kind, MAIN)
    of = [each for each in found if each.case.kind == kind and each.case.split == half]
    return [each.values[name] for each in of if name in each.values]


def confusion(found: Sequence[Outcome]) -> dict[str, Counter[str]]:
    """Answerable, or why not → status → how many."""
    counted: dict[str, Counter[str]] = {"answerable": Counter()}
    for each in sorted(found, key=lambda each: each.case.why):
        kind = "answerable" if each.case.is_answerable else each.case.why or "unanswerable"
        counted.setdefault(kind, Counter())[each.told.status] += 1
    return counted


def readability(found: Sequence[Outcome]) -> Counter[str]:
    """What is wrong with the sentences shown → how many, and how many are whole."""
    every = [faults(said.text, said.is_led) for each in found for said in each.told.said]
    return Counter([name for each in every for name in each or ["readable"]])


def _row(name: str, cells: Sequence[str]) -> str:
    return f"{name:32}" + "".join(cell.rjust(30) for cell in cells)


def cell(values: Sequence[float]) -> str:
    if not values:
        return ""
    low, high = interval(values)
    return f"{np.mean(values):.3f} [{low:.3f}, {high:.3f}] n={len(values)}"


def shared(before: Sequence[Outcome], after: Sequence[Outcome]) -> set[str]:
    """The ids of the cases that two runs asked alike, be it a half of a suite, or one with a haystack around it."""
    asked = {each.case.id: each.case.question for each in before}
    return {each.case.id for each in after if asked.get(each.case.id) == each.case.question}


def compared(before: Sequence[Outcome], after: Sequence[Outcome]) -> str:
    """Two runs, over the cases that both asked: each measure's difference with its interval, and the cases of ``dev``
    that flipped; of the others only how many."""
    both = shared(before, after)
    only = len(before) + len(after) - 2 * len(both)
    before, after = ([each for each in run if each.case.id in both] for run in (before, after))
    told, lines = {each.case.id: each.case for each in after}, []
    found = list(differences(valued(before), valued(after)))
    for each in found:
        low, high = each.interval
        lines.append(
            f"{each.name:32} {each.mean:+.3f} [{low:+.3f}, {high:+.3f}]  better {len(each.better)}, worse"
            f" {len(each.worse)}, n={each.n}; {each.visible:.3f} can be seen"
        )
    flips = []
    for each in found:
        if each.name in (MAIN, "refused, unanswerable", "list recall"):
            for sign, ids in (("+", each.better), ("-", each.worse)):
                flips += [f"{sign} {id}: {told[id].question}" for id in ids if told[id].split == "dev"]
    if only:
        flips.append(f"{only} cases are in one of the two runs alone")
    return "\n".join([*lines, "", *flips])
