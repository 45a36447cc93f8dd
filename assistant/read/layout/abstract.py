"""The first page's lines → those of its abstract: behind its mark, or without one as it is set: before the first
heading or keywords, in other type than the body, across columns or moved in on both sides.
"""

import re
from collections.abc import Sequence

from assistant.read.layout.counted import NUMBERED
from assistant.read.layout.lines import Line
from assistant.read.layout.people import AFFILIATION
from assistant.read.layout.style import SMALLER, Style, gap_above

ABSTRACT = re.compile(
    r"\W*(?:abstract|a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary|zusammenfassung|résumé)\b\s*(?P<mark>[.:—–-]*)\s*",
    re.IGNORECASE,
)
BEHIND_ABSTRACT = re.compile(
    r"\W*(?:key\s?words?|article history|index terms|ccs concepts|acm reference|categories and subject|general terms"
    r"|introduction"
    r"|1\.?\s+introduction|i\.\s+introduction|jel|msc|pacs|subject classification|schlüsselwörter|additional key)\b",
    re.IGNORECASE,
)
_LEAST, _MOST = 25, 450
"""Words of an abstract without a mark: a shorter paragraph between authors and text is a note, a longer one is text."""
_INSET = 0.8
"""Sizes of type by which it is moved in on both sides at least."""
_FAR = 1.4
"""Times an abstract's own leading: what stands further below is none of it."""
_TINY = 0.8
"""Times the size of an abstract's mark: smaller numbers are those of a listing in the next column."""
_APART = 1e3
"""Points: the gap between lines of two pages or columns."""


def is_running(line: Line) -> bool:
    """Whether it reads as running text: several small words, few capitals."""
    return _is_wordy(line, 4) and not AFFILIATION.search(line.text)


def _is_wordy(line: Line, least: int) -> bool:
    words = line.text.split()
    return len(words) >= least and 2 * sum(word[:1].islower() for word in words) > len(words)


def marked_abstract(lines: Sequence[Line], n: int, later: Sequence[Line] = ()) -> tuple[Line, ...]:
    """The lines behind the mark at ``n``, up to a heading, other matter or another size. ``later``: the next page's, on
    which a sentence goes on that the page's end breaks."""
    opening = lines[n]
    mark = ABSTRACT.match(opening.text)
    taken: list[Line] = []
    if mark and mark.end() < len(opening.text):
        opening.text = opening.text[mark.end() :]
        opening.parts = [opening.text]
        taken, opening.kind = [opening], "abstract"
    else:
        opening.kind = "mark"
    if _take(lines[n + 1 :], taken, opening) and taken and not _is_done(taken[-1]):
        _take([line for line in later if not line.kind], taken, opening)
    return tuple(taken)


def _take(lines: Sequence[Line], taken: list[Line], opening: Line) -> bool:
    """Adds the abstract's lines to those taken; whether it may go on behind the last."""
    for n, line in enumerate(lines):
        numbers_code = line.text.isdecimal() and line.size < _TINY * opening.size
        if numbers_code or (taken and _is_beside(line, taken)):
            continue
        if BEHIND_ABSTRACT.match(line.text) or (taken and _opens_section(line, taken)):
            return False
        if taken and abs(line.size - taken[0].size) > 0.4 and not line.share("math") > 0.3:
            return all(each.size < taken[0].size for each in lines[n:])  # the page's notes
        line.kind = "abstract"
        taken.append(line)
    return True


def _is_done(line: Line) -> bool:
    return line.text.rstrip()[-1:] in ".!?"


def _is_beside(line: Line, taken: Sequence[Line]) -> bool:
    """Whether it stands left or right of the abstract, as publishers set what is said of the article."""
    left, right = min(each.x0 for each in taken), max(each.x1 for each in taken)
    return line.column == taken[-1].column and not (line.x0 < right and line.x1 > left)


def _opens_section(line: Line, taken: Sequence[Line]) -> bool:
    """Whether a line below an abstract begins something else: a heading, or a paragraph far below."""
    first, last = taken[0], taken[-1]
    bold = line.share("bold") > 0.8 and first.share("bold") < 0.5
    gap = gap_above(last, line)
    far = 2.2 * line.size
    if len(taken) > 1 and (own := gap_above(first, taken[1])) < _APART:
        far = max(far, _FAR * own)
    capitals = line.text.isupper() and len(line.text) > 5
    return _is_done(last) and (bold or capitals or (NUMBERED.match(line.text) is not None and gap > 1.4 * line.size)
                     or far < gap < _APART or (gap >= _APART and line.column != last.column
                     and not last.x1 > last.right - 2))  # fmt: skip


def unmarked_abstract(
    lines: Sequence[Line], start: int, end: int, style: Style
) -> tuple[tuple[Line, ...], int]:
    """The abstract that no mark opens, and where what is said of people ends: at ``end``, where a heading or running
    text begins, or where text does that stands before the heading. It is what is set apart from the text behind it;
    else all that stands before the heading, if that is as long as abstracts are."""
    begin = next((n for n in range(start, end) if not lines[n].kind and is_running(lines[n])), end)
    if begin == len(lines) or not is_running(lines[begin]):
        return (), end
    while begin > start and _leads_to(lines[begin - 1], lines[begin]):
        begin -= 1
    alone = lines[begin - 1].page < lines[begin].page
    found = _set_apart(lines[begin : max(end + 1, begin + _MOST)], style, alone)
    before = [line for line in lines[begin:end] if not line.kind]
    if not found and _LEAST <= _words(before) <= _MOST:
        found = before
    for line in found:
        line.kind = "abstract"
    return tuple(found), begin


def _leads_to(line: Line, text: Line) -> bool:
    """Whether a line that names a group or a center, say, is of the text below it."""
    return not line.kind and _is_wordy(line, 6) and line.size == text.size and line.font == text.font


def _set_apart(lines: Sequence[Line], style: Style, alone: bool) -> list[Line]:
    """The lines that open the text, as far as they are set alike, and not as what follows: smaller, bold or slanted,
    across its columns, or moved in on both sides; or with nothing behind them on the page behind the title's
    (``alone``)."""
    taken = [lines[0]]
    for line in lines[1:]:
        if (
            line.kind
            or BEHIND_ABSTRACT.match(line.text)
            or _opens_section(line, taken)
            or not _alike(line, taken[0])
        ):
            break
        taken.append(line)
    below = lines[len(taken) :]
    if not _LEAST <= _words(taken) <= _MOST:
        return []
    if not below:
        return taken if alone else []
    first = taken[0]
    smaller = first.size <= style.size - SMALLER and below[0].size >= first.size
    emphatic = (first.share("bold") > 0.8 and not style.bold) or first.share("italic") > 0.8
    return taken if smaller or emphatic or first.column < 0 or _is_inset(first) else []


def _alike(line: Line, first: Line) -> bool:
    return (
        abs(line.size - first.size) <= SMALLER / 2
        and (line.column < 0) == (first.column < 0)
        and _is_inset(line) == _is_inset(first)
        and all((line.share(of) > 0.8) == (first.share(of) > 0.8) for of in ("bold", "italic"))
    )


def _is_inset(line: Line) -> bool:
    by = _INSET * line.size
    return line.x0 >= line.left + by and line.x1 <= line.right - by


def _words(lines: Sequence[Line]) -> int:
    return sum(len(line.text.split()) for line in lines)
