import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import pytest

from assistant import model
from assistant.errors import ModelBusy, ModelError, ModelFailed, ModelRefused, ModelReply, ModelUnreachable
from assistant.model import OpenAIChat
from assistant.types import Usage
from tests.scripted_server import (
    USAGE,
    Reply,
    Script,
    ScriptedServer,
    always,
    completion,
    failing,
    saying,
    slow,
)

KEY = "sk-test-3f9a7c5e1b2d4068"
CLOSED = "http://127.0.0.1:9/v1"
MESSAGES = [{"role": "user", "content": '<passage id="k3f9">\nTides\nThe tide sets.\n</passage>'}]
SCHEMA: dict[str, Any] = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    for name in "OPENAI_API_KEY OPENAI_BASE_URL OPENAI_ADMIN_KEY OPENAI_ORG_ID OPENAI_CUSTOM_HEADERS".split():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield monkeypatch


def ask(url: str, retries: int = 0, timeout: float = 5.0) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_BASE_URL", url)
        return OpenAIChat("scripted", timeout, retries).complete(MESSAGES, SCHEMA).text


def refused(script: Script, retries: int = 0, timeout: float = 5.0) -> ModelError:
    """What asking a server of that script raises: one printable line, its cause kept, no key in it."""
    with ScriptedServer(script) as server, pytest.raises(ModelError) as caught:
        ask(server.url, retries, timeout)
    line = str(caught.value)
    assert line.isprintable() and len(line) < 450
    assert KEY not in line and KEY not in repr(caught.value)
    return caught.value


def test_what_is_sent_and_what_comes_back(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("OPENAI_API_KEY", KEY)
    with ScriptedServer(saying('{"a": 1}')) as server:
        environment.setenv("OPENAI_BASE_URL", server.url)
        reply = OpenAIChat("some/model").complete(MESSAGES, SCHEMA)
    assert reply.text == '{"a": 1}'
    assert reply.usage == Usage(USAGE["prompt_tokens"], USAGE["completion_tokens"])
    (request,) = server.requests
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.body == {
        "model": "some/model",
        "messages": MESSAGES,
        "temperature": 0,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "reply", "strict": True, "schema": SCHEMA},
        },
    }


# --- the key and the address -----------------------------------------------------------------------------


@pytest.mark.parametrize("key", [None, "", " \n"])
def test_a_local_server_needs_no_key(environment: pytest.MonkeyPatch, key: str | None) -> None:
    if key is not None:
        environment.setenv("OPENAI_API_KEY", key)
    with ScriptedServer(saying("yes")) as server:
        assert ask(server.url) == "yes"


@pytest.mark.parametrize("url", [None, ""])
def test_without_key_and_address_it_says_what_to_set(
    environment: pytest.MonkeyPatch, url: str | None
) -> None:
    if url is not None:
        environment.setenv("OPENAI_BASE_URL", url)
    with pytest.raises(ModelRefused, match="set OPENAI_API_KEY, or OPENAI_BASE_URL"):
        OpenAIChat("scripted").complete(MESSAGES, SCHEMA)


def test_a_key_from_a_file_may_end_its_line(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("OPENAI_API_KEY", KEY + "\r\n")
    with ScriptedServer(saying("yes")) as server:
        ask(server.url)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("key", [f"“{KEY}”", f"{KEY}\n{KEY}", f"{KEY}é"])
def test_a_key_that_no_header_can_carry_is_not_shown(environment: pytest.MonkeyPatch, key: str) -> None:
    environment.setenv("OPENAI_API_KEY", key)
    with pytest.raises(ModelRefused, match="OPENAI_API_KEY holds") as caught:
        ask(CLOSED)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["localhost:8000/v1", "ftp://host", "http://", "http://[bad", "http://a..b", "http://h/\x01", "v1"]
)
def test_an_address_that_is_none_is_said_to_be(url: str) -> None:
    with pytest.raises(ModelUnreachable, match="OPENAI_BASE_URL is no address"):
        ask(url)


def test_no_server_names_the_host_without_credentials() -> None:
    with pytest.raises(ModelUnreachable) as caught:
        ask("http://ada:secret@127.0.0.1:9/v1?token=secret")
    assert "no server answers at 127.0.0.1:9 (" in str(caught.value)
    assert "ada" not in str(caught.value) and "secret" not in str(caught.value)
    assert isinstance(caught.value.__cause__, openai.APIConnectionError)


def test_a_proxy_that_cannot_be_used_is_one_line(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ALL_PROXY", "socks9://127.0.0.1:1")
    environment.setenv("all_proxy", "socks9://127.0.0.1:1")
    with pytest.raises(ModelUnreachable, match="cannot be reached as set up here"):
        ask(CLOSED)


# --- what a server may do --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (400, ModelRefused, "refuses the request (Error code: 400 - scripted failure)"),
        (401, ModelRefused, "refuses the key (401); set OPENAI_API_KEY"),
        (403, ModelRefused, "scripted failure"),
        (404, ModelRefused, "has no scripted (Error code: 404 - scripted failure)"),
        (409, ModelRefused, "scripted failure"),
        (418, ModelRefused, "scripted failure"),
        (422, ModelRefused, "scripted failure"),
        (429, ModelBusy, "asks to wait (Error code: 429 - scripted failure)"),
        (500, ModelFailed, "failed (Error code: 500 - scripted failure); try again later"),
        (503, ModelFailed, "scripted failure"),
    ],
)
def test_a_status_becomes_an_error_of_ours(
    environment: pytest.MonkeyPatch, status: int, kind: type[ModelError], words: str
) -> None:
    environment.setenv("OPENAI_API_KEY", KEY)
    error = refused(failing(status))
    assert type(error) is kind and words in str(error) and "127.0.0.1:" in str(error)
    assert isinstance(error.__cause__, openai.APIStatusError)


