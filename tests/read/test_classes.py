"""What publishers' LaTeX classes set in ways of their own, each rebuilt as a small page: see eval/engine.py."""

import pytest

from assistant.types import Paper
from tests.pdfs import Set, column
from tests.read.test_layout import BOLD, HEAD, LEFT, RIGHT, paper, said, two_columns

LEVEL = 690.0
_TENTHS = (67, 67, 72, 72, 67, 61, 78, 72, 28, 67, 56, 83, 72, 78, 67, 72, 67, 61, 67, 94, 67, 28)
WIDTHS = {letter: tenths / 10 for letter, tenths in zip("ABCDEFGHIKLMNOPRSTVWY.", _TENTHS, strict=True)}
"""Of Helvetica's letters in points at a size of 10."""


AT = "Lakes and their Perch, the ninth workshop of those who count them, held in Oulu"
OTHER = "Perch move down in warm years, the lakes of the north have shown, and come back"


def headings(found: Paper) -> list[str]:
    return [found.text[part.start : part.end] for part in found.parts if part.kind == "heading"]


def test_a_caption_whose_label_alone_is_bold_is_whole() -> None:
    """As Springer's llncs sets it, which looks like a heading that a paragraph goes on behind."""
    figure = [
        Set(50, 600, 9, "Fig. 1.", BOLD),
        Set(82, 600, 9, "Perch by depth and year. The darker, the older."),
    ]
    found = paper([*HEAD, *column(50, LEVEL, LEFT), *figure, *column(50, 570, RIGHT)])
    assert said(found, "caption") == ["Fig. 1. Perch by depth and year. The darker, the older."]
    assert "back to the water. The heaviest" in found.text and not headings(found)


def test_letters_that_say_where_authors_are_are_in_no_name() -> None:
    """As Elsevier sets them: raised, right behind the name."""
    names = [Set(60, 735, 11, "Ada Winter"), Set(114, 739, 7, "a,b"), Set(126, 735, 11, ", Bo Summer"),
             Set(187, 739, 7, "a"), Set(60, 722, 7, "a"), Set(64, 720, 9, "University of Oulu")]  # fmt: skip
    found = paper([HEAD[0], *names, *two_columns()])
    assert found.authors == ("Ada Winter", "Bo Summer")


def test_a_line_of_authors_that_opens_with_and() -> None:
    names = [Set(60, 735, 11, "Ada Winter, Bo Summer, Cy Autumn,"), Set(60, 722, 11, "and Dee Spring")]
    assert paper([HEAD[0], *names, *two_columns()]).authors[-2:] == ("Cy Autumn", "Dee Spring")


def capitals(x: float, y: float, words: str) -> list[Set]:
    """Small capitals, as IEEE's headings have them: the first letter of each word is as large as the body's."""
    found = []
    for word in words.split():
        found += [Set(x, y, 10, word[0]), Set(x + WIDTHS[word[0]], y, 8, word[1:])]
        x += WIDTHS[word[0]] + 0.8 * sum(WIDTHS[letter] for letter in word[1:]) + 3
    return found


@pytest.mark.parametrize("last", ["LAKES", "THE LAKES OF THE NORTH"])
def test_small_capitals_over_two_lines_are_one_heading(last: str) -> None:
    heading = [*capitals(330, 655, "II. WARMER YEARS AND DEEPER PERCH IN"), *capitals(390, 643, last)]
    right = [*column(310, LEVEL, RIGHT[:2]), *heading, *column(310, 625, [*RIGHT, *LEFT, *RIGHT])]
    found = paper([*HEAD, *column(50, LEVEL, [*LEFT, *RIGHT]), *right])
    assert headings(found) == [f"II. WARMER YEARS AND DEEPER PERCH IN {last}"]


def test_references_under_small_capitals_are_found() -> None:
    text = column(50, LEVEL, [*LEFT, *RIGHT])
    cited = column(50, 530, ["[1] A. Pike, Fish of lakes, J. Lakes 3, 2017."], 8)
    found = paper([*HEAD, *text, *capitals(140, 550, "REFERENCES"), *cited, *column(310, LEVEL, [])])
    assert found.references is not None


def test_an_abstract_under_a_large_heading_beside_the_first_section() -> None:
    """As ACM sets it: both headings at one height, in the same size."""
    found = paper([*HEAD, Set(50, 705, 12, "ABSTRACT", BOLD), Set(310, 705, 12, "1 LAKES", BOLD),
                   *column(50, LEVEL, [*LEFT, "water again."]), *column(310, LEVEL, RIGHT)])  # fmt: skip
    assert found.abstract is not None and found.abstract.startswith("Lakes in the north")
    assert headings(found) == ["1 LAKES"]


