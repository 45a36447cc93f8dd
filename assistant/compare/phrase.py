"""A place in a sentence → the short phrase that begins there, cut where a clause ends."""

import re

MOST = 24
"""Words of a cell at most, so that a table of six columns can be read."""
_ENDS = re.compile(r"[;:](?=\s)|\s[—–]\s|\s\((?=e\.g\.|i\.e\.)|[.!?](?=\s|$)")
_MAY_END = re.compile(
    r",? (?=(?:which|that|while|whereas|where|and|but|to|by|in order|with|without|leading|showing|resulting|based"
    r"|using|for"
    r"|in|on|from|as|when|since|because|thus|so)\b)|, | \("
)
"""Where a phrase that is too long is cut."""


_DANGLING = re.compile(
    r"(?:,? (?:and|or|then|as|which|that|is|are|based|due|according|compared|relative|such))+$"
)
"""Words that want another, from which a cut has parted them."""


def phrase(text: str, start: int, most: int = MOST) -> tuple[int, int]:
    """(start, end) of what begins at ``start``; at most ``most`` words, whole up to where something new begins."""
    end = _ENDS.search(text, start)
    stop = end.start() if end else len(text)
    if len(text[start:stop].split()) > most:
        cuts = [found.start() for found in _MAY_END.finditer(text, start, stop) if found.start() > start]
        fits = [cut for cut in cuts if len(text[start:cut].split()) <= most]
        stop = fits[-1] if fits else cuts[0] if cuts else stop
    return start, start + len(_DANGLING.sub("", _closed(text[start:stop]).rstrip(" ,;:.\n")))


def _closed(words: str) -> str:
    """The words up to a bracket that is not closed in them."""
    opened = words.rfind("(")
    return words[:opened] if opened > 0 and ")" not in words[opened:] else words
