"""A claim that shares nearly all its words with a sentence, and what the rest does to it."""

import pytest

from assistant.judge.align import difference
from assistant.judge.gate import objection
from assistant.judge.words import Objection
from assistant.types import Evidence


def kind(claim: str, *sentences: str) -> str:
    found = difference(claim, sentences)
    return found.kind if found else ""


SAID = "Otters sort heavy pebbles by weight before they dive."


@pytest.mark.parametrize(
    "sentence",
    [
        "We found no evidence that otters sort heavy pebbles by weight before they dive.",
        "Otters do not sort heavy pebbles by weight before they dive.",
        "Otters don't sort heavy pebbles by weight before they dive.",
        "Otters never sort heavy pebbles by weight before they dive.",
        "Otters failed to sort heavy pebbles by weight before they dive.",
        "It is a myth that otters sort heavy pebbles by weight before they dive.",
        "Our data contradict the old tale that otters sort heavy pebbles by weight before they dive.",
        "Neither otters nor voles sort heavy pebbles by weight before they dive.",
        "Neither voles nor otters sort heavy pebbles by weight before they dive.",
        "That otters sort heavy pebbles by weight before they dive was later disproved.",
        "The report that otters sort heavy pebbles by weight before they dive could not be replicated.",
        "Smith said that otters sort heavy pebbles by weight before they dive; our trial refutes this.",
        "Nothing in the films suggests that otters sort heavy pebbles by weight before they dive.",
        "It is unlikely that otters sort heavy pebbles by weight before they dive.",
    ],
)
def test_what_is_denied_supports_nothing(sentence: str) -> None:
    assert kind(SAID, sentence) == "denied"
    assert kind(sentence, sentence) == ""


def test_a_claim_that_denies_what_is_said() -> None:
    assert kind("Otters do not sort heavy pebbles by weight.", SAID) == "denied"
    assert kind("There is no evidence that otters sort heavy pebbles by weight.", SAID) == "denied"
    assert kind("Otters avoid sorting heavy pebbles by weight.", SAID) == "denied"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We asked whether otters sort heavy pebbles by weight before they dive.", "open"),
        ("It remains to be seen if otters sort heavy pebbles by weight before they dive.", "open"),
        ("We hypothesised that otters sort heavy pebbles by weight before they dive.", "open"),
        ("The goal of the study was to determine whether otters sort heavy pebbles by weight.", "open"),
        ("Whether otters sort heavy pebbles by weight before they dive is an open question.", "open"),
        ("Fishermen believed that otters sort heavy pebbles by weight before they dive.", "reported"),
        ("Critics alleged that otters sort heavy pebbles by weight before they dive.", "reported"),
        ("Only if they are watched, otters sort heavy pebbles by weight before they dive.", "condition"),
        ("Otters sort heavy pebbles by weight before they dive unless they are watched.", "condition"),
    ],
)
def test_what_is_asked_or_told_of_others_is_not_said(sentence: str, expected: str) -> None:
    assert kind(SAID, sentence) == expected
    assert kind(sentence, sentence) == ""
    found = difference(SAID, [sentence])
    assert found and not found.is_contrary


@pytest.mark.parametrize(
    "sentence",
    [
        SAID,
        "There is no doubt that otters sort heavy pebbles by weight before they dive.",
        "Not surprisingly, otters sort heavy pebbles by weight before they dive.",
        "Not only otters sort heavy pebbles by weight before they dive.",
        "We asked it, and found that otters sort heavy pebbles by weight before they dive.",
        "Voles do not, but otters sort heavy pebbles by weight before they dive.",
        "Otters sort heavy pebbles by weight before they dive, which voles never do.",
        "Without wind there was peace; otters sort heavy pebbles by weight before they dive.",
        "Heavy pebbles are sorted by weight by otters before they dive.",
    ],
)
def test_what_changes_nothing(sentence: str) -> None:
    assert kind(SAID, sentence) == ""


