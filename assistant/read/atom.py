"""What arXiv's interface answers (Atom) → a paper an entry."""

import re

from assistant.read.markup import Node, line
from assistant.read.record import Record, year_in
from assistant.text.identifiers import arxiv_in

_ENTRY = re.compile(r"<(?:\w+:)?entry\b.*?</(?:\w+:)?entry\s*>", re.DOTALL)


def records(root: Node, text: str) -> list[Record]:
    """``text``: the characters of the file, in which each entry has its place."""
    entries = root.findall("entry")
    places = [match.span() for match in _ENTRY.finditer(text)]
    if len(places) != len(entries):
        places = [(n, n + 1) for n in range(len(entries))]
    return (
        [_record(*each) for each in zip(entries, *zip(*places, strict=True), strict=True)] if entries else []
    )


def _record(entry: Node, start: int, end: int) -> Record:
    address = line(entry.find("id"))
    return Record(
        start,
        end,
        line(entry.find("title")),
        tuple(line(author.find("name")) for author in entry.iterfind("author")),
        line(entry.find("summary")),
        year=year_in(line(entry.find("published")) or line(entry.find("updated"))),
        venue=line(entry.find("journal_ref")),
        doi=line(entry.find("doi")),
        arxiv=arxiv_in(address),
        url=address,
        id=arxiv_in(address),
    )
