"""Measures → a Markdown table, JSON and a plot."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.bench.measure import Measure


@dataclass(frozen=True)
class Compared:
    """One quantity of this tool and of the plain alternative."""

    name: str
    unit: str
    ours: float
    plain: float


@dataclass(frozen=True)
class Report:
    """``date``: ISO; ``compared``: empty where there was nothing to compare with."""

    date: str
    machine: dict[str, str | int]
    measures: Sequence[Measure]
    compared: Sequence[Compared] = ()
    compared_on: int = 0
    """Abstracts that both were given."""

    def markdown(self) -> str:
        here = self.machine
        lines = [
            "# What it costs",
            "",
            f"`make bench`, {self.date}, commit {here['commit']}: {here['cpu']}, {here['cores']} cores,"
            f" {here['memory_gb']} GB, {here['system']}, Python {here['python']}.",
            "",
            "| measure | median | n | min–max | budget | met |",
            "| --- | --- | --- | --- | --- | --- |",
            *map(_row, self.measures),
        ]
        if self.compared:
            lines += [
                "",
                "Beside llama-index's VectorStoreIndex over Chroma, with its defaults and the same embedder, on"
                f" {self.compared_on:,} abstracts:",
                "",
                "| | assistant | plain alternative |",
                "| --- | --- | --- |",
                *(f"| {_named(c.name, c.unit)} | {_figure(c.ours)} | {_figure(c.plain)} |" for c in self.compared),
            ]  # fmt: skip
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        measures = [measure.as_dict() for measure in self.measures]
        compared = [asdict(each) for each in self.compared]
        report = {
            "date": self.date,
            "machine": self.machine,
            "measures": measures,
            "plain_alternative": {"abstracts": self.compared_on, "compared": compared},
        }
        return json.dumps(report, indent=1, ensure_ascii=False) + "\n"

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "bench.md").write_text(self.markdown(), encoding="utf-8")
        (folder / "bench.json").write_text(self.as_json(), encoding="utf-8")
        _plot(self, folder / "bench.svg")


def _row(measure: Measure) -> str:
    name = _named(measure.name, measure.unit)
    if not measure.values:
        return f"| {name} | {measure.note} | | | | |"
    spread = f"{_figure(min(measure.values))}–{_figure(max(measure.values))}"
    sign = "≥" if measure.more_is_better else "≤"
    budget = "" if measure.budget is None else f"{sign} {measure.budget:g}"
    met = "" if measure.load is None else "yes" if measure.load <= 1 else "**no**"
    return f"| {name} | {_figure(measure.median)} | {len(measure.values)} | {spread} | {budget} | {met} |"


def _named(name: str, unit: str) -> str:
    return f"{name} ({unit})" if unit else name


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _plot(report: Report, file: Path) -> None:
    """Each budgeted measure as a share of its budget, on a scale where twice and half are equally far."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update(
        {"svg.hashsalt": "assistant", "font.size": 9}
    )  # the same numbers, the same file
    from matplotlib import pyplot

    shown = [(measure, measure.load) for measure in report.measures if measure.load is not None][::-1]
    figure, axes = pyplot.subplots(figsize=(9, 0.8 + 0.32 * len(shown)), layout="constrained")
    labels = [f"{measure.name}: {_figure(measure.median)} {measure.unit}" for measure, _ in shown]
    colours = ["#2a7f62" if load <= 1 else "#c0513f" for _, load in shown]
    axes.barh(labels, [load for _, load in shown], color=colours)
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_xscale("log", base=2)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}×")
    axes.set_xlabel("share of the budget that is used (left of the line: within it)")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)
