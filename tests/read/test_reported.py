"""What public reports say that tools misread (columns, footnotes, titles, abstracts), each rebuilt as a small page."""

import pytest

from assistant.split import sentences
from tests.pdfs import Ruled, Set, column
from tests.read.test_layout import BOLD, HEAD, LEFT, RIGHT, SLANTED, paper, said, two_columns

BESIDE = "went back to the water. The heaviest came"
"""Where the left column ends and the right one begins."""


def test_a_picture_above_the_left_column_does_not_put_the_right_one_first() -> None:
    found = paper([*HEAD, *column(50, 642, LEFT), *column(310, 690, [*RIGHT, *RIGHT])])
    assert found.text.index("Lakes in the north") < found.text.index("The heaviest came")


def test_a_journals_name_that_is_larger_than_the_title_is_none_of_it() -> None:
    head = [
        Set(60, 800, 18, "Journal of Northern Lakes", SLANTED),
        Set(60, 770, 15, "Warm Lakes and Their Perch", BOLD),
    ]
    found = paper([*head, HEAD[1], *two_columns()])
    assert found.title == "Warm Lakes and Their Perch"


def test_a_title_that_reads_like_a_journals_name_is_one_where_there_is_no_other() -> None:
    head = [Set(60, 760, 17, "Annals of the Northern Lakes", BOLD), HEAD[1]]
    assert paper([*head, *two_columns()]).title == "Annals of the Northern Lakes"


def test_a_kind_of_article_above_the_title_is_none_of_it() -> None:
    for kind in ("ORIGINAL ARTICLE", "Research Article", "Review", "Open Access", "LETTER"):
        found = paper([Set(60, 790, 11, kind, BOLD), *HEAD, *two_columns()])
        assert (found.title, found.authors) == ("Warm Lakes and Their Perch", ("Ada Winter", "Bo Summer")), (
            kind
        )


def test_highlights_are_not_the_abstract() -> None:
    points = [
        "• Lakes in the north warm faster.",
        "• Perch move down to where oxygen is low.",
        "• They grow less.",
    ]
    found = paper([*HEAD, Set(50, 710, 11, "Highlights", BOLD), *column(50, 695, points),
                   Set(50, 640, 11, "a b s t r a c t"), *column(50, 620, [*LEFT, "water again."]),
                   Set(50, 540, 12, "1. Introduction", BOLD), *column(50, 520, RIGHT)])  # fmt: skip
    assert found.abstract is not None
    assert found.abstract.startswith("Lakes in the north") and found.abstract.endswith("water again.")


@pytest.mark.parametrize(
    ("ruled", "heading"), [(True, "1. Introduction"), (False, "1. Introduction"), (True, "1. Lakes")]
)
def test_an_abstract_beside_what_is_said_of_the_article(ruled: bool, heading: str) -> None:
    """As Elsevier sets it: the history and keywords in a narrow column; a rule or the introduction ends it."""
    aside = [
        "Article history:",
        "Received 3 May 2020",
        "Accepted 9 June 2021",
        "Keywords:",
        "Perch",
        "Oxygen",
        "Lakes",
    ]
    names = [Set(50, 705, 9, "A R T I C L E   I N F O"), Set(200, 705, 9, "A B S T R A C T")]
    abstract = column(200, 685, [*(f"{line} and of them" for line in LEFT), "it was said."], 9)
    body = [Set(50, 570, 11, heading, BOLD), *two_columns(550)]
    rules = [Ruled(50, 545, 720), Ruled(50, 545, 600)] if ruled else []
    found = paper([*HEAD, *names, *column(50, 685, aside, 8), *abstract, *rules, *body])
    assert [each.section for each in sentences(found) if each.text.startswith("The heaviest")] == [heading]
    assert found.abstract is not None
    assert found.abstract.startswith("Lakes in the north") and found.abstract.endswith("it was said.")
    assert "Keywords" not in found.abstract and "Received" not in found.abstract and BESIDE in found.text


def test_an_abstract_in_parts_with_headings_of_their_own_is_one() -> None:
    parts = []
    for n, (name, lines) in enumerate(
        (("Background", LEFT[:3]), ("Results", RIGHT[1:4]), ("Conclusions", RIGHT[2:]))
    ):
        parts += [Set(50, 680 - 60 * n, 10, f"{name}:", BOLD), *column(50, 668 - 60 * n, lines)]
    found = paper(
        [
            *HEAD,
            Set(50, 700, 12, "Abstract", BOLD),
            *parts,
            Set(50, 480, 12, "1  Lakes", BOLD),
            *column(50, 460, LEFT),
        ]
    )
    assert found.abstract is not None and found.abstract.endswith("what follows.")
    assert all(name in found.abstract for name in ("Background", "Results", "Conclusions"))


