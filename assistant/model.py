"""Messages and a JSON schema → a language model's reply. The one door to openai.

Any server that speaks its protocol is reached as the SDK's own variables say: OPENAI_API_KEY and
OPENAI_BASE_URL. The SDK's exceptions become ours here, in one line that names the server but never the key.
openai is imported when a model is first asked, because no other command needs to wait for it.
"""

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.errors import ModelBusy, ModelError, ModelFailed, ModelRefused, ModelReply, ModelUnreachable
from assistant.types import ModelReplyText, Usage

if TYPE_CHECKING:
    from openai import OpenAI, OpenAIError

_OPENAI = "https://api.openai.com/v1"
_NO_KEY = "no-key"
"""Sent where none is set: the SDK insists on a key, and many local servers want none."""
_LEAST_SECRET = 8
"""Characters from which on a key is a secret: local servers take "x", which is not to be cut out of words."""
_LONGEST = 300
"""Characters of a server's own words that are shown."""

_LABEL = r"[a-z0-9_][a-z0-9_-]{0,62}"
_ADDRESS = re.compile(
    rf"https?://([^\s/@]*@)?(\[[0-9a-f:.]+\]|{_LABEL}(\.{_LABEL})*\.?)(:\d{{1,5}})?([/?]\S*)?", re.IGNORECASE
)

_MEANING: dict[str, tuple[type[ModelError], str]] = {
    "APITimeoutError": (ModelUnreachable, "{host} gave no answer in {seconds:g} s; use a faster model"),
    "APIConnectionError": (ModelUnreachable, "no server answers at {host} ({why}); check OPENAI_BASE_URL"),
    "AuthenticationError": (ModelRefused, "{host} {verb} (401); set OPENAI_API_KEY to a valid one"),
    "NotFoundError": (ModelRefused, "{host} has no {model} ({why}); check the name and OPENAI_BASE_URL"),
    "RateLimitError": (ModelBusy, "{host} asks to wait ({why}); try again later"),
    "InternalServerError": (ModelFailed, "{host} failed ({why}); try again later"),
    "APIStatusError": (ModelRefused, "{host} refuses the request ({why})"),
    "APIResponseValidationError": (ModelReply, "{host} sent no chat completion; check OPENAI_BASE_URL"),
    "LengthFinishReasonError": (ModelReply, "{model} broke off its reply at the length limit"),
    "ContentFilterFinishReasonError": (ModelReply, "the content filter of {host} withheld the reply"),
    "APIError": (ModelFailed, "{host} failed ({why}); try again later"),
    "OpenAIError": (ModelRefused, "the request to {host} cannot be made ({why})"),
}
"""The SDK's exceptions by name (they cannot be imported here) → ours. The nearest ancestor counts."""


@dataclass(frozen=True, slots=True)
class _Server:
    """Where the model is. ``key`` is None where none is set."""

    url: str
    key: str | None = field(repr=False)

    @property
    def host(self) -> str:
        """The part of the address that holds no credentials."""
        return urlsplit(self.url).netloc.rpartition("@")[2]

    def quoted(self, words: str) -> str:
        """Foreign words on one printable line, without the key."""
        if self.key and len(self.key) >= _LEAST_SECRET:
            words = words.replace(self.key, "[key]")
        line = " ".join("".join(c if c.isprintable() else " " for c in words).split())
        return line if len(line) <= _LONGEST else line[:_LONGEST] + " ..."


