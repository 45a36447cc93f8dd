"""How a summary is wanted: its length, and what it must hold."""

from dataclasses import dataclass

from assistant.errors import UsageError

LENGTHS = {"short": 60, "medium": 120, "long": 300}
"""Words of a paper's summary."""
LENGTHS_OF_SEVERAL = {"short": 200, "medium": 500, "long": 1500}
"""Words of a summary of several."""
TOLERANCE = 0.1
"""The share by which a summary may be longer or shorter than it was asked for."""
_LEAST, _MOST = 20, 5_000
_SHORTEST = 8
"""Words of the shortest bullet that says anything."""
_MOST_BULLETS = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """``words``: about how many; None for as many as the bullets take. ``bullets``: how many sentences, None for as
    many as the words allow; ``mentions``: terms, each of which a sentence must hold; ``audience``, ``language``: whom
    a model writes for, and in which language, "" for that of the papers."""

    words: int | None = LENGTHS["medium"]
    bullets: int | None = None
    mentions: tuple[str, ...] = ()
    audience: str = ""
    language: str = ""
    is_exact: bool = True
    """Whether one shorter than ``words`` is worth a word: of a paper that has no more to say it is, if a number was
    asked for."""

    @property
    def is_translated(self) -> bool:
        """Whether it is in another language than most papers."""
        return self.language.casefold() not in ("", "english")

    def check(self) -> None:
        """Raises UsageError for wishes that no summary can meet."""
        if self.words is not None and not _LEAST <= self.words <= _MOST:
            raise UsageError(
                f"a summary has {_LEAST} to {_MOST:,} words, not {self.words:,}; say so with --length"
            )
        if self.bullets is not None and not 1 <= self.bullets <= _MOST_BULLETS:
            raise UsageError(f"a summary has 1 to {_MOST_BULLETS} bullets, not {self.bullets}")
        if self.words and self.bullets and self.bullets * _SHORTEST > self.words:
            raise UsageError(
                f"{self.bullets} bullets do not go into {self.words} words; ask for fewer, or for"
                f" --length {self.bullets * 2 * _SHORTEST}"
            )
        if blank := [term for term in self.mentions if not any(map(str.isalnum, term))]:
            raise UsageError(f"--must-mention {blank[0]!r} is no term; name a word or a figure")

    def is_within(self, words: int) -> bool:
        """Whether a summary of so many words is as long as it should be."""
        return self.words is None or abs(words - self.words) <= TOLERANCE * self.words


def words_of(length: str, several: bool = False) -> int:
    """The number of words that ``short``, ``medium``, ``long`` or a number mean, of one paper or ``several``. Raises
    UsageError."""
    named = LENGTHS_OF_SEVERAL if several else LENGTHS
    if length in named:
        return named[length]
    if not length.isascii() or not length.isdecimal():
        raise UsageError(f"a length is {', '.join(named)} or a number of words, not {length!r}")
    return int(length)