def test_a_title_that_the_document_states_and_the_page_has_not_is_none() -> None:
    for stated in (
        "7074.dvi",
        "Microsoft Word - paper.doc",
        "untitled",
        "arXiv:2401.01234v1  [cs.CL]",
        "Lakes, Perch and Other Fish",
    ):
        assert paper([*HEAD, *two_columns()], info=f"/Title ({stated})").title == "Warm Lakes and Their Perch"


def test_numbered_lines_of_a_manuscript_are_in_no_sentence() -> None:
    lines = [Set(60, 700 - 20 * n, 10, line) for n, line in enumerate([*LEFT, *RIGHT] * 3)]
    last = [line._replace(y=line.y + 60) for line in lines[:3]]
    pages = [
        [Set(25, line.y, 8, str(n)) for n, line in enumerate(page, first)]
        for page, first in ((lines, 41), (last, 71))
    ]
    found = paper([*HEAD, *lines, *pages[0]], [*last, *pages[1]])
    assert not any(str(n) in found.text for n in range(41, 74)) and BESIDE in found.text


def test_an_initial_belongs_to_its_word() -> None:
    beside = ["akes in the north warm faster than those", "the south have ever done, for their ice"]
    found = paper([*HEAD, Set(50, 678, 27, "L"), *column(70, 690, beside), *column(50, 666, LEFT[1:])])
    assert "Lakes in the north" in found.text


def test_an_initial_that_is_a_word_stays_one() -> None:
    beside = ["lake in the north warms faster than one in", "the south has ever done, for all its ice"]
    found = paper([*HEAD, Set(50, 678, 27, "A"), *column(73, 690, beside), *column(50, 666, LEFT[1:])])
    assert "A lake in the north" in found.text


def test_heads_on_left_and_right_pages_are_none_of_the_text() -> None:
    pages: list[list[Set | Ruled]] = [[*HEAD, *two_columns()]]
    lakes = ("Inari", "Oulu", "Pielinen", "Saimaa", "Umea")
    for n, lake in enumerate(lakes, 2):
        even, odd = Set(50, 810, 9, f"{n}   A. Winter and B. Summer"), Set(430, 810, 9, f"Warm Lakes   {n}")
        lines = [f"Of {lake} we say: {line}" for line in (*LEFT, *RIGHT)]
        pages.append([odd if n % 2 else even, *column(50, 770, lines)])
    found = paper(*pages)
    assert "A. Winter" not in found.text and found.text.count("Warm Lakes") == 1
    assert all(f"Of {lake} we say: Lakes" in found.text for lake in lakes)


def test_a_note_of_the_publisher_at_the_foot_of_the_left_column_parts_no_sentence() -> None:
    note = column(
        50,
        120,
        [
            "Permission to make copies of all or part of this work is",
            "granted without fee. Lakes '24, Oulu, Finland.",
            "ISBN 978-1-4503-0000-0/24/06",
        ],
        7,
    )
    found = paper([*HEAD, *column(50, 690, LEFT), *note, *column(310, 690, RIGHT)])
    assert BESIDE in found.text
    assert [part.kind for part in found.parts if "Permission" in found.text[part.start : part.end]] == [
        "footnote"
    ]


def test_a_figure_over_both_columns_in_the_middle_of_a_page() -> None:
    wide = [
        Set(
            50,
            560,
            9,
            "Figure 2: The nine lakes of the north, by the day on which their ice goes, in ten years.",
        )
    ]
    found = paper([*HEAD, *two_columns(), *wide, *two_columns(520)])
    assert found.text.count(BESIDE) == 2
    assert said(found, "caption") == [wide[0].text]


def test_a_last_page_of_uneven_columns() -> None:
    found = paper([*HEAD, *two_columns()], [*column(50, 760, LEFT), *column(310, 760, RIGHT[:2])])
    assert found.text.count(BESIDE) == 2


def test_a_stamp_of_who_fetched_it_is_no_text() -> None:
    stamp = Set(580, 200, 7, "Downloaded from lakes.example by guest on 3 May 2024", sideways=True)
    found = paper([*HEAD, *two_columns(), stamp], [*two_columns(760), stamp])
    assert "Downloaded" not in found.text


