"""Lines in reading order → the kind of each: heading, body, caption, row (of a table), listing, formula, figure (words
inside a drawing), footnote, reference. margins.py and front.py have taken theirs before.

A kind is told by what typesetting does to it: size and font beside the body's, the gap above, its place in the column,
and the few words that captions and reference lists open with.
"""

import re
from collections.abc import Sequence

from assistant.read.layout.headings import (
    mark_headings,
    mark_references,
    mark_small_headings,
    run_in_headings,
)
from assistant.read.layout.lines import Line, largest
from assistant.read.layout.sheet import Sheet
from assistant.read.layout.style import SMALLER, WORD, Style, gap_above, is_prose
from assistant.read.layout.tables import EQUATION_NUMBER, mark_tables

CAPTION = re.compile(
    r"(?:(?:extended data|supplementary|supporting) )?"
    r"(?:fig(?:ure|\.)?|table|tab\.|listing|algorithm|scheme|chart|plate|box|video|pseudo-?code"
    r"|abb(?:ildung|\.)|tabelle|exhibit)\s*(?:[A-Z]{1,2}[.-]?)?(?:\d+|[IVX]+)(?:[.-]\d+)*(?P<part>[a-z]?)"
    r"\s*(?:(?P<mark>[.:|—–-]|\)\s)|$|(?P<bare>\s(?=[A-Z(])))",
    re.IGNORECASE,
)
LIST_ITEM = re.compile(r"(?:[•◦▪‣∙·–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s")
_ADDRESS = re.compile(r"\w://\S*$")
_REST_OF_ADDRESS = re.compile(r"[/._?=&#%~+-]+\w|\w[\w.-]*/\S")
_SPACED_HEADING = re.compile(r"(?:[\dIVX]+\.?\s*)?[A-ZÀ-Þ][A-ZÀ-Þ &]{4,}")
"""Capitals set apart, where code would have other signs, too."""
_FOOTNOTE_MARK = re.compile(r"[⁰¹²³⁴-⁹*∗†‡§¶]")

_LOOSE = 1.35
"""Times the body's leading: a wider gap is none between lines of one paragraph."""


def address_goes_on(text: str, line: str) -> bool:
    """Whether ``text`` ends in an address that its line's end has broken, and the next ``line`` opens with the rest."""
    address = _ADDRESS.search(text[-200:])
    if not address or (address[0][-1] == "." and line[:1].isupper()):
        return False
    return address[0][-1] in "/_=&?" or _REST_OF_ADDRESS.match(line) is not None


def mark_kinds(pages: Sequence[list[Line]], sheets: Sequence[Sheet], style: Style) -> None:
    """Sets the kind of every line that has none."""
    mark_small_headings([line for lines in pages for line in lines if not line.kind], style)
    for lines, sheet in zip(pages, sheets, strict=True):
        lines[:] = [
            piece
            for line in lines
            for piece in ([line] if line.kind or CAPTION.match(line.text) else run_in_headings(line, style))
        ]
        free = [line for line in lines if not line.kind]
        _mark_drawn(free, style)
        _mark_captions(free, style)
        mark_tables(free, sheet, style)
        _mark_formulas(free, style)
        _mark_footnotes(free, sheet, style)
    every = [line for lines in pages for line in lines if line.kind != "margin"]
    mark_headings(every, style)
    mark_references(every)
    for line in every:
        line.kind = line.kind or "body"


def mark_figures(lines: Sequence[Line], sheet: Sheet) -> None:
    """The words that stand inside a drawing or picture of less than half a page."""
    for line in lines:
        x, y = (line.x0 + line.x1) / 2, line.base + 0.3 * line.size
        for x0, y0, x1, y1 in sheet.figures:
            small = (x1 - x0) * (y1 - y0) < 0.5 * sheet.width * sheet.height
            if small and x0 <= x <= x1 and y0 <= y <= y1 and not line.kind and not is_prose(line):
                line.kind = "figure"


def _mark_drawn(lines: Sequence[Line], style: Style) -> None:
    """Listings, by their font or grid, and scraps without a letter or figure."""
    for line in lines:
        if line.kind:
            continue
        spaced = line.on_grid and not _SPACED_HEADING.fullmatch(line.text)
        if ((line.share("fixed") > 0.7 and not style.fixed) or spaced) and len(line.text) > 1:
            line.kind = "listing"
        elif not any(map(str.isalnum, line.text)):
            line.kind = "figure"
    _unmark_code_in_prose(lines, style)
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if not line.kind and above.kind == below.kind == "listing" and abs(above.size - line.size) < 0.2:
            line.kind = "listing"


