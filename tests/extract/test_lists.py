"""Questions for a list: which they are, and what the papers in it are to be about."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.extract.lists import APART, LIST_FEATURES, Met, asks_list, asks_one, criterion, met
from assistant.types import Paper
from tests.extract.papers import Catalog, paper
from tests.fakes import WordEmbedder


@pytest.mark.parametrize(
    "question",
    [
        "Which papers introduce a benchmark?",
        "List the papers about text-to-SQL.",
        "Are there any studies of hallucination?",
        "What papers do we have on alignment?",
        "Show me everything on speech",
        "Find papers that use Llama",
        "papers about jailbreaks",
        "Do any of the papers use eye tracking?",
        "In which papers does an LLM act as a judge?",
        "Please list all works on named entities",
        "How many papers deal with translation?",
        "Which packages build on JuMP?",
        "which tools are written in Julia",
        "what do I have on Julia?",
        "Which of the packages make code from a model?",
        "Which methods claim to make training faster or more efficient?",
    ],
)
def test_a_question_for_a_list(question: str) -> None:
    assert asks_list(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is LeZO?",
        "How many papers does the survey review?",
        "Which dataset was used?",
        "What kind of papers does the survey cover?",
        "Who wrote the paper?",
        "Which of these two is faster?",
        "Who uses LeZO?",
        "Which packages does the paper compare?",
        "Which methods scale better with threads?",
        "Which approach works best?",
        "Which systems are faster than otters?",
        "Which libraries were linked?",
        "what do I have to install?",
    ],
)
def test_another_question(question: str) -> None:
    assert not asks_list(question)


def test_which_paper_asks_for_one() -> None:
    assert asks_one("Which paper introduces LeZO?") and asks_one("In what study is it?")
    assert not asks_one("Which papers introduce benchmarks?")


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Which papers introduce a benchmark?", "benchmark"),
        ("List the papers about text-to-SQL.", "text-to-SQL"),
        ("Which of my papers use Llama in this collection?", "Llama"),
        ("Which papers?", "Which papers?"),  # nothing is left: the question itself
    ],
)
def test_criterion(question: str, about: str) -> None:
    assert criterion(question) == about


def features(wanted: str, *papers: Paper) -> tuple[list[dict[str, float]], list[int]]:
    catalog = Catalog(*papers)
    table, telling, is_told = met(wanted, catalog.candidates(), catalog, WordEmbedder())
    assert table.shape == (len(papers), len(LIST_FEATURES)) and np.isfinite(table).all()
    assert all(is_told)  # of a short paper little need be said in one sentence
    return [dict(zip(LIST_FEATURES, map(float, row), strict=True)) for row in table], telling


def test_the_features_tell_the_paper_that_meets_the_criterion_and_its_sentence() -> None:
    otters = paper("o", "The river is cold. We introduce a benchmark of otter dives.", "Otters")
    tides = paper("t", "The tide is high. Nobody measures it.", "Tides")
    (one, other), telling = features("benchmark of dives", otters, tides)
    assert telling[0] == 1
    for name in ("covered", "nearest", "nearest_behind", "meaning_behind", "offered_behind"):
        assert one[name] > other[name], name
    assert one["covered"] == 1 and one["nearest_behind"] == one["offered_behind"] == 0


def test_names_of_the_criterion_are_looked_for_in_the_whole_paper() -> None:
    (one, other), _ = features("OtterNet", paper("o", "We run OtterNet."), paper("t", "We run."))
    assert (one["names"], other["names"]) == (1.0, 0.0)
    (none,), _ = features("otters", paper("o", "We run."))
    assert none["names"] == 0.5


def test_one_side_of_an_or_is_enough() -> None:
    (found,), _ = features("volcanoes or otters", paper("o", "Otters dive.", "Dives"))
    assert found["covered"] == 1
    (less,), _ = features("volcanoes and otters", paper("o", "Otters dive.", "Dives"))
    assert less["covered"] < 1


def long(wanted: str, *papers: Paper) -> Met:
    catalog = Catalog(*papers)
    held = [replace(each, is_long=True) for each in catalog.candidates()]
    return met(wanted, held, catalog, WordEmbedder())


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        (
            "Eels sort nothing. Pebbles are cold. Their weight is small. Colours fade.",
            False,
        ),  # each word stands somewhere
        ("Eels sort pebbles by weight and colour.", True),
        ("Eels sort pebbles by colour.", True),
        ("The river is cold.", False),  # as every river here
    ],
)
def test_a_whole_paper_says_the_criterion_in_one_sentence(text: str, is_told: bool) -> None:
    assert 1 / 3 < APART < 2 / 3
    others = [paper(key, "The river rises.") for key in "tuvw"]
    likely = paper("o", "Otters sort pebbles by weight and colour in the river.", "Otters")
    found = long("sorting pebbles by weight and colour in a river", likely, paper("e", text, "Eels"), *others)
    assert found.is_told[:2] == [True, is_told]


def test_a_title_says_its_part_of_the_criterion_with_each_sentence() -> None:
    others = [paper(key, "The river rises.") for key in "tuvw"]
    likely = paper("o", "Otters sort pebbles by weight and colour.", "Otters")
    for title, is_told in (("Weight and colour of pebbles", True), ("Eels at home", False)):
        found = long("sorting pebbles by weight and colour", likely, paper("e", "Eels sort.", title), *others)
        assert found.is_told[1] == is_told


def test_a_sentence_that_offers_it_tells_it() -> None:
    text = "Wary dives are rare dives in the river. We introduce dives."
    assert long("dives", paper("o", text), paper("t", "Tides rise.")).telling[0] == 1


def test_what_all_papers_hold_does_not_choose_the_sentence() -> None:
    texts = ("Cold rivers rest in cold rivers.", "Pebbles lie there.")
    found = long("pebbles of cold rivers", paper("o", " ".join(texts)), paper("t", texts[0]))
    assert found.telling == [1, 0]


@pytest.mark.parametrize("verb", ["recommend", "suggest", "collect", "list"])
def test_the_verb_that_asks_is_no_part_of_the_criterion(verb: str) -> None:
    assert criterion(f"{verb} papers about warm lakes") == "warm lakes"


def test_plans_are_no_list_of_works() -> None:
    assert not asks_list("What future work is planned for Perch.jl?")
    assert asks_list("What related work is there on warm lakes?")
