"""A model's reply in JSON, as it comes → its whole claims, then what it says is missing.

The reader is fed pieces and looks at each character once, so that a claim can be checked and shown the moment
its last character has come. Text around the reply is passed over, and what is cut off after a whole claim
costs that claim nothing.
"""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from assistant.types import DraftClaim, DraftQuote

TAG = r"[A-Z]{2,4}\d{1,3}"
_TAGS = rf"{TAG}(?:(?:\s*[,;&/–—-]\s*|\s+(?:and|to)\s+|\s+)(?:{TAG}|\d{{1,3}}))*"
_POINTER = re.compile(rf"[\s\[({{<\"'`]*(?P<tags>{_TAGS})[\s\])}}>\"'`.,;:]*")
_INLINE = re.compile(rf"\s*[\[(]\s*(?P<tags>{_TAGS})\s*[\])]")
_RANGE = re.compile(rf"(?P<first>{TAG})\s*(?:[–—-]|to)\s*(?P<last>{TAG}|\d{{1,3}})")
_MOST = 250
"""Tags that a schema may name: hosted servers bound the values of an enum; beyond that a pattern describes them."""


def _object(**properties: Any) -> dict[str, Any]:
    """Strict servers want every property required and no others allowed."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def schema(tags: Collection[str], **more: Any) -> dict[str, Any]:
    """The reply's form; its claims point at ``tags``, and have the properties ``more``, too."""
    named = {"enum": list(tags)} if 0 < len(tags) <= _MOST else {"pattern": f"^{TAG}$"}
    pointers = {"type": "array", "items": {"type": "string"} | named}
    text = {"type": "string"}
    claims = {"type": "array", "items": _object(**more, text=text, shown_by=pointers)}
    return _object(claims=claims, missing={"type": "array", "items": text})


NUMBER = {"type": "integer"}
"""The type of ``number`` in claims that stand in for others."""

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


REPEATS, TOO_LONG = "repeats itself", "went on beyond all measure"


@dataclass
class Reading:
    """What a reply came to. ``malformed``: why claims could not be read; ``whole``: it came to its end;
    ``cut``: it is known to have been cut off; ``ended``: why its reader had enough, REPEATS or TOO_LONG."""

    claims: list[Written] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    malformed: list[str] = field(default_factory=list)
    whole: bool = False
    cut: bool = False
    ended: str = ""

    @property
    def repeats(self) -> bool:
        """Whether the last claim is one that came before: a model that does so goes on doing it."""
        said = [(each.claim.text, each.number) for each in self.claims]
        return bool(said) and said[-1] in said[:-1]

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
    number = claim.get("number")
    text = clean(_string(claim, "text"))
    if not text and number is None:
        raise ValueError("text is empty")
    pointers, citations = claim.get("shown_by"), claim.get("citations")
    if not isinstance(pointers, list | str) and not isinstance(citations, list):
        raise ValueError("shown_by is not a list")
    quotes = tuple(_copied(each) for each in (citations if isinstance(citations, list) else ()))
    pointed = [pointers] if isinstance(pointers, str) else pointers if isinstance(pointers, list) else []
    if not all(isinstance(each, str) for each in pointed):
        raise ValueError("a tag is not text")
    return Written(pointing(text, pointed, quotes), number if type(number) is int else None)


def _copied(citation: Any) -> DraftQuote:
    if not isinstance(citation, dict):
        raise ValueError("a citation is not an object")
    return DraftQuote(_string(citation, "id"), _string(citation, "quote"))


def pointing(text: str, pointers: list[str], quotes: tuple[DraftQuote, ...] = ()) -> DraftClaim:
    """The claim that points at what ``pointers`` name, a tag or several each, in whatever brackets; what is no tag
    is taken for words that were copied in its place. Tags in the text itself count, and are taken out."""
    tags: list[str] = []
    for found in _INLINE.finditer(text):
        tags += tags_of(found["tags"])
    copied: list[DraftQuote] = []
    for pointer in map(sound, pointers):
        if named := _POINTER.fullmatch(pointer):
            tags += tags_of(named["tags"])
        elif pointer.strip():
            copied.append(DraftQuote(None, pointer))
    return DraftClaim(_INLINE.sub("", text), tuple(dict.fromkeys(tags)), (*quotes, *copied))


def tags_of(listed: str) -> list[str]:
    """ "AB1-AB3, CD2" → AB1, AB2, AB3, CD2; a number alone continues the tag before it."""
    whole = _RANGE.sub(lambda found: ", ".join(_between(found["first"], found["last"])), listed)
    tags: list[str] = []
    for part in re.findall(rf"{TAG}|\d+", whole):
        tags.append(part if part[0].isalpha() else tags[-1].rstrip("0123456789") + part)
    return tags


def _between(first: str, last: str) -> list[str]:
    """The tags from one to the other; the two if they are of different passages or in no order."""
    name = first.rstrip("0123456789")
    last = last if last[0].isalpha() else name + last
    low, high = int(first[len(name) :]), int(last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    if not last.startswith(name) or last[len(name) :] != str(high) or not low <= high <= low + 50:
        return [first, last]
    return [f"{name}{n}" for n in range(low, high + 1)]


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
