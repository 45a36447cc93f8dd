"""Which lines are headings, which open a paragraph, and what stands below the heading of a reference list."""

import re
from collections.abc import Sequence

from assistant.read.layout.counted import LONGEST_HEADING, NUMBERED, SENTENCE_END, counted_headings
from assistant.read.layout.lines import Line, largest, line_of
from assistant.read.layout.style import SMALLER, Style, gap_above, is_prose
from assistant.text.headings import APPENDIX, is_reference_heading

_KNOWN = re.compile(
    r"(?:abstract|introduction|background|relatedwork|methods?|materialsandmethods|results?|resultsanddiscussion"
    r"|discussion|conclusions?|acknowledge?ments?|appendix|appendices|keywords?|summary|fundings?|dataavailability"
    r"|codeavailability|authorcontributions?|supplementarymaterials?|supportinginformation|limitations)",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"(?:theorem|lemma|proposition|definition|corollary|remark|example|proof|claim|case|step|assumption|note"
    r"|satz|beispiel)\b",
    re.IGNORECASE,
)
"""What opens like a heading and is a part of the text."""
_APPENDIX = re.compile(rf"{APPENDIX}|(?-i:A ?PPENDI(?:X|CES))", re.IGNORECASE)
"""The last as small capitals come out."""
_LARGER = 0.8
_MOST_SMALL = 3
"""Lines of a heading in small type."""
_AHEAD = 12
"""Lines in which the body follows such a heading that ends its column: a caption may stand before it."""
_MOST_HEADING_WORDS = 18


def run_in_headings(line: Line, style: Style) -> list[Line]:
    """A heading that the paragraph's first line goes on behind ("2.1 Data. We use ..."), and that line's rest, as two
    lines; else the line."""
    first, last = line.words[0], line.words[-1]
    if (
        len(line.parts) > 2
        or (first.font, first.size) == (last.font, last.size)
        or not line.text[0].isalnum()
    ):
        return [line]
    n = next(
        (
            n
            for n, word in enumerate(line.words)
            if word.font != first.font or abs(word.size - first.size) > 0.2
        ),
        0,
    )
    if not n:  # a scan's sizes vary by less
        return [line]
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


def bare(text: str) -> str:
    """A heading without its number, its spaces and its stop."""
    numbered = NUMBERED.match(text)
    return re.sub(r"[\s\W_]+", "", text[numbered.end() :] if numbered else text)


def mark_small_headings(lines: Sequence[Line], style: Style) -> None:
    """Numbered headings in smaller type than the body, as physicists' journals set them, which are else taken for notes
    or a drawing's words: bold, with the body below, or on the next page."""
    for n, line in enumerate(lines):
        if not _is_bold_and_small(line, style) or not NUMBERED.match(line.text):
            continue
        stop = n + 1
        while stop < len(lines) and lines[stop].font == line.font and not NUMBERED.match(lines[stop].text):
            stop += 1
        text = lines[stop : stop + _AHEAD]
        if text and gap_above(lines[stop - 1], text[0]) == 1e3:
            text = [each for each in text if each.size > style.size - SMALLER]
        if stop - n <= _MOST_SMALL and text and all(_is_body(each, style) for each in text[:2]):
            for each in lines[n:stop]:
                each.kind = "heading"


def _is_bold_and_small(line: Line, style: Style) -> bool:
    size = largest(line)
    return line.share("bold") > 0.8 and not style.bold and style.size - 1.1 <= size <= style.size - SMALLER


def _is_body(line: Line, style: Style) -> bool:
    return abs(line.size - style.size) < SMALLER and line.share("bold") < 0.5 and is_prose(line)


def mark_headings(lines: Sequence[Line], style: Style) -> None:
    counted = set()
    for line in counted_headings(lines, style):
        line.kind = "heading"
        counted.add(id(line))
    above: Line | None = None
    for n, line in enumerate(lines):
        below = lines[n + 1] if n + 1 < len(lines) else None
        if not line.kind and _is_heading(line, above, below, style):
            line.kind = "heading"
        if id(line) in counted:
            above = None  # set as the text is, which does not go on with it
        elif line.kind not in ("figure", "formula"):
            above = line


def _is_heading(line: Line, above: Line | None, below: Line | None, style: Style) -> bool:
    text = line.text.strip()
    larger = min(line.size, line.words[-1].size) >= style.size + _LARGER
    in_cells = len(line.parts) > 2 and not larger  # large words in a narrow column stand as far apart
    if len(text) > LONGEST_HEADING or len(text.split()) > _MOST_HEADING_WORDS or in_cells:
        return False
    gap = gap_above(above, line)
    apart = gap > 1.1 * style.leading
    if not text[0].islower() and _is_known(text):
        return apart or line.share("bold") > 0.5 or abs(line.size - style.size) > SMALLER
    if not (text[0].isupper() or text[0].isdigit()):
        return _goes_on(line, above, gap)
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 3:
        return _goes_on(line, above, gap)
    last = line.words[-1].font
    bold = line.share("bold") > 0.8 and not style.bold and (last.bold or last.math)
    capitals = sum(map(str.isupper, letters)) > 0.9 * len(letters)
    numbered = NUMBERED.match(text)
    capitals = capitals and (len(letters) >= 5 or (numbered and apart) or _goes_on(line, above, gap))
    slanted = (
        line.share("italic") > 0.8
        and (last.italic or last.math)
        and (numbered is not None or gap > 1.3 * style.leading)
    )
    if not (bold or capitals or larger or slanted) or largest(line) < style.size - 1.1:
        return False
    if _goes_on(line, above, gap):
        return True
    if SENTENCE_END.search(text) and not (numbered and text.endswith((".", "?", ":"))):
        return False
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
        and gap < 1.4 * largest(line)
        and above.x1 > above.left + 0.5 * (above.right - above.left)
        and not NUMBERED.match(line.text)
        and not _is_known(above.text)
    )


def _is_known(text: str) -> bool:
    return _KNOWN.fullmatch(bare(text)) is not None or _opens_references(text)


def _opens_references(text: str) -> bool:
    return is_reference_heading(text) or is_reference_heading(bare(text))


def level_of(line: Line) -> int:
    """A heading's level, from 1, by its number."""
    numbered = NUMBERED.match(line.text)
    return 1 if not numbered else numbered["number"].count(".") + 1


def mark_references(lines: Sequence[Line]) -> None:
    """What follows the heading of a reference list, to the next heading that is set as large."""
    opening: Line | None = None
    for line in lines:
        if line.kind == "heading":
            numbered = NUMBERED.match(line.text)
            if _opens_references(line.text):
                opening, line.kind = line, "reference heading"
            elif opening and (
                _APPENDIX.match(line.text[numbered.end() if numbered else 0 :])
                or (abs(line.size - opening.size) < 0.6 and line.font == opening.font)
            ):
                opening = None
            elif opening:
                line.kind = "reference"
        elif opening and line.kind in ("", "formula", "footnote", "row", "listing", "figure"):
            line.kind = "reference"
