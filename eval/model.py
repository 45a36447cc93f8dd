"""A real small language model, asked through the whole path: how often its form costs the answer, and its judgement.

Forty questions of the sets that may be looked at, by a fixed rule: of each kind, the first that are spread evenly.
What came of each is kept in a file of JSON lines until the run is done, so that one that was ended goes on.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from assistant import Config, Library
from assistant.errors import ModelError
from assistant.prompts import load
from eval.local import writer
from eval.model_report import Outcome, outcome, refused, table, write
from eval.sets import Asked, available, opened

KINDS = {"single": 22, "two-part": 6, "unanswerable": 12}
"""How many questions of each kind."""
SETS = ("seeds-dev", "digests-dev")
"""The same questions of the papers' abstracts, and of digests, which say part of the facts in other words."""


def chosen(asked: Sequence[Asked], kinds: dict[str, int]) -> list[Asked]:
    found = []
    for kind, count in kinds.items():
        held = [each for each in asked if each.kind == kind]
        step = max(1, len(held) / count)
        found += [held[int(i * step)] for i in range(min(count, len(held)))]
    return found


def asked_of(config: Config, name: str, kinds: dict[str, int], kept: Path, passages: int) -> list[Outcome]:
    """What comes of each question of the set ``name``; what ``kept`` has for the same prompt and number of passages
    is not asked again."""
    current = f"{name} {load('answer').hash} {passages}"
    known = _known(kept, current)
    found = []
    with opened(name) as (library, questions), Library.open(library.folder, config) as reader:
        for n, asked in enumerate(chosen(questions, kinds), 1):
            if asked.id not in known:
                known[asked.id] = _one(reader, asked, passages)
                with kept.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"asked": current, **asdict(known[asked.id])}) + "\n")
            found.append(known[asked.id])
            print(f"{name} {n}. {found[-1].status[:60]:10} {asked.kind:12} {asked.question[:80]}", flush=True)
    return found


def _one(library: Library, asked: Asked, passages: int) -> Outcome:
    try:
        return outcome(asked, library.ask(asked.question, model="local", passages=passages))
    except ModelError as error:
        return refused(asked, error)


def _known(kept: Path, current: str) -> dict[str, Outcome]:
    if not kept.exists():
        return {}
    lines = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    return {
        line["id"]: Outcome(**{name: value for name, value in line.items() if name != "asked"})
        for line in lines
        if line["asked"] == current
    }


def run(folder: Path, sets: Sequence[str] = (), share: float = 1.0, passages: int = 5) -> None:
    """``folder`` holds llama-server and qwen.gguf, and what came of each question until all are asked. ``sets``: by
    default those of SETS that are there; ``share``: of the questions. The whole is written to eval/results."""
    names = sets or [name for name in SETS if available(name)]
    kinds = {kind: max(1, round(share * count)) for kind, count in KINDS.items()}
    kept = folder / "answers.jsonl"
    with writer(str(folder)) as (config, _):
        results = {name: asked_of(config, name, kinds, kept, passages) for name in names}
    text = table(results)
    print(text)
    if share == 1.0 and set(names) >= set(SETS):
        write(results, text, passages)
    kept.unlink()  # what is asked next time is asked of other code
