"""What stands in for a door in tests, through the same Protocol and without an outside system."""

from collections.abc import Collection, Iterable

from assistant.errors import UnknownPaper
from assistant.types import Paper, Passage


class FakeCatalog:
    """A PaperCatalog in memory: papers by key, and the passages it was given. No word is ever found."""

    def __init__(self, papers: Iterable[Paper], passages: Iterable[Passage] = ()) -> None:
        self._papers = {paper.key: paper for paper in papers}
        self._passages = {passage.id: passage for passage in passages}

    def words(self, query: str, limit: int, only: Collection[str] | None = None) -> list[tuple[str, float]]:
        return []

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        return {i: self._passages[i] for i in ids if i in self._passages}

    def paper(self, key: str) -> Paper:
        if key not in self._papers:
            raise UnknownPaper(f"no paper has the key {key}")
        return self._papers[key]
