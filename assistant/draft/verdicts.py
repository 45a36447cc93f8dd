"""A claim and papers → what the judge says of the claim, going by them, and the sentence that says it best; and whether
another paper of the library says it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from assistant.draft.nearest import Finder, Near
from assistant.types import Hit, Judgement, Passage, SupportJudge

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done of how many."""
ELSEWHERE = 2
"""Papers that are tried where the cited ones do not support a claim, or nothing is cited."""
CLOSE = 0.5
"""Cosine of a passage to a claim from which on a paper that is not cited is tried."""
FAR = 20
"""Papers of the library that are nearest to a claim; one that is none of them, nor of the nearest third of a small
library, is cited for something else."""
RIVALS = 0.2
"""Nearness within which the judge decides which sentence to quote."""


@dataclass(frozen=True, slots=True)
class Other:
    """A paper that is not cited and supports a claim. ``is_alone``: none that is cited is near to it at all."""

    judged: Judgement
    near: Near
    is_alone: bool


def _is_news(hits: Sequence[Hit], known: Collection[str]) -> bool:
    """Whether these, of one paper, are of none that is known, and close."""
    best = hits[0]
    return best.passage.paper not in known and (best.cosine is None or best.cosine >= CLOSE)


class Verdicts:
    def __init__(self, finder: Finder, judge: SupportJudge, progress: Progress | None = None) -> None:
        self.finder = finder
        self._judge = judge
        self._progress = progress

    def by_cited(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[Judgement, Near | None]]:
        """Each claim by the papers with these keys."""
        return self._judged([(claim, self.finder.cited(claim, keys)) for claim, keys in pairs])

    def _judged(self, pairs: Sequence[tuple[str, Sequence[Passage]]]) -> list[tuple[Judgement, Near | None]]:
        """Each claim with what the judge says of it, going by the passages, and the nearest sentence in them."""
        found = []
        for n, (claim, passages) in enumerate(pairs):
            if self._progress:
                self._progress("judging", n, len(pairs))
            near = self.finder.nearest(claim, passages)
            judged = Judgement("unsupported", 0.0, "the paper holds no sentence to judge by")
            if near:
                judged = self._judge.judge(claim, self.finder.evidence(near))
            found.append((judged, self._best(claim, near) if near else None))
        return found

    def _best(self, claim: str, near: Sequence[Near]) -> Near:
        """The nearest sentence; of several that are about as near, the one that supports the claim best."""
        rivals = [each for each in near if each.nearness >= near[0].nearness - RIVALS]
        if len(rivals) == 1:
            return rivals[0]
        return max(rivals, key=lambda each: self._judge.judge(claim, self.finder.evidence([each])).score)

    def by_others(self, pairs: Sequence[tuple[str, Collection[str]]]) -> list[Other | None]:
        """For each claim, and the papers that are no news, the best of the others that support it, if any do."""
        orders = [self.finder.order(claim) for claim, _ in pairs]
        tried = [
            (n, claim, [hit.passage for hit in hits])
            for n, (claim, known) in enumerate(pairs)
            for hits in [each for each in orders[n] if _is_news(each, known)][:ELSEWHERE]
        ]
        found: list[Other | None] = [None] * len(pairs)
        for (n, _, _), (judged, near) in zip(tried, self._judged([t[1:] for t in tried]), strict=True):
            best = found[n]
            if near and judged.verdict == "supported" and (best is None or judged.score > best.judged.score):
                nearest = [hits[0].passage.paper for hits in orders[n]][
                    : min(FAR, max(2, self.finder.papers // 3))
                ]
                found[n] = Other(judged, near, not set(nearest).intersection(pairs[n][1]))
        return found
