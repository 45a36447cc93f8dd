"""Text → the numbers in it, comparable whatever their form: ``1,000`` and ``1000``, ``22.5%`` and ``22.5 percent``."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.text.terms import content_stems

_WORDS = dict(
    zip(
        "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred".split(),
        (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20, 30, 40, 50, 100),
        strict=True,
    )
)
"""One is left out: it is mostly a pronoun."""
_WORDS |= {"twice": 2, "double": 2, "doubled": 2, "triple": 3, "tripled": 3, "dozen": 12}
_SHARES = {"half": 50.0, "third": 33.3, "quarter": 25.0}
"""Spelled shares of a whole, in percent. A third and a quarter only behind "a" or "one": else they count."""
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12,
}  # fmt: skip
_NUMBER = re.compile(
    r"(?<![\w.])(?<![^\W\d_][-–])(?P<digits>[0-9]{1,3}(?:[ \u2009\u202f][0-9]{3})+(?![0-9])"
    r"|[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?|\.[0-9]+|"
    + "|".join((*_WORDS, *_SHARES))
    + r")(?:[ -]?(?P<scale>hundred|thousand|million|billion|trillion|bn|[kKMB])(?![^\W_]))?"
    r"(?P<percent> ?(?:%|percent(?!\w)|per cent(?!\w)))?(?:(?![^\W_]|\.\d)|(?=x(?!\w)))",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"(?:[ -]+[^\W\d_]+){0,4}")
_REACH = 16
"""Characters before a number in which its sign and its bound stand."""
_MINUS = re.compile(r"(?:^|[\s(\[=~≈])[-−–]$|\bminus $")
_CHANGE = re.compile(r"\b(?:by|of)(?: about| around| up to| almost| nearly)? [-−–+]?$")
_BOUND = re.compile(
    r"(?:(?P<more>>=?|≥|≫|\b(?:more|greater|higher|larger|longer|better) than"
    r"|\b(?:above|over|at least|exceed\w*|beyond))"
    r"|<=?|≤|≪|\b(?:less|fewer|lower|smaller|shorter) than|\b(?:below|under|at most|up to))\s*[-−–$€£]?$",
    re.IGNORECASE,
)
_UNITS = {
    name: names.split()[0]
    for names in (
        "mg milligram milligrams", "g gram grams", "kg kilogram kilograms", "µg μg microgram micrograms",
        "ng nanogram nanograms", "ms millisecond milliseconds", "s sec second seconds", "min minute minutes",
        "h hour hours", "day days", "week weeks", "month months", "year years", "mm", "cm",
        "m metre metres meter meters", "km", "nm", "µm μm", "ml mL", "µl μl", "l L litre litres", "mM", "µM μM",
        "nM", "GB", "MB", "TB", "kB KB", "Hz", "kHz", "MHz", "GHz",
        "W", "kW", "V", "mV", "K", "°C", "°F", "dB", "points point",
    )
    for name in names.split()
}  # fmt: skip
_UNIT = re.compile(r"[ -]?(°[CF]|[a-zA-Zµμ]+)(?![^\W_])")
_DIGITS = 15
"""Longer ones are no figures but identifiers, and floats do not tell them apart."""


@dataclass(frozen=True, slots=True)
class Number:
    value: float
    percent: bool
    decimals: int
    """Digits behind the point, as written; negative where a word (million) stands for digits before it."""
    text: str
    counted: frozenset[str] = frozenset()
    """The stems of the two content words behind it: what it counts."""
    bound: int = 0
    """1 if it says "more than" this, -1 if "less than"; of either, "at least" and "at most" too."""
    unit: str = ""
    """Behind digits: "mg", "ms", "months" ...; "" where no unit stands there."""
    is_change: bool = False
    """Whether "by" or "of" stands before it, as before a difference, whose sign its verb says."""
    start: int = 0
    """Where its digits or its word stand in the text."""

    @property
    def is_share(self) -> bool:
        return self.percent and not self.in_digits

    @property
    def in_digits(self) -> bool:
        return not self.text[0].isalpha()


def numbers(text: str) -> list[Number]:
    """The numbers in ``text`` in order; those that belong to a name (``GPT-4``, ``WMT14``) are not numbers."""
    found = []
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"[,\s](?=\d)", "", match["digits"].lower())
        if len(digits) > _DIGITS or (digits in _SHARES and not _is_share(digits, text[: match.start()])):
            continue
        scale = _SCALES.get((match["scale"] or "").lower(), 1.0)
        value = float(_WORDS.get(digits) or _SHARES.get(digits) or digits) * scale
        decimals = 0 if digits[0].isalpha() else len(digits.partition(".")[2]) - round(math.log10(scale))
        percent = match["percent"] is not None or digits in _SHARES
        counted = frozenset(content_stems(_BEHIND.match(text, match.end())[0])[:2])  # type: ignore[index]
        before = text[max(0, match.start() - _REACH) : match.start()]
        if _MINUS.search(before):
            value = -value
        unit = _UNIT.match(text, match.end())
        found.append(
            Number(
                value, percent, decimals, match[0].strip(), counted, _bound(before),
                _UNITS.get(unit[1], "") if unit and digits[0].isdigit() else "", _CHANGE.search(before) is not None,
                match.start(),
            )
        )  # fmt: skip
    return found


def _bound(before: str) -> int:
    found = _BOUND.search(before)
    return 0 if not found else 1 if found["more"] else -1


def _is_share(word: str, before: str) -> bool:
    return word == "half" or re.search(r"\b(?:a|one)[ -]$", before, re.IGNORECASE) is not None


def same(one: Number, other: Number) -> bool:
    """Whether the two say the same: equal, equal but for rounding, or one a percentage and one a share. A share in
    words is no count: half of the documents are not 50 of them."""
    if any(a.is_share and not (b.percent or b.value < 1) for a, b in ((one, other), (other, one))):
        return False
    return any(_equal(a, da, b, db) for a, da in _readings(one, other) for b, db in _readings(other, one))


def _readings(number: Number, other: Number) -> Iterable[tuple[float, int]]:
    yield number.value, number.decimals
    if other.percent and not number.percent and 0 < number.value < 1:
        yield number.value * 100, number.decimals - 2


def _equal(one: float, one_decimals: int, other: float, other_decimals: int) -> bool:
    if math.isclose(one, other, rel_tol=1e-9):
        return True
    decimals = min(one_decimals, other_decimals)
    coarse = one if one_decimals <= other_decimals else other
    if abs(coarse) < 10 ** (1 - decimals):  # a single digit is no rounding of anything
        return False
    return (
        math.isclose(abs(one - other), 0, abs_tol=0.5000001 * 10**-decimals)
        and one_decimals != other_decimals
    )
