"""An OpenAI-protocol server on 127.0.0.1 that replies by script and records what it was sent.

A script is a function from a request to a Reply. Those below play models that keep to what they were asked
and models that do not; they see nothing but the request, as a model does. A reply to a request for a stream is
sent as one, cut into events of a few letters.
"""

import base64
import hashlib
import json
import re
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.fakes import passages_in, tags_in

USAGE = {"prompt_tokens": 321, "completion_tokens": 45, "total_tokens": 366}


@dataclass
class Request:
    """``headers`` by lower-case name."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def text(self) -> str:
        return "\n".join(message["content"] for message in self.body["messages"])

    @property
    def passages(self) -> dict[str, str]:
        """The words of each passage, without its headline and tags, by id."""
        return passages_in(self.text)

    @property
    def tags(self) -> dict[str, str]:
        """Each sentence of the passages by its tag."""
        return tags_in(self.text)


@dataclass
class Reply:
    body: Any
    """Sent as JSON, or as it is if it is bytes."""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    """To wait before."""
    parts: Sequence[bytes | float] = ()
    """Sent one by one instead of the body; a number is a pause in seconds."""
    cut: bool = False
    """Whether the connection breaks off instead of ending."""


Script = Callable[[Request], Reply]


def completion(content: Any, finish_reason: str = "stop", **message: Any) -> Reply:
    choice = {
        "index": 0,
        "finish_reason": finish_reason,
        "message": {"role": "assistant", "content": content, **message},
    }
    return Reply(
        {"id": "c1", "object": "chat.completion", "created": 1, "model": "scripted", "choices": [choice]}
        | {"usage": USAGE}
    )


EVENTS = {"Content-Type": "text/event-stream"}
DONE = b"data: [DONE]\n\n"


def event(content: str | None = None, finish: str | None = None, **delta: Any) -> bytes:
    """One event of a stream."""
    told = delta if content is None else {"content": content, **delta}
    choice = {"index": 0, "delta": told, "finish_reason": finish}
    return _event({"choices": [choice]})


def counted(usage: Any = USAGE) -> bytes:
    """The event that tells the tokens."""
    return _event({"choices": [], "usage": usage})


def _event(part: dict[str, Any]) -> bytes:
    head = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
    return b"data: " + json.dumps(head | part).encode() + b"\n\n"


def streaming(*parts: bytes | float, cut: bool = False, **headers: str) -> Script:
    """A stream of exactly these parts."""
    return always(Reply(None, headers=EVENTS | _headers(headers), parts=parts, cut=cut))


def streamed(reply: Reply) -> Reply:
    """The completion as a stream, four letters an event (more in a long one); what is none, as it is."""
    choices = reply.body.get("choices") if isinstance(reply.body, dict) and not reply.parts else None
    if not choices or not choices[0].get("message"):
        return reply
    choice = choices[0]
    message = dict(choice["message"])
    text = message.pop("content", None)
    letters = max(4, len(text or "") // 2000)
    pieces = [text[i : i + letters] for i in range(0, len(text), letters)] if isinstance(text, str) else []
    parts = (event(None, None, **message), *map(event, pieces), event("", choice["finish_reason"]))
    return replace(
        reply, headers=reply.headers | EVENTS, parts=(*parts, counted(reply.body.get("usage")), DONE)
    )


def pointing(*tags: str, text: str = "The papers say so.") -> Reply:
    """A reply of one claim that points at these."""
    return completion(json.dumps({"claims": [{"text": text, "shown_by": tags}], "missing": []}))


def claiming(*citations: tuple[str, str], text: str = "The papers say so.") -> Reply:
    """A reply of one claim in the older form, with these (id, quote)."""
    claim = {"text": text, "citations": [{"id": name, "quote": quote} for name, quote in citations]}
    return completion(json.dumps({"claims": [claim], "missing": []}))


def always(reply: Reply) -> Script:
    return lambda request: reply


def saying(content: Any, finish_reason: str = "stop", **message: Any) -> Script:
    return always(completion(content, finish_reason, **message))


def failing(status: int, message: str = "scripted failure", **headers: str) -> Script:
    return always(Reply({"error": {"message": message, "type": "scripted"}}, status, _headers(headers)))


def refusing(*names: str, then: Script, status: int = 400, message: str = "unknown field {name}") -> Script:
    """Refuses requests that hold one of these parameters, or a response_format of one of these types."""

    def script(request: Request) -> Reply:
        form = request.body.get("response_format", {}).get("type")
        for name in names:
            if name in request.body or name == form:
                return failing(status, message.format(name=name))(request)
        return then(request)

    return script


def _headers(named: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in named.items()}


def sentence(words: str) -> str:
    """The first sentence of a passage."""
    return words.split(". ")[0].rstrip(".") + "."


def honest(request: Request) -> Reply:
    """Says what the first sentence of the first passage says; without any, it repeats the question."""
    if not request.tags:
        return completion("How deep was the deepest dive of a sea otter?")
    tag, words = next(iter(request.tags.items()))
    return pointing(tag, text=words)


def honest_copyist(request: Request) -> Reply:
    """As ``honest``, but it copies the sentence."""
    name, words = next(iter(request.passages.items()))
    return claiming((name, sentence(words)), text=sentence(words))


def honest_twice(request: Request) -> Reply:
    """One claim that rests on the first sentences of the first two passages."""
    return pointing(
        *[next(tag for tag in request.tags if tag.startswith(name)) for name in list(request.passages)[:2]]
    )


def invented_tag(request: Request) -> Reply:
    return pointing("AA1", text=next(iter(request.tags.values())))


def invented_id(request: Request) -> Reply:
    return claiming(("zzzz", sentence(next(iter(request.passages.values())))))


def altered_quote(request: Request) -> Reply:
    """One digit, or else one word, is another."""
    name, words = next(iter(request.passages.items()))
    quote = sentence(words)
    changed = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), quote, count=1)
    return claiming((name, changed if changed != quote else quote.replace(" ", " not ", 1)))


def foreign_quote(request: Request) -> Reply:
    """The second passage's words under the first passage's id."""
    (first, _), (_, words), *_ = request.passages.items()
    return claiming((first, sentence(words)))


def nothing_found(request: Request) -> Reply:
    return completion(json.dumps({"claims": [], "missing": ["how deep the otters dive"]}))


def slow(seconds: float) -> Script:
    return lambda request: Reply(honest(request).body, seconds=seconds)


def vectors_of(texts: Sequence[str], dimensions: int = 8) -> list[list[float]]:
    """For each text its own vector, not of length 1."""
    digests = [hashlib.sha256(text.encode()).digest() for text in texts]
    return [[byte - 127.5 for byte in digest[:dimensions]] for digest in digests]


def embedding(request: Request) -> Reply:
    """Embeds as asked, in base64 if that is asked for; the rows come in the wrong order, under their numbers."""
    rows: list[Any] = vectors_of(request.body["input"])
    if request.body.get("encoding_format") == "base64":
        rows = [base64.b64encode(struct.pack(f"<{len(row)}f", *row)).decode() for row in rows]
    data = [{"object": "embedding", "index": n, "embedding": row} for n, row in enumerate(rows)]
    return Reply({"object": "list", "data": data[::-1], "model": "scripted", "usage": {"prompt_tokens": 9}})


def listing(*names: str) -> Reply:
    """The list of a server's models."""
    return Reply({"object": "list", "data": [{"id": name, "object": "model"} for name in names]})


