"""Lines in reading order → the kind of each: heading, body, caption, row (of a table), listing, formula, figure (words
inside a drawing), footnote, reference. margins.py and front.py have taken theirs before.

A kind is told by what typesetting does to it: size and font beside the body's, the gap above, its place in the column,
and the few words that captions and reference lists open with.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.read.layout.lines import Line, line_of
from assistant.read.layout.sheet import Rule, Sheet

CAPTION = re.compile(
    r"(?:(?:extended data|supplementary|supporting) )?"
    r"(?:fig(?:ure|\.)?|table|tab\.|listing|algorithm|scheme|chart|plate|box|video|pseudo-?code"
    r"|abb(?:ildung|\.)|tabelle|exhibit)\s*(?:[A-Z]{1,2}[.-]?)?(?:\d+|[IVX]+)(?:[.-]\d+)*(?P<part>[a-z]?)"
    r"\s*(?:(?P<mark>[.:|—–-]|\)\s)|$|(?P<bare>\s(?=[A-Z(])))",
    re.IGNORECASE,
)
_OF_TABLE = re.compile(r"tab", re.IGNORECASE)
NUMBERED = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-Z](?:\.\d{1,2}){0,3})(?P<stop>[.:)]?)\s+(?=[\"“A-Z0-9À-Þ])"
)
REFERENCES = re.compile(
    r"(?:references?(?:cited|andnotes|list)?|bibliography|literature(?:cited)?|literatur(?:verzeichnis)?|workscited"
    r"|bibliographie|referencias|référencesbibliographiques|références|citedliterature|notesandreferences)",
    re.IGNORECASE,
)
"""A reference list's heading, without its number, spaces and stop: "R EFERENCES" is how small capitals may come out."""
_KNOWN = re.compile(
    r"(?:abstract|introduction|background|relatedwork|methods?|materialsandmethods|results?|resultsanddiscussion"
    r"|discussion|conclusions?|acknowledge?ments?|appendix|appendices|keywords?|summary|fundings?|dataavailability"
    r"|codeavailability|authorcontributions?|supplementarymaterials?|supportinginformation|limitations|"
    + REFERENCES.pattern
    + ")",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"(?:theorem|lemma|proposition|definition|corollary|remark|example|proof|claim|case|step|assumption|note"
    r"|satz|beispiel)\b",
    re.IGNORECASE,
)
"""What opens like a heading and is a part of the text."""
_APPENDIX = re.compile(r"(?:appendi(?:x|ces)|supplement\w*|supportinginformation|anhang)", re.IGNORECASE)
_EQUATION_NUMBER = re.compile(r"\(\s*(?:[A-Z]\.?)?\d{1,3}(?:[.-]\d{1,3})*[a-z]?\s*\)$")
_SENTENCE_END = re.compile(r"[.!?:;,][\"'”’)\]]*$")
LIST_ITEM = re.compile(r"(?:[•◦▪‣∙·–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s")
_FOOTNOTE_MARK = re.compile(r"[⁰¹²³⁴-⁹*∗†‡§¶]")
_WORD = re.compile(r"[^\W\d_]{3,}")

_SMALLER = 0.5
"""Points below the body's size from which a line is set apart: footnotes and captions are one or two below."""
_LARGER = 0.8
_LOOSE = 1.35
"""Times the body's leading: a wider gap is none between lines of one paragraph."""
_LONGEST_HEADING = 130
_MOST_HEADING_WORDS = 18


@dataclass(frozen=True, slots=True)
class Style:
    """How the body is set: its size and leading in points, and whether its font is bold or fixed in width."""

    size: float
    leading: float
    bold: bool = False


