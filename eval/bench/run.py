"""All measures in their order → a Report; ``quick`` for trying the benchmark itself."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.bench import adding, commands, pdfs
from eval.bench.abstracts import ABSENT, SOURCE
from eval.bench.compared import compared
from eval.bench.measure import Measure, machine
from eval.bench.report import Compared, Report

RESULTS = Path(__file__).resolve().parents[1] / "results"


def run(n: int, quick: bool) -> Report:
    """``n``: runs of each command. ``quick``: a hundredth of the papers, so its numbers say little."""
    small, large, largest = (50, 100, 500) if quick else (1000, 10_000, 50_000)
    questions, judged = (3, 20) if quick else (20, 200)
    pairs: list[Compared] = []
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        _say("the commands")
        measures = commands.measured(folder, n)
        if pdfs.FOLDER.exists():
            _say("PDFs")
            measures += pdfs.measured(folder, min(n, 3))
        else:
            measures.append(_skipped("PDFs", pdfs.ABSENT))
        if SOURCE.exists():
            _say(f"{small:,} and {large:,} abstracts")
            measures += adding.added(folder, small, min(n, 3), questions)
            measures += adding.added(folder, large, 1, questions)
            _say(f"{largest:,} abstracts, with random vectors")
            measures += adding.at_scale(folder, largest, min(n, 3), questions)
            _say("the plain alternative")
            pairs = compared(folder, small, judged)
        else:
            measures.append(_skipped("papers by the thousand, and the plain alternative", ABSENT))
    date = datetime.now(UTC).date().isoformat()
    return Report(date, machine(), measures, pairs, small)


def _say(what: str) -> None:
    print(f"Measuring {what} ...", file=sys.stderr)


def _skipped(what: str, why: str) -> Measure:
    return Measure(what, "", note=why)
