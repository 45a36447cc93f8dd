"""Judged claims → eval/results/agreement.md and .svg: what the support checker scores on claims of sources it has
not seen. Left out: the claims of the same question or source (five folds), and the whole set."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.config import Config
from assistant.embed.reader import PairReader
from assistant.embed.weights import Weights
from assistant.judge.gate import objections
from assistant.judge.judge import BALANCED, decided
from assistant.judge.models import Outlook
from assistant.types import Evidence
from eval.agreement import Agreement, measured
from eval.bench.run import RESULTS
from eval.judged import NEITHER, SUPPORTED, Judged, judged
from eval.train_support import BENCH, SCIFACT, Table, crossed, folds, outlooks, train
from eval.train_support import measured as measured_figures

SETS = (*BENCH, SCIFACT, "ExpertQA answers")
"""RAGTruth's sentences are left out for their number: their figures take longer than all others' together."""
PASSED = 0.05
"""The share of unsupported claims that a strict reader lets pass."""
ATTRIBUTIONBENCH = "AttributionBench, its four sets"

Scores = NDArray[np.float64]


def main() -> None:
    table = measured_figures([row for row in judged() if row.set in SETS])
    if not table.rows:
        raise SystemExit("the data folder beside the checkout is absent: there is nothing to train on")
    by_group = crossed(table, folds(table))
    report = _report(table, by_group, _sets_left_out(table))
    (RESULTS / "agreement.md").write_text(report, encoding="utf-8")
    _plot(table.rows, _scores(table, by_group))
    print(report)


def _sets_left_out(table: Table) -> Scores:
    """Scores by models that have not seen the set; none for what is not of AttributionBench."""
    found = np.full(len(table.rows), np.nan)
    for name in BENCH:
        here = np.array([row.set == name for row in table.rows])
        stored = train(table.where(~here))
        found[here] = _scores(table.where(here), outlooks(stored, table.where(here)))
    return found


def _decided(table: Table, found: Sequence[Outlook]) -> list[tuple[str, float]]:
    """Verdicts and scores as the judge gives them."""
    config = Config()
    reader = PairReader(Weights(config.weights, config.cache, config.threads))
    cases = [(row.claim, Evidence(row.evidence), row.question) for row in table.rows]
    rows = zip(table.figures, found, objections(cases, reader), strict=True)
    return [decided(figures, outlook, against, BALANCED) for figures, outlook, against in rows]


def _scores(table: Table, found: Sequence[Outlook]) -> Scores:
    """What is not called supported scores below the bar for it."""
    below = BALANCED.supported - 1e-6
    return np.array([s if v == "supported" else min(s, below) for v, s in _decided(table, found)])


def _report(table: Table, by_group: Sequence[Outlook], apart: Scores) -> str:
    rows, scores = table.rows, _scores(table, by_group)
    lines = [
        "# How well the support checker agrees with people",
        "",
        "Made by `make agreement` from the data folder. No claim was judged by a model that had seen one of the same"
        " question or source; in the last column, of the same set. Macro-F1 at a score of 0.5, with its 95 % interval;"
        " ECE: expected calibration error, ten bins; strict: the score above which at most 5 % of the unsupported"
        " claims lie, and the share of the supported claims that lie above it.",
        "",
        "| set | n | macro-F1 | AUC | ECE | strict: score, recall | set left out: macro-F1 |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    sets = list(dict.fromkeys(row.set for row in rows))
    bench = set(BENCH)
    for name, members in [(ATTRIBUTIONBENCH, bench), *((each, {each}) for each in sets)]:
        here = np.array([row.set in members for row in rows])
        lines.append(_row(name, [row for row in rows if row.set in members], scores[here], apart[here]))
    scifact = table.where(row.set == SCIFACT for row in rows)
    own = [each for row, each in zip(rows, by_group, strict=True) if row.set == SCIFACT]
    three = _three_way(scifact.rows, _decided(scifact, own))
    lines += [
        "",
        "SciFact's training claims as supported, contradicted or neither, by claims of other abstracts:",
        "",
    ]
    return "\n".join([*lines, f"- {three.line()}"]) + "\n"


def _row(name: str, rows: list[Judged], scores: Scores, apart: Scores) -> str:
    positive = np.array([row.label == SUPPORTED for row in rows])
    found = _two_way(positive, scores)
    left_out = "" if np.isnan(apart).any() else f"{_two_way(positive, apart).macro_f1:.3f}"
    floor = float(np.quantile(scores[~positive], 1 - PASSED))
    recall = float(np.mean(scores[positive] > floor))
    low, high = found.interval
    return (
        f"| {name} | {found.n} | {found.macro_f1:.3f} ({low:.3f}-{high:.3f}) | {found.auc:.3f} |"
        f" {_calibration_error(positive, scores):.3f} | {floor:.2f}, {recall:.2f} | {left_out} |"
    )


def _two_way(positive: NDArray[np.bool_], found: Scores) -> Agreement:
    def named(each: NDArray[np.bool_]) -> list[str]:
        return ["attributable" if is_so else "not attributable" for is_so in each]

    return measured("offline", named(positive), named(found >= BALANCED.supported), found)


def _three_way(rows: Sequence[Judged], found: Sequence[tuple[str, float]]) -> Agreement:
    said = [NEITHER if verdict == "unsupported" else verdict for verdict, _ in found]
    return measured("offline", [row.label for row in rows], said, np.array([score for _, score in found]))


def _calibration_error(positive: NDArray[np.bool_], found: Scores, bins: int = 10) -> float:
    """The mean distance between score and share of supported claims, a bin counting by its claims."""
    places = np.minimum((found * bins).astype(int), bins - 1)
    gaps = [
        abs(found[places == each].mean() - positive[places == each].mean()) * np.mean(places == each)
        for each in set(places.tolist())
    ]
    return float(sum(gaps))


def _plot(rows: list[Judged], found: Scores) -> None:
    """For each large set: of the claims with such a score, how many people called supported; and the recall of
    supported claims against the share of unsupported ones that pass, from which the strict score is read."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "assistant", "font.size": 9})
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 4), layout="constrained")
    bench = set(BENCH)
    for name, members in [("AttributionBench", bench), ("SciFact", {SCIFACT})]:
        here = np.array([row.set in members for row in rows])
        scored, positive = found[here], np.array([row.label == SUPPORTED for row in rows])[here]
        places = np.minimum((scored * 10).astype(int), 9)
        bins = [each for each in range(10) if np.sum(places == each) >= 10]
        means = [(scored[places == each].mean(), positive[places == each].mean()) for each in bins]
        left.plot(*zip(*means, strict=True), marker="o", label=name)
        cuts = np.quantile(scored, np.linspace(0, 1, 101))
        right.plot(
            [np.mean(scored[~positive] > cut) for cut in cuts],
            [np.mean(scored[positive] > cut) for cut in cuts],
        )
    left.plot([0, 1], [0, 1], color="black", linewidth=0.6)
    left.set(xlabel="score", ylabel="share that people call supported")
    left.legend()
    right.axvline(PASSED, color="black", linewidth=0.6)
    right.set(xlabel="unsupported claims that pass", ylabel="supported claims that pass")
    figure.savefig(RESULTS / "agreement.svg", metadata={"Date": None})
    pyplot.close(figure)


if __name__ == "__main__":
    main()
