"""A model's reply in lines, as it comes → its whole claims and what it says is missing.

The form for models that cannot keep to JSON: a line each for a claim, a quote, a missing part.
"""

import re

from assistant.types import DraftCitation, DraftClaim
from assistant.write.reply import Reading, Written, clean, sound

_LINE = re.compile(
    r"[\s>*#-]*(?P<kind>CLAIM|QUOTE|MISSING)(?:\s*\[?(?P<name>[\w-]+)\]?)?[\s*]*:[\s*]*(?P<words>.*)",
    re.IGNORECASE,
)
_MARKS = "\"'“”„‘’«»`"


class LineReader:
    """Reads lines ``CLAIM: ...``, ``QUOTE [id]: "..."`` and ``MISSING: ...``; a claim is whole when the next
    one, or what is missing, begins. Lines that open with none of these are passed over."""

    def __init__(self) -> None:
        self.text = ""
        self.reading = Reading()
        self._rest = ""
        self._open: Written | None = None

    def feed(self, piece: str) -> None:
        self.text += piece
        *lines, self._rest = (self._rest + piece).split("\n")
        for line in lines:
            self._read(line)

    def close(self) -> Reading:
        """Everything that was read. Of a reply that was cut off, the last claim may lack words."""
        if not self.reading.cut:
            self._read(self._rest)
            self._keep()
        self._rest, self._open = "", None
        self.reading.whole = not self.reading.cut and self.reading.readable
        return self.reading

    def _read(self, line: str) -> None:
        found = _LINE.match(line)
        if not found:
            return
        kind, words = found["kind"].upper(), found["words"].strip()
        if kind == "QUOTE" and self._open:
            claim, cited = self._open.claim, DraftCitation(found["name"] or "", sound(words.strip(_MARKS)))
            self._open = Written(DraftClaim(claim.text, (*claim.citations, cited)), self._open.number)
        elif kind == "CLAIM":
            self._keep()
            name = found["name"] or ""
            self._open = Written(DraftClaim(clean(words)), int(name) if name.isdecimal() else None)
        elif kind == "MISSING":
            self._keep()
            if words.lower().rstrip(".") not in ("", "none", "nothing"):
                self.reading.missing += (clean(words),)

    def _keep(self) -> None:
        if self._open and (self._open.claim.text or self._open.number is not None):
            self.reading.claims.append(self._open)
        self._open = None
