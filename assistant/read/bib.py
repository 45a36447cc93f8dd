"""BibTeX and biblatex → a paper an entry: its title and authors, and its abstract where it has one."""

import re

from assistant.errors import ReadError
from assistant.read.record import Record, paper_of, year_in
from assistant.text.bib import BibEntry, parsed
from assistant.text.encoding import decode
from assistant.text.identifiers import arxiv_id, arxiv_in
from assistant.text.latex import prose
from assistant.types import Paper, Warn

LARGEST = 50_000_000
_VENUE = (
    *("journal", "journaltitle", "booktitle", "maintitle", "eventtitle", "school", "institution"),
    *("publisher", "howpublished"),
)
_AND = re.compile(r"\s+and\s+|\{[^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*\}", re.IGNORECASE)


def read(data: bytes, file: str, warn: Warn) -> list[Paper]:
    """Warns of each entry that is broken, or that has neither a title nor an abstract. Raises ReadError if that are
    all."""
    text = decode(data)
    entries, unread = parsed(text)
    parents = {entry.key.lower(): entry.fields for entry in reversed(entries)}
    papers = []
    line = place = 0
    for entry in entries:
        line, place = line + text.count("\n", place, entry.start), entry.start
        record = _record(entry, parents)
        if record.title or record.abstract:
            papers.append(paper_of(record, file))
        else:
            unread.append((line + 1, f"{entry.key or 'an entry'} has neither a title nor an abstract"))
    problems = [f"line {number}: {why}" for number, why in sorted(unread)]
    if not papers:
        raise ReadError(problems[0] if problems else "no entry in it")
    for problem in problems:
        warn(f"{problem}; this entry was not read")
    return papers


def _record(entry: BibEntry, parents: dict[str, dict[str, str]]) -> Record:
    """What an entry does not say, the one that it refers to says for it: the volume that it stands in."""
    volume = parents.get(entry.fields.get("crossref", "").strip().lower(), {})
    inherited = {"booktitle": volume.get("title", "")} | {
        name: volume[name] for name in ("booktitle", "year", "date") if name in volume
    }
    fields = inherited | {name: value for name, value in entry.fields.items() if value.strip()}

    def shown(*names: str) -> str:
        return next((text for name in names if (text := prose(fields.get(name, "")).strip())), "")

    title = ": ".join(filter(None, (shown("title"), shown("subtitle"))))
    elsewhere = " ".join(fields.get(name, "") for name in ("journal", "note", "howpublished", "url", "doi"))
    return Record(
        entry.start,
        entry.end,
        title,
        _people(fields.get("author") or fields.get("editor", "")),
        shown("abstract"),
        year=year_in(fields.get("year") or fields.get("date", "")),
        venue=shown(*_VENUE),
        doi=fields.get("doi", "").replace("\\", ""),
        arxiv=arxiv_id(fields.get("eprint", "")) or arxiv_in(elsewhere),
        url=prose(fields.get("url", "").replace("~", "\\textasciitilde{}")).strip(),
        id=entry.key,
    )


def _people(names: str) -> tuple[str, ...]:
    """The names between the "and"s that stand in no braces; a group in braces is one name, whatever it holds."""
    cut = _AND.sub(lambda match: match[0] if match[0].startswith("{") else "\0", " ".join(names.split()))
    people = (" ".join(prose(name).split()) for name in cut.split("\0"))
    return tuple(name for name in people if name and name.lower() != "others")
