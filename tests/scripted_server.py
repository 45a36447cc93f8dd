"""An OpenAI-protocol server on 127.0.0.1 that replies by script and records what it was sent.

A script is a function from a request to a Reply. Those below play models that keep to what they were asked
and models that do not; they see nothing but the request, as a model does.
"""

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

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
        """The words of each passage, without its headline, by id."""
        found = re.findall(r'<passage id="(\w+)">\n[^\n]*\n(.*?)\n</passage>', self.text, re.DOTALL)
        return dict(found)


@dataclass
class Reply:
    body: Any
    """Sent as JSON, or as it is if it is bytes."""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    """To wait before."""


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


def claiming(*citations: tuple[str, str], text: str = "The papers say so.") -> Reply:
    """A reply of one claim with these (id, quote)."""
    claim = {"text": text, "citations": [{"id": name, "quote": quote} for name, quote in citations]}
    return completion(json.dumps({"claims": [claim], "missing": []}))


def always(reply: Reply) -> Script:
    return lambda request: reply


def saying(content: Any, finish_reason: str = "stop", **message: Any) -> Script:
    return always(completion(content, finish_reason, **message))


def failing(status: int, message: str = "scripted failure", **headers: str) -> Script:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return always(Reply({"error": {"message": message, "type": "scripted"}}, status, named))


def sentence(words: str) -> str:
    """The first sentence of a passage."""
    return words.split(". ")[0].rstrip(".") + "."


def honest(request: Request) -> Reply:
    """Quotes the first sentence of the first passage under its id."""
    name, words = next(iter(request.passages.items()))
    return claiming((name, sentence(words)))


def honest_twice(request: Request) -> Reply:
    """One claim that rests on the first sentences of the first two passages."""
    return claiming(*((name, sentence(words)) for name, words in list(request.passages.items())[:2]))


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


class ScriptedServer:
    """``with ScriptedServer(first, then) as server``: the scripts in turn, the last one from then on."""

    def __init__(self, *scripts: Script) -> None:
        self.requests: list[Request] = []
        self._scripts = scripts
        self._closing = threading.Event()
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
        self._closing.set()
        self._http.shutdown()
        self._http.server_close()

    def _answer(self, request: Request) -> Reply:
        self.requests.append(request)
        script = self._scripts[min(len(self.requests), len(self._scripts)) - 1]
        reply = script(request)
        self._closing.wait(reply.seconds)
        return reply

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                headers = {name.lower(): value for name, value in self.headers.items()}
                reply = server._answer(Request(self.path, headers, body))
                data = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
                self.send_response(reply.status)
                for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """A client that has gone away while a slow reply was on its way is part of the script."""
