"""Follow-ups said at work: by a name in lower case, without a verb, by "he", or as what is taken for granted."""

import pytest

from assistant.chat.near import CLOSE, DOUBTFUL, EVEN
from assistant.chat.referents import understood
from assistant.chat.spelling import with_names
from assistant.chat.talk import ALONE, EACH, TOGETHER, UNCLEAR, Turn, talk
from assistant.chat.talk import Reading as Read
from assistant.types import Answer, Reference
from tests.chat.shelf import Shelf

TITLES = {
    "a": "Trixi.jl: A solver for flows on a mesh",
    "b": "Causal.jl: A simulator of systems",
    "c": "Pigeons.jl: A sampler of chains",
    "d": "Matrix products by KnotGrid.jl and Slurp.jl, the first of which is KnotGrid",
    "e": "Tidal waves",
}
WROTE = {"a": ("Ben Stern", 2021), "b": ("Cem Kaya", 2019)}
SHELF = Shelf(TITLES, {"a": 1.0, "b": 0.1, "c": 0.1}, WROTE)
A, B, C = (("What is Trixi.jl?", "a"), ("What is Causal.jl?", "b"), ("What is Pigeons.jl?", "c"))
BOTH = ("How do Trixi.jl and Causal.jl compare?", "a b")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("how does trixi scale?", "how does Trixi.jl scale?"),
        ("does causal scale?", "does Causal.jl scale?"),
        ("and causal?", "and Causal.jl?"),
        ("is it faster than causal?", "is it faster than Causal.jl?"),
        ("sorry, i meant causal", "sorry, i meant Causal.jl"),
        # a common word elsewhere, or what is written as it is
        ("is the causal order kept?", "is the causal order kept?"),
        ("does a causal model help?", "does a causal model help?"),
        ("what about causal inference?", "what about causal inference?"),
        ("what is trixi.jl?", "what is trixi.jl?"),
        ("a non-trixi mesh", "a non-trixi mesh"),
        ("does the mesh help?", "does the mesh help?"),
    ],
)
def test_a_name_in_lower_case_is_one_where_the_word_is_rare_or_has_the_place_of_a_name(
    typed: str, read: str
) -> None:
    names = {"trixi": "Trixi.jl", "causal": "Causal.jl", "the": "The.jl"}
    assert with_names(typed, lambda word: names.get(word, "")) == read


@pytest.mark.parametrize(
    ("said", "asked", "papers"),
    [
        (A, "and causal?", ("b",)),
        (A, "ok, and Causal?", ("b",)),
        (A, "can causal do that as well?", ("a", "b")),
        (A, "does that work with causal?", ("a", "b")),
        (A, "and tidal?", ("a",)),  # a word of a title, which is no name
        (B, "and KnotGrid?", ("d",)),
    ],
)
def test_a_paper_is_meant_by_its_name_in_lower_case(
    said: tuple[str, str], asked: str, papers: tuple[str, ...]
) -> None:
    assert SHELF.read([said], asked).papers == papers


def test_a_paper_is_called_by_the_software_that_it_has_most_of_what_its_opening_names() -> None:
    assert SHELF.names.called("KnotGrid.jl") == ("d",) == SHELF.names.called("KnotGrid")
    assert SHELF.names.called("Slurp.jl") == ()
    beside = Shelf({"a": "CWTM: Flows by KnotGrid.jl with KnotGrid"})
    assert beside.names.called("KnotGrid.jl") == (), "it has a name of its own"


@pytest.mark.parametrize(
    ("asked", "papers", "way"),
    [
        ("which one has a licence?", ("a", "b"), TOGETHER),
        ("which has a licence?", ("a", "b"), TOGETHER),
        ("which can use the hive?", ("a", "b"), TOGETHER),
        ("which supports slurm?", ("a", "b"), TOGETHER),
        ("both with the same licence?", ("a", "b"), TOGETHER),
        ("limitations?", ("a", "b"), EACH),
        ("which one do they use?", ("a", "b"), EACH),
        ("which one of them has a licence?", ("a", "b"), TOGETHER),
        ("bees: how do they handle them?", ("a", "b"), EACH),
        ("are bees kept, and how do they handle them?", (), ALONE),
        ("bees: how do they fly?", (), ALONE),
    ],
)
def test_of_two_that_were_compared_both_are_asked(asked: str, papers: tuple[str, ...], way: str) -> None:
    read = SHELF.read([BOTH], asked)
    assert (read.papers, read.way) == (papers, way)


