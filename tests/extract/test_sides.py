"""The two sides of a question: found by the papers that speak of them, each with its own words."""

import pytest

from assistant.extract.candidates import Candidate
from assistant.extract.question import Question
from assistant.extract.sides import sides, unspoken
from tests.extract.papers import Catalog, paper

CATALOG = Catalog(
    paper("o", "OtterNet sorts pebbles by weight in rivers.", "OtterNet"),
    paper("t", "TideBench measures gauges along the coast.", "TideBench"),
    paper("b", "Hives are tended by robots.", "Bees"),
    scores=(0.8, 0.7, 0.6),
)
OTTERS, TIDES, BEES = CATALOG.candidates()


def found(text: str, *candidates: Candidate) -> list[tuple[str, str]]:
    got = sides(Question(text), candidates, {})
    return [(side.question.text, side.candidate.header) for side in got]


def test_two_clauses_go_to_the_papers_that_speak_of_them() -> None:
    text = "How does OtterNet sort pebbles, and what gauges does TideBench measure?"
    assert found(text, OTTERS, BEES, TIDES) == [
        ("How does OtterNet sort pebbles", "OtterNet"),
        ("what gauges does TideBench measure?", "TideBench"),
    ]


def test_a_comparison_is_asked_of_each_paper_without_the_other_ones_name() -> None:
    assert found("Compare TideBench with OtterNet on rivers", OTTERS, TIDES) == [
        ("Compare TideBench with on rivers", "TideBench"),
        ("Compare with OtterNet on rivers", "OtterNet"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "How does OtterNet sort pebbles?",  # joins nothing
        "How does OtterNet sort pebbles and rivers?",  # one paper speaks of both
        "How do volcanoes and glaciers differ?",  # none speaks of it
    ],
)
def test_a_question_of_one_side_has_no_sides(text: str) -> None:
    assert found(text, OTTERS, TIDES, BEES) == []


def test_one_paper_makes_no_sides() -> None:
    assert found("How do OtterNet and TideBench differ?", OTTERS) == []


def test_a_name_that_no_candidate_speaks_of_is_to_be_searched_for() -> None:
    question = Question("How do OtterNet and TideBench differ?")
    assert unspoken(question, [OTTERS, BEES]) == "TideBench"
    assert unspoken(question, [OTTERS, TIDES]) == ""
    assert unspoken(Question("What does TideBench measure?"), [OTTERS]) == ""
