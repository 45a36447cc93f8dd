"""A server's answer → the same, held to a total time and size, however it comes: in drips, without end, or packed.

The client's own timeout is for each next piece of an answer, so that a server that sends a byte a second is never late
by it; and it reads as much as there is.
"""

from collections.abc import Callable, Iterator
from math import inf
from time import monotonic
from typing import Any

from assistant.errors import ModelReply

_LEAST = 0.001
"""Seconds; a socket takes none for a wish not to wait at all."""


class Limits:
    """For one answer at a time. ``seconds``: from its request to its end; ``megabytes``: of it, unpacked."""

    def __init__(self, host: str, seconds: float, megabytes: float) -> None:
        self._host = host
        self._seconds = seconds
        self._megabytes = megabytes
        self._end = inf

    def start(self) -> None:
        """To be called before each request: its time begins as it is sent, not when it is redirected."""
        self._end = inf

    def check_time(self) -> None:
        """Raises ModelReply when the time is over."""
        if monotonic() >= self._end:
            raise ModelReply(
                f"{self._host} did not end its reply in {self._seconds:g} s; raise max_seconds in [model] of"
                " assistant.toml, or use a faster model"
            )

    # hooks of the HTTP client, whose types are the SDK's business

    def on_request(self, request: Any) -> None:
        self._end = min(self._end, monotonic() + self._seconds)
        request.extensions["trace"] = self._on_connection

    def on_response(self, response: Any) -> None:
        """Its body, which is not read yet, is counted as it comes; a reply that is read at once comes this way, too."""
        response.iter_bytes = self._counted(response.iter_bytes)

    def _on_connection(self, event: str, about: dict[str, Any]) -> None:
        """No read or write of a new connection, of headers, too, waits beyond the end."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            stream = about["return_value"]
            stream.read, stream.write = self._in_time(stream.read), self._in_time(stream.write)

    def _in_time(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def acting(data: Any, timeout: float | None = None) -> Any:
            left = max(_LEAST, self._end - monotonic())
            return act(data, left if timeout is None else min(timeout, left))

        return acting

    def _counted(self, pieces: Callable[..., Iterator[bytes]]) -> Callable[..., Iterator[bytes]]:
        def counting(chunk_size: int | None = None) -> Iterator[bytes]:
            size = 0
            for piece in pieces(chunk_size):
                size += len(piece)
                if size > self._megabytes * 1e6:
                    raise ModelReply(
                        f"{self._host} sent a reply of more than {self._megabytes:g} MB, which was not read further;"
                        " raise max_megabytes in [model] of assistant.toml, or use another server"
                    )
                self.check_time()
                yield piece

        return counting
