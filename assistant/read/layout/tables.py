"""Which lines are the rows of tables: between rules, in cells, or beside a table's caption."""

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.read.layout.lines import Line
from assistant.read.layout.sheet import Rule, Sheet
from assistant.read.layout.style import SMALLER, Style, is_prose

_OF_TABLE = re.compile(r"tab", re.IGNORECASE)
EQUATION_NUMBER = re.compile(r"\(\s*(?:[A-Z]\.?)?\d{1,3}(?:[.-]\d{1,3})*[a-z]?\s*\)$")


def mark_tables(lines: Sequence[Line], sheet: Sheet, style: Style) -> None:
    """Rows: what stands between a table's rules, what has cells, and what joins these to a table's caption."""
    for x0, x1, low, high in _ruled(sheet):
        inside = [
            line
            for line in lines
            if low - 2 <= line.base <= high + 2 and line.x0 >= x0 - 6 and line.x1 <= x1 + 6
        ]
        if any(line.size > style.size - SMALLER and is_prose(line) for line in inside):
            continue  # text between two tables or listings
        for line in inside:
            if line.kind in ("", "figure"):
                line.kind = "row"
    for n, line in enumerate(lines):
        if (
            not line.kind
            and _has_cells(line)
            and any(
                (not other.kind and _has_cells(other)) or other.kind == "row"
                for other in (*lines[max(0, n - 1) : n], *lines[n + 1 : n + 2])
                if other.page == line.page and other.column == line.column
            )
        ):
            line.kind = "row"
    for n, line in enumerate(lines):
        if line.kind == "caption" and _OF_TABLE.match(line.text):
            for step in (1, -1):
                _extend(lines, n + step, step, line, style)


def _extend(lines: Sequence[Line], n: int, step: int, caption: Line, style: Style) -> None:
    """Rows from a caption on, up to what is prose or set apart."""
    last = caption
    while 0 <= n < len(lines) and lines[n].column == caption.column:
        line = lines[n]
        if line.kind == "caption" and last.kind == "caption":
            last, n = line, n + step
            continue
        far = abs(last.base - line.base) > 2.5 * style.leading
        small = line.size <= style.size - SMALLER
        if line.kind not in ("", "row") or far or (not line.kind and not small and not _is_loose(line)):
            return
        if is_prose(line) and not small:
            return
        line.kind = "row"
        last, n = line, n + step


def _is_loose(line: Line) -> bool:
    """Whether it may be a row of few cells: several, or mostly figures."""
    digits, letters = sum(map(str.isdigit, line.text)), sum(map(str.isalpha, line.text))
    return len(line.parts) > 1 or digits > letters


def _has_cells(line: Line) -> bool:
    if len(line.parts) < 2 or (EQUATION_NUMBER.search(line.text) and len(line.parts) == 2):
        return False
    return len(line.parts) >= 3 or any(any(map(str.isdigit, part)) for part in line.parts[1:])


def _ruled(sheet: Sheet) -> list[tuple[float, float, float, float]]:
    """(x0, x1, lowest, highest) of the bands between rules that lie below each other; of two alone, if near."""
    groups: list[list[Rule]] = []
    for rule in sorted(sheet.rules, key=lambda rule: -rule.y):
        for group in groups:
            x0, x1, y = group[-1]
            if abs(rule.x0 - x0) < 4 and abs(rule.x1 - x1) < 4 and y - rule.y < 0.4 * sheet.height:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [
        (below.x0, below.x1, below.y, above.y)
        for group in groups
        for above, below in pairwise(group)
        if above.y - below.y > 4 and (len(group) > 2 or above.y - below.y < 0.15 * sheet.height)
    ]
