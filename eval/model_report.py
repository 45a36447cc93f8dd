"""What came of a real model's questions → counts, each with its n, as Markdown and JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import median

from assistant import Answer
from assistant.errors import ModelError
from eval.bench.measure import machine
from eval.bench.run import RESULTS
from eval.sets import Asked, holds

MODEL = "Qwen2.5-Coder-1.5B-Instruct, 4 bits, by llama.cpp"
_FORM = ("not in the form asked for", "points at", "cites", "copies words", "quotes words")
"""How a reason begins why a claim or citation was given up for its form."""
_UNSHOWN = "no verified quote stands behind it"


@dataclass(frozen=True)
class Outcome:
    """What came of one question. ``facts``: all its facts stand in the quotes of supported claims; ``wrong``: a claim
    is shown as supported though the question has no answer, or its papers are others; ``form``: no claim, or no
    citation of one, could be read."""

    id: str
    kind: str
    prompt: str
    status: str
    facts: bool
    right_paper: bool
    wrong: bool
    form: bool
    read: int
    written: int
    seconds: float


def outcome(asked: Asked, answer: Answer) -> Outcome:
    supported = [claim for claim in answer.claims if claim.verdict == "supported"]
    quotes = " ".join(citation.quote.text for claim in supported for citation in claim.citations)
    cited = {citation.quote.paper for claim in supported for citation in claim.citations}
    answerable = asked.kind != "unanswerable"
    form = any(reason.startswith(_FORM) or _UNSHOWN in reason for reason in answer.dropped.reasons)
    return Outcome(
        asked.id,
        asked.kind,
        answer.prompt or "",
        answer.status,
        answerable and bool(supported) and all(holds(quotes, fact) for fact in asked.facts),
        answerable and asked.keys <= cited,
        bool(supported) and not (answerable and cited & asked.keys),
        answer.status == "abstained" and answerable and form,
        answer.usage.input_tokens,
        answer.usage.output_tokens,
        answer.seconds,
    )


def refused(asked: Asked, error: ModelError) -> Outcome:
    """The model's reply could not be read at all."""
    return Outcome(asked.id, asked.kind, "", f"error: {error}", False, False, False, True, 0, 0, 0.0)


def measures(found: Sequence[Outcome]) -> dict[str, tuple[int, int]]:
    """What is counted → (how many questions, of how many)."""
    single, double, none = (
        [each for each in found if each.kind == kind] for kind in ("single", "two-part", "unanswerable")
    )
    answerable = [*single, *double]
    return {
        "single facts: answered": _count(single, lambda each: each.status in ("answered", "partial")),
        "single facts: all facts in supported quotes": _count(single, lambda each: each.facts),
        "single facts: right paper": _count(single, lambda each: each.right_paper),
        "single facts: refused for form": _count(single, lambda each: each.form),
        "two papers: both cited": _count(double, lambda each: each.right_paper),
        "in the papers, and yet not answered": _count(
            answerable, lambda each: each.status not in ("answered", "partial")
        ),
        "not in the papers: says so": _count(none, lambda each: each.status == "abstained"),
        "all: wrong, yet shown as supported": _count(found, lambda each: each.wrong),
    }


def _count(among: Sequence[Outcome], is_so: Callable[[Outcome], bool]) -> tuple[int, int]:
    return sum(map(is_so, among)), len(among)


def medians(found: Sequence[Outcome]) -> dict[str, float]:
    """Of the questions that came to an answer; empty where none did."""
    timed = [(each.read, each.written, each.seconds) for each in found if each.seconds]
    names = ("tokens read", "tokens written", "seconds")
    return {name: median(values) for name, values in zip(names, zip(*timed, strict=True), strict=bool(timed))}


def table(results: Mapping[str, Sequence[Outcome]]) -> str:
    """Markdown, a column for each set."""
    counts = {name: measures(found) for name, found in results.items()}
    costs = {name: medians(found) for name, found in results.items()}
    rows = [("measure", *results), ("---",) * (len(results) + 1)]
    for what in next(iter(counts.values())):
        rows.append((what, *("{} of {}".format(*each[what]) for each in counts.values())))
    for what in ("tokens read", "tokens written", "seconds"):
        told = (f"{each[what]:.1f}".removesuffix(".0") if what in each else "" for each in costs.values())
        rows.append((f"{what}, median", *told))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def write(results: Mapping[str, Sequence[Outcome]], text: str, passages: int, to: Path = RESULTS) -> None:
    """``text`` as Markdown, the counts and what came of each question as JSON."""
    here, today = machine(), f"{date.today()}"
    (to / "model.md").write_text(
        f"# A real small language model\n\n`make eval-model`, {today}, commit {here['commit']}: {MODEL},"
        f" {passages} passages a question; {here['cpu']}, {here['cores']} cores.\n\n{text}\n",
        encoding="utf-8",
    )
    sets = {
        name: {
            "measures": measures(found),
            "medians": medians(found),
            "outcomes": [asdict(each) for each in found],
        }
        for name, found in results.items()
    }
    report = {"date": today, "machine": here, "model": MODEL, "passages": passages, "sets": sets}
    (to / "model.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
