"""Each fault of faults.md as a script of a server, or as an address where there is none."""

import gzip
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from tests.scripted_server import (
    DONE,
    EVENTS,
    Reply,
    Request,
    Script,
    ScriptedServer,
    always,
    completion,
    event,
    failing,
    listing,
    refusing,
    saying,
    streamed,
    streaming,
)

TABLE = Path(__file__).with_name("faults.md")
WORDS = "The tide sets when otters dive."
ANSWER = json.dumps({"claims": [{"text": WORDS, "shown_by": []}], "missing": []})
KEY = "sk-test-3f9a7c5e1b2d4068"
OVERFLOW = "This model's maximum context length is 512 tokens. However, your messages resulted in 900 tokens."
CALL = [{"id": "1", "type": "function", "function": {"name": "search", "arguments": "{}"}}]


@dataclass(frozen=True)
class Fault:
    """``then``: what follows the first reply, if it is not the same again. ``url``: {url} and {address} are the
    scripted server's; ``environ``: variables beside it."""

    script: Script
    then: Script | None = None
    url: str = "{url}"
    environ: dict[str, str] = field(default_factory=dict)
    models: Reply = field(default_factory=lambda: listing("scripted"))
    timeout: float = 10.0
    limits: dict[str, float] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, float]:
        """Those of the table [model]."""
        return {"timeout": self.timeout, **self.limits}

    def server(self) -> ScriptedServer:
        return ScriptedServer(self.script, self.then or self.script, models=self.models)


@dataclass(frozen=True)
class Expected:
    """A row of the table."""

    fault: str
    exit: int
    asked: int
    says: str


def table() -> tuple[list[Expected], list[Expected]]:
    """The rows of the first table, and of the second."""
    tables = [
        [
            [cell.strip() for cell in line.strip("|").split("|")]
            for line in part.splitlines()
            if line[:2] == "| "
        ]
        for part in TABLE.read_text(encoding="utf-8").split("Of a stream alone")
    ]
    both, streams = (
        [Expected(row[0], int(row[1]), int(row[2]), row[3]) for row in rows[2:]] for rows in tables
    )
    return both, streams


def _broken(request: Request) -> Reply:
    """The connection ends within the answer."""
    if request.body.get("stream"):
        return Reply(None, headers=EVENTS, parts=(b": wait\n\n",), cut=True)
    return Reply(b"{", headers={"Content-Length": "900"}, cut=True)


def _zipped(request: Request) -> Reply:
    whole = completion(ANSWER)
    if not request.body.get("stream"):
        return Reply(gzip.compress(json.dumps(whole.body).encode()), headers={"Content-Encoding": "gzip"})
    parts = b"".join(part for part in streamed(whole).parts if isinstance(part, bytes))
    return Reply(gzip.compress(parts), headers=EVENTS | {"Content-Encoding": "gzip"})


def _without_usage() -> Script:
    reply = completion(ANSWER)
    return always(replace(reply, body={k: v for k, v in reply.body.items() if k != "usage"}))


def _dripped(request: Request) -> Reply:
    """A byte at a time, each long before the timeout, without end."""
    kind, byte = (EVENTS, b":") if request.body.get("stream") else ({}, b" ")
    return Reply(None, headers=kind, parts=(byte, 0.05) * 2000)


def _endless_events(request: Request) -> Reply:
    """As fast as they can be read: no read of them ever waits."""
    return Reply(None, headers=EVENTS, parts=(b": still here\n\n" * 2000,) * 2000)


