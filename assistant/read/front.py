"""A PDF's first page → what a paper says of itself there: authors, year, and where its abstract stands.

From the layout alone: authors are the names between title and abstract, up to the first affiliation.
"""

import re
from collections.abc import Mapping, Sequence

from assistant.read.authors import is_one_name, split_authors
from assistant.read.layout import Line

_ABSTRACT = re.compile(
    r"^[ \t]*(?:abstract|a b s t r a c t|summary)[ \t]*[:.]?[ \t]*$|^[ \t]*abstract[ \t]*[—–:.]-?[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
_BEHIND = re.compile(
    r"^[ \t]*(?:(?:\d+|[IVX]+)\.?[ \t]+)?(?:introduction|i ntroduction|keywords?|key words|index terms|ccs concepts"
    r"|general terms|categories and subject|acm reference|background and|significance)\b|^[ \t]*1\.?[ \t]+[A-Z]",
    re.IGNORECASE | re.MULTILINE,
)
_FRONT = 6_000
"""Characters in which an abstract opens."""
_LONGEST = 5_000
_MARKS = re.compile(r"[\d*∗⋆†‡§¶♯♠♣♢♡✉¹²³⁰⁴-⁹]+")
_AFFILIATION = re.compile(
    r"universit|institut|department|\bdept|laborator|\blabs?\b|college|school|faculty|research|centre|center|academy|\binc\b"
    r"|\bltd\b|gmbh|hospital|ministry|@|https?:|\bnv\b|corporation|company|foundation",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.])(?:19[5-9]|20[0-4])\d(?![\d.])")
_MOST_AUTHORS = 60


def authors(lines: Sequence[Line], title: str | None, info: Mapping[str, str]) -> tuple[str, ...]:
    """The names, in their order. ``lines``: of the first page, in theirs; ``info``: the document's, whose author is
    believed if the page names it, too."""
    told = split_authors(" ".join(info.get("Author", "").split()))
    page = "".join(line.text for line in lines)
    if told and all(" " in name and name.split()[-1] in page for name in told):
        return told
    found: list[str] = []
    open_name = ""
    for line in _below(lines, title):
        cell = " ".join(line.text.split())
        if _ABSTRACT.match(cell) or _AFFILIATION.search(cell) or (found and re.match(r"[\d*∗†‡§¶]", cell)):
            break
        names, open_name = _names(f"{open_name} {cell}".strip())
        is_none = not names and not open_name and _MARKS.sub("", cell).strip(" ,;") not in ("", "and", "&")
        if is_none and (found or len(cell) > 60):
            break
        found += names
    return tuple(dict.fromkeys(found)) if len(found) <= _MOST_AUTHORS else ()


def _below(lines: Sequence[Line], title: str | None) -> list[Line]:
    """The lines behind the title's last, as far as it is found."""
    wanted, end = "".join((title or "").split()), 0
    for n, line in enumerate(lines[:20]):
        if (words := "".join(line.text.split())) and words in wanted:
            end = n + 1
    return list(lines[end : end + 3 * _MOST_AUTHORS]) if end else []


def _names(cell: str) -> tuple[list[str], str]:
    """The whole names in a cell, and a name that its end breaks off: "and Andrew"."""
    parts = [" ".join(_MARKS.sub(" ", part).split()) for part in re.split(r"[,;&·•|]|\band\b", cell)]
    parts = [part for part in parts if part and re.search(r"[^\W\d_]", part)]
    names = [part for part in parts if is_one_name(part)]
    broken = (
        parts[-1] if parts and parts[-1] not in names and re.fullmatch(r"[A-Z][^\W\d_]+", parts[-1]) else ""
    )
    whole = len(names) + bool(broken) == len(parts)
    return (names, broken) if whole else ([], "")


def year(marginal: Sequence[str], info: Mapping[str, str]) -> int | None:
    """Of publication: printed in the running heads, feet or stamp, or in what the document says it is part of."""
    for text in (*marginal, info.get("Subject", "")):
        if found := _YEAR.findall(text):
            return int(found[-1])
    return None


def abstract(text: str) -> tuple[int, int] | None:
    """Where the abstract stands, without its heading."""
    opening = _ABSTRACT.search(text, 0, _FRONT)
    if not opening:
        return None
    end = _BEHIND.search(text, opening.end() + 1, opening.end() + _LONGEST)
    if not end:
        return None
    body = text[opening.end() : end.start()]
    start = opening.end() + len(body) - len(body.lstrip())
    return (start, start + len(body.strip())) if len(body.split()) >= 20 else None
