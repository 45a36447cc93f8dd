"""ask --model over a real socket: an honest model, models that lie, and servers that fail."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.running import Run
from tests.cli.test_ask import check_quotes
from tests.cli.texts import DEPTH
from tests.scripted_server import (
    Script,
    ScriptedServer,
    altered_quote,
    failing,
    foreign_quote,
    honest,
    invented_id,
    nothing_found,
    saying,
)

Ask = Callable[..., Any]


def asked(run: Run, server: ScriptedServer, *words: str, command: str = "ask", **more: Any) -> Any:
    return run(command, "--model", "scripted", *words, OPENAI_BASE_URL=server.url, OPENAI_API_KEY="", **more)


def test_an_honest_model(run: Run) -> None:
    with ScriptedServer(honest) as server:
        result = asked(run, server, DEPTH, "--json", "--passages", "2")
        told = asked(run, server, DEPTH)
    assert (result.exit_code, result.stderr) == (0, "")
    answer = json.loads(result.stdout)
    assert (answer["engine"], answer["usage"]["input_tokens"]) == ("scripted", 321)
    assert answer["claims"][0]["text"] == "The papers say so."
    assert answer["claims"][0]["verdict"] == "unsupported"  # the quote is real and does not say that
    assert check_quotes(run, answer) == 1
    assert len(server.requests[0].passages) == 2 < len(server.requests[1].passages)
    assert "366 tokens" in told.stderr


@pytest.mark.parametrize(
    "script", [invented_id, altered_quote, foreign_quote], ids=lambda script: script.__name__
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
    assert "The papers say so [1]." in result.stdout
