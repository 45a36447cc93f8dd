"""What a server sends as a chat completion, whole or in pieces → the reply's text, or what is wrong with it.

The SDK does not check what a server sends, so nothing is certain here: every field may be absent or of
another kind.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from assistant.errors import ModelReply
from assistant.model.pieces import LONGEST, Pieces
from assistant.model.server import Server
from assistant.types import Usage

_MOST_TOKENS = 10**9
"""No exchange has so many; a count of thousands of digits is no count."""


@dataclass(slots=True)
class Received:
    """``came``: whether anything like a completion came at all; ``broken``: it stopped before its end."""

    pieces: Pieces
    finish: Any = None
    refusal: str = ""
    tool: str = ""
    usage: Any = None
    came: bool = False
    broken: bool = False

    @property
    def is_cut(self) -> bool:
        return self.broken or self.finish == "length"

    def take(self, message: Any, finish: Any) -> None:
        """Adds a message, or a part of one."""
        self.came = self.came or message is not None
        self.finish = finish or self.finish
        self.refusal += _text(getattr(message, "refusal", None))
        calls = getattr(message, "tool_calls", None) or [message]
        for call in calls if isinstance(calls, list) else []:
            function = getattr(call, "function", None) or getattr(call, "function_call", None)
            self.tool = self.tool or str(getattr(function, "name", None) or "")
        if text := _text(getattr(message, "content", None)):
            self.pieces.add(text)


def read_whole(completion: Any, pieces: Pieces) -> Received:
    received = Received(pieces, usage=getattr(completion, "usage", None))
    for choice in _choices(completion):
        received.take(getattr(choice, "message", None), getattr(choice, "finish_reason", None))
    return received


def read_stream(
    stream: Any, pieces: Pieces, decoding: Callable[[], AbstractContextManager[None]]
) -> Received:
    """``stream``: the SDK's, read ``decoding`` what comes. A stream that breaks off after its first words keeps them;
    one that breaks off before raises what the SDK raised, and can be asked for again."""
    from openai import OpenAIError
    from openai.types.chat import ChatCompletion

    received = Received(pieces)
    with stream:
        if "json" in stream.response.headers.get("content-type", ""):  # it does not stream
            with decoding():
                whole = json.loads(stream.response.read())
                completion = ChatCompletion.construct(**whole) if isinstance(whole, dict) else whole
            return read_whole(completion, pieces)
        try:
            for chunk in _decoded(stream, decoding):
                received.usage = getattr(chunk, "usage", None) or received.usage
                for choice in _choices(chunk):
                    received.take(getattr(choice, "delta", None), getattr(choice, "finish_reason", None))
                if pieces.length > LONGEST:
                    break
                if pieces.enough:  # leaving closes the connection, and so ends the server's work
                    received.finish = "stop"
                    break
        except (OpenAIError, ModelReply):
            if not pieces.begun:
                raise
        received.broken = received.finish is None
    return received


def _decoded(stream: Any, decoding: Callable[[], AbstractContextManager[None]]) -> Iterator[Any]:
    """Its chunks; what is done with them is not ``decoding``."""
    chunks, end = iter(stream), object()
    while True:
        with decoding():
            chunk = next(chunks, end)
        if chunk is end:
            return
        yield chunk


def text_of(received: Received, server: Server, model: str) -> str:
    """The reply's text, which may be cut. Raises ModelReply if there is none."""
    text = received.pieces.text()
    if not received.came:
        raise ModelReply(f"{server.host} sent no chat completion; check {server.named_by}")
    if received.finish == "content_filter":
        raise ModelReply(f"the content filter of {server.host} withheld the reply; ask in other words")
    if received.refusal:
        raise ModelReply(f"{model} declines to answer ({server.quoted(received.refusal)})")
    if text.strip():
        return text
    if received.tool:
        name = server.quoted(received.tool)
        raise ModelReply(f"{model} calls a tool ({name}) instead of answering; use another model")
    if received.is_cut:
        raise ModelReply(
            f"{model} broke off its reply before the answer began; raise max_tokens, or ask again"
        )
    raise ModelReply(f"{model} sent an empty reply; ask again, or use another model")


def usage_of(counted: Any) -> Usage | None:
    """The tokens that a server counted; None if it did not."""
    read, written = getattr(counted, "prompt_tokens", None), getattr(counted, "completion_tokens", None)
    if isinstance(read, int) and isinstance(written, int) and 0 < read + written < _MOST_TOKENS:
        return Usage(read, written)
    return None


def _choices(completion: Any) -> list[Any]:
    """The first choice, if there is one."""
    choices = getattr(completion, "choices", None)
    return choices[:1] if isinstance(choices, list) else []


def _text(content: Any) -> str:
    """Text, or the texts of a list of parts."""
    if isinstance(content, list):
        kinds = (
            part.get("text") if isinstance(part, dict) else getattr(part, "text", None) for part in content
        )
        return "".join(text for text in kinds if isinstance(text, str))
    return content if isinstance(content, str) else ""
