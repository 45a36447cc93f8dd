"""The ACL Anthology's XML → a paper an entry of its volumes."""

import re

from assistant.read.markup import Node, line
from assistant.read.record import Record, year_in

_PAPER = re.compile(r"<paper\b.*?</paper\s*>", re.DOTALL)
_ADDRESS = "https://aclanthology.org/"


def records(root: Node, text: str) -> list[Record]:
    """``text``: the characters of the file, in which each paper has its place."""
    places = [match.span() for match in _PAPER.finditer(text)]
    papers = [(volume, paper) for volume in root.iter("volume") for paper in volume.iterfind("paper")]
    if len(places) != len(papers):  # one stands in a comment
        places = [(n, n + 1) for n in range(len(papers))]
    return [_record(*each, *place) for each, place in zip(papers, places, strict=True)]


def _record(volume: Node, paper: Node, start: int, end: int) -> Record:
    number = line(paper.find("url"))
    return Record(
        start,
        end,
        line(paper.find("title"), _words),
        tuple(_name(each) for each in paper.iterfind("author")),
        line(paper.find("abstract"), _words),
        year=year_in(line(volume.find("meta/year"))),
        venue=line(volume.find("meta/booktitle"), _words),
        doi=line(paper.find("doi")),
        url=number if "/" in number or not number else _ADDRESS + number,
        id=line(paper.find("bibkey")) or number,
    )


def _name(author: Node) -> str:
    return f"{line(author.find('first'))} {line(author.find('last'))}".strip()


def _words(node: Node) -> str | None:
    """Maths is LaTeX without its dollars."""
    return f"${line(node)}$" if node.tag == "tex-math" else None
