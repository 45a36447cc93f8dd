"""A sentence → the works that it mentions by author and year, or by number; and a reference list → its items.

Author and year: "Shi et al. (2025)", "(see Shi and Liu, 2024; Kim, 2023a)", "Shi et al., 2025".
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace

from assistant.draft.manuscript import Cite, DraftSentence, Entry

_PARTICLE = r"(?:[Vv]an|[Vv]on|de|der|den|del|di|da|la|le|ter|ten|bin|al)"
_NAME = rf"(?>(?:{_PARTICLE}\s+){{0,3}}[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]{{0,30}}[^\W\d_A-Z][\w-]{{0,30}}(?![\w-]))"
"""Taken in one way: with several names in a row, all ways would be tried with all of one another's."""
_AND = r",?\s+(?:and|&)\s+"
_PEOPLE = (
    rf"(?P<names>{_NAME}(?:,\s+{_NAME}){{0,3}}(?:{_AND}{_NAME})?)"
    rf"(?P<others>\s+et\s+al\b\.?|{_AND}(?:colleagues|others))?"
)
_YEAR = r"(?:19|20)\d\d[a-z]?"
_YEARS = rf"(?P<years>{_YEAR}(?:\s*(?:,|and|&)\s*{_YEAR}(?!\w))*+)"
_NARRATIVE = re.compile(rf"(?<![\w.-]){_PEOPLE}(?:['’]s?)?\s*[(\[]{_YEARS}(?:[,:]\s*[^()\[\];]*)?[)\]]")
_LEAD = r"(?:(?:see|also|e\.g\.|cf\.|i\.e\.|following|for example|and|in|by),?\s+)*"
_ITEM = re.compile(rf"\s*{_LEAD}{_PEOPLE},?\s+{_YEARS}(?:\s*[,:]\s*[^;]*)?\s*")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*+)[)\]]")
_BARE = re.compile(rf"(?<![\w.-]){_PEOPLE},?\s+{_YEARS}\b")
_NO_NAMES = frozenset(
    "January February March April May June July August September October November December Since In From Until"
    " Figure Table Section Equation Appendix Version Chapter The This These During By After Before Spring Summer"
    " Autumn Winter Fall".split()
)
_NUMBERS = re.compile(r"\[(\d{1,3}(?:\s*[,;–-]\s*\d{1,3}){0,60})\]")
_MOST = 100
"""Works that one pair of brackets cites; a range that is wider is none of works."""
_NUMBERED = re.compile(r"^[^\S\n]*(?:\[(\d{1,3})\]|(\d{1,3})\.)\s+", re.MULTILINE)


def with_mentions(sentence: DraftSentence, entries: dict[str, Entry]) -> DraftSentence:
    """The sentence with the author-year mentions in its text among its cites; what each says of its work goes
    to ``entries``."""
    text, found = sentence.text, list(sentence.cites)
    for match in _BRACKETS.finditer(text):
        items = filter(None, map(_ITEM.fullmatch, match[1].split(";") if re.search(_YEAR, match[1]) else ()))
        _add(found, [key for item in items for key in _keys(item, entries)], *match.span(), False)
    for match in _NARRATIVE.finditer(text):
        _add(found, _keys(match, entries), *match.span(), True)
    for match in _BARE.finditer(text):
        if match["others"]:
            _add(found, _keys(match, entries), *match.span(), False)
    return replace(sentence, cites=tuple(found))


def with_numbers(sentence: DraftSentence, entries: Mapping[str, Entry]) -> DraftSentence:
    """The sentence with its [3], [1, 4-6] among its cites, as far as the reference list has such items."""
    found = list(sentence.cites)
    for match in _NUMBERS.finditer(sentence.text):
        _add(found, [key for key in _expanded(match[1]) if key in entries], *match.span(), False)
    return replace(sentence, cites=tuple(found))


def numbered(listed: str) -> dict[str, Entry]:
    """The items of a numbered reference list, by number."""
    starts = list(_NUMBERED.finditer(listed))
    ends = [match.start() for match in starts[1:]] + [len(listed)]
    return {
        match[1] or match[2]: Entry(text=" ".join(listed[match.end() : end].split()))
        for match, end in zip(starts, ends, strict=False)
    }


def _add(found: list[Cite], keys: list[str], start: int, end: int, textual: bool) -> None:
    """``found`` are in their order, and none overlaps another."""
    place = bisect_left(found, start, key=lambda cite: cite.start)
    beside = found[max(0, place - 1) : place + 1]
    if keys and not any(cite.start < end and start < cite.end for cite in beside):
        found.insert(place, Cite(tuple(dict.fromkeys(keys)), start, end, textual))


def _keys(match: re.Match[str], entries: dict[str, Entry]) -> list[str]:
    """A key for each year of the mention, such as "Shi et al. 2025"."""
    names = tuple(re.split(r",?\s+(?:and|&)\s+|,\s+", match["names"]))
    if names[0].split()[0] in _NO_NAMES:
        return []
    others = match["others"] is not None
    people = " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) + (" et al." if others else "")
    keys = []
    for year in re.findall(_YEAR, match["years"]):
        keys.append(f"{people} {year}")
        entries[keys[-1]] = Entry(names=names, others=others, year=int(year[:4]))
    return keys


def _expanded(numbers: str) -> list[str]:
    """ "1, 4-6" → 1, 4, 5, 6; nothing if that are too many."""
    found: list[str] = []
    for part in re.split(r"\s*[,;]\s*", numbers):
        first, *last = re.split(r"\s*[–-]\s*", part)
        span = range(int(first), int(last[-1] if last else first) + 1)
        if len(found) + len(span) > _MOST:
            return []
        found += map(str, span)
    return found
