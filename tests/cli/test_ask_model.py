"""ask --model over a real socket: an honest model, models that lie, and servers that fail."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Run, Terminal
from tests.cli.test_ask import check_quotes
from tests.cli.texts import DEPTH
from tests.fakes import claims
from tests.scripted_server import (
    DONE,
    EVENTS,
    Reply,
    Request,
    Script,
    ScriptedServer,
    altered_quote,
    claiming,
    completion,
    event,
    failing,
    foreign_quote,
    honest,
    honest_copyist,
    invented_id,
    invented_tag,
    nothing_found,
    saying,
    sentence,
)

Ask = Callable[..., Any]


def asked(run: Run, server: ScriptedServer, *words: str, command: str = "ask", **more: Any) -> Any:
    return run(command, "--model", "scripted", *words, OPENAI_BASE_URL=server.url, OPENAI_API_KEY="", **more)


@pytest.mark.parametrize("script", [honest, honest_copyist])
def test_an_honest_model(run: Run, script: Script) -> None:
    with ScriptedServer(script) as server:
        result = asked(run, server, DEPTH, "--json", "--passages", "2")
        told = asked(run, server, DEPTH)
    assert (result.exit_code, result.stderr) == (0, "")
    answer = json.loads(result.stdout)
    assert (answer["engine"], answer["usage"]["input_tokens"]) == ("scripted", 321)
    assert answer["claims"][0]["text"].endswith("Sea otters dive for food along rocky coasts.")
    assert answer["claims"][0]["verdict"] == "supported"
    assert check_quotes(run, answer) == 1
    assert len(server.requests[0].passages) == 2 < len(server.requests[1].passages)
    assert "366 tokens" in told.stderr


@pytest.mark.parametrize(
    "script", [invented_tag, invented_id, altered_quote, foreign_quote], ids=lambda script: script.__name__
)
@pytest.mark.parametrize("flags", [[], ["--strict"]], ids=["", "strict"])
def test_a_lie_is_dropped_and_counted(run: Run, script: Script, flags: list[str]) -> None:
    with ScriptedServer(script) as server:
        result = asked(run, server, DEPTH, "--json", *flags)
        told = asked(run, server, DEPTH, *flags)
    answer = json.loads(result.stdout)
    assert result.exit_code == told.exit_code == (3 if answer["status"] == "abstained" else 0)
    assert answer["dropped"]["citations"] == len(answer["dropped"]["reasons"]) == 1
    assert check_quotes(run, answer) == 0
    assert not [claim for claim in answer["claims"] if claim["verdict"] != "unsupported"]
    assert "1 citation dropped" in told.stderr or "1 claim and 1 citation dropped" in told.stderr


def test_a_model_that_finds_nothing(run: Run) -> None:
    with ScriptedServer(nothing_found) as server:
        result = asked(run, server, DEPTH)
    assert result.exit_code == 3
    assert "how deep the otters dive" in result.stdout


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (failing(401), ["(401)", "OPENAI_API_KEY"]),
        (failing(429, retry_after="0"), ["asks to wait"]),
        (failing(500, retry_after="0"), ["failed"]),
        (saying("this is no JSON"), []),
    ],
    ids=["401", "429", "500", "no JSON"],
)
def test_a_server_that_fails_is_one_line(run: Run, script: Script, words: list[str]) -> None:
    with ScriptedServer(script) as server:
        result = asked(run, server, DEPTH, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ") and result.stderr.count("\n") == 1
    assert all(word in result.stderr for word in words)


def test_no_server_and_no_key(run: Run) -> None:
    with ScriptedServer(honest) as server:
        gone = server.url
    result = run("ask", "--model", "m", DEPTH, OPENAI_BASE_URL=gone)
    assert (result.exit_code, result.stdout) == (1, "")
    assert (
        result.stderr.startswith("Error: no server answers at 127.0.0.1:") and result.stderr.count("\n") == 1
    )
    assert run("ask", "--model", "m", DEPTH).stderr.startswith("Error: there is no key; set OPENAI_API_KEY")


def test_offline_wins_over_a_model_that_is_set(run: Run) -> None:
    with ScriptedServer(honest) as server:
        result = run("ask", "--offline", "--json", DEPTH, ASSISTANT_ASK_MODEL="m", OPENAI_BASE_URL=server.url)
        chat = run("chat", "--offline", input=DEPTH, ASSISTANT_CHAT_MODEL="m", OPENAI_BASE_URL=server.url)
    assert json.loads(result.stdout)["engine"] == "extract"
    assert "97 metres" in chat.stdout
    assert server.requests == []


def test_a_model_named_by_a_variable(run: Run) -> None:
    with ScriptedServer(honest) as server:
        result = run("ask", "--json", DEPTH, ASSISTANT_ASK_MODEL="m", OPENAI_BASE_URL=server.url)
    assert json.loads(result.stdout)["engine"] == "m"


def test_a_chat_survives_a_model_that_fails(run: Run) -> None:
    with ScriptedServer(failing(401), honest) as server:
        result = asked(run, server, command="chat", input=f"{DEPTH}\n{DEPTH}\n")
    assert result.exit_code == 1  # one question of two failed
    assert result.stderr.count("Error: ") == 1 and "(401)" in result.stderr
    assert "along rocky coasts [1]." in " ".join(result.stdout.split())


def halting(request: Request) -> Reply:
    """Two sentences of the papers, with a pause after the first that only the end of the test ends."""
    (one, words), (two, more), *_ = request.passages.items()
    said = [(sentence(text).split("\n")[-1], name) for name, text in ((one, words), (two, more))]
    text = json.dumps(claims(*((quote, [(name, quote)]) for quote, name in said)))
    end = text.index("]}, {") + 2
    parts = (event(text[:end]), 60.0, event(text[end:]), event("", "stop"), DONE)
    return Reply(None, headers=EVENTS, parts=parts)


def test_a_claim_is_on_the_screen_before_the_next_has_come(run: Run, shared_library: Path) -> None:
    """And what is on the screen in the end is what goes into a pipe."""
    with ScriptedServer(halting) as server:
        words = ("--library", shared_library, "ask", "--model", "scripted", DEPTH)
        terminal = Terminal(*words, OPENAI_BASE_URL=server.url, OPENAI_API_KEY="", NO_COLOR="1")
        screen = terminal.wait_for("along rocky coasts [1].")
        assert "[2]" not in terminal.screen
        server.release()
        screen += terminal.wait_for(" dropped ")
        assert terminal.leave() == 0
        piped = asked(run, server, DEPTH)
    shown = re.sub(r"\r[^\r\n]*\x1b\[K", "", screen.replace("\r\n", "\n"))
    assert piped.stdout in shown and "[2]." in piped.stdout


def test_ctrl_c_while_claims_come(shared_library: Path) -> None:
    with ScriptedServer(halting) as server:
        words = ("--library", shared_library, "ask", "--model", "scripted", DEPTH)
        terminal = Terminal(*words, OPENAI_BASE_URL=server.url, OPENAI_API_KEY="")
        terminal.wait_for("along rocky coasts")
        terminal.type("\x03")
        terminal.wait_for("Interrupted.")
        assert terminal.leave() == 130


def test_a_second_opinion_is_asked_of_another_model(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge is not offered passages; the script tells the two apart by that."""
    monkeypatch.setattr("assistant.judge.second.UNSURE", (-1.0, 2.0))

    def script(request: Request) -> Reply:
        if not request.passages:
            return completion('{"evidence": "", "verdict": "not shown"}')
        return claiming(*((name, sentence(words)) for name, words in [*request.passages.items()][:1]))

    with ScriptedServer(script) as server:
        result = asked(run, server, DEPTH, "--json", "--judge", "second")
    names = [request.body["model"] for request in server.requests]
    assert names[:3] == ["scripted", "second", "second"] and result.exit_code == 3
    assert json.loads(result.stdout)["dropped"]["claims"] == 1
