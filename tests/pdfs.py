"""PDFs made here by hand."""

from collections.abc import Sequence
from typing import NamedTuple

ENCRYPTED = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >> /ID [<00> <00>]".format(
    "00" * 32
)
FONTS = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Courier")


class Set(NamedTuple):
    """A line where it stands on its page. ``font``: a place in FONTS; ``sideways``: read from bottom to top."""

    x: float
    y: float
    size: float
    text: str
    font: int = 0
    sideways: bool = False


class Ruled(NamedTuple):
    """A thin line across."""

    x0: float
    x1: float
    y: float


def made(pages: Sequence[Sequence[tuple[int, str]]], trailer: str = "") -> bytes:
    """A PDF of pages of (size of type, line), one below the other."""
    return placed([list(_below(page)) for page in pages], trailer)


def _below(page: Sequence[tuple[int, str]]) -> list[Set]:
    y, found = 780, []
    for size, line in page:
        y -= 2 * size
        found.append(Set(50, y, size, line))
    return found


def column(x: float, y: float, lines: Sequence[str], size: float = 10, font: int = 0) -> list[Set]:
    """Lines one below the other, as a paragraph's are."""
    return [Set(x, y - 1.2 * size * n, size, line, font) for n, line in enumerate(lines)]


def placed(pages: Sequence[Sequence[Set | Ruled]], trailer: str = "", info: str = "") -> bytes:
    """A PDF of pages of lines and rules in their places. ``info``: entries of its information dictionary."""
    first = 3 + len(FONTS)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    fonts = " ".join(f"/F{n} {3 + n} 0 R" for n in range(len(FONTS)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        *(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
            for name in FONTS
        ),
    ]
    for n, page in enumerate(pages):
        shown = "".join(map(_drawn, page))
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 1 + 2 * n} 0 R"
            f" /Resources << /Font << {fonts} >> >> >>",
            f"<< /Length {len(shown)} >>\nstream\n{shown}endstream",
        ]
    if info:
        objects.append(f"<< {info} >>")
        trailer += f" /Info {len(objects)} 0 R"
    pdf, places = "%PDF-1.4\n", []
    for n, content in enumerate(objects, 1):
        places.append(len(pdf))
        pdf += f"{n} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    pdf += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n"
    return (pdf + f"startxref\n{pdf.index('xref')}\n%%EOF\n").encode("cp1252")


def _drawn(item: Set | Ruled) -> str:
    if isinstance(item, Ruled):
        return f"{item.x0} {item.y} m {item.x1} {item.y} l S\n"
    text = item.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    turn = "0 1 -1 0" if item.sideways else "1 0 0 1"
    return f"BT /F{item.font} {item.size} Tf {turn} {item.x} {item.y} Tm ({text}) Tj ET\n"
