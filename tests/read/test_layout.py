"""Pages as they are typeset → text in reading order, each line as what it is. The pages are set here, line by line."""

import re
import time
from pathlib import Path

import pytest

from assistant.read import read
from assistant.split import sentences, split
from assistant.types import Paper
from tests.pdfs import FONTS, Ruled, Set, column, placed

BOLD, SLANTED, CODE = 1, 2, 3
HEAD = [Set(60, 760, 17, "Warm Lakes and Their Perch", BOLD), Set(60, 735, 11, "Ada Winter and Bo Summer")]
LEFT = [
    "Lakes in the north warm faster than those in",
    "the south, because their ice goes two weeks",
    "earlier than it did when the first records",
    "began. We counted perch in nine of them, and",
    "weighed each fish before it went back to the",
]
RIGHT = [
    "water. The heaviest came from the lake that",
    "had warmed least. In the others the fish had",
    "moved down to where the water holds little",
    "oxygen, and they grew by a fifth less than in",
    "the years before. We say below what follows.",
]


def paper(*pages: list[Set | Ruled], info: str = "") -> Paper:
    (found,) = read(placed(pages, info=info), Path("a.pdf"))
    return found


def said(found: Paper, kind: str = "sentence") -> list[str]:
    return [each.text for each in sentences(found) if each.kind == kind]


def two_columns(y: float = 690) -> list[Set | Ruled]:
    return [*column(50, y, LEFT), *column(310, y, RIGHT)]


def test_two_columns_are_read_one_after_the_other() -> None:
    text = paper([*HEAD, *two_columns()]).text
    assert "went back to the water. The heaviest came" in text
    assert text.index("two weeks earlier") < text.index("moved down")


def test_columns_whose_lines_are_not_level_are_columns_too() -> None:
    found = paper([*HEAD, *column(50, 690, LEFT), *column(310, 685, RIGHT)])
    assert "went back to the water. The heaviest came" in found.text


def test_rows_that_were_written_across_the_columns_are_not_read_across() -> None:
    rows = [
        line for pair in zip(column(50, 690, LEFT), column(310, 690, RIGHT), strict=True) for line in pair
    ]
    assert paper([*HEAD, *rows]).text == paper([*HEAD, *two_columns()]).text


def test_three_columns() -> None:
    thirds = [
        [
            "One lake is deep and cold,",
            "and its perch are large,",
            "as they were in the first",
            "of our years, when the",
        ],
        [
            "ice was thick. Another is",
            "flat and warms to the",
            "ground in June, so that",
            "nothing hides from the",
        ],
        [
            "sun. The third lake lies",
            "between the two in all",
            "that we have measured, so",
            "we leave it out of this.",
        ],
    ]
    found = paper(
        [*HEAD, *(line for n, each in enumerate(thirds) for line in column(50 + 170 * n, 690, each))]
    )
    assert "when the ice was thick." in found.text and "hides from the sun." in found.text


def test_what_runs_across_parts_the_columns() -> None:
    across = Set(50, 615, 13, "2  A heading that runs across both of the page's columns", BOLD)
    text = paper([*HEAD, *two_columns(), across, *two_columns(590)]).text
    assert text.count("went back to the water.") == 2
    assert text.index("what follows.") < text.index("2 A heading") < text.rindex("Lakes in the north")


def test_a_sentence_runs_on_over_columns_pages_and_what_stands_between() -> None:
    first = [
        *HEAD,
        *column(50, 690, LEFT),
        Set(50, 100, 8, "1 A note of the authors on how they counted."),
        *column(310, 690, RIGHT[:3]),
        *column(310, 640, ["Figure 1: Perch by depth, in nine lakes."], 9),
    ]
    found = paper(first, column(50, 760, RIGHT[3:]))
    assert "water. The heaviest came" in found.text
    assert "holds little oxygen, and they grew by a fifth less" in found.text
    assert said(found, "caption") == ["Figure 1: Perch by depth, in nine lakes."]
    (note,) = [part for part in found.parts if part.kind == "footnote"]
    assert found.text[note.start : note.end].startswith("1 A note") and note.page == 1
    by_text = {each.text: each.page for each in sentences(found)}
    assert by_text["We say below what follows."] == 2


