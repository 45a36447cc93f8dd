"""The plain alternative is a fair one: it finds what it was given."""

from pathlib import Path

from eval.bench.plain import run

RECORDS = [
    {"id": "a", "title": "Otters", "abstract": "Otters sort pebbles by weight before they crack a shell."},
    {"id": "b", "title": "Tides", "abstract": "The tides of the Dee are measured by gauges along the coast."},
]


def test_it_indexes_and_finds(tmp_path: Path) -> None:
    outcome = run(RECORDS, ["How do otters crack shells?", "gauges of the tides"], tmp_path / "plain")
    assert [found[0] for found in outcome.found] == ["a", "b"]
    assert len(outcome.asking) == 2 and outcome.seconds > 0
    assert (tmp_path / "plain" / "chroma.sqlite3").exists()
