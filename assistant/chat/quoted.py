"""A source's number → the quotes from it, each in the text around it, and what is cited from its record."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.chat.talk import Turn
from assistant.errors import UsageError
from assistant.library import Library
from assistant.text.sentences import sentence_spans
from assistant.types import Citation, Paper, RecordCitation

AROUND = 2
"""Sentences shown on either side of a quote."""


@dataclass(frozen=True, slots=True)
class InPlace:
    """A quote, and what stands before and behind it in its paper."""

    citation: Citation
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Cited:
    """What a turn cites of a paper: ``quotes`` in the order of the paper, and what is on record."""

    paper: Paper
    quotes: tuple[InPlace, ...]
    recorded: tuple[RecordCitation, ...]

    @property
    def page(self) -> int | None:
        return self.quotes[0].citation.page if self.quotes else None


def cited(turns: Sequence[Turn], marker: int, library: Library) -> Cited:
    """What is cited under ``marker`` in the last turn that cites it. Raises UsageError if none does."""
    for turn in reversed(turns):
        found = [each for claim in turn.answer.claims for each in claim.cited if each.marker == marker]
        if found:
            paper = library.paper(found[0].paper)
            spans = {(each.quote.start, each.quote.end): each for each in found if isinstance(each, Citation)}
            recorded = dict.fromkeys(each for each in found if isinstance(each, RecordCitation))
            return Cited(
                paper, tuple(_in_place(paper, spans[span]) for span in sorted(spans)), tuple(recorded)
            )
    for lost in (line for turn in reversed(turns) for line in turn.lost if line.startswith(f"[{marker}] ")):
        raise UsageError(lost)
    known = sorted({reference.marker for turn in turns for reference in turn.answer.references})
    there = f"there are [{known[0]}] to [{known[-1]}]" if len(known) > 1 else (
        f"there is [{known[0]}]" if known else "nothing is cited yet"
    )  # fmt: skip
    raise UsageError(f"there is no source [{marker}]; {there}")


def _in_place(paper: Paper, citation: Citation) -> InPlace:
    quote = citation.quote
    low, high = next(((a, b) for a, b in paper.prose if a <= quote.start < b), (0, paper.body))
    spans = sentence_spans(paper.text, low, high)
    before = [start for start, end in spans if end <= quote.start][-AROUND:]
    after = [end for start, end in spans if start >= quote.end][:AROUND]
    return InPlace(
        citation,
        paper.text[before[0] : quote.start] if before else "",
        paper.text[quote.end : after[-1]] if after else "",
    )
