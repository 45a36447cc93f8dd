"""Known text → PDFs in the manner of six common layouts, and how much of the text is read back from them.

The text is the digests' of eval/corpus; PDFium draws it, word by word, as TeX would: justified lines, broken words,
headings, running heads, page numbers, footnotes and captions. Unlike a publisher's PDFs these come with their truth:
each sentence, and which of them run over a column's or page's end.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from assistant import Paper
from assistant.read import read
from assistant.split import sentences
from assistant.text.sentences import sentence_spans
from eval.layout import Score
from eval.sets import CORPORA

WIDTH, HEIGHT = 612.0, 792.0
FONTS = {"roman": "Times-Roman", "bold": "Times-Bold", "italic": "Times-Italic"}


@dataclass(frozen=True)
class Manner:
    """How a class sets a page. ``text``: the text block (x0, y0, x1, y1); ``heading``: how one is written."""

    name: str
    columns: int
    gutter: float
    size: float
    leading: float
    indent: float
    text: tuple[float, float, float, float]
    heading: str = "{n} {title}"
    head: str = ""
    abstract: str = "Abstract"
    footnotes: bool = True
    capitals: bool = False


MANNERS = (
    Manner("acmart", 2, 24, 9, 11, 9, (54, 72, 558, 708), "{n} {title}", "June 2024", "ABSTRACT", capitals=True),
    Manner("IEEEtran", 2, 12, 10, 12, 10, (49, 60, 563, 730), "{roman}. {title}", "LAKES, VOL. 3", capitals=True),
    Manner("Springer", 1, 0, 10, 12, 15, (134, 120, 480, 660), "{n} {title}", "A. Winter et al.", footnotes=False),
    Manner("Elsevier", 2, 18, 9, 11, 10, (45, 70, 567, 720), "{n}. {title}", "Journal of Lakes 12 (2024) 1-9"),
    Manner("ACL", 2, 17, 11, 13.6, 11, (71, 71, 541, 720)),
    Manner("NeurIPS", 1, 0, 10, 11, 0, (108, 72, 504, 710)),
)  # fmt: skip
_AUTHORS = ("Ada Winter", "Bo van Summer", "Cy D. Autumn")
"""Of papers that name none."""


@dataclass
class Known:
    """What a document says: the truth. ``over``: the sentences that run over a column's or page's end."""

    title: str
    authors: tuple[str, ...]
    abstract: str
    headings: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    over: set[str] = field(default_factory=set)


class Press:
    """Draws lines on pages, and measures words."""

    def __init__(self) -> None:
        self.document = pypdfium2.PdfDocument.new()
        self._fonts = {
            name: raw.FPDFText_LoadStandardFont(self.document, face.encode()) for name, face in FONTS.items()
        }
        self._widths: dict[tuple[str, str], float] = {}

    def page(self) -> pypdfium2.PdfPage:
        return self.document.new_page(WIDTH, HEIGHT)

    def width(self, word: str, font: str, size: float) -> float:
        return sum(self._glyph(char, font) for char in word) * size

    def _glyph(self, char: str, font: str) -> float:
        if (char, font) not in self._widths:
            drawn = raw.FPDFPageObj_CreateTextObj(self.document, self._fonts[font], 100)
            encoded = (char + "l\0").encode("utf-16-le")
            raw.FPDFText_SetText(drawn, ctypes.cast(encoded, ctypes.POINTER(ctypes.c_ushort)))
            edges = [ctypes.c_float() for _ in range(4)]
            raw.FPDFPageObj_GetBounds(drawn, *edges)
            self._widths[char, font] = max((edges[2].value - 4.3) / 100 - 0.17, 0.18)
            raw.FPDFPageObj_Destroy(drawn)
        return self._widths[char, font]

    def draw(self, page: pypdfium2.PdfPage, text: str, x: float, y: float, font: str, size: float) -> None:
        drawn = raw.FPDFPageObj_CreateTextObj(self.document, self._fonts[font], size)
        encoded = (text + "\0").encode("utf-16-le")
        raw.FPDFText_SetText(drawn, ctypes.cast(encoded, ctypes.POINTER(ctypes.c_ushort)))
        raw.FPDFPageObj_Transform(drawn, 1, 0, 0, 1, x, y)
        raw.FPDFPage_InsertObject(page, drawn)

    def saved(self, pages: Sequence[pypdfium2.PdfPage]) -> bytes:
        for page in pages:
            page.gen_content()
        buffer = BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()


def broken(
    press: Press, text: str, width: float, indent: float, size: float, font: str = "roman"
) -> list[list[str]]:
    """The paragraph's lines, a list of words each; long words are broken where they do not fit."""
    space = press.width("n", font, size) * 0.5
    lines: list[list[str]] = [[]]
    room = width - indent
    for word in text.split():
        while True:
            need = press.width(word, font, size) + (space if lines[-1] else 0)
            if need <= room or (not lines[-1] and room >= width - indent):
                lines[-1].append(word)
                room -= need
                break
            fitting = [n for n in range(4, len(word) - 2) if word[n - 1] in "aeiou"]
            fitting = [n for n in fitting if press.width(word[:n] + "-", font, size) + space <= room]
            cut = fitting[-1] if fitting and word.isalpha() else 0
            if cut and word.islower():
                lines[-1].append(word[:cut] + "-")
                word = word[cut:]
            lines.append([])
            room = width
    return [line for line in lines if line]


