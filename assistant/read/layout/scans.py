"""A scanner's pages, words that were recognised over a picture → the same, straight, each line's words on one base line
and in one size, as a typesetter would have set them.

Recognisers box each word by itself, so that what was one line varies in height and size by more than what tells lines
apart elsewhere, and a page that lay askew by a degree rises across a column by a third of a line.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import atan, cos, sin, sqrt
from statistics import median

from assistant.read.layout.pen import Word
from assistant.read.layout.sheet import Sheet, usual_size

_NEAR, _FAR = 1.0, 2.5
"""Sizes of type that a line's next word begins behind its last: less than columns are apart, and at most."""
_LEVEL, _FAR_LEVEL = 0.35, 0.2
"""Sizes of type that words of one line differ in height at most, if near, and if farther off."""
_LEAST_RUN = 8.0
"""Sizes of type that a run of words is long at least, to tell how far the page is askew."""
_SAME, _UNSURE = 0.05, 0.2
"""Of a size: a line that differs by less has that one. The second is added for one word; for several, divided by the
root of their number."""


def straightened(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The pages, those that are scans set straight."""
    found = [_turned(sheet) if sheet.is_scan and sheet.words else sheet for sheet in sheets]
    lines = [line for sheet in found if sheet.is_scan for line in _lines(sheet.words)]
    for line in lines:
        _set(line, median(word.base for word in line), median(word.size for word in line))
    sizes = [usual_size([word for line in lines for word in line])]
    for line in sorted(lines, key=len, reverse=True):
        own, unsure = line[0].size, _SAME + _UNSURE / sqrt(len(line))
        size = next((size for size in sizes if abs(size - own) <= unsure * size), own)
        if size == own:
            sizes.append(own)
        _set(line, line[0].base, size)
    return found


def _set(line: Sequence[Word], base: float, size: float) -> None:
    for word in line:
        word.base, word.size = base, size


def _turned(sheet: Sheet) -> Sheet:
    """The page, turned by how far it is askew."""
    angle = _askew(sheet.words)
    across, up = cos(angle), sin(angle)
    words = [
        replace(
            word,
            x0=word.x0 * across + word.base * up,
            x1=word.x1 * across + word.base * up,
            base=word.base * across - word.x0 * up,
        )
        for word in sheet.words
    ]
    return replace(sheet, words=words)


def _askew(words: Sequence[Word]) -> float:
    """The angle by which lines rise to the right, in radians: the middle one of the runs of words that follow each
    other as they were recognised."""
    rises = [0.0]
    first = words[0]
    for before, word in pairwise([*words, words[0]]):
        gap = word.x0 - before.x1
        if -before.size < gap <= _FAR * before.size and abs(word.base - before.base) <= _LEVEL * before.size:
            continue
        if (length := before.x0 - first.x0) >= _LEAST_RUN * before.size:
            rises.append((before.base - first.base) / length)
        first = word
    return atan(median(rises))


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words that stand beside each other on about one base line; the lines by that of their last words."""
    lines: list[list[Word]] = []
    bases: list[float] = []
    for word in sorted(words, key=lambda word: word.x0):
        reach = _LEVEL * word.size
        level = range(bisect_left(bases, word.base - reach), bisect_right(bases, word.base + reach))
        near = [n for n in level if _goes_on(lines[n], word)]
        line: list[Word] = []
        if near:
            n = min(near, key=lambda n: abs(bases[n] - word.base))
            line, _ = lines.pop(n), bases.pop(n)
        line.append(word)
        place = bisect_right(bases, word.base)
        lines.insert(place, line)
        bases.insert(place, word.base)
    return lines


def _goes_on(line: Sequence[Word], word: Word) -> bool:
    """Whether the word stands behind the line's last; the farther off, as another column's may be, the more level."""
    gap = (word.x0 - line[-1].x1) / line[-1].size
    level = _LEVEL if gap <= _NEAR else _FAR_LEVEL
    return gap <= _FAR and abs(word.base - line[-1].base) <= level * min(line[-1].size, word.size)
