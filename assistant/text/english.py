"""A question in German, French or Spanish → its words in English, one by one.

The embedder and the papers know English. No grammar is translated: the words that matter to retrieval and ranking are
those of a small glossary, names, which stay, and words that the languages share but for their spelling.
"""

import re
from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from assistant.text.rarity import RAREST, rarity, stems_held
from assistant.text.terms import STOP_WORDS, fold, stem

LANGUAGES = ("German", "French", "Spanish")
LONGEST = 1000
"""Characters of a question that is read so; a pasted page is none."""
LIKE = 0.88
"""The likeness of a word to an English one of which it is another spelling."""
FOREIGN = 7.0
"""The least rarity of a word that papers in English do not hold but as a name: "ist" has 9.5, "die" 4.5."""
_WORD = re.compile(r"[^\W_]+(?:[.+][^\W_]+)*")
_NAME = re.compile(r"\w+[A-Z\d]|\d|.*[.+]\w")
"""How a name is written in any language: capitals within, digits, a dot."""
_INVERTED = re.compile(r"-(?:t-)?(?=(?:ils?|elles?|on|ce)\b)")
"""As in "utilise-t-il"."""
_HAS_WRITTEN = re.compile(r"\b(?:has|have|a)((?: [\w.+-]+){0,8}?) written\b")
"""As in "Wer hat ... geschrieben?\"."""
_ENDINGS = ("en", "er", "es", "em", "e", "n", "s", "")
_SPELLINGS = (
    ("k", "c"), ("z(?=[iey])", "c"), ("isch$", "ic"), ("itat$|idad$|ite$", "ity"), ("ismus$|isme$|ismo$", "ism"),
    ("isierung$|isation$|izacion$|ierung$", "ization"), ("cion$", "tion"), ("ique$|ico$|ica$", "ic"),
    ("amie$|emia$", "emia"),
    ("ie$|ia$", "y"), ("eur$", "or"), ("aire$|ario$|aria$", "ary"), ("mente$", "ly"), ("iert$|ieren$", "ate"),
)  # fmt: skip
"""How words that the languages share are spelled in English; without accents."""


class Glossary(NamedTuple):
    """Of one language: its words (a prefix where any ending may follow) → the English one; ``has_nouns``: whether every
    noun has a capital."""

    whole: dict[str, str]
    prefixes: dict[str, str]
    has_nouns: bool

    def known(self, words: list[str]) -> list[str]:
        return [word for word in words if self.whole.get(word) or self._by_prefix(word)]

    def word(self, word: str, is_first: bool) -> str:
        """The English word; ``word`` itself, if it is a name or unknown."""
        lower = word.lower()
        if _NAME.match(word) or not (self.has_nouns or is_first or word == lower):
            return word
        trimmed = (lower.removesuffix(ending) for ending in _ENDINGS)
        found = self.whole.get(lower) or self._by_prefix(lower)
        return found or next(filter(None, map(self.whole.get, trimmed)), None) or _alike(lower) or word

    def _by_prefix(self, word: str) -> str | None:
        held = (word[:n] for n in range(len(word), 2, -1))
        return next((self.prefixes[each] for each in held if each in self.prefixes), None)


def in_english(text: str, held: Callable[[str], bool]) -> str | None:
    """The words of ``text`` in English, without those unknown that no paper holds; None if it is in none of LANGUAGES.
    ``held``: whether a paper holds a word."""
    if len(text) > LONGEST:
        return None
    words = [word.lower() for word in _WORD.findall(text)]
    glossary = max(_glossaries(), key=lambda each: len(each.known(words)))
    known = glossary.known(words)
    foreign = [word for word in known if word not in STOP_WORDS and rarity(stem(word)) >= FOREIGN]
    english = sum(word in STOP_WORDS for word in words)
    if not foreign or len(known) < 2 or len(known) <= english:
        return None
    apart = _INVERTED.sub(" ", re.sub(r"(?<=\w)['’](?=\w)", " ", text)).strip(" ¿¡")

    def read(match: re.Match[str]) -> str:
        word, english = match[0], glossary.word(match[0], is_first=not match.start())
        return english if english != word or _NAME.match(word) or held(word) else ""

    return _HAS_WRITTEN.sub(r"wrote\1", " ".join(_WORD.sub(read, apart).split()))


def _alike(word: str) -> str | None:
    """The English word of which ``word`` is another spelling; as its stem, if it is none exactly."""
    if len(word) < 6:
        return None
    plain = fold(word)
    for ending in _ENDINGS:
        spelled = plain.removesuffix(ending)
        for pattern, english in _SPELLINGS:
            spelled = re.sub(pattern, english, spelled)
        if rarity(stem(spelled)) < RAREST:
            return spelled if spelled != word else None  # an English word among others
    for old, new in _SPELLINGS:
        plain = re.sub(old, new, plain)
    like = [each for each in stems_held() if each[:2] == plain[:2]]
    return next(iter(get_close_matches(plain, like, n=1, cutoff=LIKE)), None)


@cache
def _glossaries() -> tuple[Glossary, ...]:
    lines = files("assistant.text").joinpath("glossary.txt").read_text(encoding="utf-8").splitlines()
    entries = [line.split(":") for line in reversed(lines) if line and not line.startswith("#")]
    found = []
    for n, name in enumerate(LANGUAGES):
        every = [(word, english) for english, others in entries for word in others.split("|")[n].split()]
        whole = {word: english for word, english in every if not word.endswith("*")}
        prefixes = {word[:-1]: english for word, english in every if word.endswith("*")}
        found.append(
            Glossary(whole, prefixes, name == "German")
        )  # of a word with two meanings the first line stays
    return tuple(found)
