"""Text → its lines, with the rows joined again that a fixed width has made of one line."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.read.authors import is_author_line
from assistant.read.canonical import rejoined, words_of

MARK = re.compile(r"^[#*_\s]*(?i:abstract)[*_\s]*(?:[:.—–]|-+(?=\s|[A-Z]))[*_\s]*")
"""What opens an abstract: ``Abstract:``, ``**ABSTRACT.**``, ``Abstract—We`` ..."""
BARE_MARK = re.compile(r"^[#*_\s]*(?i:abstract)[*_\s]*+[:.]?[*_\s]*$")
_YEAR_AT_END = re.compile(r"\b(?:19|20)\d\d\)?$")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")
_NARROWEST, _WIDEST = 40, 140
_MOST_AUTHOR_ROWS = 40
_ENOUGH = 0.2
"""The share of three rows in a row that must be full at one width for the text to be broken at it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or several rows that are one, and the characters that it takes in the text. Lines of one
    ``block`` have no blank row between them."""

    text: str
    start: int
    end: int
    block: int


def lines(text: str) -> list[Line]:
    """The lines that say something, in order. A remark in square brackets that fills its line is none."""
    rows = _rows(text)
    width = _width(rows)
    full = [width is not None and _is_full(row, after, width) for row, after in pairwise(rows)]
    seen = Counter(row.text for row in rows)
    often = max(3, max(seen.values(), default=0) / 2)
    kinds = [
        _kind(row.text, seen[row.text] >= often, not goes_on)
        for row, goes_on in zip(rows, [*full, False], strict=False)
    ]
    runs: list[list[Line]] = []
    for n, row in enumerate(rows):
        if n and full[n - 1] and _continues(runs[-1], row, kinds[n : n + 3]):
            runs[-1].append(row)
        else:
            runs.append([row])
    known = words_of(text)
    joined = (Line(_join(run, known), run[0].start, run[-1].end, run[0].block) for run in runs)
    return [line for line in joined if not re.fullmatch(r"\[[^\[\]]*\]", line.text)]


def _join(run: Sequence[Line], known: frozenset[str]) -> str:
    if len(run) == 1:
        return run[0].text
    return " ".join(rejoined("\n".join(row.text for row in run), known).split())


def _rows(text: str) -> list[Line]:
    """The rows with letters or digits; a blank row, or a ruler, ends a block."""
    rows, offset, block = [], 0, 0
    for row in text.split("\n"):
        start = offset + len(row) - len(row.lstrip())
        if any(char.isalnum() for char in row):
            rows.append(Line(row.strip(), start, offset + len(row.rstrip()), block))
        else:
            block += 1
        offset += len(row) + 1
    return rows


def _width(rows: Sequence[Line]) -> int | None:
    """The width at which the text is broken; None if its paragraphs are one row each.

    A row that was broken at a width is shorter, and with the next row's first word would be longer. One
    such row means little, so the widths are counted for which two in succession are."""
    votes: Counter[int] = Counter()
    threes = 0
    for first, second, third in zip(rows, rows[1:], rows[2:], strict=False):
        if first.block == third.block:
            threes += 1
            low = max(len(first.text), len(second.text), _NARROWEST)
            high = min(_room(first, second), _room(second, third), _WIDEST)
            votes.update(range(low, high + 1))
    width, count = max(votes.items(), key=lambda vote: (vote[1], vote[0]), default=(0, 0))
    return width if count >= max(2, _ENOUGH * threes) else None


def _room(row: Line, following: Line) -> int:
    """The greatest width at which ``following`` must begin a new row."""
    return len(row.text) + len(following.text.split(maxsplit=1)[0])


def _is_full(row: Line, following: Line, width: int) -> bool:
    """Whether ``row`` may end where it does only because of the width; a word longer than that is alone."""
    fits = len(row.text) <= width or " " not in row.text
    return row.block == following.block and fits and _room(row, following) >= width


def _kind(row: str, is_repeated: bool, is_last: bool) -> str:
    """What a row is by itself: a mark, a byline, the end of a sentence. ``is_last``: it ends its line."""
    if MARK.match(row) or BARE_MARK.match(row):
        return "mark"
    if is_repeated or _is_author_row(row) or (is_last and _YEAR_AT_END.search(row)):
        return "byline"
    return "end" if _SENTENCE_END.search(row) else ""


def _continues(run: Sequence[Line], row: Line, kinds: Sequence[str]) -> bool:
    """Whether ``row``, to which the width would let the full rows ``run`` go on, belongs to them. ``kinds``:
    its own and the next two's, for a title of one row or two shows by what is below it."""
    is_title = re.match(r",(?:,)?(?:mark|byline)", ",".join(kinds)) is not None
    if kinds[0] == "mark" or (is_title and len(run) > 2 and _SENTENCE_END.search(run[-1].text)):
        return False
    if len(run) <= _MOST_AUTHOR_ROWS and _is_author_row(run[0].text):
        so_far = " ".join(part.text for part in run)
        if _is_author_row(so_far):
            return _is_author_row(f"{so_far} {row.text}")
    return not (kinds[0] == "byline" and len(run) <= 2)


def _is_author_row(row: str) -> bool:
    """Whether it is a list of people, as far as it goes: the width may have cut the last name."""
    return is_author_line(row) or is_author_line(f"{row} X")
