"""A small library in memory to write answers from: two papers, and others that a test makes."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from assistant.types import Answer, Claim, Evidence, Hit, Judgement, Order, Paper, Passage, Source
from assistant.verify.citations import Verifier
from assistant.write.engine import Writer
from tests.fakes import FakeCatalog, FakeModel, Unchecked

QUESTION = "How do otters choose pebbles?"


def paper(key: str, text: str, **known: Any) -> Paper:
    return Paper(text, 0, Source(f"papers/{key}.txt", 0, len(text)), key=key, id=f"id-{key}", **known)


OTTERS = paper(
    "brookOtters",
    "Otters kept the heaviest pebble in 31 of 40 dives. They sort pebbles by weight before they dive."
    " The ﬁrst dive of an otter’s day is the longest of all.",
    title="Pebbles and Otters",
    authors=("Brook, Ada",),
    year=2021,
)
TIDES = paper(
    "rillTide",
    "The tide sets when otters dive, and never before. Slack water lasts for 20 minutes.",
    year=2019,
)
KEPT, SORT, FIRST = (
    "Otters kept the heaviest pebble in 31 of 40 dives.",
    "They sort pebbles by weight before they dive.",
    "The first dive of an otter's day is the longest of all.",
)
TIDE, SLACK = "The tide sets when otters dive, and never before.", "Slack water lasts for 20 minutes."


def passages_of(of: Paper, *cuts: int) -> list[Passage]:
    """The paper, less its reference list, cut at these places."""
    bounds = [0, *cuts, of.prose[0][1]]
    return [
        Passage(f"p_{of.key}{start}", of.key, start, end, of.text[start:end])
        for start, end in pairwise(bounds)
    ]


class Shelf:
    """A catalog of papers and a search that finds all their passages, in order. ``searched``: for what."""

    def __init__(
        self, *papers: Paper, cuts: dict[str, Sequence[int]] | None = None, cosine: float = 0.6
    ) -> None:
        self.passages = [p for each in papers for p in passages_of(each, *(cuts or {}).get(each.key, ()))]
        self.catalog = FakeCatalog(papers, self.passages)
        self.searched: list[str] = []
        self.cosine = cosine
        self.words: float | None = 1.0

    def search(self, text: str, limit: int) -> list[Hit]:
        self.searched.append(text)
        return [Hit(p, 1.0, "both", self.cosine, self.words) for p in self.passages[:limit]]


class Strict:
    """A judge that finds support where a quote holds every word of the claim."""

    def judge(self, claim: str, evidence: Evidence, question: str = "") -> Judgement:
        said = " ".join(evidence.quotes).lower()
        lacking = [word for word in claim.lower().strip(".").split() if word not in said]
        if lacking:
            return Judgement("unsupported", 0.1, f"no quote says {lacking[0]!r}")
        return Judgement("supported", 0.9, "every word is in a quote")


def write(
    question: str,
    shelf: Shelf,
    model: FakeModel,
    order: Order = Order(),  # noqa: B008
    judge: Any = None,
    warn: Callable[[str], None] = lambda line: None,
) -> Answer:
    """As ``Library.ask`` has it done."""
    verifier = Verifier(shelf.catalog, judge or Unchecked(), order)
    draft = Writer(model, shelf.catalog, warn).draft(question, shelf.search, order, verifier)
    return verifier.answer(question, draft)


def written(model: FakeModel, shelf: Shelf | None = None, judge: Any = None, **order: Any) -> Answer:
    """The answer, after a check of what holds of every answer."""
    shelf = shelf or Shelf(OTTERS, TIDES)
    shown: list[Claim] = []
    answer = write(QUESTION, shelf, model, Order(on_claim=shown.append, **order), judge)
    check(answer, shelf)
    assert tuple(shown) == answer.claims
    return answer


def check(answer: Answer, shelf: Shelf) -> None:
    markers = {reference.marker: reference.paper.key for reference in answer.references}
    for claim in answer.claims:
        assert claim.citations or claim.verdict == "unsupported"
        for citation in claim.citations:
            quote = citation.quote
            assert shelf.catalog.paper(quote.paper).text[quote.start : quote.end] == quote.text
            assert markers[citation.marker] == quote.paper
    assert (answer.status == "abstained") == (not answer.claims) == (not answer.references)


def holder(shown: dict[str, str], words: str) -> str:
    """The id of the passage that holds the words."""
    return next(name for name, text in shown.items() if words in text)


Reply = Callable[[dict[str, str]], Any]
