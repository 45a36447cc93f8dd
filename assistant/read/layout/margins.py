"""Lines of all pages → which of them are no part of the text: running heads and feet, page and line numbers.

What repeats at one height at the edge of several pages is a head or foot; so is whatever else stands at that height,
for heads that name the section change from page to page.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.read.layout.kinds import CAPTION
from assistant.read.layout.lines import Line
from assistant.read.layout.pen import Word
from assistant.read.layout.sheet import Sheet

_EDGE = 0.12
"""Of a page's height, at its top and bottom, where heads and feet stand."""
_VERY_EDGE = 0.06
"""Of a page's height: where no text block reaches, even with margins of 2 cm."""
_WIDE_EDGE = 0.19
"""Of a page's height: where a head or foot stands on pages of wide margins, alone and outermost."""
_ROWS = 3
"""A head or foot has at most so many."""
_APART = 1.6
"""Sizes of type that a head which does not repeat is from the text at least: more than two of its lines are apart. A
note that repeats at the foot of pages would else take the last lines of others."""
_LONG = 12
"""Characters of a head that is known again wherever it stands, in its size."""
_TOLD = 20
"""Letters of a head that the first page says, too: fewer may be said by chance."""
_SAME_HEIGHT = 3.0
_LEAST_NUMBERS = 15
"""Lines that are numbered, at least, on a page whose lines are: fewer may be a table's rows."""
_LEAST_FIFTHS = 5
"""Of lines of which each fifth is numbered, outside all text."""
_NUMBER = re.compile(r"(?<![\d.])\d{1,5}(?![\d.])")
_PAGE_NUMBER = re.compile(
    r"[^\w%.]*(?:(?:page|p\.)\s*)?(?:\d{1,5}|[ivxl]{1,6}|[A-Z]?\d{1,3}[-–:]\d{1,4})(?:\s*(?:/|of)\s*\d+)?[^\w%.]*",
    re.IGNORECASE,
)


def mark_margins(pages: Sequence[Sequence[Line]], sheets: Sequence[Sheet]) -> None:
    """Sets the kind of heads and feet to "margin"."""
    first = "".join(_letters(line.text) for line in pages[0]) if pages else ""
    edges = [_edge_lines(lines, sheet.height) for lines, sheet in zip(pages, sheets, strict=True)]
    heights, repeated = _repeated(edges, sheets)
    heads: defaultdict[str, float] = defaultdict(float)
    for lines in edges:
        for line in lines:
            height = _height(line, sheets)
            page = pages[line.page]
            known = (_pattern(line.text), round(height)) in repeated or (
                any(abs(height - other) <= _SAME_HEIGHT for other in heights)
                and _gap(line, page) > _APART * line.size
            )
            if (
                known
                or _stands_alone(line, page, sheets[line.page])
                or (line.base > sheets[line.page].height / 2 and _is_said_first(line, page, first))
                or (_PAGE_NUMBER.fullmatch(line.text) and len(line.text) <= 14)
            ):
                line.kind = "margin"
                if len(line.text) >= _LONG:
                    heads[line.text] = line.size
    for page in pages:  # a head that has slipped into the text, as some programs let it
        for line in page:
            if abs(heads.get(line.text, 0.0) - line.size) < 0.2:
                line.kind = "margin"


def _repeated(
    edges: Sequence[Sequence[Line]], sheets: Sequence[Sheet]
) -> tuple[list[float], set[tuple[str, int]]]:
    """Heights at which the same is said on several pages, and (pattern, height) of what is: on three, or on two, if it
    says how far these are apart, as page numbers do."""
    seen: defaultdict[str, list[tuple[int, float, str]]] = defaultdict(list)
    for number, lines in enumerate(edges):
        for line in lines:
            seen[_pattern(line.text)].append((number, _height(line, sheets), line.text))
    heights: list[float] = []
    repeated: set[tuple[str, int]] = set()
    for pattern, places in seen.items():
        for number, height, text in places:
            again = {
                n: said for n, other, said in places if n != number and abs(other - height) <= _SAME_HEIGHT
            }
            counted = any(_counts_pages(text, said, n - number) for n, said in again.items())
            if again and (counted or len(again) + 1 >= min(3, len(edges))):
                heights.append(height)
                repeated.add((pattern, round(height)))
    return heights, repeated


def _counts_pages(text: str, other: str, pages: int) -> bool:
    """Whether a number of the one is as much more in the other as that is pages further on."""
    numbers = zip(_NUMBER.findall(text), _NUMBER.findall(other), strict=False)
    return any(int(b) - int(a) == pages for a, b in numbers)