def test_of_two_that_were_meant_both_are_asked() -> None:
    turn = Turn(Read("what do they need?", ("a", "b"), EACH, depends=True), Answer("", "abstained"))
    read = understood("limitations?", talk([turn], {}), SHELF.names)
    assert (read.papers, read.way) == (("a", "b"), EACH)


def test_a_choice_is_between_two_and_a_verb_alone_makes_one_only_of_those_compared() -> None:
    assert SHELF.read([A, B], "which one has a licence?").papers == ("a", "b")
    assert SHELF.read([A, B], "which supports slurm?").papers != ("a", "b")
    assert (
        SHELF.read([BOTH], "which supports slurm?").text == "Which of Trixi.jl and Causal.jl supports slurm?"
    )
    assert SHELF.read([BOTH], "which methods did they use?").way == EACH
    assert SHELF.read([BOTH], "which bees has the hive?").text == "which bees has the hive?"
    assert SHELF.read([("How are flows simulated?", "a b")], "limitations?").way == UNCLEAR, (
        "neither was named"
    )


@pytest.mark.parametrize("asked", ["can they be used together?", "can they be combined?"])
def test_what_goes_together_are_the_two_spoken_of(asked: str) -> None:
    assert SHELF.read([A, B], asked).papers == ("a", "b")


@pytest.mark.parametrize(
    ("asked", "text", "papers"),
    [
        ("is Causal.jl faster?", "is Causal.jl faster than Trixi.jl?", ("a", "b")),
        ("does causal scale any better?", "does Causal.jl scale any better than Trixi.jl?", ("a", "b")),
        ("is Causal.jl less exact?", "is Causal.jl less exact than Trixi.jl?", ("a", "b")),
        ("is Causal.jl a solver?", "is Causal.jl a solver?", ()),
        ("is Trixi.jl faster?", "is Trixi.jl faster?", ()),
        ("is Causal.jl faster than Pigeons.jl?", "is Causal.jl faster than Pigeons.jl?", ()),
    ],
)
def test_one_side_of_a_comparison_is_held_against_the_paper_spoken_of(
    asked: str, text: str, papers: tuple[str, ...]
) -> None:
    read = SHELF.read([A], asked)
    assert (read.text, read.papers) == (text, papers)


def test_the_other_one_after_both_is_asked_back() -> None:
    said = Read("can they be combined?", ("a", "b"), TOGETHER, depends=True)
    turns = [
        Turn(Read("What is Causal.jl?"), Answer("", "answered", (), (Reference(1, SHELF.paper("b")),))),
        Turn(said, Answer("", "answered", (), (Reference(2, SHELF.paper("a")),))),
    ]
    asked = "and the other one, does it scale?"
    assert understood(asked, talk(turns, {1: "b", 2: "a"}), SHELF.names).way == UNCLEAR
    assert SHELF.read([B, A], asked).papers == ("b",)


@pytest.mark.parametrize(
    ("asked", "text", "papers"),
    [
        ("where does he work?", "where does Ben Stern work?", ("a",)),
        ("what is his bee?", "what is Ben Stern's bee?", ("a",)),
        ("what is her bee?", "what is Ben Stern's bee?", ("a",)),
        ("what do we know of her?", "what do we know of Ben Stern?", ("a",)),
        ("what else did he write?", "what else did Ben Stern write?", ()),
    ],
)
def test_he_is_the_one_author_of_the_paper_spoken_of(asked: str, text: str, papers: tuple[str, ...]) -> None:
    read = SHELF.read([A], asked)
    assert (read.text, read.papers, read.depends) == (text, papers, True)


@pytest.mark.parametrize(
    ("asked", "papers"),
    [
        ("which bees?", ("a",)),
        ("what beehive size", ("a",)),
        ("any honey?", ("a",)),
        ("why a separate hive", ("a",)),
        ("what if the hive is empty?", ("a",)),
        ("what is the runtime?", ("a",)),
        ("what is the licence in that case?", ("a",)),
        ("what is a queen in that context?", ("a",)),
        # with a verb, a name, or for a list
        ("which bees are kept?", ()),
        ("why is the hive empty?", ()),
        ("which Slurp hive?", ()),
        ("any papers on bees?", ()),
        ("which bees fly in the cold winter months?", ()),
    ],
)
def test_what_has_no_verb_is_of_the_paper_spoken_of(asked: str, papers: tuple[str, ...]) -> None:
    assert Shelf(TITLES, {"e": 1.0}).read([A], asked).papers == papers


