"""Which papers use, build on, compare with or mention something named, and the sentence of each that says so."""

from dataclasses import replace

import pytest

from assistant.extract.question import LONGEST
from assistant.extract.related import BEFORE, BEHIND, HINTED, OPENING, asked_relation, saying
from assistant.types import Draft
from tests.extract.papers import Catalog, paper
from tests.extract.test_engine import drafted


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which packages build on PebbleKit?", ["PebbleKit"]),
        ("what builds on PebbleKit", ["PebbleKit"]),
        ("Who else uses PebbleKit.jl?", ["PebbleKit.jl"]),
        ("Which studies used SPSS?", ["SPSS"]),
        ("papers that use the BSON format", ["BSON"]),
        ("Which papers were evaluated on GSM8K?", ["GSM8K"]),
        ("Which papers compare themselves with Stan?", ["Stan"]),
        ("Which papers mention GPT-4o or BERT?", ["GPT-4o", "BERT"]),
        ("Which papers use Llama 2 models in their experiments?", ["Llama 2"]),
    ],
)
def test_a_relation_to_what_is_named(question: str, names: list[str]) -> None:
    asked = asked_relation(question)
    assert asked and list(asked.names) == names


@pytest.mark.parametrize(
    "question",
    [
        "Which papers use contrastive learning?",  # nothing is named
        "Which papers use PebbleKit to sort gravel?",  # more is asked
        "Which PebbleKit papers use Stan?",  # a name before the relation
        "What does PebbleKit use?",  # of the named thing, not to it
        "How is PebbleKit used?",
        "Which papers introduce PebbleKit?",  # its own paper is meant
        "Which papers are about PebbleKit?",
        "Which papers use PebbleKit?" + " " * LONGEST,  # a pasted page
    ],
)
def test_another_question(question: str) -> None:
    assert asked_relation(question) is None


def said(question: str, text: str, title: str | None = None) -> str | None:
    asked = asked_relation(question)
    assert asked
    given = paper("otters", text, title)
    found = saying(asked, given, Catalog(given).sentences_of("otters"))
    return found.text if found else None


USES = "Which papers use Kit?"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (USES, "All of the gravel was sorted by using Kit and a sieve."),
        (USES, "Our sorter of gravel is built on top of Kit and runs daily."),
        (USES, "The whole of the gravel was weighed with Kit on one day."),
        (USES, "For the gravel of all the rivers Kit was used on wet days."),
        (USES, "The sorter relies on packages such as Kit.jl and a sieve."),
        ("Which papers use Kit 2?", "All of the gravel was sorted by using KIT2-7B-chat and a sieve."),
        ("Which papers use kitKAT?", "The gravel was sorted using KitKat and a sieve."),
        ("Which papers compare with Kit?", "The sorter of gravel is much faster than Kit on wet days."),
        ("Which papers mention Kit?", "Otters know nothing at all of what Kit is for."),
        ("Which papers mention Kit or Sieve?", "Otters know nothing at all of what Sieve is for."),
    ],
)
def test_a_sentence_that_says_so(question: str, text: str) -> None:
    assert said(question, text) == text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (USES, "Otters know nothing at all of what Kit is for."),
        (USES, "All of the gravel was sorted by using a kit and a sieve."),
        (USES, "All of the gravel was sorted by using Multi-Kit and a sieve."),
        (USES, "All of the gravel was sorted by using Kits.org and a sieve."),
        (USES, "All of the gravel was sorted by using KIT and a sieve."),
        ("Which papers use Kit 2?", "All of the gravel was sorted by using Kit 25 and a sieve."),
        ("Which papers compare with Kit?", "All of the gravel was sorted by using Kit and a sieve."),
        ("Which papers use Kit and Sieve?", "All of the gravel was sorted by using Kit and a net."),
        ("Which papers mention Kit?", "using Kit"),  # code, no sentence
    ],
)
def test_a_sentence_that_does_not(question: str, text: str) -> None:
    assert said(question, text) is None


@pytest.mark.parametrize(
    ("most", "text"),
    [
        (BEHIND, "They were using {} Kit on the gravel of the river."),
        (BEFORE, "On the gravel of the river Kit {} used."),
        (HINTED, "They sort all of the gravel with {} Kit each day."),
    ],
)
def test_words_of_the_relation_stand_close_to_the_name(most: int, text: str) -> None:
    assert said(USES, text.format(" ".join(["pebble"] * most)))
    assert not said(USES, text.format(" ".join(["pebble"] * (most + 1))))