def style_of(lines: Sequence[Line]) -> Style:
    """The commonest of all lines' styles, by characters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if not line.kind and line.share("fixed") < 0.5:
            sizes[round(line.size, 1)] += len(line.text)
    size = max(sizes, key=lambda each: sizes[each], default=10.0)
    steps: Counter[float] = Counter()
    bold = 0
    body = [line for line in lines if abs(line.size - size) < 0.3 and not line.kind]
    for above, line in pairwise(body):
        if above.page == line.page and above.column == line.column and 0 < above.base - line.base < 3 * size:
            steps[round(above.base - line.base, 1)] += 1
        bold += line.share("bold") > 0.5
    return Style(size, max(steps, key=lambda each: steps[each], default=1.2 * size), 2 * bold > len(body))


def mark_kinds(pages: Sequence[list[Line]], sheets: Sequence[Sheet], style: Style) -> None:
    """Sets the kind of every line that has none."""
    for lines, sheet in zip(pages, sheets, strict=True):
        lines[:] = [piece for line in lines for piece in (_run_in(line, style) if not line.kind else [line])]
        free = [line for line in lines if not line.kind]
        _mark_drawn(free, style)
        _mark_captions(free, style)
        _mark_tables(free, sheet, style)
        _mark_formulas(free, style)
        _mark_footnotes(free, sheet, style)
    every = [line for lines in pages for line in lines if line.kind != "margin"]
    _mark_headings(every, style)
    _mark_references(every)
    for line in every:
        line.kind = line.kind or "body"


def _run_in(line: Line, style: Style) -> list[Line]:
    """A heading that the paragraph's first line goes on behind ("2.1 Data. We use ..."), and that line's rest, as two
    lines; else the line."""
    first, last = line.words[0], line.words[-1]
    if (
        len(line.parts) > 2
        or (first.font == last.font and first.size == last.size)
        or not line.text[0].isalnum()
    ):
        return [line]
    n = next(
        (
            n
            for n, word in enumerate(line.words)
            if word.font != first.font or abs(word.size - first.size) > 0.2
        ),
        len(line.words),
    )
    larger = first.size >= style.size + _LARGER and line.words[n].size < first.size
    set_off = larger or (first.font.bold and not line.words[n].font.bold and not style.bold)
    numbered = NUMBERED.match(line.text)
    if not (set_off or (numbered and first.font.italic and not line.words[n].font.italic)):
        return [line]
    told = line.words[n - 1].text[-1] in (".:" if numbered else ".")
    if n < 2 or n > _MOST_HEADING_WORDS or not told or line.words[n].font.math or _STATEMENT.match(line.text):
        return [line]
    pieces = [line_of(words, line.page, line.column) for words in (line.words[:n], line.words[n:])]
    for piece in pieces:
        piece.left, piece.right = line.left, line.right
    pieces[0].kind = "heading"
    return pieces


def gap_above(above: Line | None, line: Line) -> float:
    """Points between the base lines; a great many at the top of a page or column."""
    if above is None or above.page != line.page or above.column != line.column or above.base <= line.base:
        return 1e3
    return above.base - line.base


def _is_prose(line: Line) -> bool:
    """Whether it is a full line of running text, of any size."""
    words = len(_WORD.findall(line.text))
    full = line.x1 - line.x0 > 0.75 * (line.right - line.left)
    return (
        len(line.parts) == 1
        and full
        and words >= 5
        and sum(map(str.isalpha, line.text)) > 0.6 * len(line.text)
    )


def mark_figures(lines: Sequence[Line], sheet: Sheet) -> None:
    """The words that stand inside a drawing or picture of less than half a page."""
    for line in lines:
        x, y = (line.x0 + line.x1) / 2, line.base + 0.3 * line.size
        for x0, y0, x1, y1 in sheet.figures:
            small = (x1 - x0) * (y1 - y0) < 0.5 * sheet.width * sheet.height
            if small and x0 <= x <= x1 and y0 <= y <= y1 and not line.kind and not _is_prose(line):
                line.kind = "figure"


def _mark_drawn(lines: Sequence[Line], style: Style) -> None:
    """Listings, by their font or grid, and scraps without a letter or figure."""
    for line in lines:
        if line.kind:
            continue
        if (line.share("fixed") > 0.7 or line.on_grid) and len(line.text) > 1:
            line.kind = "listing"
        elif not any(map(str.isalnum, line.text)):
            line.kind = "figure"
    _unmark_code_in_prose(lines, style)
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if not line.kind and above.kind == below.kind == "listing" and abs(above.size - line.size) < 0.2:
            line.kind = "listing"


def _unmark_code_in_prose(lines: Sequence[Line], style: Style) -> None:
    """A line or two of a paragraph may be all code: an address, a long name. Behind them the paragraph goes on."""
    for n, line in enumerate(lines):
        if line.kind != "listing" or n == 0 or lines[n - 1].kind or line.on_grid:
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
            smaller = abs(line.size - style.size) >= _SMALLER
            found = CAPTION.match(line.text)
            if found and line.text[0].isupper() and (is_apart or smaller or line.words[0].font.bold):
                shown = smaller or line.words[0].font.bold or line.share("italic") > 0.8
                if found["mark"] or (shown and (found["bare"] is not None or found.end() == len(line.text))):
                    line.kind = "caption"
            elif (
                above
                and above.kind == "caption"
                and abs(line.size - above.size) < 0.5
                and gap_above(above, line) < _LOOSE * 1.2 * line.size
                and not (_ends_short(above) and not smaller)
            ):
                line.kind = "caption"
        above = line


def _ends_short(line: Line) -> bool:
    """Whether it is the last line of a paragraph, by its length and stop."""
    return line.x1 < line.right - 0.15 * (line.right - line.left) and line.text[-1:] in ".!?"


def _mark_tables(lines: Sequence[Line], sheet: Sheet, style: Style) -> None:
    """Rows: what stands between a table's rules, what has cells, and what joins these to a table's caption."""
    for x0, x1, low, high in _ruled(sheet):
        inside = [
            line
            for line in lines
            if low - 2 <= line.base <= high + 2 and line.x0 >= x0 - 6 and line.x1 <= x1 + 6
        ]
        if any(line.size > style.size - _SMALLER and _is_prose(line) for line in inside):
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
        small = line.size <= style.size - _SMALLER
        if line.kind not in ("", "row") or far or (not line.kind and not small and not _is_loose(line)):
            return
        if _is_prose(line) and not small:
            return
        line.kind = "row"
        last, n = line, n + step


def _is_loose(line: Line) -> bool:
    """Whether it may be a row of few cells: several, or mostly figures."""
    digits, letters = sum(map(str.isdigit, line.text)), sum(map(str.isalpha, line.text))
    return len(line.parts) > 1 or digits > letters


def _has_cells(line: Line) -> bool:
    if len(line.parts) < 2 or (_EQUATION_NUMBER.search(line.text) and len(line.parts) == 2):
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


def _mark_formulas(lines: Sequence[Line], style: Style) -> None:
    """Displayed formulas: hardly a word, and set apart; and the scraps of large signs and accents."""
    for line in lines:
        if line.kind:
            continue
        words = [word for word in line.words if not word.font.math and _WORD.search(word.text)]
        indented = line.x0 > line.left + 0.8 * style.size
        numbered = len(line.parts) > 1 and _EQUATION_NUMBER.search(line.text) is not None
        math = line.share("math") > 0.15 or re.search(r"[=<>≤≥≈∈∑∏∫∂√±×→⇒∀∃]", line.text) is not None
        if (
            (len(words) <= 3 and math and (indented or numbered))
            or (numbered and len(words) <= 4)
            or (not words and len(line.text.replace(" ", "")) <= 5 and line.size < style.size - _SMALLER)
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
            small = line.size <= style.size - 2 * _SMALLER
            if not line.kind and small and not _is_prose(line) and len(_WORD.findall(line.text)) < 8:
                line.kind = "figure"


def _is_small(line: Line, style: Style) -> bool:
    return line.kind in ("", "formula") and line.size <= style.size - _SMALLER


def bare(text: str) -> str:
    """A heading without its number, its spaces and its stop."""
    numbered = NUMBERED.match(text)
    return re.sub(r"[\s\W_]+", "", text[numbered.end() :] if numbered else text)


def _mark_headings(lines: Sequence[Line], style: Style) -> None:
    above: Line | None = None
    for n, line in enumerate(lines):
        below = lines[n + 1] if n + 1 < len(lines) else None
        if not line.kind and _is_heading(line, above, below, style):
            line.kind = "heading"
        if line.kind not in ("figure", "formula"):
            above = line


def _is_heading(line: Line, above: Line | None, below: Line | None, style: Style) -> bool:
    text = line.text.strip()
    if len(text) > _LONGEST_HEADING or len(text.split()) > _MOST_HEADING_WORDS or len(line.parts) > 2:
        return False
    gap = gap_above(above, line)
    if _KNOWN.fullmatch(bare(text)) and (text[0].isupper() or text[0].isdigit()):
        return gap > 1.1 * style.leading or line.share("bold") > 0.5 or abs(line.size - style.size) > _SMALLER
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 3 or not (text[0].isupper() or text[0].isdigit()):
        return _goes_on(line, above, gap)
    last = line.words[-1].font
    bold = line.share("bold") > 0.8 and not style.bold and (last.bold or last.math)
    capitals = sum(map(str.isupper, letters)) > 0.9 * len(letters) and len(letters) >= 5
    larger = min(line.size, line.words[-1].size) >= style.size + _LARGER
    numbered = NUMBERED.match(text)
    slanted = (
        line.share("italic") > 0.8
        and (last.italic or last.math)
        and (numbered is not None or gap > 1.3 * style.leading)
    )
    if not (bold or capitals or larger or slanted) or line.size < style.size - 1.1:
        return False
    if _goes_on(line, above, gap):
        return True
    if _SENTENCE_END.search(text) and not (numbered and text.endswith((".", "?", ":"))):
        return False
    apart = gap > 1.1 * style.leading
    if not apart and not (numbered and (bold or capitals or larger)):
        return False
    follows = below is not None and gap_above(line, below) < 1e3
    return not (follows and below and below.font == line.font and below.size == line.size and len(text) > 100)


def _goes_on(line: Line, above: Line | None, gap: float) -> bool:
    """Whether it is the next line of the heading above."""
    return (
        above is not None
        and above.kind == "heading"
        and abs(above.size - line.size) < 0.3
        and above.font == line.font
        and gap < 1.4 * line.size
        and above.x1 > above.left + 0.5 * (above.right - above.left)
        and not NUMBERED.match(line.text)
        and not _KNOWN.fullmatch(bare(above.text))
    )


def level_of(line: Line) -> int:
    """A heading's level, from 1, by its number."""
    numbered = NUMBERED.match(line.text)
    return 1 if not numbered else numbered["number"].count(".") + 1


def _mark_references(lines: Sequence[Line]) -> None:
    """What follows the heading of a reference list, to the next heading that is set as large."""
    opening: Line | None = None
    for line in lines:
        if line.kind == "heading":
            name = bare(line.text)
            if REFERENCES.fullmatch(name):
                opening, line.kind = line, "reference heading"
            elif opening and (
                _APPENDIX.match(name) or (abs(line.size - opening.size) < 0.6 and line.font == opening.font)
            ):
                opening = None
            elif opening:
                line.kind = "reference"
        elif opening and line.kind in ("", "formula", "footnote", "row", "listing", "figure"):
            line.kind = "reference"
