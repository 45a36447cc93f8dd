"""Draft → Answer: tags and quotes become citations; what stands in no paper is dropped and counted.

A citation is whole sentences of one paper, cut from its text by code: an engine points at them, or, in the older
form, copies words that are looked up. What stands in no text is compared with the paper's record. Nothing that an
engine wrote is ever shown as a quote.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from assistant.text.names import short_name
from assistant.text.rows import above
from assistant.types import (
    DOUBTFUL,
    Answer,
    Checked,
    Citation,
    Claim,
    Draft,
    DraftClaim,
    DraftQuote,
    Dropped,
    Evidence,
    Offered,
    Order,
    Paper,
    PaperCatalog,
    Passage,
    Quote,
    RecordCitation,
    Reference,
    Sentence,
    SupportJudge,
)
from assistant.verify.quotes import find_quote

LEAST_COPIED = 4
"""Words that, copied in place of a tag, tell which sentence is meant: fewer stand in many."""


class Verifier:
    """Checks the claims of one answer, as they come; then says what of it may be shown. ``order``: as for
    ``Engine``. It is the engines' ``ClaimCheck``."""

    def __init__(self, catalog: PaperCatalog, judge: SupportJudge, order: Order) -> None:
        self._catalog = catalog
        self._judge = judge
        self._order = order
        self._markers = {} if order.markers is None else order.markers
        self._paper = lru_cache(maxsize=256)(catalog.paper)
        self._passages = lru_cache(maxsize=256)(catalog.passages_of)
        self._known: dict[tuple[DraftClaim, tuple[Sentence | None, ...]], Checked] = {}
        self._shown: list[Claim] = []

    def checked(self, claim: DraftClaim, offered: Offered, question: str) -> Checked:
        """As ``ClaimCheck``; the claim's papers are not numbered yet."""
        known = claim, tuple(map(offered.sentences.get, claim.shown_by))  # another request's tags mean others
        if known not in self._known:
            refused: list[str] = []
            citations = tuple(self._citations(claim, offered, refused))
            recorded = tuple(self._recorded(claim, refused))
            if any(each.recorded.text == claim.text for each in recorded):
                judged = Claim(claim.text, "supported", 1.0, "is on record", citations)
            else:
                judged = self._judged(claim.text, citations, offered, question)
            judged = replace(judged, recorded=recorded, part=claim.part, about=claim.about)
            self._known[known] = Checked(judged, tuple(refused))
        return self._known[known]

    def show(self, claim: Claim) -> None:
        """Numbers the next claim of the answer, and hands it on."""
        cited = tuple(replace(each, marker=self._marker(each.paper)) for each in claim.citations)
        recorded = tuple(replace(each, marker=self._marker(each.paper)) for each in claim.recorded)
        self._shown.append(replace(claim, citations=cited, recorded=recorded))
        if self._order.on_claim:
            self._order.on_claim(self._shown[-1])

    def answer(self, question: str, draft: Draft) -> Answer:
        """The answer made of the draft's claims. Where nothing supports any of them, or with ``strict``, those that
        nothing supports are withheld and counted."""
        found = [self.checked(claim, draft.offered, draft.asked or question) for claim in draft.claims]
        doubtful = [each.claim.verdict in DOUBTFUL for each in found]
        strict = self._order.strict or all(doubtful)
        kept = [each.claim for each, doubt in zip(found, doubtful, strict=True) if not (strict and doubt)]
        for claim in kept[len(self._shown) :]:
            self.show(claim)
        refused = tuple(reason for each in found for reason in each.refused)
        dropped = draft.dropped + Dropped(len(refused), len(found) - len(kept), refused)
        whole = not (draft.missing or draft.unmet or any(doubtful) or draft.dropped.claims)
        return Answer(
            question,
            ("answered" if whole else "partial") if kept else "abstained",
            tuple(self._shown),
            self._references(),
            dropped,
            draft.missing,
            engine=draft.engine,
            usage=draft.usage,
            prompt=draft.prompt,
            chance=draft.chance,
            unmet=draft.unmet,
            notes=draft.notes,
            is_list=draft.is_list,
        )

    def _references(self) -> tuple[Reference, ...]:
        cited = {each.paper for claim in self._shown for each in claim.cited}
        found = [Reference(self._markers[key], self._paper(key)) for key in cited]
        return tuple(sorted(found, key=lambda reference: reference.marker))

    def _marker(self, key: str) -> int:
        return self._markers.setdefault(key, max(self._markers.values(), default=0) + 1)

    # does the evidence say it?

    def _judged(self, text: str, citations: Sequence[Citation], offered: Offered, question: str) -> Claim:
        if not citations:
            return Claim(text, "unsupported", None, "no verified quote stands behind it")
        papers = [self._paper(key) for key in dict.fromkeys(each.quote.paper for each in citations)]
        held = self._catalog.passages(each.passage for each in citations)
        others = [self._paper(key) for key in offered.papers if key not in {paper.key for paper in papers}]
        evidence = Evidence(
            tuple(citation.quote.text for citation in citations),
            tuple(f"{p.text[: p.body]} {p.name} {' '.join(p.authors)} {p.year or ''}" for p in papers),
            tuple(passage.text for passage in held.values()),
            tuple(name for paper in others if (name := short_name(paper.title, paper.handle))),
        )
        judged = self._judge.judge(text, evidence, question)
        return Claim(text, judged.verdict, judged.score, judged.reason, tuple(citations))

    # tags and quotes → citations

    def _citations(self, claim: DraftClaim, offered: Offered, refused: list[str]) -> Iterator[Citation]:
        """Neighbouring sentences are one citation; a line of the header is one by itself."""
        pointed: dict[tuple[str, int], Sentence] = {}
        for tag in claim.shown_by:
            if sentence := offered.sentences.get(tag):
                pointed[sentence.paper, sentence.number] = sentence
            else:
                refused.append(f"points at {tag!r}, which was not offered")
        for quote in claim.quotes:
            pointed |= {(each.paper, each.number): each for each in self._quoted(quote, offered, refused)}
        leant: dict[tuple[str, int], Sentence] = {}
        for tag in claim.before:
            if sentence := offered.sentences.get(tag):
                leant[sentence.paper, sentence.number] = sentence
            else:
                refused.append(f"leans on {tag!r}, which was not offered")
        order = list(dict.fromkeys(key for key, _ in pointed))
        ranked = sorted(pointed.values(), key=lambda each: (order.index(each.paper), each.number))
        for _, run in groupby(enumerate(ranked), key=_run):
            sentences = [each for _, each in run]
            yield self._with_before(self._citation(sentences[0], sentences[-1]), sentences[0], leant)

    def _citation(self, first: Sentence, last: Sentence) -> Citation:
        paper = self._paper(first.paper)
        made = citation(first, last, paper, self._passages(first.paper))
        table = above(first, self._catalog.sentences_of(paper.key)) if first.kind == "row" else ()
        return replace(made, table=table)

    def _with_before(
        self, citation: Citation, first: Sentence, leant: Mapping[tuple[str, int], Sentence]
    ) -> Citation:
        """The citation with those of the sentences that stand right before its ``first``, one behind the other."""
        opening = first
        while earlier := leant.get((first.paper, opening.number - 1)):
            opening = earlier
        if opening is first:
            return citation
        end = leant[first.paper, first.number - 1].end
        text = self._paper(first.paper).text
        quote = Quote(citation.paper, opening.start, end, text[opening.start : end])
        return replace(citation, before=quote, before_page=opening.page)

    def _recorded(self, claim: DraftClaim, refused: list[str]) -> Iterator[RecordCitation]:
        """What the claim says is on record, as far as the record holds exactly that."""
        for each in claim.recorded:
            fields = self._catalog.origins(each.paper).fields
            held = next((field for field in fields if field.name == each.field), None)
            if held and held.value == each.value:
                yield RecordCitation(0, each, held.source)
            else:
                refused.append(
                    f"names as {each.field} of {each.paper} what its record does not hold: {each.said!r}"
                )

    def _quoted(self, quote: DraftQuote, offered: Offered, refused: list[str]) -> list[Sentence]:
        """The sentences that the copied words stand in: in the passage that is named, else in the rest of its
        paper; where none is named, in the one paper that holds them."""
        if quote.passage is None:
            enough = len(quote.words.split()) >= LEAST_COPIED
            papers = map(self._paper, offered.papers if enough else ())
            found = [said for paper in papers if (said := self._held(quote.words, paper))]
            if len(found) == 1:
                return found[0]
            refused.append(f"copies words that {'several papers hold' if found else 'no paper holds'}"
                           f" in place of a tag: {_short(quote.words)!r}")  # fmt: skip
            return []
        named = offered.passages.get(quote.passage) or offered.sentences.get(quote.passage)
        if named is None:
            refused.append(f"cites {quote.passage!r}, which was not offered")
            return []
        said = self._held(quote.words, self._paper(named.paper), named.start, named.end)
        if not said:
            refused.append(f"quotes words that {named.paper} does not hold: {_short(quote.words)!r}")
        return said

    def _held(self, words: str, paper: Paper, start: int = 0, end: int = 0) -> list[Sentence]:
        """The sentences that the words stand in, first of all those between ``start`` and ``end``; never of the
        reference list, which holds other papers' words."""
        listed = paper.references or (len(paper.text), len(paper.text))
        for low, high in ((start, end), (0, listed[0]), (listed[1], len(paper.text))):
            if place := find_quote(words, paper.text, low, high):
                return self._catalog.sentences_of(paper.key, *place)
        return []


def citation(
    first: Sentence, last: Sentence, paper: Paper, passages: Sequence[Passage], marker: int = 0
) -> Citation:
    """The paper's text from one sentence to another. ``passages``: the paper's."""
    quote = Quote(paper.key, first.start, last.end, paper.text[first.start : last.end])
    holder = next((each for each in passages if each.end > first.start), passages[-1])
    return Citation(marker, quote, holder.id, first.page, first.section)


def _run(placed: tuple[int, Sentence]) -> tuple[str, int, int]:
    """The same for sentences that stand side by side, given their places in order."""
    place, sentence = placed
    return sentence.paper, sentence.number - place, place if sentence.is_header else -1


def _short(quote: str) -> str:
    words = quote.split()
    return " ".join(words[:12]) + (" ..." if len(words) > 12 else "")
