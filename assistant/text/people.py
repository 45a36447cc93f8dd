"""Names of people."""

import re

_ORGANISATION = re.compile(
    r"\b(?:team|group|consortium|collaboration|institut\w*|universit\w*|laborator\w*|labs?|society|association"
    r"|research|project|committee|network|initiative|alliance|cent(?:er|re)|and|of|for|the|inc|ltd|gmbh)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 5
"""Of a person's name."""
_PARTICLE = re.compile(r"d[aeio]s?|del(?:la)?|du|l[ae]|van|von|de[nr]|te[nr]|bin|ibn|al|el")


def last_name(name: str) -> str:
    """The last word that is neither an initial nor a suffix: ``Tao Liang``, ``Liang, Tao``, ``Smith J.``"""
    words = name.split(",")[0].split()
    whole = [
        word for word in words if not re.fullmatch(r"(?:[^\W\d_]\.-?)+|[^\W\d_]|[JS]r\.?|I{2,3}|IV", word)
    ]
    return name.split(",")[0] if "," in name else (whole or words or [""])[-1]


def family_and_given(name: str) -> tuple[str, str]:
    """A person's two names: "Liang, Tao", "Tao Liang" and "Liang T." are one. What is no person's name, or is one word,
    stays whole in the first place."""
    if "," in name:
        family, _, given = (part.strip() for part in name.partition(","))
        return family, given
    words = name.split()
    if not 2 <= len(words) <= _MOST_WORDS or _ORGANISATION.search(name):
        return name, ""
    place = words.index(last_name(name))
    if place == 0:
        return words[0], " ".join(words[1:])
    start = place
    while start > 1 and _PARTICLE.fullmatch(words[start - 1]):
        start -= 1
    return " ".join(words[start:]), " ".join(words[:start])
