"""A first question that names no paper: whether "it" is then the paper shown, or is asked back."""

import pytest

from assistant.chat.lookup import OPENING
from assistant.chat.near import CLOSE
from assistant.chat.talk import UNCLEAR
from tests.chat.shelf import Shelf

TITLES = {
    "pigeons": "Pigeons.jl: Distributed sampling",
    "trixi": "Trixi.jl: Adaptive meshes",
    "causal": "Causal.jl: A framework of blocks",
}
NAMELESS = "How is the work spread over the machines?"


def _shelf(trixi: float) -> Shelf:
    return Shelf(TITLES, {"pigeons": 1.0, "trixi": trixi, "causal": 0.1})


@pytest.mark.parametrize(
    "asked", ["who wrote it?", "and its limitations?", "how fast is it?", "more", "why?"]
)
def test_where_another_paper_was_as_near_it_is_asked_which_of_the_two(asked: str) -> None:
    reading = _shelf(CLOSE).read([(NAMELESS, "pigeons")], asked)
    assert reading.way == UNCLEAR and reading.papers == ("pigeons", "trixi")
    assert reading.asks == "Which one do you mean: [1] Pigeons.jl or Trixi.jl?"


def test_where_none_was_nearly_as_near_it_is_the_paper_shown() -> None:
    assert _shelf(CLOSE - 0.01).read([(NAMELESS, "pigeons")], "who wrote it?").meant == ("pigeons",)


def test_a_paper_that_does_not_have_the_name_asked_for_is_none_of_those_meant() -> None:
    shelf = Shelf({**TITLES, "trixi": "Trixi.jl: Meshes by KnotGrid.jl"}, {"trixi": 1.0, "pigeons": 0.99})
    assert shelf.read([("What does KnotGrid.jl do?", "trixi")], "who wrote it?").meant == ("trixi",)


def test_a_paper_that_was_named_has_no_rival_though_another_speaks_of_it() -> None:
    shelf = Shelf({**TITLES, "trixi": "Trixi.jl: Faster than Pigeons.jl"}, {"trixi": 1.0, "pigeons": 1.0})
    assert shelf.read([("What is Pigeons.jl?", "pigeons")], "who wrote it?").meant == ("pigeons",)


def test_a_paper_that_has_the_name_below_is_no_rival_of_the_one_that_is_about_it() -> None:
    said = [("What does Quux do?", "pigeons")]
    below = f"Trixi.jl: Adaptive meshes {'x' * OPENING} Quux"
    for trixi, meant in (("Trixi.jl: Meshes by Quux", ()), (below, ("pigeons",))):
        shelf = Shelf(
            {"pigeons": "Pigeons.jl: Sampling by Quux", "trixi": trixi}, {"pigeons": 1.0, "trixi": 1.0}
        )
        assert shelf.read(said, "who wrote it?").meant == meant
