"""Author line → names."""

import re

_PARTICLES = frozenset(
    "de da do dos das del della di du la le van von der den ter ten bin ibn al el y e".split()
)
_NAME_PART = re.compile(r"^[^\W\d_](?:[^\W\d_]|[.'’‐-])*$")
# "Jane Doe1,2∗": affiliations and footnotes hang on the name without a space, as no year or number does.
_MARKS = re.compile(r"(?<=[^\W\d_.])[\d*∗⋆†‡§¶¹²³⁰⁴-⁹]+(?:,[\d*∗⋆†‡§¶¹²³⁰⁴-⁹]+)*")
_OTHERS = re.compile(r"^(?:et al\.?|others|\.\.\.|…)$", re.IGNORECASE)


_LONGEST = 100_000
"""Characters of an author line: the longest, of physics' collaborations, have some 60,000."""


def is_author_line(line: str) -> bool:
    """Whether a line is a list of people: at least two capitalised names, of two or three words each on the
    whole; all of one word only as pairs (``Shi, Wei``), so that "Data and Results" is none."""
    if len(line) > _LONGEST:
        return False
    line = " ".join(line.split())
    if line[-1:] in "?!:" or re.search(r"[a-z]{3}\.$", line):
        return False
    parts = _parts(line)
    if len(parts) < 2 or not all(is_name(part) for part in parts):
        return False
    words = sum(len(part.split()) for part in parts)
    one_word = sum(" " not in part for part in parts)
    in_pairs = len(parts) % 2 == 0 and _mostly_one_word(parts) and not re.search(r"\band\b|[;&]", line)
    return in_pairs or (4 * one_word <= len(parts) and 2 * words <= 7 * len(parts))


def is_one_name(line: str) -> bool:
    """Whether a line may be one person: two to four capitalised words."""
    (name, *more) = _parts(line) or [""]
    return not more and 2 <= len(name.split()) <= 4 and is_name(name)


def split_authors(line: str) -> tuple[str, ...]:
    """The names in an author line, as it writes them: ``Shi, Wei, Li, Sihang`` gives two ("Shi, Wei"),
    ``Wei Shi, Sihang Li and Tao Liang`` three."""
    if ";" in line:
        return tuple(name for part in line.split(";") if (name := _bare(part)))
    parts = _parts(line)
    lasts, firsts = parts[::2], parts[1::2]
    if "," in line and len(lasts) == len(firsts) and _mostly_one_word(parts) and _mostly_one_word(lasts):
        return tuple(f"{last}, {first}" for last, first in zip(lasts, firsts, strict=True))
    return tuple(parts)


def _mostly_one_word(names: list[str]) -> bool:
    return 2 * sum(" " not in name for name in names) >= len(names)


def _parts(line: str) -> list[str]:
    parts = re.split(
        r"\s*[,;·•|&]\s*(?:(?:and|AND)\s+)?|\s+(?:and|AND)\s+", _MARKS.sub("", " ".join(line.split()))
    )
    return [name for part in parts if (name := _bare(part)) and not _OTHERS.match(name)]


def _bare(name: str) -> str:
    return " ".join(_MARKS.sub("", name).split()).removesuffix(" et al.")


def is_name(name: str) -> bool:
    """Whether it is one to five capitalised words, particles aside."""
    words = name.split()
    if not 1 <= len(words) <= 5 or not all(_NAME_PART.match(word) for word in words):
        return False
    return all(word[0].isupper() or word.lower() in _PARTICLES or not word.isascii() for word in words)
