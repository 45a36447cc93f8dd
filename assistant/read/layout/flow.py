"""Lines with their kinds → the paper's one text, and its parts.

Paragraphs are joined across columns, pages and what stands between; footnotes, captions, tables, listings and formulas
stand behind the paragraph that they interrupt.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.read.canonical import HYPHENS, mended, repaired, words_of
from assistant.read.layout.front import Front
from assistant.read.layout.kinds import CAPTION, LIST_ITEM, address_goes_on
from assistant.read.layout.lines import Line, largest
from assistant.read.layout.style import Style, gap_above
from assistant.types import Part

_STOP = re.compile(r"[.!?:]\W{0,3}$|[.!?][\"'”’)\]]*(?:[⁰¹²³⁴-⁹,–]|\[\d[\d,– ]*\])*$")
_WORD_AT_END = re.compile(rf"(?<![\w-])([\w-]*\w)[{HYPHENS}]$")
_NAME_AT_END = re.compile(r"(\w+)\.$")
_WORD_AT_START = re.compile(r"\w[\w-]*")
_FOOTNOTE = re.compile(r"[⁰¹²³⁴-⁹*∗†‡§¶]|\d{1,2}(?=[A-Z])")
_BY_LINE = frozenset(("row", "listing", "figure", "formula", "affiliation", "reference"))
"""Kinds whose lines stay lines."""
_INDENT = 0.7
"""Sizes of type by which a paragraph's first line is moved in at least; TeX's is 1 to 2."""
_SHORT = 0.12
"""Of a column's width that a paragraph's last line leaves free at least."""
_SLACK = 0.3
"""Sizes of type by which justified lines differ at most."""
_LOOSE = 1.3


@dataclass(slots=True)
class Flow:
    """The text as it grows. ``seen``: page → where its first character of running text stands."""

    known: frozenset[str]
    text: str = ""
    parts: list[Part] = field(default_factory=list)
    seen: dict[int, int] = field(default_factory=dict)
    abstract_end: int | None = None
    references: list[tuple[int, int]] = field(default_factory=list)

    def begin(self, gap: str = "\n\n") -> int:
        """Leaves a gap; where what comes next will start."""
        self.text += gap if self.text else ""
        return len(self.text)

    def paragraph(self, lines: Sequence[Line]) -> tuple[int, int]:
        """Adds the lines as one; (start, end)."""
        start = self.begin()
        joined = ""
        for line in lines:
            place = start + len(joined)
            joined = joined_lines(joined, repaired_line(line.text), self.known)
            if line.kind in ("body", "abstract", "heading"):
                self.seen.setdefault(line.page, place)
        joined = joined.translate({2: "-"}).strip()
        self.text += joined
        return start, start + len(joined)

    def apart(self, kind: str, lines: Sequence[Line]) -> None:
        """Adds what is no running text: each row of a table is a part, else the lines together are one."""
        if kind == "row":
            for n, line in enumerate(lines):
                start = self.begin("\n" if n else "\n\n")
                self.text += "  ".join(repaired_line(part).translate({2: "-"}) for part in line.parts)
                self._part(start, kind, line.page)
        elif kind in _BY_LINE:
            start = self.begin()
            self.text += "\n".join(repaired_line(line.text).translate({2: "-"}) for line in lines)
            self._part(start, kind, lines[0].page)
        else:
            start, _ = self.paragraph(lines)
            self._part(start, kind, lines[0].page)

    def _part(self, start: int, kind: str, page: int) -> None:
        if start < len(self.text):
            self.parts.append(Part(start, len(self.text), kind, page + 1))

    def parts_beside(self, references: tuple[int, int] | None) -> tuple[Part, ...]:
        """The parts in order; reference lists other than the one given are parts, too."""
        others = [
            Part(*span, "reference", self._page_at(span[0])) for span in self.references if span != references
        ]
        return tuple(sorted((*self.parts, *others)))

    def _page_at(self, offset: int) -> int:
        return 1 + max((page for page, start in self.seen.items() if start <= offset), default=0)

    def page_starts(self, pages: int) -> tuple[int, ...]:
        """Where each page's running text starts; where it has none, where the next one's does."""
        starts = [len(self.text)] * pages
        later = len(self.text)
        for page in range(pages - 1, -1, -1):
            later = min(later, self.seen.get(page, later))
            starts[page] = later
        return (0, *starts[1:]) if pages else ()


def flow_of(pages: Sequence[Sequence[Line]], front: Front, style: Style) -> Flow:
    """The paper's text: header, abstract, what stands beside them, then everything else in reading order."""
    lines = [
        line for page in pages for line in page if line.kind not in ("margin", "title", "authors", "mark")
    ]
    written = "\n".join(line.text for line in lines)
    flow = Flow(words_of(written) | frozenset(re.findall(r"\w+\.\w+", written.casefold())))
    if front.title:
        flow.seen[front.page] = 0
        flow.text = "\n".join(filter(None, (header_line(front.title), ", ".join(front.authors))))
    if front.abstract:
        for paragraph in _paragraphs(front.abstract, style):
            flow.paragraph(paragraph)
        flow.abstract_end = len(flow.text)
    beside = [line for line in lines if line.kind == "affiliation"]
    if beside:
        flow.apart("affiliation", beside)
    taken = {"affiliation", "abstract"}
    _run(flow, [line for line in lines if line.kind not in taken], style)
    return flow


def header_line(text: str) -> str:
    """A title's lines as one."""
    return repaired_line(text).translate({2: "-"})


