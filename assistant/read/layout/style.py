"""How the body of a document is set, and what a line is beside it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.read.layout.lines import Line

WORD = re.compile(r"[^\W\d_]{3,}")
SMALLER = 0.5
"""Points below the body's size from which a line is set apart: footnotes and captions are one or two below."""
_MOSTLY = 0.7
"""Of a document's characters: if so many are of fixed width, it is typed, and no listing."""


@dataclass(frozen=True, slots=True)
class Style:
    """How the body is set: its size and leading in points, and whether its font is bold, or fixed in width as a
    typewriter's and some scanners' are. ``plain``: whether no line of the document is bold."""

    size: float
    leading: float
    bold: bool = False
    fixed: bool = False
    plain: bool = False


def style_of(lines: Sequence[Line]) -> Style:
    """The commonest of all lines' styles, by characters; code is none, unless most of the document is set so."""
    sizes: tuple[Counter[float], Counter[float]] = (Counter(), Counter())
    for line in lines:
        if not line.kind:
            sizes[line.share("fixed") >= 0.5][round(line.size, 1)] += len(line.text)
    fixed = sizes[True].total() > _MOSTLY * (sizes[False].total() + sizes[True].total())
    size = max(sizes[fixed], key=lambda each: sizes[fixed][each], default=10.0)
    steps: Counter[float] = Counter()
    bold = 0
    body = [line for line in lines if abs(line.size - size) < 0.3 and not line.kind]
    for above, line in pairwise(body):
        if above.page == line.page and above.column == line.column and 0 < above.base - line.base < 3 * size:
            steps[round(above.base - line.base, 1)] += 1
        bold += line.share("bold") > 0.5
    leading = max(steps, key=lambda each: steps[each], default=1.2 * size)
    plain = not any(line.share("bold") for line in lines)
    return Style(size, leading, 2 * bold > len(body), fixed, plain)


def gap_above(above: Line | None, line: Line) -> float:
    """Points between the base lines; a great many at the top of a page or column."""
    if above is None or above.page != line.page or above.column != line.column or above.base <= line.base:
        return 1e3
    return above.base - line.base


def is_prose(line: Line) -> bool:
    """Whether it is a full line of running text, of any size."""
    words = len(WORD.findall(line.text))
    full = line.x1 - line.x0 > 0.75 * (line.right - line.left)
    return (
        len(line.parts) == 1
        and full
        and words >= 5
        and sum(map(str.isalpha, line.text)) > 0.6 * len(line.text)
    )
