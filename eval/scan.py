"""Known text → PDFs as scanners make them: a picture of the page, and over it, unseen, the words that were recognised,
each on its own, moved and scaled a little, on a page that lay askew.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from random import Random

import pypdfium2
from pypdfium2 import raw

from eval.press import HEIGHT, MANNERS, WIDTH, Press, Setter


@dataclass(frozen=True)
class Look:
    """How the words lie. ``degrees``: how far askew the page is; ``moved``, ``scaled``: the spread of their base
    lines, in sizes of type, and of their sizes; ``turned``: whether each word is turned with the page."""

    name: str
    manner: str
    degrees: float
    moved: float
    scaled: float
    turned: bool = False


LOOKS = (
    Look("straight, 2", "ACL", 0.0, 0.05, 0.05),
    Look("0.3, 2", "Elsevier", 0.3, 0.05, 0.05),
    Look("-0.8, 2", "IEEEtran", -0.8, 0.04, 0.06, turned=True),
    Look("1.5, 2", "ACL", 1.5, 0.04, 0.04),
    Look("0.7, 1", "Springer", 0.7, 0.06, 0.08),
    Look("-1.5, 1", "NeurIPS", -1.5, 0.04, 0.05, turned=True),
)


class Scanner(Press):
    """Draws what a press does, as the pages come from a scanner."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._random = Random(look.name)
        self._cos, self._sin = cos(look.degrees * pi / 180), sin(look.degrees * pi / 180)

    def page(self) -> pypdfium2.PdfPage:
        page = super().page()
        picture = pypdfium2.PdfImage.new(self.document)
        picture.set_bitmap(pypdfium2.PdfBitmap.new_native(8, 8, raw.FPDFBitmap_Gray))
        picture.set_matrix(pypdfium2.PdfMatrix(WIDTH, 0, 0, HEIGHT, 0, 0))
        page.insert_obj(picture)
        return page

    def draw(self, page: pypdfium2.PdfPage, text: str, x: float, y: float, font: str, size: float) -> None:
        space = self.width("n", font, size) * 0.5
        for word in text.split():
            self._word(page, word, x, y, font, size)
            x += self.width(word, font, size) + space

    def _word(self, page: pypdfium2.PdfPage, word: str, x: float, y: float, font: str, size: float) -> None:
        look, random = self._look, self._random
        own = size * random.gauss(1, look.scaled)
        width = self.width(word, font, size) / max(self.width(word, font, own), 0.1)
        x, y = self._askew(x + random.gauss(0, 0.3), y + random.gauss(0, look.moved * size))
        # As recognisers do: one face for all, stretched to the width that the word has on the page.
        drawn = raw.FPDFPageObj_CreateTextObj(self.document, self._fonts["roman"], own)
        encoded = (word + "\0").encode("utf-16-le")
        raw.FPDFText_SetText(drawn, ctypes.cast(encoded, ctypes.POINTER(ctypes.c_ushort)))
        raw.FPDFTextObj_SetTextRenderMode(drawn, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        across, up = (self._cos, self._sin) if look.turned else (1.0, 0.0)
        raw.FPDFPageObj_Transform(drawn, width * across, width * up, -up, across, x, y)
        raw.FPDFPage_InsertObject(page, drawn)

    def _askew(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - WIDTH / 2, y - HEIGHT / 2
        return WIDTH / 2 + x * self._cos - y * self._sin, HEIGHT / 2 + x * self._sin + y * self._cos


def setters(looks: Sequence[Look] = LOOKS) -> dict[str, "Scanned"]:
    return {look.name: Scanned(look) for look in looks}


class Scanned:
    """Makes a new setter for each document of a look."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def __call__(self) -> Setter:
        manner = next(each for each in MANNERS if each.name == self._look.manner)
        return Setter(manner, Scanner(self._look))
