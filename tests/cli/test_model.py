"""The options of a model's run: what it may cost, its log, its cache, its table of settings, and Ctrl-C."""

import json
import os
import signal
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.running import ROOT, Run, command
from tests.cli.texts import DEPTH
from tests.scripted_server import (
    Reply,
    Request,
    ScriptedServer,
    embedding,
    event,
    failing,
    honest,
    slow,
    streaming,
)

KEY = "sk-test-3f9a7c5e1b2d4068"


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Prices and replies of this test alone."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("ASSISTANT_CACHE", str(tmp_path / "replies"))


def price(server: ScriptedServer, folder: Path) -> None:
    (folder / "config/assistant").mkdir(parents=True)
    text = f'["{server.address}"]\n"*" = {{ input = 1000, output = 2000 }}'
    (folder / "config/assistant/prices.toml").write_text(text)


def test_the_price_is_shown_or_that_it_is_unknown(run: Run, folder: Path) -> None:
    with ScriptedServer(honest) as server:
        unknown = run("ask", "--model", "m", DEPTH, OPENAI_BASE_URL=server.url)
        price(server, folder)
        known = run("ask", "--model", "m", DEPTH, OPENAI_BASE_URL=server.url)
        as_json = run("ask", "--model", "m", DEPTH, "--json", OPENAI_BASE_URL=server.url)
    assert "366 tokens · price unknown" in unknown.stderr
    assert "366 tokens · $0.4110" in known.stderr
    usage = json.loads(as_json.stdout)["usage"]
    assert usage == {"input_tokens": 321, "output_tokens": 45, "cost_usd": 0.411}
    assert "price" not in run("ask", "--offline", DEPTH).stderr


def test_tokens_that_were_not_counted_are_said_to_be_estimated(run: Run) -> None:
    def uncounted(request: Request) -> Reply:
        reply = honest(request)
        return replace(reply, body=reply.body | {"usage": None})

    with ScriptedServer(uncounted) as server:
        told = run("ask", "--model", "m", DEPTH, OPENAI_BASE_URL=server.url)
        usage = json.loads(run("ask", "--model", "m", "--json", DEPTH, OPENAI_BASE_URL=server.url).stdout)[
            "usage"
        ]
    assert "· about " in told.stderr
    assert usage["estimated"] is True and usage["input_tokens"] > 100


def test_a_run_costs_no_more_than_allowed(run: Run, folder: Path) -> None:
    with ScriptedServer(honest) as server:
        unknown = run("ask", "--model", "m", "--max-cost", "1", DEPTH, OPENAI_BASE_URL=server.url)
        price(server, folder)
        little = run("ask", "--model", "m", "--max-cost", "0.1", DEPTH, OPENAI_BASE_URL=server.url)
        assert server.requests == []
        enough = run("ask", "--model", "m", "--max-cost", "100", DEPTH, OPENAI_BASE_URL=server.url)
        short = run(
            "chat", "--model", "m", "--max-cost", "4.1", input=f"{DEPTH}\n" * 9, OPENAI_BASE_URL=server.url
        )
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert "the price of m is not known, so --max-cost cannot be kept" in unknown.stderr
    assert (little.exit_code, little.stdout) == (1, "")
    assert "--max-cost leaves $0.1000 of $0.1000" in little.stderr and little.stderr.count("\n") == 1
    assert enough.exit_code == 0
    assert short.exit_code == 1
    assert 0 < short.stdout.count("[1].") < 9 and "--max-cost leaves" in short.stderr


def test_what_was_said_is_logged_without_the_key(run: Run, folder: Path) -> None:
    with ScriptedServer(honest) as server:
        environ = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": KEY}
        run("ask", "--model", "m", "--log", "log.jsonl", DEPTH, **environ)
        run("chat", "--model", "m", "--log", "log.jsonl", input=DEPTH, **environ)
    lines = (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 2 and KEY not in "".join(lines)
    assert all(DEPTH in json.loads(line)["request"]["messages"][0]["content"] for line in lines)
    result = run("ask", "--model", "m", "--log", "no/log", DEPTH, OPENAI_BASE_URL=server.url)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_a_reply_is_kept_where_that_is_asked_for(run: Run, folder: Path) -> None:
    with ScriptedServer(honest) as server:

        def asked(*words: str, **environ: str) -> int:
            run("ask", "--model", "m", *words, DEPTH, OPENAI_BASE_URL=server.url, **environ)
            return len(server.requests)

        first = asked("--cache")
        assert asked("--cache") == first
        assert asked(ASSISTANT_ASK_CACHE="1") == first
        assert asked() > first
        (folder / "assistant.toml").write_text("[ask]\ncache = true")
        before = len(server.requests)
        assert asked() == before
        run("chat", "--model", "m", input=DEPTH, OPENAI_BASE_URL=server.url)
        assert len(server.requests) > before


def test_the_table_of_settings(run: Run, folder: Path) -> None:
    with ScriptedServer(honest) as server:
        (folder / "assistant.toml").write_text(
            f'[model]\nname = "mine"\nbase_url = "{server.url}"\nkey_variable = "MY_KEY"\nmax_tokens = 900\ntimeout = 5'
        )
        assert run("trust").exit_code == 0
        answer = json.loads(run("ask", "--json", DEPTH, MY_KEY=KEY).stdout)
        assert answer["engine"] == "mine"
        assert server.requests[0].body["max_tokens"] == 900
        assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
        assert json.loads(run("ask", "--json", "--model", "other", DEPTH).stdout)["engine"] == "other"
        assert "[1]." in run("chat", input=DEPTH).stdout
        count = len(server.requests)
        assert json.loads(run("ask", "--json", "--offline", DEPTH).stdout)["engine"] == "extract"
        assert len(server.requests) == count


def test_embedding_anew_at_a_server(own: Run) -> None:
    assert own("add", "papers").exit_code == 0
    unknown = own("reindex", "--embedder", "word2vec")
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert unknown.stderr.startswith("Error: there is no embedder 'word2vec'; there are all-MiniLM-L6-v2 and")
    with ScriptedServer(embedding) as server:
        result = own("reindex", "--embedder", "openai:m", "--json", OPENAI_BASE_URL=server.url)
        assert json.loads(result.stdout)["embedder"] == "openai:m@8"
        assert own("search", DEPTH, OPENAI_BASE_URL=server.url).exit_code == 0
        assert own("ask", DEPTH, OPENAI_BASE_URL=server.url).exit_code == 0
    with ScriptedServer(failing(401)) as server:
        result = own("search", DEPTH, OPENAI_BASE_URL=server.url)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert own("reindex", "--embedder", "all-MiniLM-L6-v2").exit_code == 0
    assert own("search", DEPTH).exit_code == 0


@pytest.mark.parametrize(
    "script", [slow(120), streaming(event('{"claims": ['), 120.0)], ids=["slow", "in mid-stream"]
)
def test_ctrl_c_ends_the_request_at_once(shared_library: Path, tmp_path: Path, script: object) -> None:
    """The server sees the connection close while it is still to answer."""
    with ScriptedServer(script) as server:  # type: ignore[arg-type]
        process = subprocess.Popen(
            command("--library", shared_library, "ask", "--model", "m", DEPTH),
            env=os.environ
            | {"PYTHONPATH": str(ROOT), "OPENAI_BASE_URL": server.url, "ASSISTANT_CACHE": str(tmp_path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert server.asked.wait(60)
        process.send_signal(signal.SIGINT)
        assert server.gone.wait(60)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "Interrupted.\n")
