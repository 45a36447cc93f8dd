"""The sources of one work → what is said of it, field by field, and by which of them.

An edit by hand comes first, then a record that people keep (.bib before RIS, JSON and tables) or that has no text, then
what the fullest text says of itself, then the others.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Any

from assistant.store.identity import Identity, identity, normalised
from assistant.text.people import last_name
from assistant.types import FieldOrigin, FieldValue, PaperSource, Source

FIELDS = ("title", "authors", "year", "venue", "doi", "arxiv", "url")
_BIB = ".bib"
_RECORDS = frozenset((".ris", ".nbib", ".json", ".jsonl", ".ndjson", ".csv", ".tsv"))
_ARCHIVES = (".zip", ".tar", ".gz", ".tgz")
"""What holds files: a record in one is called by its file, and behind a colon as that calls it."""


@dataclass(frozen=True)
class Telling:
    """A row of the catalog as its source gives it. ``key``: the row's own now; ``stood_for_by``: the row that stands
    for it, None if it stands for itself; ``tells_only``: the places in files that tell of papers and are none."""

    n: int
    id: str
    key: str
    title: str | None
    about: Mapping[str, Any]
    shown: tuple[str | None, Mapping[str, Any]]
    """Title and the rest, as the catalog shows them now."""
    opening: str
    prose: int
    stood_for_by: int | None
    places: tuple[Source, ...]
    tells_only: frozenset[str] = frozenset()

    @property
    def is_paper(self) -> bool:
        return any(place.file not in self.tells_only for place in self.places)

    @property
    def is_listed(self) -> bool:
        return self.stood_for_by is None

    @property
    def rank(self) -> int:
        kinds = {_told_in(place)[0] for place in self.places}
        is_record = bool(kinds & _RECORDS) or not self.is_paper or not self.prose
        return 0 if _BIB in kinds else 1 if is_record else 2

    @property
    def bib_key(self) -> str | None:
        """The key that a .bib file gives it."""
        return next((key for kind, key in map(_told_in, self.places) if kind == _BIB and key), None)

    @cached_property
    def identity(self) -> Identity:
        known = (self.about.get(name) for name in ("year", "doi", "arxiv", "url"))
        return identity(self.title, self.about.get("authors", ()), *known)

    def value(self, name: str) -> Any:
        return self.title if name == "title" else self.about.get(name)

    def source(self, is_text: bool) -> PaperSource:
        return PaperSource(self.places, self.id, self.prose, is_text)


def _told_in(place: Source) -> tuple[str, str]:
    """The kind of file that a source is, if need be in its archive, and what that calls the record."""
    if not place.file.lower().endswith(_ARCHIVES):
        return PurePath(place.file).suffix.lower(), place.record or ""
    name, _, record = (place.record or "").partition(":")
    return PurePath(name).suffix.lower(), record


def fields(text: Telling, tellings: Sequence[Telling], edits: Mapping[str, Any]) -> Iterator[FieldOrigin]:
    """``text``: the one that is quoted, of the ``tellings``."""
    order = sorted(tellings, key=lambda each: (min(each.rank, 2), each is not text, -each.prose, each.n))
    for name in FIELDS:
        said = [(edits[name], "")] if name in edits else []
        said += [(value, each.places[0].file) for each in order if (value := each.value(name))]
        if said:
            (value, source), *others = ((_frozen(each), file) for each, file in said)
            against = tuple(other for other in others if _sense(name, other[0]) != _sense(name, value))
            yield FieldOrigin(name, value, source, against)


def overlaid(text: Telling, origins: Sequence[FieldOrigin]) -> tuple[str | None, dict[str, Any]]:
    """Title and the rest as the catalog is to show them."""
    best: dict[str, Any] = {
        each.name: list(each.value) if isinstance(each.value, tuple) else each.value for each in origins
    }
    title = best.pop("title", None)
    return title, {name: value for name, value in text.about.items() if name not in FIELDS} | best


def packed(about: Mapping[str, Any]) -> str:
    return json.dumps(about, ensure_ascii=False)


def _frozen(value: Any) -> FieldValue:
    return tuple(value) if isinstance(value, list) else value


def _sense(name: str, value: FieldValue) -> Any:
    """What two values have in common that mean the same."""
    if isinstance(value, tuple):
        return [normalised(last_name(person)) for person in value]
    return normalised(value) if isinstance(value, str) else value
