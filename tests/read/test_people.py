"""Lines between title and abstract, word by word → the names in them."""

import pytest

from assistant.read.layout.lines import Line, line_of
from assistant.read.layout.pen import Font, Word
from assistant.read.layout.people import authors_in

ROMAN = Font("Roman", False, False, False, False)


def line(text: str, x: float = 50, base: float = 700, column: int = 0) -> Line:
    """Of words 5 points a letter wide: a ^ raises what follows it, a ~ makes it small capitals' small letters."""
    words: list[Word] = []
    for part in text.split(" "):
        for n, piece in enumerate(part.replace("~", "^~").split("^")):
            if not piece:
                continue
            size = 10.0 if n == 0 else 7.0
            raised = 3.7 if n and piece[0] != "~" else 0.0
            shown = piece.lstrip("~")
            width = 5.0 * len(shown) * size / 10
            words.append(Word(shown, x, x + width, base + raised, size, ROMAN, n == 0))
            x += width
        x += 3
    return line_of(words, 0, column)


@pytest.mark.parametrize(
    "lines",
    [
        ["Ada Winter^a,1 , Bo Summer^b,∗ and Cy Autumn^c"],
        ["Ada Winter^\x84 , Bo Summer^\x85 , Cy Autumn^1,\x86"],
        ["Ada Winter^1[0000−0001−1111−2222] , Bo Summer^2[0000−", "^0001−1111−2222] , and Cy Autumn^1"],
        ["Ada Winter^1 and Bo Summer^2 and", "Cy Autumn^1"],
        ["A~da W~inter", "Bo Summer", "Cy Autumn"],
        ["Ada Wint~er", "Bo Summer", "Cy Autumn"],
    ],
)  # fmt: skip
def test_what_is_raised_behind_names_is_none_of_them(lines: list[str]) -> None:
    found = authors_in([line(text, base=700 - 12 * n) for n, text in enumerate(lines)], "")
    assert [name.casefold() for name in found] == ["ada winter", "bo summer", "cy autumn"]


def test_a_raised_figure_before_a_place_opens_no_name() -> None:
    places = [line("Ada Winter^1"), line("^1a Lake Nine, Lake Ten", base=680)]
    assert authors_in(places, "") == ("Ada Winter",)


@pytest.mark.parametrize("level", [0.0, 1.5])
def test_names_in_rows_of_columns_are_read_row_by_row(level: float) -> None:
    left = [line("Ada Winter"), line("Cy Autumn", base=650)]
    right = [line("Bo Summer", 300, 700 + level, 1), line("Di Spring", 300, 650 + level, 1)]
    assert authors_in([*left, *right], "") == ("Ada Winter", "Bo Summer", "Cy Autumn", "Di Spring")


def test_names_of_a_second_page_follow_those_of_the_first() -> None:
    later = line("Bo Summer", 20, 780)
    later.page = 1
    assert authors_in([line("Ada Winter"), later], "") == ("Ada Winter", "Bo Summer")
