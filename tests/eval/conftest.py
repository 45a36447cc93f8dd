"""A library of three papers of our own, and a suite over it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import Library
from eval.suite import Case, cases

OTTERS = """Otters at Sea

Otters dive deep in winter. They sort pebbles in 31 of 40 dives. The colour of a pebble plays no part. Gravel is lost to
the tide in autumn. We thank the harbour for its boats.
"""
BREAD = """Bread and Salt

Dough rises in nine hours at 20 degrees. Salt slows the yeast of the dough by a third. A crust forms at 180 degrees. We
thank the miller.
"""
ROWS: list[dict[str, Any]] = [
    {
        "id": "a", "split": "dev", "kind": "number", "question": "In how many dives do otters sort pebbles?",
        "papers": ["otters"], "facts": [["31 of 40"]], "gold": [["otters", "They sort pebbles in … of 40 dives."]],
        "relevant": [["otters", "The colour of a … plays no part."]],
    },
    {
        "id": "b", "kind": "why", "question": "What slows the yeast of dough?",
        "papers": ["bread"], "facts": [["Salt"]], "gold": [["bread", "Salt slows the yeast … by a third."]],
    },
    {
        "id": "c", "split": "test", "kind": "unanswerable", "question": "Who won the chess match in Reykjavik?",
        "papers": [], "facts": [], "gold": [], "why": "other-field",
    },
]  # fmt: skip


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("suite")
    for name, text in (("otters", OTTERS), ("bread", BREAD), ("long", f"Otters {'dive. ' * 500}gulls.")):
        (folder / f"{name}.txt").write_text(text)
    with Library.open(folder / "library", create=True) as library:
        library.add(folder.glob("*.txt"))
        yield library


@pytest.fixture
def written(shelf: Library, tmp_path: Path) -> Callable[..., list[Case]]:
    """Rows → the cases that they are, by way of the file s."""

    def write(*rows: object) -> list[Case]:
        (tmp_path / "s").write_text("".join(json.dumps(row) + "\n" for row in rows))
        return cases(tmp_path / "s", shelf)

    return write


@pytest.fixture
def asked(written: Callable[..., list[Case]]) -> list[Case]:
    return written(*ROWS)
