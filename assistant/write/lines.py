"""A model's reply in lines, as it comes → its whole claims and what it says is missing.

The form for models that cannot keep to JSON: a line each for a claim, what shows it, a missing part.
"""

import re
from dataclasses import replace

from assistant.types import DraftQuote
from assistant.write.reply import Reading, Written, clean, pointing, sound

_LINE = re.compile(
    r"[\s>*#-]*(?P<kind>CLAIM|SHOWN[ _]BY|QUOTE|MISSING)(?:\s*\[?(?P<name>[\w-]+)\]?)?[\s*]*:[\s*]*(?P<words>.*)",
    re.IGNORECASE,
)
_MARKS = "\"'“”„‘’«»`"


class LineReader:
    """Reads lines ``CLAIM: ...``, ``SHOWN BY: AB1, AB2`` and ``MISSING: ...``, and ``QUOTE [id]: "..."`` of the older
    form; a claim is whole when the next one, or what is missing, begins. Other lines are passed over."""

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
        kind, name, words = found["kind"].upper(), found["name"] or "", found["words"].strip()
        if kind == "CLAIM":
            self._keep()
            self._open = Written(pointing(clean(words), []), int(name) if name.isdecimal() else None)
        elif kind == "MISSING":
            self._keep()
            if words.lower().rstrip(".") not in ("", "none", "nothing"):
                self.reading.missing += (clean(words),)
        elif self._open:
            claim = self._open.claim
            copied = (DraftQuote(name, sound(words.strip(_MARKS))),) if kind == "QUOTE" else ()
            more = pointing("", [] if kind == "QUOTE" else [words], copied)
            shown_by, quotes = claim.shown_by + more.shown_by, claim.quotes + more.quotes
            self._open = replace(self._open, claim=replace(claim, shown_by=shown_by, quotes=quotes))

    def _keep(self) -> None:
        if self._open and (self._open.claim.text or self._open.number is not None):
            self.reading.claims.append(self._open)
        self._open = None
