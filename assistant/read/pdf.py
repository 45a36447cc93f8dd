"""PDF → one paper with its text by page."""

import re
from typing import TYPE_CHECKING

from assistant.errors import ReadError
from assistant.read import front
from assistant.read.canonical import reference_list, rejoined, repaired, words_of
from assistant.read.handle import handle
from assistant.read.layout import page_of, reading
from assistant.types import Paper, Source

if TYPE_CHECKING:
    import pypdfium2

_HEADING = re.compile(
    r"^(?:\d+(?:\.\d+)*\.?[ \t]+[A-Z][^.!?\n]{2,70}|[A-Z][A-Z ]{5,40}|Keywords?|Abstract|References)$",
    re.MULTILINE,
)
"""A heading stands alone: else it would open the sentence below it."""
_ENDS = re.compile(r"[.!?:][\"'”’)\]]*$")
_LEAST = 20
"""Letters of a PDF that was not scanned: a form's fields or page numbers may be text in one that was."""
_BREAK = "\x02"
"""PDFium's mark for a hyphen at a line's end, in bounded text; in ranges it is U+FFFE."""


def read(data: bytes, file: str) -> list[Paper]:
    """The one paper of a PDF. Raises ReadError for a PDF that is damaged, encrypted or without text."""
    import pypdfium2 as pdfium  # only when there is a PDF: no question has to wait for it

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise ReadError("the PDF is encrypted; save a copy without its password") from error
        raise ReadError("not a readable PDF") from error
    try:
        pages = [page_of(page) for page in document]
        title = _title(document[0]) if pages else None
        info = document.get_metadata_dict()
    except pdfium.PdfiumError as error:
        raise ReadError("the PDF is damaged") from error
    finally:
        document.close()
    seen = reading(pages)
    raw = ["\n".join(page).replace("\ufffe", _BREAK) for page in seen.pages]
    known = words_of("\n".join(raw))
    text, starts = "", []
    for page in raw:
        # What was broken at a line's end is mostly a word; what a page's end has broken stays so.
        page = repaired(rejoined(page, known).replace(_BREAK, "-"))
        page = repaired(_HEADING.sub(r"\n\n\g<0>\n\n", page))
        goes_on = page[:1].islower() and not _ENDS.search(text)
        text += ("\n" if goes_on else "\n\n") if text and page else ""
        starts.append(len(text))
        text += page
    if sum(map(str.isalpha, text)) < _LEAST:
        raise ReadError("the PDF holds no text (scanned pages?); run it through text recognition first")
    source, name = Source(file, 0, len(text)), None if title else handle(text[:5000])
    said = front.abstract(text)
    return [
        Paper(
            text, said[0] if said else 0, source, title, name,
            authors=front.authors(seen.first, title, info), year=front.year(seen.marginal, info), arxiv=seen.arxiv,
            abstract_end=said[1] if said else None, page_starts=tuple(starts), references=reference_list(text),
        )
    ]  # fmt: skip


def _title(page: "pypdfium2.PdfPage") -> str | None:
    """The text in the first page's largest type, if that is one stretch of at most 300 characters near
    the top: journals and preprint servers alike set the title largest."""
    from pypdfium2.raw import FPDFText_GetCharAngle, FPDFText_GetFontSize

    textpage = page.get_textpage()
    count = min(textpage.count_chars(), 3000)
    level = [abs(FPDFText_GetCharAngle(textpage, i)) < 0.1 for i in range(count)]  # no stamp on the margin
    sizes = [round(FPDFText_GetFontSize(textpage, i), 1) * is_level for i, is_level in enumerate(level)]
    chars = [textpage.get_text_range(i, 1) for i in range(count)]
    solid = [size for size, char in zip(sizes, chars, strict=True) if char.strip()]
    if not solid:
        return None
    largest = max(solid)
    if largest <= 1.1 * sorted(solid)[len(solid) // 2]:
        return None  # no type is larger than the running text's
    places = [i for i in range(count) if sizes[i] == largest and chars[i].strip()]
    title = " ".join(repaired("".join(chars[places[0] : places[-1] + 1])).split())
    letters = sum(char.isalpha() for char in title)
    return title if 8 <= len(title) <= 300 and letters > len(title) / 2 else None
