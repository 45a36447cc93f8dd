"""What a cited sentence says on the strength of which citations."""

from pathlib import Path

import pytest

from assistant.draft import read
from assistant.draft.claims import claims


def said(folder: Path, text: str) -> list[tuple[str, str]]:
    path = folder / "draft.md"
    path.write_text(text, encoding="utf-8")
    return [(claim.text, " ".join(claim.keys)) for s in read(path).sentences for claim in claims(s)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Otters carry pebbles [@a; @b].", [("Otters carry pebbles.", "a b")]),
        (
            "Otters carry pebbles to the shore [@a], whereas herons hunt fish under lamps [@b; @c].",
            [("Otters carry pebbles to the shore", "a"), ("Herons hunt fish under lamps.", "b c")],
        ),
        (
            "Animals such as otters [@a], herons [@b] and bees [@c] return.",
            [("Animals such as otters, herons and bees return.", "a b c")],
        ),
        (
            "Otters carry pebbles to the shore [@a], and we build on that.",
            [("Otters carry pebbles to the shore", "a")],
        ),
        (
            "Unlike the otters of earlier work [@a], herons hunt fish at night [@b].",
            [("Unlike the otters of earlier work, herons hunt fish at night.", "a b")],
        ),
        (
            "Large animal models such as OtterNet [@a], and smaller animal models such as HeronNet [@b].",
            [("Large animal models such as OtterNet, and smaller animal models such as HeronNet.", "a b")],
        ),
        (
            "Otters carry pebbles to the shore [@a], which herons of the bay never do.",
            [("Otters carry pebbles to the shore, which herons of the bay never do.", "a")],
        ),
        (
            "Otters carry pebbles to the shore [@a], whereas herons hunt fish under lamps [@b], where it is warm.",
            [
                ("Otters carry pebbles to the shore", "a"),
                ("Herons hunt fish under lamps, where it is warm.", "b"),
            ],
        ),
        ("The largest net (OtterNet 2, [@a]) dives.", [("The largest net (OtterNet 2) dives.", "a")]),
        ("The otters [@a] that carry pebbles rest.", [("The otters that carry pebbles rest.", "a")]),
    ],
)
def test_clauses(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    assert said(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@a carry 5 pebbles home.", "The authors carry 5 pebbles home."),
        ("@a show that otters carry pebbles.", "Otters carry pebbles."),
        (
            "As Brook et al. [-@a] report, otters carry pebbles.",
            "As the authors report, otters carry pebbles.",
        ),
        ("Brook et al. (2021) found that otters rest.", "Otters rest."),
        ("Otters rest (Brook and Rill, 2021).", "Otters rest."),
        ("[@a] carry pebbles home.", "The authors carry pebbles home."),
    ],
)
def test_who_is_cited_is_not_part_of_the_claim(tmp_path: Path, text: str, expected: str) -> None:
    assert [claim for claim, _ in said(tmp_path, text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "We follow [@a].",
        "See [@a] for a survey.",
        "(See also [@a] and [@b].)",
        "For more details, we refer the reader to [@a].",
        "In our experiments we use the pebbles of @a.",
        "Following @a, we train on 12 beaches with a rate of 0.1.",
        "Our OtterNet is compared to PebbleNet [@a], i.e. a network.",
        "Details are in related work [@a].",
        "Pebbles (5-shot): OtterNet [@a], HeronNet [@b].",
    ],
)
def test_a_pointer_says_nothing(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "We use PebbleNet [@a], which needs half the time.",
        "We train otters and show that they rest [@a].",
        "We find that otters rest, as in [@a].",
        "Otters rest [@a].",
    ],
)
def test_what_is_said_beside_a_pointer_counts(tmp_path: Path, text: str) -> None:
    assert len(said(tmp_path, text)) == 1
