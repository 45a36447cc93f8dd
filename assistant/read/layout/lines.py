"""A page's words → rows, and rows → lines with their text: spaces, cells, raised and lowered digits."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.read.layout.pen import Font, Word
from assistant.read.layout.sheet import Sheet, usual_size

_SAME_BASE = 0.2
"""Of a size: base lines that differ by less are one."""
_SMALLER = 0.88
"""Of a row's size: what is larger is raised into no row, but has its own."""
_SCRIPT = 0.75
"""Of a row's size: what is smaller may be a script (TeX sets these at 0.7), of this row or of another column's."""
_NEAR = 0.4
"""Of a row's size: how far beside a word its scripts stand at most."""
_PLACE = 2.0
"""Points: places across the page are told apart so far."""
WIDE = 1.5
"""Sizes of type: a wider gap than justified text has, so what stands on its sides are cells."""
_SUPERSCRIPTS = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_SUBSCRIPTS = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_RAISED = frozenset(_SUPERSCRIPTS.values())
_LOOSE = 0.4
"""Of a size: a space before what is raised is the typesetter's, for it hangs on the word before."""
_LIFTED = 0.15
"""Of a size: what stands so far above a base line is raised."""
_CARRIES = 0.2
"""Of a line's characters are those that the others hang on, at least: names with long marks have a fourth."""
_RAISABLE = re.compile(r"[\d+\-−=()ni]+(?:[,–][\d+\-−=()ni]+)*,?")