def test_a_head_that_says_what_the_first_page_says_is_a_head_where_it_stands_but_once() -> None:
    first = [*HEAD, Set(50, 720, 8, AT), *column(50, LEVEL, LEFT)]
    second = [Set(50, 750, 8, AT), Set(440, 750, 8, "Ada Winter and Bo Summer"),
              *column(50, 735, RIGHT)]  # fmt: skip
    found = paper(first, second)
    assert "back to the water. The heaviest" in found.text
    other = [second[0]._replace(text=OTHER), *second[2:]]
    assert OTHER in paper(first, other).text


def test_a_last_line_that_is_a_figure_is_no_page_number() -> None:
    found = paper([*HEAD, *column(50, 100, [*LEFT[:4], "93%."])], column(50, 760, RIGHT))
    assert "We counted perch in nine of them, and 93%." in found.text


@pytest.mark.parametrize(("x", "is_item"), [(50.0, False), (62.0, True)])
def test_a_number_that_opens_a_line_within_a_paragraph_is_no_item(x: float, is_item: bool) -> None:
    lines = ["Three things are told of lakes: 1) how warm", "2) how deep they are, and 3) what lives in all",
             "of them, from the shore to the deepest place."]  # fmt: skip
    lines[0] += " they are now;"
    text = [Set(50, 630, 10, lines[0]), Set(x, 618, 10, lines[1]), Set(50, 606, 10, lines[2])]
    found = paper([*HEAD, *column(50, LEVEL, [*LEFT, "water."]), *text])
    assert ("now;\n\n2) how" in found.text) == is_item and ("now; 2) how" in found.text) != is_item


def test_two_names_in_capitals_keep_their_hyphen() -> None:
    lines = [
        "They are counted in the way that we call LLM-",
        "IHS in what follows, and in a STORM-",
        "WATER lake.",
    ]
    assert "call LLM-IHS in" in paper([*HEAD, *column(50, LEVEL, lines)]).text


def test_ligatures_that_a_font_has_no_names_for_are_letters() -> None:
    """As TeX's fonts of dots come, where the outlines are not installed."""
    found = paper(
        [*HEAD, *column(50, LEVEL, [*LEFT, "water. The \x1csh are di\x1berent, e\x1ecient and \x1dat."])]
    )
    assert "The fish are different, efficient and flat." in found.text


def test_ligatures_of_older_fonts_are_letters_and_a_formulas_greek_is_none() -> None:
    text = "water. The \x0csh are di\x0berent, e\x0ecient and \x0dat, and ba\x0fed."
    found = paper([*HEAD, *column(50, LEVEL, [*LEFT, text])])
    assert "The fish are different, efficient and flat, and baffled." in found.text
    greek = [Set(50, 600, 10, "Its share is"), Set(112, 600, 10, "=\x0f"), Set(119, 600, 10, "ij")]
    assert "ffl" not in paper([*HEAD, *column(50, LEVEL, LEFT), *greek]).text


@pytest.mark.parametrize(
    "lines",
    [
        ["ADA WINTER, University of Oulu, Finland", "BO VAN SUMMER, Institute of Lakes, Norway"],
        ["ADA WINTER, BO VAN SUMMER, University of Oulu, Oulu, Finland"],
        ["ADA WINTER 1,*, BO VAN SUMMER 2"],
        ["ADA WINTER AND BO VAN SUMMER"],
    ],
)
def test_authors_before_their_places_and_with_marks_apart(lines: list[str]) -> None:
    """As ACM's journals, accelerator physicists, MDPI and the AMS set them."""
    found = paper([HEAD[0], *column(60, 735, lines, 11), *two_columns()])
    assert found.authors == ("ADA WINTER", "BO VAN SUMMER")


def test_places_alone_are_no_authors() -> None:
    lines = ["Institute of Lakes, University of Oulu, Finland", "Winter Street, Oulu, USA"]
    found = paper([HEAD[0], *column(60, 735, lines, 11), *two_columns()])
    assert found.authors == () and all(line in found.text for line in lines)


def test_smaller_type_before_the_body_is_the_abstract() -> None:
    """As physicists' journals set it, without a heading."""
    small = column(50, 705, [*LEFT, "water again, as far as is known."], 8)
    found = paper([*HEAD, *small, *column(50, 630, RIGHT), *column(310, 630, RIGHT)])
    assert found.abstract == " ".join(LEFT) + " water again, as far as is known."
    same = column(50, 705, [*LEFT, "water again, as far as is known."], 10)
    assert paper([*HEAD, *same, *column(50, 615, RIGHT)]).abstract is None