def test_the_plainest_sentence_is_the_one() -> None:
    plain = "All of the gravel was sorted by using Kit and a sieve."
    assert (
        said(
            USES,
            f"The whole of the gravel was weighed with Kit today. {plain} They use otters that know Kit.",
        )
        == plain
    )
    both = "All of the gravel was sorted by using a fine Kit and Sieve."
    asked = "Which papers use Kit and Sieve?"
    assert (
        said(
            asked,
            f"The gravel was sorted by using Kit daily. The gravel was sorted by using Sieve daily. {both}",
        )
        == both
    )


@pytest.mark.parametrize(
    ("title", "opening", "is_own"),
    [
        ("Kit: Sorting of Gravel", "", True),
        ("Sorting of Gravel with Kit", "", False),
        ("Sieves: Sorting for Kit", "", False),
        ("Sorting of Gravel", "We present the new package Kit here. ", True),
        ("Sorting of Gravel", "We present a sieve for all who have ever used Kit here. ", False),
        (
            "Sorting of Gravel",
            "Otters sort the gravel by weight. " * OPENING + "We present the new package Kit here. ",
            False,
        ),
    ],
)
def test_a_thing_s_own_paper_is_not_one_that_uses_it(title: str, opening: str, is_own: bool) -> None:
    text = "All of the gravel was sorted by using Kit and a sieve."
    assert (said(USES, opening + text, title) is None) is is_own


def test_an_untitled_paper_s_own_thing_is_its_handle() -> None:
    asked, given = (
        asked_relation(USES),
        replace(paper("otters", "The gravel was sorted by using Kit daily."), handle="Kit"),
    )
    assert asked and saying(asked, given, Catalog(given).sentences_of("otters")) is None


def test_one_of_two_may_be_the_paper_s_own() -> None:
    text = "Otters know nothing at all of what Sieve is for. They never heard of Kit either."
    assert said("Which papers mention Kit or Sieve?", text, "Kit: Sorting") == f"{text.split('.')[0]}."
    assert said("Which papers mention Kit or Sieve?", text, "Kit and Sieve: Sorting") is None


def test_what_others_use_is_told_under_related_work() -> None:
    text = "All of the gravel was sorted by using Kit and a sieve."
    for heading, found in (("2 Related Work", False), ("2 Sorting", True)):
        asked, given = asked_relation(USES), paper("otters", text)
        assert asked
        sentences = [replace(each, section=heading) for each in Catalog(given).sentences_of("otters")]
        assert bool(saying(asked, given, sentences)) is found


def test_an_abstract_names_what_it_uses() -> None:
    asked, given = asked_relation(USES), paper("otters", "Otters know nothing at all of what Kit is for.")
    compared = asked_relation("Which papers compare with Kit?")
    assert asked and compared
    sentences = Catalog(given).sentences_of("otters")
    assert saying(asked, given, sentences, is_long=False) == sentences[0]
    assert saying(asked, given, sentences, is_long=True) is None
    assert saying(compared, given, sentences, is_long=False) is None


def listed(draft: Draft) -> list[str]:
    return [draft.offered.sentences[claim.shown_by[0]].paper for claim in draft.claims]


def test_each_other_paper_is_listed_or_said_to_be_missing() -> None:
    own = paper("kit", "We present the new package Kit here. Users of Kit use it for gravel.", "Kit: Sorting")
    user = paper("otters", "All of the gravel was sorted by using Kit and a sieve.")
    other = paper("gulls", "Gulls have never heard of all this gravel.")
    assert listed(drafted(Catalog(own, user, other), USES)) == ["otters"]
    none = drafted(Catalog(own, other), USES)
    assert not none.claims and none.missing == ("a paper, other than its own, that says so of Kit",)


def test_how_many_papers_are_listed_though_none_gives_a_number() -> None:
    user = paper("otters", "All of the gravel was sorted by using Kit and a sieve.")
    assert listed(drafted(Catalog(user), "How many papers use Kit?")) == ["otters"]


def test_who_uses_a_thing_may_be_told_by_its_own_paper() -> None:
    own = paper("kit", "We present the new package Kit here. Otters use Kit for gravel.", "Kit: Sorting")
    assert drafted(Catalog(own), "Who uses Kit?").missing != (
        "a paper, other than its own, that says so of Kit",
    )


def test_papers_that_use_it_are_not_sought_without_knowing_what() -> None:
    assert not drafted(
        Catalog(paper("otters", "All of the gravel is used by it.")), "Which papers use it?"
    ).claims
