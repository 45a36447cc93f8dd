"""A question typed in haste → the same with the words of a talk as they are spelled, each where it can be only one, and
with the names of papers as these write them."""

import re
from collections.abc import Callable
from difflib import get_close_matches

from assistant.chat.phrases import WORDS
from assistant.text.parts import question_names
from assistant.text.rarity import RAREST, rarity
from assistant.text.terms import STOP_WORDS, stem

NEAR = 0.8
"""The likeness from which a word of five letters or more is another misspelled; in a shorter one two neighbouring
letters have changed places: "moe" is not "more"."""
_LONG = 5
_LOWER = re.compile(r"(?<![\w.-])[a-z]\w+(?![\w-]|\.\w)")
_FOR_A_NAME = re.compile(
    r"(?:\b(?:do|does|did|can|could|will|would)\s+(?P<does>\w+)(?=\s+\w)"
    r"|(?:^\W*(?:and|but|or|not)|\b(?:about|meant?|than|with|unlike|versus|vs\.?|to))\s+(?P<last>\w+)\W*$)",
    re.IGNORECASE,
)
"""Places where a word without an article is a name: "does causal scale?", "and causal?", "faster than causal?"."""


def respelled(text: str, known: Callable[[str], bool]) -> str:
    """``text`` with such words mended; names, words that the papers of many fields have, and what is ``known`` stay."""
    names = {word.lower() for name in question_names(text) for word in name.split()}

    def mended(match: re.Match[str]) -> str:
        word = match[0].lower()
        is_word = word in names or word in STOP_WORDS or rarity(stem(word)) < RAREST or known(word)
        return match[0] if is_word else meant(word)

    return re.sub(r"(?<![\w.-])[a-zA-Z]{3,}(?![\w-]|\.\w)", mended, text)


def meant(word: str) -> str:
    """``word``, lower case, as a word of talks; itself, where it is like none or like several."""
    near = get_close_matches(word, WORDS, n=1, cutoff=NEAR) if len(word) >= _LONG else []
    found = {each for each in _swapped(word) if each in WORDS} or {*near}
    return found.pop() if len(found) == 1 else word


def _swapped(word: str) -> list[str]:
    """The word with each two neighbouring letters in each other's place."""
    return [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)]


def with_names(text: str, name: Callable[[str], str]) -> str:
    """``text`` with ``name`` of each word that can be a paper's in lower case ("how does trixi scale?"): that papers of
    many fields do not have, or that stands where a name would. ``name``: the paper's name, or "" if it is none's."""
    places = {match.start(group) for match in _FOR_A_NAME.finditer(text) for group in ("does", "last")}

    def named(match: re.Match[str]) -> str:
        word = match[0]
        may_be = rarity(stem(word)) >= RAREST or match.start() in places
        return (may_be and word not in STOP_WORDS and name(word)) or word

    return _LOWER.sub(named, text)
