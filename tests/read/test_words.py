"""Words of a line, as close as they stand → its text: where spaces are, and where a raised mark hangs."""

import pytest

from assistant.read.layout.lines import line_of
from assistant.read.layout.sheet import Font, Word

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
