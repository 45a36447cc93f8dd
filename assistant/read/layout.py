"""Pages of a PDF → their lines in reading order, with what is no part of the running text taken out or set apart.

The order is PDFium's, which is the order in which the lines were drawn: with TeX and Word that of reading. Where a page
was drawn row by row across its columns, they are put one behind the other. Running heads and feet, page numbers and
what is printed up the margin are left out; a caption is a paragraph of its own, behind the sentence that it stands in.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

_MARGIN = 0.1
"""The share of a page's height, above and below, in which running heads and feet stand."""
_OFTEN = 0.3
"""The share of the pages on which a line must come again: heads of even and odd pages take turns."""
_EDGE = 0.12
"""The share of a page's width, left and right, in which a stamp is printed upwards."""
_NUMBER = re.compile(r"\W*(?:page\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|table|tab\.|scheme|listing|algorithm|chart|box)\s*[A-Z]?\d+[a-z]?\s*[.:|–—-]",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?:][\"'”’)\]]*$")
_ARXIV = re.compile(r"arXiv:\s*(\d{4}\.\d{4,5})(?:v\d+)?", re.IGNORECASE)
_CLOSE = 0.6
"""The gap between the parts of one line, in heights of it."""
_GUTTER = 1.5
"""The width of a gutter, in heights of a line; what stands nearer is one line."""
_ROWS = 3
"""Rows across two columns from which on a page was drawn by rows."""
_NEXT_LINE = 0.8
"""The gap below a line, in heights of it, up to which the next is of the same paragraph."""
_LONGEST_CAPTION = 15


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page and its box, in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Page:
    width: float
    height: float
    lines: tuple[Line, ...]


def page_of(page: "pypdfium2.PdfPage") -> Page:
    textpage = page.get_textpage()
    width, height = page.get_size()
    text, start = textpage.get_text_range(0, -1), 0
    lines: list[Line] = []
    for row in text.split("\n"):
        if shown := row.rstrip("\r"):
            lines += _lines(textpage, start, shown)
        start += len(row) + 1
    return Page(width, height, tuple(_joined(lines)))


def _lines(textpage: "pypdfium2.PdfTextPage", start: int, text: str) -> Iterator[Line]:
    """The line of these characters; in two if it reaches across a gutter, as a page drawn by rows has it."""
    from pypdfium2.raw import FPDFText_CountRects, FPDFText_GetRect

    boxes = []
    for n in range(FPDFText_CountRects(textpage, start, len(text))):
        box = [ctypes.c_double() for _ in range(4)]
        FPDFText_GetRect(textpage, n, *box)
        left, top, right, bottom = (each.value for each in box)
        boxes.append((left, bottom, right, top))
    if not boxes or not text.strip():
        return
    for group in _groups(boxes):
        words = (
            text
            if len(group) == len(boxes)
            else " ".join(textpage.get_text_bounded(*box).strip() for box in group)
        )
        lefts, bottoms, rights, tops = zip(*group, strict=True)
        yield Line(words, min(lefts), min(bottoms), max(rights), max(tops))


def _groups(
    boxes: Sequence[tuple[float, float, float, float]],
) -> list[list[tuple[float, float, float, float]]]:
    """The boxes of a line, parted where a gutter is between two on one height."""
    groups = [[boxes[0]]]
    for before, box in pairwise(boxes):
        height = before[3] - before[1]
        is_level = min(before[3], box[3]) - max(before[1], box[1]) > 0.5 * height
        if is_level and box[0] - before[2] > _GUTTER * height:
            groups.append([])
        groups[-1].append(box)
    return groups


def _in_columns(page: Page) -> list[Line]:
    """The page's lines; of one that is drawn row by row across two columns the left column first."""
    lines = list(page.lines)
    rows = [n for n, (one, other) in enumerate(pairwise(lines)) if _is_row(one, other)]
    if len(rows) < _ROWS or len(rows) < 0.25 * len(lines):
        return lines
    gutter = sum(lines[n].right + lines[n + 1].left for n in rows) / (2 * len(rows))
    first, last = rows[0], rows[-1] + 1
    body = lines[first : last + 1]
    left, right = ([line for line in body if (line.left < gutter) == side] for side in (True, False))
    return [*lines[:first], *left, *right, *lines[last + 1 :]]


def _is_row(one: Line, other: Line) -> bool:
    """Whether the second stands on the height of the first, to the right of it."""
    level = min(one.top, other.top) - max(one.bottom, other.bottom)
    return level > 0.5 * one.height and other.left > one.right


