"""Papers → a table, or pairs that clash, as a language model reads them: it points at sentences, code quotes.

Each claim of the model's opens with a label: the aspect whose cell it fills, or how two sentences clash. A cell or pair
is shown only if what it says is supported by the sentences that it points at; what is not is counted.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.asking import Model, Part, Progress
from assistant.compare import ASPECTS
from assistant.compare.table import stated
from assistant.disagree.find import Near, found, nearest
from assistant.summarize.pieces import pieces
from assistant.types import (
    Cell,
    Checked,
    Claim,
    ClaimCheck,
    Comparison,
    Disagreement,
    Disagreements,
    Draft,
    DraftClaim,
    Dropped,
    Embedder,
    Hit,
    Offered,
    PaperCatalog,
    Row,
    Sentence,
    Usage,
)
from assistant.verify.numbered import Numbered

_SHOWN = 40
"""Sentences that a model is shown of a paper, besides those that the cells would be read off without it."""
_PASSAGES = 3
"""Passages of a paper that it is shown for an aspect of the reader's own."""
_LONG = 36
"""Words of a cell at most, as without a model."""
_PAIRS, _AT_ONCE = 240, 12
"""Pairs of sentences that are looked at, the nearest, and those of one request."""
_UNSHOWN = "not supported by what it points at, of no such kind, too long, or said already"
KINDS = ("number", "direction", "conclusion")

Looking = Callable[[str, str, int], Sequence[Hit]]
"""A paper's key, words and a number → so many passages of it that speak of them."""


def _saying(aspects: Sequence[str]) -> str:
    known = {
        "task": "what the paper wants to do or to find out",
        "method": "what it proposes or does, by its name if it has one",
        "data": "what it is tried or measured on, by name",
        "size": "how many there are of that, or how large the model is",
        "result": "its main result, with its number",
        "code": "where its program or data are to be had",
    }
    return "; ".join(f"{each} ({known[each]})" if each in known else each for each in aspects)


