"""People's judgements of claims against evidence, from the data folder beside the checkout, in one form.

Sets: the four sources of AttributionBench's development part; ExpertQA's answers judged claim by claim (what is in
AttributionBench already is left out); RAGTruth's answers, sentence by sentence, against the passages that they were
written from; SciFact's training claims against the abstracts that they cite.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.text.sentences import sentence_spans
from eval.sets import DATA

SUPPORTED, CONTRADICTED, NEITHER, UNSUPPORTED = "supported", "contradicted", "neither", "unsupported"


@dataclass(frozen=True)
class Judged:
    """``label``: supported or unsupported; where contradiction was judged too, supported, contradicted or
    neither. ``group``: its question or source; what shares a group must not be trained and measured on."""

    set: str
    group: str
    question: str
    claim: str
    evidence: tuple[str, ...]
    label: str

    @property
    def case(self) -> tuple[str, tuple[str, ...], str]:
        return self.claim, self.evidence, self.question


def judged() -> list[Judged]:
    """All of it, in a fixed order; nothing where the folder is absent."""
    if not DATA.exists():
        return []
    bench = list(attributionbench(DATA / "grounding" / "attributionbench_dev.jsonl"))
    known = {row.claim for row in bench}
    return [
        *bench,
        *(row for row in _expertqa() if row.claim not in known),
        *ragtruth(DATA / "grounding" / "ragtruth_qa.jsonl"),
        *_scifact(),
    ]


def _lines(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def attributionbench(path: Path) -> Iterator[Judged]:
    for row in _lines(path):
        label = SUPPORTED if row["attribution_label"] == "attributable" else UNSUPPORTED
        group = row["question"].strip().lower()
        yield Judged(
            row["src_dataset"], group, row["question"], row["claim"], tuple(row["references"]), label
        )


def _expertqa() -> Iterator[Judged]:
    """Claims whose evidence is text, not only an address. Partial support does not support the whole claim."""
    for row in _lines(DATA / "grounding" / "expertqa_judged.jsonl"):
        group = row["question"].strip().lower()
        for claim in (claim for answer in row["answers"].values() for claim in answer["claims"]):
            evidence = tuple(text for text in claim["evidence"] if len(text) > 200 or "http" not in text)
            if evidence and claim["support"] in ("Complete", "Partial", "Incomplete"):
                label = SUPPORTED if claim["support"] == "Complete" else UNSUPPORTED
                yield Judged(
                    "ExpertQA answers", group, row["question"], claim["claim_string"], evidence, label
                )


def ragtruth(path: Path) -> Iterator[Judged]:
    """A sentence is unsupported if people marked any of its characters."""
    for row in _lines(path):
        passages = row["source"]["passages"].split("\n\n")
        evidence = tuple(re.sub(r"^passage \d+:", "", text).strip() for text in passages if text.strip())
        for answer in row["responses"]:
            text = answer["response"]
            for start, end in sentence_spans(text):
                marked = any(mark["start"] < end and mark["end"] > start for mark in answer["labels"])
                if len(text[start:end].split()) >= 4:
                    yield Judged(
                        "RAGTruth", f"ragtruth {row['source_id']}", row["source"]["question"], text[start:end],
                        evidence, UNSUPPORTED if marked else SUPPORTED,
                    )  # fmt: skip


def _scifact() -> Iterator[Judged]:
    """A claim against all abstracts that it cites; groups are claims that share one."""
    abstracts = {row["_id"]: row["text"] for row in _lines(DATA / "scifact" / "corpus.jsonl")}
    names = {"SUPPORT": SUPPORTED, "CONTRADICT": CONTRADICTED}
    for row in _lines(DATA / "scifact" / "claims_train.jsonl"):
        evidence = tuple(abstracts[str(key)] for key in row["cited_doc_ids"] if str(key) in abstracts)
        labels = {names[each["label"]] for each in row["evidence"]} or {NEITHER}
        group = f"scifact {min(row['cited_doc_ids'])}"
        yield Judged("SciFact", group, "", row["claim"], evidence, max(labels))
