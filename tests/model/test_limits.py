"""What a whole reply may take: time and size, from its first header on."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import pytest

from assistant.config import ModelConfig
from assistant.errors import ModelReply
from assistant.model.connection import Connection
from assistant.model.pieces import Pieces
from tests.model.asking import asked


@contextmanager
def dripping_headers() -> Iterator[str]:
    """A server whose headers never end: its address."""
    gone = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-Wait: ")
                try:
                    while not gone.wait(0.02):
                        connection.sendall(b"a")
                except OSError:
                    return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        gone.set()
        thread.join()


def test_headers_without_end_are_ended() -> None:
    started = monotonic()
    with dripping_headers() as url, pytest.raises(ModelReply, match=r"did not end its reply in 0\.4 s"):
        asked(url, max_seconds=0.4)
    assert monotonic() - started < 60


def test_what_a_reply_may_take_unless_settings_say() -> None:
    url = "http://127.0.0.1:9/v1"
    limits = [
        Connection("m", ModelConfig(base_url=url, **settings), print)._limits
        for settings in ({}, {"timeout": 300.0}, {"max_seconds": 7.0, "max_megabytes": 0.5})
    ]
    assert [(each._seconds, each._megabytes) for each in limits] == [
        (600.0, 32.0),
        (1500.0, 32.0),
        (7.0, 0.5),
    ]


@pytest.mark.parametrize("size", [1, 3, 7, 100])
def test_a_secret_is_taken_out_wherever_pieces_cut_it(size: int) -> None:
    text, handed = "The key is sk-secret-1, and sk-secret- is none; sk-sk-secret-1!", list[str]()
    pieces = Pieces(handed.append, ["sk-secret-1"])
    for start in range(0, len(text), size):
        pieces.add(text[start : start + size])
    assert pieces.text() == "".join(handed) == "The key is [key], and sk-secret- is none; sk-[key]!"
