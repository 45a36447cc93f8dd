"""A word in another's place: found by code, and judged by a reader."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.judge.gate import objections
from assistant.judge.replaced import OTHER, other_things, replacement
from assistant.types import Evidence

SAID = "Over the winter the otters of the bay kept heavy pebbles in their dens and sorted them by weight."


class Reader:
    """Gives ``share`` to "supported"; ``asked`` are the pairs that it read."""

    def __init__(self, share: float) -> None:
        self._share = share
        self.asked: list[tuple[str, str]] = []

    def shares(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        self.asked += pairs
        return np.array([[self._share, 0, 1 - self._share]] * len(pairs), np.float32).reshape(-1, 3)


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (SAID.replace("otters", "voles"), ("voles", "otters")),
        (SAID.replace("weight", "colour"), ("colour", "weight")),
        (SAID.replace("heavy pebbles", "flat stones"), ("flat stones", "heavy pebbles")),
        (SAID.replace("heavy pebbles", "pebbles"), None),
        (SAID.replace("sorted them", "quickly sorted them"), None),
        (SAID, None),
        ("Voles kept pebbles.", None),
    ],
)
def test_what_stands_in_anothers_place_is_found(claim: str, words: tuple[str, str] | None) -> None:
    found = replacement(claim, ["Herons fish at night.", SAID])
    assert (found and (found.own, found.theirs)) == words
    assert found is None or found.sentence == SAID


def test_a_word_that_the_evidence_has_elsewhere_is_not_anothers() -> None:
    claim = SAID.replace("otters", "voles")
    assert replacement(claim, [SAID, "These are voles."]) is None


def test_a_word_that_stands_twice_may_be_replaced_once() -> None:
    twice = "Otters of the bay sort the pebbles of the bay by weight and by colour every winter."
    found = replacement(twice.replace("pebbles of the bay", "pebbles of the shore"), [twice])
    assert found and (found.own, found.theirs) == ("shore", "bay")


@pytest.mark.parametrize(
    ("share", "objects"), [(0.0, True), (OTHER - 0.01, True), (OTHER + 0.01, False), (1.0, False)]
)
def test_the_reader_decides(share: float, objects: bool) -> None:
    found = replacement(SAID.replace("otters", "voles"), [SAID])
    assert found
    (objection,) = other_things([found], Reader(share))
    assert (objection is not None) == objects
    if objection:
        assert (objection.kind, objection.is_contrary) == ("thing", False)
        assert objection.reason == "says voles, and the evidence otters"


def test_only_what_nothing_else_speaks_against_is_read() -> None:
    reader = Reader(0.0)
    other, denied = (
        SAID.replace("otters", "voles"),
        SAID.replace("otters of the bay", "voles of the bay never"),
    )
    cases = [(each, Evidence((SAID,)), "") for each in (SAID, other, denied)]
    found = objections(cases, reader)
    assert [each and each.kind for each in found] == [None, "thing", "denied"]
    assert reader.asked == [(other, SAID)]
    assert [each and each.kind for each in objections(cases)] == [None, None, "denied"]
    assert other_things([], reader) == []
