"""A PDF's page → its words with their places and fonts, its rules, and what stands sideways."""

import ctypes
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from assistant.read.layout.pen import MOST_WORDS, Font, Pen, Word, words_on

if TYPE_CHECKING:
    import pypdfium2

MOST_OBJECTS = 20_000
"""Of a page are looked at for rules: plots may draw a million lines."""
_PICTURE = 0.8
"""Of a page's area: a picture of so much is the page's own, as a scanner takes it."""
_FARTHEST = 20_000.0
"""Points from a page's corner: what claims to stand farther away is no part of it (the largest sheets have 14,400)."""


class Rule(NamedTuple):
    """A thin line across."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page, its text upright. Heights grow upwards, in points. ``figures``: boxes (x0, y0, x1, y1) of drawings that
    stand in the page as a whole and may hold words of their own; ``characters``: how many PDFium sees; ``is_scan``:
    whether its words were recognised in a picture, and lie unseen over it."""

    number: int
    width: float
    height: float
    words: list[Word]
    rules: list[Rule]
    figures: list[tuple[float, float, float, float]]
    sideways: tuple[str, ...] = ()
    characters: int = 0
    is_empty: bool = False
    is_scan: bool = False


def sheet_of(page: "pypdfium2.PdfPage", number: int, fonts: dict[str, Font]) -> Sheet:
    """The page, numbered from 0. ``fonts``: those known, to be added to."""
    left, bottom, right, top = _shown(page)
    turned: dict[int, list[Word]] = {}
    textpage = page.get_textpage()
    pen = Pen(textpage.raw, fonts)
    for turn, word in words_on(textpage, pen)[:MOST_WORDS]:
        if -_FARTHEST < word.x0 <= word.x1 < _FARTHEST > word.size and -_FARTHEST < word.base < _FARTHEST:
            turned.setdefault(turn, []).append(word)
    upright = max(turned, key=lambda t: sum(len(word.text) for word in turned[t]), default=0)
    sideways = tuple(_joined(words) for turn, words in turned.items() if turn != upright)
    words = turned.get(upright, [])
    rules, figures, covered, seen = _drawn(page, _PICTURE * (right - left) * (top - bottom))
    if upright == 0:
        words = [
            word for word in words if left - 1 <= word.x0 <= right + 1 and bottom - 1 <= word.base <= top + 1
        ]
        for word in words:
            word.x0, word.x1, word.base = word.x0 - left, word.x1 - left, word.base - bottom
        rules = [Rule(x0 - left, x1 - left, y - bottom) for x0, x1, y in rules]
        figures = [(a - left, b - bottom, c - left, d - bottom) for a, b, c, d in figures]
        width, height = right - left, top - bottom
    else:
        width, height = _moved(words)
        rules, figures = [], []
    is_scan = covered and pen.is_unseen
    return Sheet(
        number, width, height, words, rules, figures, sideways, textpage.count_chars(), not seen, is_scan
    )


def _shown(page: "pypdfium2.PdfPage") -> tuple[float, float, float, float]:
    """The box that is shown: its corners may stand the other way round, or leave nothing."""
    a, b, c, d = page.get_cropbox()
    left, bottom, right, top = min(a, c), min(b, d), max(a, c), max(b, d)
    return (left, bottom, right, top) if right > left and top > bottom else (0.0, 0.0, *page.get_size())


def _moved(words: list[Word]) -> tuple[float, float]:
    """Moves turned words so that the page begins at its corner, with a margin; its size."""
    margin = 36.0
    x, y = min(word.x0 for word in words) - margin, min(word.base for word in words) - margin
    for word in words:
        word.x0, word.x1, word.base = word.x0 - x, word.x1 - x, word.base - y
    return max(word.x1 for word in words) + margin, max(word.base + word.size for word in words) + margin


def _joined(words: list[Word]) -> str:
    return " ".join(word.text for word in words)


def _drawn(
    page: "pypdfium2.PdfPage", large: float
) -> tuple[list[Rule], list[tuple[float, float, float, float]], bool, bool]:
    """Rules and figures, whether one picture is ``large`` (in square points), and whether anything is drawn at all."""
    from pypdfium2 import raw

    rules, figures, covered = [], [], False
    count = raw.FPDFPage_CountObjects(page)
    edges = [ctypes.c_float() for _ in range(4)]
    for i in range(min(count, MOST_OBJECTS)):
        drawn = raw.FPDFPage_GetObject(page, i)
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_TEXT or not raw.FPDFPageObj_GetBounds(drawn, *edges):
            continue
        x0, y0, x1, y1 = (edge.value for edge in edges)
        if kind == raw.FPDF_PAGEOBJ_PATH and y1 - y0 < 3 and x1 - x0 > 30:
            rules.append(Rule(x0, x1, (y0 + y1) / 2))
        elif kind in (raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_IMAGE):
            figures.append((x0, y0, x1, y1))
            covered = covered or (kind == raw.FPDF_PAGEOBJ_IMAGE and (x1 - x0) * (y1 - y0) >= large)
    return rules, figures, covered, count > 0


def usual_size(words: list[Word]) -> float:
    """The size that most characters have, to half a point."""
    exact: dict[float, int] = {}
    for word in words:
        exact[word.size] = exact.get(word.size, 0) + len(word.text)
    sizes: Counter[float] = Counter()
    for size, count in exact.items():
        sizes[round(2 * size) / 2] += count
    return max(sizes, key=lambda size: sizes[size], default=10.0)
