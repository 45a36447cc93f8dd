"""PDFs made here by hand."""

from collections.abc import Sequence

ENCRYPTED = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >> /ID [<00> <00>]".format(
    "00" * 32
)


def made(pages: Sequence[Sequence[tuple[int, str]]], trailer: str = "") -> bytes:
    """A PDF of pages of (size of type, line)."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, page in enumerate(pages):
        y, shown = 780, ""
        for size, line in page:
            y -= 2 * size
            text = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            shown += f"BT /F1 {size} Tf 50 {y} Td ({text}) Tj ET\n"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(shown)} >>\nstream\n{shown}endstream",
        ]
    pdf, places = "%PDF-1.4\n", []
    for n, content in enumerate(objects, 1):
        places.append(len(pdf))
        pdf += f"{n} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    pdf += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n"
    return (pdf + f"startxref\n{pdf.index('xref')}\n%%EOF\n").encode("latin-1")
