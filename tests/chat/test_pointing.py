"""What "it", "they", "the first one" and "the mesh" are not taken for: another paper than the one meant."""

import pytest

from assistant.chat.referents import understood
from assistant.chat.talk import EACH, TOGETHER, UNCLEAR, Turn, talk
from assistant.chat.talk import Reading as Read
from assistant.types import Answer, Reference
from tests.chat.shelf import Shelf

TITLES = {
    "a": "Trixi.jl: A solver for flows on a mesh",
    "b": "Causal.jl: A simulator of systems",
    "c": "Pigeons.jl: A sampler of chains",
}
SHELF = Shelf(TITLES, {"a": 1.0, "b": 0.1, "c": 0.1})
A, B, C = (("What is Trixi.jl?", "a"), ("What is Causal.jl?", "b"), ("What is Pigeons.jl?", "c"))


def test_it_is_not_what_the_question_names() -> None:
    read = SHELF.read([A, B], "is Causal.jl used by it?")
    assert set(read.papers) == {"a", "b"} and read.text == "is Causal.jl used by Trixi.jl?"
    assert SHELF.read([B], "is Causal.jl used by it?").way == UNCLEAR
    assert SHELF.read([A, C, B], "is Causal.jl used by it?").way == UNCLEAR


def test_the_last_one_after_a_way_back_is_asked_for() -> None:
    assert SHELF.read([A, B, C], "who wrote the last one?").papers == ("c",)
    assert SHELF.read([A, B, C, A], "who wrote the last one?").way == UNCLEAR


@pytest.mark.parametrize(
    ("said", "papers"),
    [
        ([("How do simulations run on clusters?", "b c")], ("b",)),
        ([A, ("How do simulations run on clusters?", "b c")], ()),
        ([A, ("Which papers are about clusters?", "b c")], ("b",)),
        ([A, ("How do Causal.jl and Pigeons.jl compare?", "b c")], ("b",)),
    ],
)
def test_the_first_one_where_others_have_the_first_numbers(
    said: list[tuple[str, str]], papers: tuple[str, ...]
) -> None:
    assert SHELF.read(said, "who wrote the first one?").meant == papers


@pytest.mark.parametrize(
    "asked", ["how did they test it?", "what do they conclude?", "did they compare it with others?"]
)
def test_they_are_the_authors_of_the_one_that_was_named(asked: str) -> None:
    assert SHELF.read([("What is Trixi.jl?", "a b c")], asked).papers == ("a",)


@pytest.mark.parametrize(
    ("asked", "papers"),
    [
        ("on how many processors?", ("a",)),
        ("with what accuracy?", ("a",)),
        ("on how many processors does it run for protein folding?", ("a",)),
        ("on which processors do proteins fold?", ()),
        ("how many processors fold proteins?", ()),
    ],
)
def test_a_part_of_a_question_goes_on_with_the_one_before(asked: str, papers: tuple[str, ...]) -> None:
    assert Shelf(TITLES, {"b": 1.0}).read([A], asked).papers == papers


@pytest.mark.parametrize(
    ("question", "asked", "way"),
    [
        ("Which papers simulate flows?", "what do they conclude?", EACH),
        ("How are flows simulated?", "what do these conclude?", EACH),
        ("How are flows simulated?", "what do they conclude?", UNCLEAR),
    ],
)
def test_they_are_all_that_were_shown_only_where_they_were_listed_or_cannot_be_authors(
    question: str, asked: str, way: str
) -> None:
    read = SHELF.read([(question, "a b c")], asked)
    assert (read.papers, read.way) == (("a", "b", "c"), way)


def test_what_one_paper_says_of_another_that_was_named_is_of_either() -> None:
    read = SHELF.read([("Who uses Causal.jl?", "a")], "how fast is it?")
    assert (read.papers, read.way) == (("a", "b"), UNCLEAR)


def test_a_name_that_no_paper_has_for_its_own_is_asked_of_the_paper_spoken_of() -> None:
    shelf = Shelf({**TITLES, "b": "Causal.jl: Beside Quux", "c": "Pigeons.jl: Beside Quux"})
    assert shelf.read([B], "how does it compare with Quux?").papers == ("b",)
    assert shelf.read([A], "how does it compare with Quux?").way == UNCLEAR