GOOD = saying(ANSWER)
NESTED = b'{"choices": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
NESTED_LESS = b'{"choices": ' + b"[" * 900 + b"]" * 900 + b"}"
"""As deep as JSON is read; what is done with it then goes no deeper."""
DIGITS = b'{"choices": [], "created": ' + b"9" * 5000 + b"}"
BOMB = gzip.compress(b'{"choices": [' + b" " * 3_000_000 + b"]}")
COUNTED = completion(ANSWER).body | {"usage": {"prompt_tokens": 10**4000, "completion_tokens": 1}}
LONG = json.dumps({"claims": [{"text": WORDS, "shown_by": []}] * 3000, "missing": []})
HALF = event(ANSWER[: ANSWER.index("sets")])
DATE = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
SPENT = {"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}
OPENED = event(ANSWER)

FAULTS = {
    "400": Fault(failing(400)),
    "400 context overflow": Fault(failing(400, OVERFLOW)),
    "400 json_schema is not taken": Fault(refusing("json_schema", then=GOOD)),
    "400 json_object is not taken either": Fault(refusing("json_schema", "json_object", then=GOOD)),
    "400 temperature is not taken": Fault(refusing("temperature", then=GOOD)),
    "401 without a key": Fault(failing(401)),
    "401 with a key": Fault(failing(401, f"bad key {KEY}"), environ={"OPENAI_API_KEY": KEY}),
    "403": Fault(failing(403)),
    "404 model": Fault(failing(404), models=listing("granite", "scripted-large")),
    "404 address": Fault(failing(404), models=Reply({}, 404)),
    "408": Fault(failing(408)),
    "409": Fault(failing(409)),
    "413": Fault(failing(413)),
    "422": Fault(failing(422)),
    "429": Fault(failing(429)),
    "429 with Retry-After in seconds": Fault(failing(429, retry_after="7")),
    "429 with Retry-After as a date": Fault(failing(429, retry_after=DATE)),
    "429 with Retry-After of an hour": Fault(failing(429, retry_after="3600")),
    "429 because no money is left": Fault(always(Reply(SPENT, 429))),
    "500": Fault(failing(500)),
    "500 once": Fault(failing(500), then=GOOD),
    "503": Fault(failing(503)),
    "503 with Retry-After": Fault(failing(503, retry_after="2")),
    "connection refused": Fault(GOOD, url="http://127.0.0.1:9/v1"),
    "connection broken before the answer": Fault(_broken),
    "DNS failure": Fault(GOOD, url="http://nobody.invalid/v1"),
    "TLS error": Fault(GOOD, url="https://{address}/v1"),
    "proxy that is not there": Fault(
        GOOD, url="http://model.invalid/v1", environ={"HTTP_PROXY": "http://127.0.0.1:9"}
    ),
    "proxy that is there": Fault(
        GOOD, url="http://model.invalid/v1", environ={"HTTP_PROXY": "http://{address}"}
    ),
    "slow start": Fault(always(replace(completion(ANSWER), seconds=60.0)), timeout=0.3),
    "slow answer": Fault(always(replace(completion(ANSWER), seconds=0.2))),
    "empty choices": Fault(always(Reply({"choices": []}))),
    "empty reply": Fault(saying("")),
    "refusal": Fault(saying(None, refusal="I cannot help with that")),
    "content filter": Fault(saying("", "content_filter")),
    "tool call": Fault(saying(None, "tool_calls", tool_calls=CALL)),
    "only thinking": Fault(saying("<think>What if", "length")),
    "not JSON": Fault(always(Reply(b'{"choices": ['))),
    "a web page": Fault(always(Reply(b"<html>", headers={"Content-Type": "text/html"}))),
    "thinking in the text": Fault(saying(f"<think>{{No}}</think>\n\n{ANSWER}")),
    "thinking in a field": Fault(saying(ANSWER, reasoning_content="hm", reasoning="hm")),
    "usage missing": Fault(_without_usage()),
    "unicode escapes": Fault(saying(ANSWER.replace("dive", r"dive \ud83e\udda6 \u00e9"))),
    "gzip": Fault(_zipped),
    "200,000 characters": Fault(saying(LONG)),
    "more than it may be": Fault(always(Reply(b"[" + b"1," * 1_500_000)), limits={"max_megabytes": 2.0}),
    "more than it may be, packed": Fault(
        always(Reply(BOMB, headers={"Content-Encoding": "gzip"})), limits={"max_megabytes": 2.0}
    ),
    "dripped without end": Fault(_dripped, limits={"max_seconds": 0.5}),
    "nested beyond measure": Fault(always(Reply(NESTED))),
    "nested as deep as can be read": Fault(always(Reply(NESTED_LESS))),
    "a refusal that is nested": Fault(always(Reply(NESTED, 403))),
    "a refusal that is nested less": Fault(always(Reply(b'{"error": ' + NESTED_LESS + b"}", 403))),
    "a number of 5,000 digits": Fault(always(Reply(DIGITS))),
    "a count of 4,000 digits": Fault(always(Reply(COUNTED))),
    "redirects in a circle": Fault(failing(307, location="/v1/chat/completions")),
    "a key in the answer": Fault(saying(f'{ANSWER[:-1]}, "{KEY}": 1}}'), environ={"OPENAI_API_KEY": KEY}),
    "comments without end": Fault(_endless_events, limits={"max_seconds": 0.3}),
    "a part nested beyond measure": Fault(streaming(b"data: " + NESTED + b"\n\n")),
    "a part with a number of 5,000 digits": Fault(streaming(b"data: " + DIGITS + b"\n\n")),
    "one line without end": Fault(streaming(*[b"a" * 500_000] * 9), limits={"max_megabytes": 2.0}),
    "more than it may be, after the first words": Fault(
        streaming(HALF, *[b": still here\n\n" * 100_000] * 9), limits={"max_megabytes": 2.0}
    ),
    "stream_options is not taken": Fault(refusing("stream_options", then=GOOD)),
    "comments between events": Fault(
        streaming(
            b": wait\n\n", HALF, b": PROCESSING\n\n", event(ANSWER[ANSWER.index("sets") :], "stop"), DONE
        )
    ),
    "CRLF": Fault(streaming(*(p.replace(b"\n", b"\r\n") for p in (OPENED, event("", "stop"), DONE)))),
    "cut before the first words": Fault(_broken),
    "cut in mid-event": Fault(streaming(HALF, event("sets when")[:-20], cut=True)),
    "stalled": Fault(streaming(HALF, 60.0), timeout=0.3),
    "an error in the stream": Fault(streaming(HALF, b'data: {"error": {"message": "gpu lost"}}\n\n')),
    "an error at its head": Fault(streaming(b'data: {"error": {"message": "overloaded"}}\n\n')),
    "no end is told": Fault(streaming(OPENED)),
    "no stream after all": Fault(always(Reply(json.dumps(completion(ANSWER).body).encode()))),
}
