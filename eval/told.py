"""An answer → what a result file keeps of it, so that it can be scored and shown again without being asked again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant import Answer, Claim, Hit, Library, support_many
from eval.suite import Span

SEARCHED = 100
"""Passages whose papers count as found."""
OFFERED = 12
"""Passages that an answer is made of by default."""


@dataclass(frozen=True)
class Quoted:
    """A citation. ``is_exact``: its text is the paper's from ``start`` to ``end``; ``alone``: it supports its claim
    without the claim's others; ``rest``: the others do without it."""

    paper: str
    start: int
    end: int
    text: str
    is_exact: bool
    alone: bool
    rest: bool


@dataclass(frozen=True)
class Said:
    """A claim. ``is_supported``: by its quotes together, as our judge has it; ``support``: as the answer has it."""

    text: str
    verdict: str
    support: float | None
    is_supported: bool
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True)
class Told:
    """What came of a case. ``status``: as the answer's, or "failed"; ``cited``: keys of papers, in order; ``found``:
    those that retrieval finds, best first; ``passages``: the best that it finds; ``chance``: as ``Answer.chance``;
    ``cost``: in dollars, None if unknown."""

    id: str
    status: str
    said: tuple[Said, ...] = ()
    cited: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    passages: tuple[Span, ...] = ()
    text: str = ""
    seconds: float = 0.0
    chance: float | None = None
    tokens: int = 0
    cost: float | None = None

    @property
    def is_refused(self) -> bool:
        return self.status == "abstained"

    @property
    def quotes(self) -> list[Quoted]:
        return [quote for said in self.said for quote in said.quotes]


def told(id: str, answer: Answer, library: Library, hits: Sequence[Hit] = (), seconds: float = 0.0) -> Told:
    """``hits``: what a search for the question finds, best first."""
    return Told(
        id,
        answer.status,
        tuple(said(answer.claims, library, answer.question)),
        tuple(reference.paper.key for reference in answer.references),
        tuple(dict.fromkeys(hit.passage.paper for hit in hits)),
        tuple((hit.passage.paper, hit.passage.start, hit.passage.end) for hit in hits[:OFFERED]),
        answer.text,
        seconds,
        answer.chance,
        answer.usage.input_tokens + answer.usage.output_tokens,
        answer.usage.cost_usd,
    )


def said(claims: Sequence[Claim], library: Library, question: str) -> Iterable[Said]:
    """Judged as ALCE does (Gao et al. 2023): all quotes of a claim together, each alone, and all but each."""
    for claim in claims:
        texts = [citation.quote.text for citation in claim.citations]
        some = len(texts) > 1
        sets = [texts, *([[text] for text in texts] if some else [])]
        sets += [texts[:i] + texts[i + 1 :] for i in range(len(texts))] if some else []
        held = [
            each.verdict == "supported" for each in support_many((claim.text, s, question) for s in sets if s)
        ]
        whole = held[0] if held else False
        n = len(texts)
        alone, rest = (held[1 : n + 1], held[n + 1 :]) if some else ([whole] * n, [False] * n)
        quotes = tuple(
            Quoted(
                q.paper, q.start, q.end, q.text, library.paper(q.paper).text[q.start : q.end] == q.text, a, r
            )
            for q, a, r in zip((c.quote for c in claim.citations), alone, rest, strict=True)
        )
        yield Said(claim.text, claim.verdict, claim.support, whole, quotes)


def as_row(given: Told) -> dict[str, Any]:
    return asdict(given)


def from_row(row: Mapping[str, Any]) -> Told:
    """What ``as_row`` made, also after a way through JSON."""
    claims = tuple(
        Said(**{**each, "quotes": tuple(Quoted(**quote) for quote in each["quotes"])}) for each in row["said"]
    )
    spans = tuple((paper, start, end) for paper, start, end in row["passages"])
    return Told(
        **{
            **row,
            "said": claims,
            "cited": tuple(row["cited"]),
            "found": tuple(row["found"]),
            "passages": spans,
        }
    )
