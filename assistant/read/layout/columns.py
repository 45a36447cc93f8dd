"""Pages' rows → lines in reading order: the white strips between columns are found, rows cut there, columns read
one after the other between the lines that run across.

A strip is where many rows have a wide gap at one place, and text fills the columns on both sides, as tables' cells
do not. A page that shows none (a last page, one of figures) has the document's.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from assistant.read.layout.beside import LEAST_GUTTER, abstract_beside, crosses, without_abstract
from assistant.read.layout.lines import Line, line_of, rows_of
from assistant.read.layout.pen import Word
from assistant.read.layout.sheet import Sheet

_STEP = 2.0
_LEAST_ROWS = 3
_SHARE = 0.3
"""Of a page's rows have the gap, where there are columns: less than half, for floats take up much of some pages."""
_FILLED = 0.6
"""How much of a column the median row fills; a table's cells fill about a third."""
_ALIKE = 0.5
"""Of the rows that leave the clearest strip free, another must: all columns of a page run on."""
_LEVEL = 0.6
"""Of a size: half the usual leading, which is 1.2; rows of two columns can be no further from level."""
_LEAST_CUT = 0.75 * LEAST_GUTTER
"""A line may reach into the strip: one that stretches, or hangs its hyphen out."""
_HALF = 0.5
"""Of a strip's width that a gap has at least: a smaller one is a wide space in a line across the columns."""
_FLUSH = 2.0
"""Points: what begins so far beyond a strip is flush with its column."""
_USUAL = 0.3
"""Of a document's pages show a strip that the others are then thought to have."""

Gutters = Sequence[tuple[float, float]]


def ordered_pages(sheets: Sequence[Sheet]) -> list[list[Line]]:
    """Each page's lines in reading order."""
    rows = [rows_of(sheet) for sheet in sheets]
    own = [
        gutters_of(without_abstract(sheet, each), sheet.width)
        for each, sheet in zip(rows, sheets, strict=True)
    ]
    usual = _usual(own)
    return [
        lines_of(sheet, each, _settled(found, usual, each))
        for sheet, each, found in zip(sheets, rows, own, strict=True)
    ]


def _settled(found: Gutters, usual: Sequence[Gutters], rows: Sequence[Sequence[Word]]) -> Gutters:
    """A page's own strips, as the document's where they are these; else the document's, if it keeps these free."""
    same = next((gutters for gutters in usual if found and _are_alike(gutters, found)), None)
    return same or _borrowed(usual, rows) or found


def _usual(own: Sequence[Gutters]) -> list[Gutters]:
    """The strips that pages have most, the commonest first: left and right pages may differ."""
    alike: list[list[Gutters]] = []
    for gutters in filter(None, own):
        group = next((each for each in alike if _are_alike(each[0], gutters)), None)
        if group is None:
            alike.append([gutters])
        else:
            group.append(gutters)
    alike.sort(key=len, reverse=True)
    if not alike or sum(map(len, alike)) < _USUAL * len(own):
        return []
    return [
        [
            (median(each[n][0] for each in group), median(each[n][1] for each in group))
            for n in range(len(group[0]))
        ]
        for group in alike[:2]
    ]


def _are_alike(one: Gutters, other: Gutters) -> bool:
    middles = [[(left + right) / 2 for left, right in each] for each in (one, other)]
    return len(one) == len(other) and all(abs(a - b) < LEAST_GUTTER for a, b in zip(*middles, strict=True))


def _borrowed(usual: Sequence[Gutters], rows: Sequence[Sequence[Word]]) -> Gutters:
    """The first of the document's strips that the page's rows keep free."""
    for gutters in usual:
        middles = [(left + right) / 2 for left, right in gutters]
        crossed = sum(any(crosses(row, middle) for middle in middles) for row in rows)
        if 2 * crossed <= len(rows):
            return gutters
    return []


