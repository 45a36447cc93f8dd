"""Which papers are on a topic: by meaning and words, beside the nearest, and none where none is near."""

import pytest

from assistant.selection import AS_NEAR, ON_TOPIC, on_topic
from assistant.types import Hit, Passage


def hit(paper: str, cosine: float | None, text: str = "of nothing") -> Hit:
    return Hit(Passage(f"p{paper}", paper, 0, len(text), text), 1.0, "both", cosine)


def test_a_topic_takes_in_what_is_nearly_as_near_as_the_nearest() -> None:
    found = on_topic("otters", [hit("far", 0.79), hit("near", 1.0), hit("by", 0.81)])
    assert found.keys == ("near", "by") and list(found.near) == ["near", "by", "far"]
    assert AS_NEAR == 0.8


def test_what_says_the_words_is_nearer() -> None:
    found = on_topic(
        "diving otters", [hit("a", 0.6), hit("b", 0.6, "An otter dives."), hit("c", 0.6, "An otter.")]
    )
    assert found.keys == ("b", "c")
    assert found.near == {
        "b": pytest.approx(1 / 1.4),
        "c": pytest.approx(0.8 / 1.4),
        "a": pytest.approx(0.6 / 1.4),
    }


def test_a_paper_is_as_near_as_its_nearest_passage() -> None:
    assert on_topic("otters", [hit("a", 0.1), hit("a", 0.9), hit("a", -0.3)]).near == {
        "a": pytest.approx(0.9 / 1.4)
    }


def test_none_is_on_a_topic_of_another_field() -> None:
    just = ON_TOPIC * 1.4
    assert on_topic("otters", [hit("a", just - 0.01)]).keys == ()
    assert on_topic("otters", [hit("a", just + 0.01)]).keys == ("a",)
    assert on_topic("otters", []).keys == ()


def test_without_the_index_words_decide() -> None:
    assert on_topic("otters", [hit("a", None, "Otters."), hit("b", None)]).keys == ("a",)
    assert on_topic("otters", [hit("a", None, "Otters."), hit("b", 0.61)]).near["a"] == pytest.approx(
        0.6 / 1.4
    )
