"""A suite asked → what came of each case, kept as it comes, so that a run that was ended goes on, and a result file.

What is kept, and for how long: while a suite is asked, .eval/NAME.partial.jsonl, for as long as neither the code nor
the suite changes; then results/<commit>-NAME.json, from which it can be scored, compared and shown again.
"""

import hashlib
import json
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from assistant import AssistantError, Config, Library, ModelConfig
from assistant.chat import Conversation
from eval import shelves
from eval.scorers import Outcome, outcome
from eval.sets import ROOT
from eval.suite import Case
from eval.told import SEARCHED, Told, as_row, from_row, told

RESULTS = ROOT / "results"
_TOGETHER = 4
"""Cases that a process takes at a time: few, so that a run that is ended loses few."""
_opened: list[Library] = []
"""Of a process that was started to ask."""


@dataclass(frozen=True)
class Run:
    """``model``: who wrote the answers, "" for nobody; ``commit``: of the code, with a + where it was changed since."""

    suite: str
    commit: str
    outcomes: tuple[Outcome, ...]
    model: str = ""


Progress = Callable[[int, int], None]
"""Told how many cases of how many have been asked."""


def run(
    name: str,
    library: Library,
    cases: Sequence[Case],
    model: str | None = None,
    progress: Progress = lambda done, of: None,
    processes: int = 1,
) -> Run:
    """Asks the cases that an ended run of the same code and suite has not asked. With more ``processes`` than one it is
    sooner done, and tells nothing of how long a question takes."""
    kept = shelves.KEPT / f"{name}.partial.jsonl"
    kept.parent.mkdir(exist_ok=True)
    found = []
    for each in asked(library, cases, kept, _same(cases, model), model, processes):
        found.append(each)
        progress(len(found), len(cases))
    kept.unlink(missing_ok=True)
    return Run(name, commit(), tuple(map(outcome, cases, found)), model or "")


def asked(
    library: Library,
    cases: Sequence[Case],
    kept: Path,
    same: str,
    model: str | None = None,
    processes: int = 1,
) -> Iterator[Told]:
    """What came of each case, in order. ``kept``: a file of what did; it counts if its first line is ``same``."""
    known = _known(kept, same)
    if not known:
        kept.write_text(f"{same}\n", encoding="utf-8")
    fresh = _fresh(library, [case for case in cases if case.id not in known], model, processes)
    with kept.open("a", encoding="utf-8") as file:
        for case in cases:
            if case.id not in known:
                known[case.id] = next(fresh)
                file.write(json.dumps(as_row(known[case.id]), ensure_ascii=False) + "\n")
                file.flush()
            yield known[case.id]


def _fresh(library: Library, cases: Sequence[Case], model: str | None, processes: int) -> Iterator[Told]:
    if processes == 1:
        yield from (ask(library, case, model) for case in cases)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _open, (library.folder,)) as pool:
        yield from pool.map(_ask, cases, repeat(model), chunksize=_TOGETHER)


def _open(folder: Path) -> None:
    """In a process of several: its own library, and a core for itself."""
    _opened.append(Library.open(folder, Config(threads=1, model=ModelConfig(replay_known=True))))


def _ask(case: Case, model: str | None) -> Told:
    return ask(_opened[0], case, model)


def _known(kept: Path, same: str) -> dict[str, Told]:
    if not kept.exists():
        return {}
    first, *lines = kept.read_text(encoding="utf-8").split("\n")
    if first != same:
        return {}
    whole = lines[:-1]  # behind the last line break is nothing, or a line that was being written
    if lines[-1:] != [""]:
        kept.write_text("".join(f"{line}\n" for line in (first, *whole)), encoding="utf-8")
    return {each.id: each for each in (from_row(json.loads(line)) for line in whole)}


def _same(cases: Sequence[Case], model: str | None) -> str:
    """What must not have changed for an answer to count: code, cases as they stand in the papers, and who answers."""
    given = repr((shelves.code(()), model, [asdict(case) for case in cases]))
    return hashlib.sha256(given.encode()).hexdigest()


def ask(library: Library, case: Case, model: str | None = None) -> Told:
    """A fault at the model's server is an outcome, too."""
    started = time.perf_counter()
    try:
        if case.before:
            conversation = Conversation(library, model=model)
            for question in (*case.before, case.question):
                started = time.perf_counter()
                conversation.ask(question)
            answer = conversation.turns[-1].answer
        else:
            answer = library.ask(case.question, model=model)
    except AssistantError as error:
        return Told(case.id, "failed", text=str(error), seconds=time.perf_counter() - started)
    seconds = time.perf_counter() - started
    return told(case.id, answer, library, library.search(case.question, limit=SEARCHED), seconds)


def commit() -> str:
    def git(*words: str) -> str:
        return subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no")
    return git("rev-parse", "--short", "HEAD") + ("+" if changed else "")


def save(run: Run, folder: Path) -> Path:
    """``folder``/<commit>-NAME.json."""
    path = folder / f"{run.commit}-{run.suite}{'-' + run.model.replace('/', '_') if run.model else ''}.json"
    rows = [{"case": asdict(each.case), "told": as_row(each.told)} for each in run.outcomes]
    whole = {"suite": run.suite, "commit": run.commit, "model": run.model, "outcomes": rows}
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=0), encoding="utf-8")
    return path


def load(path: Path) -> Run:
    """A saved run, scored by the scorers of today. Raises ValueError for a file that is none, OSError."""
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
        outcomes = [outcome(_case(row["case"]), from_row(row["told"])) for row in whole["outcomes"]]
        return Run(whole["suite"], whole["commit"], tuple(outcomes), whole["model"])
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path} is no result of eval run: {error!r}") from error


def _case(row: dict[str, Any]) -> Case:
    spans = {
        name: tuple((paper, start, end) for paper, start, end in row[name]) for name in ("gold", "relevant")
    }
    lists = {name: tuple(row[name]) for name in ("papers", "before", "wanted")}
    return Case(**{**row, **spans, "facts": tuple(map(tuple, row["facts"])), **lists})
