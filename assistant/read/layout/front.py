"""A paper's first lines → title, authors, abstract, year, DOI and arXiv number; and the kinds of these lines.

The title is the largest type near the top, the authors what stands between it and the abstract in the style of the
first of them, the abstract what follows its heading. The document's own statements help where the page agrees.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.read.authors import is_name, split_authors
from assistant.read.layout.abstract import (
    ABSTRACT,
    BEHIND_ABSTRACT,
    is_running,
    marked_abstract,
    unmarked_abstract,
)
from assistant.read.layout.counted import NUMBERED
from assistant.read.layout.lines import Line
from assistant.read.layout.people import AFFILIATION, MARKS, authors_in, is_of_people, squeezed, unmarked
from assistant.read.layout.style import Style

_YEAR = re.compile(r"(?<![\d.\-/])((?:19|20)\d\d)(?![\d-]|\.\d|/\d)")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>,;]+[^\s\"<>,;.)\]]")
_OF_DATA = re.compile(r"10\.(?:5281/zenodo|6084/m9|5061/dryad)", re.IGNORECASE)
"""DOIs that archives of data and code give."""
_ARXIV = re.compile(r"arxiv[:\s]\s*(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE)
_STAMP_DATE = re.compile(r"arxiv.*\b\d{1,2} [A-Z][a-z]{2,8} ((?:19|20)\d\d)", re.IGNORECASE)
_ISSUED = re.compile(
    r"©|copyright|published|accepted|proceedings|journal|conference|vol(?:\.|ume)|\bno\.|issue|\bpp\.|preprint|received"
    r"|workshop|symposium|\d\(\d+\)",
    re.IGNORECASE,
)

_MASTHEAD = re.compile(
    r"(?:the )?(?:[\w&.-]+ ){0,4}(?:journal|proceedings|transactions|annals|archives|bulletin)"
    r"(?: (?:of|on|for|in) [^:?]{3,60})?",
    re.IGNORECASE,
)
"""The name of what a paper stands in, where something else may be its title."""
_NUMBER = re.compile(r"(?=.*\d)[A-Z\d]+(?:[-–./][A-Z\d]+)+")
"""A paper's number among those of a conference, which some print larger than titles."""
_TOP = 0.5
"""Of the first page's height, in which a title begins."""
_LARGE = 1.12
"""Times the body's size: what is no larger is no title by its size."""
_SECOND_SIZE = 0.72
"""Times the title's size: a subtitle, or a title set in two sizes."""
_LONGEST_TITLE = 400
_MOST_FRONT = 120
"""Lines before the abstract or the first heading, at most: collaborations have hundreds of names, on own pages."""
_RUNNING = 7
"""Words of a line that, mostly without capitals, make running text alone; else two such lines do."""


@dataclass(frozen=True, slots=True)
class Front:
    """What the first page says of the paper. ``abstract``: its lines, without the mark that opens it."""

    page: int = 0
    title: str | None = None
    authors: tuple[str, ...] = ()
    abstract: tuple[Line, ...] = ()
    year: int | None = None
    doi: str | None = None
    arxiv: str | None = None


def front_first(lines: Sequence[Line], style: Style) -> list[Line]:
    """The first page's lines with those above its abstract or running text first: authors may stand in columns that
    the text goes on below."""
    opening = [
        line
        for line in lines
        if line.kind == "" and (ABSTRACT.fullmatch(line.text) or (line.size < _LARGE * style.size
        and (ABSTRACT.match(line.text) or (is_running(line) and len(line.text.split()) >= _RUNNING))))
    ]  # fmt: skip
    edge = max((line.base + line.size for line in opening), default=0.0)
    return [line for line in lines if line.base > edge] + [line for line in lines if line.base <= edge]


def read_front(
    lines: Sequence[Line],
    height: float,
    style: Style,
    margins: Sequence[str],
    info: Mapping[str, str],
    later: Sequence[Line] = (),
) -> Front:
    """``lines``: the first page's, in order; those that are taken are given their kinds (title, authors,
    affiliation, abstract, mark). ``margins``: what stands at the edges, sideways and on later pages, too.
    ``later``: the next page's lines."""
    free = [line for line in lines if line.kind != "margin"]
    plain = [line for line in free if line.kind != "figure"]
    title = _title_lines(plain, height, style, info.get("Title", "")) or _title_lines(free, height, style, "")
    for line in title:
        line.kind = "title"
    name = " ".join(line.text for line in title) or None
    start = free.index(title[-1]) + 1 if title else 0
    end, mark = _end_of_front(free, start, style)
    authors = authors_in(free[start:end], info.get("Author", "")) if title else ()
    if mark:
        abstract = marked_abstract(free, end, later)
    else:
        abstract, end = unmarked_abstract(free, start, end, style)
    for line in free[start:end]:
        line.kind = line.kind or ("affiliation" if title else "")
    page = "\n".join(line.text for line in lines)
    stamps = "\n".join(margins)
    arxiv = _ARXIV.search(f"{stamps}\n{page}")
    return Front(
        title[0].page if title else 0,
        name,
        authors,
        abstract,
        _year(lines, margins),
        _doi(lines, info),
        arxiv["id"] if arxiv else None,
    )


