"""Invented papers as the engine finds them: each one passage, found by a question."""

from collections.abc import Sequence

from assistant.extract.candidates import Candidate, candidate
from assistant.text.terms import stem, tokens
from assistant.types import Hit, Paper, Passage, Source
from tests.fakes import FakeCatalog


def paper(
    key: str, text: str, title: str | None = None, authors: tuple[str, ...] = (), **known: object
) -> Paper:
    header = "\n".join(line for line in (title, ", ".join(authors)) if line)
    whole = "\n\n".join(part for part in (header, text) if part)
    body = len(whole) - len(text) if text else 0
    return Paper(whole, body, Source("f", 0, len(whole)), title, authors=authors, key=key, **known)  # type: ignore[arg-type]


class Catalog(FakeCatalog):
    """One passage a paper, the whole text; ``cosine`` and ``scores``: what a search says of each."""

    def __init__(self, *papers: Paper, cosine: float = 0.6, scores: Sequence[float] = ()) -> None:
        self.whole = {p.key: Passage(f"p_{p.key}", p.key, 0, len(p.text), p.text) for p in papers}
        self.cosine = cosine
        self.scores = scores or [0.9] * len(papers)
        super().__init__(papers, self.whole.values())

    def passages_with(self, word: str) -> int:
        return sum(word in passage.text.lower() for passage in self.whole.values())

    def stems_from(self, first: str) -> list[str]:
        words = {word for passage in self.whole.values() for word in tokens(passage.text)}
        return sorted({stem(word) for word in words if word.startswith(first)})

    def papers_by(self, name: str) -> list[Paper]:
        return [p for p in self._papers.values() if any(name in author for author in p.authors)]

    def counts(self) -> tuple[int, int]:
        return len(self.whole), len(self.whole)

    def hits(self, text: str, limit: int) -> list[Hit]:
        found = zip(self.whole.values(), self.scores, strict=True)
        return [Hit(passage, score, "both", self.cosine, 1.0) for passage, score in found][:limit]

    def candidates(self) -> list[Candidate]:
        hits = self.hits("", 99)
        return [candidate(self.paper(hit.passage.paper), [hit], self) for hit in hits]
