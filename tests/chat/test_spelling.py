"""Words typed in haste: what they are taken for, and what is left as it is."""

import pytest

from assistant.chat.spelling import meant
from assistant.chat.talk import UNCLEAR
from tests.chat.shelf import Shelf

SHELF = Shelf({"a": "Trixi.jl: A solver on metods", "b": "Causal.jl: A simulator"})
A = ("What is Trixi.jl?", "a")


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("teh", "the"), ("waht", "what"), ("limitaions", "limitations"), ("datset", "dataset"), ("trainig", "training"),
        ("hwo", "hwo"),  # how, who
        ("moe", "moe"), ("nse", "nse"), ("lezo", "lezo"), ("keras", "keras"),
        ("stag", "stag"), ("costume", "costume"), ("", ""),
    ],
)  # fmt: skip
def test_a_word_is_the_only_one_that_it_is_near_to(typed: str, word: str) -> None:
    assert meant(typed) == word


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("who wrote teh paper?", "Who wrote Trixi.jl?"),
        ("limitaions?", "limitations in Trixi.jl?"),
        ("thier limitations?", "Trixi.jl's limitations?"),
        ("its metods?", "Trixi.jl's metods?"),  # as the paper has it
        ("its Datset?", "Trixi.jl's Datset?"),  # as a name
    ],
)
def test_a_follow_up_is_read_as_it_was_meant(asked: str, text: str) -> None:
    assert SHELF.read([A], asked).text == text


def test_what_is_looked_for_stands_as_it_was_typed() -> None:
    assert SHELF.read([], "waht are teh limitaions?").text == "waht are teh limitaions?"
    assert SHELF.read([], "who wrote teh paper?").way == UNCLEAR
