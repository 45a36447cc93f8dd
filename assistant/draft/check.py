"""Manuscript → CheckReport: each key resolved, each claim held against the sentences of what it cites."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.draft import DraftSentence, Manuscript
from assistant.draft.claims import CitedClaim, claims
from assistant.draft.manuscript import accepted_lines
from assistant.draft.nearest import Near
from assistant.draft.remembered import Findings
from assistant.draft.verdicts import Other, Verdicts
from assistant.text.sentences import is_prose
from assistant.text.terms import content_stems
from assistant.types import (
    DOUBTFUL,
    WRONG,
    AbsentWork,
    CheckedClaim,
    CheckedSentence,
    CheckReport,
    Judgement,
)

SURE = 0.6
"""Score of another paper's support from which on the cited one may be the wrong one."""
_OWN = re.compile(
    r"\b(?:we|our|ours|us|I|my|this (?:paper|work|section|study|article|thesis))\b", re.IGNORECASE
)
_LEAST_STEMS = 4
"""Content words of a sentence that states a fact."""


class Checker:
    """Checks the sentences of one draft. ``meant``: key that it cites → the library's papers that it may mean,
    one if that is clear; ``findings``: of earlier runs."""

    def __init__(
        self, verdicts: Verdicts, meant: Mapping[str, Sequence[str]], findings: Findings | None = None
    ) -> None:
        self._verdicts = verdicts
        self._meant = meant
        self._findings = findings

    def report(self, draft: Manuscript, suggest: bool = False) -> CheckReport:
        """``suggest``: whether to look for papers that support what is stated without a citation. The file,
        what took time and what was warned of before are for the caller to add."""
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
        found = {claim: known for claim in said if (known := self._known(claim))}
        new = [claim for claim in dict.fromkeys(said) if claim not in found]
        for claim, checked in self._compared(new).items():
            found[claim] = checked
            if self._findings:
                self._findings.put(*self._named_by(claim), checked)
        return found

    def _known(self, claim: CitedClaim) -> CheckedClaim | None:
        return self._findings.get(*self._named_by(claim)) if self._findings else None

    def _named_by(self, claim: CitedClaim) -> tuple[str, Sequence[str], Sequence[Sequence[str]]]:
        return claim.text, claim.keys, [self._meant[key] for key in claim.keys]

    def _compared(self, said: Sequence[CitedClaim]) -> dict[CitedClaim, CheckedClaim]:
        """Each claim, judged by the papers that it cites; those that these do not support also by others."""
        papers = {claim: found for claim in said if (found := self._papers(claim.keys)[0])}
        pairs = [(claim.text, keys) for claim, keys in papers.items()]
        judged = dict(zip(papers, self._verdicts.by_cited(pairs), strict=True))
        doubtful = [claim for claim, (verdict, _) in judged.items() if verdict.verdict in DOUBTFUL]
        better = self._verdicts.by_others([(claim.text, papers[claim]) for claim in doubtful])
        others = dict(zip(doubtful, better, strict=True))
        return {claim: self._told(claim, judged.get(claim), others.get(claim)) for claim in said}

    # in words

    def _told(
        self,
        claim: CitedClaim,
        found: tuple[Judgement, Near | None] | None,
        other: Other | None,
    ) -> CheckedClaim:
        cites, (papers, doubt) = self._named(claim.keys), self._papers(claim.keys)
        if found is None:
            return CheckedClaim(claim.text, cites, (), "not-in-library", None, doubt)
        judged, near = found
        verdict, kind = _outcome(judged, len(papers))
        reason = judged.reason
        if verdict == "not-shown" and other and other.is_alone and other.judged.score >= SURE and not doubt:
            verdict, kind = "wrong", "wrong-paper"
            reason = f"{', '.join(papers)} does not say it, and {other.near.quote.paper} does"
        elif verdict == "not-shown":
            if any(map(self._verdicts.finder.is_abstract, papers)):
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
        found = self._verdicts.by_others([(s.text, cited[s.file, s.paragraph]) for s in uncited])
        return [
            CheckedSentence(
                sentence.file, sentence.line, sentence.text, (_suggestion(sentence.text, support),)
            )
            for sentence, support in zip(uncited, found, strict=True)
            if support
        ]


def _suggestion(text: str, other: Other) -> CheckedClaim:
    judged, near = other.judged, other.near
    return CheckedClaim(
        text, (), (near.quote.paper,), judged.verdict, judged.score, judged.reason,
        quote=near.quote, page=near.page,
    )  # fmt: skip


def _outcome(judged: Judgement, papers: int) -> tuple[str, str | None]:
    """Verdict and kind of a claim that cites so many papers. Only what an exact comparison finds to be otherwise is
    wrong: what the judge's figures take for a contradiction is too often none, and an author who is alarmed for nothing
    listens no more. Of papers cited together each says a part, and may give another figure or name of its own."""
    is_wrong = judged.verdict == "contradicted" and judged.kind in WRONG
    if is_wrong and (papers == 1 or judged.kind not in ("figure", "name")):
        return "wrong", judged.kind
    return ("supported" if judged.verdict == "supported" else "not-shown"), None


def _states_a_fact(text: str) -> bool:
    """Whether a sentence says something about the world, rather than about the draft."""
    enough = len(content_stems(text)) >= _LEAST_STEMS
    return enough and is_prose(text) and not text.endswith("?") and not _OWN.search(text)


def _one_of(papers: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(papers[:-1]), papers[-1])))