def test_headings_name_the_section_of_each_sentence() -> None:
    found = paper(
        [
            *HEAD,
            Set(50, 700, 12, "1  Lakes", BOLD),
            *column(50, 680, LEFT[:4]),
            Set(50, 615, 12, "2.1  Perch", BOLD),
            *column(50, 595, RIGHT),
        ]
    )
    sections = {each.text.split()[0]: each.section for each in sentences(found)}
    assert (sections["Lakes"], sections["In"], sections["Lakes"]) == ("1 Lakes", "2.1 Perch", "1 Lakes")
    assert sections["Warm"] is None


def test_a_heading_that_a_paragraph_runs_on_from_is_one() -> None:
    found = paper(
        [
            *HEAD,
            *column(50, 700, LEFT),
            Set(50, 630, 10, "2.1  Perch.", BOLD),
            Set(110, 630, 10, "We counted them all, and weighed most"),
            *column(50, 618, ["of them before they went back to the water.", "None was hurt by it."]),
        ]
    )
    assert "We counted them all, and weighed most of them before they went back to the water." in said(found)
    assert sentences(found)[-1].section == "2.1 Perch."


def test_heads_feet_numbers_and_stamps_are_no_text() -> None:
    def page(number: int, *lines: Set | Ruled) -> list[Set | Ruled]:
        return [
            Set(50, 815, 8, "Winter and Summer: Warm lakes and their perch"),
            Set(500, 815, 8, f"J. Lakes 12 (2020), {number}"),
            Set(290, 30, 9, str(number)),
            *lines,
        ]

    stamp = Set(25, 250, 18, "arXiv:2401.01234v2 [q-bio] 3 Jan 2024", sideways=True)
    found = paper(page(7, stamp, *HEAD, *column(50, 690, LEFT)), page(8, *column(50, 760, RIGHT)))
    assert "went back to the water." in found.text
    assert not re.search(r"J\. Lakes|arXiv|\b[78]\b", found.text)
    assert (found.arxiv, found.year) == ("2401.01234", 2020)


def test_numbered_lines() -> None:
    lines = [*LEFT, *RIGHT] * 4
    numbers = column(20, 690, [f"{n:03}" for n in range(1, len(lines) + 1)], 10)
    found = paper([*HEAD, *numbers, *column(50, 690, lines)])
    assert not re.search(r"\d", found.text)


def test_a_tables_rows_are_units_and_in_no_sentence() -> None:
    rows = [("Lake", "Depth", "Perch"), ("Northern", "12.5", "140"), ("Southern", "3.1", "975")]
    table: list[Set | Ruled] = [Set(50, 600, 9, "Table 1: Perch by lake.")]
    for n, row in enumerate(rows):
        table += [Set(50 + 80 * k, 585 - 12 * n, 9, cell) for k, cell in enumerate(row)]
    table += [Ruled(50, 280, y) for y in (595, 581, 555)]
    found = paper([*HEAD, *column(50, 690, LEFT), *table, *column(50, 530, RIGHT)])
    assert said(found, "row") == ["Lake  Depth  Perch", "Northern  12.5  140", "Southern  3.1  975"]
    assert said(found, "caption") == ["Table 1: Perch by lake."]
    assert "went back to the water." in " ".join(said(found))
    passages = [each.text for each in split(found, str.split, 200)]
    assert any(each.startswith("Table 1") and "975" in each for each in passages)
    assert not any("975" in each and "oxygen" in each for each in passages)


def test_code_stands_apart_and_its_letters_together() -> None:
    grid = [Set(50 + 6 * n, 600, 8, char) for n, char in enumerate("@assembly begin") if char != " "]
    found = paper(
        [
            *HEAD,
            *column(50, 690, LEFT),
            *column(50, 612, ["x = f(y)"], 8, CODE),
            *grid,
            *column(50, 570, RIGHT),
        ]
    )
    (code,) = [found.text[part.start : part.end] for part in found.parts if part.kind == "listing"]
    assert code == "x = f(y)\n@assembly begin"
    assert "went back to the water." in found.text


def test_a_formula_is_in_no_sentence() -> None:
    formula = [Set(120, 615, 10, "w = a + b x"), Set(270, 615, 10, "(1)")]
    found = paper([*HEAD, *column(50, 690, LEFT), *formula, *column(50, 590, RIGHT)])
    assert "back to the water." in " ".join(said(found)) and "(1)" not in " ".join(said(found))
    assert "w = a + b x" in found.text


