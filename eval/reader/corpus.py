"""What the reader learns from: pairs made of abstracts, and people's judgements of claims against evidence.

``python -m eval.reader.corpus FILE`` writes them, one JSON object a line.

People's sets: HealthVer, WiCE, ExpertQA's answers and RAGTruth. AttributionBench and SciFact are left out, for the
checker that weighs the reader's word is trained and measured on them.
"""

import csv
import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from random import Random

import numpy as np

from assistant.text.sentences import sentence_spans
from assistant.text.terms import content_stems
from eval.judged import judged
from eval.reader.altered import CONTRADICTED, NEITHER, SUPPORTED, UNSUPPORTED, Pair, pairs
from eval.sets import DATA

WORDS = (7, 45)
"""The least and the most words of a sentence that pairs are made of."""
TOGETHER = 90
"""Words of evidence that the reader is given at most: the sentences that share most with the claim."""
MADE = 68_000
"""Pairs made of abstracts."""
REPEATED = {"healthver": 3, "wice": 2, "ExpertQA answers": 2, "RAGTruth": 1}
"""How often a judged pair comes, by its set: they are few beside the made ones."""
SHARES = {
    "kept": 0.5, "kept, among others": 0.6, "elsewhere": 0.4, "affirmed": 0.5, "framed, both": 0.3, "framed": 0.6,
    "frame added": 0.4, "negated": 1.0, "negated, both": 0.4, "turned": 0.9, "turned, both": 0.3, "other thing": 0.6,
    "other thing, both": 0.3, "stronger": 0.8, "weaker": 0.6, "renumbered, both": 0.6, "exchanged, both": 0.8,
}  # fmt: skip
"""How much of what can be made of a kind is taken; of those not named, all."""


def made(count: int, seed: int = 0) -> list[Pair]:
    """About ``count`` pairs of abstracts, in random order."""
    random = Random(seed)
    texts = list(_abstracts())
    random.shuffle(texts)
    found: list[Pair] = []
    for text in texts:
        said = [text[a:b].replace("\n", " ") for a, b in sentence_spans(text)]
        good = [s for s in said if WORDS[0] <= len(s.split()) <= WORDS[1] and s.isascii() and s[-1] == "."]
        compared = [s for s in good if re.search(r"\bthan\b|outperform|surpass|\bexceed|\bfrom \w+ to \w", s)]
        counted = [s for s in good if re.search(r"\d", s)]
        for sentence in dict.fromkeys([random.choice(good), *compared[:2], *counted[:1]]) if good else ():
            others = [s for s in good if s != sentence]
            own = [p for p in pairs(sentence, others, random) if random.random() < SHARES.get(p.kind, 1.0)]
            rare = [p for p in own if p.kind.startswith(("exchanged", "renumbered"))]
            found += [*rare, *random.sample(own, min(len(own), 4))]
        if len(found) >= count:
            break
    random.shuffle(found)
    return found


def natural() -> list[Pair]:
    return [*_healthver(), *_wice(), *_judged()]


def shortened(claim: str, evidence: Iterable[str], most: int = TOGETHER) -> str:
    """Of the evidence's sentences those that share most with the claim, in their order, in at most ``most`` words."""
    said = [text[a:b] for text in evidence for a, b in sentence_spans(text)]
    wanted = set(content_stems(claim))
    shared = [len(wanted & set(content_stems(each))) / (4 + len(each.split())) ** 0.5 for each in said]
    taken, room = [], most
    for i in np.argsort(-np.array(shared), kind="stable"):
        if (words := len(said[i].split())) <= room or not taken:
            taken.append(i)
            room -= words
    return " ".join(" ".join(said[i].split()) for i in sorted(taken))


def _abstracts() -> Iterator[str]:
    with gzip.open(DATA / "acl_anthology_abstracts.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if len(row.get("abstract") or "") > 300:
                yield row["abstract"]
    for row in map(json.loads, (DATA / "scifact" / "corpus.jsonl").open(encoding="utf-8")):
        yield from [row["text"]] * 2


def _healthver() -> Iterator[Pair]:
    labels = {"Supports": SUPPORTED, "Refutes": CONTRADICTED, "Neutral": NEITHER}
    with (DATA / "grounding" / "healthver_dev.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield Pair(
                row["claim"].strip(),
                shortened(row["claim"], [row["evidence"]]),
                labels[row["label"]],
                "healthver",
            )


def _wice() -> Iterator[Pair]:
    labels = {"supported": SUPPORTED, "partially_supported": UNSUPPORTED, "not_supported": UNSUPPORTED}
    for row in map(json.loads, (DATA / "grounding" / "wice_dev.jsonl").open(encoding="utf-8")):
        yield Pair(row["claim"], shortened(row["claim"], row["evidence"]), labels[row["label"]], "wice")


def _judged() -> Iterator[Pair]:
    for row in judged():
        if row.set in ("ExpertQA answers", "RAGTruth"):
            yield Pair(row.claim, shortened(row.claim, row.evidence), row.label, row.set)


def main(file: Path) -> None:
    rows = [asdict(pair) for pair in made(MADE)]
    rows += [asdict(pair) for pair in natural() for _ in range(REPEATED[pair.kind])]
    Random(0).shuffle(rows)
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
