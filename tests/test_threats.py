"""docs/threats.md: each threat names a test, and each test that it names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")


def test_each_threat_has_a_test_that_is_there() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 15
    for row in rows:
        if set(row) <= set("|- "):
            continue
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", row.split("|")[3])
        assert named, row
        for file, test in named:
            source = (ROOT / file).read_text(encoding="utf-8")
            assert re.search(rf"^def {test or 'test_'}", source, re.MULTILINE), f"{file}::{test}"
