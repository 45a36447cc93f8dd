"""An exception of the SDK → one of ours: one line that names the server, says what to do and holds no key."""

import re
import socket
import ssl
from typing import TYPE_CHECKING

from assistant.errors import (
    ModelBusy,
    ModelContext,
    ModelError,
    ModelFailed,
    ModelRefused,
    ModelReply,
    ModelUnreachable,
)
from assistant.model.retry import LONGEST_WAIT, asked_to_wait, causes
from assistant.model.server import Server

if TYPE_CHECKING:
    from openai import OpenAIError

MEANING: dict[str, tuple[type[ModelError], str]] = {
    "APITimeoutError": (
        ModelUnreachable,
        "{host} gave no answer in {seconds:g} s; raise timeout in [model] of assistant.toml, or use a faster model",
    ),
    "APIConnectionError": (ModelUnreachable, "{broken}"),
    "AuthenticationError": (ModelRefused, "{host} {verb} (401); set {variable} to a valid one"),
    "NotFoundError": (ModelRefused, "{host} has no {model} ({why}); check the name and {named_by}"),
    "RateLimitError": (ModelBusy, "{host} asks to wait ({why}); try again {later}"),
    "InternalServerError": (ModelFailed, "{host} failed ({why}); try again later"),
    "APIStatusError": (ModelRefused, "{host} refuses the request ({why})"),
    "APIResponseValidationError": (ModelReply, "{host} sent no answer that can be read; check {named_by}"),
    "LengthFinishReasonError": (ModelReply, "{model} broke off its reply at the length limit"),
    "ContentFilterFinishReasonError": (ModelReply, "the content filter of {host} withheld the reply"),
    "APIError": (ModelFailed, "{host} failed ({why}); try again later"),
    "OpenAIError": (ModelRefused, "the request to {host} cannot be made ({why})"),
}
"""The SDK's exceptions by name (they cannot be imported here) → ours. The nearest ancestor counts."""

_BROKEN: tuple[tuple[type[OSError], str], ...] = (
    (socket.gaierror, "nobody knows the name of {host} ({why}); check {named_by} and the network"),
    (ssl.SSLError, "no safe connection to {host} ({why}); check {named_by}, or let SSL_CERT_FILE name its authority"),
    (OSError, "no server answers at {host} ({why}); start it, or check {named_by}"),
)  # fmt: skip
_BROKEN_OFF = "{host} broke off the connection ({why}); try again later"

_TOO_LONG = re.compile(
    r"context[_ ](length|size|window)|exceeds? (the )?(available )?context|n_ctx|reduce the length"
    r"|(prompt|input|request)\b.{0,40}\btoo (long|large|many tokens)|too many (input )?tokens|max_model_len"
    r"|exceeds the maximum number of (input )?tokens",
    re.IGNORECASE,
)
"""How servers say that a request is longer than the model reads; most have no code for it."""
_LIMIT = re.compile(r"(?:context (?:length|size|window)|n_ctx)\D{0,30}?(\d{3,8})(?!\d)", re.IGNORECASE)


def translated(error: "OpenAIError", server: Server, model: str, seconds: float) -> ModelError:
    """``seconds``: how long an answer was waited for."""
    if too_long(error):
        return ModelContext(
            f"{model} cannot read so much at once ({server.quoted(words(error))}); offer less with --passages"
        )
    passing = getattr(error, "status_code", None) in (408, 409)  # classed as refusals, and yet worth a retry
    kind, line = MEANING["InternalServerError" if passing else _nearest(type(error))]
    asked = asked_to_wait(error)
    facts = {
        "host": server.host, "model": model, "seconds": seconds, "named_by": server.named_by,
        "variable": server.variable, "verb": "refuses the key" if server.key else "wants a key",
        "later": f"in {asked:.0f} s" if asked and asked > LONGEST_WAIT else "later",
        "why": server.quoted(words(error.__cause__ or error)),
    }  # fmt: skip
    return kind(line.format(broken=_broken(error).format(**facts), **facts))


def too_long(error: "OpenAIError") -> bool:
    """Whether the server says that the request is longer than the model reads."""
    status = getattr(error, "status_code", 400)
    return status in (400, 413, 422, 500) and bool(_TOO_LONG.search(_said(error)))


def context_of(error: BaseException) -> int | None:
    """The tokens that the model reads, if the refusal of a request tells."""
    found = _LIMIT.search(_said(error))
    return int(found[1]) if found else None


def words(error: BaseException) -> str:
    return str(error) or type(error).__name__


def _said(error: BaseException) -> str:
    """All that the server says of an error, its code and fields too."""
    return f"{words(error)} {getattr(error, 'body', None) or ''}"


def _nearest(kind: type[BaseException]) -> str:
    return next(ancestor.__name__ for ancestor in kind.__mro__ if ancestor.__name__ in MEANING)


def _broken(error: BaseException) -> str:
    """How a connection failed: the first kind above that one of its causes is."""
    for kind, line in _BROKEN:
        found = (cause for cause in causes(error) if isinstance(cause, kind))
        if any(not isinstance(cause, ConnectionResetError) for cause in found):
            return line
    return _BROKEN_OFF