def test_what_has_no_verb_is_asked_back_where_nothing_answered() -> None:
    assert SHELF.read([("How do bees fly?", "")], "any numbers?").way == UNCLEAR
    assert SHELF.read([], "any numbers?").way == ALONE


@pytest.mark.parametrize(
    "asked",
    [
        "how do I refine a mesh?",
        "can we refine a mesh?",
        "what must I do to refine a mesh?",
        "and is a mesh kept in a hive?",
        "is there a coarse mesh?",
        "how much slower does the mesh get?",
        "what do the coarse meshes give instead?",
        "what happens if the mesh is torn?",
    ],
)
def test_what_takes_a_paper_for_granted_is_of_it_or_asked_back(asked: str) -> None:
    doubtful, far = {"a": DOUBTFUL, "b": 1.0}, {"a": DOUBTFUL - 0.01, "b": 1.0}
    assert Shelf(TITLES, doubtful).read([A], asked).papers == ("a",)
    assert Shelf(TITLES, doubtful).read([A], asked).way == TOGETHER
    assert Shelf(TITLES, far).read([A], asked).way == UNCLEAR
    assert Shelf(TITLES, far).read([], asked).way == ALONE


@pytest.mark.parametrize(
    "asked", ["how is a mesh refined?", "how much slower is a mesh than a grid?", "how can meshes be torn?"]
)
def test_what_does_not_is_asked_back_or_new(asked: str) -> None:
    assert Shelf(TITLES, {"a": DOUBTFUL, "b": 1.0}).read([A], asked).way == UNCLEAR
    assert Shelf(TITLES, {"a": DOUBTFUL - 0.01, "b": 1.0}).read([A], asked).way == ALONE


@pytest.mark.parametrize(
    ("others", "own", "way"),
    [
        ((1.0, CLOSE, CLOSE), CLOSE, TOGETHER),
        ((1.0, CLOSE, CLOSE), CLOSE - 0.01, UNCLEAR),
        ((1.0, CLOSE, CLOSE), DOUBTFUL - 0.01, UNCLEAR),
        ((1.0, CLOSE, CLOSE - 0.01), DOUBTFUL - 0.01, ALONE),
    ],
)
def test_what_many_papers_are_as_near_to_is_asked_back(
    others: tuple[float, ...], own: float, way: str
) -> None:
    scores = {"a": own, **dict(zip("bcd", others, strict=True))}
    assert Shelf(TITLES, scores).read([A], "how is a mesh refined?").way == way
    assert len(others) == EVEN


@pytest.mark.parametrize(
    ("asked", "papers"),
    [
        ("does the package have a hive?", ("a",)),
        ("does the package for bees have a hive?", ()),
        ("thanks, that helps. is it free?", ("a",)),
        ("i see, limitations?", ("a",)),
        ("what about Kaya's?", ("b",)),
        ("what about Newton's?", ()),
    ],
)
def test_what_is_meant_beside_other_words(asked: str, papers: tuple[str, ...]) -> None:
    assert Shelf(TITLES, {"e": 1.0}, WROTE).read([A], asked).meant == papers


def test_the_two_are_both_whatever_they_are_called() -> None:
    assert SHELF.read([A, B], "do the two packages need each other?").papers == ("a", "b")
    assert SHELF.read([("Which packages use MPI?", "b c"), A], "who wrote the first one?").way == UNCLEAR


def test_the_papers_are_all_of_them_before_any_was_spoken_of() -> None:
    assert SHELF.read([], "what limitations do the papers report?").way == ALONE
    assert SHELF.read([], "what limitations does the paper report?").way == UNCLEAR
    assert Shelf(TITLES, {"e": 1.0}).read([A], "why are the results good?").papers == ("a",)


