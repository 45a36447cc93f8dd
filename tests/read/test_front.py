"""What a first page says of its paper: authors, year, abstract."""

from pathlib import Path

import pytest

from assistant.read import front, read
from assistant.read.layout import Line
from tests.pdfs import made

TITLE = "Tides of the River Dee"


def lines(*texts: str) -> list[Line]:
    return [Line(text, 50, 700 - 12 * n, 50 + 5 * len(text), 710 - 12 * n) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["Ada Brook1"], "Ada Brook"),
        (["Ada Brook1, 2 and Per Rill1"], "Ada Brook, Per Rill"),
        (["Ada Brook1", ", Per Rill2", ", and Mia van den Berg∗"], "Ada Brook, Per Rill, Mia van den Berg"),
        (["Ada Brook ∗ 1", "Per Rill † 2", "1ByteSea Labs 2Dee University"], "Ada Brook, Per Rill"),
        (["Ada Brook,†", "and", "Per", "M. Rill‡", "†Department of Tides"], "Ada Brook, Per M. Rill"),
        (["Ada Brook", "University of Dee", "Per Rill"], "Ada Brook"),
        (["Ada Brook", "ada@dee.org", "Per Rill"], "Ada Brook"),
        (["Ada Brook", "Abstract", "Per Rill"], "Ada Brook"),
        (["A subtitle that is long and says what the whole paper is about", "Ada Brook"], ""),
        (["University of Dee"], ""),
        ([], ""),
    ],
)
def test_the_names_below_the_title(cells: list[str], expected: str) -> None:
    assert ", ".join(front.authors(lines(TITLE, *cells), TITLE, {})) == expected


def test_a_title_over_two_lines_and_one_that_is_not_there() -> None:
    found = lines("Tides of the", "River Dee", "Ada Brook", "Dee University")
    assert front.authors(found, TITLE, {}) == ("Ada Brook",)
    assert front.authors(found, None, {}) == front.authors(found, "Herons", {}) == ()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Ada Brook, Per Rill", ("Ada Brook", "Per Rill")),
        ("admin", ("Ada Brook",)),
        ("John Smith", ("Ada Brook",)),
        ("", ("Ada Brook",)),
    ],
)
def test_what_the_document_says_is_believed_if_the_page_says_so_too(
    told: str, expected: tuple[str, ...]
) -> None:
    found = lines(TITLE, "Ada Brook", "Dee University", "with help by Per Rill")
    assert front.authors(found, TITLE, {"Author": told}) == expected


@pytest.mark.parametrize(
    ("marginal", "info", "expected"),
    [
        (["J. Tides 12(3), 2021"], {}, 2021),
        (["arXiv:2401.01234v2 [cs.CL] 3 Jan 2024"], {"Subject": "2020"}, 2024),
        (["12"], {"Subject": "Proceedings of Tides 2019"}, 2019),
        (["Dee 1234", "1899.2020.1"], {}, None),
        ([], {}, None),
    ],
)
def test_the_year_that_is_printed(marginal: list[str], info: dict[str, str], expected: int | None) -> None:
    assert front.year(marginal, info) == expected


BODY = (
    "We measure the tides of a river in the north, day by day and month by month, and find that they are high. "
    * 2
)


@pytest.mark.parametrize("heading", ["Abstract", "ABSTRACT", "Abstract:", "Summary"])
@pytest.mark.parametrize(
    "behind", ["1 Introduction", "Introduction", "Keywords: tides", "1. Tides", "I. INTRODUCTION", "Keywords"]
)
def test_where_the_abstract_stands(heading: str, behind: str) -> None:
    text = f"{TITLE}\nAda Brook\n\n{heading}\n\n{BODY}\n\n{behind}\n\nRivers are long."
    found = front.abstract(text)
    assert found and text[slice(*found)] == BODY.strip()


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"Abstract\n{BODY}",
        f"Abstract\nShort.\nIntroduction\n{BODY}",
        f"{'x ' * 4000}\nAbstract\n{BODY}\nIntroduction\n",
    ],
)
def test_where_none_is_to_be_told_apart(text: str) -> None:
    assert front.abstract(text) is None


def test_an_abstract_that_begins_in_its_headings_line() -> None:
    text = f"{TITLE}\nAbstract—{BODY}\nKeywords: tides\n"
    found = front.abstract(text)
    assert found and text[slice(*found)] == BODY.strip()


def test_a_whole_page() -> None:
    page = [(18, TITLE), (10, "Ada Brook1 and Per Rill2"), (10, "1University of Dee"), (10, "Abstract")]
    page += [
        (10, BODY[:60]),
        (10, BODY[60:106]),
        (10, BODY[60:106]),
        (10, "1 Introduction"),
        (10, "Rivers are long."),
    ]
    (paper,) = read(made([page]), Path("a.pdf"))
    assert (paper.title, paper.authors) == (TITLE, ("Ada Brook", "Per Rill"))
    assert paper.abstract and paper.abstract.startswith("We measure") and paper.abstract.endswith("high.")
    assert paper.text[: paper.body].startswith(TITLE)
