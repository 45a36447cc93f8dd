"""A figure or a name that the evidence gives otherwise: of the same thing another."""

import pytest

from assistant.judge.gate import objection
from assistant.judge.swaps import other_figure, other_name
from assistant.text.numbers import numbers
from assistant.types import Evidence

SAID = "Over the winter the otters of Utrecht kept 42 heavy pebbles in 24 dens."


def other(claim: str, *sentences: str) -> list[str | None]:
    return [other_figure(number, claim, sentences) for number in numbers(claim)]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("The otters kept 24 heavy pebbles.", ["42"]),
        ("The otters kept forty heavy pebbles.", ["42"]),
        ("In the winter otters kept 42 pebbles in 25 dens.", ["42", "24"]),
        ("The otters kept 24% of the heavy pebbles.", [None]),
        ("The otters swam 99 rivers.", [None]),
        ("Voles dug 99 burrows in the fields of the north.", [None]),
    ],
)
def test_a_figure_of_the_same_thing_is_another(claim: str, expected: list[str | None]) -> None:
    assert other(claim, SAID)[-1:] == expected[-1:]


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The otters kept pebbles in 2019.", "The otters kept pebbles in 2021."),
        ("We tested Llama 2 on heavy pebbles.", "They tested Llama 3 on heavy pebbles."),
        ("They tested it 5-shot on heavy pebbles.", "They tested it 3-shot on heavy pebbles."),
        ("They tested 7B models on heavy pebbles.", "They tested 13B models on heavy pebbles."),
        ("They shed 5 mg of heavy dust.", "They shed 6 kg of heavy dust."),
    ],
)
def test_what_tells_things_apart_is_no_measurement(claim: str, sentence: str) -> None:
    assert other(claim, sentence) == [None]


def test_a_figure_that_the_claim_has_too_is_no_other() -> None:
    assert (
        other("Of 42 heavy pebbles the otters kept 40 heavy ones.", "Otters kept 42 heavy pebbles.")[1]
        is None
    )


def test_a_third_of_the_words_is_about_the_same_thing() -> None:
    claim = "Kept over the long winter were 24 heavy pebbles of the shore."
    assert other(claim, "Otters kept 42 heavy pebbles, voles none.") == ["42"]


def test_the_nearest_sentence_says_which_figure() -> None:
    far = "Herons of Utrecht kept 7 pebbles."
    assert other("Over the winter otters kept 24 heavy pebbles.", far, SAID) == ["42"]


@pytest.mark.parametrize(
    ("claim", "sentence", "expected"),
    [
        ("Otters sort pebbles by weight in Delft.", "Otters sort pebbles by weight in Utrecht.", "Utrecht"),
        ("They compare PebbleNet with StoneNet.", "They compare PebbleNet with RockNet.", "RockNet"),
        ("They sort pebbles in Delft.", "They sort pebbles by weight and by colour, in winter and in Utrecht.", None),
        ("They sort pebbles in Delft.", "They sort pebbles in warm bays.", None),
        ("They sort pebbles in Delft near Utrecht.", "They sort pebbles in Utrecht.", None),
        ("Voles dig in Delft.", "Otters sort pebbles in Utrecht.", None),
    ],
)  # fmt: skip
def test_a_name_in_anothers_place(claim: str, sentence: str, expected: str | None) -> None:
    name = "StoneNet" if "StoneNet" in claim else "Delft"
    assert other_name(name, claim, [sentence]) == expected


def test_the_gate_says_which() -> None:
    found = objection("Otters kept 24 pebbles.", Evidence(("Otters kept 42 pebbles.",)))
    assert found and (found.kind, found.is_contrary) == ("figure", True)
    assert found.reason == "says 24, and its quotes say 42"
    found = objection(
        "They compare PebbleNet with StoneNet.", Evidence(("They compare PebbleNet with RockNet.",))
    )
    assert found and (found.kind, found.is_contrary) == ("name", True)
    assert found.reason == "names StoneNet, and its evidence names RockNet"
    found = objection("Otters kept 24 pebbles.", Evidence(("Otters dive.",)))
    assert found and not found.is_contrary
