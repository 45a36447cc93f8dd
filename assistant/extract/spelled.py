"""A question typed in haste, or spelled as in Britain → the same in the words of the papers.

Only a word that no paper holds and no English text is known to hold is taken for another one, by one slip: a letter too
many or too few, two that changed places, a vowel for a vowel (Damerau 1964). Another consonant makes another word:
"altitude" is not "attitude".
"""

import re

from assistant.extract.question import LONGEST
from assistant.text.rarity import RAREST, rarity
from assistant.text.terms import STOP_WORDS, stem, tokens
from assistant.types import PaperCatalog

SHORT = 4
"""Letters of the shortest word that is looked at; of three, whether two of a common word's have changed places."""
MOST = 12
"""Unknown words from which on a text is in another language, or no question; each costs a look at all stems."""
LOOKED_THROUGH = 5
"""Passages whose words are the forms of a stem."""
_WORD = re.compile(r"(?<![\w.!@/'’-])[a-z]{3,}(?![\w@/(!'’]|[.-]\w)")
"""Lower case and no part of a name, an address or code."""
_AMERICAN = (
    *(("ae", "e"), ("oe", "e"), ("is(?=e|ing|ation)", "iz")),
    *(("ys(?=e|ing)", "yz"), ("our", "or"), ("tre$", "ter")),
)
"""Letters of British words, and of American ones."""
_VOWELS = frozenset("aeiouy")
_ALIKE = ({"c", "k"}, {"s", "z"}, {"s", "c"})
"""Consonants that sound alike."""


def spelled(text: str, catalog: PaperCatalog) -> str:
    """``text`` with its misspelled words as the papers spell them, each where it can be only one."""
    words = dict.fromkeys(match[0] for match in _WORD.finditer(text[:LONGEST]))
    unknown = [word for word in words if not _is_word(word) and not catalog.passages_with(word)]
    if len(unknown) > MOST:
        return text
    mended = {word: _mended(word, catalog) for word in unknown}
    return _WORD.sub(lambda match: mended.get(match[0], match[0]), text)


def _is_word(word: str) -> bool:
    """Whether it is one of English as in America."""
    return (word in STOP_WORDS or rarity(stem(word)) < RAREST) and word == _american(word)


def _american(word: str) -> str:
    for british, letters in _AMERICAN:
        word = re.sub(british, letters, word)
    return word


def _mended(word: str, catalog: PaperCatalog) -> str:
    american = _american(word)
    if american != word and catalog.passages_with(american):
        return american
    is_known = rarity(stem(word)) < RAREST
    found = set() if is_known else _common(word) or _held(word, catalog)
    return found.pop() if len(found) == 1 else word


def is_slip(word: str, other: str) -> bool:
    """Whether one slip of the keys makes ``word`` of ``other``."""
    if word == other:
        return False
    same = next(
        (n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other))
    )
    one, two = word[same:], other[same:]
    if one[1:] == two or one == two[1:] or (one[1::-1], one[2:]) == (two[:2], two[2:]):
        return True
    return one[1:] == two[1:] and ({one[0], two[0]} <= _VOWELS or {one[0], two[0]} in _ALIKE)


def _common(word: str) -> set[str]:
    """The stop words of which ``word`` is a slip."""
    found = {each for each in STOP_WORDS if is_slip(word, each)}
    return found if len(word) >= SHORT else {each for each in found if sorted(each) == sorted(word)}


def _held(word: str, catalog: PaperCatalog) -> set[str]:
    """The words of the papers of which ``word`` is a slip, one of each stem."""
    found: set[str] = set()
    for held in catalog.stems_from(word[0]) if len(word) >= SHORT else ():
        near = word.startswith(held) or any(
            is_slip(word[:n], held) for n in range(len(held) - 1, len(held) + 2)
        )
        if near and (forms := _forms(held, word, catalog)):
            found.add(min(forms))
    return found


def _forms(held: str, word: str, catalog: PaperCatalog) -> list[str]:
    """The words with the stem ``held``, as passages hold them, of which ``word`` is a slip."""
    passages = catalog.passages(i for i, _ in catalog.words(f'"{held}"', LOOKED_THROUGH))
    words = {token for passage in passages.values() for token in tokens(passage.text)}
    return [each for each in words if each.startswith(held[:-1]) and is_slip(word, each)]
