"""Words of a line, as close as they stand → its text: where spaces are, and where a raised mark hangs."""

import pytest

from assistant.read.layout.lines import line_of, rows_of
from assistant.read.layout.pen import Font, Word
from assistant.read.layout.sheet import Sheet, sheet_of
from tests.pdfs import Set, placed

ROMAN, SLANTED = Font("Roman", False, False, False, False), Font("Slanted", False, True, False, False)


def text_of(before: str, word: str, gap: float, font: Font = SLANTED, spaced: bool = True) -> str:
    words = [
        Word(before, 50, 60, 500, 10, SLANTED, True),
        Word(word, 60 + gap, 80, 500, 10, font, spaced),
    ]
    return line_of(words, 0, 0).text


@pytest.mark.parametrize(
    ("before", "word", "gap", "font", "spaced", "text"),
    [
        ("of", "fish", 0.6, SLANTED, True, "of fish"),
        ("of", "fish", 0.3, SLANTED, True, "offish"),
        ("of", "fish", 0.6, SLANTED, False, "offish"),
        ("of", "fish", 1.9, SLANTED, False, "offish"),
        ("of", "fish", 2.1, SLANTED, False, "of fish"),
        ("of", "fish", 0.6, ROMAN, True, "offish"),
        ("of", "fish", 0.9, ROMAN, True, "of fish"),
        ("f", "ish", 0.6, SLANTED, True, "fish"),
        ("fis", "h", 0.6, SLANTED, True, "fish"),
        ("2Y", ")", 0.6, SLANTED, True, "2Y)"),
        ("Y2", "is", 0.6, SLANTED, True, "Y2is"),
    ],
)
def test_the_space_before_a_slanted_f_is_kept_and_a_formulas_letters_stay_together(
    before: str, word: str, gap: float, font: Font, spaced: bool, text: str
) -> None:
    assert text_of(before, word, gap, font, spaced) == text


def small(text: str, x: float, raised: float) -> Word:
    return Word(text, x, x + 4 * len(text), 500 + raised, 7, ROMAN, False)


def test_what_is_raised_hangs_on_what_is_raised_before_it() -> None:
    words = [
        Word("R", 50, 57, 500, 10, ROMAN, True),
        *(small(sign, 57 + 4 * n, 3.5) for n, sign in enumerate("12n")),
    ]
    far = small("9", 90, 3.5)
    rows = rows_of(Sheet(0, 600, 800, [*words, far], [], []))
    assert [[word.text for word in row] for row in rows] == [["9"], ["R", "1", "2", "n"]]


@pytest.mark.parametrize(("by", "shown"), [(3.5, "10⁻¹⁵"), (-1.5, "10₋₁₅"), (0.0, "10−15")])
def test_a_line_is_as_large_as_what_others_are_raised_or_lowered_beside(by: float, shown: str) -> None:
    line = line_of([Word("10", 50, 60, 500, 10, ROMAN, True), small("−15", 60, by)], 0, 0)
    assert line.text == shown
    assert line.size == (10 if by else 7)
    assert line_of([Word("1", 50, 55, 500, 10, ROMAN, True), small("−15151", 55, by)], 0, 0).size == 7


def test_a_character_without_a_meaning_moves_no_other() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(
        placed([[Set(50, 700, 10, "Cold\x03 lakes"), Set(150, 700, 10, "warm")]])
    )
    last = sheet_of(document[0], 0, {}).words[-1]
    assert (last.text, round(last.x0)) == ("warm", 150)


@pytest.mark.parametrize(("height", "rows"), [(5.9, 1), (6.1, 2)])
def test_small_signs_high_above_a_line_are_raised_and_higher_ones_a_row_of_their_own(
    height: float, rows: int
) -> None:
    words = [Word("fish", 50, 60, 500, 10, ROMAN, True), Word("n", 61, 64, 500 + height, 8.2, ROMAN, False)]
    assert len(rows_of(Sheet(0, 600, 800, words, [], []))) == rows


def of_dots(rise: int, *shown: str, slope: float = 0.0) -> bytes:
    """A PDF of words in a font of squares for "m", "1" and "2", whose digits stand ``rise`` thousandths of a size above
    the line. It has no table of its objects; PDFium looks for them."""
    lines = "".join(
        f"BT /F 10 Tf 1 {slope} {-slope} 1 50 {700 - 20 * n} Tm ({text}) Tj ET "
        for n, text in enumerate(shown)
    )
    glyphs = {"m": (0, 500), "d": (rise, rise + 300)}
    squares = {
        name: f"600 0 0 {y0} 500 {y1} d1 0 {y0} 500 {y1 - y0} re f" for name, (y0, y1) in glyphs.items()
    }
    streams = [lines, squares["m"], squares["d"]]
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 1000] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 44"
        " /LastChar 109 /Widths ["
        + "600 "
        * 66
        + "] /CharProcs << /m 6 0 R /one 7 0 R /two 7 0 R /comma 6 0 R >>"
        " /Encoding << /Type /Encoding /Differences [44 /comma 49 /one /two 109 /m] >> >>",
        *(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream" for stream in streams),
    ]
    body = "".join(f"{n} 0 obj\n{text}\nendobj\n" for n, text in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer\n<< /Root 1 0 R >>\n%%EOF\n".encode()


@pytest.mark.parametrize(
    ("rise", "words"),
    [(250, ["m²", "mm²,", "m¹²", "2", "2m", "¹²"]), (150, ["m2", "mm2,", "m12", "2", "2m", "12"])],
)
def test_digits_that_their_glyphs_raise_are_raised(rise: int, words: list[str]) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(of_dots(rise, "m2", "mm2,", "m12", "2", "2m", "12"))
    assert [word.text for word in sheet_of(document[0], 0, {}).words] == words


def test_a_slanting_lines_digits_are_not_raised() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(of_dots(0, "mmmm2", slope=0.5))
    assert "".join(word.text for word in sheet_of(document[0], 0, {}).words) == "mmmm2"


def test_raised_digits_drawn_behind_raised_ones_are_a_word_of_their_own() -> None:
    import pypdfium2

    pdf = of_dots(250, "m2) Tj ET BT /F 10 Tf 1 0 0 1 62 700 Tm (12")
    assert [word.text for word in sheet_of(pypdfium2.PdfDocument(pdf)[0], 0, {}).words] == ["m²", "¹²"]