def gutters_of(rows: Sequence[Sequence[Word]], width: float) -> list[tuple[float, float]]:
    """The white strips between the page's columns, (left, right) each; none if it has one column."""
    spans = [row for row in _together(rows) if len(row) > 1]
    if len(spans) < _LEAST_ROWS:
        return []
    gaps = [(a.x1, b.x0) for row in spans for a, b in pairwise(row) if b.x0 - a.x1 >= LEAST_GUTTER]
    starts, ends = sorted(row[0].x0 for row in spans), sorted(row[-1].x1 for row in spans)
    start = sorted(row[0].x0 for row in rows)[len(rows) // 10]
    end = sorted(row[-1].x1 for row in rows)[-1 - len(rows) // 10]
    found: list[tuple[float, int, float, float]] = []
    x = max(0.15 * width, start)
    while x < min(0.85 * width, end):
        across = [gap for gap in gaps if gap[0] <= x <= gap[1]]
        around = bisect_left(starts, x) - bisect_right(ends, x)  # rows that begin before x and end behind it
        if len(across) >= _LEAST_ROWS and len(across) >= _SHARE * around:
            lefts, rights = sorted(gap[0] for gap in across), sorted(gap[1] for gap in across)
            found.append((x, len(across), lefts[-1 - len(across) // 20], rights[len(across) // 20]))
        x += _STEP
    return _filled(_merged(found), spans, start, end)


def _together(rows: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Rows of different columns whose base lines differ by about half a leading, as one."""
    joined: list[list[Word]] = []
    for row in rows:
        if joined and joined[-1][0].base - row[0].base <= _LEVEL * row[0].size:
            joined[-1] = sorted([*joined[-1], *row], key=lambda word: word.x0)
        else:
            joined.append(list(row))
    return joined


def _merged(found: Sequence[tuple[float, int, float, float]]) -> list[tuple[float, float]]:
    """Neighbouring places of one strip → the strip, as it is where most rows are free."""
    runs: list[list[tuple[float, int, float, float]]] = []
    for each in found:
        if runs and each[0] - runs[-1][-1][0] <= 3 * _STEP:
            runs[-1].append(each)
        else:
            runs.append([each])
    strips = []
    for run in runs:
        most = max(count for _, count, _, _ in run)
        freest = [each for each in run if each[1] == most]
        _, _, left, right = freest[len(freest) // 2]
        if right - left >= 0.5 * LEAST_GUTTER:
            strips.append((most, left, right))
    enough = _ALIKE * max((count for count, _, _ in strips), default=0)
    return [(left, right) for count, left, right in strips if count >= enough]


def _filled(
    strips: list[tuple[float, float]], rows: Sequence[Sequence[Word]], start: float, end: float
) -> list[tuple[float, float]]:
    """The strips, if text fills the columns that they make."""
    if not strips or len(strips) > 3:
        return []
    edges = [(start, strips[0][0]), *((a[1], b[0]) for a, b in pairwise(strips)), (strips[-1][1], end)]
    for left, right in edges:
        widths = []
        for row in rows:
            inside = [word for word in row if left - 4 <= word.x0 and word.x1 <= right + 4]
            if len(inside) > 1:
                widths.append((inside[-1].x1 - inside[0].x0) / max(right - left, 1.0))
        if right - left < 60 or len(widths) < _LEAST_ROWS or median(widths) < _FILLED:
            return []
    return strips


def lines_of(sheet: Sheet, rows: Sequence[Sequence[Word]], gutters: Gutters) -> list[Line]:
    """The page's lines in reading order. An abstract that stands beside what is said of the article has a strip of its
    own."""
    bands = _banded(sheet, gutters)
    if beside := abstract_beside(sheet, rows):
        start, stop, strip = beside
        lines = _placed(sheet.number, rows[:start], gutters, bands)
        lines += _placed(sheet.number, rows[start:stop], [strip], [])
        return lines + _placed(sheet.number, rows[stop:], gutters, bands)
    return _placed(sheet.number, rows, gutters, bands)


def _placed(
    page: int, rows: Sequence[Sequence[Word]], gutters: Gutters, bands: Sequence[tuple[float, float]]
) -> list[Line]:
    """``bands``: between which rows are not cut."""
    waiting: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    ordered: list[Line] = []
    for row in rows:
        whole = any(low - 2 <= row[0].base <= high + 2 for low, high in bands)
        for piece in [list(row)] if whole else _cut(row, gutters):
            line = line_of(piece, page, _column(piece, gutters))
            if ordered and not any(waiting) and _ends(ordered[-1], line):
                line.column = -1
            if line.column < 0:
                for column in waiting:
                    ordered += column
                    column.clear()
                ordered.append(line)
            else:
                waiting[line.column].append(line)
    for column in waiting:
        ordered += column
    _set_edges(ordered)
    return ordered


def _banded(sheet: Sheet, gutters: Gutters) -> list[tuple[float, float]]:
    """The bands between rules that run across columns: tables, whose rows must not be cut."""
    across = [
        rule
        for rule in sheet.rules
        for left, right in gutters
        if rule.x0 < left - 20 and rule.x1 > right + 20
    ]
    heights = sorted({round(rule.y, 1) for rule in across})
    return [(low, high) for low, high in pairwise(heights) if 6 < high - low < 0.6 * sheet.height]


def _cut(row: Sequence[Word], gutters: Gutters) -> list[list[Word]]:
    """The row's pieces: it is cut where a gap covers a white strip."""
    pieces: list[list[Word]] = [[row[0]]]
    for before, word in pairwise(row):
        end = _end(before, gutters)
        gap = word.x0 - end
        if gap >= max(_LEAST_CUT, 0.5 * word.size) and any(
            end <= (left + right) / 2 <= word.x0
            and gap >= _HALF * (right - left)
            and (end == before.x1 or word.x0 < right + _FLUSH)
            for left, right in gutters
        ):
            pieces.append([])
        pieces[-1].append(word)
    return pieces


def _end(word: Word, gutters: Gutters) -> float:
    """Where the word ends; for an address that sticks out of its column, which nothing can break, where that does."""
    if "://" not in word.text:
        return word.x1
    return next((left for left, right in gutters if word.x0 < left and word.x1 > right - 2), word.x1)


def _ends(above: Line, line: Line) -> bool:
    """Whether a line is the short last one of a paragraph that runs across columns."""
    return (
        above.column < 0
        and line.column >= 0
        and abs(above.x0 - line.x0) < 2
        and abs(above.size - line.size) < 0.2
        and 0 < above.base - line.base < 1.4 * line.size
    )


def _column(piece: Sequence[Word], gutters: Gutters) -> int:
    """Which column the piece stands in, from 0; -1 if across."""
    x0, x1 = piece[0].x0, max(_end(word, gutters) for word in piece)
    if any(x0 < left - 6 and x1 > right + 6 for left, right in gutters):
        return -1
    return sum((left + right) / 2 < (x0 + x1) / 2 for left, right in gutters)


def _set_edges(lines: Sequence[Line]) -> None:
    """Each line's column's edges: where most of its lines begin, and the furthest that several end."""
    columns: dict[int, list[Line]] = {}
    for line in lines:
        columns.setdefault(line.column, []).append(line)
    for column in columns.values():
        starts: Counter[int] = Counter()
        for line in column:
            starts[round(line.x0)] += len(line.text)
        left = max(starts, key=lambda x: starts[x])
        ends = sorted(line.x1 for line in column)
        right = ends[-1 - len(ends) // 10]
        for line in column:
            line.left, line.right = float(left), right
