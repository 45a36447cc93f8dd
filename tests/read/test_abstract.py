"""Abstracts that no word names, and such as stand beside other things."""

import pytest

from tests.pdfs import Set, column
from tests.read.test_layout import BOLD, HEAD, LEFT, RIGHT, SLANTED, paper, said, two_columns

ROMAN = 0
TEXT = [*LEFT, *RIGHT]
WIDE = [f"{line} {other}" for line, other in zip(LEFT, RIGHT, strict=True)]
LAST = "water again, as they had been."
OPENS = "Lakes in the north"
HEADING = Set(50, 590, 12, "2  Lakes", BOLD)


def abstract_of(*items: Set) -> str | None:
    return paper([*HEAD, *items]).abstract


@pytest.mark.parametrize(
    ("x", "font", "size", "is_one"),
    [
        (50, BOLD, 10, True),
        (50, SLANTED, 10, True),
        (70, ROMAN, 10, True),
        (50, ROMAN, 9, True),
        (50, ROMAN, 10, False),
    ],
)
def test_text_that_is_set_apart_from_what_follows_is_the_abstract(
    x: float, font: int, size: float, is_one: bool
) -> None:
    lines = WIDE if x == 50 else [line[:-14] for line in WIDE]
    apart = column(x, 690, [*lines[:4], LAST], size, font)
    found = abstract_of(*apart, *column(50, 600, WIDE), *column(50, 500, WIDE))
    assert (found is not None and found.startswith(OPENS) and found.endswith(LAST)) == is_one
    assert is_one or found is None


def test_text_across_the_columns_above_them_is_the_abstract() -> None:
    across = column(50, 690, [f"{line} {line[:14]}" for line in WIDE])
    body = [*column(50, 600, TEXT), *column(310, 600, TEXT)]
    found = abstract_of(*across, *body)
    assert found is not None and found.startswith(OPENS) and found.endswith(across[-1].text)


@pytest.mark.parametrize(("times", "is_one"), [(1, True), (7, False)])
def test_what_stands_before_the_first_section_is_the_abstract_unless_it_is_long(
    times: int, is_one: bool
) -> None:
    text = column(50, 690, [*WIDE * times, LAST])
    heading = Set(50, text[-1].y - 26, 12, "1  Lakes", BOLD)
    found = paper([*HEAD, *text, heading, *column(50, heading.y - 20, WIDE[:3])])
    assert (found.abstract is not None) == is_one
    assert any(LAST in each for each in said(found))
    assert not any(LAST in found.text[part.start : part.end] for part in found.parts)


def test_a_short_note_before_the_first_section_is_no_abstract() -> None:
    note = Set(50, 690, 10, "They were all of them there when it was begun.")
    assert abstract_of(note, HEADING._replace(text="1  Lakes"), *column(50, 570, WIDE)) is None


def test_an_abstract_may_open_with_a_line_that_names_a_group() -> None:
    first = "A group of lakes warms faster than those that lie in the south of it, where"
    apart = column(50, 690, [first, *WIDE[:3], LAST], 9)
    found = abstract_of(*apart, *column(50, 600, WIDE))
    assert found is not None and found.startswith("A group of lakes")


def test_where_people_are_is_none_of_an_abstract_in_the_same_type() -> None:
    place = Set(50, 705, 9, "Institute of Lakes, University of Oulu, Finland")
    found = abstract_of(place, *column(50, 690, [*WIDE[:4], LAST], 9), *column(50, 600, WIDE))
    assert found is not None and found.startswith(OPENS)


def test_a_few_words_in_small_type_before_the_text_are_no_abstract() -> None:
    assert abstract_of(*column(50, 690, WIDE[:1], 9), *column(50, 650, WIDE)) is None


def test_a_page_of_small_text_above_a_note_is_no_abstract() -> None:
    small, note = (
        column(50, 690, WIDE, 9),
        Set(50, 100, 7, "1 See the list of all lakes and what they are called."),
    )
    body = [*column(50, 760, WIDE), *column(50, 600, WIDE), *column(50, 500, WIDE)]
    assert paper([*HEAD, *small, note], body).abstract is None


def test_an_abstract_in_double_spacing_goes_on_behind_a_line_that_ends_a_sentence() -> None:
    lines = [LEFT[0], "the south. Their ice goes two weeks, they say.", *LEFT[2:], LAST]
    spaced = [Set(50, 680 - 24 * n, 10, line) for n, line in enumerate(lines)]
    below = [Set(50, 480 - 24 * n, 10, line) for n, line in enumerate(WIDE)]
    found = abstract_of(Set(50, 705, 10, "Abstract", BOLD), *spaced, *below)
    assert found is not None and found.startswith(OPENS) and found.endswith(LAST)


