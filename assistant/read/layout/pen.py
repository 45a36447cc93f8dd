"""A PDF page's characters → its words, each with its place and its font.

PDFium gives characters, each with the text object that drew it. Objects, not characters, carry font, size and
angle, so these are asked for once an object: that is what keeps a page under 20 ms.
"""

import ctypes
import re
from dataclasses import dataclass
from math import atan2, hypot, pi
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pypdfium2

MOST_CHARACTERS = 200_000
"""Of a page are read: a densely set one has 10,000."""
MOST_WORDS = 20_000
"""Of a page are laid out; a densely set one has 2,000."""
_HYPHEN = "\x02"
"""PDFium's mark for a hyphen at a line's end."""
_HYPHEN_AS_TEXT = "\ufffe"
"""The same mark where PDFium gives its characters together."""
_LIGATURES = dict(enumerate("ﬀﬁﬂﬃﬄ", 27))
"""Codes of TeX's text fonts (T1) → what they draw: fonts of dots, which many a TeX sets with, have no names for it."""
_OLDER_LIGATURES = dict(enumerate("ﬀﬁﬂﬃﬄ", 11))
"""Codes of TeX's older text fonts (OT1); its fonts for formulas have Greek letters there, and PDFium a line's end."""
_OLDER_LIGATURE = re.compile(r"[\x0b-\x0f]")
_WORD = re.compile(r"[^\x00\x01\x03-\x1a \xa0\u200b\ufeff\ufffe]+")
"""Characters without a blank between them; the ligatures' codes and PDFium's hyphen are no blanks."""
_DRAWN = _LIGATURES | {0xAD: _HYPHEN}
_LAST_DIGIT = re.compile(r"(?<=.)[0-9](?=[.,;:)]*$)")
"""Behind something that it may be raised beside."""
_RISE = 0.2
"""Of a size: no digit on the line is drawn so far above it."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DRAWN_BY = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
"""As FPDFText_GetTextObject, but of addresses: to make a pointer of each takes as long again as the call."""
_BOLD = re.compile(
    r"bold|black|heavy|medi(?!um)|semibold|demi|cmbx|[-,]bd|sfbx|(?:libertine|biolinum)t[bz]", re.IGNORECASE
)
_ITALIC = re.compile(r"ital|obli|cmti|cmsl|sfti|slant|(?:libertine|biolinum)t[bz]?i", re.IGNORECASE)
_FIXED = re.compile(
    r"mono|courier|cmtt|cmsltt|sftt|consol|menlo|inconsol|typewriter|fixed|nimbusmon|txtt|zi4", re.IGNORECASE
)
_MATH = re.compile(r"cmmi|cmsy|cmex|msam|msbm|math|cmbsy|rsfs|eufm|stmary|wasy|esint|symbol|mtmi|mtsy|txsy|txmi|txex|"
                   r"pxmi|pxsy|rmtmi|eusm|bbm|dsrom", re.IGNORECASE)  # fmt: skip


class Font(NamedTuple):
    """What a font's name says of it."""

    name: str
    bold: bool
    italic: bool
    fixed: bool
    math: bool


