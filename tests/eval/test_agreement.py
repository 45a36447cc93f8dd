"""How the checker's agreement with people is counted."""

import json
from pathlib import Path

import numpy as np
import pytest

from eval.agreement import agreement, auc, macro_f1, measured, read

QUOTE = "Otters kept the heaviest pebble in 31 of 40 dives."


def line(claim: str, label: str, references: object = (QUOTE,)) -> str:
    return json.dumps({"question": "", "claim": claim, "references": references, "attribution_label": label})


def judgements(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "judged.jsonl"
    path.write_text("\n".join(lines))
    return path


def test_the_offline_checker_is_compared(tmp_path: Path) -> None:
    path = judgements(
        tmp_path, line(QUOTE, "attributable"), "", line("Volcanoes erupt.", "not attributable", [])
    )
    (found,) = agreement(read(path))
    assert found.as_dict() == {
        "judge": "offline",
        "n": 2,
        "macro_f1": 1.0,
        "macro_f1_interval": [0.5, 1.0],
        "auc": 1.0,
        "confusion": {"attributable": {"attributable": 1}, "not attributable": {"not attributable": 1}},
    }
    assert "macro-F1 1.000" in found.line() and "n=2" in found.line()


def test_three_labels_are_compared_as_three(tmp_path: Path) -> None:
    rows = [line(QUOTE, "SUPPORT", QUOTE), line("Volcanoes erupt.", "NOT ENOUGH INFO")]
    (found,) = agreement(read(judgements(tmp_path, *rows)))
    assert found.confusion == {"attributable": {"attributable": 1}, "neither": {"neither": 1}}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no judgements"),
        ("{", "line 1"),
        ("[]", "line 1"),
        ('{"claim": "x"}', "line 1"),
        (line("x", "perhaps"), "perhaps"),
    ],
)
def test_what_is_no_judgement_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read(judgements(tmp_path, text))


def test_macro_f1_is_the_mean_of_the_classes() -> None:
    true, said = np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1])
    assert macro_f1(true, said, [0, 1]) == pytest.approx((0.8 + 2 / 3) / 2)


def test_auc_counts_ties_half() -> None:
    assert auc(np.array([True, True, False]), np.array([0.9, 0.5, 0.5])) == 0.75
    assert auc(np.array([True]), np.array([0.9])) is None


def test_the_interval_holds_the_figure() -> None:
    labels, said = ["attributable", "not attributable"] * 20, ["attributable"] * 40
    found = measured("x", labels, said, np.zeros(40))
    assert found.interval[0] <= found.macro_f1 <= found.interval[1] and found.auc == 0.5
