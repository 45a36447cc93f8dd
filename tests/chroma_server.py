"""A client of a Chroma server, and a bad line to it."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant import Library
from assistant.address import Address
from assistant.store.server import Server
from assistant.store.shared_keeping import OnServer
from tests.fakes import WordEmbedder


class Line:
    """A proxy to a port. ``treat`` is handed each piece that goes to the server (True) or comes from it (False), and
    may wait, change it or raise OSError, which cuts the connection."""

    def __init__(self, port: int, treat: Callable[[bool, bytes], bytes]) -> None:
        self._to, self._treat = port, treat
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._to))
                for ends in ((caller, server, True), (server, caller, False)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, is_request: bool) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(self._treat(is_request, data))
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def client(
    address: Address,
    folder: Path,
    who: str = "ann",
    create: bool = True,
    server: Callable[[Address], Server] = Server,
    embedder: WordEmbedder | None = None,
) -> Library:
    """A library on a server as the client ``who`` sees it, whose cache is in ``folder``."""
    own = folder / who / "own"
    keeping = OnServer(server(address), folder / who / "cache", own, f"{who}@lab", create)
    return Library(own, keeping.catalog, embedder or WordEmbedder(), keeping=keeping)