@dataclass(slots=True)
class Word:
    """Characters without a space between them, of one font. ``base``: the height of its base line; ``spaced``:
    whether the page has a space before it."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    font: Font
    spaced: bool


def words_on(textpage: "pypdfium2.PdfTextPage", pen: "Pen") -> list[tuple[int, Word]]:
    """(turn, word): how many quarter turns to the left its line is turned; places are as if it were not."""
    count = min(textpage.count_chars(), MOST_CHARACTERS)
    text = _text(textpage, count)

    def drawn(match: re.Match[str]) -> str:
        return _OLDER_LIGATURES[ord(match[0])] if pen.is_in_word(text, match.start()) else match[0]

    found: list[tuple[int, Word]] = []
    for match in _WORD.finditer(_OLDER_LIGATURE.sub(drawn, text).translate(_DRAWN)):
        found += pen.words(match.start(), match[0], match.start() > 0)
        if len(found) >= MOST_WORDS:
            break
    return found


def _text(textpage: "pypdfium2.PdfTextPage", count: int) -> str:
    """The page's first characters, one for each that PDFium counts: all in one call, or one by one where PDFium leaves
    out such as have no meaning."""
    from pypdfium2 import raw

    units = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(textpage, 0, count, units)
    text = bytes(units)[: 2 * written - 2].decode("utf-16-le", "surrogatepass")
    if len(text) == count:
        return text.replace(_HYPHEN_AS_TEXT, _HYPHEN)
    return "".join(chr(raw.FPDFText_GetUnicode(textpage, i)) for i in range(count))


class Pen:
    """What the text object being read draws with. Its buffers are made once."""

    def __init__(self, textpage: Any, fonts: dict[str, Font]) -> None:
        from pypdfium2 import raw

        self._raw, self._page, self._fonts = raw, textpage, fonts
        self._address = ctypes.addressof(textpage.contents)
        self._drawn_by = _DRAWN_BY(ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0)
        self._first, self._last, self._matrix = raw.FS_RECTF(), raw.FS_RECTF(), raw.FS_MATRIX()
        self._x, self._y, self._flags = ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
        self._box = [ctypes.c_double() for _ in range(4)]
        self._name = ctypes.create_string_buffer(128)
        self._taken = -1
        self._pens = self._unseen = 0
        self._turn, self._size, self._base, self._font = 0, 10.0, 0.0, Font("", False, False, False, False)

    def words(self, start: int, text: str, spaced: bool) -> list[tuple[int, Word]]:
        """The words, one an object that drew a part of it, of the characters from ``start`` on, none of them blank."""
        stop = start + len(text) - 1
        first = self._owner(start)
        if first == (self._owner(stop) if stop > start else first):
            return [self._word(start, text, spaced, first)]
        found, begin = [], start
        for i in range(start + 1, stop + 2):
            own = self._owner(i) if i <= stop else 0
            if i > stop or own != first:
                found.append(
                    self._word(begin, text[begin - start : i - start], spaced and begin == start, first)
                )
                begin, first = i, own
        return found

    @property
    def is_unseen(self) -> bool:
        """Whether most of what it took up draws nothing that is seen."""
        return 2 * self._unseen > self._pens

    def is_in_word(self, text: str, i: int) -> bool:
        """Whether the page itself has this character, beside two small letters that are drawn with it: a formula's font
        has none of the text's."""
        own = self._owner(i)
        if not own or self._raw.FPDFText_IsGenerated(self._page, i):
            return False
        near = ["a" <= text[k : k + 1] <= "z" and self._owner(k) == own for k in (i - 2, i - 1, i + 1, i + 2)]
        return all(near[:2]) or all(near[1:3]) or all(near[2:])

    def _owner(self, i: int) -> int:
        """The address of the text object that drew the character; 0 if PDFium made it up."""
        return self._drawn_by(self._address, i) or 0

    def _take(self, i: int) -> None:
        """Takes up the pen of character ``i``, the first of its object."""
        raw, page, matrix = self._raw, self._page, self._matrix
        raw.FPDFText_GetMatrix(page, i, matrix)
        raw.FPDFText_GetCharOrigin(page, i, self._x, self._y)
        self._turn = round(atan2(matrix.b, matrix.a) / (pi / 2)) % 4
        scale = hypot(matrix.c, matrix.d) or 1.0
        self._size = max(raw.FPDFText_GetFontSize(page, i) * scale, 0.1)
        x, y = self._x.value, self._y.value
        self._base = (y, -x, -y, x)[self._turn]
        raw.FPDFText_GetFontInfo(page, i, self._name, 128, self._flags)
        name = self._name.value.decode("utf-8", "replace")
        if name not in self._fonts:
            bare = name.split("+", 1)[-1]
            says = (pattern.search(bare) is not None for pattern in (_BOLD, _ITALIC, _FIXED, _MATH))
            self._fonts[name] = Font(bare, *says)
        self._font = self._fonts[name]

    def _raised(self, start: int, text: str, last: int) -> str:
        """The word, its digits up to the ``last`` one raised as far as they are drawn above the base line: fonts that
        have glyphs for raised digits call them plain ones."""
        first = last
        while first >= 0 and self._bottom(start + first) > _RISE * self._size:
            first -= 1
        return text[: first + 1] + text[first + 1 : last + 1].translate(_SUPERSCRIPTS) + text[last + 1 :]

    def _bottom(self, i: int) -> float:
        """How far above its base line a character's own lowest point is, in points."""
        left, right, bottom, top = self._box
        self._raw.FPDFText_GetCharBox(self._page, i, left, right, bottom, top)
        self._raw.FPDFText_GetCharOrigin(
            self._page, i, self._x, self._y
        )  # of its own: a plot's labels may slant
        return bottom.value - self._y.value

    def _word(self, start: int, text: str, spaced: bool, owner: int) -> tuple[int, Word]:
        """The turn and the word."""
        if owner != self._taken:
            self._take(start)
            self._taken = owner
            self._pens += 1
            mode = self._raw.FPDFTextObj_GetTextRenderMode(ctypes.cast(owner, self._raw.FPDF_PAGEOBJECT))
            self._unseen += mode == self._raw.FPDF_TEXTRENDERMODE_INVISIBLE
        first, last = self._first, self._last
        self._raw.FPDFText_GetLooseCharBox(self._page, start, first)
        if len(text) > 1:
            self._raw.FPDFText_GetLooseCharBox(self._page, start + len(text) - 1, last)
        else:
            last = first
        if self._turn == 0:
            x0, x1 = first.left, last.right
        elif self._turn == 1:
            x0, x1 = first.bottom, last.top
        elif self._turn == 2:
            x0, x1 = -first.right, -last.left
        else:
            x0, x1 = -first.top, -last.bottom
        if x0 > x1:
            x0, x1 = x1, x0
        if digit := _LAST_DIGIT.search(text):
            text = self._raised(start, text, digit.start())
        return self._turn, Word(text, x0, x1, self._base, self._size, self._font, spaced)
