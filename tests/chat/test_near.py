"""What neither points nor names a paper: of the one spoken of, of all, or asked back, by how near each is."""

import pytest

from assistant.chat.lookup import OPENING
from assistant.chat.near import CLOSE, DOUBTFUL, VAGUE
from assistant.chat.referents import understood
from assistant.chat.talk import ALONE, TOGETHER, UNCLEAR, Turn, talk
from assistant.chat.talk import Reading as Read
from assistant.types import Answer, Reference
from tests.chat.shelf import Shelf

TITLES = {
    "a": "Trixi.jl: A solver for flows on a mesh",
    "b": "Causal.jl: A simulator of systems on a mesh",
    "c": "Pigeons.jl: A sampler of chains",
}
SHELF = Shelf(TITLES, {"a": 1.0, "b": 0.1, "c": 0.1})
A = ("What is Trixi.jl?", "a")


@pytest.mark.parametrize(
    ("asked", "nearest", "papers"),
    [
        ("how is the mesh refined?", "a", ("a",)),
        ("how is the mesh refined?", "b", ()),
        ("how is a mesh refined?", "a", ("a",)),
        ("what is the coarse mesh?", "a", ()),
        ("do other papers refine a mesh?", "a", ()),
        ("which papers refine a mesh?", "a", ()),
        ("how does Quux refine the mesh?", "a", ()),
        ("how does Causal.jl refine the mesh?", "a", ()),
        ("how many bees live in the hive?", "a", ()),
    ],
)
def test_what_neither_points_nor_names_is_of_the_paper_spoken_of_if_that_is_the_nearest(
    asked: str, nearest: str, papers: tuple[str, ...]
) -> None:
    assert Shelf(TITLES, {nearest: 1.0}).read([A], asked).papers == papers


@pytest.mark.parametrize(
    ("nearness", "way"),
    [(CLOSE, TOGETHER), (CLOSE - 0.01, UNCLEAR), (DOUBTFUL, UNCLEAR), (DOUBTFUL - 0.01, ALONE)],
)
def test_where_another_paper_is_nearer_it_is_asked_whether_all_are_meant(nearness: float, way: str) -> None:
    shelf = Shelf(TITLES, {"a": nearness, "b": 1.0})
    assert shelf.read([A], "how is a mesh refined?").way == way
    assert shelf.read([], "how is a mesh refined?").way == ALONE


@pytest.mark.parametrize(("nearness", "way"), [(VAGUE, UNCLEAR), (VAGUE - 0.01, ALONE)])
def test_what_was_done_is_asked_back_where_the_paper_spoken_of_is_not_far(nearness: float, way: str) -> None:
    shelf = Shelf(TITLES, {"a": nearness, "b": 1.0})
    assert shelf.read([A], "how was a mesh refined?").way == way


@pytest.mark.parametrize(
    ("said", "text", "papers"),
    [
        ("it", "how is a mesh refined in Trixi.jl?", ("a",)),
        ("yes", "how is a mesh refined in Trixi.jl?", ("a",)),
        ("[1]", "how is a mesh refined in Trixi.jl?", ("a",)),
        ("Trixi.jl", "how is a mesh refined in Trixi.jl?", ("a",)),
        ("in all papers", "how is a mesh refined?", ()),
        ("no", "how is a mesh refined?", ()),
    ],
)
def test_whether_it_or_all_is_meant_can_be_said(said: str, text: str, papers: tuple[str, ...]) -> None:
    turns = [
        Turn(Read("What is Trixi.jl?"), Answer("", "answered", (), (Reference(1, SHELF.paper("a")),))),
        Turn(Read("how is a mesh refined?", ("a",), UNCLEAR, depends=True), Answer("", "abstained")),
    ]
    read = understood(said, talk(turns, {1: "a"}), SHELF.names)
    assert (read.text, read.papers) == (text, papers)


@pytest.mark.parametrize("said", ["it", "yes", "all", "no"])
def test_what_answers_nothing_that_was_asked_back_is_no_answer(said: str) -> None:
    assert SHELF.read([A], said).text not in ("", A[0], " in Trixi.jl?")
    which = Turn(Read("who wrote it?", ("a", "b"), UNCLEAR, depends=True), Answer("", "abstained"))
    assert understood(said, talk([which], {}), SHELF.names).text == said


@pytest.mark.parametrize(
    ("asked", "nearness", "way"),
    [
        ("what happens in the end?", VAGUE, TOGETHER),
        ("what happens in the end?", VAGUE - 0.01, ALONE),
        ("what happens in the smallest group?", VAGUE, TOGETHER),
        ("what happens in the steep mesh?", VAGUE, ALONE),
    ],
)
def test_a_question_without_a_topic_is_sooner_of_the_paper_spoken_of(
    asked: str, nearness: float, way: str
) -> None:
    assert Shelf(TITLES, {"a": nearness, "c": 1.0}).read([A], asked).way == way