def test_a_word_that_a_page_breaks_is_whole() -> None:
    found = paper(
        [*HEAD, *column(50, 690, [*LEFT, "sea, where they were seen for the tempera-"])],
        [*column(50, 760, ["ture that they like, and not for the food.", *RIGHT])],
    )
    assert "for the temperature that they like" in found.text


def test_footnotes_below_both_columns_stand_behind_the_paragraph() -> None:
    left, right = (
        Set(x, 90, 7.5, f"{n} See the {word} of lakes, which names them all.")
        for x, n, word in ((50, 1, "list"), (310, 2, "map"))
    )
    found = paper([*HEAD, *column(50, 690, LEFT), left, *column(310, 690, RIGHT), right])
    assert BESIDE in found.text
    assert [part.kind for part in found.parts if "which names" in found.text[part.start : part.end]] == [
        "footnote"
    ] * 2


def test_a_subtitle_in_smaller_type_is_of_the_title() -> None:
    head = [
        Set(60, 780, 18, "Warm Lakes and Their Perch", BOLD),
        Set(60, 758, 14, "A Study of Nine Years", BOLD),
    ]
    assert paper([*head, HEAD[1], *two_columns()]).title == "Warm Lakes and Their Perch A Study of Nine Years"


def test_a_title_of_three_lines_is_whole() -> None:
    head = [
        Set(60, 800 - 20 * n, 17, line, BOLD)
        for n, line in enumerate(
            (
                "Warm Lakes and Their Perch in the",
                "North, as Counted in Nine Years by",
                "Those Who Fish There",
            )
        )
    ]
    found = paper([*head, Set(60, 738, 11, "Ada Winter and Bo Summer"), *two_columns()])
    assert (
        found.title
        == "Warm Lakes and Their Perch in the North, as Counted in Nine Years by Those Who Fish There"
    )
    assert found.authors == ("Ada Winter", "Bo Summer")


def test_letter_spaced_headings_are_headings() -> None:
    found = paper(
        [*HEAD, *column(50, 690, LEFT), Set(50, 610, 10, "R E S U L T S", BOLD), *column(50, 590, RIGHT)]
    )
    assert [each.section for each in sentences(found) if each.text.startswith("In the others")] == ["RESULTS"]


def test_columns_that_are_parted_by_a_rule() -> None:
    rows = [Ruled(304.5, 305, 690 - n) for n in range(0, 60, 2)]
    assert BESIDE in paper([*HEAD, *two_columns(), *rows]).text


def test_a_narrow_gutter_of_nine_points() -> None:
    wide = [line + " the" for line in LEFT]
    found = paper([*HEAD, *column(50, 690, wide), *column(275, 690, RIGHT)])
    assert "Lakes in the north warm faster than those in the the south" in found.text


def test_a_word_in_the_margin_is_not_read_into_the_line() -> None:
    notes = [Set(470, 666, 7, "See lakes"), Set(470, 657, 7, "of the south")]
    found = paper([*HEAD, *column(50, 690, [*LEFT, *RIGHT]), *notes])
    assert BESIDE in found.text and "earlier than it did when the first records began." in found.text


def test_the_number_of_an_arxiv_stamp_is_kept_and_its_text_is_not() -> None:
    stamp = Set(25, 250, 18, "arXiv:2401.01234v2  [q-bio.PE]  3 May 2024", sideways=True)
    found = paper([*HEAD, *two_columns(), stamp])
    assert found.arxiv == "2401.01234" and "q-bio" not in found.text and found.year == 2024


def test_a_table_over_both_columns_is_not_cut_at_the_gutter() -> None:
    rows = [
        ["Lake", "Depth", "Ice", "Perch", "Oxygen"],
        ["Inari", "92", "171", "212", "9.1"],
        ["Oulu", "35", "150", "198", "8.4"],
    ]
    cells = [
        Set(60 + 100 * k, 600 - 14 * n, 9, cell) for n, row in enumerate(rows) for k, cell in enumerate(row)
    ]
    table = [
        Set(50, 625, 9, "Table 1: Lakes, their depth, and what lives in them."),
        Ruled(50, 545, 612),
        Ruled(50, 545, 595),
        *cells,
        Ruled(50, 545, 565),
    ]
    found = paper([*HEAD, *two_columns(), *table, *two_columns(540)])
    assert "Oulu  35  150  198  8.4" in found.text and found.text.count(BESIDE) == 2
