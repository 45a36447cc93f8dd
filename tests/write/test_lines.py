"""Replies in lines: in any pieces, cut anywhere, with other lines between."""

import pytest

from assistant.types import DraftClaim, DraftQuote
from assistant.write.lines import LineReader
from assistant.write.reply import Reading, Written


def read(text: str, piece: int = 10**9) -> Reading:
    made = LineReader()
    for at in range(0, len(text), piece):
        made.feed(text[at : at + piece])
    return made.close()


LINES = """\
Sure, here it is.

**CLAIM:** Otters sort pebbles.
QUOTE [ab12]: "They sort pebbles by weight."
- QUOTE [cd34]: “It is slow.”
A line that is none of them.
CLAIM: They dive.
SHOWN BY: [CD7]
shown by: He saw it himself.
claim 3: Third [AB1].
**SHOWN_BY:** AB2, CD3
QUOTE ab12: 'a "b" c'
MISSING: how deep
MISSING: none
"""
IN_LINES = [
    Written(
        DraftClaim(
            "Otters sort pebbles.",
            (),
            (DraftQuote("ab12", "They sort pebbles by weight."), DraftQuote("cd34", "It is slow.")),
        )
    ),
    Written(DraftClaim("They dive.", ("CD7",), (DraftQuote(None, "He saw it himself."),))),
    Written(DraftClaim("Third.", ("AB1", "AB2", "CD3"), (DraftQuote("ab12", 'a "b" c'),)), 3),
]


@pytest.mark.parametrize("piece", [1, 5, 10**9])
@pytest.mark.parametrize("end", ["", "\n"])
def test_lines(piece: int, end: str) -> None:
    reading = read(LINES.strip() + end, piece)
    assert (reading.claims, reading.missing, reading.whole) == (IN_LINES, ("how deep",), True)


def test_lines_that_were_cut_lose_the_last_claim() -> None:
    for end in range(LINES.index("QUOTE ab12"), LINES.index("MISSING: how")):
        reader = LineReader()
        reader.feed(LINES[:end])
        reader.reading.cut = True
        assert reader.close().claims == IN_LINES[:2] and not reader.reading.whole


@pytest.mark.parametrize("text", ["", "Otters sort pebbles.", 'QUOTE [a]: "b"', "CLAIM:", "MISSING:"])
def test_lines_that_say_nothing_cannot_be_read(text: str) -> None:
    assert not read(text).readable
