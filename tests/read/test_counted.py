"""Headings of documents whose type does not tell them: by their numbers, and by where they stand."""

from pathlib import Path

import pytest

from assistant.read import read
from tests.pdfs import Set, column, placed

LINES = [
    "Lakes in the north warm faster than those in the south, because their ice goes",
    "two weeks earlier than it did when the first records began. We counted perch in",
    "nine of them, and weighed each fish before it went back to the water.",
]
BOLD = 1


def headings(
    *titles: str, above: float = 20, below: float = 20, font: int = 0, second: str = ""
) -> list[str]:
    """Of a page of paragraphs, a title before each, all of one size of type, with 12 points between lines."""
    page, y = [*column(50, 780, LINES)], 756.0
    for title in titles:
        y -= above
        page.append(Set(50, y, 10, title, font))
        if second:
            y -= 12
            page.append(Set(50, y, 10, second, font))
        y -= below
        page += column(50, y, LINES)
        y -= 24
    (found,) = read(placed([page]), Path("a.pdf"))
    return [found.text[part.start : part.end] for part in found.parts if part.kind == "heading"]


@pytest.mark.parametrize(
    "titles",
    [
        ["1 Lakes and Ice", "2 Counting Perch", "3 What We Say"],
        ["I. Lakes and Ice", "II. Counting Perch", "III. What We Say", "IV. Thanks to All"],
        ["1. Lakes and Ice", "1.1 Northern Lakes", "1.2 Southern Lakes", "2. Counting Perch", "2.1 By Net"],
        ["1 Lakes and Ice", "3 What We Say"],
    ],
)
def test_headings_that_count_on_are_told_by_their_numbers(titles: list[str]) -> None:
    assert headings(*titles) == titles


@pytest.mark.parametrize(
    ("titles", "found"),
    [
        (["2 Counting Perch", "7 What We Say"], []),
        (["4 Counting Perch", "1 What We Say"], ["1 What We Say"]),
        (["1 Lakes and Ice", "1 Lakes Once More", "4 Far Behind"], ["1 Lakes and Ice"]),
        (["1 Lakes and Ice.", "1 Lakes and Ice"], ["1 Lakes and Ice"]),
        (["1 Kg", "1 Lakes and Ice"], ["1 Lakes and Ice"]),
        (["V. Lakes and Ice", "IV. Counting Perch"], []),
    ],
)
def test_numbers_that_do_not_count_on_and_sentences_are_none(titles: list[str], found: list[str]) -> None:
    assert headings(*titles) == found


@pytest.mark.parametrize(
    ("above", "below", "is_heading"), [(13.5, 13.5, True), (13, 20, False), (20, 13, False)]
)
def test_a_heading_stands_apart_on_both_sides(above: float, below: float, is_heading: bool) -> None:
    assert headings("1 Lakes and Ice", above=above, below=below) == ["1 Lakes and Ice"] * is_heading


def test_a_heading_may_go_on() -> None:
    assert headings("1 Lakes and Ice in the North", second="and in the South") == [
        "1 Lakes and Ice in the North and in the South"
    ]


@pytest.mark.parametrize(("letters", "is_heading"), [(100, True), (101, False)])
def test_what_is_longer_than_headings_are_is_none(letters: int, is_heading: bool) -> None:
    assert bool(headings("1 Lakes and Ice in the North", second="and ".ljust(letters + 1, "x"))) == is_heading


def test_where_there_is_bold_type_it_tells_headings_and_numbers_do_not() -> None:
    page = [
        Set(50, 780, 10, "Warm lakes", BOLD),
        *column(50, 750, LINES),
        Set(50, 706, 10, "1 Lakes and Ice"),
    ]
    (found,) = read(placed([[*page, *column(50, 686, LINES)]]), Path("a.pdf"))
    assert [found.text[part.start : part.end] for part in found.parts if part.kind == "heading"] == [
        "Warm lakes"
    ]
