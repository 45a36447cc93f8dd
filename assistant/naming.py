"""Question → the papers that it names by citation key, DOI, arXiv or ACL number, and the question without these."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from assistant.extract.lists import asks_list
from assistant.extract.question import Question
from assistant.store.catalog import Catalog
from assistant.store.identity import identity
from assistant.text.identifiers import numbers_in
from assistant.text.names import name_of
from assistant.text.terms import stem

_WORD = re.compile(r"(?<!\S)[\[({\"'“@]*([^\s\[(){}\"'“”’@?,;!]*[^\s\[(){}\"'“”’@?,;!.:\]])")
_LIKE_A_KEY = re.compile(r"[^\W\d_].*[\dA-Z]|\w[-_:+./]\w")
"""A digit, a capital or a sign within: what is written so is no common word."""
_BESIDE = re.compile(
    r"\b(?:compar\w*|contrast\w*|differ\w*|versus|vs|both|unlike|than|between|similar|other)\b", re.IGNORECASE
)
"""What speaks of others, too."""
_GENERAL = frozenset(
    map(stem, "show find report say state claim conclude do present propose describe argue contribute tell about paper"
    " finding result contribution conclusion main key".split())
)  # fmt: skip
"""Words that ask for all that a paper says."""


@dataclass(frozen=True, slots=True)
class Naming:
    """``text``: the question with what papers are called in place of their numbers; ``papers``: the keys of those that
    it is put to alone, none for all; ``plain``: for one paper, with "it" in place of its number."""

    text: str
    papers: tuple[str, ...] = ()
    plain: str = ""

    @property
    def is_general(self) -> bool:
        """Whether all that one paper says is asked for."""
        return bool(self.plain) and set(Question(self.plain).words) <= _GENERAL


def naming(question: str, catalog: Catalog, only: Collection[str] | None = None) -> Naming:
    """A key that is also a word of the papers names none. Where the question asks for a list, or holds one paper
    against others, it is put to all. ``only``: keys of the papers that may be asked; None for all."""
    places = _numbered(question, catalog) or {}
    places |= {span: key for span, key in _keyed(question, catalog).items() if not _within(span, places)}
    if not places:
        return Naming(question)
    keys = tuple(
        dict.fromkeys(places[span] for span in sorted(places) if only is None or places[span] in only)
    )
    text = _with(question, {span: name_of(catalog.paper(key)) for span, key in places.items()})
    rest = _with(question, dict.fromkeys(places, "it"))
    if asks_list(question) or (len(keys) == 1 and _BESIDE.search(rest)):
        return Naming(text)
    return Naming(text, keys, rest if len(keys) == 1 else "")


_Places = dict[tuple[int, int], str]
"""(start, end) in the question → the key of the paper that is named there."""


def _numbered(question: str, catalog: Catalog) -> _Places:
    found = {}
    for number in numbers_in(question):
        names = identity(None, (), None, number.doi, number.arxiv, number.url).names()
        if key := next(filter(None, map(catalog.key_named, names)), None):
            found[number.start, number.end] = key
    return found


def _keyed(question: str, catalog: Catalog) -> _Places:
    words = {match.span(1): match[1] for match in _WORD.finditer(question)}
    keys = catalog.keys_among(words.values())
    return {
        span: keys[word.lower()]
        for span, word in words.items()
        if word.lower() in keys and _LIKE_A_KEY.search(keys[word.lower()]) and not catalog.passages_with(word)
    }


def _within(span: tuple[int, int], places: _Places) -> bool:
    return any(start < span[1] and span[0] < end for start, end in places)


def _with(question: str, words: dict[tuple[int, int], str]) -> str:
    for (start, end), word in sorted(words.items(), reverse=True):
        question = question[:start] + word + question[end:]
    return question
