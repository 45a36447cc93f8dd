"""Claim, evidence, question → the figures that the support models weigh.

Nothing here depends on the order of the evidence texts: they are a set, sentences are found within each, and
ties are broken by the words themselves.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.judge.contrast import contrasts
from assistant.judge.parse import Reading, clauses, clean, pieces, read
from assistant.text.numbers import Number, same
from assistant.text.rarity import rarity
from assistant.text.terms import content_stems, stem, tokens
from assistant.types import Vectors

FOCUS = 4.0
"""How much more a sentence that is nearer to the claim counts for contrasts."""
MOST = 60
"""Sentences that are compared by meaning; of longer evidence those that share the most words with the claim."""


@dataclass(frozen=True, slots=True)
class Case:
    """A claim and its evidence, read. ``texts``: the sentences of each evidence text that are compared by
    meaning; ``everything``: all sentences."""

    claim: Reading
    question: Reading
    clauses: tuple[str, ...]
    texts: tuple[tuple[Reading, ...], ...]
    everything: tuple[Reading, ...]

    @property
    def sentences(self) -> list[Reading]:
        return [sentence for text in self.texts for sentence in text]

    @property
    def strings(self) -> list[str]:
        """What has to be embedded for this case."""
        return [self.claim.text, *self.clauses, *(s.text for s in self.sentences)]


def case(claim: str, evidence: Iterable[str], question: str = "") -> Case | None:
    """What is there to compare; None if claim or evidence holds no word that means
    something by itself."""
    claimed = read(" ".join(clean(claim).split()))
    texts = [tuple(map(read, pieces(clean(text)))) for text in sorted(set(evidence))]
    texts = [kept for text in texts if (kept := tuple(sentence for sentence in text if sentence.words))]
    if not claimed.stems or not texts:
        return None
    everything = tuple(sentence for text in texts for sentence in text)
    if len(everything) > MOST:
        near = {
            s.text for s in sorted(everything, key=lambda s: (-_share(claimed.stems, s.stems), s.text))[:MOST]
        }
        texts = [kept for text in texts if (kept := tuple(s for s in text if s.text in near))]
    bits = tuple(clauses(claimed.text))
    return Case(claimed, read(" ".join(question.split())), bits, tuple(texts), everything)


def _weight(stems: Iterable[str]) -> float:
    return math.fsum(map(rarity, stems))


def _share(stems: frozenset[str], held: frozenset[str]) -> float:
    """The share of ``stems``, by rarity, that is ``held``; 1 where there are none."""
    return _weight(stems & held) / _weight(stems) if stems else 1.0


def _union(sentences: Iterable[Reading]) -> frozenset[str]:
    return frozenset().union(*(sentence.stems for sentence in sentences))


@dataclass(frozen=True, slots=True)
class Absent:
    """What the claim says and no sentence of the evidence holds. ``numbers``: those in digits ("two" may count
    what the evidence lists); ``rarest``: a stem, "" if none is missing."""

    numbers: tuple[Number, ...]
    names: tuple[str, ...]
    rarest: str
    weight: float


@dataclass(frozen=True, slots=True)
class Measured:
    """``figures`` by name, and what they came from, for the reason in words. ``nearest``: the sentences nearest
    to the claim, at most three."""

    figures: dict[str, float]
    nearest: tuple[Reading, ...]
    absent: Absent


def measure(case: Case, vectors: Mapping[str, Vectors]) -> Measured:
    """``vectors``: of each of ``case.strings``, of length 1."""
    claim, sentences = case.claim, case.sentences
    matrix = np.array([vectors[s.text] for s in sentences])
    cosines = matrix @ vectors[claim.text]
    together = cosines + np.array([_share(claim.stems, s.stems) for s in sentences])
    aligned = _ranked(together, sentences)
    weights = np.exp(FOCUS * (together - together.max()))
    absent = _absent(case)
    lost = sum(not _found(number, case.everything) for number in claim.numbers)
    figures = {
        "cosine": float(cosines.max()),
        "cosine_3": float(np.sort(cosines)[::-1][:3].mean()),
        "cosine_clause": min(float((matrix @ vectors[bit]).max()) for bit in case.clauses),
        "share_near": _share(claim.stems, _union(_ranked(cosines, sentences)[:5])),
        "share_3": _share(claim.stems, _union(aligned[:3])),
        "run": max(_run(claim.words, s.words) for s in aligned[:4]) / len(claim.words),
        "missing": math.log1p(absent.weight),
        "rarest": rarity(absent.rarest) if absent.rarest else 0.0,
        "missing_numbers": lost / max(1, len(claim.numbers)),
        "far_numbers": float(sum(not _found(n, aligned[:3]) for n in claim.numbers)),
        "missing_names": len(absent.names) / max(1, len(claim.names)),
        "claim_words": math.log1p(len(claim.words)),
        "evidence_words": math.log1p(sum(len(s.words) for s in case.everything)),
        "evidence_sentences": math.log(len(case.everything)),
    }
    figures |= _wording(case) | contrasts(claim, sentences, weights / weights.sum())
    return Measured(figures, tuple(aligned[:3]), absent)


def _wording(case: Case) -> dict[str, float]:
    """How much of the claim's wording stands in a sentence, a text, or anywhere. ``news``: of the words that the
    question does not hold."""
    claim, sentences = case.claim, case.sentences
    held = _union(case.everything)
    news = claim.stems - case.question.stems
    pairs = frozenset().union(*(s.pairs for s in case.everything))
    return {
        "share": max(_share(claim.stems, s.stems) for s in sentences),
        "share_text": max(_share(claim.stems, _union(text)) for text in case.texts),
        "share_all": _share(claim.stems, held),
        "share_clause": min(_share(frozenset(content_stems(bit)), held) for bit in case.clauses),
        "news": max(_share(news, s.stems) for s in sentences),
        "news_all": _share(news, held),
        "pairs": max(len(claim.pairs & s.pairs) for s in sentences) / max(1, len(claim.pairs)),
        "pairs_all": len(claim.pairs & pairs) / max(1, len(claim.pairs)),
    }


def _absent(case: Case) -> Absent:
    missing = case.claim.stems - _union(case.everything)
    every = frozenset().union(*(s.every for s in case.everything))
    return Absent(
        tuple(n for n in case.claim.numbers if n.in_digits and not _found(n, case.everything)),
        tuple(name for name in case.claim.names if not all(stem(part) in every for part in tokens(name))),
        max(sorted(missing), key=rarity, default=""),
        _weight(missing),
    )


def _ranked(scores: Vectors, sentences: Sequence[Reading]) -> list[Reading]:
    order = sorted(range(len(sentences)), key=lambda i: (-round(float(scores[i]), 5), sentences[i].text))
    return [sentences[i] for i in order]


def _found(number: Number, sentences: Iterable[Reading]) -> bool:
    return any(same(number, other) for s in sentences for other in s.numbers)


def _run(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest run of words that the two share."""
    best = 0
    before: dict[int, int] = {}
    for word in one:
        now = {j: before.get(j - 1, 0) + 1 for j, theirs in enumerate(other) if theirs == word}
        best = max(best, *now.values()) if now else best
        before = now
    return best
