"""Intervals, two runs beside each other, and what the curves are drawn from."""

from dataclasses import replace

import pytest

from eval import tables
from eval.scorers import Outcome
from eval.statistics import differences, interval, measures, reliability, trade_off, valued, visible
from eval.suite import Case
from eval.told import Said, Told


def outcome(
    id: str, value: float, split: str = "dev", group: str = "", chance: float | None = None
) -> Outcome:
    case = Case(id, split, "fact", f"{id}?", ("p",), (), (), group=group)
    shown = (Said("A sentence.", "supported", 1.0, True, ()),)
    return Outcome(case, Told(id, "answered", shown, chance=chance), {"some sentence answers": value})


def refused(id: str, is_right: bool, chance: float | None = None) -> Outcome:
    case = Case(id, "dev", "unanswerable", f"{id}?", (), (), (), why="swapped")
    told = Told(id, "abstained" if is_right else "answered", (), chance=chance)
    return Outcome(case, told, {"refused, unanswerable": float(is_right)})


def test_two_runs_beside_each_other() -> None:
    before = [outcome("a", 0), outcome("b", 1), outcome("t", 1, "test")]
    after = [outcome("a", 1), outcome("b", 1), outcome("t", 0, "test"), outcome("c", 1)]
    first, _, *flips = tables.compared(before, after).splitlines()
    assert "+0.000" in first and "better 1, worse 1, n=3" in first
    assert flips == [
        "+ a: a?",
        "1 cases are in one of the two runs alone",
    ]  # of the test half no case is named


def test_a_case_that_was_asked_otherwise_is_another() -> None:
    same, before = outcome("a", 0), outcome("b", 0)
    after = replace(before, case=replace(before.case, question="b, and why?"), values=outcome("b", 1).values)
    first, _, *flips = tables.compared([same, before], [same, after]).splitlines()
    assert "better 0, worse 0, n=1" in first and flips == ["2 cases are in one of the two runs alone"]
    assert tables.shared([before], [after]) == set()


def test_refusals_that_flipped_are_named() -> None:
    said = tables.compared([refused("u", True)], [refused("u", False)])
    assert "- u: u?" in said.splitlines()


def test_an_interval_holds_the_mean_and_narrows_with_n() -> None:
    few, many = interval([0, 1] * 5), interval([0, 1] * 500)
    assert few[0] < many[0] < 0.5 < many[1] < few[1]
    two_errors_to_each_side = 4 * 0.5 / 1000**0.5
    assert many[1] - many[0] == pytest.approx(two_errors_to_each_side, rel=0.1)


def test_a_fall_is_one_that_chance_does_not_explain() -> None:
    """Four cases that fell and none that rose; three may be chance."""
    before = valued([outcome(str(n), 1) for n in range(100)])
    for worse, is_fall in ((3, False), (5, True)):
        (found,) = differences(before, valued([outcome(str(n), float(n >= worse)) for n in range(100)]))
        assert found.is_fall is is_fall and len(found.worse) == worse and found.better == ()


def test_what_can_be_seen_shrinks_with_n_and_grows_with_flips() -> None:
    assert visible(100) == pytest.approx(2.8 * (0.1 / 100) ** 0.5)
    assert visible(400) == pytest.approx(visible(100) / 2)
    assert visible(100, 0.4) == pytest.approx(2 * visible(100))
    assert visible(0) == 1
    (found,) = differences(
        valued([outcome("a", 0), outcome("b", 0)]), valued([outcome("a", 1), outcome("b", 0)])
    )
    assert found.visible == pytest.approx(visible(2, 0.5))


def test_wordings_of_one_question_agree_or_not() -> None:
    group = [
        outcome("a", 1, group="g"),
        outcome("b", 1, group="g"),
        outcome("c", 0, group="g"),
        outcome("d", 0),
    ]
    assert measures(group)["wordings of one question agree"] == [pytest.approx(2 / 3)]
    assert "wordings of one question agree" not in measures(group[2:])


def test_reliability_is_of_answers_that_have_a_chance() -> None:
    found = [outcome(str(n), float(n >= 5), chance=n / 10) for n in range(10)]
    low, high = reliability([*found, outcome("x", 1), refused("u", True, 0.5)], bins=2)
    assert low == (pytest.approx(0.2), 0.0, 5) and high == (pytest.approx(0.7), 1.0, 5)
    assert reliability([outcome("x", 1)]) == []


def test_refusing_below_a_chance_costs_and_gains() -> None:
    found = [
        outcome("a", 1, chance=0.9),
        outcome("b", 1, chance=0.3),
        refused("u", True, 0.1),
        refused("v", True),
    ]
    curve = {round(line, 2): (own, other) for line, own, other in trade_off(found)}
    assert curve[0.0] == (0, 0) and curve[0.2] == (0, 1) and curve[0.5] == (0.5, 1) and curve[1.01] == (1, 1)
    assert trade_off([outcome("a", 1), refused("u", True)]) == []


def test_the_table_counts_refusals_by_kind() -> None:
    said = tables.table([outcome("a", 1), refused("u", True), refused("v", False)])
    row = next(line for line in said.splitlines() if line.startswith("swapped"))
    assert row.split() == ["swapped", "1", "0", "1", "0"]
    assert "1.000 [1.000, 1.000] n=1" in said
