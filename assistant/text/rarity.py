"""Stem → how rare it is, from a small fixed table, so that a claim is weighed alike in every library."""

from collections.abc import Collection
from functools import cache
from importlib.resources import files

RAREST = 11.0
"""For what the table does not hold."""
NUMBER = 6.0
"""For numbers, which are rare one by one, and common as a kind."""


@cache
def _table() -> dict[str, float]:
    lines = files("assistant.text").joinpath("rarity.txt").read_text(encoding="utf-8").splitlines()
    levels = (line.split() for line in lines)
    return {stem: float(level) for level, *stems in levels for stem in stems}


def rarity(stem: str) -> float:
    """The natural logarithm of one over the share of texts that hold ``stem``; see eval/rarity.py."""
    return NUMBER if stem[:1].isdigit() else _table().get(stem, RAREST)


def stems_held() -> Collection[str]:
    """The stems that the table holds."""
    return _table().keys()
