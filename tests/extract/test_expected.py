"""The kind of thing that a question expects: a sentence that lacks it is less likely its answer."""

import pytest

from assistant.extract.expected import COUNTED, LACKING, expected, gives_number
from assistant.extract.question import Question
from assistant.types import Draft, DraftClaim, Offered, Sentence
from tests.extract.papers import Catalog, paper
from tests.extract.test_engine import drafted


def factor(question: str, text: str) -> float:
    return float(expected(Question(question), [Sentence("otters", 0, 0, len(text), text)])[0])


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("How much do otters weigh?", "They weigh 7 kg.", "They weigh little."),
        ("What share of otters dives?", "Of them, 43 % dive.", "Of 43 some dive."),
        ("How long do otters sleep?", "They sleep for 11 hours.", "They sleep in 11 rivers."),
        ("What is the run time?", "It takes 350 µs.", "It takes 350 words."),
        ("When were the otters counted?", "They were counted in May 2019.", "They were counted in rivers."),
        ("In which month were they seen?", "They were seen in March.", "They may be seen in rivers."),
        ("Why do otters dive?", "They dive because pebbles sink.", "They dive for pebbles."),
        ("What is the sorter built on?", "It is built on top of a sieve.", "It has a sieve."),
        ("Which tools does it rely on?", "It uses a sieve.", "It has a sieve."),
        ("What is the reason for diving?", "Diving is due to hunger.", "Diving is hard."),
    ],
)
def test_what_lacks_the_kind_of_thing_that_is_asked_for(question: str, holds: str, lacks: str) -> None:
    assert factor(question, holds) == pytest.approx(1.0)
    assert factor(question, lacks) <= LACKING + 1e-6


@pytest.mark.parametrize(
    "question",
    [
        "What do otters eat?",
        "Do otters dive?",
        "What is the sorter built on a sieve for?",
        "How are otters counted?",
    ],
)
def test_other_questions_expect_nothing_of_the_kind(question: str) -> None:
    assert factor(question, "Otters dive.") == 1.0


def test_how_many_is_told_by_a_number_of_just_these() -> None:
    assert factor("How many otters were seen?", "There were 86 otters.") == pytest.approx(COUNTED)
    assert factor("How many otters were seen?", "We saw 86 % of the otters.") < COUNTED
    assert (
        factor("How many otters were seen?", "Nobody counted 86 nets, so that we know little of the otters.")
        < COUNTED
    )
    assert factor("How many otters were seen?", "Otters were seen.") == pytest.approx(LACKING)


def test_how_many_more_is_told_by_a_share_too() -> None:
    assert factor("How many more otters dive than eels?", "22.5% more otters dive.") == pytest.approx(COUNTED)


def test_a_number_that_the_question_gives_is_no_answer() -> None:
    assert factor("How many of the 86 otters dive?", "All 86 are wet.") == pytest.approx(LACKING)


def test_each_kind_that_is_lacking_counts() -> None:
    assert factor("What percentage of otters dives, and why?", "Some dive.") == pytest.approx(LACKING**3)


@pytest.mark.parametrize(
    ("question", "text", "gives"),
    [
        ("How many otters dive?", "Of the otters 43 dive.", True),
        ("How many otters dive?", "Of the otters most dive [15].", False),
        ("How many of the 43 otters dive?", "Of the 43 otters most dive.", False),
        ("How heavy are otters?", "They are heavy.", False),
        ("How well do otters dive?", "They dive well.", True),
        ("Do otters dive?", "They dive.", True),
    ],
)
def test_a_number_is_given_where_one_is_asked_for(question: str, text: str, gives: bool) -> None:
    offered = Offered({"otters:0": Sentence("otters", 0, 0, len(text), text)})
    draft = Draft((DraftClaim(text, ("otters:0",)),), offered=offered)
    assert gives_number(Question(question), draft) is gives
    assert gives_number(Question(question), Draft())


def test_a_question_for_a_number_that_no_sentence_gives_is_not_answered() -> None:
    def of(text: str) -> Draft:
        return drafted(
            Catalog(paper("otters", text, "Pebbles of Otters")), "How many pebbles do otters sort?"
        )

    assert of("Otters sort 31 pebbles a day. They sort pebbles by weight.").claims
    none = of("Otters sort pebbles by weight. They sort pebbles of rivers [31].")
    assert (none.claims, none.missing) == ((), ("a number (pebbles, otters, sort)",))
