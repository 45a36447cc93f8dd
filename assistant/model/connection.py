"""A server behind the SDK's client: asked with patience, and its failures told in our words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cached_property
from time import sleep
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.config import ModelConfig
from assistant.errors import ModelRefused, ModelReply, ModelUnreachable
from assistant.model.errors import translated, words
from assistant.model.limits import Limits
from assistant.model.retry import wait_before_retry
from assistant.model.server import Server, find_server

if TYPE_CHECKING:
    from openai import OpenAI

_NO_KEY = "no-key"
"""Sent where none is set: the SDK insists on a key, and many local servers want none."""
_CONNECT = 10.0
"""Seconds to wait for a connection."""
_WORTH_SAYING = 2.0
"""Seconds of waiting from which on the user is told."""
LONGEST_REPLY = 5
"""How many times the settings' timeout a whole reply may take, unless they say: ten minutes, by default. A model that
thinks, or repeats itself, without end sends its pieces in time."""
_HERE = ("localhost", "127.0.0.1", "[::1]")
_NAMED = 5
"""Models named where the one asked for is not there."""

Notify = Callable[[str], None]
T = TypeVar("T")


class Connection:
    """``model``: for the lines that tell of failures. ``notify`` is told of longer waits. Made at first use."""

    def __init__(self, model: str, settings: ModelConfig, notify: Notify) -> None:
        self._model = model
        self._settings = settings
        self._notify = notify

    @cached_property
    def server(self) -> Server:
        """Raises ModelRefused or ModelUnreachable if the settings name none."""
        return find_server(self._settings)

    @cached_property
    def _limits(self) -> Limits:
        settings = self._settings
        seconds = settings.max_seconds or LONGEST_REPLY * settings.timeout
        return Limits(self.server.host, seconds, settings.max_megabytes)

    @cached_property
    def client(self) -> "OpenAI":
        """The SDK's client, which leaves retries to us, and asks no proxy for this machine. Raises
        ModelUnreachable."""
        from openai import DefaultHttpxClient, OpenAI, Timeout

        seconds = self._settings.timeout
        try:
            return OpenAI(
                api_key=self.server.key or _NO_KEY,
                base_url=self.server.url,
                timeout=Timeout(seconds, connect=min(seconds, _CONNECT)),
                max_retries=0,
                http_client=DefaultHttpxClient(
                    max_redirects=3,
                    mounts={f"all://{host}": None for host in _HERE},
                    event_hooks={  # each step of a redirect is a request
                        "request": [self._stays, self._limits.on_request],
                        "response": [self._limits.on_response],
                    },
                ),
            )
        except (ImportError, OSError, ValueError) as error:  # a proxy or certificate file it cannot use
            why = self.server.quoted(words(error))
            raise ModelUnreachable(f"{self.server.host} cannot be reached as set up here ({why})") from error

    def _stays(self, request: Any) -> None:
        """What is meant for the server that was named goes nowhere that it points to: ``request`` is the HTTP
        client's, about to be sent. Raises ModelRefused."""
        home, to = self.client.base_url, request.url
        if (to.scheme, to.host, to.port) != (home.scheme, home.host, home.port):
            where = self.server.quoted(str(to.copy_with(userinfo=b"", path="/", query=None, fragment=None)))
            raise ModelRefused(
                f"{self.server.host} passes requests on to {where}, which was not named and is sent nothing; if it"
                f" may read them, name it in {self.server.named_by}"
            )

    def patiently(self, request: Callable[[], T]) -> T:
        """What ``request`` returns, tried again after failures that may pass. Raises the SDK's errors."""
        from openai import OpenAIError

        tries = 0
        while True:
            tries += 1
            self._limits.start()
            try:
                return request()
            except OpenAIError as error:
                seconds = wait_before_retry(error, tries) if tries <= self._settings.retries else None
                if seconds is None:
                    raise
                if seconds >= _WORTH_SAYING:
                    self._notify(f"{self.server.host} cannot answer now; trying again in {seconds:.0f} s")
                sleep(seconds)

    @contextmanager
    def translating(self) -> Iterator[None]:
        """The SDK's errors become ours."""
        from openai import APITimeoutError, NotFoundError, OpenAIError

        try:
            yield
        except APITimeoutError as error:
            self._limits.check_time()
            raise translated(error, self.server, self._model, self._settings.timeout) from error
        except NotFoundError as error:
            names = self._models()
            if not names or self._model in names:
                raise translated(error, self.server, self._model, self._settings.timeout) from error
            near = get_close_matches(self._model, names, n=_NAMED, cutoff=0.0)
            told = self.server.quoted(", ".join(near)) + (" ..." if len(names) > len(near) else "")
            raise ModelRefused(f"{self.server.host} has no model {self._model}; it has {told}") from error
        except OpenAIError as error:
            raise translated(error, self.server, self._model, self._settings.timeout) from error

    @contextmanager
    def decoding(self) -> Iterator[None]:
        """Around nothing but what the SDK does with an answer: how it fails at what is no JSON, or is nested beyond
        measure, or holds a number of thousands of digits, becomes a ModelReply."""
        try:
            yield
        except UnicodeEncodeError:  # of what is sent, and so a bug
            raise
        except (ValueError, RecursionError, OverflowError) as error:
            raise ModelReply(
                f"{self.server.host} sent what is not JSON that can be read; check {self.server.named_by}"
            ) from error

    def _models(self) -> list[str]:
        """The models that the server says it has; none if it does not say."""
        from openai import OpenAIError

        self._limits.start()
        try:
            return [str(model.id) for model in self.client.models.list(timeout=_CONNECT).data]
        except (OpenAIError, ModelReply, AttributeError, TypeError, ValueError, RecursionError):
            return []