class Setter:
    """Sets one document in one manner."""

    def __init__(self, manner: Manner) -> None:
        self.manner, self.press = manner, Press()
        self.pages: list[pypdfium2.PdfPage] = []
        self.column, self.y, self.floor = 0, 0.0, 0.0
        x0, _, x1, _ = manner.text
        self.width = (x1 - x0 - manner.gutter * (manner.columns - 1)) / manner.columns

    @property
    def x(self) -> float:
        return self.manner.text[0] + self.column * (self.width + self.manner.gutter)

    def next_page(self) -> None:
        self.pages.append(self.press.page())
        self.column, self.y, self.floor = 0, self.manner.text[3], self.manner.text[1]
        number = str(len(self.pages))
        self.press.draw(self.pages[-1], number, WIDTH / 2, 36, "roman", 9)
        if self.manner.head and len(self.pages) > 1:
            self.press.draw(self.pages[-1], self.manner.head, self.manner.text[0], HEIGHT - 40, "roman", 8)

    def next_column(self) -> None:
        if self.column + 1 < self.manner.columns:
            self.column += 1
            self.y, self.floor = self.top, self.manner.text[1]
        else:
            self.next_page()
            self.top = self.y

    def centred(self, text: str, size: float, font: str = "roman") -> None:
        x0, _, x1, _ = self.manner.text
        for words in broken(self.press, text, x1 - x0, 0, size, font):
            line = " ".join(words)
            self.press.draw(
                self.pages[-1], line, (x0 + x1 - self.press.width(line, font, size)) / 2, self.y, font, size
            )
            self.y -= 1.2 * size

    def line(
        self,
        words: Sequence[str],
        y: float,
        size: float,
        indent: float = 0.0,
        full: bool = True,
        font: str = "roman",
    ) -> None:
        widths = [self.press.width(word, font, size) for word in words]
        space = self.press.width("n", font, size) * 0.5
        if full and len(words) > 1:
            space = max(space, (self.width - indent - sum(widths)) / (len(words) - 1))
        x = self.x + indent
        for word, width in zip(words, widths, strict=True):
            self.press.draw(self.pages[-1], word, x, y, font, size)
            x += width + space

    def paragraph(self, text: str, known: Known) -> None:
        manner = self.manner
        lines = broken(self.press, text, self.width, manner.indent, manner.size)
        place = 0
        for n, words in enumerate(lines):
            if self.y - manner.leading < self.floor:
                ends = [(a, b) for a, b in sentence_spans(text) if a < place < b - 1]
                known.over.update(text[a:b] for a, b in ends)
                self.next_column()
            self.y -= manner.leading
            self.line(words, self.y, manner.size, 0.0 if n else manner.indent, n < len(lines) - 1)
            place += len(" ".join(words)) + (0 if words[-1].endswith("-") and n < len(lines) - 1 else 1)
        self.y -= 0.0 if manner.indent else 0.6 * manner.leading

    def heading(self, n: int, title: str, known: Known) -> None:
        roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")[n % 8]
        text = self.manner.heading.format(
            n=n + 1, roman=roman, title=title.upper() if self.manner.capitals else title
        )
        if self.y - 5 * self.manner.leading < self.floor:
            self.next_column()
        self.y -= 0.8 * self.manner.leading
        for words in broken(self.press, text, self.width, 0, self.manner.size + 1, "bold"):
            self.y -= 1.2 * self.manner.size
            self.line(words, self.y, self.manner.size + 1, full=False, font="bold")
        self.y -= 0.3 * self.manner.leading
        known.headings.append(text)

    def footnote(self, number: int, text: str) -> None:
        size = self.manner.size - 1.5
        lines = broken(self.press, f"{number} {text}", self.width, 0, size)
        if self.y - self.floor < 4 * self.manner.leading + len(lines) * 1.2 * size:
            return
        self.floor += 1.2 * size * len(lines) + 6
        for n, words in enumerate(lines, 1):
            self.line(words, self.floor - 6 - 1.2 * size * n + size * 0.3, size, full=n < len(lines))

    def caption(self, text: str, known: Known) -> None:
        size = self.manner.size - 1
        lines = broken(self.press, text, self.width, 0, size)
        if self.y - (len(lines) + 6) * self.manner.leading < self.floor:
            return
        self.y -= 4 * self.manner.leading
        for n, words in enumerate(lines):
            self.y -= 1.15 * size
            self.line(words, self.y, size, full=n < len(lines) - 1)
        self.y -= 1.3 * self.manner.leading
        known.captions.append(text)


