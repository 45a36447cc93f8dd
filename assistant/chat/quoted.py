"""A source's number → the quotes from it, each in the text around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.chat.talk import Turn
from assistant.errors import UsageError
from assistant.library import Library
from assistant.text.sentences import sentence_spans
from assistant.types import Citation, Paper

AROUND = 2
"""Sentences shown on either side of a quote."""


@dataclass(frozen=True, slots=True)
class InPlace:
    """A quote, and what stands before and behind it in its paper."""

    paper: Paper
    citation: Citation
    before: str
    after: str


def in_place(turns: Sequence[Turn], marker: int, library: Library) -> list[InPlace]:
    """The quotes from source ``marker`` in the last turn that cites it. Raises UsageError if none does."""
    for turn in reversed(turns):
        cited = [c for claim in turn.answer.claims for c in claim.citations if c.marker == marker]
        if cited:
            paper = library.paper(cited[0].quote.paper)
            spans = {(c.quote.start, c.quote.end): c for c in cited}
            return [_in_place(paper, spans[span]) for span in sorted(spans)]
    known = sorted({reference.marker for turn in turns for reference in turn.answer.references})
    there = f"there are [{known[0]}] to [{known[-1]}]" if known else "nothing is cited yet"
    raise UsageError(f"there is no source [{marker}]; {there}")


def _in_place(paper: Paper, citation: Citation) -> InPlace:
    quote = citation.quote
    low, high = next(((a, b) for a, b in paper.prose if a <= quote.start < b), (0, paper.body))
    spans = sentence_spans(paper.text, low, high)
    before = [start for start, end in spans if end <= quote.start][-AROUND:]
    after = [end for start, end in spans if start >= quote.end][:AROUND]
    return InPlace(
        paper,
        citation,
        paper.text[before[0] : quote.start] if before else "",
        paper.text[quote.end : after[-1]] if after else "",
    )
