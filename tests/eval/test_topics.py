"""How well a topic is met: its measures, and that what is written down by hand is well formed."""

import json

import pytest

from eval.topics import FILE, HALVES, Found, Topic, topics


def found(on: set[str], may: set[str], keys: tuple[str, ...]) -> Found:
    return Found(Topic("otters", frozenset(on), frozenset(may)), keys)


def test_what_may_count_to_a_topic_is_neither_right_nor_wrong() -> None:
    each = found({"a", "b", "c", "d"}, {"e"}, ("a", "e", "f"))
    assert (each.precision, each.recall) == (0.5, 0.25)


def test_a_topic_that_nothing_is_on_is_met_by_nothing() -> None:
    assert (found(set(), {"e"}, ("e",)).precision, found(set(), set(), ("a",)).precision) == (1.0, 0.0)
    assert found({"a"}, set(), ()).precision == 0.0


def test_every_topic_is_of_a_half_and_names_a_paper_once() -> None:
    rows = list(map(json.loads, FILE.read_text(encoding="utf-8").splitlines()))
    assert {row["split"] for row in rows} == set(HALVES) and len({row["topic"] for row in rows}) == len(rows)
    for row in rows:
        assert len({*row["on"], *row["may"]}) == len(row["on"]) + len(row["may"])


def test_a_paper_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="no paper is called"):
        list(topics("dev", []))