@dataclass(frozen=True, slots=True)
class Reading:
    """``pages``: the lines of the text, page by page, those that are set apart between empty ones; ``first``: the first
    page's lines; ``marginal``: what stands in the first two pages' margins; ``arxiv``: the number stamped on one."""

    pages: tuple[tuple[str, ...], ...]
    first: tuple[Line, ...] = ()
    marginal: tuple[str, ...] = ()
    arxiv: str | None = None


def _joined(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, those of one height that stand close beside each other in one: a raised mark had parted them."""
    open_line: Line | None = None
    for line in lines:
        if open_line and _is_row(open_line, line) and line.left - open_line.right < _CLOSE * open_line.height:
            gap = "" if line.text[:1] in ",;.:)" else " "
            open_line = Line(
                open_line.text.rstrip() + gap + line.text,
                open_line.left,
                min(open_line.bottom, line.bottom),
                line.right,
                max(open_line.top, line.top),
            )
            continue
        if open_line:
            yield open_line
        open_line = line
    if open_line:
        yield open_line


def reading(pages: Sequence[Page]) -> Reading:
    often = _running(pages)
    out = [
        [line for line in page.lines if _is_stamp(line, page) or _is_running(line, page, often)]
        for page in pages
    ]
    kept = [
        [line for line in _in_columns(page) if line not in left_out]
        for page, left_out in zip(pages, out, strict=True)
    ]
    marginal = tuple(line.text for lines in out[:2] for line in lines)
    stamped = next(filter(None, map(_ARXIV.search, (line.text for lines in out for line in lines))), None)
    return Reading(
        tuple(tuple(_set_apart(lines)) for lines in kept),
        tuple(kept[0]) if kept else (),
        marginal,
        stamped and stamped[1],
    )


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", "".join(line.text.split())).casefold()


def _in_margin(line: Line, page: Page) -> bool:
    return line.bottom > page.height * (1 - _MARGIN) or line.top < page.height * _MARGIN


def _running(pages: Sequence[Page]) -> set[str]:
    """What stands in the margins of several pages."""
    seen = Counter(
        key for page in pages for key in {_key(line) for line in page.lines if _in_margin(line, page)}
    )
    return {key for key, number in seen.items() if number >= max(2, _OFTEN * len(pages))}


def _is_running(line: Line, page: Page, often: set[str]) -> bool:
    return _in_margin(line, page) and (
        _key(line) in often or _NUMBER.fullmatch(line.text.strip()) is not None
    )


def _is_stamp(line: Line, page: Page) -> bool:
    """Whether it is printed upwards at the edge."""
    at_edge = line.right < page.width * _EDGE or line.left > page.width * (1 - _EDGE)
    return at_edge and line.height > 3 * (line.right - line.left) and len(line.text.strip()) > 3


def _set_apart(lines: Sequence[Line]) -> Iterator[str]:
    """The lines, each caption behind the sentence that it interrupts."""
    waiting: list[str] = []
    last, n = "", 0
    while n < len(lines):
        if _is_caption(lines, n):
            end = _caption_end(lines, n)
            waiting += ["", *(line.text for line in lines[n:end]), ""]
            n = end
        else:
            last = lines[n].text
            yield last
            n += 1
        if waiting and _ENDS.search(last.rstrip()):
            yield from waiting
            waiting = []
    yield from waiting


def _is_caption(lines: Sequence[Line], n: int) -> bool:
    """Whether one begins here: in running text "Figure 1." may open a line as well."""
    if not _CAPTION.match(lines[n].text.strip()):
        return False
    if n == 0:
        return True
    line, above = lines[n], lines[n - 1]
    is_below = (
        -1 <= above.bottom - line.top < _NEXT_LINE * line.height and abs(above.left - line.left) < line.height
    )
    return not is_below or _ENDS.search(above.text.rstrip()) is not None


def _caption_end(lines: Sequence[Line], n: int) -> int:
    """Behind the last line of the caption that begins at ``n``: lines of its size, right below each other."""
    first, end = lines[n], n + 1
    while end < len(lines) and end - n < _LONGEST_CAPTION:
        line, above = lines[end], lines[end - 1]
        is_below = 0 <= above.bottom - line.top < _NEXT_LINE * first.height
        in_column = line.left >= first.left - 2 and line.right <= max(first.right, above.right) + first.height
        if not (is_below and in_column) or _CAPTION.match(line.text.strip()):
            break
        end += 1
    return end
