"""The commands around a run: comparing, showing, the bar."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from eval import commands, gate, run
from eval.__main__ import COMMANDS, main
from tests.eval.test_gate import of
from tests.eval.test_report import run as made


def called(monkeypatch: pytest.MonkeyPatch, *words: object) -> None:
    monkeypatch.setattr(sys, "argv", ["eval", *map(str, words)])
    main()


def test_each_command_is_there_once() -> None:
    names = [command.name for command in COMMANDS]
    assert len(set(names)) == len(names) >= 15 and all(command.help for command in COMMANDS)


def test_two_results_are_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = run.save(made(), tmp_path)
    called(monkeypatch, "compare", path, path)
    assert "better 0, worse 0" in capsys.readouterr().out
    other = run.save(of(1.0), tmp_path)
    with pytest.raises(SystemExit, match=r"is of seeds, .* of abstracts; they share no case"):
        called(monkeypatch, "compare", path, other)
    around = run.save(replace(made(), suite="seeds-1000-dev"), tmp_path)
    called(monkeypatch, "compare", path, around)
    assert "better 0, worse 0" in capsys.readouterr().out
    with pytest.raises(SystemExit, match=r"none\.json"):
        called(monkeypatch, "compare", path, tmp_path / "none.json")


def test_a_result_is_made_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = run.save(made(), tmp_path)
    called(monkeypatch, "report", path)
    assert "Failures, of dev" in path.with_suffix(".html").read_text()
    called(monkeypatch, "report", path, "--out", tmp_path / "x.html")
    assert (tmp_path / "x.html").read_text() == path.with_suffix(".html").read_text()


def test_a_source_in_another_form_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "s.json").write_text("[]")
    with pytest.raises(SystemExit, match=r"s.json is not in the form of squad"):
        called(monkeypatch, "adapt", "squad", tmp_path / "s.json", "--out", tmp_path / "out")


def test_the_bar_is_for_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands._bar("seeds")(1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    bar = commands._bar("seeds")
    bar(1, 2)
    bar(2, 2)
    said = capsys.readouterr().err
    assert f"[{'#' * 15}{' ' * 15}] 1/2" in said and f"[{'#' * 30}] 2/2" in said and said.endswith("\n")


def test_the_committed_baseline_is_of_the_suite() -> None:
    """No quote of a paper, and the cases that the gate will ask."""
    known = json.loads(gate.BASELINE.read_text())
    rows = (run.ROOT / "suites" / f"{gate.SUITE}.jsonl").read_text().splitlines()
    assert known["values"].keys() == {json.loads(row)["id"] for row in rows}
    assert {name for of in known["values"].values() for name in of} == set(gate.GATED)
