"""JSON, JSON lines, CSV and TSV → a paper an object or row, by the names that its fields have in common use: BEIR, the
ACL Anthology, arXiv listings, CSL-JSON, and what Zotero, Scopus and their like export."""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.errors import ReadError, UnknownKind
from assistant.read.authors import split_authors
from assistant.read.record import Record, paper_of, year_in
from assistant.text.encoding import decode
from assistant.text.identifiers import arxiv_id, arxiv_in
from assistant.types import Paper, Warn

LARGEST = 100_000_000
"""Bytes that are read of one file, unpacked: all abstracts of a field's conferences make 75 MB."""
_TITLE = ("title", "articletitle", "documenttitle", "papertitle")
_TEXT = ("text", "abstract", "abstractnote", "abstracttext", "summary", "body", "contents")
_AUTHORS = ("authors", "author", "authorfullnames", "authornames", "creators", "creator")
_RECORD = ("_id", "id", "key", "bibkey", "citationkey", "docid", "paperid", "ut")
_VENUE = (
    *("venue", "journal", "journaltitle", "booktitle", "containertitle", "publicationtitle", "sourcetitle"),
    *("journalref", "conferencename"),
)
_YEAR = ("year", "publicationyear", "pubyear", "issued", "date", "publicationdate", "published")
_URL = ("url", "abs", "link", "urls")
_DECODER = json.JSONDecoder(parse_constant=lambda name: None)  # NaN is how some programs say nothing
_SPACE = re.compile(r"[\s,]*")

Fields = Mapping[str, Any]


def read_lines(data: bytes, file: str, warn: Warn) -> list[Paper]:
    """A paper a line of JSON. Warns of each line that is no record; raises ReadError, naming the first, if that are
    all."""
    text = decode(data)
    papers: list[Paper] = []
    problems: list[str] = []
    offset = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                papers.append(_paper(_object(line, number), offset, len(line), file, f"line {number}"))
            except ReadError as error:
                problems.append(str(error))
        offset += len(line) + 1
    return _told(papers, problems, "line", warn)


def read_json(data: bytes, file: str, warn: Warn) -> list[Paper]:
    """The papers of a list of objects, of one that an object holds, or of one object. A file of JSON lines under this
    name is read as such. Raises UnknownKind for JSON that holds no records."""
    text = decode(data)
    try:
        whole = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        first = text.lstrip().partition("\n")[0].rstrip()
        if first.startswith("{") and first.endswith("}"):
            return read_lines(data, file, warn)
        if '"title"' not in text.lower():
            raise UnknownKind(f"not JSON ({error})") from error
        raise ReadError(f"not JSON ({error}); mend it or export it anew") from error
    found = list(_objects(text, whole))
    if not any(_is_record(fields) for _, _, fields in found):
        raise UnknownKind("JSON without records of papers (objects with a title or an abstract)")
    papers, problems = [], []
    for n, (start, end, fields) in enumerate(found, start=1):
        try:
            papers.append(_paper(fields, start, end - start, file, f"record {n}"))
        except ReadError as error:
            problems.append(str(error))
    return _told(papers, problems, "record", warn)


def read_table(data: bytes, file: str, warn: Warn) -> list[Paper]:
    """A paper a row, of a table whose first row names a column for titles or abstracts, and whose columns are parted by
    commas, semicolons or tabs. Raises UnknownKind for other tables."""
    text = decode(data)
    csv.field_size_limit(LARGEST)
    heads = {mark: next(csv.reader([text.partition("\n")[0]], delimiter=mark), []) for mark in ",;\t"}
    mark, head = max(heads.items(), key=lambda each: len(each[1]))
    names = [_folded(name) for name in head]
    if not set(names) & {*_TITLE, *_TEXT}:
        raise UnknownKind("a table without a column for titles or abstracts")
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    papers, problems = [], []
    rows, before = csv.reader(lines, delimiter=mark), 0
    try:
        for row in rows:
            start, end, number = starts[before], starts[rows.line_num], before + 1
            before = rows.line_num
            if number == 1 or not any(map(str.strip, row)):
                continue
            try:
                fields = dict(zip(names, row, strict=False))
                papers.append(_paper(fields, start, end - start, file, f"line {number}"))
            except ReadError as error:
                problems.append(str(error))
    except csv.Error as error:
        problems.append(
            f"line {before + 1} is not a row of the table ({error}), and what follows was not read"
        )
    return _told(papers, problems, "row", warn)


def _told(papers: list[Paper], problems: Sequence[str], what: str, warn: Warn) -> list[Paper]:
    """The papers; the problems as warnings, or the first as an error where there are no papers."""
    if problems and not papers:
        raise ReadError(f"{problems[0]}; mend or delete that {what}")
    for problem in problems:
        warn(f"{problem}; this {what} was not read")
    return papers


def _object(line: str, number: int) -> dict[str, Any]:
    try:
        found = _DECODER.decode(line)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"line {number} is not JSON ({error})") from error
    if not isinstance(found, dict):
        raise ReadError(f"line {number} is not a JSON object with a title and a text")
    return found