@dataclass(slots=True)
class Line:
    """Words on one base line within one column. ``column``: -1 across columns; ``left``, ``right``: the column's
    edges; ``kind``: what kinds.py makes of it; ``parts``: the texts of its cells, between wide gaps;
    ``on_grid``: whether its letters stand apart, as code's do."""

    page: int
    column: int
    words: list[Word]
    text: str
    parts: list[str]
    x0: float
    x1: float
    base: float
    size: float
    left: float = 0.0
    right: float = 0.0
    kind: str = ""
    starts: list[float] = field(default_factory=list)
    on_grid: bool = False
    _fonts: dict[Font, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for word in self.words:
            self._fonts[word.font] = self._fonts.get(word.font, 0) + len(word.text)

    def share(self, of: str) -> float:
        """The share of its characters whose font is so: bold, italic, fixed or math."""
        having = sum(count for font, count in self._fonts.items() if getattr(font, of))
        return having / max(sum(self._fonts.values()), 1)

    @property
    def font(self) -> Font:
        """The font of most of its characters."""
        return max(self._fonts, key=lambda font: self._fonts[font])

    @property
    def top(self) -> float:
        return self.base + 0.75 * self.size


def largest(line: Line) -> float:
    """The size of its largest type: that of small capitals is their first letters'."""
    return max(word.size for word in line.words)


def rows_of(sheet: Sheet) -> list[list[Word]]:
    """The page's words by row, from the top; each row from the left. What is raised or lowered is in the row of
    what it stands beside."""
    usual = usual_size(sheet.words)
    strips: dict[tuple[float, float], list[Word]] = {}
    initials: list[Word] = []
    for word in sheet.words:
        if len(word.text) == 1 and word.text.isupper() and word.size > 1.8 * usual and not word.font.math:
            word.base += 0.7 * (word.size - usual)  # an initial hangs from the row that it opens
            word.size = usual
            initials.append(word)
        strips.setdefault((round(word.base, 1), round(word.size, 1)), []).append(word)
    rows: list[_Row] = []
    bases: list[float] = []
    for (base, size), words in sorted(strips.items(), key=lambda strip: _anchoring(strip[1], strip[0][1])):
        place = bisect(bases, base)
        free = sorted(words, key=lambda word: word.x0)
        near = [row for row in rows[max(0, place - 3) : place + 3] if row.may_hold(base, size)]
        for row in sorted(near, key=lambda row: abs(row.base - base)):
            free = row.take(free)
        if free:
            bases.insert(place, base)
            rows.insert(place, _Row(base, size, free))
    laid = [sorted(row.words, key=lambda word: word.x0) for row in reversed(rows)]
    if initials:
        _close_up(initials, laid)
    return laid


def _close_up(initials: Sequence[Word], rows: Sequence[Sequence[Word]]) -> None:
    """An initial is a part of the word that follows, whatever its distance, but for those that are words."""
    for row in rows:
        for word, following in pairwise(row):
            if (
                any(word is each for each in initials)
                and word.text not in "AIO"
                and following.text[0].islower()
            ):
                word.x1 = max(word.x1, following.x0)


class _Row:
    """A row as it grows. It knows which places across the page it has words at, for scripts to hang on."""

    def __init__(self, base: float, size: float, words: list[Word]) -> None:
        self.base, self.size = base, size
        self.words: list[Word] = []
        self._near: set[int] = set()
        self._add(words)

    def _add(self, words: list[Word]) -> None:
        self.words += words
        reach = _NEAR * self.size
        for word in words:
            self._near.update(range(int((word.x0 - reach) // _PLACE), int((word.x1 + reach) // _PLACE) + 1))

    def may_hold(self, base: float, size: float) -> bool:
        """Whether words of about this base line and size can stand in the row at all."""
        return abs(self.base - base) <= max(self.size, size)

    def take(self, words: list[Word]) -> list[Word]:
        """Takes the words, from the left, that stand in the row, which may hang on such as were taken before; those
        that do not."""
        left: list[Word] = []
        for word in words:
            if self._holds(word):
                self._add([word])
            else:
                left.append(word)
        return left

    def _holds(self, word: Word) -> bool:
        """Whether the word stands in the row: on its base line, or small beside one of its words."""
        base, size = self.base, self.size
        if word.size >= _SMALLER * size:
            return abs(word.base - base) <= _SAME_BASE * word.size
        if word.size >= _SCRIPT * size and abs(word.base - base) <= 0.05 * size:
            return True
        if not base - 0.25 * size < word.base + 0.3 * word.size < base + 0.85 * size:
            return False
        return not self._near.isdisjoint(range(int(word.x0 // _PLACE), int(word.x1 // _PLACE) + 1))


def _anchoring(words: list[Word], size: float) -> tuple[bool, float, int]:
    """Rows are laid by the largest words first, by signs of formulas last."""
    return all(word.font.math for word in words), -size, -len(words)


def line_of(words: list[Word], page: int, column: int) -> Line:
    x0, x1 = words[0].x0, max(word.x1 for word in words)
    size, base = _usual(words)
    on_grid = _is_letterspaced(words)
    parts, starts = (_closed_up(words), [x0]) if on_grid else _texts(words, size, base)
    return Line(
        page, column, words, " ".join(parts), parts, x0, x1, base, size, starts=starts, on_grid=on_grid
    )


def _usual(words: Sequence[Word]) -> tuple[float, float]:
    """Size and base line of most characters; where these are raised or lowered, of most of what they hang on."""
    counted: Counter[tuple[float, float]] = Counter()
    for word in words:
        counted[word.size, word.base] += len(word.text)
    size, base = most = max(counted, key=lambda each: (counted[each], each))
    larger = [each for each in counted if size < _SMALLER * each[0]]
    held = [each for each in larger if not -0.05 * each[0] <= base - each[1] <= _LIFTED * each[0]]
    bearer = max(held, key=lambda each: counted[each], default=most)
    return bearer if counted[bearer] >= _CARRIES * counted.total() else most


def _texts(words: Sequence[Word], size: float, base: float) -> tuple[list[str], list[float]]:
    """The line's cells as text, and where each begins."""
    cells, starts = [""], [words[0].x0]
    before = None
    for word in words:
        gap = word.x0 - before.x1 if before else 0.0
        text = _set(word, size, base) if before or len(words) > 1 else word.text
        if before and gap > WIDE * max(size, before.size):
            cells.append(text)
            starts.append(word.x0)
        elif before and _is_apart(before, word, gap) and not (text[0] in _RAISED and gap < _LOOSE * size):
            cells[-1] += " " + text
        else:
            cells[-1] += text
        before = word
    return cells, starts


def _is_apart(before: Word, word: Word, gap: float) -> bool:
    """Whether there is a space between the words: PDFium guesses some that are none, and misses some. Between two words
    of one type it is believed sooner: a slanted f reaches back into the space before it."""
    small = min(before.size, word.size)
    if not word.spaced:
        return gap > 0.2 * small
    are_words = (
        before.text[-2:].isalpha() and word.text[:2].isalpha() and len(before.text) > 1 < len(word.text)
    )
    alike = before.font == word.font and before.size == word.size
    return gap > (0.04 if are_words and alike else 0.08) * small


def _set(word: Word, size: float, base: float) -> str:
    """The word, its digits raised or lowered where they are: 10² is not 102."""
    if word.size > 0.88 * size:
        return word.text
    if word.base > base + _LIFTED * size and _RAISABLE.fullmatch(word.text):
        return "".join(_SUPERSCRIPTS.get(char, char) for char in word.text)
    if word.base < base - 0.05 * size and all(char in _SUBSCRIPTS for char in word.text):
        return "".join(_SUBSCRIPTS[char] for char in word.text)
    return word.text


def _is_letterspaced(words: Sequence[Word]) -> bool:
    """Whether letters stand apart, as in code that is set on a grid."""
    single = sum(len(word.text) == 1 and word.text.isalpha() for word in words)
    if single < 5:
        return False
    letters = sum(sum(map(str.isalpha, word.text)) for word in words)
    return single > 0.6 * letters


def _closed_up(words: Sequence[Word]) -> list[str]:
    """Letters on a grid, with spaces only where a place of the grid is free."""
    middles = [(word.x0 + word.x1) / 2 for word in words if len(word.text) == 1]
    steps = sorted(b - a for a, b in pairwise(middles) if b > a)
    pitch = steps[len(steps) // 4] if steps else words[0].size  # letters side by side are the commonest steps
    text = words[0].text
    for before, word in pairwise(words):
        gap = (word.x0 + word.x1 - before.x0 - before.x1) / 2 - (
            len(before.text) + len(word.text) - 2
        ) * pitch / 2
        text += " " * (gap > 1.5 * pitch) + word.text
    return [text]
