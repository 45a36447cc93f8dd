"""How reading grows with a family's size, format by format: what twice the text costs."""

from collections.abc import Iterator
from typing import NamedTuple

from assistant.errors import ReadError
from assistant.workers import Bounds, Fault, Workers
from eval.fuzz.families import DRAFTS, FAMILIES, READERS
from eval.fuzz.trial import take

GOAL = 2.6
"""Times: two for the text, and some for what the machine does beside."""
BOUNDS = Bounds(60, 2_000_000_000)
_FIRST, _LAST = 2_000, 512_000
"""Characters of a family."""
_ENOUGH = 0.1
"""Seconds that can be told from noise."""
FILES = READERS | DRAFTS


class Growth(NamedTuple):
    file: str
    family: str
    size: int
    seconds: float
    factor: float
    """What twice as much took, in times of ``seconds``; 0 where nothing took long, infinite where it did not end."""


def file_of(name: str, family: str, size: int) -> bytes:
    return FILES[name](FAMILIES[family](size)).encode()


def growth(name: str, family: str, workers: Workers) -> Growth:
    """Doubles the size until reading takes long enough to be timed; each time is the best of two."""
    size, before = _FIRST, 0.0
    while size <= _LAST:
        try:
            data = file_of(name, family, size)
            after = min(workers.submit(BOUNDS, take, data, name).result().seconds for _ in range(2))
        except (ReadError, Fault):
            return Growth(name, family, size, before, float("inf"))
        if before >= _ENOUGH:
            return Growth(name, family, size // 2, before, after / before)
        size, before = 2 * size, after
    return Growth(name, family, _LAST, before, 0.0)


def all_growth(names: list[str]) -> Iterator[Growth]:
    with Workers(1) as workers:  # beside each other they would slow each other down
        for name in names:
            for family in FAMILIES:
                yield growth(name, family, workers)
