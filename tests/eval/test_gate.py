"""The gate: what it lets through, what it does not, and what it then says."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval import gate
from eval.run import Run
from eval.scorers import Outcome
from tests.eval.test_statistics import outcome


def of(*values: float, name: str = "some sentence answers") -> Run:
    found: list[Outcome] = []
    for n, value in enumerate(values):
        found.append(
            replace(outcome(f"q{n}", 0), values={name: value, "seconds": value, "quotes exact": 1.0})
        )
    return Run("abstracts", "c0ffee", tuple(found))


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    gate.accept(of(*[1.0] * 40), tmp_path / "baseline.json")
    return tmp_path / "baseline.json"


def test_the_same_answers_pass_and_better_ones(baseline: Path) -> None:
    assert gate.failures(of(*[1.0] * 40), baseline) == []
    gate.accept(of(*[0.0] * 40), baseline)
    assert gate.failures(of(*[1.0] * 40), baseline) == []


def test_thirds_are_what_they_were(baseline: Path) -> None:
    gate.accept(of(*[2 / 3] * 40), baseline)
    assert gate.failures(of(*[2 / 3] * 40), baseline) == []


def test_a_fall_that_chance_explains_passes(baseline: Path) -> None:
    assert gate.failures(of(*[0.0] * 2, *[1.0] * 38), baseline) == []


def test_a_fall_beyond_chance_is_named_with_its_cases_and_the_way_on(baseline: Path) -> None:
    (said, way) = gate.failures(of(*[0.0] * 8, *[1.0] * 32), baseline)
    assert said.startswith("some sentence answers fell by 0.200, from 1.000 to 0.800 (n=40, 95 % interval 0.")
    assert "  - q0: q0?\n  - q1: q1?" in said and "q8" not in said
    assert "python -m eval gate --accept" in way


def test_a_rise_of_false_refusals_is_a_fall(baseline: Path) -> None:
    name = "refused, answerable"
    gate.accept(of(*[0.0] * 40, name=name), baseline)
    (said, _) = gate.failures(of(*[1.0] * 8, *[0.0] * 32, name=name), baseline)
    assert said.startswith("refused, answerable rose by 0.200, from 0.000 to 0.200")
    gate.accept(of(*[1.0] * 40, name=name), baseline)
    assert gate.failures(of(*[0.0] * 40, name=name), baseline) == []


def test_time_is_not_gated(baseline: Path) -> None:
    assert "seconds" not in baseline.read_text()


def test_one_quote_that_is_not_in_its_paper_fails(baseline: Path) -> None:
    run = of(*[1.0] * 40)
    bad = replace(run.outcomes[3], values={**run.outcomes[3].values, "quotes exact": 0.5})
    (said, _) = gate.failures(replace(run, outcomes=(*run.outcomes[:3], bad, *run.outcomes[4:])), baseline)
    assert said == "quotes are not in their papers in 1 cases: q3"


def test_a_suite_that_changed_needs_a_new_baseline(baseline: Path) -> None:
    (said, _) = gate.failures(of(*[1.0] * 39), baseline)
    assert said == "1 cases are in the suite or in the baseline alone: q39"


def test_without_a_baseline_it_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="make one: python -m eval gate --accept"):
        gate.failures(of(1.0), tmp_path / "none.json")
