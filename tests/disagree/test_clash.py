"""Two statements: what cannot both be true, of what kind, and what only looks like it."""

import pytest

from assistant.disagree.clash import clash
from assistant.disagree.statement import statement


def kind(one: str, other: str) -> str:
    """The kind of the clash; "" for none; the same whichever comes first."""
    read = statement(one), statement(other)
    if not all(read):
        return ""
    found = {each.kind if (each := clash(a, b)) else "" for a, b in (read, read[::-1])}  # type: ignore[arg-type]
    assert len(found) == 1, found
    return found.pop()


@pytest.mark.parametrize(
    "one, other, expected",
    [
        ("Otters dive to a depth of 18 m.", "The depth to which otters dive is 31 m.", "number"),
        ("The depth of otter dives is 18 in summer.", "The depth of otter dives is 31 in summer.", "number"),
        ("Otters kept 18 of the brass pebbles.", "Otters kept 31 of the brass pebbles.", "number"),
        ("The rate 18% in otter pups is known.", "The rate 31% in otter pups is known.", "number"),
        ("A depth 18.2 in otter dives is known.", "A depth 31.7 in otter dives is known.", "number"),
        ("A depth 18 m in otter dives is known.", "A depth 31 m in otter dives is known.", "number"),
        ("A depth 18m in otter dives is known.", "A depth 31m in otter dives is known.", "number"),
        ("Otters dive with 18 in heavy surf.", "Otters dive with 31 in heavy surf.", "number"),
        ("The otter dive reached 18 in heavy surf.", "The otter dive reached 31 in heavy surf.", "number"),
        ("About 40% of otter pups survive.", "62% of otter pups survive.", "number"),
        ("Salt raises the buoyancy of otters.", "Salt lowers the buoyancy of otters.", "direction"),
        ("Otters dive deeper than beavers.", "Beavers dive deeper than otters.", "direction"),
        (
            "Otters recognise their pups by smell.",
            "Otters do not recognise their pups by smell.",
            "conclusion",
        ),
        (
            "Whiskers are necessary for otters at night.",
            "Whiskers are unnecessary for otters at night.",
            "conclusion",
        ),
        ("Pups are reliable swimmers in rivers.", "Pups are unreliable swimmers in rivers.", "conclusion"),
        ("Otters fail to recognise pups by smell.", "Otters recognise pups by smell.", "conclusion"),
        (
            "Salt reduces the buoyancy of otters.",
            "In forty dives over one winter salt increases the buoyancy of otters, most of all at night in the north.",
            "direction",
        ),
    ],
)
def test_what_cannot_both_be_true(one: str, other: str, expected: str) -> None:
    assert kind(one, other) == expected


@pytest.mark.parametrize(
    "one, other",
    [
        ("Otters dive deeper than beavers.", "Beavers dive less deep than otters."),
        ("Otters are better divers than beavers.", "Beavers are worse divers than otters."),
        ("Salt does not raise buoyancy in otters.", "Salt does not lower buoyancy in otters."),
        ("Salt raises buoyancy in otters.", "Salt does not lower buoyancy in otters."),
        ("Warm water raises buoyancy in otters.", "Cold water lowers buoyancy in otters."),
        ("Otters dive to a depth of 18 m.", "Otters dive to a depth of 18.1 m."),
        ("Otters dive to a depth of over 18 m.", "Otters dive to a depth of 31 m."),
        ("Otters dive for 18 s.", "Otters dive for 31 min."),
        ("The depth of otter dives is 18%.", "The depth of otter dives is 31 m."),
        ("Otters kept 12 pebbles in 2014.", "Otters kept 19 pebbles in 2015."),
        ("Otters of river 18 were weighed on a balance.", "Otters of river 31 were weighed on a balance."),
        (
            "Experiment 2 finds a rise of buoyancy in otters.",
            "Experiment 3 finds a rise of buoyancy in otters.",
        ),
        ("In phase 2, otters kept brass pebbles.", "In phase 3, otters kept brass pebbles."),
        ("Otters near Lundby dive to 18 m.", "Otters near Kvarn dive to 31 m."),
        ("OtterNet finds 81% of the pebbles.", "BeaverNet finds 64% of the pebbles."),
        ("Salt raises the buoyancy of otters.", "Salt lowers the appetite of beavers."),
        (
            "Otters recall 3 of 5 pebbles and 7 of 9 shells.",
            "Otters recall 4 of 6 pebbles and 8 of 11 shells.",
        ),
    ],
)
def test_what_only_looks_like_it(one: str, other: str) -> None:
    assert kind(one, other) == ""


@pytest.mark.parametrize(
    "aside",
    [
        "Our method finds 81% of the pebbles.",
        "We propose a net that finds 81% of the pebbles.",
        "The corpus holds 4,200 pebbles.",
        "This raises the buoyancy of otters.",
        "It is unclear whether salt raises the buoyancy of otters.",
        "Existing methods do not find pebbles.",
        "Does salt raise the buoyancy of otters?",
        "Without salt, otters do not float in rivers.",
        "Otters 81%.",
        " ".join(["otters"] * 61),
    ],
)
def test_what_states_nothing_of_the_world(aside: str) -> None:
    assert statement(aside) is None


def test_a_finding_of_ones_own_experiments_is_one_of_the_world() -> None:
    assert statement("In our experiments otters find 81% of the pebbles.") is not None


def test_two_plain_words_are_no_topic() -> None:
    assert kind("Models are good.", "Models are not good.") == ""


def test_the_reason_says_both_sides() -> None:
    read = statement("Salt raises the buoyancy of otters."), statement("Salt lowers the buoyancy of otters.")
    assert read[0] and read[1]
    found = clash(*read)  # type: ignore[arg-type]
    assert found and found.reason == "one says raises, the other lowers" and found.shared == 1.0