@pytest.mark.parametrize(
    ("asked", "papers"),
    [
        ("what is the mesh?", ()),
        ("and what is a mesh of triangles?", ()),
        ("what is mesh refinement for flows by hand?", ()),
        ("what is a mesh of triangles?", ()),
        ("what is the mesh to the left of the flows?", ("a",)),
        ("what is the mesh for?", ("a",)),
        ("what are flows on a mesh like?", ("a",)),
    ],
)
def test_what_something_is_carries_nothing_over(asked: str, papers: tuple[str, ...]) -> None:
    assert SHELF.read([A], asked).papers == papers


@pytest.mark.parametrize(
    ("scores", "papers", "way"),
    [
        ({"a": 1.0, "b": 0.1, "c": 0.1}, ("a",), TOGETHER),
        ({"a": 1.0, "b": CLOSE, "c": 0.1}, ("a", "b"), UNCLEAR),
        ({"a": DOUBTFUL, "b": 0.1, "c": 1.0}, ("a", "b"), UNCLEAR),
        ({"a": DOUBTFUL - 0.01, "b": 0.1, "c": 1.0}, (), ALONE),
    ],
)
def test_of_two_that_were_shown_the_one_that_is_clearly_nearer_is_meant(
    scores: dict[str, float], papers: tuple[str, ...], way: str
) -> None:
    read = Shelf(TITLES, scores).read([("How are flows simulated?", "a b")], "how is a mesh refined?")
    assert (read.papers, read.way) == (papers, way)


def test_a_name_is_of_the_paper_that_has_it_where_it_says_what_it_is_about() -> None:
    below = "\n\n" + "x" * OPENING + " Quux"
    said = [("What does Quux.jl do?", "a b")]
    shelf = Shelf({"a": "Meshes for Quux", "b": f"Systems {below}", "c": TITLES["c"]})
    assert shelf.read(said, "who wrote it?").meant == ("a",)
    assert shelf.read([("Which papers use Quux.jl?", "a b")], "who wrote it?").way == UNCLEAR
    both = Shelf({"a": "Meshes for Quux", "b": "Systems for Quux", "c": TITLES["c"]})
    assert both.read(said, "who wrote it?").way == UNCLEAR


def test_a_name_that_another_paper_is_about_is_not_of_the_one_that_has_it_below() -> None:
    below = "\n\n" + "x" * OPENING + " Quux on a mesh"
    asked = "what does Quux do on a mesh?"
    for other, papers in (("Quux on a grid", ()), ("Systems on a grid", ("a",))):
        shelf = Shelf({"a": f"Trixi.jl: Flows {below}", "b": other}, {"a": 1.0, "b": 0.9})
        assert shelf.read([A], asked).papers == papers
    shelf = Shelf({"a": "Trixi.jl: Flows by Quux on a mesh", "b": "Quux on a grid"}, {"a": 1.0, "b": 0.9})
    assert shelf.read([A], asked).papers == ("a",)


def test_a_name_is_more_than_one_of_several_would_be() -> None:
    shelf = Shelf({"a": "Flows by Quux on a mesh", "b": "Systems by Quux"}, {"a": 1.0, "b": 0.1})
    said = [("How are flows simulated?", "a b")]
    assert shelf.read(said, "how is a mesh refined?").papers == ("a",)
    assert shelf.read(said, "how does Quux refine a mesh?").papers == ()


def test_a_paper_that_is_called_by_its_name_is_none_that_names_it_beside_itself() -> None:
    shelf = Shelf({**TITLES, "a": "Trixi.jl: A mesh beside Causal.jl"}, {"a": 1.0})
    assert shelf.read([A], "how does Causal.jl refine the mesh?").papers == ()


def test_of_two_that_were_shown_one_without_a_word_of_the_question_is_not_meant() -> None:
    shelf = Shelf(TITLES, {"a": CLOSE, "c": 1.0, "b": 0.1})
    read = shelf.read([("How are flows simulated?", "a c")], "how is a mesh refined?")
    assert read.papers == ("a",)


def test_the_shares_are_about_those_that_were_measured() -> None:
    """An abstract has 1,000 to 2,000 characters; the log has what other shares would ask back."""
    assert 0.81 < CLOSE < 0.87 and 0.6 <= DOUBTFUL <= 0.7 and 0.45 <= VAGUE <= 0.55
    assert 1_500 <= OPENING <= 3_000
