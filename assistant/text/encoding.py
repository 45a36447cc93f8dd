"""Bytes → the characters of a text file."""

from assistant.errors import ReadError

_FOREIGN = 0.3
"""The share of characters beyond ASCII that no Western language reaches in Windows-1252, and every other script in
its own encoding does. A picture or an archive does, too."""
_SAMPLE = 20_000


def decode(data: bytes) -> str:
    """The characters of a text file: by its byte order mark, else UTF-16 if it looks like that, else UTF-8, else
    Windows-1252. Line ends become newlines; the offsets of ``Source`` count these characters.

    Raises ReadError for an encoding that is none of these: read as Windows-1252, which gives every byte a
    character, it would be nonsense without a warning."""
    marks = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
    encoding = next((marks[mark] for mark in marks if data.startswith(mark)), None) or _utf16(data)
    try:
        text = data.decode(encoding or "utf-8", errors="replace" if encoding else "strict")
    except UnicodeDecodeError as error:
        text = data.decode("cp1252", errors="replace")
        if sum(not char.isascii() for char in text) > max(20, _FOREIGN * len(text)):
            raise ReadError(
                "not a text file, or in an encoding that is not known here; save it as UTF-8"
            ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _utf16(data: bytes) -> str | None:
    """Which UTF-16 it is, without a mark: every other byte of Latin letters, spaces and newlines is zero."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or max(first, second) < 0.05 * len(sample) or min(first, second) > 0.01 * len(sample):
        return None
    return "utf-16-be" if first > second else "utf-16-le"
