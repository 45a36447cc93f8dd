"""Medians against budgets, and what a process took."""

import subprocess
import sys

import pytest

from eval.bench.measure import Measure, apart, machine, ran


@pytest.mark.parametrize(
    ("values", "budget", "more_is_better", "load"),
    [
        ((1.0, 2.0, 9.0), 2.0, False, 1.0),
        ((3.0,), 2.0, False, 1.5),
        ((50.0,), 100.0, True, 2.0),
        ((200.0, 400.0), 100.0, True, 1 / 3),
        ((1.0,), None, False, None),
        ((), 2.0, False, None),
    ],
)
def test_load_is_the_share_of_the_budget(
    values: tuple[float, ...], budget: float | None, more_is_better: bool, load: float | None
) -> None:
    assert Measure("x", "s", values, budget, more_is_better).load == (load and pytest.approx(load))


def test_as_json_a_measure_tells_its_spread_and_whether_it_meets_its_budget() -> None:
    told = Measure("ask", "s", (3.0, 1.0, 2.0), 1.5).as_dict()
    assert {name: told[name] for name in ("median", "n", "min", "max", "budget", "met")} == {
        "median": 2.0, "n": 3, "min": 1.0, "max": 3.0, "budget": 1.5, "met": False,
    }  # fmt: skip
    assert Measure("ask", "s", (1.0,), 1.5).as_dict()["met"] is True
    assert Measure("ask", "s", (1.0,)).as_dict()["met"] is None
    skipped = Measure("papers", "", note="skipped: no data").as_dict()
    assert "median" not in skipped and skipped["note"] == "skipped: no data"


def test_a_process_gives_its_output_and_memory() -> None:
    run = ran([sys.executable, "-c", "x = bytearray(200_000_000); print('done')"])
    assert run.output == b"done\n"
    assert run.megabytes >= 200


def test_a_process_that_fails_is_an_error_unless_its_code_is_allowed() -> None:
    fails = [sys.executable, "-c", "raise SystemExit(3)"]
    with pytest.raises(subprocess.CalledProcessError):
        ran(fails)
    assert ran(fails, allowed=(0, 3)).output == b""


def test_work_apart_returns_its_result_from_another_process() -> None:
    total, megabytes = apart(sum, [1, 2, 3])
    assert total == 6 and megabytes > 1
    own, _ = apart(eval, "__import__('sys').modules.get('pytest') is None")
    assert own, "a fresh process has nothing of this one"


def test_the_machine_is_named() -> None:
    here = machine()
    assert all(here[name] for name in ("cpu", "cores", "memory_gb", "python", "system", "commit"))
