"""PDF → one paper: its pages are read by their layout (layout/), each on its own; what cannot be read is told."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from assistant.errors import ReadError
from assistant.read.handle import handle
from assistant.read.layout.columns import ordered_pages
from assistant.read.layout.flow import Flow, flow_of, header_line
from assistant.read.layout.front import Front, front_first, is_title_page, read_front
from assistant.read.layout.kinds import mark_figures, mark_kinds
from assistant.read.layout.margins import mark_margins, without_line_numbers
from assistant.read.layout.pen import Font
from assistant.read.layout.scans import straightened
from assistant.read.layout.sheet import Sheet, sheet_of
from assistant.read.layout.style import style_of
from assistant.types import Paper, Source

if TYPE_CHECKING:
    import pypdfium2

_LEAST_LETTERS = 20
"""On all pages together: what has fewer is a scan with a stamp or a form with its fields, and no paper."""
MOST_CHARACTERS = 5_000_000
"""Of all pages: a book of 1,500 pages has fewer; pages that share one content can have any number in a small file."""
MOST_PAGES = 3000
"""A volume of proceedings has fewer."""
_OCR = "run OCR, for example ocrmypdf"

Turned = Callable[[int, int], None]
"""Told after each page how many of how many are read."""


def read(
    data: bytes, file: str, most_pages: int = MOST_PAGES, turned: Turned = lambda page, of: None
) -> list[Paper]:
    """The one paper of a PDF. Raises ReadError for a PDF that is damaged, encrypted, too long or without text."""
    import pypdfium2 as pdfium  # only when there is a PDF: no question has to wait for it

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise ReadError("the PDF is encrypted; save a copy without its password") from error
        raise ReadError("not a readable PDF") from error
    try:
        if len(document) > most_pages:
            raise ReadError(
                f"too long ({len(document):,} pages); split it, or allow more than {most_pages:,}: --pages"
            )
        sheets = _sheets(document, turned)
        info = {name: _stated(document, name) for name in document.METADATA_KEYS}
    except pdfium.PdfiumError as error:
        raise ReadError("the PDF is damaged") from error
    finally:
        document.close()
    if sum(map(str.isalnum, "".join(word.text for sheet in sheets for word in sheet.words))) < _LEAST_LETTERS:
        raise ReadError(f"the PDF holds no text (scanned pages?); {_OCR}")
    return [_paper(sheets, info, file)]


def _stated(document: "pypdfium2.PdfDocument", name: str) -> str:
    """What the document's info says of itself under the name; "" where that is no text."""
    try:
        return str(document.get_metadata_value(name))
    except UnicodeDecodeError:
        return ""


def _sheets(document: "pypdfium2.PdfDocument", turned: Turned) -> list[Sheet]:
    fonts: dict[str, Font] = {}
    sheets: list[Sheet] = []
    characters = 0
    for number in range(len(document)):
        page = document[number]
        sheet = sheet_of(page, number, fonts)
        page.close()
        characters += sheet.characters
        if characters > MOST_CHARACTERS:
            raise ReadError(
                f"too long: of a PDF at most {MOST_CHARACTERS // 1_000_000} million characters are read; split it"
            )
        sheets.append(sheet)
        turned(number + 1, len(document))
    return without_line_numbers(straightened(sheets))


def _paper(sheets: list[Sheet], info: Mapping[str, str], file: str) -> Paper:
    pages = ordered_pages(sheets)
    mark_margins(pages, sheets)
    for lines, sheet in zip(pages, sheets, strict=True):
        mark_figures(lines, sheet)
    style = style_of([line for page in pages for line in page])
    first = next((n for n, lines in enumerate(pages) if lines), 0)
    pages[first] = front_first(pages[first], style)
    margins = [text for sheet in sheets[:3] for text in sheet.sideways]
    margins += [line.text for page in pages[1:] for line in page if line.kind == "margin"]
    behind = first + 1 + is_title_page(pages[first], style)
    opening = [line for page in pages[first:behind] for line in page]
    later = pages[behind] if behind < len(pages) else []
    front = read_front(opening, sheets[first].height, style, margins, info, later)
    mark_kinds(pages, sheets, style)
    flow = flow_of(pages, front, style)
    references = max(flow.references, key=lambda span: span[1] - span[0], default=None)
    title = header_line(front.title) if front.title else None
    body = _body(flow, front, title)
    return Paper(
        flow.text,
        body,
        Source(file, 0, len(flow.text)),
        title,
        None if title else handle(flow.text[:5000]),
        front.authors,
        front.year,
        doi=front.doi,
        arxiv=front.arxiv,
        abstract_end=flow.abstract_end,
        page_starts=flow.page_starts(len(sheets)),
        references=references,
        parts=flow.parts_beside(references),
        warnings=_warnings(sheets),
    )


def _body(flow: Flow, front: Front, title: str | None) -> int:
    """Where the text goes on behind title and authors."""
    header = "\n".join(filter(None, (title, ", ".join(front.authors)))) if title else ""
    return min(len(flow.text), len(header) + 2) if header else 0


def _warnings(sheets: list[Sheet]) -> tuple[str, ...]:
    """Which pages show something and hold no text."""
    scanned = [sheet.number + 1 for sheet in sheets if not sheet.words and not sheet.is_empty]
    if not scanned:
        return ()
    runs: list[list[int]] = []
    for number in scanned:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    pages = "pages" if len(scanned) > 1 else "page"
    return (f"{pages} {named} hold{'s' * (len(scanned) == 1)} no text (scanned?); {_OCR}",)