@dataclass(frozen=True, slots=True)
class Comparer:
    """``looking`` finds what speaks of an aspect of the reader's own; ``check`` verifies the ``model``'s claims."""

    catalog: PaperCatalog
    embedder: Embedder
    looking: Looking
    model: Model
    check: ClaimCheck
    progress: Progress | None = None

    def table(self, keys: Sequence[str], aspects: Sequence[str] = ()) -> Comparison:
        """A request a paper; a cell that the model leaves empty is filled as without it. ``aspects``: the default ones
        if none. Raises UnknownPaper, ModelError."""
        wanted = tuple(aspects) or ASPECTS
        asked = f"fill the cells {_saying(wanted)}"
        parts = [Part(key, "cells", asked, tuple(self.shown(key, wanted)), len(wanted)) for key in keys]
        drafts = self._drafts(parts, wanted)
        numbered = Numbered(self.catalog, keys)
        rows, lost = [], Dropped()
        for key, draft in zip(keys, drafts, strict=True):
            cells: dict[str, Cell] = {}
            for label, text, sentences in self._kept(draft, wanted):
                if label not in cells and len(text.split()) <= _LONG:
                    cells[label] = Cell(label, text, tuple(map(numbered.cite, sentences)))
            lost += _lost(draft, len(cells))
            for aspect, plain in stated(key, self.catalog).items():
                if aspect in wanted and aspect not in cells:
                    cells[aspect] = Cell(aspect, plain.value, (numbered.cite(plain.sentence),))
            rows.append(Row(key, tuple(cells.get(each, Cell(each)) for each in wanted)))
        return Comparison(
            "", wanted, tuple(rows), numbered.references,
            engine=self.model.chat.name, usage=_usage(drafts), dropped=lost,
        )  # fmt: skip

    def shown(self, key: str, aspects: Sequence[str]) -> Iterator[Sentence]:
        """Sentences of a paper that may fill its row, each once."""
        found: list[Sentence] = []
        if set(aspects) & set(ASPECTS):
            ranked = sorted(pieces(key, self.catalog, self.embedder, _SHOWN), key=lambda piece: -piece.total)
            found += [each for piece in ranked for each in piece.run]
            found += [each.sentence for each in stated(key, self.catalog).values()]
        for aspect in aspects:
            for hit in self.looking(key, aspect, _PASSAGES) if aspect not in ASPECTS else ():
                found += self.catalog.sentences_of(key, hit.passage.start, hit.passage.end)
        yield from dict.fromkeys(found)

    def clashes(self, keys: Sequence[str]) -> Disagreements:
        """Of the nearest pairs of sentences of different papers those of which the model says how they clash, and the
        checker that they say so; and those that clash by their form, as without a model. Raises UnknownPaper,
        ModelError."""
        near, compared = nearest(keys, self.catalog, _PAIRS, self.progress)
        batches = [near[n : n + _AT_ONCE] for n in range(0, len(near), _AT_ONCE)]
        drafts = self._drafts([_batch(n, batch) for n, batch in enumerate(batches)], KINDS)
        pairs: list[tuple[float, str, str, Sequence[Sentence]]] = []
        lost = Dropped()
        for batch, draft in zip(batches, drafts, strict=True):
            score = {frozenset((_place(a), _place(b))): cosine for a, b, cosine in batch}
            had = len(pairs)
            for label, text, sentences in self._kept(draft, KINDS):
                pair = frozenset(map(_place, sentences))
                if pair in score:
                    pairs.append((score.pop(pair), label, text, sentences))
            lost += _lost(draft, len(pairs) - had)
        told = {frozenset(map(_place, sentences)) for *_, sentences in pairs}
        for plain in found(keys, self.catalog, self.progress)[0]:
            if frozenset((_place(plain.one), _place(plain.other))) not in told:
                pairs.append((plain.score, plain.clash.kind, plain.clash.reason, (plain.one, plain.other)))
        numbered = Numbered(self.catalog)
        shown = tuple(
            Disagreement(kind, round(cosine, 4), text, (numbered.cite(one), numbered.cite(other)))
            for cosine, kind, text, (one, other) in sorted(pairs, key=lambda each: -each[0])
        )
        return Disagreements(
            "", shown, numbered.references, len(keys), compared,
            engine=self.model.chat.name, usage=_usage(drafts), dropped=lost,
        )  # fmt: skip

    def _drafts(self, parts: Sequence[Part], labels: Sequence[str]) -> list[Draft]:
        return self.model.drafts(parts, self.catalog, _Labelled(self.check, labels), self.progress)

    def _kept(self, draft: Draft, labels: Sequence[str]) -> Iterator[tuple[str, str, list[Sentence]]]:
        """Label, words and sentences of the claims that have a label and are supported."""
        for claim in draft.claims:
            label, text = labelled(claim.text, labels)
            verdict = self.check.checked(replace(claim, text=text), draft.offered, "").claim.verdict
            if label and text and verdict == "supported":
                offered = draft.offered.sentences
                yield label, text, [offered[tag] for tag in claim.shown_by if tag in offered]


def _place(sentence: Sentence) -> tuple[str, int]:
    return sentence.paper, sentence.number


def _batch(n: int, near: Sequence[Near]) -> Part:
    """One request's pairs."""
    shown = dict.fromkeys(sentence for a, b, _ in near for sentence in (a, b))
    return Part(
        f"pairs {n * _AT_ONCE + 1} on", "pairs", "which of them cannot both be true?", tuple(shown), len(near)
    )


# labelled claims


def labelled(text: str, labels: Sequence[str]) -> tuple[str, str]:
    """The label that a claim opens with, and the rest; "" if with none of them."""
    for label in sorted(labels, key=len, reverse=True):
        if found := re.match(rf"[\s*_\"'“-]*{re.escape(label)}[\s*_\"'”]*:[\s*_]*", text, re.IGNORECASE):
            return label, text[found.end() :].strip()
    return "", text


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A ``ClaimCheck`` of what stands behind the label."""

    check: ClaimCheck
    labels: Sequence[str]

    def checked(self, claim: DraftClaim, offered: Offered, question: str) -> Checked:
        return self.check.checked(
            replace(claim, text=labelled(claim.text, self.labels)[1]), offered, question
        )

    def show(self, claim: Claim) -> None:
        """Nothing is shown before all is there."""


def _lost(draft: Draft, shown: int) -> Dropped:
    """What of a draft is not shown."""
    unshown = len(draft.claims) - shown
    return draft.dropped + Dropped(0, unshown, (_UNSHOWN,) * unshown)


def _usage(drafts: Sequence[Draft]) -> Usage:
    return sum((draft.usage for draft in drafts), Usage())
