"""A typeset text → its headings, which stand alone between empty lines: by number, in capitals, or by what they say."""

import re

_HEADING = re.compile(
    r"(?:^|\n\n)[ \t]*(?P<heading>(?P<number>(?:\d+(?:\.\d+)*|[IVX]+|[A-H])\.?[ \t]+)(?=[A-Z])[^.!?\n]{3,70}"
    r"|[A-Z]{2}[A-Z &-]{4,40}|(?i:abstract|introduction|related work|background|methods?|materials and methods|results"
    r"|discussion|results and discussion|conclusions?|limitations|future work|acknowledge?ments?|references|keywords?))"
    r"[ \t]*(?=\n\n|$)"
)
_NO_HEADING = re.compile(r"(?:fig(?:ure|\.)?|table|listing|algorithm)\b|(?:\w )+\w$", re.IGNORECASE)
"""What stands behind a number in a caption's or an axis' line; and words of one letter each."""


def section_headings(text: str) -> list[tuple[int, str]]:
    """(where it stands, the heading without its number) in order."""
    found = []
    for match in _HEADING.finditer(text):
        words = " ".join(match["heading"][len(match["number"] or "") :].split())
        if not _NO_HEADING.match(words):
            found.append((match.start("heading"), words.capitalize() if words.isupper() else words))
    return found
