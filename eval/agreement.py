"""A file of people's judgements → how often the support checker agrees with them.

Lines: {"question", "claim", "references": [texts], "attribution_label": "attributable" | "not attributable"}; labels
of three kinds (supported, contradicted, neither) are compared as such.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant import Judgement, support_many
from assistant.judge.second import SecondOpinion
from assistant.types import ChatModel, Evidence

SUPPORTED, UNSUPPORTED = "attributable", "not attributable"
CONTRADICTED, NEITHER = "contradicted", "neither"
_LABELS = {
    **dict.fromkeys(
        ("attributable", "supported", "support", "supports", "complete", "yes", "1", "true"), SUPPORTED
    ),
    **dict.fromkeys(
        ("not attributable", "unsupported", "not supported", "partial", "incomplete", "no", "0", "false"),
        UNSUPPORTED,
    ),
    **dict.fromkeys(("contradicted", "contradict", "contradicts", "refuted", "refutes"), CONTRADICTED),
    **dict.fromkeys(("neither", "nei", "not enough info", "not enough information"), NEITHER),
}
_RESAMPLES = 1000


@dataclass(frozen=True)
class Row:
    question: str
    claim: str
    references: tuple[str, ...]
    label: str


@dataclass(frozen=True)
class Agreement:
    """``interval``: 95 %, by bootstrap over the rows. ``auc``: of the score, supported against the rest; None
    where only one of the two occurs. ``confusion``: people's label → the judge's → how many."""

    judge: str
    n: int
    macro_f1: float
    interval: tuple[float, float]
    auc: float | None
    confusion: dict[str, dict[str, int]]

    def as_dict(self) -> dict[str, Any]:
        return {
            "judge": self.judge,
            "n": self.n,
            "macro_f1": round(self.macro_f1, 4),
            "macro_f1_interval": [round(end, 4) for end in self.interval],
            "auc": None if self.auc is None else round(self.auc, 4),
            "confusion": self.confusion,
        }

    def line(self) -> str:
        low, high = self.interval
        auc = "" if self.auc is None else f", AUC {self.auc:.3f}"
        cells = "; ".join(
            f"{true} as " + ", ".join(f"{said} {n}" for said, n in row.items())
            for true, row in self.confusion.items()
        )
        return f"{self.judge}: macro-F1 {self.macro_f1:.3f} ({low:.3f}-{high:.3f}){auc}, n={self.n}; {cells}"


def read(path: Path) -> list[Row]:
    """Raises ValueError, which names the line, for what is not of the form above; OSError."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if line.strip():
            try:
                rows.append(_row(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ValueError(f"{path}, line {number}: {error!r}") from error
    if not rows:
        raise ValueError(f"{path} holds no judgements")
    return rows


def _row(line: dict[str, Any]) -> Row:
    references = line.get("references") or []
    texts = [references] if isinstance(references, str) else references
    label = _LABELS[str(line["attribution_label"]).strip().lower().replace("_", " ").replace("-", " ")]
    return Row(str(line.get("question") or ""), str(line["claim"]), tuple(map(str, texts)), label)


def agreement(rows: Sequence[Row], model: ChatModel | None = None) -> list[Agreement]:
    """The offline checker's; and that of the ``model`` alone, asked for its own reading of the evidence first and in
    both orders, on the same rows."""
    judges = {"offline": support_many((row.claim, row.references, row.question) for row in rows)}
    if model:
        alone = SecondOpinion(None, model)
        judges[model.name] = [
            alone.judge(row.claim, Evidence(tuple(row.references)), row.question) for row in rows
        ]
    labels = [row.label for row in rows]
    three = bool({CONTRADICTED, NEITHER} & set(labels))
    return [
        measured(name, labels, [_said(each, three) for each in judged], np.array([e.score for e in judged]))
        for name, judged in judges.items()
    ]


def _said(found: Judgement, three: bool) -> str:
    if three and found.verdict == "contradicted":
        return CONTRADICTED
    if found.verdict == "supported":
        return SUPPORTED
    return NEITHER if three else UNSUPPORTED


def measured(
    judge: str, labels: Sequence[str], said: Sequence[str], scores: NDArray[np.float64]
) -> Agreement:
    """``labels`` are people's, ``said`` the judge's, ``scores`` its own, one a row each."""
    classes = sorted({*labels, *said})
    true, given = (np.array([classes.index(each) for each in names]) for names in (labels, said))
    chance = np.random.default_rng(0)
    draws = [chance.integers(0, len(true), len(true)) for _ in range(_RESAMPLES)]
    spread = [macro_f1(true[rows], given[rows], sorted(set(true.tolist()))) for rows in draws]
    low, high = np.quantile(spread, [0.025, 0.975])
    confusion = {
        name: {
            other: count
            for j, other in enumerate(classes)
            if (count := int(np.sum((true == i) & (given == j))))
        }
        for i, name in enumerate(classes)
    }
    whole = macro_f1(true, given, sorted(set(true.tolist())))
    is_supported = np.array([label == SUPPORTED for label in labels])
    return Agreement(
        judge, len(labels), whole, (float(low), float(high)), auc(is_supported, scores),
        {name: row for name, row in confusion.items() if row},
    )  # fmt: skip


def macro_f1(true: NDArray[np.int64], given: NDArray[np.int64], classes: Sequence[int]) -> float:
    """The mean over the ``classes`` that people used of F1; a class that neither has counts 0."""
    scores = []
    for each in classes:
        hits = np.sum((true == each) & (given == each))
        both = np.sum(true == each) + np.sum(given == each)
        scores.append(2 * hits / both if both else 0.0)
    return float(np.mean(scores))


def auc(positive: NDArray[np.bool_], scores: NDArray[np.float64]) -> float | None:
    """The chance that a positive outranks a negative, ties counting half (Mann and Whitney's U)."""
    n, m = int(positive.sum()), int((~positive).sum())
    if not n or not m:
        return None
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * m))
