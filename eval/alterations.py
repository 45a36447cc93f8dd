"""Claims that are almost what a sentence says, and claims that say it in other words: is the judge right on both?

claims/alterations.jsonl has one claim a line, by its source's sentence: ``old`` → ``new`` in it, or a ``claim`` of
the writer's own and ``near``, words by which its sentence is found. Written and labelled by hand from ACL and SciFact
abstracts of the data folder, none of which the reader was trained on.
"""

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assistant.config import Config
from assistant.embed.cached import CachedEmbedder
from assistant.embed.minilm import MiniLM
from assistant.embed.reader import PairReader
from assistant.judge.judge import SupportChecker
from assistant.text.sentences import sentence_spans
from assistant.types import Evidence, Judgement, SupportJudge
from eval.sets import CORPORA, ROOT

SHOWN = 12
"""Wrong judgements on the page: of those in the writer's own words."""
FILE = ROOT / "claims" / "alterations.jsonl"


@dataclass(frozen=True)
class Altered:
    """``is_true``: whether the sentence says it."""

    kind: str
    claim: str
    sentence: str
    title: str
    abstract: str
    is_edit: bool

    @property
    def is_true(self) -> bool:
        return self.kind == "true"

    @property
    def is_looked_at(self) -> bool:
        return zlib.crc32(self.title.encode()) % 2 == 0

    @property
    def evidence(self) -> Evidence:
        """As a claim of an answer has it: the sentence, its paper's title, and the passage around it."""
        return Evidence((self.sentence,), (self.title,), (self.abstract,))


def altered() -> list[Altered]:
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    papers = _papers({row["paper"] for row in rows})
    return [_read(row, *papers[row["paper"]]) for row in rows]


def _read(row: dict[str, Any], title: str, abstract: str) -> Altered:
    at = abstract.index(row.get("old") or row["near"])
    start, end = next(span for span in sentence_spans(abstract) if span[0] <= at < span[1])
    sentence = abstract[start:end]
    claim = row.get("claim") or sentence.replace(row["old"], row["new"])
    return Altered(row["kind"], claim, sentence, title, abstract, "old" in row)


def _papers(wanted: set[str]) -> dict[str, tuple[str, str]]:
    """Id → title and abstract."""
    found = {}
    for name in ("acl", "scifact"):
        path = CORPORA[name][0]
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                key = str(row.get("_id") or row["id"])
                if key in wanted:
                    found[key] = row["title"], row.get("text") or row["abstract"]
    return found


def judged(claims: Iterable[Altered], judge: SupportJudge) -> list[tuple[Altered, Judgement]]:
    return [(each, judge.judge(each.claim, each.evidence)) for each in claims]


def table(found: Iterable[tuple[Altered, Judgement]]) -> list[str]:
    """Of each kind, how many are called what."""
    counts: dict[str, Counter[str]] = {}
    for each, said in found:
        counts.setdefault(each.kind, Counter())[said.verdict] += 1
    lines = ["| kind | n | supported | contradicted |", "| --- | --- | --- | --- |"]
    for kind, of in counts.items():
        n = of.total()
        lines.append(f"| {kind} | {n} | {of['supported'] / n:.2f} | {of['contradicted'] / n:.2f} |")
    return lines


def run(failures: bool = False) -> str:
    """The page, with and without the reader."""
    config = Config()
    model = MiniLM(config.weights, config.cache, config.threads)
    embedder, claims = CachedEmbedder(model), altered()
    found = judged(claims, SupportChecker(embedder, reader=PairReader(model.weights)))
    without = judged(claims, SupportChecker(embedder))
    lines = [
        "# What the support checker makes of altered claims and of true paraphrases",
        "",
        f"Made by `make agreement` from claims/alterations.jsonl, {len(claims)} claims. Half of the papers, by a"
        " checksum of the title, were looked at while the comparison was tuned; the other half only as figures.",
    ]
    for title, half in (("Looked at", True), ("Not looked at", False)):
        lines += ["", f"## {title}", "", *table([f for f in found if f[0].is_looked_at == half])]
    lines += ["", "## Without the reader, all", "", *table(without), "", "## What is judged wrongly", ""]
    wrong = [
        (a, s)
        for a, s in found
        if a.is_looked_at and not a.is_edit and a.is_true != (s.verdict == "supported")
    ]
    lines += [f"- {each.kind}, {said.verdict} ({said.reason}): {each.claim}" for each, said in wrong[:SHOWN]]
    if failures:
        for each, said in found:
            if each.is_looked_at and each.is_true != (said.verdict == "supported"):
                lines += ["", f"{each.kind}: {said.verdict} {said.score:.2f} ({said.reason})"]
                lines += [f"  claim:    {each.claim}", f"  evidence: {each.sentence}"]
    return "\n".join(lines)
