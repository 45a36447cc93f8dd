"""A model's reply in JSON, as it comes → its whole claims, then what it says is missing.

The reader is fed pieces and looks at each character once, so that a claim can be checked and shown the moment
its last character has come. Text around the reply is passed over, and what is cut off after a whole claim
costs that claim nothing.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from assistant.types import DraftCitation, DraftClaim


def _object(**properties: Any) -> dict[str, Any]:
    """Strict servers want every property required and no others allowed."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _form(**more: Any) -> dict[str, Any]:
    text = {"type": "string"}
    citations = {"type": "array", "items": _object(id=text, quote=text)}
    claims = {"type": "array", "items": _object(**more, text=text, citations=citations)}
    return _object(claims=claims, missing={"type": "array", "items": text})


SCHEMA = _form()
"""The reply's form."""
NUMBERED = _form(number={"type": "integer"})
"""The form of a reply whose claims stand in for others."""

_LONGEST_KEY = 40
"""Characters that the opening of the list of claims may take, and so be split over pieces."""
_CLAIMS = re.compile(r'"claims"\s*:\s*\[')
_MISSING = re.compile(r'"missing"\s*:\s*')
_MARK = re.compile(r'\\.|["{}\[\]]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Written:
    """One claim of a reply. ``number``: which earlier claim it stands in for, if it says so."""

    claim: DraftClaim
    number: int | None = None


@dataclass
class Reading:
    """What a reply came to. ``malformed``: why claims could not be read; ``whole``: it came to its end;
    ``cut``: it is known to have been cut off."""

    claims: list[Written] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    malformed: list[str] = field(default_factory=list)
    whole: bool = False
    cut: bool = False

    @property
    def readable(self) -> bool:
        """Whether something in it was in the form that was asked for."""
        return bool(self.claims or self.missing) or (self.whole and not self.malformed)


class JsonReader:
    """Reads the first object that holds ``"claims": [...]``."""

    def __init__(self) -> None:
        self.text = ""
        self.reading = Reading()
        self._at = 0
        self._depth = 0
        self._in_array = self._in_string = False
        self._start: int | None = None
        self._end: int | None = None
        self._claim = 0

    def feed(self, piece: str) -> None:
        """The next piece; the claims that it completes are in the reading afterwards."""
        self.text += piece
        if self._start is None and not self._begins():
            return
        while not self.reading.whole and (mark := _MARK.search(self.text, self._at)):
            self._at = mark.end()
            if (end := self._step(mark[0])) is not None:
                self._read(self.text[self._claim : end])
        # What holds no mark is not looked at again; a backslash waits for the character behind it.
        self._at = max(self._at, len(self.text) - self.text.endswith("\\", self._at))

    def close(self) -> Reading:
        """Everything that was read, once nothing more comes."""
        found = self._end and _MISSING.search(self.text, self._end)
        found = found or _MISSING.search(self.text, 0, self._start or 0)
        self.reading.missing = _missing(self.text, found.end()) if found else ()
        return self.reading

    def _begins(self) -> bool:
        """Whether the list of claims has begun."""
        found = _CLAIMS.search(self.text, max(0, self._at - _LONGEST_KEY))
        if found:
            self._start = self._at = found.end()
            self._in_array = True
        else:
            self._at = len(self.text)
        return found is not None

    def _step(self, mark: str) -> int | None:
        """One sign further; the end of the claim that it closes."""
        if mark == '"':
            self._in_string = not self._in_string
        elif self._in_string or mark[0] == "\\":
            return None
        elif mark in "{[":
            if self._depth == 0:
                self._claim = self._at - 1
            self._depth += 1
        elif self._depth:
            self._depth -= 1
            return self._at if self._depth == 0 and self._in_array else None
        elif mark == "]" and self._in_array:
            self._in_array, self._end = False, self._at
            if not self._ordinal() and self.text[self._start : self._at - 1].strip():
                self.reading.malformed.append("claims holds no objects")
        else:
            self.reading.whole = not self._in_array
        return None

    def _read(self, source: str) -> None:
        try:
            self.reading.claims.append(_written(json.loads(source)))
        except (ValueError, RecursionError) as error:
            self.reading.malformed.append(f"claim {self._ordinal() + 1}: {error}")

    def _ordinal(self) -> int:
        return len(self.reading.claims) + len(self.reading.malformed)


def _written(claim: Any) -> Written:
    """Raises ValueError saying what is wrong where. An empty text is a withdrawal, and needs a number."""
    if not isinstance(claim, dict):
        raise ValueError("is not an object")
    number, citations = claim.get("number"), claim.get("citations")
    text = clean(_string(claim, "text"))
    if not text and number is None:
        raise ValueError("text is empty")
    if not isinstance(citations, list):
        raise ValueError("citations is not a list")
    for citation in citations:
        if not isinstance(citation, dict):
            raise ValueError("a citation is not an object")
    cited = tuple(DraftCitation(_string(each, "id"), _string(each, "quote")) for each in citations)
    return Written(DraftClaim(text, cited), number if type(number) is int else None)


def _string(parent: dict[str, Any], name: str) -> str:
    value = parent.get(name)
    if not isinstance(value, str):
        raise ValueError(f"{name} is not text")
    return sound(value)


def _missing(text: str, at: int) -> tuple[str, ...]:
    """The texts of the list at ``at``; a text alone is taken for a list of one."""
    try:
        value, _ = json.JSONDecoder().raw_decode(text, at)
    except (ValueError, RecursionError):
        return ()
    listed = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(line for part in listed if isinstance(part, str) and (line := clean(part)))


def clean(text: str) -> str:
    """On one line."""
    return " ".join(sound(text).split())


def sound(text: str) -> str:
    """JSON may hold halves of characters, which nothing can print or store."""
    return text.encode("utf-8", "replace").decode()
