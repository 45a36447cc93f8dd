"""RIS, and PubMed's form of it (.nbib) → a paper a record: tagged lines, of which some go on below."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from assistant.errors import ReadError
from assistant.read.record import Record, paper_of, year_in
from assistant.text.encoding import decode
from assistant.text.identifiers import arxiv_in
from assistant.types import Paper, Warn

LARGEST = 50_000_000
_LINE = re.compile(r"\ufeff?([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)")
"""Four characters hold the tag in .nbib, two in RIS."""
_FIRST, _LAST = ("TY", "PMID"), "ER"
_TITLE, _ABSTRACT = ("TI", "T1", "CT", "BT"), ("AB", "N2")
_VENUE = ("JT", "JO", "JF", "T2", "JA", "TA", "BT", "PB")
_YEAR = ("PY", "Y1", "DP", "DA")

Tagged = Mapping[str, list[str]]


def read(data: bytes, file: str, warn: Warn) -> list[Paper]:
    """Warns of each record without title and abstract. Raises ReadError if there is no other."""
    text = decode(data)
    papers, problems = [], []
    line = place = 0
    for start, end, tagged in _records(text):
        line, place = line + text.count("\n", place, start), start
        record = _record(tagged, start, end)
        if record.title or record.abstract:
            papers.append(paper_of(record, file))
        else:
            problems.append(f"line {line + 1}: neither a title nor an abstract")
    if not papers:
        raise ReadError(problems[0] if problems else "no record in it: none begins with TY or PMID")
    for problem in problems:
        warn(f"{problem}; this record was not read")
    return papers


def _records(text: str) -> Iterator[tuple[int, int, Tagged]]:
    """(start, end, tag → its values in order) of each record; one that is not closed ends where the next begins."""
    tagged: defaultdict[str, list[list[str]]] = defaultdict(list)
    begin, offset, last = 0, 0, ""
    for row in text.split("\n"):
        match = _LINE.match(row)
        if match and match[1] in _FIRST:
            if tagged:
                yield begin, offset, _joined(tagged)
            tagged, begin = defaultdict(list), offset
        if match and (tagged or match[1] in _FIRST):
            last = match[1]
            tagged[last].append([match[2].strip()])
        elif row.strip() and tagged:
            tagged[last][-1].append(row.strip())
        offset += len(row) + 1
        if match and match[1] == _LAST and tagged:
            yield begin, min(offset, len(text)), _joined(tagged)
            tagged = defaultdict(list)
    if tagged:
        yield begin, len(text), _joined(tagged)


def _joined(tagged: Mapping[str, list[list[str]]]) -> Tagged:
    return {tag: ["\n".join(rows) for rows in values] for tag, values in tagged.items()}


def _record(tagged: Tagged, start: int, end: int) -> Record:
    def first(*tags: str) -> str:
        return next((value for tag in tags for value in tagged.get(tag, ()) if value), "")

    title, url = first(*_TITLE), first("UR", "L2")
    doi = first("DO") or next(
        (value.split()[0] for tag in ("LID", "AID") for value in tagged.get(tag, ()) if "[doi]" in value), ""
    )
    return Record(
        start,
        end,
        title,
        tuple(next((tagged[tag] for tag in ("FAU", "AU", "A1") if tagged.get(tag)), ())),
        first(*_ABSTRACT),
        year=next((year for tag in _YEAR if (year := year_in(first(tag)))), None),
        venue=first(*(tag for tag in _VENUE if first(tag) != title)),
        doi=doi,
        arxiv=arxiv_in(" ".join((url, doi, first("JO", "M3", "AN", "N1")))),
        url=url,
        id=first("ID", "PMID", "AN"),
    )
