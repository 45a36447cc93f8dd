"""A caption that is pointed at gives way to the row that is asked for."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.extract.rows import with_rows
from assistant.text.rows import rows_of
from assistant.types import Draft, DraftClaim, Offered, Paper, Part, Sentence, Source
from tests.fakes import FakeCatalog

LINES = [
    "Table 2. Times of sorting.",
    "Animal  days",
    "Otters  12",
    "Grey seals  40",
    "Grey voles  41",
    "They sort.",
]
KINDS = ["caption", "row", "row", "row", "row", ""]


def catalog(lines: Sequence[str] = LINES, kinds: Sequence[str] = KINDS, title: str = "") -> FakeCatalog:
    text, parts = "", []
    for line, kind in zip(lines, kinds, strict=True):
        if kind:
            parts.append(Part(len(text), len(text) + len(line), kind, 0))
        text += line + "\n"
    source = Source("f", 0, len(text))
    return FakeCatalog([Paper(text, 0, source, title or None, key="a", parts=tuple(parts))])


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("How many days do otters sort?", "Otters  12"),
        ("How long do grey seals take?", "Grey seals  40"),
        ("How long do the grey ones take?", LINES[0]),
        ("How long do whales take?", LINES[0]),
    ],
)
def test_the_row_that_is_spoken_of(question: str, shown: str) -> None:
    held = catalog()
    every = held.sentences_of("a")
    assert [each.text for each in every] == LINES
    offered = Offered({"c": every[0], "s": every[-1]})
    draft = Draft((DraftClaim(LINES[0], ("c",)), DraftClaim(LINES[-1], ("s",))), offered=offered)
    found = with_rows(question, draft, held)
    assert [claim.text for claim in found.claims] == [shown, LINES[-1]]
    assert [found.offered.sentences[claim.shown_by[0]].text for claim in found.claims] == [shown, LINES[-1]]


HEADS = ["Table 2. Times of sorting.", "Animal  days", "(grey seals)  (by night)"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["Otters  12", "Grey seals  40"], ["Otters  12", "Grey seals  40"]),
        (
            ["Otters  few", "Grey seals  many"],
            ["(grey seals)  (by night)", "Otters  few", "Grey seals  many"],
        ),
        (["Otters  12", "all  few"], ["Otters  12", "all  few"]),
    ],
)
def test_the_heads_of_columns_are_no_rows_of_a_table(rows: list[str], told: list[str]) -> None:
    lines = [*HEADS, *rows]
    kinds = ["caption", *["row"] * (len(lines) - 1)]
    every = [
        Sentence("a", n, n, n + 1, text, kind=kind)
        for n, (text, kind) in enumerate(zip(lines, kinds, strict=True))
    ]
    assert [each.text for each in rows_of(every[0], every)] == told
    turned = [
        replace(each, number=n) for n, each in enumerate([*every[1:], every[0]])
    ]  # the caption stands below
    assert [each.text for each in rows_of(turned[-1], turned)] == told


def pointing(question: str, *others: Paper, held: FakeCatalog | None = None) -> list[str]:
    """The claims of a draft that points at the last line, a sentence, and at the others' first."""
    held = held or catalog()
    held._papers |= {each.key: each for each in others}
    offered = {"s": held.sentences_of("a")[-1]} | {
        each.key: held.sentences_of(each.key)[0] for each in others
    }
    claims = tuple(DraftClaim(each.text, (tag,)) for tag, each in offered.items())
    return [claim.text for claim in with_rows(question, Draft(claims, offered=Offered(offered)), held).claims]


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("What are the times of otters in days?", "Otters  12"),
        ("What are the times of grey animals in days?", "They sort."),  # two rows say as much
        ("What are the times of animals in days?", "They sort."),  # no row says more by itself
        ("What are the times of otters in 12 days?", "They sort."),  # it tells no figure
        ("What are the times of otters that rest by day, eat at dusk and swim at night?", "They sort."),
    ],
)
def test_a_row_that_says_more_of_the_question_stands_for_the_sentences(question: str, shown: str) -> None:
    assert pointing(question) == [shown]


def test_sentences_of_two_papers_are_not_answered_by_a_row_of_one() -> None:
    other = Paper("Otters rest.", 0, Source("g", 0, 12), key="b")
    assert pointing("What are the times of otters in days?", other) == ["They sort.", "Otters rest."]


def one_row(sentence: str, title: str = "") -> FakeCatalog:
    return catalog([*LINES[:3], sentence], ["caption", "row", "row", ""], title)


def test_a_row_says_a_part_of_the_question_by_itself() -> None:
    held = one_row("They sort.")
    assert pointing("What are the times of the animals in days?", held=held) == ["They sort."]
    assert pointing("What are the times of otters in days?", held=held) == ["Otters  12"]


def test_a_title_is_said_with_each_row() -> None:
    question = "What are the times of otters in Telemark, in days?"
    assert pointing(question, held=one_row("They sort.", "Telemark")) == ["Otters  12"]
    assert pointing(question, held=one_row("They sort.")) == ["They sort."]


def test_a_sentence_that_says_more_of_the_question_than_a_row_stays() -> None:
    said = "At cold times otters sort for days."
    assert pointing("What are the cold times of otters in days?", held=one_row(said)) == [said]
    assert pointing("What are the times of otters in days?", held=one_row(said)) == ["Otters  12"]


def test_a_row_between_two_captions_is_one() -> None:
    lines = [*LINES[:3], "Table 3. Empty.", "They sort."]
    held = catalog(lines, ["caption", "row", "row", "caption", ""])
    assert pointing("What are the times of otters in days?", held=held) == ["Otters  12"]