@pytest.mark.parametrize(
    ("claim", "sentence", "expected"),
    [
        ("Warm water increases the growth of kelp.", "Warm water reduces the growth of kelp.", "direction"),
        ("Kelp grew higher in warm bays.", "Kelp grew lower in warm bays.", "direction"),
        ("The method is reliable on large graphs.", "The method is unreliable on large graphs.", "direction"),
        (
            "The vaccine is effective in young birds.",
            "The vaccine is ineffective in young birds.",
            "direction",
        ),
        ("Herons hunt before the rain in Utrecht.", "Herons hunt after the rain in Utrecht.", "direction"),
        ("All herons hunt fish under lamps.", "Some herons hunt fish under lamps.", "quantity"),
        ("Most herons hunt fish under lamps.", "A few herons hunt fish under lamps.", "quantity"),
        ("Herons always hunt fish under lamps.", "Herons often hunt fish under lamps.", "quantity"),
        ("RouteSAE outperforms the plain encoder.", "The plain encoder outperforms RouteSAE.", "role"),
        ("Herons are faster than gulls in rain.", "Gulls are faster than herons in rain.", "role"),
        ("Kelp decline causes urchin growth.", "Urchin growth causes kelp decline.", "role"),
        (
            "Texts are translated from Dutch to Frisian.",
            "Texts are translated from Frisian to Dutch.",
            "role",
        ),
        ("Otters chase voles in winter.", "Voles chase otters in winter.", "role"),
        ("RouteSAE was beaten by LeZO on recall.", "RouteSAE beat LeZO on recall.", "role"),
    ],
)
def test_what_is_turned_exchanged_or_made_more(claim: str, sentence: str, expected: str) -> None:
    assert kind(claim, sentence) == expected
    assert kind(claim, claim) == kind(sentence, sentence) == ""


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Some herons hunt fish under lamps.", "All herons hunt fish under lamps."),
        ("RouteSAE is outperformed by the plain encoder.", "The plain encoder outperforms RouteSAE."),
        ("Otters and voles sort pebbles.", "Voles and otters sort pebbles."),
        ("In winter, otters chase voles.", "Otters chase voles in winter."),
        ("Otters sort pebbles.", "Warm lamps do not disturb herons in Utrecht."),
        ("", SAID),
        (SAID, ""),
    ],
)
def test_what_is_the_same_otherwise_or_far_apart_is_left_to_others(claim: str, sentence: str) -> None:
    assert kind(claim, sentence) == ""


def test_another_sentence_as_near_may_say_it() -> None:
    denied = "Otters do not sort heavy pebbles by weight before they dive."
    assert kind(SAID, denied, SAID) == ""
    assert kind(SAID, denied, "Voles eat seeds.") == "denied"


def test_an_aim_does_not_speak_against_what_was_found() -> None:
    aim = "We asked whether otters sort heavy pebbles by weight before they dive."
    assert kind(SAID, aim, "In 31 of 40 films otters chose pebbles by weight.") == ""
    assert kind(SAID, aim, "Voles eat seeds.") == "open"


def test_a_reason_in_words() -> None:
    assert difference("Kelp grew higher in warm bays.", ["Kelp grew lower in warm bays."]) == Objection(
        "direction", "says higher, and the evidence lower", is_contrary=True
    )


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Otters may sort heavy pebbles by weight before they dive.", "quantity"),
        ("Perhaps otters sort heavy pebbles by weight before they dive.", "quantity"),
        ("Otters could sort heavy pebbles by weight before they dive.", "quantity"),
        ("Otters will eventually sort heavy pebbles by weight before they dive.", "quantity"),
        ("We filmed otters to see whether they sort heavy pebbles by weight before they dive.", "open"),
        (
            "We watched how otters behave, to test if they sort heavy pebbles by weight before they dive.",
            "open",
        ),
        ("Otters sort heavy pebbles by weight before they dive, whether they are hungry or full.", ""),
    ],
)
def test_what_is_said_less_surely_than_the_claim_has_it(sentence: str, expected: str) -> None:
    assert kind(SAID, sentence) == expected
    assert kind("Otters may sort heavy pebbles by weight before they dive.", sentence) in ("", "open")


