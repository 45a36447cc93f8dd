"""A page that lists many papers → its records, recognised by structure alone.

An abstract is prose: a long paragraph, or one marked "Abstract:". What stands above it since the last
abstract is its header: below lines of navigation the title, then its bylines, which are people or a source.
A page is a listing if it has several abstracts that are marked, or whose titles have bylines.

A paper with sections is not a listing: its headings are one line each, with no authors or source below.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from assistant.read.authors import is_author_line, is_one_name
from assistant.read.lines import BARE_MARK, MARK, Line, lines

_LONG = 180
"""Characters of a paragraph that is prose; with a second sentence, two thirds of it are enough."""
_AGREE = 0.75
"""The share of a page's records that must have bylines, where the abstracts are not marked."""
_TITLE = 20
"""Characters. The typical title of a listing is longer, a heading without a byline that is one too."""
_PROSE_END = re.compile(r"[.!?。！？][\"'”’)\]]*$")
_NEXT_SENTENCE = re.compile(r"[.!?][\"'”’)\]]*\s+[\"'“‘(\[]*[A-Z]|[。！？]")
_SOURCE = re.compile(r"(?<![\w-])(?:19|20)\d\d\b|\barxiv\s*:|\bdoi\b|https?://", re.IGNORECASE)
_DATE = re.compile(
    r"(?:[\W\d]|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)*",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:title|authors?|source|venue|published in)\s*:\s*", re.IGNORECASE)
