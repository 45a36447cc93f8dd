"""A claim and its evidence → which of its numbers and names the evidence does not hold.

A checker that weighs meaning lets a wrong digit or a wrong name pass where all else is right; this looks at
nothing else. A number must stand in the quotes or in a header (the year, the title); a name may also stand in
the passage around a quote, as that often says "we" or "it" of what the passage names.
"""

import re
from collections.abc import Sequence

from assistant.text.terms import fold

_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9}
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_SPELT = {word: float(n) for n, word in enumerate(_WORDS)}
_SPELT |= {
    "once": 1.0,
    "twice": 2.0,
    "double": 2.0,
    "doubled": 2.0,
    "triple": 3.0,
    "half": 50.0,
    "hundred": 100.0,
}
_NUMBER = re.compile(
    r"(?<![^\W_])(?P<digits>\d+(?:[,\u2009\u202f]\d{3}(?!\d))*(?:\.\d+)?)"
    r"(?:(?P<letter>[kKMB]|bn)(?!\w)|[ -](?P<word>thousand|million|billion)\b)?"
)
_NAME = re.compile(
    r"(?<![\w.-])(?=[^\W\d_])(?=[a-z]*[A-Z][a-z-]*[A-Z]|[^\W\d_]+-?\d|[a-z]+-(?:[a-z]+-)?[A-Z])"
    r"[^\W_]+(?:[-.+][^\W_]+)*"
)
"""A word with two capitals or with a digit, and what is joined to it: RouteSAE, LLM-based, GPT-4.1, text-to-SQL."""
_PROPER = re.compile(r"(?<=[a-z0-9,] )[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*")
"""Words with a capital that opens no sentence."""
_ENDING = 3
"""Letters at a word's end that may differ: Bayes, Bayesian."""


def unbacked(claim: str, quotes: Sequence[str], headers: Sequence[str], passages: Sequence[str]) -> str:
    """What the claim says that its evidence does not, as a reason in words; empty if there is nothing."""
    near = " ".join((*quotes, *headers, *passages))
    squashed, initials = _squashed(near), "".join(word[0] for word in re.findall(r"[a-z]+", fold(near)))
    for found in _NAME.finditer(claim):
        if not _is_named(found[0], squashed, initials):
            return f"names {found[0]}, and its evidence does not"
    for found in _PROPER.finditer(claim):
        words = re.split("[ -]", found[0])
        lacking = [word for word in words if _squashed(word)[: max(4, len(word) - _ENDING)] not in squashed]
        acronym = "".join(word[0] for word in words)
        if lacking and (len(words) == 1 or acronym not in near):
            return f"names {lacking[0]}, and its evidence does not"
    held = {value for _, value in _numbers(" ".join((*quotes, *headers)))}
    held |= {_SPELT[word] for word in re.findall("[a-z]+", fold(" ".join(quotes))) if word in _SPELT}
    for said, value in _numbers(_NAME.sub(" ", re.sub(r"^\d+[.)] ", "", claim))):
        if value not in held:
            return f"says {said}, and its quotes do not"
    return ""


def _is_named(name: str, squashed: str, initials: str) -> bool:
    """Whether the evidence holds the name, written in whatever way, without the plain words joined to it, or,
    for an acronym, the words that it stands for."""
    core = "".join(part for part in re.split("[-+]", name) if not part.islower()) or name
    forms = {_squashed(form).removesuffix("s") for form in (name, core)}
    if any(form in squashed for form in forms):
        return True
    letters = core.removesuffix("s")
    return letters.isupper() and _squashed(letters) in initials


def _numbers(text: str) -> list[tuple[str, float]]:
    """Each number as written, and its value."""
    found = []
    for match in _NUMBER.finditer(text):
        scale = _SCALES.get((match["letter"] or match["word"] or "").lower(), 1.0)
        digits = re.sub(r"[^\d.]", "", match["digits"])
        found.append((match[0], round(float(digits) * scale, 6)))
    return found


def _squashed(text: str) -> str:
    """Letters and digits alone: HR-Bench, HR Bench and hrbench are one name."""
    return re.sub(r"[^a-z0-9]", "", fold(text))
