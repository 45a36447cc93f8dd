"""Judgements of the support checker beside people's → how well they agree.

A file has a line for each claim: ``{"question", "claim", "references": [texts], "attribution_label"}``. Labels of
two kinds (attributable or not) are compared with the verdict supported or not; where people also told contradicted
from neither, all three are compared.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant import Judgement, support_many

RESAMPLES = 1000
SUPPORTED, UNSUPPORTED, CONTRADICTED, NEITHER = "supported", "unsupported", "contradicted", "neither"
LABELS = {
    SUPPORTED: "attributable supported support supports entailment entailed complete yes true 1",
    UNSUPPORTED: "not-attributable unsupported not-supported no-support partial incomplete no false 0",
    CONTRADICTED: "contradicted contradict contradicts contradictory contradiction refuted refutes refute",
    NEITHER: "neither neutral nei not-enough-info no-info unrelated extrapolatory",
}
"""What the labels are called in the data sets that use them."""
_KNOWN = {word: label for label, words in LABELS.items() for word in words.split()}


@dataclass(frozen=True)
class Row:
    claim: str
    evidence: tuple[str, ...]
    question: str
    label: str | None
    """None where nobody has judged."""


@dataclass(frozen=True)
class Agreement:
    judge: str
    n: int
    unlabelled: int
    macro_f1: float | None
    macro_f1_interval: tuple[float, float] | None
    """95 %, by resampling the claims."""
    auc: float | None
    confusion: dict[str, dict[str, int]]
    """People's label → the judge's → how often."""


def evaluate(path: Path) -> list[Agreement]:
    """One agreement per judge; there is one, the offline checker. Exits with a line that says what is wrong."""
    rows = list(read(path))
    labelled = [row for row in rows if row.label]
    judgements = support_many((row.claim, row.evidence, row.question) for row in labelled)
    labels = [row.label for row in labelled if row.label]
    return [agreement("offline", labels, judgements, len(rows) - len(labelled))]


def read(path: Path) -> Iterator[Row]:
    try:
        lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError as error:
        raise SystemExit(f"{path} cannot be read: {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except ValueError as error:
            raise SystemExit(f"{path}:{number}: not a JSON object a line: {error}") from error
        if not isinstance(found, dict):
            raise SystemExit(f"{path}:{number}: not a JSON object a line: it is a {type(found).__name__}")
        yield _row(found)


def _row(found: dict[str, Any]) -> Row:
    evidence = found.get("references") or found.get("evidence") or []
    texts = evidence if isinstance(evidence, list) else [evidence]
    named = str(found.get("attribution_label", found.get("label"))).strip().lower()
    label = _KNOWN.get("-".join(named.replace("_", " ").split()))
    return Row(_text(found.get("claim")), tuple(map(_text, texts)), _text(found.get("question")), label)


def _text(value: Any) -> str:
    """A string; of an object its text; nothing for null."""
    if isinstance(value, dict):
        value = value.get("text")
    return "" if value is None else str(value)


def agreement(
    judge: str, labels: Sequence[str], judgements: Sequence[Judgement], unlabelled: int = 0
) -> Agreement:
    """Of the same length. Without labels all measures are None."""
    three = CONTRADICTED in labels or NEITHER in labels
    verdicts = [_as_label(judgement.verdict, three) for judgement in judgements]
    labels = [_as_label(label, three) for label in labels]
    classes = [SUPPORTED, CONTRADICTED, NEITHER] if three else [SUPPORTED, UNSUPPORTED]
    people, machine = (
        np.array([classes.index(each) for each in column], dtype=int) for column in (labels, verdicts)
    )
    counts = _counts(people, machine, len(classes))
    confusion = {a: {b: int(counts[i, j]) for j, b in enumerate(classes)} for i, a in enumerate(classes)}
    if not labels:
        return Agreement(judge, 0, unlabelled, None, None, None, confusion)
    scores = np.array([judgement.score for judgement in judgements])
    return Agreement(
        judge, len(labels), unlabelled, round(macro_f1(counts), 4), _interval(people, machine, len(classes)),
        auc(people == 0, scores), confusion,
    )  # fmt: skip


def _as_label(name: str, three: bool) -> str:
    if name == SUPPORTED:
        return name
    return (CONTRADICTED if name == CONTRADICTED else NEITHER) if three else UNSUPPORTED


def _counts(people: NDArray[Any], machine: NDArray[Any], classes: int) -> NDArray[Any]:
    return np.bincount(people * classes + machine, minlength=classes**2).reshape(classes, classes)


def macro_f1(counts: NDArray[Any]) -> float:
    """The mean of F1 over the classes that people or the judge named; ``counts``: people's by the judge's."""
    both = counts.sum(axis=0) + counts.sum(axis=1)
    return float(np.mean(2 * np.diag(counts)[both > 0] / both[both > 0]))


def _interval(people: NDArray[Any], machine: NDArray[Any], classes: int) -> tuple[float, float]:
    random = np.random.default_rng(0)
    samples = (random.integers(len(people), size=len(people)) for _ in range(RESAMPLES))
    found = [macro_f1(_counts(people[chosen], machine[chosen], classes)) for chosen in samples]
    low, high = np.quantile(found, [0.025, 0.975])
    return round(float(low), 4), round(float(high), 4)


def auc(positive: NDArray[Any], scores: NDArray[Any]) -> float | None:
    """The chance that a supported claim scores above another, ties counting half; None if there is but one kind."""
    order = np.argsort(scores, kind="stable")
    _, where, sizes = np.unique(scores[order], return_inverse=True, return_counts=True)
    middle = np.cumsum(sizes) - (sizes - 1) / 2
    ranks = np.empty(len(scores))
    ranks[order] = middle[where]
    n, m = int(positive.sum()), int((~positive).sum())
    return round(float((ranks[positive].sum() - n * (n + 1) / 2) / (n * m)), 4) if n and m else None
