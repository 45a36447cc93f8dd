"""Text that names a work by its DOI or its arXiv number → that name alone, as every source writes it alike."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

_ARXIV = re.compile(
    r"arxiv[\s.:/]*(?:(?:org/)?(?:abs|pdf|html)/)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})",
    re.IGNORECASE,
)
_ARXIV_NAME = re.compile(
    r"(?:arxiv[-_.])?(\d\d(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?(?=\.[a-z]|[ (]|$)", re.IGNORECASE
)
_ARXIV_ID = re.compile(
    r"(?:arxiv:)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?=\s|$)", re.IGNORECASE
)
_IN_TEXT = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi\s*:\s*)?(?<![\w.])(?P<doi>10\.\d{4,9}/[^\s\"<>“”]+)"
    r"|(?:https?://(?:www\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv\s*:\s*)?(?<![\w.])"
    r"(?P<arxiv>\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?![\w/]|\.\d)(?:\.pdf)?"
    r"|(?P<acl>https?://(?:www\.)?aclanthology\.org/[\w.-]+\w/?"
    r"|(?<![\w.-])(?:[A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)(?![\w-]))",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"(?:['’]s)?[.,;:?!)\]}'’*]*$")
_DOI_BEFORE = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi\s*:?\s*)", re.IGNORECASE)


def arxiv_id(text: str) -> str:
    """The number of a field that holds nothing else, without its version; empty if it holds something else."""
    match = _ARXIV_ID.match(text.strip())
    return match[1] if match else ""


def arxiv_named(name: str) -> str:
    """The arXiv number by which a file or folder is called, as arXiv calls what it gives out."""
    match = _ARXIV_NAME.match(name)
    return match[1] if match else ""


def arxiv_in(text: str) -> str:
    """The first arXiv number that ``text`` calls one, in words or by its address."""
    match = _ARXIV.search(text)
    return match[1] if match else ""


def doi_of(text: str) -> str:
    """The DOI in a field for it: without address and label."""
    text = _DOI_BEFORE.sub("", text.strip())
    return unquote(text) if "%2f" in text.lower() else text


class Number(NamedTuple):
    """Where in a text a work is named by a number, and by which: one of the three, as its field would have it."""

    start: int
    end: int
    doi: str = ""
    arxiv: str = ""
    url: str = ""


def numbers_in(text: str) -> Iterator[Number]:
    """Each DOI, arXiv number and ACL Anthology number, or address of one, in running text."""
    for match in _IN_TEXT.finditer(text):
        start, end = match.span()
        if match["doi"]:
            end -= len(_BEHIND.search(match["doi"])[0])  # type: ignore[index]  # it matches nothing, too
            end += text[match.start("doi") : end].count("(") > text[match.start("doi") : end].count(")")
            yield Number(start, end, doi=unquote(text[match.start("doi") : end]))
        elif match["arxiv"]:
            yield Number(start, end, arxiv=match["arxiv"])
        else:
            name = match["acl"].rstrip("/")
            yield Number(start, end, url=f"https://aclanthology.org/{name.rsplit('/', 1)[-1]}")