def repaired_line(text: str) -> str:
    """A line's characters repaired; its broken end keeps its mark."""
    broken = text[-1:] == "\x02"
    return repaired(text.rstrip("\x02").replace("\x02", "-")) + "\x02" * broken


def joined_lines(before: str, line: str, known: frozenset[str]) -> str:
    """The text with one more line, and the word whole that its end has broken."""
    if not before or not line:
        return before or line
    if address_goes_on(before, line):
        return before + line
    dotted = _NAME_AT_END.search(before[-60:])
    if dotted and line[:1].islower() and (tail := _WORD_AT_START.match(line[:60])):
        if f"{dotted[1]}.{tail[0]}".casefold() in known:  # a file's or program's name, broken at its dot
            return before + line
        return f"{before} {line}"
    left, right = _WORD_AT_END.search(before[-60:]), _WORD_AT_START.match(line[:60])
    if before[-1] not in HYPHENS or not left:
        return f"{before} {line}"
    if not right:
        return before + line
    if right[0] in ("and", "or", "to", "und", "oder"):
        return before[:-1] + "- " + line
    whole = f"{left[1]}{right[0]}".casefold()
    if left[1].isupper() and right[0][:1].isupper() and not line.isupper() and whole not in known:
        return before + line  # two names in capitals; in a line of capitals it is any word
    return before[: -len(left[0])] + mended(left[1], right[0], known) + line[right.end() :]


def _run(flow: Flow, lines: Sequence[Line], style: Style) -> None:
    paragraph: list[Line] = []
    waiting: list[list[Line]] = []
    listed: list[Line] = []

    def close() -> None:
        if listed:
            start = flow.begin()
            flow.text += "\n".join(repaired_line(line.text).translate({2: "-"}) for line in listed)
            flow.references.append((start, len(flow.text)))
            for line in listed:
                flow.seen.setdefault(line.page, start)
            listed.clear()
        if paragraph:
            flow.paragraph(paragraph)
            paragraph.clear()
        for unit in waiting:
            flow.apart(unit[0].kind, unit)
        waiting.clear()

    last: Line | None = None
    for line in lines:
        if line.kind in ("reference heading", "reference"):
            if line.kind == "reference heading" or not listed:
                close()
            listed.append(line)
        elif line.kind == "heading":
            if last is None or last.kind != "heading" or not _goes_on(last, line):
                close()
                flow.apart("heading", [line])
            else:
                _lengthen(flow, line)
        elif line.kind == "body":
            if listed or (paragraph and _opens(line, paragraph[-1], last, style)):
                close()
            paragraph.append(line)
        elif waiting and _belongs(line, waiting[-1], style):
            waiting[-1].append(line)
        else:
            waiting.append([line])
        last = line
    close()


def _goes_on(above: Line, line: Line) -> bool:
    """Whether two lines are one heading."""
    return (
        above.font == line.font
        and abs(above.size - line.size) < 0.3
        and gap_above(above, line) < 1.4 * largest(line)
    )


def _lengthen(flow: Flow, line: Line) -> None:
    """Adds a line to the heading that ends the text."""
    part = flow.parts.pop()
    heading = joined_lines(flow.text[part.start :], repaired_line(line.text), flow.known).translate({2: "-"})
    flow.text = flow.text[: part.start] + heading
    flow.parts.append(part._replace(end=len(flow.text)))


def _belongs(line: Line, unit: Sequence[Line], style: Style) -> bool:
    """Whether a line goes on with what is set apart."""
    above = unit[-1]
    if line.kind != above.kind or line.page != above.page:
        return False
    if line.kind in ("row", "figure", "listing"):
        return line.column == above.column or line.kind == "figure"
    if line.kind == "formula":
        return gap_above(above, line) < 2 * style.leading
    if line.kind == "caption":
        opens = CAPTION.match(line.text)
        return line.column == above.column and not (opens and opens["mark"])
    return line.column == above.column and not _FOOTNOTE.match(line.text)


def _opens(line: Line, above: Line, last: Line | None, style: Style) -> bool:
    """Whether the line opens a paragraph. ``above``: the paragraph's last line; ``last``: the line before, of any
    kind."""
    done = _STOP.search(above.text) is not None
    small = line.text[:1].islower() or address_goes_on(above.text, line.text)
    if LIST_ITEM.match(line.text) and (done or last is above) and not _runs_on(above, line, style):
        return True
    if small:
        return False
    apart = above.page != line.page or above.column != line.column or last is not above
    indented = line.x0 > line.left + _INDENT * style.size
    if apart:
        return done
    width = line.right - line.left
    short = above.x1 < above.right - _SHORT * width
    moved_in = indented and above.x0 <= above.left + _INDENT * style.size
    loose = gap_above(above, line) > _LOOSE * style.leading
    return (done and (short or moved_in or loose)) or (short and (moved_in or loose)) or loose


def _runs_on(above: Line, line: Line, style: Style) -> bool:
    """Whether a line that opens as an item is in the midst of a paragraph: flush below a full line that ends no
    sentence, or at the top of the next column or page."""
    full = above.x1 > above.right - _SLACK * style.size and above.text[-1:] not in ".!?"
    flush = abs(line.x0 - line.left) < _SLACK * style.size > abs(above.x0 - above.left)
    elsewhere = (above.page, above.column) != (line.page, line.column)
    return full and flush and (elsewhere or gap_above(above, line) < 1.1 * style.leading)


def _paragraphs(lines: Sequence[Line], style: Style) -> list[list[Line]]:
    found: list[list[Line]] = []
    for line in lines:
        if found and not _opens(line, found[-1][-1], found[-1][-1], style):
            found[-1].append(line)
        else:
            found.append([line])
    return found
