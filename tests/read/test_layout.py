"""Pages of a PDF: order, running heads, stamps, captions."""

from pathlib import Path

import pytest

from assistant.errors import ReadError
from assistant.read import read
from assistant.read.layout import Line, Page, _joined, reading
from tests.pdfs import made

CASES = Path(__file__).parents[3] / "shared" / "data" / "cases" / "readers"


def page(*lines: tuple[str, float, float] | Line, left: float = 50) -> Page:
    """A page of 600 by 800 points; lines 10 high, by text, left and bottom, 5 points a character."""
    made = [
        each
        if isinstance(each, Line)
        else Line(each[0], each[1], each[2], each[1] + 5 * len(each[0]), each[2] + 10)
        for each in lines
    ]
    return Page(600, 800, tuple(made))


def read_of(*pages: Page) -> list[list[str]]:
    return [list(each) for each in reading(pages).pages]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        page((f"Otters / J. Sea {n} (2020)", 50, 770), (f"Otters dive {n}.", 50, 400), (str(n), 300, 20))
        for n in (7, 8)
    ]
    assert read_of(*pages) == [["Otters dive 7."], ["Otters dive 8."]]


def test_what_comes_once_or_stands_within_the_page_stays() -> None:
    once = page(
        ("A title at the top", 50, 770), ("Otters dive.", 50, 400), ("12", 50, 300), ("Page 3 of 9", 300, 30)
    )
    same = [page(("Otters dive.", 50, 400)) for _ in range(3)]
    assert read_of(once, *same)[0] == ["A title at the top", "Otters dive.", "12"]
    assert read_of(*same) == [["Otters dive."]] * 3


def test_heads_of_even_and_odd_pages_take_turns() -> None:
    pages = [
        page(("Otters" if n % 2 else "Brook and Rill", 50, 770), (f"Text {n}.", 50, 400)) for n in range(6)
    ]
    assert read_of(*pages) == [[f"Text {n}."] for n in range(6)]


def test_a_stamp_on_the_margin_is_no_text_and_its_number_is_kept() -> None:
    stamp = Line("arXiv:2401.01234v2 [cs.CL] 3 Jan 2024", 16, 200, 33, 520)
    found = reading([page(stamp, ("Otters dive.", 50, 400))])
    assert (found.pages, found.arxiv, found.marginal) == ((("Otters dive.",),), "2401.01234", (stamp.text,))
    assert reading([page(("See arXiv:2401.01234 for more.", 50, 400))]).arxiv is None


def test_rows_across_two_columns_are_read_column_by_column() -> None:
    rows = [
        (("left one", 50.0), ("right one", 320.0)),
        (("left two", 50), ("right two", 320)),
        (("left three", 50), ("right three", 320)),
    ]
    drawn = [(text, left, 600.0 - 12 * n) for n, row in enumerate(rows) for text, left in row]
    found = read_of(page(("Title of it", 50, 700), *drawn, ("The end of both columns", 50, 500)))
    words = "left one, left two, left three, right one, right two, right three".split(", ")
    assert found == [["Title of it", *words, "The end of both columns"]]
    two = [(text, left, 600.0 - 12 * n) for n, row in enumerate(rows[:2]) for text, left in row]
    assert read_of(page(*two)) == [["left one", "right one", "left two", "right two"]]


def test_parts_of_a_line_are_joined_and_columns_are_not() -> None:
    parts = [
        Line("Ada Brook1", 50, 600, 100, 610),
        Line(", Per Rill2", 101, 598, 150, 610),
        Line("and", 154, 600, 170, 610),
    ]
    apart = Line("Mia Sand", 190, 600, 240, 610)
    below = Line("Otters dive.", 50, 580, 110, 590)
    assert [line.text for line in _joined([*parts, apart, below])] == [
        "Ada Brook1, Per Rill2 and", "Mia Sand", "Otters dive.",
    ]  # fmt: skip
    assert list(_joined([])) == []


def test_a_caption_stands_behind_the_sentence_that_it_interrupts() -> None:
    found = read_of(
        page(
            ("Otters dive for", 50, 600),
            ("Fig. 1: Dives a day,", 50, 560),
            ("counted by hand.", 50, 549),
            ("pebbles and fish.", 320, 600),
            ("They rest.", 320, 588),
        )
    )
    assert found == [
        [
            "Otters dive for",
            "pebbles and fish.",
            "",
            "Fig. 1: Dives a day,",
            "counted by hand.",
            "",
            "They rest.",
        ]
    ]


@pytest.mark.parametrize("opening", ["Figure 1. It", "Table 2: They"])
def test_a_line_of_running_text_is_no_caption(opening: str) -> None:
    lines = [("Otters dive as is seen in", 50.0, 600.0), (f"{opening} shows dives.", 50.0, 589.0)]
    assert read_of(page(*lines)) == [[text for text, _, _ in lines]]


def test_a_caption_opens_a_page_or_ends_it() -> None:
    assert read_of(page(("Table 1. Dives.", 50, 700), ("Otters dive.", 50, 600))) == [
        ["Otters dive.", "", "Table 1. Dives.", ""]
    ]
    assert read_of(page(("Otters dive", 50, 700), ("Table 1. Dives.", 50, 600))) == [
        ["Otters dive", "", "Table 1. Dives.", ""]
    ]


def test_a_sentence_goes_on_over_a_page() -> None:
    first = [(18, "Tides of the River Dee"), (10, "We measure the tides of a river that")]
    (paper,) = read(
        made([first, [(10, "is long, and its fish.")], [(10, "The end is here.")]]), Path("a.pdf")
    )
    assert "river that\nis long, and its fish.\n\nThe end" in paper.text


def test_a_scan_with_a_few_letters_is_refused() -> None:
    with pytest.raises(ReadError, match="holds no text"):
        read(made([[(10, "Form 03")], [(10, "Form 05")]]), Path("a.pdf"))


@pytest.mark.skipif(not CASES.exists(), reason="the data folder is not beside this checkout")
@pytest.mark.parametrize(
    ("name", "held", "absent"),
    [
        (
            "rows_across_columns",
            "Lakes in the north warm\nfaster than those in the\nsouth",
            "north warm Fish move",
        ),
        ("arxiv_stamp", "than it did in 1970.", "arXiv"),
        ("line_end_hyphen", "is permitted in long-term contracts", "longterm"),
        ("running_head", "with little oxygen\nfalls by a fifth each summer.", "J. Lakes"),
    ],
)
def test_reported_cases(name: str, held: str, absent: str) -> None:
    path = CASES / f"{name}.pdf"
    (paper,) = read(path.read_bytes(), path)
    assert paper.title == "Warming of Northern Lakes" and held in paper.text and absent not in paper.text
    assert (paper.arxiv == "2401.01234") == (name == "arxiv_stamp")