@pytest.mark.parametrize(
    "heading",
    [
        "References",
        "6  References",
        "VII.  REFERENCES",
        "References and Notes",
        "REFERENCES CITED",
        "Literatur",
        "Bibliography",
        "RÉFÉRENCES",
        "References (continued)",
    ],
)
def test_the_reference_list_is_found_and_the_appendix_behind_it_kept(heading: str) -> None:
    found = paper(
        [
            *HEAD,
            Set(50, 700, 12, "1  Lakes", BOLD),
            *column(50, 680, LEFT),
            Set(50, 600, 12, heading, BOLD),
            *column(
                50, 580, ["[1] Cy Autumn. Fish of the south. 2019.", "[2] Di Spring. On ice. J. Lakes, 2018."]
            ),
            Set(50, 540, 12, "A  How we counted", BOLD),
            *column(50, 520, RIGHT),
        ]
    )
    assert found.references is not None
    listed = found.text[slice(*found.references)]
    assert "Autumn" in listed and "On ice" in listed and "water" not in listed
    assert not any("Autumn" in each.text for each in sentences(found))
    assert sentences(found)[-1].section == "A How we counted"


def test_an_abstract_is_set_apart() -> None:
    found = paper(
        [
            *HEAD,
            Set(250, 700, 12, "Abstract", BOLD),
            *column(50, 680, LEFT),
            Set(50, 610, 12, "1  Lakes", BOLD),
            *column(50, 590, RIGHT),
        ]
    )
    assert found.abstract is not None
    assert found.abstract.startswith("Lakes in the north") and found.abstract.endswith("back to the")
    assert [each.section for each in sentences(found) if each.text.startswith("Lakes in")] == ["Abstract"]
    assert found.text[: found.body] == "Warm Lakes and Their Perch\nAda Winter, Bo Summer\n\n"


def test_authors_in_columns_with_places_and_addresses_beneath() -> None:
    people = [
        line
        for n, (name, place) in enumerate(
            [("Ada Winter", "University of Oulu"), ("Bo Summer", "Lake Institute, Umea")]
        )
        for line in (
            Set(90 + 250 * n, 735, 11, name),
            Set(80 + 250 * n, 722, 9, place),
            Set(85 + 250 * n, 711, 9, f"{name.split()[0].lower()}@lakes.example"),
        )
    ]
    found = paper([HEAD[0], *people, *two_columns()])
    assert found.authors == ("Ada Winter", "Bo Summer")
    assert not any("@" in each for each in said(found))


def test_marks_on_names_are_none_of_theirs() -> None:
    line = [Set(60, 735, 11, "Ada Winter"), Set(114, 739, 7, "1,2"), Set(126, 735, 11, ", Bo van Summer")]
    line += [Set(205, 739, 7, "1"), Set(212, 735, 11, "and Cy D. Autumn"), Set(304, 739, 7, "2")]
    places = [Set(60, 720, 9, "1 Institute of Lakes, Oulu"), Set(60, 708, 9, "2 Museum of Fish, Umea")]
    found = paper([HEAD[0], *line, *places, *column(50, 680, LEFT)])
    assert found.authors == ("Ada Winter", "Bo van Summer", "Cy D. Autumn")


def test_a_title_in_two_sizes() -> None:
    head = [Set(60, 770, 20, "Warm Lakes:", BOLD), Set(60, 748, 15, "What their perch tell us", BOLD)]
    found = paper([*head, HEAD[1], *column(50, 690, LEFT)])
    assert found.title == "Warm Lakes: What their perch tell us"


