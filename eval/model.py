"""A real small language model, asked through the whole path: how often its form costs the answer, and its judgement.

Forty questions of the sets that may be looked at, by a fixed rule: of each kind, the first that are spread evenly.
Each answer is kept in a file of JSON lines under its question and prompt, so that a run that was ended goes on.
"""

import json
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from assistant import Answer, Config, Library, ModelConfig
from assistant.errors import ModelError
from assistant.prompts import load
from eval.bench.run import RESULTS
from eval.sets import Asked, available, holds, opened

KINDS = {"single": 22, "two-part": 6, "unanswerable": 12}
"""How many questions of each kind."""
SETS = ("seeds-dev", "digests-dev")
"""The first that is available: its questions are the same, but the digests say part of the facts in other words."""
CONTEXT = 8192
_FORM = ("not in the form asked for", "which was not offered", "hold", "no verified quote")
"""Signs that a claim or citation was given up for its form."""


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


def chosen(asked: Sequence[Asked], kinds: dict[str, int]) -> list[Asked]:
    found = []
    for kind, count in kinds.items():
        held = [each for each in asked if each.kind == kind]
        step = max(1, len(held) / count)
        found += [held[int(i * step)] for i in range(min(count, len(held)))]
    return found


def outcome(asked: Asked, answer: Answer) -> Outcome:
    supported = [claim for claim in answer.claims if claim.verdict == "supported"]
    quotes = " ".join(citation.quote.text for claim in supported for citation in claim.citations)
    cited = {citation.quote.paper for claim in supported for citation in claim.citations}
    answerable = asked.kind != "unanswerable"
    form = any(sign in reason for reason in answer.dropped.reasons for sign in _FORM)
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


def table(found: Sequence[Outcome]) -> str:
    single = [each for each in found if each.kind == "single"]
    double = [each for each in found if each.kind == "two-part"]
    none = [each for each in found if each.kind == "unanswerable"]
    rows = [
        (
            "single facts: answered",
            sum(each.status in ("answered", "partial") for each in single),
            len(single),
        ),
        ("single facts: all facts in supported quotes", sum(each.facts for each in single), len(single)),
        ("single facts: right paper", sum(each.right_paper for each in single), len(single)),
        ("single facts: refused for form", sum(each.form for each in single), len(single)),
        ("two papers: both cited", sum(each.right_paper for each in double), len(double)),
        ("not in the papers: says so", sum(each.status == "abstained" for each in none), len(none)),
        ("all: wrong, yet shown as supported", sum(each.wrong for each in found), len(found)),
    ]
    lines = ["| measure | questions | of |", "| --- | --- | --- |"]
    lines += [f"| {name} | {count} | {n} |" for name, count, n in rows]
    timed = [each for each in found if each.seconds]
    if timed:
        costs = [
            median(values) for values in zip(*((e.read, e.written, e.seconds) for e in timed), strict=True)
        ]
        lines.append(f"\nMedians: {costs[0]:.0f} tokens read, {costs[1]:.0f} written, {costs[2]:.1f} s.")
    return "\n".join(lines)


@contextmanager
def served(server: Path, model: Path, threads: int = 2) -> Iterator[str]:
    """The address of a llama.cpp server of its own on a free port, which ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [server, "-m", model, "-c", str(CONTEXT), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        [*map(str, command), "--threads", str(threads), "--parallel", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            if process.poll() is not None:
                raise SystemExit(f"{server} ended with {process.returncode}")
            try:
                urlopen(f"http://127.0.0.1:{port}/health", timeout=5)
                break
            except (URLError, OSError):
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(20)


def asked_of(url: str, kinds: dict[str, int], place: Path, passages: int) -> list[Outcome]:
    """Each question's outcome; what was answered for the same prompt, and is kept in ``place``, is not asked again."""
    name = next(filter(available, SETS))
    current, kept = f"answer@{load('answer').hash}", place / f"answers-{name}.jsonl"
    known = _known(kept, current)
    found = []
    with opened(name) as (library, questions):
        folder = library.folder
        config = Config(model=ModelConfig(base_url=url, context=CONTEXT, retries=0))
        for asked in chosen(questions, kinds):
            if asked.id not in known:
                with Library.open(folder, config) as reader:
                    known[asked.id] = _one(reader, asked, passages)
                with kept.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"asked": current, **asdict(known[asked.id])}) + "\n")
            said = known[asked.id].status[:60]
            print(f"{len(found) + 1}. {said:10} {asked.kind:12} {asked.question}", flush=True)
            found.append(known[asked.id])
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


def run(folder: Path, share: float = 1.0, passages: int = 5) -> None:
    """``folder`` holds llama-server and qwen.gguf, and keeps the answers; ``share`` of the questions."""
    kinds = {kind: max(1, round(share * count)) for kind, count in KINDS.items()}
    with served(folder / "llama-server", folder / "qwen.gguf") as url:
        found = asked_of(url, kinds, folder, passages)
    text = table(found)
    print(text)
    if share == 1.0:
        (RESULTS / "model.md").write_text(
            "# A real small language model\n\n`make eval-model`: Qwen2.5-Coder-1.5B-Instruct, 4 bits, by llama.cpp on"
            f" {SETS[0]} or {SETS[1]}, {passages} passages a question.\n\n{text}\n",
            encoding="utf-8",
        )
