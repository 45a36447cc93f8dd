"""Words that were recognised in a scanner's picture → straight lines of one size, and the text in them."""

import time
from dataclasses import replace
from math import cos, pi, sin
from pathlib import Path

import pypdfium2
import pytest

from assistant.read import read
from assistant.read.layout.pen import Font, Word
from assistant.read.layout.scans import straightened
from assistant.read.layout.sheet import Sheet, sheet_of
from assistant.split import sentences
from eval.press import HEIGHT, MANNERS, WIDTH, Known, Setter
from eval.scan import LOOKS, Look, Scanner

ROMAN = Font("Roman", False, False, False, False)
TEXT = (
    "Lakes in the north warm faster than those in the south, because their ice goes two weeks earlier than it did. "
    "We counted perch in nine of them, and weighed each fish before it went back to the water. "
    "The heaviest came from the lake that had warmed least. In the others the fish had moved down to where the water "
    "holds little oxygen, and they grew by a fifth less than in the years before. "
)
TITLES = ("Introduction to the lakes", "How perch are counted", "What the catches tell")


def words(*given: tuple[float, float, float], width: float = 4.0) -> list[Word]:
    """One for each (left edge, base line, size), ``width`` sizes wide."""
    return [Word("perch", x, x + width * size, base, size, ROMAN, True) for x, base, size in given]


def sheet(*found: Word) -> Sheet:
    return Sheet(0, 600, 800, list(found), [], [], is_scan=True)


def bases(*found: Word) -> list[float]:
    (straight,) = straightened([sheet(*found)])
    return [round(word.base, 2) for word in straight.words]


def sizes(*found: Word) -> list[float]:
    (straight,) = straightened([sheet(*found)])
    return [round(word.size, 2) for word in straight.words]


def line(base: float, size: float = 10.0, count: int = 9) -> list[Word]:
    return words(*((50 + 50 * n, base, size) for n in range(count)))


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_scanned_paper_is_read_as_what_was_scanned(look: Look) -> None:
    setter = Setter(next(each for each in MANNERS if each.name == look.manner), Scanner(look))
    known = Known("Warm Lakes and Their Perch", ("Ada Winter", "Bo van Summer"), TEXT.strip())
    setter.front(known, "Institute of Lakes, University of Oulu")
    for n, title in enumerate(TITLES):
        setter.heading(n, title, known)
        setter.paragraph(f"{TEXT} {TEXT} {TEXT}".strip(), known)
    (found,) = read(setter.saved(known), Path("a.pdf"))
    said = [each.text for each in sentences(found) if each.kind == "sentence"]
    whole = [each for each in said if each in TEXT]
    assert (found.title, found.authors) == (known.title, known.authors)
    assert len(whole) >= 0.97 * 4 * 10
    headings = [found.text[part.start : part.end] for part in found.parts if part.kind == "heading"]
    assert headings == known.headings


@pytest.mark.parametrize("degrees", [-3.0, -0.7, 0.0, 0.3, 1.5, 3.0])
def test_a_page_that_lay_askew_is_turned_back(degrees: float) -> None:
    turned = [
        replace(
            word,
            x0=word.x0 * cos(angle) - word.base * sin(angle),
            x1=word.x1 * cos(angle) - word.base * sin(angle),
            base=word.base * cos(angle) + word.x0 * sin(angle),
        )
        for angle in (degrees * pi / 180,)
        for base in (500, 488, 476)
        for word in line(base)
    ]
    (straight,) = straightened([sheet(*turned)])
    for row, base in enumerate((500, 488, 476)):
        assert {round(word.base, 1) for word in straight.words[9 * row : 9 * row + 9]} == {base}
    assert [round(word.x0) for word in straight.words[:9]] == list(range(50, 500, 50))


def test_words_too_few_to_tell_leave_a_page_as_it_lies() -> None:
    (straight,) = straightened([sheet(*words((50, 500, 10), (95, 503, 10)))])
    assert straight.words[1].x0 == 95


@pytest.mark.parametrize(
    ("gap", "rise", "together"),
    [(9, 3.4, True), (9, 3.6, False), (11, 1.9, True), (11, 2.1, False), (24, 1.9, True), (26, 1.0, False)],
)
def test_a_word_is_of_the_line_that_it_is_near_and_level_with(
    gap: float, rise: float, together: bool
) -> None:
    first, second = words((50, 500, 10), (90 + gap, 500 + rise, 10))
    found = bases(first, second)
    assert (found[0] == found[1]) == together


def test_of_two_lines_a_word_goes_on_with_the_nearer() -> None:
    low, high, word = words((50, 500, 10), (50, 506, 10), (95, 503.4, 10))
    assert bases(low, high, word)[0] == 500


@pytest.mark.parametrize(
    ("count", "size", "usual"), [(1, 12.4, True), (1, 12.6, False), (4, 11.4, True), (4, 11.6, False)]
)
def test_the_more_words_a_line_has_the_more_its_size_tells(count: int, size: float, usual: bool) -> None:
    found = sizes(*line(500), *line(488), *line(460, size, count))
    assert (found[-1] == 10) == usual


def test_lines_of_about_one_size_beside_the_usual_have_one() -> None:
    found = sizes(*line(500), *line(488), *line(460, 14, 4), *line(440, 14.5, 3))
    assert found[-1] == found[-4] == 14


def test_a_page_that_is_no_scan_is_left_alone() -> None:
    given = replace(sheet(*words((50, 500, 10), (95, 502, 11))), is_scan=False)
    assert straightened([given]) == [given]


@pytest.mark.parametrize(
    ("share", "hidden", "is_scan"), [(0.82, 3, True), (0.78, 3, False), (0.82, 2, False), (0.82, 4, True)]
)
def test_a_scan_is_a_picture_of_the_page_with_unseen_words(share: float, hidden: int, is_scan: bool) -> None:
    scanner = Scanner(LOOKS[0])
    page = scanner.document.new_page(WIDTH, HEIGHT)
    picture = pypdfium2.PdfImage.new(scanner.document)
    picture.set_bitmap(pypdfium2.PdfBitmap.new_native(8, 8, pypdfium2.raw.FPDFBitmap_Gray))
    picture.set_matrix(pypdfium2.PdfMatrix(WIDTH, 0, 0, share * HEIGHT, 0, 0))
    page.insert_obj(picture)
    for n in range(4):
        draw = scanner.draw if n < hidden else super(Scanner, scanner).draw
        draw(page, "perch", 100, 600 - 20 * n, "roman", 10)
    document = pypdfium2.PdfDocument(scanner.saved([page]))
    assert sheet_of(document[0], 0, {}).is_scan == is_scan


def test_a_scan_without_words_has_no_lines() -> None:
    assert straightened([sheet()]) == [sheet()]


def test_a_scan_of_many_words_takes_no_longer_than_it_should() -> None:
    many = words(*((50 + n % 7, 20_000 - 8 * n, 10) for n in range(8000)))
    start = time.process_time()
    straightened([sheet(*many)])
    assert time.process_time() - start < 2
