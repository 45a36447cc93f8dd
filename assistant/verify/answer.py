"""Draft → Answer: every citation is looked up in its paper; what is not there is dropped and counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.types import (
    Answer,
    Citation,
    Claim,
    Draft,
    DraftCitation,
    Dropped,
    Paper,
    PaperCatalog,
    Passage,
    Quote,
    Reference,
)
from assistant.verify.quotes import find_quote, widened


@dataclass
class _Book:
    """The references as they are numbered, and what is dropped on the way."""

    catalog: PaperCatalog
    passages: Mapping[str, Passage]
    markers: dict[str, int]
    papers: dict[str, Paper] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)

    def paper(self, key: str) -> Paper:
        if key not in self.papers:
            self.papers[key] = self.catalog.paper(key)
        return self.papers[key]

    def marker(self, key: str) -> int:
        return self.markers.setdefault(key, max(self.markers.values(), default=0) + 1)

    def cite(self, citation: DraftCitation) -> Citation | None:
        """The citation with its quote found in the cited passage, else elsewhere in the same paper; None,
        with the reason noted, if the passage is unknown or its paper does not hold the words."""
        passage = self.passages.get(citation.passage)
        if passage is None:
            self.reasons.append(f"cites {citation.passage!r}, which was not offered")
            return None
        paper = self.paper(passage.paper)
        place = find_quote(citation.quote, paper.text, passage.start, passage.end) or _elsewhere(
            citation.quote, paper
        )
        if place is None:
            self.reasons.append(f"quotes words that {paper.key} does not hold: {_short(citation.quote)!r}")
            return None
        start, end = _whole(paper, *place)
        quote = Quote(paper.key, start, end, paper.text[start:end])
        if not passage.start <= start < passage.end:
            holders = [held for held in self.catalog.passages_of(paper.key) if held.start <= start < held.end]
            passage = holders[0] if holders else passage
        return Citation(self.marker(paper.key), quote, passage.id, paper.page_at(start))


def verify(
    question: str,
    draft: Draft,
    offered: Mapping[str, Passage],
    catalog: PaperCatalog,
    markers: dict[str, int] | None = None,
    strict: bool = False,
) -> Answer:
    """The answer that may be shown. ``offered``: the passages that citations may name, by the names they
    were offered under; ``markers``: paper key → number, continued here (a conversation counts on);
    ``strict``: unsupported claims are withheld."""
    book = _Book(catalog, offered, {} if markers is None else markers)
    claims: list[Claim] = []
    for drafted in draft.claims:
        kept = [citation for citation in map(book.cite, drafted.citations) if citation]
        claims.append(_claim(drafted.text, tuple(dict.fromkeys(kept))))
    grounded = [claim for claim in claims if claim.citations]
    shown = grounded if strict else claims
    dropped = Dropped(len(book.reasons), len(claims) - len(shown), tuple(book.reasons))
    if not shown:
        return Answer(
            question, "abstained", (), (), dropped, draft.missing, engine=draft.engine, usage=draft.usage
        )  # fmt: skip
    cited = {citation.quote.paper for claim in shown for citation in claim.citations}
    references = sorted(
        (Reference(book.markers[key], book.paper(key)) for key in cited), key=lambda r: r.marker
    )
    partial = bool(draft.missing) or len(grounded) < len(claims)
    return Answer(
        question, "partial" if partial else "answered", tuple(shown), tuple(references), dropped, draft.missing,
        engine=draft.engine, usage=draft.usage,
    )  # fmt: skip


def _claim(text: str, citations: tuple[Citation, ...]) -> Claim:
    if not citations:
        return Claim(text, "unsupported", None, "no verified quote stands behind it")
    if any(citation.quote.text == text for citation in citations):
        return Claim(text, "supported", 1.0, "is the quote", citations)
    return Claim(
        text, "unchecked", None, "quotes verified; whether they support the claim is not judged", citations
    )


def _elsewhere(quote: str, paper: Paper) -> tuple[int, int] | None:
    """The quote in the rest of its paper, but never in the reference list: those are other papers' words."""
    listed = paper.references or (len(paper.text), len(paper.text))
    return find_quote(quote, paper.text, 0, listed[0]) or find_quote(quote, paper.text, listed[1])


def _whole(paper: Paper, start: int, end: int) -> tuple[int, int]:
    """The place, widened if need be, but never into the reference list. In the header what is whole is a line."""
    if start < paper.body:
        line_end = paper.text.find("\n", max(start, end - 1))
        start = paper.text.rfind("\n", 0, start) + 1
        if end <= paper.body:
            return start, line_end if line_end >= 0 else len(paper.text)
        return start, max(end, _whole(paper, paper.body, end)[1])
    for low, high in paper.prose:
        if low <= start < high:
            wide = widened(paper.text[:high], start, end)
            return max(low, wide[0]), wide[1]
    return start, end


def _short(quote: str) -> str:
    words = quote.split()
    return " ".join(words[:12]) + (" ..." if len(words) > 12 else "")
