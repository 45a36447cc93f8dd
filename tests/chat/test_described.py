"""What a follow-up means that describes its paper: by year, by author, by what it is about, or as the one before."""

import pytest

from assistant.chat.talk import ALONE, UNCLEAR, Reading, Turn, talk
from assistant.types import Answer, Reference
from tests.chat.shelf import Shelf

TITLES = {
    "pigeons": "Pigeons.jl: Distributed sampling",
    "trixi": "Trixi.jl: Adaptive meshes",
    "causal": "Causal.jl: A framework of blocks",
    "cwtm": "CWTM: Contextualized Word Embeddings",
}
RECORDS = {
    "pigeons": ("Ada Vogel", 2025),
    "trixi": ("Ben Stern", 2021),
    "causal": ("Cem Kaya", 2019),
    "cwtm": ("Dora Stern", 2021),
}
TWO = [("What is Trixi.jl?", "trixi"), ("What is Pigeons.jl?", "pigeons")]
SCORES = {"trixi": 1.0, "causal": 0.84, "pigeons": 0.1}
SAME_YEAR = [("What is Trixi.jl?", "trixi"), ("What is CWTM?", "cwtm")]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(TITLES, {"trixi": 1.0}, RECORDS)


@pytest.mark.parametrize(
    ("asked", "text", "means"),
    [
        # by year
        ("who wrote the older one?", "Who wrote Trixi.jl?", "trixi"),
        ("and the newer one?", "What is Pigeons.jl?", "pigeons"),
        ("does the newest of them scale?", "does Pigeons.jl scale?", "pigeons"),
        ("summarize the 2021 paper", "summarize Trixi.jl", "trixi"),
        # by author
        ("what about the paper by Kaya?", "What is Causal.jl?", "causal"),
        ("and Vogel's work?", "What is Pigeons.jl?", "pigeons"),
        ("what does the one by Vogel et al. use?", "what does Pigeons.jl use?", "pigeons"),
        ("what does Stern et al.'s paper use?", "what does Trixi.jl use?", "trixi"),
        # by what it is about
        ("the one with the mesh, who wrote it?", "Who wrote Trixi.jl?", "trixi"),
        # as the one before
        ("back to Trixi: does it scale?", "does Trixi.jl scale?", "trixi"),
        ("ok, let's go back to Trixi.jl", "What is Trixi.jl?", "trixi"),
        ("go back to the previous paper", "What is Trixi.jl?", "trixi"),
        # as another one after all, or too
        ("no, I meant Causal.jl", "What is Causal.jl?", "causal"),
        ("same question for CWTM", "What is CWTM?", "cwtm"),
        ("and trixi?", "What is Trixi.jl?", "trixi"),
        # with other words around "it"
        ("apart from speed, what does it offer?", "apart from speed, what does Pigeons.jl offer?", "pigeons"),
        ("list its main features", "list Pigeons.jl's main features", "pigeons"),
        ("explain the main idea", "explain the main idea in Pigeons.jl?", "pigeons"),
        ("whats its weakness?", "what is Pigeons.jl's weakness?", "pigeons"),
        ("since when?", "since when in Pigeons.jl?", "pigeons"),
        ("did both use MPI?", "did Trixi.jl and Pigeons.jl use MPI?", "trixi pigeons"),
    ],
)
def test_what_is_described_is_found(shelf: Shelf, asked: str, text: str, means: str) -> None:
    reading = shelf.read(TWO, asked)
    assert (reading.text, " ".join(reading.meant), reading.depends) == (text, means, True)


@pytest.mark.parametrize(
    ("said", "asked", "between"),
    [
        (SAME_YEAR, "who wrote the older one?", "trixi cwtm"),
        (SAME_YEAR, "who wrote the 2021 paper?", "trixi cwtm"),
        (SAME_YEAR, "what about Stern's paper?", "trixi cwtm"),
        (TWO[:1], "who wrote the newer one?", "trixi"),
        (TWO, "who wrote the 1999 paper?", "trixi pigeons"),
        ([*TWO, ("What is Causal.jl?", "causal")], "back to the previous paper", "trixi pigeons"),
        ([("How is the work spread?", "")], "on how many GPUs?", ""),
    ],
)
def test_what_can_be_two_is_asked_back(
    shelf: Shelf, said: list[tuple[str, str]], asked: str, between: str
) -> None:
    reading = shelf.read(said, asked)
    assert reading.way == UNCLEAR and " ".join(reading.papers) == between


@pytest.mark.parametrize(
    "asked",
    [
        "what did the 1999 study of landmark transformers find?",
        "is there a paper by Newton?",
        "Which is the one that uses MPI?",
        "does it come back to Julia?",
        "do both BERT and LDA find topics?",
    ],
)
def test_what_describes_none_of_them_is_not_taken_for_it(shelf: Shelf, asked: str) -> None:
    reading = shelf.read(TWO[:1] if "it" in asked.split() else TWO, asked)
    assert reading.way == ALONE or reading.text == "does Trixi.jl come back to Julia?"


