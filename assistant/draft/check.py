"""Manuscript → CheckReport: each key resolved, each claim held against the sentences of what it cites."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.draft import DraftSentence, Manuscript
from assistant.draft.claims import CitedClaim, claims
from assistant.draft.manuscript import accepted_lines
from assistant.draft.nearest import Finder, Near
from assistant.text.sentences import is_prose
from assistant.text.terms import content_stems
from assistant.types import (
    DOUBTFUL,
    WRONG,
    AbsentWork,
    CheckedClaim,
    CheckedSentence,
    CheckReport,
    Hit,
    Judgement,
    Passage,
    SupportJudge,
)

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done of how many."""
ELSEWHERE = 2
"""Papers that are tried where the cited ones do not support a claim, or nothing is cited."""
CLOSE = 0.5
"""Cosine of a passage to a claim from which on a paper that is not cited is tried."""
FAR = 20
"""Papers of the library that are nearest to a claim; one that is none of them, nor of the nearest third of a small
library, is cited for something else."""
SURE = 0.6
"""Score of another paper's support from which on the cited one may be the wrong one."""
RIVALS = 0.2
"""Nearness within which the judge decides which sentence to quote."""
_OWN = re.compile(
    r"\b(?:we|our|ours|us|I|my|this (?:paper|work|section|study|article|thesis))\b", re.IGNORECASE
)
_LEAST_STEMS = 4
"""Content words of a sentence that states a fact."""


