"""One call to a model over a real socket: what is sent, what comes back, whole and in pieces."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.config import ModelConfig
from assistant.errors import ModelContext, ModelError, ModelRefused, ModelReply, ModelUnreachable
from assistant.model import OpenAIChat
from assistant.model.budget import estimated_tokens
from assistant.types import Usage
from tests.model.asking import KEY, MESSAGES, SCHEMA, Notes, asked, refused
from tests.scripted_server import (
    DONE,
    USAGE,
    Reply,
    Script,
    ScriptedServer,
    always,
    completion,
    counted,
    event,
    failing,
    listing,
    refusing,
    saying,
    slow,
    streaming,
)

TOLD = Usage(USAGE["prompt_tokens"], USAGE["completion_tokens"])


def test_what_is_sent_and_what_comes_back(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("OPENAI_API_KEY", KEY)
    with ScriptedServer(saying('{"a": 1}')) as server:
        environment.setenv("OPENAI_BASE_URL", server.url)
        reply = OpenAIChat("some/model").complete(MESSAGES, SCHEMA)
    assert (reply.text, reply.usage, reply.cut) == ('{"a": 1}', TOLD, False)
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


def test_plain_text_and_its_longest_length_are_asked_for() -> None:
    with ScriptedServer(saying("yes")) as server:
        asked(server.url, schema=None, max_tokens=77)
    body = server.requests[0].body
    assert "response_format" not in body and body["max_tokens"] == 77


def test_a_stream_is_handed_on_as_it_comes() -> None:
    text = '{"claims": ["Otters sort pebbles, æ 🦦."]}'
    with ScriptedServer(saying(text)) as server:
        reply, pieces = asked(server.url, stream=True)
    assert "".join(pieces) == reply.text == text and len(pieces) > 5
    assert (reply.usage, reply.cut) == (TOLD, False)
    assert server.requests[0].body["stream_options"] == {"include_usage": True}


def test_a_piece_is_handed_on_before_the_next_one_is_sent() -> None:
    """The server waits for what the first piece brings about; it would wait for ever otherwise."""
    seen: list[str] = []
    with ScriptedServer(streaming(event("first"), 30.0, event(" second", "stop"), DONE)) as server:

        def notice(piece: str) -> None:
            seen.append(piece)
            server.release()

        chat = OpenAIChat("scripted", ModelConfig(base_url=server.url, timeout=20))
        assert chat.complete(MESSAGES, SCHEMA, notice).text == "first second"
    assert seen == ["first", " second"]


YES = event("yes")
END = (event("", "stop"), DONE)

STREAMS: dict[str, tuple[list[bytes | float], str]] = {
    "comments": ([b": wait\n\n", YES, b":\n\n: PROCESSING\n\n", *END], "yes"),
    "CRLF": ([part.replace(b"\n", b"\r\n") for part in (YES, *END)], "yes"),
    "CR": ([part.replace(b"\n", b"\r") for part in (YES, *END)], "yes"),
    "byte by byte": ([bytes([byte]) for byte in event("æ🦦") + b"".join(END)], "æ🦦"),
    "a character in two escapes": ([event("a\ud83e"), event("\udda6"), *END], "a🦦"),
    "half a character": ([event("a\ud83e"), event("b\ud83e", "stop"), DONE], "a\ufffdb\ufffd"),
    "no [DONE]": ([YES, event("", "stop")], "yes"),
    "thinking": (
        [event("<thi"), event("nk>no {"), event("}</th"), event("ink>\n"), event("\nyes"), *END],
        "yes",
    ),
    "thinking in its own field": ([event(reasoning_content="hm"), YES, *END], "yes"),
    "a tag of another kind": ([event("<thin"), event("g>"), *END], "<thing>"),
    "events without choices": ([counted(None), YES, event("", "stop"), counted(), DONE], "yes"),
    "text and a tool's call": ([YES, event(tool_calls=[{"function": {"name": "f"}}]), *END], "yes"),
}


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_is_read_for_what_it_says(name: str) -> None:
    parts, text = STREAMS[name]
    with ScriptedServer(streaming(*parts)) as server:
        reply, pieces = asked(server.url, stream=True)
    assert (reply.text, reply.cut, "".join(pieces)) == (text, False, text)


CUT: dict[str, Script] = {
    "no end is told": streaming(YES, DONE),
    "the length limit": streaming(YES, event("", "length"), DONE),
    "cut between events": streaming(YES, cut=True),
    "cut in an event": streaming(YES, event(" and no")[:-9], cut=True),
    "an error": streaming(YES, b'data: {"error": {"message": "gpu lost"}}\n\n'),
    "no JSON": streaming(YES, b"data: {oh\n\n"),
    "no UTF-8": streaming(YES, b"data: \xff\xfe\n\n"),
}


@pytest.mark.parametrize("name", CUT)
def test_a_stream_that_ends_early_is_what_came(name: str) -> None:
    with ScriptedServer(CUT[name]) as server:
        reply, pieces = asked(server.url, stream=True, retries=2)
    assert (reply.text, reply.cut, pieces, len(server.requests)) == ("yes", True, ["yes"], 1)


def test_a_server_that_does_not_stream() -> None:
    body = json.dumps(completion("yes").body).encode()
    with ScriptedServer(always(Reply(body))) as server:
        reply, pieces = asked(server.url, stream=True)
    assert (reply.text, reply.cut, pieces, reply.usage) == ("yes", False, ["yes"], TOLD)


def test_a_very_long_answer() -> None:
    text = "Otters. " * 25_000
    with ScriptedServer(saying(text)) as server:
        reply, pieces = asked(server.url, stream=True)
        assert asked(server.url)[0].text == reply.text == "".join(pieces) == text


def test_an_answer_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.model.stream.LONGEST", 1000)
    with ScriptedServer(streaming(*[event("ha ")] * 2000, 60.0)) as server:
        reply, _ = asked(server.url, stream=True)
    assert reply.cut and 1000 < len(reply.text) < 1100


def gzipped(reply: Reply) -> Reply:
    return Reply(gzip.compress(json.dumps(reply.body).encode()), headers={"Content-Encoding": "gzip"})


WHOLE: dict[str, tuple[Any, str]] = {
    "thinking": (completion("<think>\nno {</think>\n\nyes"), "yes"),
    "thinking in its own field": (completion("yes", reasoning_content="hm"), "yes"),
    "in parts": (completion([{"type": "thinking", "thinking": []}, {"type": "text", "text": "yes"}]), "yes"),
    "gzip": (gzipped(completion("yes")), "yes"),
    "unicode escapes": (completion("🦦 é"), "🦦 é"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_reply_is_read_for_what_it_says(name: str) -> None:
    reply, text = WHOLE[name]
    with ScriptedServer(always(reply)) as server:
        assert asked(server.url)[0].text == text


def test_a_reply_at_the_length_limit_is_what_came() -> None:
    with ScriptedServer(saying('{"claims": [{"te', "length")) as server:
        reply, _ = asked(server.url)
    assert (reply.text, reply.cut) == ('{"claims": [{"te', True)


CALL = {"tool_calls": [{"id": "1", "type": "function", "function": {"name": "search", "arguments": "{}"}}]}
BROKEN: dict[str, tuple[Script, str]] = {
    "filtered": (saying("", "content_filter"), "content filter"),
    "refusal": (saying(None, refusal="I cannot\nhelp"), "declines to answer (I cannot help)"),
    "no content": (saying(None), "empty reply"),
    "blank content": (saying(" \n"), "empty reply"),
    "only thinking": (saying("<think>What if", "length"), "before the answer began"),
    "a tool's call": (saying(None, "tool_calls", **CALL), "calls a tool (search)"),
    "a function's call": (saying(None, function_call={"name": "f", "arguments": ""}), "calls a tool (f)"),
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


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("name", BROKEN)
def test_a_reply_that_is_none_is_said_to_be(name: str, stream: bool) -> None:
    script, words = BROKEN[name]
    error = refused(script, stream)
    assert type(error) is ModelReply and words in str(error)


def test_a_stream_that_fails_before_it_begins_is_asked_for_again(waits: list[float]) -> None:
    lost = streaming(b": wait\n\n", cut=True)
    late = streaming(b'data: {"error": {"message": "overloaded", "code": 503}}\n\n')
    with ScriptedServer(lost, late, saying("now")) as server:
        reply, pieces = asked(server.url, stream=True, retries=2)
    assert reply.text == "".join(pieces) == "now" and len(server.requests) == 3
    assert len(waits) == 2


def test_a_slow_server_is_not_waited_for() -> None:
    for stream in (False, True):
        error = refused(slow(60), stream, timeout=0.2)
        assert type(error) is ModelUnreachable and "gave no answer in 0.2 s" in str(error)
    assert "gave no answer" in str(refused(streaming(event(""), 60.0), True, timeout=0.2))


def test_a_stream_that_stalls_is_what_came() -> None:
    with ScriptedServer(streaming(event("yes"), 60.0)) as server:
        reply, _ = asked(server.url, stream=True, timeout=0.2)
    assert (reply.text, reply.cut) == ("yes", True)


def test_whoever_is_handed_a_piece_may_stop_the_stream() -> None:
    def enough(piece: str) -> None:
        raise KeyboardInterrupt

    with ScriptedServer(streaming(event("yes"), 60.0)) as server:
        chat = OpenAIChat("scripted", ModelConfig(base_url=server.url))
        with pytest.raises(KeyboardInterrupt):
            chat.complete(MESSAGES, SCHEMA, enough)
        assert server.gone.wait(20)


# --- what the server takes -------------------------------------------------------------------------------


def forms(server: ScriptedServer) -> list[str | None]:
    return [request.body.get("response_format", {}).get("type") for request in server.requests]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("message", ["{name} is not supported", "bad request"])
def test_a_server_without_json_schema_is_asked_for_less_and_remembered(stream: bool, message: str) -> None:
    notes = Notes()
    script = refusing("json_schema", "json_object", then=saying("yes"), message=message)
    with ScriptedServer(script) as server:
        settings = ModelConfig(base_url=server.url, retries=0)
        for _ in range(2):
            for _ in range(2):
                chat = OpenAIChat("scripted", settings, notes)
                assert chat.complete(MESSAGES, SCHEMA, print if stream else None).text == "yes"
        another = OpenAIChat("another", settings, notes)
        another.complete(MESSAGES, SCHEMA)
    steps = ["json_schema", "json_object", None]
    assert forms(server) == [*steps, None, None, None, *steps]


def test_json_object_is_enough_where_it_is_taken() -> None:
    with ScriptedServer(refusing("json_schema", then=saying("{}"))) as server:
        chat = OpenAIChat("scripted", ModelConfig(base_url=server.url))
        for _ in range(2):
            chat.complete(MESSAGES, SCHEMA)
    assert forms(server) == ["json_schema", "json_object", "json_object"]


@pytest.mark.parametrize("status", [400, 422])
def test_what_a_server_does_not_know_is_left_out(status: int) -> None:
    names = ("temperature", "stream_options", "max_tokens", "max_completion_tokens")
    with ScriptedServer(refusing(*names, then=saying("yes"), status=status)) as server:
        reply, _ = asked(server.url, stream=True, max_tokens=9)
    assert reply.text == "yes"
    assert len(server.requests) == 5
    assert set(server.requests[-1].body) == {"model", "messages", "stream", "response_format"}
    assert "max_completion_tokens" in server.requests[-2].body


def test_a_request_that_is_refused_in_every_form_tells_the_first_refusal() -> None:
    with (
        ScriptedServer(failing(400, "first"), failing(400, "then")) as server,
        pytest.raises(ModelError) as caught,
    ):
        asked(server.url)
    assert "first" in str(caught.value) and len(server.requests) == 3


@pytest.mark.parametrize("status", [401, 403, 404, 500])
def test_other_refusals_are_no_reason_to_ask_for_less(status: int) -> None:
    with ScriptedServer(failing(status)) as server, pytest.raises(ModelError):
        asked(server.url)
    assert len(server.requests) == 1


OVERFLOWS = {
    "This model's maximum context length is 4096 tokens. However, your messages resulted in 9000 tokens.": 4096,
    "request (1300 tokens) exceeds the available context size (1024 tokens), try increasing it": 1024,
    "prompt is too long: 200001 tokens > 200000 maximum": None,
    "the input length exceeds the context length": None,
    "The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).": None,
}


@pytest.mark.parametrize("message", OVERFLOWS)
@pytest.mark.parametrize("status", [400, 413])
def test_a_request_that_is_too_long_is_an_error_of_its_own(message: str, status: int) -> None:
    with ScriptedServer(failing(status, message)) as server:
        chat = OpenAIChat("scripted", ModelConfig(base_url=server.url))
        with pytest.raises(ModelContext, match="cannot read so much at once"):
            chat.complete(MESSAGES, SCHEMA)
    assert len(server.requests) == 1
    assert chat.context == OVERFLOWS[message]


def test_a_model_that_is_not_there_and_its_nearest_names() -> None:
    models = listing("granite-3", "scripted-large", "otter-7b")
    with ScriptedServer(failing(404), models=models) as server, pytest.raises(ModelRefused) as caught:
        asked(server.url)
    assert f"{server.address} has no model scripted; it has scripted-large" in str(caught.value)


@pytest.mark.parametrize(
    "models", [listing("scripted"), listing(), Reply({}, 500), Reply("?"), Reply({"data": 1})]
)
def test_an_address_where_no_model_is(models: Reply) -> None:
    with ScriptedServer(failing(404), models=models) as server, pytest.raises(ModelRefused) as caught:
        asked(server.url)
    assert "has no scripted (" in str(caught.value) and "check the name and" in str(caught.value)


# --- tokens ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": None, "completion_tokens": "many"}, []])
def test_tokens_that_are_not_told_are_estimated(usage: Any, stream: bool) -> None:
    told = completion("yes, otters")
    with ScriptedServer(always(Reply({**told.body, "usage": usage}))) as server:
        reply, _ = asked(server.url, stream=stream)
    expected = Usage(
        estimated_tokens(MESSAGES[0]["content"]), estimated_tokens("yes, otters"), estimated=True
    )
    assert reply.usage == expected


# --- replies that are known ------------------------------------------------------------------------------


def test_a_known_reply_is_not_asked_for_again() -> None:
    notes = Notes()
    with ScriptedServer(saying("yes"), saying("no")) as server:
        settings = ModelConfig(base_url=server.url, replay_known=True)
        first = OpenAIChat("scripted", settings, notes).complete(MESSAGES, SCHEMA)
        pieces: list[str] = []
        again = OpenAIChat("scripted", settings, notes).complete(MESSAGES, SCHEMA, pieces.append)
        assert (first.text, again.text, "".join(pieces)) == ("yes", "yes", "yes")
        assert again.usage == Usage(TOLD.input_tokens, TOLD.output_tokens, 0.0)
        assert len(server.requests) == 1
        others = [
            ("another", MESSAGES, SCHEMA),
            ("scripted", [*MESSAGES, *MESSAGES], SCHEMA),
            ("scripted", MESSAGES, None),
        ]
        for name, messages, schema in others:
            assert OpenAIChat(name, settings, notes).complete(messages, schema).text == "no"
        fresh = OpenAIChat("scripted", ModelConfig(base_url=server.url), notes)
        assert fresh.complete(MESSAGES, SCHEMA).text == "no"


def test_a_cut_reply_is_not_kept() -> None:
    with ScriptedServer(saying("ye", "length"), saying("yes")) as server:
        chat = OpenAIChat("scripted", ModelConfig(base_url=server.url, replay_known=True), Notes())
        assert [chat.complete(MESSAGES, SCHEMA).text for _ in range(2)] == ["ye", "yes"]


# --- the SDK ---------------------------------------------------------------------------------------------


def test_naming_a_model_does_not_load_the_sdk() -> None:
    program = "import assistant.model as m, sys; m.OpenAIChat('x'); print('openai' in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True)
    assert (run.stdout.strip(), run.stderr) == ("False", "")


def test_a_reply_that_never_ends_is_ended() -> None:
    """However soon its pieces come: by then, it repeats itself."""
    drops = [part for _ in range(200) for part in (event("so "), 0.02)]
    with ScriptedServer(streaming(*drops, event("", "stop"), DONE)) as server:
        reply, _ = asked(server.url, stream=True, timeout=0.1)
        assert server.gone.wait(20)
    assert reply.cut and 5 < len(reply.text.split()) < 100


def test_whoever_has_enough_ends_the_reply() -> None:
    drops = [part for _ in range(200) for part in (event("so "), 0.02)]
    with ScriptedServer(streaming(*drops, event("", "stop"), DONE)) as server:
        chat = OpenAIChat("scripted", ModelConfig(base_url=server.url))
        taken: list[str] = []
        reply = chat.complete(MESSAGES, SCHEMA, lambda piece: len(taken.append(piece) or taken) == 3)  # type: ignore[func-returns-value]
        assert server.gone.wait(20)
    assert (reply.text, reply.cut, reply.usage.estimated) == ("so so so ", False, True)
