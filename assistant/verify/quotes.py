"""A quote and a paper's text → where the quote stands in it, verbatim, or nowhere.

Two texts are the same words if they are equal after this, and nothing more forgiving: NFKC, but for
superscripts, subscripts, fractions and other numerals, which change numbers (10² is not 102); runs of white
space are one space; quotation marks, apostrophes and dashes are one kind each; what nobody sees (soft hyphens,
zero-width characters, direction marks) is gone, and a hyphen at a line's end stands for itself or for nothing.
Case counts. What is shown afterwards is always the paper's own slice.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from functools import lru_cache

from assistant.text.unseen import UNSEEN, seen

_SAME = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
_BROKEN = re.compile(r"(?<=[^\W\d_])[-‐][^\S\n]*\n[^\S\n]*(?=[^\W\d_])")
_SPACE = rf"[\s{UNSEEN}]"


def find_quote(quote: str, text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Offsets of the first place in ``text[start:end]`` where ``quote`` stands as whole words and numbers;
    None if it stands nowhere. ``text[offsets]`` is the quote up to the normalisation above. ``text`` is
    canonical: NFC."""
    quote = unicodedata.normalize("NFC", quote)
    stop = len(text) if end is None else end
    broken = _BROKEN.search(quote) or _BROKEN.search(text)
    for hyphen in ("", "-") if broken else ("",):
        wanted = _normalised(quote, hyphen)[0].strip()
        if not any(char.isalnum() for char in wanted):
            return None
        plain, places = _normalised(text, hyphen)
        at = plain.find(wanted, bisect_left(places, start))
        while at >= 0 and places[at + len(wanted) - 1] < stop:
            after = at + len(wanted)
            if not (_cuts(text, plain, places, at) or _cuts(text, plain, places, after)):
                return places[at], places[after - 1] + 1
            at = plain.find(wanted, at + 1)
    return None


@lru_cache(maxsize=64)
def _normalised(text: str, hyphen: str) -> tuple[str, "array[int]"]:
    """The normalised text, and for each of its characters the offset in ``text`` that it comes from.
    ``hyphen`` is what a hyphen at a line's end stands for. Cached: a paper is searched for several quotes."""
    # Most characters stand for themselves and are copied in one piece between those that do not.
    others = "".join(re.escape(char) for char in set(text) if not char.isascii() and _plain(char) != char)
    special = re.compile(rf"({_BROKEN.pattern})|{_SPACE}{{2,}}|[^\S ]|[`{others}]")
    parts: list[str] = []
    places = array("I")
    position = 0
    for match in special.finditer(text):
        plain = hyphen if match[1] else _plain(match[0])
        parts += (text[position : match.start()], plain)
        places.extend(range(position, match.start()))
        places.extend([match.start()] * len(plain))
        position = match.end()
    parts.append(text[position:])
    places.extend(range(position, len(text)))
    return "".join(parts), places


def _plain(special: str) -> str:
    if re.fullmatch(f"{_SPACE}+", special):
        return " " if any(char.isspace() for char in special) else ""
    if not seen(special):
        return ""
    if special in _SAME:
        return _SAME[special]
    if unicodedata.category(special) in ("No", "Nl") or _is_raised(special):
        return special
    # Decomposed rather than composed, as a character at a time can be; equal texts are equal either way.
    plain = "".join(_SAME.get(char, char) for char in unicodedata.normalize("NFKD", special))
    return special if " " in plain else plain


def _cuts(text: str, plain: str, places: "array[int]", at: int) -> bool:
    """Whether the place before ``plain[at]`` is inside a character, a word or a number: 5% is not in 15%,
    nor 83% in 5.83%, 3 in -3, 10 in 10⁻², "significant" in "non-significant", "can" in "can't"."""
    if not 0 < at < len(plain):
        return False
    left, right = plain[at - 1], plain[at]
    if places[at - 1] == places[at] or (_is_word(left) and _is_word(right)):
        return True
    if left.isdigit() and re.match(r" ?%|[′″]| \d{3}(?!\d)", plain[at : at + 5]):
        return True  # 95 %, 5 000
    if _is_word(right):  # left may join it to what is before
        return _joins(plain[at - 2] if at > 1 else " ", text[places[at - 1]], right)
    if _is_word(left) and at + 1 < len(plain):
        return _is_word(plain[at + 1]) and _joins(left, text[places[at]], plain[at + 1])
    return False


def _joins(before: str, mark: str, after: str) -> bool:
    """Whether ``mark`` makes one word or number of what stands before and after it."""
    digits = before.isdigit() and after.isdigit()
    if mark == "." and after.isdigit():
        return not before.isalpha()  # 5.83, and .05
    if mark in ",/:–":
        return digits
    if mark in "-‐‑−":
        return _is_word(before) or (after.isdigit() and mark != "‐" and before not in ")]")
    return mark in "'’" and before.isalpha() and after.isalpha()


def _is_word(char: str) -> bool:
    return char.isalnum() or char in "_^" or unicodedata.combining(char) > 0 or _is_raised(char)


def _is_raised(char: str) -> bool:
    return unicodedata.decomposition(char).startswith(("<super>", "<sub>", "<fraction>"))
