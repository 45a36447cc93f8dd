"""Pages just beyond what makes columns, tables, captions and paragraphs."""

from tests.pdfs import Ruled, Set, column
from tests.read.test_layout import HEAD, LEFT, RIGHT, paper, said, two_columns

BESIDE = "went back to the water. The heaviest came"
WIDE = [f"{line} {other}" for line, other in zip(LEFT, RIGHT, strict=True)]


def test_terms_beside_their_meaning_are_no_column() -> None:
    terms = column(50, 600, ["the eel", "the roe", "the net", "the ice", "the tip"])
    found = paper(
        [*HEAD, *column(50, 690, WIDE), *terms, *column(100, 600, [f"is what {line}" for line in LEFT])]
    )
    assert found.text.index("the eel") < found.text.index(f"is what {LEFT[0]}") < found.text.index("the roe")


def test_a_few_rows_of_two_columns_that_leave_a_strip_of_their_own_make_no_third() -> None:
    left, right = [*LEFT, *RIGHT, *LEFT[:2]], [*RIGHT, *LEFT, *RIGHT[:2]]
    halves = [
        Set(x, 690 - 12 * n, 10, word)
        for n in range(4)
        for x, word in ((310, "perch and pike"), (430, "roach and eels"))
    ]
    found = paper([*HEAD, *column(50, 690, left), *halves, *column(310, 642, right[4:])])
    assert "that had warmed least. In the others the fish had moved down" in found.text


def test_three_rows_with_a_gap_are_no_columns_of_a_page_of_text() -> None:
    rows = [
        Set(x, 560 - 12 * n, 10, f"{word} row {n}")
        for n in range(3)
        for x, word in ((50, "Of perch in the lakes of the"), (330, "and of pike in"))
    ]
    found = paper([*HEAD, *column(50, 690, WIDE), *column(50, 630, WIDE), *rows, *column(50, 524, WIDE)])
    assert found.text.index("the row 0") < found.text.index("in row 0") < found.text.index("the row 1")


def test_rules_at_the_top_and_the_foot_of_a_page_hold_no_table() -> None:
    assert BESIDE in paper([*HEAD, Ruled(50, 545, 800), *two_columns(), Ruled(50, 545, 60)]).text


def test_text_between_two_rules_is_text() -> None:
    found = paper(
        [*HEAD, *column(50, 690, WIDE), Ruled(50, 545, 600), *column(50, 585, WIDE), Ruled(50, 545, 530)]
    )
    assert said(found, "row") == [] and found.text.count("because their ice goes two weeks") == 2


def test_short_lines_between_rules_far_apart_are_no_rows() -> None:
    names = column(50, 560, ["Of the perch", "Of the pike", "Of the roach"])
    found = paper(
        [
            *HEAD,
            *column(50, 690, WIDE),
            Ruled(50, 545, 600),
            *names,
            Ruled(50, 545, 400),
            *column(50, 380, WIDE),
        ]
    )
    assert said(found, "row") == []


def test_a_number_far_below_a_table_is_none_of_its_rows() -> None:
    rows = [
        Set(x, 570 - 12 * n, 10, cell) for n in range(3) for x, cell in ((50, f"Lake {n}"), (200, f"{n}7"))
    ]
    found = paper(
        [*HEAD, *column(50, 690, WIDE), Set(50, 590, 9, "Table 1: Lakes."), *rows, Set(50, 480, 10, "1996")]
    )
    assert said(found, "row") == ["Lake 0  07", "Lake 1  17", "Lake 2  27"]


def test_a_paragraph_right_below_a_short_caption_in_its_type_is_none_of_it() -> None:
    found = paper([*HEAD, *column(50, 690, WIDE), *column(50, 600, ["Figure 1: Perch of the north.", *WIDE])])
    assert said(found, "caption") == ["Figure 1: Perch of the north."]


def test_a_compound_that_shares_its_second_part_with_the_next_keeps_its_hyphen() -> None:
    assert (
        "in low- and high-lying lakes"
        in paper([*HEAD, *column(50, 690, ["They are found in low-", "and high-lying lakes."])]).text
    )


def test_an_indented_line_below_a_short_one_opens_a_paragraph_whatever_ended_it() -> None:
    lines = [
        *column(50, 690, [*WIDE[:2], "of which we count these"]),
        Set(65, 654, 10, "Perch move down."),
        *column(50, 642, WIDE),
    ]
    assert "of which we count these\n\nPerch move down." in paper([*HEAD, *lines]).text


def test_a_wide_space_in_a_line_across_the_columns_does_not_cut_it() -> None:
    across = [
        Set(60, 660, 10, "They were counted in all of the nine lakes, in June."),
        Set(292, 660, 10, "Then they were weighed, and measured."),
    ]
    found = paper([*HEAD, *across, *column(50, 600, [*LEFT, *RIGHT]), *column(320, 600, [*RIGHT, *LEFT])])
    assert (
        "in June. Then they were weighed" in found.text and found.text.count("water. The heaviest came") == 2
    )
