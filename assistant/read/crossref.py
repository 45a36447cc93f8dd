"""What a publisher deposits with Crossref, which a folder of PDFs may have beside them → a paper a work."""

import re

from assistant.read.markup import Node, line
from assistant.read.record import Record, year_in

WORKS = ("journal_article", "conference_paper", "posted_content")
"""The elements that register a paper, by Crossref's schema 5.3."""
_VENUES = (
    "journal_metadata/full_title",
    "proceedings_metadata/proceedings_title",
    "group_title",
    "institution/institution_name",
)
_DATES = ("publication_date/year", "posted_date/year", "acceptance_date/year")
_WORK = re.compile(rf"<({'|'.join(WORKS)})\b.*?</\1\s*>", re.DOTALL)


def records(root: Node, text: str) -> list[Record]:
    """``text``: the characters of the file, in which each work has its place."""
    works = list(root.iter(*WORKS))
    places = [match.span() for match in _WORK.finditer(text)]
    if len(places) != len(works):  # one stands in a comment, or has a prefix
        places = [(n, n + 1) for n in range(len(works))]
    return [_record(work, *place) for work, place in zip(works, places, strict=True)]


def _record(work: Node, start: int, end: int) -> Record:
    doi = line(work.find("doi_data/doi"))
    whole = [work, work.getparent()]
    return Record(
        start,
        end,
        ": ".join(filter(None, (line(work.find(f"titles/{part}")) for part in ("title", "subtitle")))),
        tuple(map(_name, work.iterfind("contributors/person_name"))),
        line(work.find("abstract")),
        year=year_in(next(filter(None, (line(work.find(path)) for path in _DATES)), "")),
        venue=next(filter(None, (line(each.find(path)) for each in whole for path in _VENUES)), ""),
        doi=doi,
        url=line(work.find("doi_data/resource")),
        id=doi,
    )


def _name(person: Node) -> str:
    return f"{line(person.find('given_name'))} {line(person.find('surname'))}".strip()
