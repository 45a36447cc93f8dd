"""Two records → whether they are of one work: by what they are called in registries, or by title and people.

A work goes by *names*: its DOI, arXiv number, ACL Anthology number, and its title together with an author's last
name or with the year; where nobody is named, with the years around, as print follows a preprint. Records that share
a name are of one work, unless ``apart`` says why not.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.text.identifiers import arxiv_in, doi_of, numbers_in
from assistant.text.people import last_name
from assistant.text.terms import fold

RULES = "2"
"""Raised when the rules change, so that libraries are put in order anew."""
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)")
_ACL = re.compile(
    r"(?:aclanthology\.org/(?:anthology/)?|aclweb\.org/anthology/|10\.18653/v1/|10\.3115/v1/)"
    r"([a-z]\d{2}-\d{4,5}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)"
)
_PREPRINT = re.compile(r"10\.(?:48550|1101|21203|20944|31234|31219|31235|2139|26434|36227|5281|22541)/")
"""DOIs of servers for preprints: what is printed later has another."""
_NOTICE = re.compile(
    r"\W*(?:(?:author|publisher)s?\W*s?\s+)?(?:erratum|errata|correction|corrigendum|corrigenda|retraction|retracted"
    r"|addendum|expression of concern|comments? on|reply to|response to)\b",
    re.IGNORECASE,
)
_KINDS = frozenset(
    "abstract abstracts bookreview bookreviews conclusion conclusions contents discussion editorial editorsnote"
    " foreword frontmatter index introduction obituary preface summary tableofcontents untitled".split()
)
"""Titles, normalised, that name a kind of text and so no text."""
_LONG = 20
"""Bytes of a normalised title that two people hardly give in one year (a Chinese character has three)."""
_YEARS = 2
"""Between a preprint and its print; a short title that returns later is another text."""
_REGISTRIES = ("doi", "arxiv", "acl")


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells a work from others, normalised; empty where it is not stated."""

    title: str = ""
    authors: frozenset[str] = frozenset()
    year: int | None = None
    doi: str = ""
    arxiv: str = ""
    acl: str = ""
    is_notice: bool = False

    def names(self) -> Iterator[str]:
        for registry in _REGISTRIES:
            if number := getattr(self, registry):
                yield f"{registry}:{number}"
        if self.title and self.title not in _KINDS:
            yield from (f"title:{self.title}:{author}" for author in sorted(self.authors))
            if self.year and self._is_long:
                around = range(0 if self.authors else -_YEARS, 1 if self.authors else _YEARS + 1)
                yield from (f"title:{self.title}:{self.year + off}" for off in around)

    @property
    def _is_long(self) -> bool:
        return len(self.title.encode()) >= _LONG


def identity(
    title: str | None, authors: Iterable[str], year: int | None, doi: str | None, arxiv: str | None, url: str | None
) -> Identity:  # fmt: skip
    number = doi_of(doi or "").casefold().strip(" ./")
    if match := _ARXIV_DOI.fullmatch(number):
        number, arxiv = "", arxiv or match[1]
    acl = _ACL.search(f"{number} {(url or '').casefold()}")
    return Identity(
        normalised(title or ""),
        frozenset(filter(None, (normalised(last_name(name)) for name in authors))),
        year,
        number,
        re.sub(r"v\d+$", "", (arxiv or arxiv_in(url or "")).casefold().strip()),
        acl[1] if acl else "",
        bool(_NOTICE.match(title or "")),
    )


def numbers_of(text: str) -> tuple[str, ...]:
    """The names of the work that ``text`` calls by its DOI, arXiv or ACL number, with or without label and address;
    none if it says anything else."""
    text = text.strip()
    for number in numbers_in(text):
        if (number.start, number.end) == (0, len(text)):
            return tuple(identity(None, (), None, number.doi, number.arxiv, number.url).names())
    return ()


def normalised(text: str) -> str:
    """Its letters and digits alone, whatever their case and accents."""
    return "".join(filter(str.isalnum, fold(unicodedata.normalize("NFKC", text))))


def is_registered(name: str) -> bool:
    """Whether the name is a number in a registry."""
    return name.split(":", 1)[0] in _REGISTRIES


def apart(one: Identity, other: Identity, registered: bool) -> bool:
    """Whether two records that share a name are of two works all the same. ``registered``: they share a number, which
    a reader may have taken from somewhere else, such as a volume's DOI; else they share a title."""
    if one.is_notice != other.is_notice:
        return True
    if registered:
        strangers = one.authors and other.authors and not one.authors & other.authors
        return bool(strangers and one.title and other.title and one.title != other.title)
    if any(_differ(getattr(one, name), getattr(other, name)) for name in ("arxiv", "acl")):
        return True
    if _differ(*("" if _PREPRINT.match(doi) else doi for doi in (one.doi, other.doi))):
        return True
    years = abs(one.year - other.year) if one.year and other.year else 0
    if years and not (one.authors or other.authors):  # a foreword of each year
        return True
    return years > _YEARS and len(one.title.encode()) < _LONG


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)