def _stands_alone(line: Line, lines: Sequence[Line], sheet: Sheet) -> bool:
    """Whether it is a short line at the page's very edge, far from the text: on a page or two nothing repeats."""
    at_edge = line.base > (1 - _VERY_EDGE) * sheet.height or line.base < _VERY_EDGE * sheet.height
    if not at_edge or line.x1 - line.x0 > 0.6 * sheet.width or len(lines) < _ROWS:
        return False
    return _gap(line, lines) > 2 * line.size


def _is_said_first(line: Line, page: Sequence[Line], first: str) -> bool:
    """Whether what it says stands on the first page, too, as title, authors and journal do. ``first``: that page's
    letters."""
    if line.page == 0 or _gap(line, page) <= _APART * line.size:
        return False
    said = [_letters(part) for part in line.parts]
    return len("".join(said)) >= _TOLD and all(part in first for part in said)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).casefold()


def _gap(line: Line, lines: Sequence[Line]) -> float:
    """How far the next row is."""
    gaps = [abs(line.base - other.base) for other in lines]
    return min((gap for gap in gaps if gap > _SAME_HEIGHT), default=1e3)


def _height(line: Line, sheets: Sequence[Sheet]) -> float:
    """From the top if it stands there, else from the bottom: pages of a document may differ in size."""
    height = sheets[line.page].height
    return line.base - height if line.base > height / 2 else line.base


def _pattern(text: str) -> str:
    return re.sub(r"\d+|\b[ivxl]+\b", "#", "".join(text.casefold().split()))


def _edge_lines(lines: Sequence[Line], height: float) -> list[Line]:
    """The first and last rows, as far as they stand at the page's edge; of wide margins, the outermost one, apart."""
    found: list[Line] = []
    for is_top in (True, False):
        from_edge = {id(line): height - line.base if is_top else line.base for line in lines}
        inside = [line for line in lines if from_edge[id(line)] < _EDGE * height]
        if lines and not inside:
            outer = min(from_edge.values())
            row = [line for line in lines if from_edge[id(line)] - outer <= _SAME_HEIGHT]
            apart = all(
                _gap(line, lines) > _APART * line.size and not CAPTION.match(line.text) for line in row
            )
            if apart and outer < _WIDE_EDGE * height:
                inside = row
        rows: list[float] = []
        for line in sorted(inside, key=lambda each: -each.base if is_top else each.base):
            if not rows or abs(rows[-1] - line.base) > _SAME_HEIGHT:
                rows.append(line.base)
            if len(rows) <= _ROWS:
                found.append(line)
    return found


def without_line_numbers(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The pages, less the numbers that count their lines: one below the other, each one (or five) more. Where a page of
    many lines has them, one of few has, too."""
    columns = [_columns_of_numbers(sheet) for sheet in sheets]
    places = {
        place
        for own, sheet in zip(columns, sheets, strict=True)
        for place, column in own.items()
        if _are_of_lines(column, place[0], sheet)
    }
    dropped = {id(word) for own in columns for place in places & own.keys() for word in own[place]}
    if not dropped:
        return list(sheets)
    return [
        replace(sheet, words=[word for word in sheet.words if id(word) not in dropped]) for sheet in sheets
    ]


def _columns_of_numbers(sheet: Sheet) -> dict[tuple[bool, int], list[Word]]:
    """Whether they begin or end there, and where → numbers one below the other that count."""
    columns: defaultdict[tuple[bool, int], list[Word]] = defaultdict(list)
    for word in sheet.words:
        if word.text.isdecimal() and len(word.text) <= 4:
            columns[False, round(word.x1 / 3)].append(word)
            columns[True, round(word.x0 / 3)].append(word)
    for column in columns.values():
        column.sort(key=lambda word: -word.base)
    return {place: column for place, column in columns.items() if _counts(column)}


def _are_of_lines(column: Sequence[Word], begin: bool, sheet: Sheet) -> bool:
    """Whether enough numbers count a page's lines: such as begin at one place, as a table's may, and such as count each
    fifth, if they stand left or right of all that is no number."""
    if column[0].base - column[-1].base <= 0.4 * sheet.height:
        return False
    if len(column) >= _LEAST_NUMBERS and not begin:
        return True
    by_five = all(int(b.text) - int(a.text) == 5 for a, b in pairwise(column))
    if len(column) < (_LEAST_FIFTHS if by_five else _LEAST_NUMBERS):
        return False
    others = [word for word in sheet.words if not word.text.isdecimal()]
    left, right = min(word.x0 for word in column), max(word.x1 for word in column)
    return all(word.x0 > right for word in others) or all(word.x1 < left for word in others)


def _counts(column: Sequence[Word]) -> bool:
    steps = [int(b.text) - int(a.text) for a, b in pairwise(column)]
    return sum(step in (1, 5) for step in steps) >= 0.9 * len(steps)
