"""A library → the papers that a name can mean."""

import re
from collections.abc import Iterable, Sequence

from assistant.chat.near import CLOSE
from assistant.extract.question import name_keys, name_match
from assistant.library import Library
from assistant.selection import Selection
from assistant.text.names import name_of, squashed
from assistant.text.terms import fold
from assistant.types import Paper

NEAR = 8
"""Passages among whose papers a name is looked up."""
OPENING = 2000
"""Characters of a paper with its title and abstract: a name that one paper has there is not another's that has it below
alone."""
_DEPTH = 40
"""Passages among whose papers it is looked for."""
_ENDING = re.compile(r"\.[a-z]{1,3}$")
"""What is left out in talk: Trixi.jl is called Trixi, too."""
_SOFTWARE = re.compile(r"(?<![\w.-])[A-Z]\w+(?=\.[a-z]{1,3}\b)")


class Names:
    """The library as ``pointed.Papers``."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def paper(self, key: str) -> Paper:
        return self._library.paper(key)

    def called(self, name: str) -> tuple[str, ...]:
        """Those that are called so, by themselves or by the software that they present; if none is, the one whose title
        alone names it, and begins with it."""
        wanted, near = _plain(name), self._near(name)
        found = [paper.key for paper in near if wanted and wanted in map(_plain, _names_of(paper))]
        titled = [paper for paper in near if wanted in map(_plain, (paper.title or "").split())]
        if not found and len(titled) == 1 and _plain((titled[0].title or "").split()[0]) == wanted:
            found = [titled[0].key]
        return tuple(found)

    def by(self, name: str) -> tuple[str, ...]:
        return tuple(paper.key for paper in self._library.listed(Selection(author=name)))

    def bearing(self, name: str) -> tuple[str, ...]:
        return tuple(
            paper.key
            for paper in self._near(name)
            if name_match(name, name_keys(paper.text), set(), fold(paper.text)) == 1.0
        )

    def nearness(self, question: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for hit in self._library.search(question, _DEPTH):
            found.setdefault(hit.passage.paper, hit.score)
        return found

    def rivals(self, question: str, names: Sequence[str], key: str) -> tuple[str, ...]:
        nearness = self.nearness(question)
        least = CLOSE * nearness.pop(key, 0.0)
        opens = self.introduces(key, names)
        return tuple(
            other
            for other, score in nearness.items()
            if score >= least
            and (self.introduces(other, names) if opens else _holds(self.paper(other).text, names))
        )

    def introduces(self, key: str, names: Sequence[str]) -> bool:
        return _holds(self.paper(key).text[:OPENING], names)

    def _near(self, name: str) -> list[Paper]:
        hits = self._library.search(name, NEAR)
        return [self._library.paper(key) for key in dict.fromkeys(hit.passage.paper for hit in hits)]


def _names_of(paper: Paper) -> Iterable[str]:
    return filter(None, (name_of(paper), paper.title, paper.handle, paper.key, _presented(paper)))


def _presented(paper: Paper) -> str | None:
    """The software that a paper without a name in its title is about: of what its opening names, what it has most."""
    if not name_of(paper).startswith("“"):
        return None
    named = dict.fromkeys(_SOFTWARE.findall(paper.text[:OPENING]))
    return max(named, key=paper.text.count, default=None)


def _holds(text: str, names: Sequence[str]) -> bool:
    return all(fold(_ENDING.sub("", name)) in fold(text) for name in names)


def _plain(name: str) -> str:
    return squashed(_ENDING.sub("", name.rstrip(":,;")))
