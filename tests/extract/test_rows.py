"""A caption that is pointed at gives way to the row that is asked for."""

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


def catalog() -> FakeCatalog:
    text, parts = "", []
    for line, kind in zip(LINES, KINDS, strict=True):
        if kind:
            parts.append(Part(len(text), len(text) + len(line), kind, 0))
        text += line + "\n"
    return FakeCatalog([Paper(text, 0, Source("f", 0, len(text)), key="a", parts=tuple(parts))])


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
