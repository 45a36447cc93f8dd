"""Corpora → ``assistant/text/rarity.txt``: how rare each stem is, as figures, so that every claim is weighed alike.

A stem's rate is the mean of its rates in ACL abstracts, SciFact abstracts and web pages (those of the grounding
sets): three kinds of text that count the same, whatever their number. A line is a level of rarity, the natural
logarithm of one over the rate, and its stems; stems in fewer than five texts are left out and count as rarest.
"""

import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import assistant.text
from assistant.text.terms import content_stems
from eval.sets import DATA

RARITY = Path(assistant.text.__file__).parent / "rarity.txt"
FEWEST = 5
STEP = 0.25


def corpora() -> Iterator[Iterator[str]]:
    yield (paper.get("abstract") or "" for paper in _lines("acl_anthology_abstracts.jsonl.gz"))
    yield (paper["text"] for paper in _lines("scifact/corpus.jsonl"))
    yield _pages()


def _pages() -> Iterator[str]:
    for row in _lines("grounding/attributionbench_dev.jsonl"):
        yield from row["references"]
    for row in _lines("grounding/ragtruth_qa.jsonl"):
        yield from row["source"]["passages"].split("\n\n")
    for row in _lines("grounding/expertqa_judged.jsonl"):
        for answer in row["answers"].values():
            for claim in answer["claims"]:
                yield from claim["evidence"]


def _lines(name: str) -> Iterator[dict]:
    path = DATA / name
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        for line in file:
            yield json.loads(line)


def rates(texts: Iterable[str]) -> dict[str, float]:
    """Stem → the share of the different ``texts`` that hold it."""
    distinct = set(texts) - {""}
    counts = Counter(stem for text in distinct for stem in set(content_stems(text)))
    return {stem: n / len(distinct) for stem, n in counts.items() if n >= FEWEST and stem.isalpha()}


def table(found: list[dict[str, float]]) -> str:
    """The file: levels from common to rare, stems in alphabetical order."""
    levels = defaultdict(list)
    for stem in sorted(set().union(*found)):
        rate = sum(each.get(stem, 0.0) for each in found) / len(found)
        levels[round(-math.log(rate) / STEP) * STEP].append(stem)
    return "".join(f"{level} {' '.join(levels[level])}\n" for level in sorted(levels))


def main() -> None:
    RARITY.write_text(table([rates(texts) for texts in corpora()]), encoding="utf-8")


if __name__ == "__main__":
    main()