def test_a_server_that_wants_a_key_where_none_is_set() -> None:
    assert "wants a key (401); set OPENAI_API_KEY" in str(refused(failing(401)))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
def test_a_server_that_repeats_the_key_does_not_get_it_printed(
    environment: pytest.MonkeyPatch, status: int
) -> None:
    environment.setenv("OPENAI_API_KEY", KEY)
    refused(failing(status, f"Incorrect API key: {KEY}\n\x1b[2J" + "and so on " * 100))


def test_a_key_too_short_to_be_a_secret_leaves_words_whole(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("OPENAI_API_KEY", "e")
    assert "scripted failure" in str(refused(failing(400)))


def test_a_busy_server_is_asked_once_more() -> None:
    with ScriptedServer(failing(429, retry_after="0"), saying("now")) as server:
        assert ask(server.url, retries=1) == "now"
    assert len(server.requests) == 2


def test_a_slow_server_is_not_waited_for() -> None:
    started = time.perf_counter()
    error = refused(slow(10), timeout=0.2)
    assert type(error) is ModelUnreachable and "gave no answer in 0.2 s" in str(error)
    assert time.perf_counter() - started < 5


BROKEN: dict[str, tuple[Script, str]] = {
    "cut off": (saying('{"claims": [{"te', "length"), "broke off its reply"),
    "filtered": (saying("", "content_filter"), "content filter"),
    "refusal": (saying(None, refusal="I cannot\nhelp"), "declines to answer (I cannot help)"),
    "no content": (saying(None), "empty reply"),
    "blank content": (saying(" \n"), "empty reply"),
    "content in parts": (saying([{"type": "text", "text": "x"}]), "empty reply"),
    "no choices": (always(Reply({"choices": []})), "no chat completion"),
    "null choices": (always(Reply({"choices": None})), "no chat completion"),
    "no message": (always(Reply({"choices": [{"finish_reason": "stop"}]})), "no chat completion"),
    "null message": (always(Reply({"choices": [{"message": None}]})), "no chat completion"),
    "another object": (always(Reply({"detail": "hello"})), "no chat completion"),
    "a list": (always(Reply([])), "no chat completion"),
    "null": (always(Reply(None)), "no chat completion"),
    "no JSON": (always(Reply(b'{"choices": [')), "what is not JSON"),
    "no text": (always(Reply(b'{"choices": "\xff\xfe"}')), "127.0.0.1"),
    "a web page": (always(Reply(b"<html>", headers={"Content-Type": "text/html"})), "no chat completion"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_reply_that_is_none_is_said_to_be(name: str) -> None:
    script, words = BROKEN[name]
    error = refused(script)
    assert type(error) is ModelReply and words in str(error)


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": None, "completion_tokens": "many"}, []])
def test_usage_that_is_not_told_counts_nothing(environment: pytest.MonkeyPatch, usage: Any) -> None:
    told = completion("yes")
    with ScriptedServer(always(Reply({**told.body, "usage": usage}))) as server:
        environment.setenv("OPENAI_BASE_URL", server.url)
        assert OpenAIChat("scripted").complete(MESSAGES, SCHEMA).usage == Usage()


# --- the SDK ---------------------------------------------------------------------------------------------

ELSEWHERE = {
    "InvalidWebhookSignatureError",  # a ValueError
    "SubjectTokenProviderError",  # workload identity
    "WebSocketConnectionClosedError",
    "WebSocketQueueFullError",
    "_AmbiguousModuleClientUsageError",  # openai.chat without a client
}
"""Of parts of the SDK that model.py does not use."""

SDK_ERRORS = {
    kind.__name__: kind
    for kind in {**vars(openai._exceptions), **vars(openai)}.values()
    if isinstance(kind, type) and issubclass(kind, Exception) and kind.__module__.startswith("openai")
}


def test_no_exception_of_the_sdk_is_unmapped() -> None:
    assert len(SDK_ERRORS) >= 20
    fallback = model._meaning(openai.OpenAIError)
    for name in SDK_ERRORS.keys() - ELSEWHERE - {"OpenAIError"}:
        assert model._meaning(SDK_ERRORS[name]) != fallback, f"{name} is new: give it a place in _MEANING"


def test_every_name_in_the_table_is_an_exception_of_the_sdk() -> None:
    assert set(model._MEANING) <= SDK_ERRORS.keys() and set(SDK_ERRORS) >= ELSEWHERE


def test_naming_a_model_does_not_load_the_sdk() -> None:
    program = "import assistant.model as m, sys; m.OpenAIChat('x'); print('openai' in sys.modules)"
    root = Path(__file__).resolve().parents[1]
    run = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True)
    assert (run.stdout.strip(), run.stderr) == ("False", "")
