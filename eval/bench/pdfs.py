"""Reading and adding PDFs."""

from pathlib import Path

from assistant.read import pdf
from eval.bench.commands import ASSISTANT
from eval.bench.measure import Measure, ran, timed
from eval.sets import DATA

FOLDER = DATA / "pdf" / "juliacon"
ABSENT = "skipped: pdf/juliacon is not in the data folder beside the checkout"


def measured(folder: Path, n: int) -> list[Measure]:
    """Pages a second by one process: of the reader alone, and of ``add`` with all it does."""
    contents = [(path.read_bytes(), str(path)) for path in sorted(FOLDER.glob("*.pdf"))]
    pages = sum(len(paper.page_starts) for content in contents for paper in pdf.read(*content))
    read = tuple(pages / timed(lambda: [pdf.read(*content) for content in contents]) for _ in range(n))
    added = ran([*ASSISTANT, "--library", str(folder / "pdfs"), "add", str(FOLDER)])
    return [
        Measure(f"text of {pages} PDF pages, one process", "pages/s", read, 100, more_is_better=True),
        Measure("add of these PDFs, cold process", "pages/s", (pages / added.seconds,)),
    ]
