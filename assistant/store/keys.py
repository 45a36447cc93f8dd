"""A paper → the key that it is cited by: first author, year if stated, first content word of the title; and
which papers are new versions of others, whose keys and corrections they inherit."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.text.people import last_name
from assistant.types import Paper

_EMPTY = frozenset(
    "a an the on of in for to from with by and or at as via is are be can do does how what why when where"
    " which who toward towards using into over under between we you it its not your our".split()
)
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ł": "l",
        "Ł": "L",
        "ı": "i",
    }
)
"""Latin letters that are no ASCII letter with an accent."""
_LONGEST = 24
"""Letters of one word in a key; a Chinese title is one word."""
_SAME_WORDS = 0.5
"""The share of their words that two versions of a text have in common; two texts of a field have a third."""
_NEAR = 50
"""How many of the papers that left a file are held against one that came: those next in the file's order."""


@dataclass(frozen=True, slots=True)
class Known:
    """A paper that the catalog holds, as far as its new versions are known by it."""

    n: int
    id: str
    title: str | None
    text: str


def paper_id(text: str) -> str:
    """A paper is known by its text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def base_key(paper: Paper) -> str:
    """The key before collisions are resolved. Without authors the title's first content word takes their
    place; without a title the handle, else the text's first words."""
    title = [word for word in _words(paper.title or "") if word.lower() not in _EMPTY]
    year = str(paper.year or "")
    if paper.authors and (surname := "".join(_words(last_name(paper.authors[0])))):
        return surname.lower() + year + "".join(map(_capital, title[:1]))
    if title:
        return title[0].lower() + year + "".join(map(_capital, title[1:2]))
    if paper.handle:
        words = ["".join(_words(word)) for word in paper.handle.split()]
    else:
        words = [word for word in _words(paper.text[:200]) if word.lower() not in _EMPTY]
    return "".join([*(word.lower() for word in words[:1]), *map(_capital, words[1:2])]) or "paper"


def with_suffix(base: str, n: int) -> str:
    """The n-th key of this base: itself, then a, b, ... z, aa, ab ..."""
    letters = ""
    while n > 0:
        n, rest = divmod(n - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return base + letters


def is_of(key: str, base: str) -> bool:
    """Whether the key is one of this base's."""
    return key.startswith(base) and re.fullmatch("[a-z]{0,3}", key[len(base) :]) is not None


def successors(leaving: Sequence[Known], arriving: Sequence[Paper]) -> dict[str, str]:
    """Paper id → the id of the paper that left its file and is the same: of the same title, else of mostly the same
    words. Another paper that has only taken the place follows none."""
    before: dict[str, str] = {}
    free = {paper.id: paper for paper in leaving}
    titled = {paper.title: paper.id for paper in reversed(leaving) if paper.title}
    for paper in arriving:
        if old := titled.pop(paper.title or "", None):
            before[paper.id] = free.pop(old).id
    words = {old: _all_words(paper.text) for old, paper in free.items()}
    for paper in arriving:
        if paper.id not in before:
            own = _all_words(paper.text)
            shares = {old: len(own & words[old]) / len(own | words[old]) for old in islice(words, _NEAR)}
            best = max(shares, key=lambda old: shares[old], default="")
            if best and shares[best] >= _SAME_WORDS:
                del words[best]
                before[paper.id] = best
    return before


def _all_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return [word[:_LONGEST] for word in re.findall(r"[A-Za-z0-9]+", plain) or re.findall(r"[^\W_]+", text)]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