@pytest.mark.parametrize(
    ("claim", "sentence", "expected"),
    [
        (
            "Cold lowers the number of dives in winter.",
            "Over the long year cold raised the number of dives that otters made.",
            "direction",
        ),
        (
            "Later kelp is easier for otters to reach.",
            "Kelp grown in later years was of another kind, and harder for the old otters of the bay to reach.",
            "direction",
        ),
        (
            "Cold lowers the number of dives in winter.",
            "Over the year cold raised the mood, and dives were many.",
            "",
        ),
        (
            "Cold lowers the number of dives in winter.",
            "Over the year cold raised the number of dives, which it lowers in herons.",
            "",
        ),
        (
            "Old otters dive more slowly and more rarely.",
            "Old otters had a reduced speed of dives and rarely dived.",
            "",
        ),
        ("Heat lowers moods.", "Over the year cold raised the number of dives that otters made.", ""),
    ],
)
def test_a_direction_is_turned_in_other_words_too(claim: str, sentence: str, expected: str) -> None:
    assert kind(claim, sentence) == expected


def test_how_close_a_sentence_must_be() -> None:
    """Two of three content words are enough, three of six are not."""
    assert kind("Otters never sort flat stones.", "Otters sort flat pebbles by weight.") == "denied"
    assert kind("Old otters never sort flat round stones.", "Otters sort flat pebbles.") == ""


def test_another_sentence_may_say_it() -> None:
    """About as near as the denial, or not near enough."""
    denied = "Otters do not sort heavy pebbles by weight before they dive."
    assert kind(SAID, denied, "Otters sort heavy pebbles by weight before a dive.") == ""
    assert kind(SAID, denied, "Otters sort heavy pebbles.") == "denied"


def test_a_sentence_about_as_near_may_say_it() -> None:
    long = "Over the cold winter the old otters of the northern bay sort heavy pebbles by weight before they dive"
    assert (
        kind(f"{long}.", f"{long.replace('sort', 'do not sort')}.", f"{long.replace('northern ', '')}.") == ""
    )


def test_a_quantity_is_made_more_wherever_it_stands() -> None:
    said = "The great loss of kelp in the bay is mainly due to the urchins."
    assert kind("The loss of kelp in the bay is due to the urchins alone.", said) == "quantity"
    assert kind("The loss of kelp in the bay is mainly due to the urchins.", said) == ""
    assert kind("The loss of kelp in the bay is due to some urchins.", said) == ""


def test_two_denials_are_none_and_a_third_is_in_doubt() -> None:
    assert kind("Otters never do not dive for pebbles.", "Otters dive for pebbles.") == ""
    sure = difference("Otters never dive for pebbles.", ["Otters dive for pebbles."])
    assert sure and sure.is_contrary
    unsure = difference("Otters never dive for pebbles.", ["Without need, otters do not dive for pebbles."])
    assert unsure is None or not unsure.is_contrary


def test_what_has_much_between_it_is_not_turned() -> None:
    long = "Kelp grew higher in the years in which the old bays of the far north were warm."
    assert kind("Kelp grew in the years lower in warm bays of the far north.", long) == ""


def test_some_words_between_may_hold_the_opposite() -> None:
    assert (
        kind("In warm bays the old kelp grew lower.", "In warm bays the old kelp grew so much higher.")
        == "direction"
    )


def test_a_denial_of_what_the_claim_does_not_say() -> None:
    assert kind(SAID, "Otters sort heavy pebbles by weight before they dive for no pearls.") == ""


def test_the_sides_of_a_long_comparison() -> None:
    said = "In winter the old otters of the bay catch more fish per dive than the young herons of the shore in a day."
    other = "In winter the young herons of the shore catch more fish per dive than the old otters of the bay in a day."
    assert kind(other, said) == "role"
    less = "The herons catch less fish per dive than the otters."
    assert kind(less, "The otters catch more fish per dive than the herons.") == ""


def test_sides_that_are_all_that_differs() -> None:
    said = "Old otters of the bay catch far more fish in salty water than in fresh ones."
    assert (
        kind("Old otters of the bay catch far more fish in fresh water than in salty ones.", said) == "role"
    )


def test_languages_exclude_each_other() -> None:
    for claim, expected in (
        ("It reads German texts.", "name"),
        ("It reads Dutch texts.", ""),
        ("It reads texts.", ""),
    ):
        found = objection(claim, Evidence(("It reads Dutch texts.",)))
        assert (found.kind if found else "") == expected
    assert objection("It reads German texts.", Evidence(("It reads texts.",))) is None