def test_the_documents_own_title_is_taken_where_the_page_has_it() -> None:
    plain = [Set(60, 760, 10, "Warm lakes"), HEAD[1], *column(50, 690, LEFT)]
    assert paper(plain, info="/Title (Warm Lakes)").title == "Warm lakes"
    assert paper(plain, info="/Title (thesis-final-2.doc)").title is None


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (
            ["The dose was 5-", "10 mg a day, for 510 fish in all."],
            "The dose was 5-10 mg a day, for 510 fish in all.",
        ),
        (
            ["It is permit-", "ted in contracts of a long-", "term kind."],
            "It is permitted in contracts of a long-term kind.",
        ),
        (
            ["A frame-", "work for lakes, large-", "scale and small."],
            "A framework for lakes, large-scale and small.",
        ),
        (
            ["The state-", "of-the-art way goes end-to-", "end, with-", "out in-", "fusion-like means."],
            "The state-of-the-art way goes end-to-end, without infusion-like means.",
        ),
        (
            ["See the tables of Perch.", "jl and Perch.jl for more of it."],
            "See the tables of Perch.jl and Perch.jl for more of it.",
        ),
    ],
)
def test_broken_words(lines: list[str], whole: str) -> None:
    assert whole in paper([*HEAD, *column(50, 690, lines)]).text


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["All of it is kept at http://lakes", ".org/a/tree/", "src. So are eels."], "lakes.org/a/tree/src. So are"),
        (["All of it is kept at http://lakes.", "org/a. So are eels."], "at http://lakes.org/a. So are eels."),
        (["All we have of it is at http://lakes.org.", "And/or eels are, too."], "lakes.org.\n\nAnd/or eels are"),
        (["All of it is kept at http://lakes.org/a", "for eels and/or trout."], "http://lakes.org/a for eels"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("font", [0, FONTS.index("Courier")])
def test_a_broken_address_is_whole_and_stays_in_its_sentence(lines: list[str], whole: str, font: int) -> None:
    """In the type of the text, or, but for lines of several words, in one of its own."""
    y, typed = 690 - 12 * len(LEFT), [line if len(line.split()) == 1 else "" for line in lines]
    pieces = [
        each._replace(font=font * bool(code)) for each, code in zip(column(50, y, lines), typed, strict=True)
    ]
    left = [*column(50, 690, LEFT), *pieces, *column(50, y - 12 * len(lines), RIGHT)]
    assert whole in paper([*HEAD, *left, *column(310, 690, RIGHT * 2)]).text


def test_raised_figures_stay_raised() -> None:
    line = [
        Set(50, 690, 10, "There are 10"),
        Set(111, 694, 7, "3"),
        Set(116, 690, 10, "perch in a lake, and more in the sea."),
    ]
    assert "There are 10³ perch in a lake" in paper([*HEAD, *line]).text


def test_pages_without_text_are_told_by_number() -> None:
    scan = [Ruled(50, 500, 400)]
    found = paper([*HEAD, *column(50, 690, LEFT)], scan, scan, column(50, 690, RIGHT), scan)
    assert found.warnings == ("pages 2-3, 5 hold no text (scanned?); run OCR, for example ocrmypdf",)
    assert len(found.page_starts) == 5


def test_a_lead_that_a_paragraph_opens_with_is_a_heading_and_a_theorems_is_none() -> None:
    def opened(lead: str, x: float) -> Paper:
        line = [Set(50, 630, 10, lead, BOLD), Set(x, 630, 10, "We counted them all.")]
        return paper([*HEAD, *column(50, 700, LEFT), *line, *column(50, 618, RIGHT)])

    assert "Warm lakes." in [each.section for each in sentences(opened("Warm lakes.", 120))]
    assert {each.section for each in sentences(opened("Theorem 4.", 115))} == {None}


def test_a_head_that_has_slipped_into_the_text_is_left_out() -> None:
    head = "Winter and Summer on perch"
    pages = [[Set(50, 815, 8, head), *column(50, 700, LEFT)] for _ in range(3)]
    pages[0] = [*HEAD, *pages[0], Set(50, 500, 8, head)]
    assert head not in paper(*pages).text


@pytest.mark.parametrize(
    "page",
    [
        [Set(0.02 * n, 500, 1, "a b") for n in range(20_000)],
        [Set(10 + n % 7 * 80, 0.04 * n, 5, "word") for n in range(20_000)],
        [Set(10, 500, 100, "X"), *(Set(0.03 * n, 510, 3, "2 ") for n in range(20_000))],
        [Set(50, 500, 10, "word " * 20_000)],
    ],
    ids=["one row", "many rows", "scripts", "one line"],
)
def test_a_page_of_very_many_words_takes_seconds(page: list[Set | Ruled]) -> None:
    start = time.process_time()
    paper([*HEAD, *column(50, 690, LEFT), *page])
    assert time.process_time() - start < 20


def test_a_note_at_the_foot_of_pages_takes_no_line_of_others_that_stands_as_low() -> None:
    pages: list[list[Set | Ruled]] = [
        [*column(50, 700, LEFT), *column(50, 105, ["We counted on three days.", "Each was in June."], 8)]
        for _ in range(3)
    ]
    pages.append([*column(50, 144, LEFT), *column(310, 700, RIGHT)])
    assert "went back to the water. The heaviest came" in paper([*HEAD, *pages[0]], *pages[1:]).text