def _objects(text: str, whole: Any) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """(start, end, object) of each object of the list that ``text`` is, or of the first list of records in it."""
    position = 0
    if isinstance(whole, dict):
        listed = next((n for n, v in whole.items() if isinstance(v, list) and any(map(_is_record, v))), None)
        place = None
        if listed is not None and not _is_record(whole):
            place = re.compile(rf"{re.escape(json.dumps(listed, ensure_ascii=False))}\s*:\s*(?=\[)").search(
                text
            )
        if place is None:
            yield 0, len(text), whole
            return
        position = place.end()
    elif not isinstance(whole, list):
        return
    position = text.index("[", position) + 1
    while (position := _end(text, position)) < len(text) and text[position] != "]":
        found, end = _DECODER.raw_decode(text, position)
        if isinstance(found, dict):
            yield position, end, found
        position = end


def _end(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _is_record(value: Any) -> bool:
    return isinstance(value, dict) and any(_folded(name) in (*_TITLE, *_TEXT) for name in value)


def _folded(name: str) -> str:
    """``Abstract Note``, ``abstract_note`` and ``abstract-note`` are one name; ``_id`` stays what it is."""
    name = name.strip().lstrip("\ufeff").lower()
    return name if name.startswith("_") else re.sub(r"[\W_]", "", name)


def _paper(record: Fields, start: int, length: int, file: str, where: str) -> Paper:
    found = record_of(record, start, start + length, where)
    if not found.title.strip() and not found.abstract.strip():
        raise ReadError(f"{where} has neither a title nor a text (title, {', '.join(_TEXT)})")
    return paper_of(found if found.id else replace(found, id=where), file)


def record_of(given: Fields, start: int, end: int, where: str) -> Record:
    """What the fields say by their names. Raises ReadError, which says ``where``, for a title, text or authors that are
    none."""
    fields: dict[str, Any] = {}
    for name, value in given.items():
        fields.setdefault(_folded(str(name)), value)
    for name in (*_TITLE, *_TEXT):
        if fields.get(name) and not _plain(fields[name]):
            raise ReadError(f"{where} gives its {name} neither as text nor as a list of texts")
    url, identity = _first(fields, _URL), _first(fields, _RECORD)
    return Record(
        start,
        end,
        _first(fields, _TITLE),
        _authors(fields, where),
        _unmarked(_first(fields, _TEXT)),
        year=_year(fields),
        venue=_first(fields, _VENUE),
        doi=_first(fields, ("doi",)),
        arxiv=_arxiv(fields, identity, url),
        url=url,
        id=identity,
    )


def _authors(fields: Fields, where: str) -> tuple[str, ...]:
    names: Any = next((fields[name] for name in _AUTHORS if fields.get(name)), [])
    if isinstance(names, str):
        return split_authors(names)
    if not isinstance(names, list):
        raise ReadError(f"{where} gives its authors neither as text nor as a list")
    return tuple(filter(None, map(_name, names)))


def _name(name: Any) -> str:
    """An author given as a string, as {"first": ..., "last": ...} and the like, or as CSL-JSON has it."""
    if isinstance(name, dict):
        if name.get("family"):
            family = f"{_plain(name.get('non-dropping-particle'))} {_plain(name['family'])}".strip()
            return ", ".join(filter(None, (family, _plain(name.get("given")))))
        name = name.get("name") or name.get("literal") or [
            name.get("first") or name.get("firstName"), name.get("last") or name.get("lastName"),
        ]  # fmt: skip
    return _plain(name)


def _year(fields: Fields) -> int | None:
    """From a number, a date, or CSL-JSON's {"date-parts": [[2020, 3, 1]]}."""
    for name in _YEAR:
        value = fields.get(name)
        if isinstance(value, dict):
            value = value.get("date-parts") or value.get("raw") or value.get("literal")
        if year := year_in(_plain(value)):
            return year
    return None


def _arxiv(fields: Fields, identity: str, url: str) -> str:
    """The arXiv number, also where it is the record's own id and the address says whose."""
    given = _first(fields, ("arxiv", "arxivid"))
    if not given and _first(fields, ("archive",)).lower() == "arxiv":
        given = _first(fields, ("archivelocation",))
    return arxiv_id(given) or given or (arxiv_in(url) if arxiv_id(identity) or "arxiv.org" in url else "")


def _unmarked(text: str) -> str:
    """Crossref gives abstracts with the tags of JATS."""
    return re.sub(r"</?jats:[^<>]*>", " ", text) if "<jats:" in text else text


def _first(fields: Fields, names: Sequence[str]) -> str:
    """The first of the named fields that says something."""
    return next((text for name in names if (text := _plain(fields.get(name)))), "")


_DEEPEST = 5


def _plain(value: Any, deep: int = _DEEPEST) -> str:
    """A text or a number as text, a list of them (sentences, say) as one text; nothing for all else, such as lists in
    lists in lists."""
    if isinstance(value, list):
        return " ".join(text for each in value if deep and (text := _plain(each, deep - 1)))
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
