"""Papers that are nothing but their titles, and a talk about them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from assistant.chat.lookup import Names
from assistant.chat.referents import understood
from assistant.chat.talk import Reading, Turn, talk
from assistant.selection import Selection
from assistant.types import Answer, Paper, Reference, Source


class Shelf:
    """Plays the library for ``Names``: every search finds every paper, as near as ``scores`` says or not at all.
    ``records``: key → who wrote it, and when."""

    def __init__(
        self,
        titles: Mapping[str, str],
        scores: Mapping[str, float] | None = None,
        records: Mapping[str, tuple[str, int]] | None = None,
    ) -> None:
        self._scores = scores or {}
        self._papers = {
            key: Paper(f"{title}\n\nWe solve it.", len(title) + 2, Source(f"{key}.txt", 0, 0), title, key=key)
            for key, title in titles.items()
        }
        for key, (author, year) in (records or {}).items():
            self._papers[key] = replace(self._papers[key], authors=(author,), year=year)
        library: Any = self
        self.names = Names(library)

    def paper(self, key: str) -> Paper:
        return self._papers[key]

    def listed(self, selection: Selection) -> list[Paper]:
        return [paper for paper in self._papers.values() if str(selection.author) in " ".join(paper.authors)]

    def search(self, query: str, limit: int) -> list[Any]:
        return [
            SimpleNamespace(passage=SimpleNamespace(paper=key), score=self._scores.get(key, 0.0))
            for key in sorted(self._papers, key=lambda key: -self._scores.get(key, 0.0))
        ]

    def read(self, said: Sequence[tuple[str, str]], asked: str) -> Reading:
        """How ``asked`` is understood after these: what was asked, and the keys of what was shown for it."""
        numbers: dict[str, int] = {}
        turns = []
        for question, shown in said:
            for key in shown.split():
                numbers.setdefault(key, len(numbers) + 1)
            references = tuple(Reference(numbers[key], self.paper(key)) for key in shown.split())
            turns.append(Turn(Reading(question), Answer(question, "answered", (), references)))
        return understood(asked, talk(turns, {number: key for key, number in numbers.items()}), self.names)
