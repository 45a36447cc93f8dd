"""More of what public reports say that tools misread (heads, captions, DOIs, typed pages), as small pages."""

import pytest

from tests.pdfs import Ruled, Set, column
from tests.read.test_classes import headings
from tests.read.test_layout import BOLD, CODE, HEAD, LEFT, RIGHT, paper, said, two_columns

WIDE = [f"{line} {other}" for line, other in zip(LEFT, RIGHT, strict=True)]


def test_a_last_page_of_two_rows_in_two_columns() -> None:
    found = paper([*HEAD, *two_columns()], [*column(50, 760, LEFT[3:]), *column(310, 760, RIGHT[:2])])
    assert found.text.count("went back to the water. The heaviest came") == 2


def test_an_underlined_first_line_of_a_page_is_no_heading() -> None:
    second = [*column(50, 760, LEFT[3:]), Ruled(50, 262, 757), *column(50, 736, RIGHT)]
    found = paper([*HEAD, *column(50, 690, [*LEFT, *RIGHT, *LEFT[:3]])], second)
    assert headings(found) == []
    assert "first records began. We counted" in found.text


def test_a_heading_and_a_tables_last_row_at_a_pages_edges_are_kept() -> None:
    rows = [["Inari", "92", "171"], ["Oulu", "35", "150"], ["Saimaa", "82", "161"]]
    table = [
        Set(60 + 100 * k, 66 - 12 * n, 9, cell) for n, row in enumerate(rows) for k, cell in enumerate(row)
    ]
    first = [*HEAD, *column(50, 690, LEFT), Set(50, 90, 9, "Table 1: Lakes and their depth.", BOLD), *table]
    found = paper(first, [Set(50, 805, 12, "2  Perch of the Lakes", BOLD), *column(50, 785, WIDE)])
    assert headings(found) == ["2 Perch of the Lakes"]
    assert said(found, "row")[-1:] == ["Saimaa  82  161"]


def test_a_paragraph_that_opens_with_a_part_of_a_figure_is_no_caption() -> None:
    opens = "Figure 3a illustrates how perch move down in"
    found = paper([*HEAD, *column(50, 690, LEFT), *column(310, 690, [opens, *RIGHT])])
    assert said(found, "caption") == [] and "Figure 3a illustrates how" in found.text


def test_a_head_above_a_table_that_goes_on_is_no_row() -> None:
    names = iter("Inari Oulu Saimaa Pielinen Umea Keitele Lentua Kemi Simo Puula Vesi Nasi".split())
    pages: list[list[Set | Ruled]] = [[*HEAD, *column(50, 690, WIDE)]]
    for n in range(3):
        cells = [(next(names), "9" * (m + 1), "4") for m in range(4)]
        rows = [
            Set(60 + 150 * k, 760 - 14 * m, 9, cell)
            for m, row in enumerate(cells)
            for k, cell in enumerate(row)
        ]
        head = [Set(50, 806, 9, "O. Winter et al."), Set(420, 806, 9, f"Journal of Lakes {n + 30} (2020)")]
        pages.append([*head, *rows, *column(50, 600, WIDE)])
    found = paper(*pages)
    assert "Winter et al." not in found.text and len(said(found, "row")) == 12
    assert said(found, "row")[0] == "Inari  9  4"


OWN = "10.1371/journal.pone.0263302"


@pytest.mark.parametrize(
    "other", ["10.5281/zenodo.4711", "10.6084/m9.figshare.47", "10.5061/dryad.47", "10.1000/182"]
)
@pytest.mark.parametrize("foot", [f"https://doi.org/{OWN}", f"DOI: {OWN}"])
def test_the_doi_of_the_data_or_of_what_is_cited_is_not_the_papers(other: str, foot: str) -> None:
    text = [*LEFT[:4], f"It is at https://doi.org/{other}", *RIGHT]
    own = Set(50, 40, 8, foot)
    assert paper([*HEAD, *column(50, 690, text), own], [*two_columns(), own]).doi == OWN


def test_a_doi_of_data_in_the_head_is_not_the_papers_if_there_is_another() -> None:
    data = Set(50, 720, 9, "Data: https://doi.org/10.5281/zenodo.4711")
    assert paper([*HEAD, data, *column(50, 690, [*LEFT, f"This is https://doi.org/{OWN}"])]).doi == OWN
    assert paper([*HEAD, data, *column(50, 690, LEFT)]).doi == "10.5281/zenodo.4711"


def test_a_doi_in_the_text_is_the_papers_if_there_is_no_other() -> None:
    found = paper([*HEAD, *column(50, 690, [*LEFT, f"This is https://doi.org/{OWN}"])])
    assert found.doi == OWN


def test_a_typed_paper_is_text_and_its_code_is_not_told() -> None:
    found = paper(
        [Set(60, 760, 17, "Warm Lakes and Their Perch", CODE), *column(50, 690, [*LEFT, *RIGHT], 10, CODE)]
    )
    assert "We say below what follows." in said(found)
    assert not [part for part in found.parts if part.kind == "listing"]


def test_code_beside_as_much_text_stays_code() -> None:
    code = column(50, 500, ["for lake in lakes: count(lake)", "print(total)"] * 6, 10, CODE)
    found = paper([*HEAD, *column(50, 690, [*LEFT, *RIGHT]), *code, *column(50, 340, LEFT)])
    assert [part.kind for part in found.parts if "print" in found.text[part.start : part.end]] == ["listing"]