@pytest.mark.parametrize(
    ("asked", "own", "way"),
    [
        ("how many meshes were refined?", CLOSE, TOGETHER),
        ("how many meshes were refined?", CLOSE - 0.01, UNCLEAR),
        ("how many meshes were refined?", DOUBTFUL - 0.01, UNCLEAR),
        ("how many meshes were refined by Quux?", DOUBTFUL - 0.01, ALONE),
    ],
)
def test_what_was_done_is_asked_back_where_another_is_nearer(asked: str, own: float, way: str) -> None:
    assert Shelf(TITLES, {"a": own, "b": 1.0}).read([A], asked).way == way


def test_a_name_that_the_paper_lacks_is_not_of_it_though_many_are_as_near() -> None:
    scores = {"a": DOUBTFUL - 0.01, "b": 1.0, "c": 1.0, "d": 1.0}
    assert Shelf(TITLES, scores).read([A], "how does Quux refine a mesh?").way == ALONE


@pytest.mark.parametrize(
    ("asked", "text", "papers"),
    [
        ("does Pigeons.jl?", "Is Pigeons.jl fast?", ("c",)),
        ("and is pigeons too?", "Is Pigeons.jl fast?", ("c",)),
        ("does the first?", "Is Trixi.jl fast?", ("a",)),
        ("and does the second?", "Is Causal.jl fast?", ("b",)),
        ("the first, does it scale?", "Trixi.jl, does Trixi.jl scale?", ("a",)),
        ("does the hive?", "does the hive?", ()),
    ],
)
def test_does_the_other_asks_the_same_of_it(asked: str, text: str, papers: tuple[str, ...]) -> None:
    read = SHELF.read([A, ("Is Causal.jl fast?", "b")], asked)
    assert (read.text, read.papers) == (text, papers)


def test_they_are_all_that_were_named_though_not_all_were_shown() -> None:
    named = ("How do Trixi.jl, Pigeons.jl and Causal.jl scale?", "a b")
    for asked, way in (
        ("which of them is fast?", TOGETHER),
        ("who wrote them?", EACH),
        ("limitations?", EACH),
    ):
        read = SHELF.read([named], asked)
        assert (set(read.papers), read.way) == ({"a", "b", "c"}, way)
    assert SHELF.read([named], "and the third one?").papers == ("b",), "in the question's order"
    one = ("How do Trixi.jl and Causal.jl scale?", "a")
    assert set(SHELF.read([one], "who wrote them?").papers) == {"a", "b"}
    assert SHELF.read([one], "who wrote it?").way == UNCLEAR
    meant = Read("does Causal.jl work with Pigeons.jl?", ("a",), TOGETHER, depends=True)
    turn = Turn(meant, Answer("", "answered", (), (Reference(1, SHELF.paper("a")),)))
    assert understood("who wrote it?", talk([turn], {1: "a"}), SHELF.names).meant == ("a",)
    assert understood("which of them is fast?", talk([turn], {1: "a"}), SHELF.names).way == UNCLEAR


def test_it_in_a_question_that_names_its_paper_is_what_was_asked_about_before() -> None:
    said = ("What is Slurp?", "a")
    read = SHELF.read([said], "how does Trixi.jl use it?")
    assert (read.text, read.papers) == ("how does Trixi.jl use Slurp?", ("a",))
    for question in ("What is a mesh?", "What do Slurp and Quux share?"):
        assert SHELF.read([(question, "a")], "how does Trixi.jl use it?").way == UNCLEAR
    assert SHELF.read([A], "how does Trixi.jl use it?").way == UNCLEAR


def test_the_same_of_two_is_asked_of_each() -> None:
    read = SHELF.read([A, B], "the same year?")
    assert (read.text, read.papers, read.way) == ("year?", ("a", "b"), EACH)
    assert SHELF.read([A, B, C], "the same year?").papers == ("c",)


@pytest.mark.parametrize(
    ("asked", "text", "papers"),
    [
        ("which papers cite it?", "which papers cite Trixi.jl?", ()),
        ("and who else uses this?", "and who else uses Trixi.jl?", ()),
        ("which ones does it use?", "which ones does Trixi.jl use?", ("a",)),
        ("what works best in it?", "what works best in Trixi.jl?", ("a",)),
    ],
)
def test_what_asks_for_others_is_asked_of_all(asked: str, text: str, papers: tuple[str, ...]) -> None:
    read = SHELF.read([A], asked)
    assert (read.text, read.papers, read.depends) == (text, papers, True)
