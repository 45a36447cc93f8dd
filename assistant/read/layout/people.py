"""The lines between title and abstract → the names of the authors."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.read.authors import is_name, split_authors
from assistant.read.layout.lines import Line, largest, line_of
from assistant.read.layout.pen import Word

AFFILIATION = re.compile(
    r"@|https?:|www\.|\b(?:universi\w*|instit\w*|depart\w*|dept|laborator\w*|labs?|school|college|facult\w*|cent(?:er|re|ro)"
    r"|academy|hospital|inc|ltd|gmbh|corp\w*|llc|research|group|division|agency|council|foundation|clinic|ministry|e-?mail"
    r"|street|avenue|usa|uk|china|germany|france|corresponding|orcid|équipe|cnrs|école|abteilung|hochschule)\b",
    re.IGNORECASE,
)
_RAISED = 0.8
"""Of a line's size: what is smaller is a mark."""
_NEAR, _LEVEL, _LIFTED = 0.5, 0.3, 0.1
"""Of a line's size: how far behind a name its mark stands at most, how far names of one row
are from level, and how far what is raised stands above it at least."""
_LETTERS = re.compile(r"[a-z](?:,[a-z])*,?")
_LEADING_MARK = re.compile(r"^[⁰¹²³⁴-⁹\d*∗⋆†‡§¶#]+\s*(?=\w)")
MARKS = re.compile(r"[⁰¹²³⁴-⁹∗*⋆†‡§¶#✉]+")
_SPACED_MARK = re.compile(r"(?<=\w)\s\d{1,2}(?:,\d{1,2})*,?(?=\s*(?:[,;&]|and\b|$))")
"""Behind a name, as MDPI sets where someone is."""
DATED = re.compile(
    r"\b(?:received|accepted|revised|published|submitted|draft|version|dated?)\b|^\W*\w+ \d{1,2}, \d{4}",
    re.IGNORECASE,
)


def authors_in(lines: Sequence[Line], stated: str) -> tuple[str, ...]:
    """The names between title and abstract: cells and lines in the style of the first that holds a name."""
    names: list[str] = []
    style: tuple[float, bool, bool] | None = None
    broken = ""
    for line in _by_row(lines):
        if line.kind or DATED.search(line.text):
            continue
        own = (round(largest(line), 1), line.share("bold") > 0.5, line.share("italic") > 0.5)
        cells = _without_marks(line)
        for cell in cells:
            if (style is not None and own != style) or (not broken and _LEADING_MARK.match(cell)):
                continue
            found = _names_in(f"{broken} {cell}" if broken else cell)
            good = [name for name in found if is_name(name) and len(name.split()) > 1]
            last = found[-1] if found else ""
            hangs = cell is cells[-1] and last not in good and is_name(last)
            if not good or len(good) < 0.6 * (len(found) - hangs) or AFFILIATION.search(unmarked(cell)):
                continue
            style = style or own
            names += good
            broken = last if hangs else ""
            line.kind = "authors"
    return tuple(dict.fromkeys(names or _before_places(lines))) or _stated_authors(lines, stated)


def _before_places(lines: Sequence[Line]) -> list[str]:
    """The names that lines open with which go on with where these people are, as ACM's journals set them."""
    names: list[str] = []
    for line in lines:
        if line.kind or DATED.search(line.text) or not AFFILIATION.search(line.text):
            continue
        found = [] if _LEADING_MARK.match(line.text) else _names_in(line.text.split("@")[0])
        stop = next((n for n, part in enumerate(found) if not _is_whole_name(part)), len(found))
        if 0 < stop < len(found):
            names += found[:stop]
            line.kind = "authors"
    return names


def _is_whole_name(text: str) -> bool:
    return is_name(text) and len(text.split()) > 1 and not AFFILIATION.search(text)


def _by_row(lines: Sequence[Line]) -> list[Line]:
    """Row by row: names in columns stand beside each other, whatever of the columns is read first."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.page, -line.base)):
        if rows and rows[-1][0].page == line.page and rows[-1][0].base - line.base < _LEVEL * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.x0)]


def _without_marks(line: Line) -> list[str]:
    """The line's cells, in which what is raised behind a name, and says where someone is, is a comma; in a line with
    people's numbers, which stand raised in brackets and are broken with lines, all that is raised."""
    raised = [
        word.size < _RAISED * line.size and word.base > line.base + _LIFTED * line.size for word in line.words
    ]
    numbered = any(
        small and re.search(r"[\[\]]", word.text) for word, small in zip(line.words, raised, strict=True)
    )
    words: list[Word] = []
    for word, small in zip(line.words, raised, strict=True):
        is_mark = small and (numbered or _is_mark(word, line, words))
        words.append(replace(word, text=",") if is_mark else word)
    return line.parts if words == line.words else line_of(words, line.page, line.column).parts


def _is_mark(word: Word, line: Line, before: Sequence[Word]) -> bool:
    hangs = before and word.x0 - before[-1].x1 < _NEAR * line.size
    return bool(_LETTERS.fullmatch(word.text) or hangs)


def _names_in(cell: str) -> list[str]:
    marked = re.sub(r"\s*(?:[⁰¹²³⁴-⁹]|(?<=[^\W\d_.])\d)[\d,⁰¹²³⁴-⁹∗*†‡§¶\s]*(?=[A-Z])", ", ", cell)
    text = _SPACED_MARK.sub("", unmarked(marked)).strip(" ,;&")
    text = re.sub(
        r"\s*,(?:\s*,)+", ",", re.sub(r"^(?:by|with|and)\s+|\s+and$|\(.*?\)", "", text, flags=re.IGNORECASE)
    )
    text = re.sub(
        r",?\s*\b(?:Ph\.?\s?D|M\.?\s?Sc|M\.?D|Jr|Sr|(?:Senior |Student )?Member|Fellow|IEEE)\b\.?(?=,|$|\s)",
        "",
        text,
    )
    return list(split_authors(text.strip(" ,;&")))


def unmarked(text: str) -> str:
    return MARKS.sub("", text)


def _stated_authors(lines: Sequence[Line], stated: str) -> tuple[str, ...]:
    """The authors that the document's info states, if the page has them, too."""
    names = split_authors(stated)
    page = squeezed(" ".join(line.text for line in lines))
    found = tuple(name for name in names if is_name(name) and len(name.split()) > 1)
    return found if found and all(squeezed(name) in page for name in found) else ()


def squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def is_of_people(line: Line) -> bool:
    """Whether a line may be names, or where people are."""
    names = [_names_in(cell) for cell in line.parts]
    return bool(
        AFFILIATION.search(line.text)
        or _LEADING_MARK.match(line.text)
        or DATED.search(line.text)
        or any(is_name(name) for found in names for name in found)
    )