_FRAME = re.compile(r"^(?:#+\s+|[-•*]\s+|\(?\d{1,3}[.)]\s+|\[\d{1,3}\]\s+)+|\s+#+$")
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)")
_EMPHASIS = re.compile(r"^([*_]{1,3})(?=\S)(.+?)(?<=\S)\1$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Record:
    """One paper of the page: its parts as the page gives them, and the characters that it takes there."""

    title: str | None
    author_line: str
    venue: str | None
    abstract: str
    start: int
    end: int


@dataclass(slots=True)
class _Group:
    """Prose, and the lines above it that are none; ``place`` says how many lines above it the title is."""

    header: list[Line]
    body: list[Line]
    marked: bool
    place: int = 0

    @property
    def title(self) -> str:
        return bare(self.header[-self.place].text) if self.place else ""

    @property
    def bylines(self) -> list[str]:
        return (
            [bare(line.text) for line in self.header[len(self.header) - self.place + 1 :]]
            if self.place
            else []
        )


def records(text: str) -> list[Record]:
    """The papers that the page lists, in order; none if it is no listing."""
    groups = _groups(lines(text))
    seen = Counter(line for group in groups for line in {bare(row.text) for row in group.header})
    _place_titles(groups, seen)
    first = next((n for n, group in enumerate(groups) if group.marked), len(groups))
    marked = sum(group.marked for group in groups)
    if marked >= 2 and 2 * marked >= len(groups) - first:
        papers = _gathered(groups, [group.marked for group in groups], seen)
    else:
        listed = [group.place > 1 or len(group.title) >= _TITLE for group in groups]
        papers = _gathered(groups, listed, seen)
        with_byline = [group for group in papers if group.place > 1]
        if len(papers) < 2 or len(with_byline) < _AGREE * len(papers):
            return []
        if median(len(group.title) for group in papers) < _TITLE:
            return []
    people = 2 * sum(any(map(is_author_line, group.bylines)) for group in papers) >= len(papers)
    return [_record(group, people) for group in papers]


def bare(text: str) -> str:
    """A line without the marks of a heading, list item, link or label, and emphasis."""
    text = _LINK.sub(r"\1", _FRAME.sub("", " ".join(text.split())))
    text = _EMPHASIS.sub(r"\2", text)
    return _LABEL.sub("", text).strip()


def is_prose(text: str) -> bool:
    """Whether a line is a paragraph of sentences, not a title, a name or a remark."""
    if is_author_line(text):
        return False
    ends = _PROSE_END.search(text.strip()) is not None
    goes_on = _NEXT_SENTENCE.search(text) is not None
    # A Chinese character says as much as two letters.
    size = len(text) + sum(char > "\u2e80" for char in text)
    return (size >= _LONG and (ends or goes_on)) or (3 * size >= 2 * _LONG and ends and goes_on)


def _groups(page: Sequence[Line]) -> list[_Group]:
    """Each abstract with its header; prose without a header continues the last, unless it is marked."""
    groups: list[_Group] = []
    header: list[Line] = []
    for n, line in enumerate(page):
        mark = MARK.match(line.text)
        # Alone on its line, "Abstract" may also be a link above the next title.
        behind_mark = n > 0 and bool(BARE_MARK.match(page[n - 1].text) and _PROSE_END.search(line.text))
        marked = behind_mark or (mark is not None and mark.end() < len(line.text))
        if marked or is_prose(line.text):
            if behind_mark:
                header = header[:-1]
            if header or marked or not groups:
                groups.append(_Group(header, [line], marked))
                header = []
            else:
                groups[-1].body.append(line)
        else:
            header.append(line)
    if groups:
        groups[-1].body += (line for line in header if _PROSE_END.search(line.text))
    return groups


def _place_titles(groups: Sequence[_Group], seen: Counter[str]) -> None:
    """Each title is where its header's lines say, or where the page's other titles mostly are, if the line
    there may be one: a title can look like people, and a source like a title."""
    own = [_own_place(group.header, seen) for group in groups]
    clear = Counter(place for group, place in zip(groups, own, strict=True) if place or not group.header)
    usual = max(clear, key=lambda place: clear[place], default=0)
    for group, place in zip(groups, own, strict=True):
        group.place = place
        if 0 < usual <= len(group.header):
            line, below = (bare(row.text) for row in [*group.header, group.body[0]][-usual - 1 :][:2])
            if not place or (seen[line] == 1 and (not is_author_line(line) or is_author_line(below))):
                group.place = usual
    if groups and not usual:
        groups[0].place = 0  # where no paper has a title, what stands above the first is the page's heading


def _own_place(header: Sequence[Line], seen: Counter[str]) -> int:
    """The lowest line that is no byline, nor of navigation; 0 if there is none."""
    for place, line in enumerate(reversed(header), start=1):
        if re.match(r"(?i)title\s*:", line.text):
            return place
    return next((n for n, line in enumerate(reversed(header), start=1) if not _is_byline(line.text, seen)), 0)


def _is_byline(text: str, seen: Counter[str]) -> bool:
    """Whether a line is people, a source (with its year or address, more than a date) or repeated: a source
    that the papers share, or navigation. Never a heading."""
    line = bare(text)
    if text.startswith("#") and seen[line] == 1:
        return False
    source = _SOURCE.search(line) is not None and not _DATE.fullmatch(line)
    return seen[line] > 1 or source or is_author_line(line) or _LABEL.match(text) is not None


def _gathered(groups: Sequence[_Group], listed: Sequence[bool], seen: Counter[str]) -> list[_Group]:
    """The groups that are papers, each with what follows it and is none, such as a section; what stands
    before the first paper is the page's own."""
    papers: list[_Group] = []
    for group, is_paper in zip(groups, listed, strict=True):
        if papers and not is_paper:
            papers[-1].body += group.header + group.body
        elif papers:
            above = group.header[: len(group.header) - group.place]
            papers[-1].body += (
                line for line in above if _PROSE_END.search(line.text) and seen[bare(line.text)] == 1
            )
        if is_paper:
            papers.append(group)
    return papers


def _record(group: _Group, people: bool) -> Record:
    """``people``: the page names authors, so that a single name below a title is one."""
    authors = next((line for line in group.bylines if is_author_line(line)), "")
    if not authors and people:
        authors = next((line for line in group.bylines[:1] if is_one_name(line)), "")
    venue = next((line for line in group.bylines if line != authors), None)
    abstract = "\n\n".join(MARK.sub("", line.text, count=1) for line in group.body)
    first = group.header[-group.place] if group.place else group.body[0]
    return Record(group.title or None, authors, venue, abstract, first.start, group.body[-1].end)
