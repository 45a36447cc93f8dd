"""What is shown beside a quoted row of a table."""

import pytest

from assistant.text.rows import above
from assistant.types import Sentence

TABLE = [
    ("sentence", "They were timed."),
    ("row", "stray 1"),
    ("sentence", "Table 1 has all."),
    ("caption", "Table 2: Times of sorting."),
    ("row", "Method  8k  1M"),
    ("row", "(unit)  ms  ms"),
    ("row", "Otters  12  40"),
    ("row", "Seals"),
    ("row", "Voles  13  41"),
    ("caption", "Fig. 2: A river."),
    ("row", "x  y"),
    ("row", "1  2"),
    ("caption", "TABLE III"),
]


def sentences() -> list[Sentence]:
    return [Sentence("a", n, n, n + 1, text, None, None, kind) for n, (kind, text) in enumerate(TABLE)]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, []),
        (4, [3]),
        (5, [3, 4]),
        (6, [3, 4, 5]),
        (8, [3, 4, 5]),
        (11, [12, 10]),
    ],
)
def test_caption_and_heads(number: int, shown: list[int]) -> None:
    every = sentences()
    assert above(every[number], every) == tuple(every[n].text for n in shown)


def test_a_paper_that_is_one_table() -> None:
    every = [Sentence("a", n, n, n + 1, text, None, None, "row") for n, text in enumerate(("a  b", "1  2"))]
    assert above(every[1], every) == ()