class OpenAIChat:
    """The model ``name`` behind one call. ``timeout``: seconds, for each of ``max_retries`` + 1 tries."""

    def __init__(self, name: str, timeout: float = 60.0, max_retries: int = 1) -> None:
        self.name = name
        self._timeout = timeout
        self._max_retries = max_retries
        self._connection: tuple[_Server, OpenAI] | None = None

    def complete(self, messages: Sequence[dict[str, str]], schema: dict[str, Any]) -> ModelReplyText:
        """The model's reply to ``messages`` in the JSON ``schema``, at temperature 0. Raises ModelError."""
        from openai import OpenAIError

        server, client = self._connect()
        replied: list[Any] = list(messages)
        try:
            completion = client.chat.completions.create(
                model=self.name,
                messages=replied,
                temperature=0,
                response_format={
                    "type": "json_schema",
                    "json_schema": {"name": "reply", "strict": True, "schema": schema},
                },
            )
        except OpenAIError as error:
            raise self._translated(error, server) from error
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise ModelReply(f"{server.host} sent what is not JSON; check OPENAI_BASE_URL") from error
        return self._reply(completion, server)

    def _connect(self) -> "tuple[_Server, OpenAI]":
        if self._connection is None:
            from openai import OpenAI

            server = _server()
            try:
                client = OpenAI(
                    api_key=server.key or _NO_KEY,
                    base_url=server.url,
                    timeout=self._timeout,
                    max_retries=self._max_retries,
                )
            except (ImportError, OSError, ValueError) as error:  # a proxy or certificate file it cannot use
                why = server.quoted(_words(error))
                raise ModelUnreachable(f"{server.host} cannot be reached as set up here ({why})") from error
            self._connection = server, client
        return self._connection

    def _reply(self, completion: Any, server: _Server) -> ModelReplyText:
        """The text and its cost. The SDK does not check what a server sends, so nothing is certain here."""
        try:
            choice = completion.choices[0]
            text, refusal = choice.message.content, getattr(choice.message, "refusal", None)
        except (AttributeError, IndexError, TypeError) as error:
            raise ModelReply(f"{server.host} sent no chat completion; check OPENAI_BASE_URL") from error
        if choice.finish_reason == "length":
            raise ModelReply(f"{self.name} broke off its reply at the length limit; use another model")
        if choice.finish_reason == "content_filter":
            raise ModelReply(f"the content filter of {server.host} withheld the reply; ask in other words")
        if refusal:
            raise ModelReply(f"{self.name} declines to answer ({server.quoted(str(refusal))})")
        if not isinstance(text, str) or not text.strip():
            raise ModelReply(f"{self.name} sent an empty reply; ask again, or use another model")
        usage = getattr(completion, "usage", None)
        return ModelReplyText(text, Usage(_count(usage, "prompt_tokens"), _count(usage, "completion_tokens")))

    def _translated(self, error: "OpenAIError", server: _Server) -> ModelError:
        kind, line = _meaning(type(error))
        return kind(
            line.format(
                host=server.host,
                model=self.name,
                seconds=self._timeout,
                verb="refuses the key" if server.key else "wants a key",
                why=server.quoted(_words(error.__cause__ or error)),
            )
        )


def load() -> None:
    """Imports openai ahead of the first question, for who must not be interrupted in it."""
    import openai  # noqa: F401


def _meaning(kind: type[BaseException]) -> tuple[type[ModelError], str]:
    return next(_MEANING[ancestor.__name__] for ancestor in kind.__mro__ if ancestor.__name__ in _MEANING)


def _words(error: BaseException) -> str:
    return str(error) or type(error).__name__


def _server() -> _Server:
    """What the environment says; a variable that is set but empty counts as not set."""
    url = os.environ.get("OPENAI_BASE_URL", "").strip()
    key = os.environ.get("OPENAI_API_KEY", "").strip()
    if not url and not key:
        raise ModelRefused("there is no key; set OPENAI_API_KEY, or OPENAI_BASE_URL if a server needs none")
    if not (key.isascii() and key.isprintable()):  # else the SDK fails, with the key in its message
        raise ModelRefused("OPENAI_API_KEY holds characters that no key has (a line break?); set it anew")
    if url and not (url.isprintable() and _ADDRESS.fullmatch(url)):
        raise ModelUnreachable("OPENAI_BASE_URL is no address; it looks like http://localhost:8000/v1")
    return _Server(url or _OPENAI, key or None)


def _count(usage: Any, name: str) -> int:
    value = getattr(usage, name, None)
    return value if isinstance(value, int) else 0
