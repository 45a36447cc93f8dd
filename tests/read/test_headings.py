"""Headings that little tells from the text: in small type, of few letters, in narrow columns."""

import pytest

from tests.pdfs import Set, column
from tests.read.test_classes import headings
from tests.read.test_layout import BOLD, HEAD, LEFT, RIGHT, paper, said, two_columns

WIDE = [f"{line} {other}" for line, other in zip(LEFT, RIGHT, strict=True)]


def test_numbered_headings_in_small_bold_type_are_no_drawings_words_and_no_notes() -> None:
    small = [Set(50, 600, 9, "II. PIKE", BOLD), Set(50, 589, 9, "IN LAKES", BOLD)]
    found = paper([*HEAD, *column(50, 690, WIDE), *small, *column(50, 570, WIDE)],
                  [*column(50, 760, WIDE), Set(50, 110, 9, "III. EELS", BOLD)],
                  [Set(60, 770, 8, "Figure 1: Eels."), *column(50, 730, WIDE)])  # fmt: skip
    assert headings(found) == ["II. PIKE IN LAKES", "III. EELS"]


def test_bold_labels_in_small_type_that_no_text_follows_are_no_headings() -> None:
    labels = [Set(60 + 150 * n, 600, 9, f"{n} Net", BOLD) for n in (1, 2)]
    found = paper([*HEAD, *column(50, 690, WIDE), *labels, Set(60, 570, 9, "3 Boat", BOLD)])
    assert headings(found) == []
    found = paper([*HEAD, *column(50, 690, WIDE), Set(60, 600, 9, "Net", BOLD), *column(50, 570, WIDE)])
    assert headings(found) == []


@pytest.mark.parametrize(
    ("line", "y", "is_heading"),
    [("2. PIKE", 610, True), ("2 | PIKE", 610, True), ("2. PIKE", 618.5, False), ("PIKE", 610, False)],
)
def test_a_numbered_heading_of_few_capitals_stands_apart(line: str, y: float, is_heading: bool) -> None:
    found = paper([*HEAD, *column(50, 678, WIDE), Set(50, y, 10, line), *column(50, y - 20, WIDE)])
    assert headings(found) == [line] * is_heading


def test_a_large_headings_words_may_stand_far_apart_in_a_narrow_column() -> None:
    words = [
        Set(x, 600, 14, word, BOLD) for x, word in ((50, "2"), (75, "Pike"), (140, "and"), (230, "Eels"))
    ]
    found = paper([*HEAD, *two_columns(), *words, *column(50, 570, LEFT), *column(310, 600, RIGHT)])
    assert headings(found) == ["2 Pike and Eels"]


FULL = "weighed each fish when it went back to where we caught it; and we say"


@pytest.mark.parametrize("last", [FULL, f"{FULL} all of it.", "weighed each fish; and we say"])
def test_an_item_at_the_top_of_a_page_goes_on_with_a_full_line_that_ends_no_sentence(last: str) -> None:
    second = ["3) what they eat, we cannot say.", *RIGHT]
    found = paper([*HEAD, *column(50, 690, [*LEFT[:4], last])], column(50, 760, second))
    whole = any("and we say 3) what they eat, we cannot say." in text for text in said(found))
    assert whole == (last == FULL)
