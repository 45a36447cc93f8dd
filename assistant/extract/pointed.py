"""Sentences that answer → claims that point at them: how many are shown, and what goes along with each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.extract.candidates import Reading
from assistant.text.rows import is_caption
from assistant.text.sentences import context
from assistant.types import DraftClaim, Paper, PaperCatalog, Quote, Recorded, Sentence, Vectors

SENTENCES = 3
"""Sentences shown for one question, or one side of it, at most."""
SURE = 0.3
"""A further sentence is shown if its probability is at least this share of the best one's. Left out, more are right of
those shown so than from any probability on that shows as many (eval/LOG.md)."""


@dataclass(frozen=True)
class Ranked:
    """Sentences read beside a question. ``order``: their places, best first; ``chances``: shape (sentences,), the
    probability that each holds the answer."""

    reading: Reading
    order: list[int]
    chances: Vectors


class Pointed:
    """Claims in the making: each is whole sentences of one paper, and points at them. ``offered``: these, by tag;
    ``shown``: quotes whose sentences are passed over; ``chance``: that the papers answer, where a model says so;
    ``is_ranked``: whether the claims are the best of sentences ranked."""

    def __init__(self, catalog: PaperCatalog, shown: Sequence[Quote] = ()) -> None:
        self._catalog = catalog
        self.shown = shown
        self.claims: list[DraftClaim] = []
        self.offered: dict[str, Sentence] = {}
        self.chance: float | None = None
        self.is_ranked = False

    @property
    def papers(self) -> list[str]:
        """The keys of those cited, in order."""
        return list(dict.fromkeys(sentence.paper for sentence in self.offered.values()))

    def best(self, ranked: Ranked) -> None:
        """The best sentences that are sure enough, of those not shown yet; a table's caption only if it is the best of
        all, another's only where nothing else is: of 31 captions ranked first 4 answer, of what is next to them 6."""
        self.is_ranked = True
        sentences = ranked.reading.sentences
        fresh = [i for i in ranked.order if not self.is_shown(sentences[i])]
        told = [i for i in fresh if sentences[i].kind == "sentence" or is_caption(sentences[i])]
        order = (told or fresh)[:SENTENCES]
        sure = SURE * ranked.chances[order[0]] if order else 0.0
        kept = [i for i in order if ranked.chances[i] >= sure]
        self.sentences([sentences[i] for i in kept if i == order[0] or sentences[i].kind == "sentence"])

    def is_shown(self, sentence: Sentence) -> bool:
        """Whether it was, before this question."""
        return any(
            quote.paper == sentence.paper and quote.start < sentence.end and sentence.start < quote.end
            for quote in self.shown
        )

    def sentences(self, chosen: Sequence[Sentence]) -> None:
        """A claim for each, which brings what it leans on along; what one brought is no claim of its own."""
        there: set[tuple[str, int]] = set()
        for sentence in chosen:
            if (sentence.paper, sentence.number) not in there:
                before = leant_on(self._catalog.sentences_of(sentence.paper), sentence.number)
                self._claim([sentence], before=before)
                there |= {(each.paper, each.number) for each in (*before, sentence)}

    def header(self, paper: Paper, said: str, year: Recorded | None = None) -> None:
        """The title's lines or the authors', whichever are to be ``said``, with both to show it."""
        every = self._catalog.sentences_of(paper.key)
        lines = [each for each in every if each.is_header] or every[:1]
        own = [line.text for line in lines if line.kind == said] or [lines[0].text]
        self._claim(lines, " ".join(own), recorded=[year] if year else ())

    def lines(self, lines: Sequence[Sentence]) -> None:
        """Lines that say it as they stand."""
        self._claim(lines)

    def recorded(self, known: Recorded) -> None:
        """What stands on record alone."""
        self.claims.append(DraftClaim(known.text, recorded=(known,)))

    def _claim(
        self,
        sentences: Sequence[Sentence],
        text: str = "",
        before: Sequence[Sentence] = (),
        recorded: Sequence[Recorded] = (),
    ) -> None:
        tags = {f"{each.paper}:{each.number}": each for each in sentences}
        leant = {f"{each.paper}:{each.number}": each for each in before}
        self.offered |= tags | leant
        words = text or sentences[0].text
        self.claims.append(DraftClaim(words, tuple(tags), before=tuple(leant), recorded=tuple(recorded)))


_JOINS_ON = re.compile(
    r"(?:However|Moreover|Furthermore|Further|Also|Besides|In addition|In contrast|Nevertheless|Nonetheless|Conversely"
    r"|Similarly|Likewise|Consequently|Accordingly|For (?:example|instance))\b"
)


def leant_on(sentences: Sequence[Sentence], i: int) -> list[Sentence]:
    """What a reader needs right before sentence ``i``: what it points back to, or joins on to ("However, ...")."""
    *before, said = context(sentences, i)
    joins = not before and i > 0 and _JOINS_ON.match(said.text)
    last = sentences[i - 1]
    return (
        [last]
        if joins and not last.is_header and last.kind == "sentence" and last.section == said.section
        else before
    )
