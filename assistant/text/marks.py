"""A source file → its characters, and the marks that stand in for what is taken out of them.

While a format is stripped of its own marks, its text keeps as many line ends as the file has, so that a place in it
still tells its line: there is a line end that ends no paragraph, and a paragraph's that ends no line. A citation is one
character of a private plane.
"""

import re
from pathlib import Path
from stat import S_ISREG

from assistant.errors import ReadError
from assistant.text.encoding import decode

SOFT, BREAK = "\v", "\u2029"
FIRST_MARK, LAST_MARK = 0xF0000, 0xFFFFD
MARK = f"[{chr(FIRST_MARK)}-{chr(LAST_MARK)}]"
_TAKEN = re.compile(rf"{MARK}|{BREAK}")


_LARGEST = 20_000_000
"""Bytes of a draft's file; a bibliography of a whole field has them."""


def text_of(path: Path) -> str:
    """The characters of a draft's file, without those that mean something here. Raises ReadError."""
    try:
        stat = path.stat()
        if not S_ISREG(stat.st_mode):  # a pipe or a device would never end
            raise ReadError(f"{path} is not a regular file; name a file")
        if stat.st_size > _LARGEST:
            raise ReadError(f"{path} is too large: at most {_LARGEST // 1_000_000} MB are read; split it")
        with path.open("rb") as file:
            text = decode(file.read(_LARGEST))
    except OSError as error:
        raise ReadError(f"{path} cannot be read ({error.strerror or error})") from error
    if text.count("\0") + text.count("\ufffd") > len(text) / 100:
        raise ReadError(f"{path} is not a text file, whatever its name says")
    return _TAKEN.sub(" ", re.sub(r"[\v\f\x1c-\x1e\x85\u2028\ud800-\udfff]", " ", text))


def line_ends(text: str, start: int = 0, end: int | None = None) -> int:
    return text.count("\n", start, end) + text.count(SOFT, start, end)


def blank(text: str) -> str:
    """What stands in for ``text`` that is left out: its line ends, so that those below keep their numbers."""
    return SOFT * line_ends(text)
