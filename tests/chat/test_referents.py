"""What a follow-up means, by the rules alone: no library, and what was shown before is given."""

import pytest

from assistant.chat.talk import ALONE, UNCLEAR
from tests.chat.shelf import Shelf

TITLES = {
    "pigeons": "Pigeons.jl: Distributed sampling from intractable distributions",
    "trixi": "Adaptive numerical simulations with Trixi.jl: A case study",
    "circuits": "Circuitscape in Julia: Connectivity Modelling",
    "workflows": "DistributedWorkflows.jl - A Julia interface to workflows",
    "cwtm": "CWTM: Contextualized Word Embeddings for Topic Models",
    "climate": "Julia for Climate Simulations",
}
"""Key → title. The text of each says nothing but its name, and that it solves problems of a rare kind."""


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(TITLES)


@pytest.mark.parametrize(
    ("said", "asked", "means"),
    [
        # names of software, with and without their ending; and titles that begin with the name
        (("Tell me of Pigeons.jl", "pigeons"), "who wrote it?", ("Who wrote Pigeons.jl?", "pigeons")),
        (("Tell me of Pigeons.jl", "pigeons"), "what about Trixi?", ("Tell me of Trixi.jl", "trixi")),
        (
            ("What is Trixi.jl?", "trixi"),
            "compare it with Circuitscape",
            ("How do Trixi.jl and Circuitscape compare?", "trixi circuits"),
        ),
        (
            ("What is Trixi.jl?", "trixi"),
            "does DistributedWorkflows.jl do the same?",
            ("does DistributedWorkflows.jl do the same as Trixi.jl?", "trixi workflows"),
        ),
        # what "that" can be
        (("What is CWTM?", "cwtm"), "who wrote that package?", ("Who wrote CWTM?", "cwtm")),
        (("What is CWTM?", "cwtm"), "is this software free?", ("is CWTM free?", "cwtm")),
        (("What is CWTM?", "cwtm"), "and its limitations?", ("CWTM's limitations?", "cwtm")),
        (("What is CWTM?", "cwtm"), "compared to what?", ("compared to what in CWTM?", "cwtm")),
        (("What is CWTM?", "cwtm"), "anything on its speed?", ("anything on CWTM's speed?", "cwtm")),
        (("What is CWTM?", "cwtm"), "which datasets did they use?", ("which datasets did CWTM use?", "cwtm")),
        # places alone
        (
            ("How do both differ?", "cwtm trixi"),
            "who wrote the second one?",
            ("Who wrote Trixi.jl?", "trixi"),
        ),
        (
            ("How do both differ?", "cwtm trixi"),
            "and the second?",
            ("How do both differ, in Trixi.jl?", "trixi"),
        ),
        (
            ("How do both differ?", "cwtm trixi"),
            "what about the last?",
            ("How do both differ, in Trixi.jl?", "trixi"),
        ),
        # two at once
        (
            ("How do both differ?", "cwtm trixi"),
            "do they solve the same problem?",
            ("do CWTM and Trixi.jl solve the same problem?", "cwtm trixi"),
        ),
        (
            ("How do both differ?", "cwtm trixi"),
            "which is faster?",
            ("Which of CWTM and Trixi.jl is faster?", "cwtm trixi"),
        ),
        (
            ("How do both differ?", "cwtm trixi"),
            "which of these two is the best?",
            ("Which of CWTM and Trixi.jl is the best?", "cwtm trixi"),
        ),
        (
            ("How do both differ?", "cwtm trixi"),
            "compare the two",
            ("How do CWTM and Trixi.jl compare?", "cwtm trixi"),
        ),
        (
            ("How do both differ?", "cwtm trixi"),
            "is there anything both of them share?",
            ("is there anything CWTM and Trixi.jl share?", "cwtm trixi"),
        ),
    ],
)
def test_a_follow_up_means_what_was_shown(
    shelf: Shelf, said: tuple[str, str], asked: str, means: tuple[str, str]
) -> None:
    reading = shelf.read([said], asked)
    assert (reading.text, " ".join(reading.meant)) == means and reading.depends


def test_two_that_came_up_one_after_the_other_are_they(shelf: Shelf) -> None:
    said = [("What is CWTM?", "cwtm"), ("What is Trixi.jl?", "trixi")]
    for asked in ("do they solve the same problem?", "which is older?"):
        assert shelf.read(said, asked).meant == ("cwtm", "trixi")
    three = [*said, ("What is Pigeons.jl?", "pigeons")]
    assert shelf.read(three, "do they use the same data?").meant == ("pigeons",), "its authors"
    assert not shelf.read(three, "which is older?").depends, "of three, nobody knows which"


@pytest.mark.parametrize(
    "asked",
    [
        "which is better for topics, BERT or LDA?",
        "What is the second law of thermodynamics?",
        "who was the first to climb the Eiger?",
    ],
)
def test_what_only_looks_like_a_follow_up_carries_nothing_over(shelf: Shelf, asked: str) -> None:
    reading = shelf.read([("How do both differ?", "cwtm trixi")], asked)
    assert not reading.depends and reading.way == ALONE


def test_a_place_that_nothing_was_counted_in_is_asked_back(shelf: Shelf) -> None:
    assert shelf.read([("What is CWTM?", "cwtm")], "and the second?").way == UNCLEAR


def test_a_word_of_many_titles_is_no_name_of_the_one_that_begins_with_it(shelf: Shelf) -> None:
    assert shelf.names.called("Julia") == () and shelf.names.called("Circuitscape") == ("circuits",)
    assert shelf.names.called("Connectivity") == () == shelf.names.called("")
