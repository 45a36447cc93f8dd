"""Draft → Answer: every citation is looked up in its paper; what is not there is dropped and counted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.judge.gate import unbacked
from assistant.types import (
    DOUBTFUL,
    Answer,
    Citation,
    Claim,
    Draft,
    DraftCitation,
    DraftClaim,
    Dropped,
    Paper,
    PaperCatalog,
    Passage,
    Quote,
    Reference,
    SupportJudge,
)
from assistant.verify.quotes import find_quote, widened


class Verifier:
    """Checks an answer claim by claim, as they come; then says what of it may be shown.

    ``offered``: the passages that citations may name, by the names they were offered under; ``markers``: paper
    key → number, continued here (a conversation counts on); ``judge``: decides whether quotes support a claim
    that is in other words; without one such claims are ``unchecked``.
    """

    def __init__(
        self,
        question: str,
        offered: Mapping[str, Passage],
        catalog: PaperCatalog,
        markers: dict[str, int] | None = None,
        judge: SupportJudge | None = None,
    ) -> None:
        self._question = question
        self._offered = offered
        self._catalog = catalog
        self._markers = {} if markers is None else markers
        self._judge = judge
        self._papers: dict[str, Paper] = {}
        self._refused: list[str] = []

    def claim(self, drafted: DraftClaim) -> Claim:
        """The claim with those of its citations whose quotes stand in their papers, and its verdict; what was
        refused of it is counted."""
        claim, refused = self.checked(drafted)
        self.refuse(refused)
        return claim

    def refuse(self, reasons: Sequence[str]) -> None:
        """Counts citations as dropped."""
        self._refused += reasons

    def numbered(self, claim: Claim) -> Claim:
        """The claim as it is shown: each of its papers under its number."""
        cited = tuple(replace(each, marker=self._marker(each.quote.paper)) for each in claim.citations)
        return replace(claim, citations=cited)

    def checked(self, drafted: DraftClaim) -> tuple[Claim, list[str]]:
        """As ``claim``, with the reasons for what was refused, which are not counted, and without numbers."""
        refused: list[str] = []
        cited = (self._cite(citation, refused) for citation in drafted.citations)
        citations = tuple(dict.fromkeys(citation for citation in cited if citation))
        return self._judged(drafted.text, citations), refused

    def _judged(self, text: str, citations: tuple[Citation, ...]) -> Claim:
        if not citations:
            return Claim(text, "unsupported", None, "no verified quote stands behind it")
        if any(citation.quote.text.split() == text.split() for citation in citations):
            return Claim(text, "supported", 1.0, "is the quote", citations)
        quotes = [citation.quote.text for citation in citations]
        headers, passages = self._around(citations)
        lacking = unbacked(text, quotes, headers, passages)
        if lacking:
            return Claim(text, "unsupported", None, lacking, citations)
        if self._judge is None:
            return Claim(
                text, "unchecked", None, "quotes verified; whether they support the claim is not judged", citations
            )  # fmt: skip
        judged = self._judge.judge(text, quotes, self._question)
        if judged.verdict == "unsupported":  # a quote may say "it" of what the sentence before it names
            wider = self._judge.judge(text, [*quotes, *passages], self._question)
            if wider.verdict == "supported":
                judged = replace(wider, reason=f"{wider.reason}, read with the passage around the quotes")
        return Claim(text, judged.verdict, judged.score, judged.reason, citations)

    def answer(self, claims: Sequence[Claim], draft: Draft, strict: bool = False) -> Answer:
        """The answer made of ``claims``; engine, usage and what is missing are the draft's. ``strict``: claims
        that nothing supports are withheld and counted."""
        shown = [self.numbered(claim) for claim in claims if not (strict and claim.verdict in DOUBTFUL)]
        dropped = Dropped(len(self._refused), len(claims) - len(shown), tuple(self._refused))
        cited = {citation.quote.paper for claim in shown for citation in claim.citations}
        references = sorted(
            (Reference(self._markers[key], self._paper(key)) for key in cited), key=lambda r: r.marker
        )
        whole = not draft.missing and not any(claim.verdict in DOUBTFUL for claim in claims)
        status = ("answered" if whole else "partial") if shown else "abstained"
        return Answer(
            self._question, status, tuple(shown), tuple(references), dropped, draft.missing,
            engine=draft.engine, usage=draft.usage,
        )  # fmt: skip

    def _paper(self, key: str) -> Paper:
        if key not in self._papers:
            self._papers[key] = self._catalog.paper(key)
        return self._papers[key]

    def _marker(self, key: str) -> int:
        return self._markers.setdefault(key, max(self._markers.values(), default=0) + 1)

    def _around(self, citations: Sequence[Citation]) -> tuple[list[str], list[str]]:
        """What the cited papers say of themselves (title, authors, year), and the passages of the quotes."""
        papers = [self._paper(citation.quote.paper) for citation in citations]
        headers = [f"{p.text[: p.body]} {p.name} {' '.join(p.authors)} {p.year or ''}" for p in papers]
        held = self._catalog.passages(citation.passage for citation in citations)
        return headers, [passage.text for passage in held.values()]

    def _cite(self, citation: DraftCitation, refused: list[str]) -> Citation | None:
        """The citation, not yet numbered, with its quote found in the cited passage, else elsewhere in the
        same paper; None, with the reason added to ``refused``, if the passage is unknown or its paper does not
        hold the words."""
        passage = self._offered.get(citation.passage)
        if passage is None:
            refused.append(f"cites {citation.passage!r}, which was not offered")
            return None
        paper = self._paper(passage.paper)
        place = find_quote(citation.quote, paper.text, passage.start, passage.end) or _elsewhere(
            citation.quote, paper
        )
        if place is None:
            refused.append(f"quotes words that {paper.key} does not hold: {_short(citation.quote)!r}")
            return None
        start, end = _whole(paper, *place)
        quote = Quote(paper.key, start, end, paper.text[start:end])
        if not passage.start <= start < passage.end:
            holders = [
                held for held in self._catalog.passages_of(paper.key) if held.start <= start < held.end
            ]
            passage = holders[0] if holders else passage
        return Citation(0, quote, passage.id, paper.page_at(start))


def verify(
    question: str,
    draft: Draft,
    offered: Mapping[str, Passage],
    catalog: PaperCatalog,
    markers: dict[str, int] | None = None,
    strict: bool = False,
    judge: SupportJudge | None = None,
) -> Answer:
    """The answer that may be shown of a whole draft; arguments as for ``Verifier``."""
    verifier = Verifier(question, offered, catalog, markers, judge)
    return verifier.answer([verifier.claim(drafted) for drafted in draft.claims], draft, strict)


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
