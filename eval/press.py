"""Text → a PDF, set as a paper is: columns of justified lines, broken words, headings, running heads, page numbers,
footnotes and captions. PDFium draws it, word by word.
"""

import ctypes
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from assistant.text.sentences import sentence_spans

DEMO = Path(__file__).parent / "demo"
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

    def __init__(self, manner: Manner, press: Press | None = None) -> None:
        self.manner, self.press = manner, press or Press()
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

    def front(self, known: Known, place: str) -> None:
        """A first page with title, authors, what stands beneath them, and the abstract."""
        self.next_page()
        self.centred(known.title, 17, "bold")
        self.y -= 8
        self.centred(", ".join(known.authors), 11)
        self.centred(place, 9, "italic")
        self.y -= 14
        self.top = self.y
        self.y -= self.manner.leading
        self.line([self.manner.abstract], self.y, self.manner.size + 1, full=False, font="bold")
        before = set(known.over)
        self.paragraph(known.abstract, known)
        known.over = before

    def saved(self, known: Known) -> bytes:
        return self.press.saved(self.pages)

    def footnote(self, number: int, text: str) -> None:
        if not self.manner.footnotes:
            return
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


def paper(text: str, manner: Manner) -> bytes:
    """``text``: title and authors, a line each, the abstract, and sections whose headings open with "# "."""
    header, abstract, *blocks = text.strip().split("\n\n")
    title, authors = header.split("\n")
    known = Known(title, tuple(authors.split(", ")), abstract)
    setter = Setter(manner)
    setter.front(known, "A digest, written for this project: its words are not the authors'")
    for block in blocks:
        if block.startswith("# "):
            setter.heading(len(known.headings), block[2:], known)
        else:
            setter.paragraph(block, known)
    return setter.saved(known)


def main(folder: Path) -> None:
    """The demo's texts as PDFs in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(DEMO.glob("*.txt")):
        (folder / f"{path.stem}.pdf").write_bytes(paper(path.read_text(encoding="utf-8"), MANNERS[4]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