def test_an_abstract_left_of_the_articles_history() -> None:
    names = [Set(50, 700, 9, "ABSTRACT", BOLD), Set(420, 700, 9, "ARTICLE HISTORY", BOLD)]
    aside = column(420, 685, ["Received 3 May 2020", "Accepted 9 June 2021", "KEYWORDS", "Perch; oxygen"], 8)
    abstract = column(50, 685, [*(f"{line} and of them all" for line in LEFT), "it was said."], 9)
    found = paper(
        [*HEAD, *names, *aside, *abstract, Set(50, 600, 12, "1. Lakes", BOLD), *column(50, 580, WIDE)]
    )
    assert found.abstract is not None
    assert found.abstract.startswith(OPENS) and found.abstract.endswith("it was said.")
    assert "Received" not in found.abstract and "Perch; oxygen" not in found.abstract


def test_notes_and_a_listings_numbers_beside_an_abstract_are_none_of_it() -> None:
    lines = [*LEFT, *RIGHT[:2], LAST]
    notes = [Set(480, 671, 8, "Editor: E. Pike"), Set(480, 635, 8, "Software: none")]
    numbers = [Set(300, 690 - 8 * n, 5, str(n + 1)) for n in range(8)]
    for aside in (notes, numbers):
        found = abstract_of(Set(50, 705, 10, "ABSTRACT", BOLD), *column(50, 688, lines), *aside, HEADING,
                            *column(50, 570, LEFT))  # fmt: skip
        assert found is not None and found.startswith(OPENS) and found.endswith(LAST)
        assert not any(each.text in found for each in notes)


@pytest.mark.parametrize("address", ["https://lakes.org/perch/of/the/north/and/of/it/all/1996", "andof" * 11])
def test_an_address_that_sticks_out_of_its_column_is_read_in_it(address: str) -> None:
    left = [
        *column(50, 690, LEFT[:4]),
        Set(120, 642, 10, address),
        *column(50, 630, ["that is all of it.", *LEFT]),
    ]
    found = paper([*HEAD, *left, Set(50, 642, 10, "It is kept at"), *column(310, 690, [*RIGHT, *RIGHT])])
    whole = f"It is kept at {address} that is all of it." in found.text
    assert whole == address.startswith("https") and (not whole or found.text.count(" ".join(RIGHT)) == 2)


def test_an_address_across_the_gutter_in_a_line_across_both_columns_stays_in_it() -> None:
    text = (
        "It is kept for all who want it at https://lakes.org/perch/of/the/north and is free for all of them."
    )
    found = paper([*HEAD, *two_columns(), Set(50, 600, 12, text), *two_columns(570)])
    assert text in found.text


@pytest.mark.parametrize(("last", "goes_on"), [("water again, as", True), ("water again.", False)])
@pytest.mark.parametrize("notes", [0, 1])
def test_a_sentence_of_an_abstract_that_a_pages_end_breaks_goes_on_on_the_next(
    last: str, goes_on: bool, notes: int
) -> None:
    mark = Set(50, 705, 10, "Abstract", BOLD)
    first = [*HEAD, mark, *column(50, 690, [*WIDE, last])]
    second = [*column(50, 760, [f"they had been {line}" for line in WIDE[:2]]), HEADING._replace(y=700)]
    note = Set(50, 60, 7, "1 They are listed in the appendix, all of them.")
    found = paper([*first, *[note] * notes], [*second, *column(50, 680, WIDE)]).abstract
    assert found is not None and ("they had been" in found) == goes_on and "2  Lakes" not in found
    assert found.endswith(second[1].text if goes_on else last)


@pytest.mark.parametrize(("times", "is_one"), [(1, True), (7, False)])
def test_text_alone_on_the_page_behind_the_titles_is_the_abstract_unless_it_is_long(
    times: int, is_one: bool
) -> None:
    text = [*WIDE[:4] * times, LAST]
    body = [Set(50, 760, 12, "1  Lakes", BOLD), *column(50, 740, WIDE)]
    found = paper([*HEAD], [*column(50, 690, text)], body).abstract
    assert (found is not None) == is_one
    assert found is None or (found.startswith(OPENS) and found.endswith(LAST))


def test_text_alone_below_a_title_is_no_abstract() -> None:
    assert paper([*HEAD, *column(50, 690, [*WIDE[:4], LAST])], [*column(50, 740, WIDE)]).abstract is None


@pytest.mark.parametrize(
    ("number", "title"),
    [("LAKES2021-1234", "Warm Lakes and Their Perch"), ("LAKES-AND-PERCH", "LAKES-AND-PERCH")],
)
def test_a_papers_number_is_no_title_however_large(number: str, title: str) -> None:
    bold = [Set(60, 730, 10, "Warm Lakes and Their Perch", BOLD), Set(60, 700, 10, "Ada Winter")]
    notes = [Set(300, 800 - 10 * n, 8, f"Conference on Lakes, part {n} of June", BOLD) for n in range(3)]
    found = paper(
        [*notes, Set(300, 760, 13, number, BOLD), *bold, *column(50, 650, WIDE), *column(50, 500, WIDE)]
    )
    assert found.title == title