def test_what_stands_before_keywords_is_the_abstract() -> None:
    opening = column(50, 705, [*LEFT, "water again, as far as is known."])
    keys = [Set(50, 625, 10, "Additional Key Words and Phrases: lakes, perch")]
    found = paper([*HEAD, *opening, *keys, Set(50, 600, 12, "1 LAKES", BOLD), *column(50, 580, RIGHT)])
    assert found.abstract == " ".join(LEFT) + " water again, as far as is known."


def test_a_head_and_a_number_far_inside_wide_margins_are_no_text() -> None:
    """As KOMA-Script sets page numbers, and the AMS its heads."""
    pages = [
        [
            Set(130, 715, 7, f"{n} ADA WINTER AND BO SUMMER"),
            *column(130, 690, [*LEFT, *RIGHT] * 4),
            Set(295, 110, 10, str(n)),
        ]
        for n in (2, 3, 4)
    ]
    found = paper([*HEAD, *column(130, 690, [*LEFT, *RIGHT] * 4)], *pages)
    assert "WINTER AND" not in found.text and not any(each[:1].isdigit() for each in said(found))


def test_captions_alike_at_the_top_of_pages_are_no_heads() -> None:
    pages = [
        [Set(130, 710, 9, f"Figure {n}. Perch by depth and year."), *column(130, 680, [*LEFT, *RIGHT] * 4)]
        for n in (1, 2, 3)
    ]
    found = paper([*HEAD, *column(130, 690, LEFT)], *pages)
    assert said(found, "caption") == [f"Figure {n}. Perch by depth and year." for n in (1, 2, 3)]


def test_a_last_word_apart_that_no_other_page_has_is_text_in_wide_margins() -> None:
    pages = [[*column(130, 690, [*LEFT, *RIGHT] * 4), Set(130, 110, 10, end)] for end in ("Pike.", "Tench.")]
    found = paper([*HEAD, *column(130, 690, LEFT)], *pages)
    assert "Pike." in found.text and "Tench." in found.text


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ([Set(50, 600, 10, "Fig. 1 Perch by depth and year. The darker, the older.")], "Perch by depth and year."),
        ([Set(50, 600, 10, "Figure 1", BOLD), Set(50, 576, 10, "Perch by depth", 2)], "Perch by depth"),
    ],
)  # fmt: skip
def test_a_caption_in_the_bodys_type_without_a_mark_behind_its_number(label: list[Set], named: str) -> None:
    """As mechanical engineers set it, and psychologists, who set its name beneath."""
    found = paper([*HEAD, *column(50, LEVEL, LEFT), *label, *column(50, 540, RIGHT)])
    assert named in " ".join(said(found, "caption")) and "back to the water. The heaviest" in found.text


def test_a_paragraph_that_opens_with_a_figure_is_no_caption() -> None:
    opening = ["Figure 1 shows that perch move down in warm", *LEFT]
    found = paper([*HEAD, *column(50, LEVEL, [*LEFT, *RIGHT]), *column(50, 540, [*opening, *RIGHT])])
    assert said(found, "caption") == [] and any(each.startswith("Figure 1 shows") for each in said(found))


def test_an_abstract_on_the_page_behind_a_title_page() -> None:
    """As theses and manuscripts have it."""
    abstract = [Set(270, 760, 12, "Abstract", BOLD), *column(50, 730, [*LEFT, *RIGHT])]
    text = [Set(50, 760, 14, "1 Introduction", BOLD), *column(50, 730, [*RIGHT, *LEFT])]
    title = [
        Set(60, 560, 17, "Warm Lakes and Their Perch", BOLD),
        Set(60, 535, 11, "Ada Winter and Bo Summer"),
    ]
    found = paper(title, abstract, text)
    assert found.title == "Warm Lakes and Their Perch" and found.authors == ("Ada Winter", "Bo Summer")
    assert found.abstract == " ".join([*LEFT, *RIGHT])
    assert found.text.count("Lakes in the north") == 2


def test_a_summary_on_the_second_page_of_running_text_is_no_abstract() -> None:
    summary = [Set(50, 760, 12, "Summary", BOLD), *column(50, 730, [*LEFT, *RIGHT])]
    assert paper([*HEAD, *column(50, LEVEL, [*LEFT, *RIGHT])], summary).abstract is None