def is_title_page(lines: Sequence[Line], style: Style) -> bool:
    """Whether a page holds title and authors alone, so that the abstract stands on the next."""
    return not any(
        ABSTRACT.match(line.text) or (is_running(line) and len(line.text.split()) >= _RUNNING)
        for line in lines
        if not line.kind
    )


def _title_lines(lines: Sequence[Line], height: float, style: Style, stated: str) -> list[Line]:
    """The title's lines: those that the document's info states, else the largest near the top."""
    near = [
        line
        for line in lines
        if line.page == lines[0].page
        and line.base > (1 - _TOP) * height
        and sum(map(str.isalpha, line.text)) > 1
    ]
    stated = squeezed(stated)
    if 8 <= len(stated) <= _LONGEST_TITLE:
        for n in range(len(near)):
            for stop in range(n + 1, min(n + 7, len(near) + 1)):
                if squeezed(" ".join(line.text for line in near[n:stop])) == stated:
                    return near[n:stop]
    named = [
        line
        for line in near
        if sum(map(str.isalpha, line.text)) >= 4
        and not ABSTRACT.fullmatch(line.text)
        and not _NUMBER.fullmatch(line.text)
    ]
    if not named:
        return []
    large = [
        line for line in named if line.size >= _LARGE * style.size and not _MASTHEAD.fullmatch(line.text)
    ]
    first = max(large or named, key=lambda line: (round(line.size, 1), line.base))
    if first.size < _LARGE * style.size:
        readable = [line for line in named if line.size >= style.size - 0.5]
        bold = [line for line in readable[:3] if line.share("bold") > 0.8]
        if not bold or NUMBERED.match(bold[0].text) or len(bold[0].text.split()) < 3:
            return []
        first = bold[0]
    n = near.index(first)
    taken = [first]
    for step in (1, -1):
        place, last = n + step, first
        while 0 <= place < len(near) and _joins_title(near[place], last, first, style):
            taken.append(near[place])
            last, place = near[place], place + step
    taken.sort(key=lines.index)
    text = " ".join(line.text for line in taken)
    return taken if 8 <= len(text) <= _LONGEST_TITLE else []


def _joins_title(line: Line, last: Line, first: Line, style: Style) -> bool:
    if abs(last.base - line.base) > 2.2 * max(line.size, last.size) or line.size < _SECOND_SIZE * first.size:
        return False
    same = abs(line.size - first.size) <= 0.06 * first.size
    larger = line.size >= 1.25 * style.size
    bold = (line.share("bold") > 0.5) == (first.share("bold") > 0.5)
    people = len(split_authors(line.text)) > 1 and all(map(is_name, split_authors(unmarked(line.text))))
    if AFFILIATION.search(line.text) or ABSTRACT.match(line.text) or (not same and people):
        return False
    return (same and bold) or (larger and bold and not people and not MARKS.search(line.text))


def _end_of_front(lines: Sequence[Line], start: int, style: Style) -> tuple[int, bool]:
    """Where the front ends, and whether an abstract's mark ends it; else the first heading or running text does."""
    last = min(len(lines), start + _MOST_FRONT)
    for n in range(start, last):
        line = lines[n]
        mark = ABSTRACT.match(line.text)
        if mark and (mark.end() == len(line.text) or mark["mark"] or line.words[0].font.bold):
            return n, True
    for n in range(start, last):
        if BEHIND_ABSTRACT.match(lines[n].text) or _is_first_heading(lines[n], style):
            return n, False
    for n in range(start, last):
        pair = [is_running(line) for line in lines[n : n + 2]]
        if all(pair) or (pair[0] and len(lines[n].text.split()) >= _RUNNING):
            while n > start and lines[n - 1].size == lines[n].size and not is_of_people(lines[n - 1]):
                n -= 1
            return n, False
    return next((n for n in range(start, last) if not is_of_people(lines[n])), last), False


def _is_first_heading(line: Line, style: Style) -> bool:
    numbered = NUMBERED.match(line.text)
    stands_out = line.share("bold") > 0.8 or line.size > style.size + 0.8
    return numbered is not None and numbered["number"] in ("1", "I") and stands_out


def _doi(lines: Sequence[Line], info: Mapping[str, str]) -> str | None:
    """The first DOI of the page that is not its data's or code's, before such as stand in its text; the document's own
    statements tell it if the page does not."""
    texts = [line.text for line in lines if line.kind] + [line.text for line in lines if not line.kind]
    found = [each[0] for each in _DOI.finditer("\n".join((*texts, *info.values())))]
    return next((each for each in found if not _OF_DATA.match(each)), None) or next(iter(found), None)


def _year(lines: Sequence[Line], margins: Sequence[str]) -> int | None:
    """The year that the paper is printed with: in what says that it is issued, at the first page's edge, at later
    pages' edges; else its stamp's."""
    edge = [line.text for line in lines if line.kind in ("margin", "affiliation")]
    issued = [
        line.text
        for line in lines
        if _ISSUED.search(line.text) and line.kind not in ("abstract", "title", "")
    ]
    others = [text for text in margins if not _ARXIV.search(text)]
    for texts in (issued, edge, others):
        years = Counter(int(year) for text in texts for year in _YEAR.findall(text))
        if years:
            return max(years, key=lambda year: (years[year], year))
    stamped = next(filter(None, map(_STAMP_DATE.search, margins)), None)
    return int(stamped[1]) if stamped else None