def test_what_another_paper_is_nearer_to_is_not_the_one_spoken_of(shelf: Shelf) -> None:
    said = [("What is CWTM?", "cwtm"), ("What is Pigeons.jl?", "pigeons")]
    assert shelf.read(said, "what does the one with the mesh need?").way == ALONE


def test_the_only_one_spoken_of_is_described_too(shelf: Shelf) -> None:
    asked = "who wrote the one with the mesh?"
    assert shelf.read([("What is Trixi.jl?", "trixi")], asked).papers == ("trixi",)
    assert shelf.read([("What is CWTM?", "cwtm")], asked).papers == ()


def test_one_of_several_by_an_author_is_the_one_spoken_of_or_any(shelf: Shelf) -> None:
    assert shelf.read(TWO, "what does Stern's paper use?").meant == ("trixi",)
    reading = shelf.read([("What is Pigeons.jl?", "pigeons")], "what does Stern's paper use?")
    assert reading.way == UNCLEAR and reading.papers == ("trixi", "cwtm")


def test_the_older_one_is_one_of_those_shown_together(shelf: Shelf) -> None:
    said = [("What is Causal.jl?", "causal"), ("How do both differ?", "trixi pigeons")]
    assert shelf.read(said, "who wrote the older one?").meant == ("trixi",)


def test_both_beside_a_paper_that_is_named_are_not_the_two_spoken_of(shelf: Shelf) -> None:
    assert shelf.read(TWO, "did Causal.jl have both?").meant != ("trixi", "pigeons")
    assert shelf.read(TWO, "do both versions of Causal.jl run?").way == ALONE


def test_what_is_gone_is_meant_no_more(shelf: Shelf) -> None:
    references = (Reference(1, shelf.paper("trixi")), Reference(2, shelf.paper("pigeons")))
    turn = Turn(Reading("How do both differ?"), Answer("How do both differ?", "answered", (), references))
    now = talk([turn], {2: "pigeons"}, (), {1: "trixi"})
    assert now.one == "pigeons" and now.spoken == ("pigeons",) and now.listed == ()


@pytest.mark.parametrize(
    ("asked", "text", "means"),
    [
        # by a word before what it is
        ("who wrote the mesh paper?", "Who wrote Trixi.jl?", "trixi"),
        ("The mesh package, does it scale?", "Trixi.jl, does Trixi.jl scale?", "trixi"),
        # as another one after all
        ("no, I meant the mesh one", "What is Trixi.jl?", "trixi"),
        ("sorry, i meant the one with the mesh", "What is Trixi.jl?", "trixi"),
        # by a name before what is asked
        ("and Causal.jl, does it scale?", "does Causal.jl scale?", "causal"),
        ("the Trixi people: where do they work?", "where do Trixi.jl work?", "trixi"),
        ("for CWTM: how many topics?", "how many topics in CWTM?", "cwtm"),
    ],
)
def test_what_is_described_in_passing_is_found(asked: str, text: str, means: str) -> None:
    reading = Shelf(TITLES, SCORES, RECORDS).read(TWO, asked)
    assert (reading.text, " ".join(reading.meant)) == (text, means)


@pytest.mark.parametrize(
    ("asked", "between"),
    [
        ("who wrote the mesh paper?", "trixi causal"),
        ("no, I meant the mesh package", "trixi causal"),
    ],
)
def test_a_description_that_two_are_as_near_to_is_asked_back(asked: str, between: str) -> None:
    shelf = Shelf(TITLES, {**SCORES, "causal": 0.85}, RECORDS)
    reading = shelf.read([*TWO, ("What is Causal.jl?", "causal"), ("What is Pigeons.jl?", "pigeons")], asked)
    assert (reading.way, " ".join(reading.papers)) == (UNCLEAR, between)


def test_a_description_of_which_another_is_nearer_is_not_of_the_one_spoken_of() -> None:
    shelf = Shelf(TITLES, {"causal": 1.0, "trixi": 0.9}, RECORDS)
    assert shelf.read(TWO, "what does the mesh paper need?").meant == ()


def test_what_is_meant_after_all_is_not_what_was_spoken_of(shelf: Shelf) -> None:
    assert shelf.read([("What is Trixi.jl?", "trixi")], "no, I meant the mesh paper").meant != ("trixi",)
    assert shelf.read(TWO, "no, I meant the speed").meant == ("pigeons",), "another side of it"


@pytest.mark.parametrize(
    "asked",
    [
        "the CWTM paper, does it differ from Trixi.jl?",
        "CWTM, Trixi.jl: which is older?",
        "CWTM, how does it compare with that one?",
        "who wrote the solver package for matrices?",
    ],
)
def test_what_describes_more_than_one_is_not_taken_for_one(shelf: Shelf, asked: str) -> None:
    assert shelf.read(TWO, asked).meant not in (("cwtm",), ("trixi",))


def test_a_name_before_what_is_asked_needs_no_talk(shelf: Shelf) -> None:
    assert not shelf.read(TWO, "CWTM: does it scale?").depends