class Checker:
    """Judges the sentences of one draft. ``meant``: key that it cites → the library's papers that it may mean,
    one if that is clear."""

    def __init__(self, finder: Finder, judge: SupportJudge, meant: Mapping[str, Sequence[str]]) -> None:
        self._finder = finder
        self._judge = judge
        self._meant = meant
        self._progress: Progress | None = None

    def report(
        self, draft: Manuscript, suggest: bool = False, progress: Progress | None = None
    ) -> CheckReport:
        """``suggest``: whether to look for papers that support what is stated without a citation. The file,
        what took time and what was warned of before are for the caller to add."""
        self._progress = progress
        cited = [(sentence, claims(sentence)) for sentence in draft.sentences if sentence.cites]
        checked = self._checked([claim for _, said in cited for claim in said])
        accepted = {file: accepted_lines(Path(file)) for file in {s.file for s, _ in cited}}
        sentences = [
            CheckedSentence(
                s.file, s.line, s.text, tuple(map(checked.__getitem__, said)) or (self._pointer(s),), s.last_line,
                not accepted[s.file].isdisjoint(range(s.line, s.last_line + 1)),
            )
            for s, said in cited
        ]  # fmt: skip
        suggestions = self._suggestions(draft.sentences) if suggest else []
        absent = tuple(self._absent(draft.sentences))
        return CheckReport(
            "", tuple(sentences), absent, tuple(suggestions), draft.warnings, len(draft.sentences)
        )

    def _checked(self, said: Sequence[CitedClaim]) -> dict[CitedClaim, CheckedClaim]:
        """Each claim, judged by the papers that it cites; those that these do not support also by others."""
        papers = {claim: self._papers(claim.keys)[0] for claim in said}
        found = [(c.text, self._finder.cited(c.text, papers[c])) for c in said if papers[c]]
        judged = dict(zip((c for c in said if papers[c]), self._judged(found), strict=True))
        doubtful = [claim for claim, (verdict, _) in judged.items() if verdict.verdict in DOUBTFUL]
        better = self._elsewhere([(claim.text, papers[claim]) for claim in doubtful])
        others = dict(zip(doubtful, better, strict=True))
        return {claim: self._told(claim, judged.get(claim), others.get(claim)) for claim in said}

    def _judged(self, pairs: Sequence[tuple[str, Sequence[Passage]]]) -> list[tuple[Judgement, Near | None]]:
        """Each claim with what the judge says of it, going by the passages, and the nearest sentence in them."""
        found = []
        for n, (claim, passages) in enumerate(pairs):
            if self._progress:
                self._progress("judging", n, len(pairs))
            near = self._finder.nearest(claim, passages)
            judged = Judgement("unsupported", 0.0, "the paper holds no sentence to judge by")
            if near:
                judged = self._judge.judge(claim, self._finder.evidence(near))
            found.append((judged, self._best(claim, near) if near else None))
        return found

    def _best(self, claim: str, near: Sequence[Near]) -> Near:
        """The nearest sentence; of several that are about as near, the one that supports the claim best."""
        rivals = [each for each in near if each.nearness >= near[0].nearness - RIVALS]
        if len(rivals) == 1:
            return rivals[0]
        return max(rivals, key=lambda each: self._judge.judge(claim, self._finder.evidence([each])).score)

    def _elsewhere(self, pairs: Sequence[tuple[str, Collection[str]]]) -> list["_Other | None"]:
        """For each claim, and the papers that are no news, the best of the others that support it, if any do."""
        orders = [self._finder.order(claim) for claim, _ in pairs]
        tried = [
            (n, claim, [hit.passage for hit in hits])
            for n, (claim, known) in enumerate(pairs)
            for hits in [each for each in orders[n] if _is_news(each, known)][:ELSEWHERE]
        ]
        found: list[_Other | None] = [None] * len(pairs)
        for (n, _, _), (judged, near) in zip(tried, self._judged([t[1:] for t in tried]), strict=True):
            best = found[n]
            if near and judged.verdict == "supported" and (best is None or judged.score > best.judged.score):
                nearest = [hits[0].passage.paper for hits in orders[n]][
                    : min(FAR, max(2, self._finder.papers // 3))
                ]
                found[n] = _Other(judged, near, not set(nearest).intersection(pairs[n][1]))
        return found

    # in words

    def _told(
        self,
        claim: CitedClaim,
        found: tuple[Judgement, Near | None] | None,
        other: "_Other | None",
    ) -> CheckedClaim:
        cites, (papers, doubt) = self._named(claim.keys), self._papers(claim.keys)
        if found is None:
            return CheckedClaim(claim.text, cites, (), "not-in-library", None, doubt)
        judged, near = found
        verdict, kind = _outcome(judged)
        reason = judged.reason
        if verdict == "not-shown" and other and other.is_alone and other.judged.score >= SURE and not doubt:
            verdict, kind = "wrong", "wrong-paper"
            reason = f"{', '.join(papers)} does not say it, and {other.near.quote.paper} does"
        elif verdict == "not-shown":
            if any(map(self._finder.is_abstract, papers)):
                reason += " (abstract only)"
            if doubt:
                verdict, reason = "not-in-library", f"{doubt}; of what is, {', '.join(papers)}: {reason}"
        return CheckedClaim(
            claim.text, cites, papers, verdict, judged.score, reason, kind,
            near.quote if near else None, near.page if near else None,
            other.near.quote if other else None, other.near.page if other else None,
        )  # fmt: skip

    def _pointer(self, sentence: DraftSentence) -> CheckedClaim:
        """A sentence that cites and says nothing of what it cites."""
        keys = tuple(dict.fromkeys(key for cite in sentence.cites for key in cite.keys))
        papers, doubt = self._papers(keys)
        verdict, reason = "no-citation-needed", "says nothing of what it cites"
        if not papers:
            verdict, reason = "not-in-library", doubt
        return CheckedClaim(sentence.text, self._named(keys), papers, verdict, None, reason)

    def _named(self, keys: Sequence[str]) -> tuple[str, ...]:
        """Each as the key of the one paper that it means, or as the draft writes it."""
        return tuple(
            dict.fromkeys(self._meant[key][0] if len(self._meant[key]) == 1 else key for key in keys)
        )

    def _papers(self, keys: Sequence[str]) -> tuple[tuple[str, ...], str]:
        """The papers that the keys clearly mean; and of the others, in words, why they mean none."""
        papers = tuple(dict.fromkeys(self._meant[key][0] for key in keys if len(self._meant[key]) == 1))
        absent = [key for key in keys if not self._meant[key]]
        doubts = (
            [f"{', '.join(absent)} {'is' if len(absent) == 1 else 'are'} not in the library"]
            if absent
            else []
        )
        doubts += [f"{key} may be {_one_of(self._meant[key])}" for key in keys if len(self._meant[key]) > 1]
        return papers, "; ".join(doubts)

    def _absent(self, sentences: Sequence[DraftSentence]) -> Iterator[AbsentWork]:
        for key, papers in self._meant.items():
            if len(papers) != 1:
                places = [(s.file, s.line) for s in sentences if any(key in cite.keys for cite in s.cites)]
                yield AbsentWork(key, tuple(places), tuple(papers))

    # what does not cite

    def _suggestions(self, sentences: Sequence[DraftSentence]) -> list[CheckedSentence]:
        """The sentences that cite nothing, state a fact, and have a paper's support; none of a paper that their
        paragraph cites, for they may well go on about that."""
        cited: dict[tuple[str, int], set[str]] = defaultdict(set)
        for sentence in sentences:
            keys = (key for cite in sentence.cites for key in cite.keys)
            cited[sentence.file, sentence.paragraph].update(
                paper for key in keys for paper in self._meant[key]
            )
        uncited = [sentence for sentence in sentences if not sentence.cites and _states_a_fact(sentence.text)]
        found = self._elsewhere([(s.text, cited[s.file, s.paragraph]) for s in uncited])
        return [
            CheckedSentence(
                sentence.file, sentence.line, sentence.text, (_suggestion(sentence.text, support),)
            )
            for sentence, support in zip(uncited, found, strict=True)
            if support
        ]


@dataclass(frozen=True, slots=True)
class _Other:
    """A paper that is not cited and supports a claim. ``is_alone``: none that is cited is near to it at all."""

    judged: Judgement
    near: Near
    is_alone: bool


def _is_news(hits: Sequence[Hit], known: Collection[str]) -> bool:
    """Whether these, of one paper, are of none that is known, and close."""
    best = hits[0]
    return best.passage.paper not in known and (best.cosine is None or best.cosine >= CLOSE)


def _suggestion(text: str, other: _Other) -> CheckedClaim:
    judged, near = other.judged, other.near
    return CheckedClaim(
        text, (), (near.quote.paper,), judged.verdict, judged.score, judged.reason,
        quote=near.quote, page=near.page,
    )  # fmt: skip


def _outcome(judged: Judgement) -> tuple[str, str | None]:
    """Verdict and kind of a claim. Only what an exact comparison finds to be otherwise is wrong: what the judge's
    figures take for a contradiction is too often none, and an author who is alarmed for nothing listens no more."""
    if judged.verdict == "contradicted" and judged.kind in WRONG:
        return "wrong", judged.kind
    return ("supported" if judged.verdict == "supported" else "not-shown"), None


def _states_a_fact(text: str) -> bool:
    """Whether a sentence says something about the world, rather than about the draft."""
    enough = len(content_stems(text)) >= _LEAST_STEMS
    return enough and is_prose(text) and not text.endswith("?") and not _OWN.search(text)


def _one_of(papers: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(papers[:-1]), papers[-1])))
