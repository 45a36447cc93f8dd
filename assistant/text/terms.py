"""Text → its content words, as the lexical side of every stage counts them: stems without stop words.

Compounds count by their parts (``text-to-SQL``), as the full text indexes them; numbers are kept whole
(``22.5``, ``12,705`` as ``12705``), since they are what tells papers apart.
"""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from threading import local

import snowballstemmer

STOP_WORDS = frozenset(
    """a about above after again all also am an and any are as at be because been before being below between
    both but by can could did do does doing down during each either else ever few for from further get give
    gives given had has have having he her here hers him his how however i if in into is it its itself just
    kind let like many may me might more most much must my no nor not now of off on once one only or other
    our ours out over own please same say says said shall she should show shows so some such tell than that
    the their theirs them then there these they this those through to too two under until up upon us use
    used uses using very via was we were what when where whether which while who whom whose why will with
    within without would you your yours""".split()
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_WORD = re.compile(r"\w+(?:[.,'’/&+@-]\w+)*[%+]?")
_PARTS = re.compile(r"[^\W_]+")
_state = local()


def fold(text: str) -> str:
    """Case and typography that do not tell words apart, gone: ``DC²`` → ``dc2``, ``naïve`` → ``naive``,
    ``12,705`` → ``12705``."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _THOUSANDS.sub("", plain)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word (Snowball's English, "Porter 2")."""
    if not hasattr(_state, "stemmer"):  # a stemmer holds the word at hand, so each thread has its own
        _state.stemmer = snowballstemmer.stemmer("english")
    return str(_state.stemmer.stemWord(word))


def tokens(text: str) -> list[str]:
    """The folded words of ``text`` in order, compounds by their parts: ``text-to-SQL`` → text, to, sql.
    Numbers lose their thousands commas and percent signs, and keep their point."""
    found: list[str] = []
    for match in _WORD.finditer(fold(text)):
        word = match[0].strip("'’")
        if re.fullmatch(r"\d[\d,]*(?:\.\d+)?%?", word):
            found.append(word.replace(",", "").rstrip("%"))
        else:
            found.extend(_PARTS.findall(word.removesuffix("'s").removesuffix("’s")))
    return found


def spans_of(text: str, stems: Collection[str]) -> list[tuple[int, int]]:
    """Where in ``text``, in order, words stand that have one of these stems; of compounds the parts that have."""
    found: list[tuple[int, int]] = []
    for word in _WORD.finditer(text):
        whole = len(tokens(word[0])) == 1
        pieces = [word] if whole else _PARTS.finditer(text, word.start(), word.end())
        found += [piece.span() for piece in pieces if any(stem(t) in stems for t in tokens(piece[0]))]
    return found


def content_stems(text: str) -> list[str]:
    """The stems of the words that are not stop words, in order, repeats kept."""
    return [stem(token) for token in tokens(text) if token not in STOP_WORDS]
