"""The log of what was sent and replied, and a model that replies from it."""

import json
from pathlib import Path

import pytest

from assistant.config import ModelConfig
from assistant.errors import ModelError, ModelReply, UsageError
from assistant.model import OpenAIChat
from assistant.model.exchange import Replay
from tests.model.asking import KEY, MESSAGES, SCHEMA
from tests.scripted_server import ScriptedServer, failing, saying


def logged(path: Path, *scripts: object, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("OPENAI_API_KEY", KEY)
    with ScriptedServer(*scripts) as server:  # type: ignore[arg-type]
        environment.setenv("OPENAI_BASE_URL", server.url)
        chat = OpenAIChat("scripted", ModelConfig(log=path, retries=0))
        for _ in scripts:
            try:
                chat.complete(MESSAGES, SCHEMA)
            except ModelError:
                continue


def test_each_exchange_is_a_line_without_the_key(tmp_path: Path, environment: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.jsonl"
    logged(path, saying(f"yes é {KEY}"), failing(401, f"bad key {KEY}"), environment=environment)
    first, second = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert first["request"] == {"model": "scripted", "messages": MESSAGES, "schema": SCHEMA}
    assert (first["reply"], first["cut"], first["usage"]["input_tokens"]) == ("yes é [key]", False, 321)
    assert first["server"].startswith("127.0.0.1:") and first["seconds"] >= 0 and first["time"]
    assert "refuses the key" in second["error"] and "reply" not in second
    assert KEY not in path.read_text(encoding="utf-8")


def test_a_log_replies_what_was_replied(tmp_path: Path, environment: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.jsonl"
    logged(path, saying("one"), failing(500), saying("two", "length"), environment=environment)
    replay, pieces = Replay(path), list[str]()
    replies = [replay.complete(MESSAGES, SCHEMA, pieces.append) for _ in range(3)]
    assert [(reply.text, reply.cut) for reply in replies] == [("one", False), ("two", True), ("two", True)]
    assert pieces == ["one", "two", "two"]
    assert (replay.name, replies[0].usage.input_tokens) == ("scripted", 321)
    with pytest.raises(ModelReply, match="the log of scripted has no reply to these messages"):
        replay.complete([{"role": "user", "content": "else"}], SCHEMA)


def test_a_log_that_cannot_be_written_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written to"):
        OpenAIChat("scripted", ModelConfig(log=tmp_path / "nowhere" / "log.jsonl"))
