"""Papers by the thousand: real abstracts, and questions planted among them whose paper is known."""

import gzip
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.text.terms import STOP_WORDS
from eval.sets import CORPORA

SOURCE = CORPORA["acl"][0]
ABSENT = f"skipped: {SOURCE.name} is not in the data folder beside the checkout"


@dataclass(frozen=True)
class Planted:
    """A question made from words of one paper."""

    question: str
    record: str


def abstracts(count: int) -> list[dict[str, str]]:
    """``count`` records spread evenly over all that have an abstract. Raises OSError without the data."""
    with gzip.open(SOURCE, "rt", encoding="utf-8") as lines:
        records = [record for line in lines if (record := json.loads(line)).get("abstract")]
    step = len(records) / count
    return [records[int(i * step)] for i in range(min(count, len(records)))]


def written(records: Sequence[dict[str, str]], file: Path) -> Path:
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return file


def planted(records: Sequence[dict[str, str]], count: int) -> list[Planted]:
    """``count`` questions over papers spread evenly: by turns a title and the abstract's longest sentence, each
    without every other word that carries meaning, so that neither can be found by its wording alone."""
    step = len(records) / count
    chosen = [records[int(i * step)] for i in range(count)]
    return [
        Planted(_thinned(record["title"] if i % 2 else _longest_sentence(record["abstract"])), record["id"])
        for i, record in enumerate(chosen)
    ]


def _longest_sentence(text: str) -> str:
    return max(re.split(r"(?<=[.!?])\s+", text), key=len)


def _thinned(text: str) -> str:
    kept, content = [], 0
    for word in text.split():
        if word.lower().strip(".,:;()") not in STOP_WORDS:
            content += 1
            if content % 2 == 0:
                continue
        kept.append(word)
    return " ".join(kept)