def typeset(manner: Manner, papers: Sequence[Paper], first: int) -> tuple[bytes, Known]:
    """A document whose title, authors and abstract are those of paper ``first``, its text that of those behind it."""
    own, others = papers[first], [*papers[first + 1 :], *papers[:first]]
    known = Known(own.title or "", tuple(map(_as_printed, own.authors)) or _AUTHORS, own.text[own.body :])
    setter = Setter(manner)
    setter.next_page()
    setter.centred(known.title, 17, "bold")
    setter.y -= 8
    setter.centred(", ".join(known.authors), 11)
    setter.centred("Institute of Lakes, University of Oulu", 9, "italic")
    setter.y -= 14
    setter.top = setter.y
    mark = manner.abstract
    setter.y -= manner.leading
    setter.line([mark], setter.y, manner.size + 1, full=False, font="bold")
    before = set(known.over)
    setter.paragraph(known.abstract, known)
    known.over = before
    for n, other in enumerate(others):
        if n % 2 == 0:
            setter.heading(n // 2, " ".join((other.title or "Lakes").split(":")[0].split()[:7]), known)
        text = other.text[other.body :]
        setter.paragraph(text, known)
        known.paragraphs.append(text)
        if n % 3 == 1 and manner.footnotes:
            setter.footnote(
                n // 3 + 1, "As counted by the authors on three days of June, in every lake that is named."
            )
        if n % 3 == 2:
            setter.caption(
                f"Figure {n // 3 + 1}: Perch by depth and year. The darker they are, the older.", known
            )
    return setter.press.saved(setter.pages), known


def _as_printed(author: str) -> str:
    last, _, first = author.partition(", ")
    return f"{first} {last}" if first else author


def run(failures: bool = False) -> str:
    """A table: a column for each manner."""
    papers = [
        paper
        for folder in CORPORA["digests"]
        for path in sorted(folder.glob("*.txt"))
        for paper in read(path.read_bytes(), path)
        if paper.title
    ]
    scores = {manner.name: Score() for manner in MANNERS}
    for manner in MANNERS:
        for first in range(0, len(papers), 4):
            data, known = typeset(manner, papers, first)
            (found,) = read(data, Path(f"{manner.name}-{first}.pdf"))
            _score(found, known, scores[manner.name], f"{manner.name}-{first}")
    names = list(dict.fromkeys(name for score in scores.values() for name in score.counts))
    shown = [f"{'':22}" + "".join(f"{name:>16}" for name in scores)]
    for name in names:
        cells = [score.counts.get(name, (0.0, 0.0)) for score in scores.values()]
        shown.append(f"{name:22}" + "".join(f"{a / max(b, 1):>9.3f} ({b:.0f})".rjust(16) for a, b in cells))
    return "\n".join(shown + [each for score in scores.values() for each in score.failures if failures])


def _score(found: Paper, known: Known, score: Score, name: str) -> None:
    said = [(each.kind, _plain(each.text)) for each in sentences(found)]
    prose = [text for kind, text in said if kind == "sentence"]
    places = {text: n for n, text in reversed(list(enumerate(prose)))}
    wanted = list(_wanted(known.paragraphs))
    for each in wanted:
        score.judge("sentences whole", each in places, f"{name} {each[:110]!r}")
    for each in map(_plain, known.over):
        score.judge("whole over a break", each in places, f"{name} {each[:110]!r}")
    for one, other in pairwise(wanted):
        if one in places and other in places:
            score.add("in order", places[one] < places[other])
    score.judge("title", _plain(found.title or "") == _plain(known.title), f"{name} {found.title!r}")
    score.judge("authors", tuple(map(_plain, found.authors)) == tuple(map(_plain, known.authors)),
                f"{name} {found.authors} not {known.authors}")  # fmt: skip
    abstract = _plain(found.abstract or "")
    score.judge("abstract", abstract == _plain(known.abstract), f"{name} {abstract[-80:]!r}")
    headings = {_plain(found.text[part.start : part.end]) for part in found.parts if part.kind == "heading"}
    for heading in known.headings:
        score.judge("headings", _plain(heading) in headings, f"{name} {heading!r}")
    captions = {text for kind, text in said if kind == "caption"}
    for caption in known.captions:
        score.judge("captions", _plain(caption) in captions, f"{name} {caption!r}")


def _wanted(paragraphs: Sequence[str]) -> Iterator[str]:
    for text in paragraphs:
        yield from (_plain(text[a:b]) for a, b in sentence_spans(text))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