def _unmark_code_in_prose(lines: Sequence[Line], style: Style) -> None:
    """A line or two of a paragraph may be all code: an address, a long name. Behind them the paragraph goes on. An
    address may go on for as many lines as it likes, and end the paragraph."""
    text = ""
    for n, line in enumerate(lines):
        text = text + line.text if address_goes_on(text, line.text) else line.text
        if line.kind != "listing" or n == 0 or lines[n - 1].kind or line.on_grid:
            continue
        if (
            text != line.text
            and gap_above(lines[n - 1], line) < 1.15 * style.leading
            and len(line.text.split()) == 1
        ):
            line.kind = ""
            continue
        stop = next((k for k in range(n, len(lines)) if lines[k].kind != "listing"), len(lines))
        above, below = lines[n - 1], lines[stop] if stop < len(lines) else None
        near = gap_above(above, line) < 1.15 * style.leading and not above.text.endswith((".", ":"))
        if (
            near
            and stop - n <= 2
            and (below is None or gap_above(lines[stop - 1], below) < 1.15 * style.leading)
        ):
            for each in lines[n:stop]:
                each.kind = ""


def _mark_captions(lines: Sequence[Line], style: Style) -> None:
    above: Line | None = None
    for line in lines:
        if not line.kind:
            is_apart = gap_above(above, line) > 1.15 * style.leading or (
                above and above.kind not in ("", "caption")
            )
            smaller = abs(line.size - style.size) >= SMALLER
            found = CAPTION.match(line.text)
            if found and line.text[0].isupper() and (is_apart or smaller or line.words[0].font.bold):
                shown = smaller or line.words[0].font.bold or line.share("italic") > 0.8
                named = found.end() == len(line.text) or found["bare"] is not None
                if found["mark"] or (shown and named) or (is_apart and _is_named(line.text[found.end() :])):
                    line.kind = "caption"
            elif (
                above
                and above.kind == "caption"
                and abs(line.size - above.size) < 0.5
                and (_is_beneath_label(above, line) or gap_above(above, line) < _LOOSE * 1.2 * line.size)
                and not (_ends_short(above) and not smaller)
            ):
                line.kind = "caption"
        above = line


def _is_named(said: str) -> bool:
    """Whether a name follows a caption's label at once ("Fig. 1 Perch by depth"), as no sentence's verb does."""
    return said[:1].isupper() and said[1:2].islower()


def _is_beneath_label(above: Line, line: Line) -> bool:
    """Whether a figure's name stands slanted beneath its label, as psychologists set it."""
    label = CAPTION.match(above.text)
    alone = label is not None and label.end() == len(above.text)
    return alone and line.share("italic") > 0.8 and gap_above(above, line) < 2.6 * line.size


def _ends_short(line: Line) -> bool:
    """Whether it is the last line of a paragraph, by its length and stop."""
    return line.x1 < line.right - 0.15 * (line.right - line.left) and line.text[-1:] in ".!?"


def _mark_formulas(lines: Sequence[Line], style: Style) -> None:
    """Displayed formulas: hardly a word, and set apart; and the scraps of large signs and accents."""
    for line in lines:
        if line.kind:
            continue
        words = [word for word in line.words if not word.font.math and WORD.search(word.text)]
        indented = line.x0 > line.left + 0.8 * style.size
        numbered = len(line.parts) > 1 and EQUATION_NUMBER.search(line.text) is not None
        math = line.share("math") > 0.15 or re.search(r"[=<>≤≥≈∈∑∏∫∂√±×→⇒∀∃]", line.text) is not None
        if (
            (len(words) <= 3 and math and (indented or numbered))
            or (numbered and len(words) <= 4)
            or (not words and len(line.text.replace(" ", "")) <= 5 and largest(line) < style.size - SMALLER)
            or (line.share("math") > 0.5 and len(words) <= 2)
        ):
            line.kind = "formula"


def _mark_footnotes(lines: Sequence[Line], sheet: Sheet, style: Style) -> None:
    """From the foot of each column up, what is set small; above it, small words that are no prose are a drawing's."""
    columns: dict[int, list[Line]] = {}
    for line in lines:
        columns.setdefault(line.column, []).append(line)
    for column in columns.values():
        column = sorted(column, key=lambda line: line.base)
        marked = next((n for n, line in enumerate(column) if not _is_small(line, style)), len(column))
        ruled = [
            rule.y for rule in sheet.rules if rule.x1 - rule.x0 < 0.6 * (column[0].right - column[0].left)
        ]
        for n, line in enumerate(column):
            under = any(line.base < y < line.base + 0.4 * sheet.height for y in ruled) and n < marked + 12
            opens = _FOOTNOTE_MARK.match(column[marked - 1].text) if marked > 0 else None
            if n < marked and column[0].base < 0.3 * sheet.height and (opens or under or marked <= 12):
                line.kind = "footnote"
        for line in column:
            small = largest(line) <= style.size - 2 * SMALLER
            if not line.kind and small and not is_prose(line) and len(WORD.findall(line.text)) < 8:
                line.kind = "figure"


def _is_small(line: Line, style: Style) -> bool:
    return line.kind in ("", "formula") and line.size <= style.size - SMALLER
