"""Memory for the system."""

import ctypes
import sys
from collections.abc import Iterator

import pytest

from assistant import heap


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    heap._trim.cache_clear()
    yield
    heap._trim.cache_clear()


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc has it")
def test_what_is_free_between_what_is_used_goes_back() -> None:
    held = [bytearray(60_000) for _ in range(2_000)]
    for each in held:
        each[:] = b"x" * 60_000
    del held[:-1]
    before = _resident()
    heap.give_back()
    assert before - _resident() > 50_000_000


def _resident() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


def test_a_library_without_a_way_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    heap.give_back()


def test_a_system_without_such_a_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: object) -> None:
        raise TypeError("bad argument type")

    monkeypatch.setattr(ctypes, "CDLL", none)
    heap.give_back()
