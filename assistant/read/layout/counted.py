"""Lines of a document without bold type, as scans are and fonts without names → those that are headings by their
numbers: each stands apart, and counts on from the one before.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.read.layout.lines import Line
from assistant.read.layout.style import Style, gap_above

NUMBERED = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-Z](?:\.\d{1,2}){0,3})(?P<stop>[.:)]?)\s+(?:\|\s+)?(?=[\"“A-Z0-9À-Þ])"
)
SENTENCE_END = re.compile(r"[.!?:;,][\"'”’)\]]*$")
LONGEST_HEADING = 130
_APART = 1.1
"""Times the body's leading: a wider gap stands above a heading, and below it."""
_ROMAN = {"I": 1, "V": 5, "X": 10}
_SKIPPED = 1
"""Headings that are passed over where one of them was misread."""


def counted_headings(lines: Sequence[Line], style: Style) -> list[Line]:
    """All lines of the headings, in order; none where the document has bold type, which tells them better."""
    if not style.plain:
        return []
    found: list[Line] = []
    last: tuple[int, ...] = ()
    for n, line in enumerate(lines):
        number = _number(line)
        if (
            not number
            or number not in set(_following(last))
            or gap_above(_before(lines, n), line) <= _APART * style.leading
        ):
            continue
        heading = _together(lines[n : n + LONGEST_HEADING], style)
        text = " ".join(each.text for each in heading)
        if heading and len(text) <= LONGEST_HEADING and not SENTENCE_END.search(text):
            found += heading
            last = number
    return found


def _number(line: Line) -> tuple[int, ...]:
    """The number that the line opens with, section and subsection; none of an appendix."""
    numbered = None if line.kind else NUMBERED.match(line.text)
    if not numbered or sum(map(str.isalpha, line.text[numbered.end() :])) < 3:
        return ()
    number = numbered["number"]
    if number[0].isdigit():
        return tuple(map(int, number.split(".")))
    return (_of_roman(number),) if set(number) <= _ROMAN.keys() else ()


def _of_roman(number: str) -> int:
    values = [_ROMAN[char] for char in number]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _following(last: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The numbers that headings behind this one may have."""
    yield (*last, 1)
    for depth in range(len(last)):
        for step in range(1, 2 + _SKIPPED):
            yield (*last[:depth], last[depth] + step)


def _before(lines: Sequence[Line], n: int) -> Line | None:
    return lines[n - 1] if n else None


def _together(lines: Sequence[Line], style: Style) -> Sequence[Line]:
    """The first line and those that go on with it, if text stands apart below them."""
    for n in range(1, len(lines)):
        if gap_above(lines[n - 1], lines[n]) > _APART * style.leading:
            return lines[:n] if lines[n].column == lines[0].column and lines[n].page == lines[0].page else []
    return []
