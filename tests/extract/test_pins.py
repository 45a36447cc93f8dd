"""What each question of the digests' development set comes to: answered from which papers, or not at all.

A weight, a threshold or a route that changes shows here as the questions that it changes. When the change is meant:
``PIN=1 .venv/bin/pytest tests/extract/test_pins.py`` writes pins.json anew; its diff belongs into the review.
"""

import json
import os
from pathlib import Path

from assistant import Library
from eval.sets import ROOT

PINS = Path(__file__).with_name("pins.json")


def come_to(library: Library) -> dict[str, list[str]]:
    """Question id → the keys of the papers cited, in order; none for an abstention."""
    lines = (ROOT / "questions" / "seeds-dev.jsonl").read_text(encoding="utf-8").splitlines()
    asked = {row["id"]: row["question"] for row in map(json.loads, lines)}
    answers = {name: library.ask(question) for name, question in asked.items()}
    return {
        name: list(dict.fromkeys(c.quote.paper for claim in answer.claims for c in claim.citations))
        for name, answer in answers.items()
    }


def test_questions_come_to_what_they_came_to(digests: Library) -> None:
    found = come_to(digests)
    if os.environ.get("PIN"):
        PINS.write_text("{\n" + ",\n".join(f' "{k}": {json.dumps(v)}' for k, v in found.items()) + "\n}\n")
    pinned = json.loads(PINS.read_text(encoding="utf-8"))
    assert {name: keys for name, keys in found.items() if keys != pinned[name]} == {}
    assert len(pinned) == 140 and 20 <= sum(not keys for keys in pinned.values()) <= 50