class ScriptedServer:
    """``with ScriptedServer(first, then) as server``: the scripts in turn, the last one from then on. ``models``
    is the answer to who asks which models there are; that is not recorded. ``asked`` is set when a request has
    come, ``reached`` when anybody has connected at all, ``gone`` when a client hangs up before it has everything."""

    def __init__(self, *scripts: Script, models: Reply | None = None) -> None:
        self.requests: list[Request] = []
        self.gone = threading.Event()
        self.asked = threading.Event()
        self.reached = threading.Event()
        self._scripts = scripts
        self._models = models or listing("scripted")
        self._released = threading.Event()
        self._http = _Http(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._http.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.address}/v1"

    def __enter__(self) -> "ScriptedServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
        self._http.shutdown()
        self._http.server_close()

    def release(self) -> None:
        """Ends every pause, those to come as well."""
        self._released.set()

    def _answer(self, request: Request) -> Reply:
        self.requests.append(request)
        self.asked.set()
        script = self._scripts[min(len(self.requests), len(self._scripts)) - 1]
        reply = script(request)
        return streamed(reply) if request.body.get("stream") else reply

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self) -> None:
                server.reached.set()
                super().setup()

            def do_GET(self) -> None:
                self._send(server._models)

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                headers = {name.lower(): value for name, value in self.headers.items()}
                self._send(server._answer(Request(self.path, headers, body)))

            def _send(self, reply: Reply) -> None:
                try:
                    self._wait(reply.seconds)
                    self._send_all(reply)
                except OSError:
                    server.gone.set()
                    self.close_connection = True

            def _send_all(self, reply: Reply) -> None:
                data = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
                length = (
                    {"Transfer-Encoding": "chunked"} if reply.parts else {"Content-Length": str(len(data))}
                )
                self.send_response(reply.status)
                for name, value in {"Content-Type": "application/json", **length, **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                for part in reply.parts or [data]:
                    if isinstance(part, float):
                        self._wait(part)
                    else:
                        self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part) if reply.parts else part)
                if reply.cut:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                elif reply.parts:
                    self.wfile.write(b"0\r\n\r\n")

            def _wait(self, seconds: float) -> None:
                """Until then; raises OSError as soon as the client hangs up."""
                end = time.monotonic() + seconds
                while (left := end - time.monotonic()) > 0 and not server._released.is_set():
                    if select.select([self.connection], [], [], min(left, 0.02))[0]:
                        raise ConnectionAbortedError

            def log_message(self, *_: object) -> None:
                pass

        return Handler


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """A client that has gone away while a slow reply was on its way is part of the script."""
