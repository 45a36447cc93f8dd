"""Papers → RIS, as reference managers read it: a record each, a tag and its value a line."""

from collections.abc import Iterator, Sequence

from assistant.show.parts import kind
from assistant.show.plain import one_line
from assistant.types import Paper

_TYPES = {"preprint": "UNPB", "proceedings": "CPAPER", "journal": "JOUR", "other": "GEN"}


def entries(papers: Sequence[Paper]) -> str:
    """Papers → one record each, under its key; none for no papers."""
    return "\n\n".join("\n".join(_lines(paper)) for paper in papers)


def _lines(paper: Paper) -> Iterator[str]:
    """Names stand as they are known: what is "family, given" and what is not, the readers tell by the comma."""
    yield f"TY  - {_TYPES[kind(paper)]}"
    values = [
        ("ID", paper.key),
        ("TI", paper.title),
        *(("AU", name) for name in paper.authors),
        ("PY", str(paper.year or "")),
        ("T2", paper.venue),
        ("DO", paper.doi),
        ("N1", f"arXiv:{paper.arxiv}" if paper.arxiv else ""),
        ("UR", paper.url),
        ("AB", paper.abstract),
    ]
    for tag, value in values:
        if shown := one_line(value or ""):
            yield f"{tag}  - {shown}"
    yield "ER  - "
