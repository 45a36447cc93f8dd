"""One table, one JSON document and one plot from the same measures."""

import json
from pathlib import Path

from eval.bench.measure import Measure
from eval.bench.report import Compared, Report

HERE: dict[str, str | int] = {
    "cpu": "Abacus 9", "cores": 2, "memory_gb": 24, "python": "3.11.7", "system": "Linux x86_64", "commit": "abc",
}  # fmt: skip
REPORT = Report(
    "2026-01-02",
    HERE,
    (
        Measure("ask, cold process", "s", (1.0, 1.2, 1.1), 1.5),
        Measure("speed", "×", (0.7,), 0.8, more_is_better=True),
        Measure("chat", "s", (0.25,)),
        Measure("PDFs", "", note="skipped: no data"),
    ),
    (Compared("disk", "kB/paper", 10.0, 1234.0),),
    1000,
)


def test_the_table_has_median_spread_and_budget() -> None:
    lines = REPORT.markdown().splitlines()
    assert "Abacus 9, 2 cores, 24 GB" in lines[2] and "commit abc" in lines[2]
    assert "| ask, cold process (s) | 1.1 | 3 | 1–1.2 | ≤ 1.5 | yes |" in lines
    assert "| speed (×) | 0.7 | 1 | 0.7–0.7 | ≥ 0.8 | **no** |" in lines
    assert "| chat (s) | 0.25 | 1 | 0.25–0.25 |  |  |" in lines
    assert "| PDFs | skipped: no data | | | | |" in lines
    assert "| disk (kB/paper) | 10 | 1,234 |" in lines
    assert any("1,000 abstracts" in line for line in lines)


def test_what_was_not_compared_is_not_shown() -> None:
    assert "llama-index" not in Report("2026-01-02", HERE, REPORT.measures).markdown()


def test_all_is_written_and_the_same_numbers_give_the_same_files(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        REPORT.write(tmp_path / folder)
    written = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert set(written) == {"bench.md", "bench.json", "bench.svg"}
    assert written == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    told = json.loads(written["bench.json"])
    assert told["machine"] == HERE and len(told["measures"]) == 4
    assert told["plain_alternative"]["compared"][0]["plain"] == 1234.0
    assert written["bench.svg"].startswith(b"<?xml")