@pytest.mark.parametrize("asked", ["do they share an author?", "how do the two differ?"])
def test_two_that_were_asked_for_one_by_one_are_both_meant(asked: str) -> None:
    assert SHELF.read([A, B], asked).papers == ("a", "b")


def test_the_paper_before_is_the_other_of_two() -> None:
    assert SHELF.read([A, B], "the paper before, which year?").papers == ("a",)
    assert SHELF.read([A, B, C], "the paper before, which year?").way == UNCLEAR


def test_after_no_answer_the_nearest_are_named() -> None:
    question = "How does protein folding start?"
    nearest = (SHELF.paper("a"), SHELF.paper("b"))
    turn = Turn(Read(question), Answer(question, "abstained", nearest=nearest))
    read = understood("who wrote it?", talk([turn], {}), SHELF.names)
    assert (read.papers, read.way) == (("a", "b"), UNCLEAR)
    assert (
        read.asks
        == f"No paper answered “{question}”. Of the nearest, which one do you mean: Trixi.jl or Causal.jl?"
    )


def test_it_is_no_paper_that_lacks_what_was_asked_for() -> None:
    assert SHELF.read([("What is a mesh?", "a")], "who wrote it?").papers == ("a",)
    assert SHELF.read([("What is an annealer?", "a")], "who wrote it?").way == UNCLEAR


def test_one_of_two_that_were_compared_is_shown_with_each() -> None:
    said = [("How do Trixi.jl and Causal.jl compare?", "a b")]
    for asked in ("what gain does each report?", "what is the cost of each of them?"):
        read = SHELF.read(said, asked)
        assert (read.papers, read.way) == (("a", "b"), EACH)


@pytest.mark.parametrize(
    ("asked", "papers"),
    [
        ("does Causal.jl have the same author?", ("a", "b")),
        ("does Causal.jl have an author?", ()),
        ("do Causal.jl and Pigeons.jl have the same author?", ()),
    ],
)
def test_what_is_alike_is_so_to_the_paper_spoken_of(asked: str, papers: tuple[str, ...]) -> None:
    assert SHELF.read([A], asked).papers == papers


@pytest.mark.parametrize(
    "asked", ["which one is the tightest?", "how do I add my own?", "what does it need to know?"]
)
def test_a_pronoun_without_a_noun_is_of_the_paper_spoken_of(asked: str) -> None:
    assert Shelf(TITLES, {"b": 1.0}).read([A], asked).papers == ("a",)


@pytest.mark.parametrize(
    ("said", "papers"),
    [("Causal.jl", ("b",)), ("I mean Causal.jl", ("b",)), ("tell me about Causal.jl", ())],
)
def test_only_a_name_answers_which_one_is_meant(said: str, papers: tuple[str, ...]) -> None:
    turns = [Turn(Read("who wrote it?", ("a", "b"), UNCLEAR, depends=True), Answer("", "abstained"))]
    assert understood(said, talk(turns, {}), SHELF.names).papers == papers


def test_they_are_those_that_were_meant_or_named_before() -> None:
    meant = Turn(Read("what is concluded?", ("a", "b"), EACH, depends=True), Answer("", "abstained"))
    read = understood("what do they need?", talk([meant], {}), SHELF.names)
    assert (read.papers, read.way) == (("a", "b"), EACH)
    read = SHELF.read([("How do Trixi.jl and Causal.jl compare?", "a b")], "what do they need?")
    assert (read.papers, read.way) == (("a", "b"), EACH)


def test_the_paper_that_was_meant_is_it_whatever_the_question_named() -> None:
    reading = Read("how does Causal.jl help there?", ("a",), TOGETHER, depends=True)
    turn = Turn(reading, Answer("", "answered", (), (Reference(1, SHELF.paper("a")),)))
    assert understood("who wrote it?", talk([turn], {1: "a"}), SHELF.names).papers == ("a",)


def test_a_please_behind_it_is_no_topic() -> None:
    for asked in ("an example pls", "an example, please?", "thx, an example"):
        assert Shelf(TITLES, {"b": 1.0}).read([A], asked).papers == ("a",)
