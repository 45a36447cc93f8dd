"""A caption that is pointed at gives way to the row that is asked for."""

import pytest

from assistant.extract.rows import with_rows
from assistant.types import Draft, DraftClaim, Offered, Paper, Part, Source
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
