"""What stands at a page's edges: heads that count their pages, numbers that count its lines."""

import pytest

from tests.pdfs import Set, column
from tests.read.test_layout import HEAD, LEFT, RIGHT, paper, two_columns

PAGE = [*LEFT, *RIGHT] * 3


@pytest.mark.parametrize(
    ("heads", "kept"), [(("2  A. Winter", "4  A. Winter"), 0), (("2  A. Winter", "5  A. Winter"), 2)]
)
def test_a_head_of_two_pages_that_says_how_far_they_are_apart_is_no_text(
    heads: tuple[str, str], kept: int
) -> None:
    pages = [[Set(50, 764, 12, head), *two_columns(740)] for head in heads]
    found = paper([*HEAD, *two_columns()], pages[0], two_columns(740), pages[1])
    assert found.text.count("A. Winter") == kept


@pytest.mark.parametrize(
    ("first", "step", "every", "x", "dropped"),
    [
        (5, 5, 5, 535, True),
        (5, 5, 5, 30, True),
        (5, 5, 5, 300, False),
        (1, 1, 3, 535, False),
        (5, 5, 8, 535, False),
    ],
)
def test_numbers_of_each_fifth_line_outside_the_text_are_none_of_it(
    first: int, step: int, every: int, x: float, dropped: bool
) -> None:
    lines = [Set(60 if x < 100 else 50, 720 - 20 * n, 10, text) for n, text in enumerate(PAGE[:29])]
    numbers = [Set(x, line.y, 6, str(first + step * n)) for n, line in enumerate(lines[4::every])]
    told = {str(first + step * n) for n in range(len(numbers))}
    found = paper([*HEAD, *lines, *numbers, Set(400, 100, 10, "Perch move down.")])
    assert (not told & set(found.text.split())) == dropped


@pytest.mark.parametrize(("x", "dropped"), [(25, True), (50, False)])
def test_line_numbers_may_begin_at_one_place_if_they_stand_outside_the_text(x: float, dropped: bool) -> None:
    lines = [Set(70, 720 - 16 * n, 10, text) for n, text in enumerate(PAGE[:28])]
    numbers = [Set(x, line.y, 6, str(n)) for n, line in enumerate(lines, 1)]
    found = paper([*HEAD, *lines, *numbers, Set(50, 250, 10, "Perch move down."), *column(50, 236, LEFT)])
    assert ({str(n) for n in range(11, 29)} & set(found.text.split()) == set()) == dropped
