"""The logistic fit and its measures."""

import numpy as np
import pytest

from eval.train import auc, crossed, fit, scores


def blobs(n: int, apart: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    labels = np.repeat([0.0, 1.0], n)
    rows = random.normal(size=(2 * n, 3))
    rows[:, 1] = 10 + 5 * (rows[:, 1] + apart * labels)
    return rows, labels


def test_a_fit_separates_what_is_apart_by_the_feature_that_tells() -> None:
    rows, labels = blobs(200, 4.0)
    model = fit(rows, labels, 1.0, balanced=False)
    assert auc(labels, scores(model, rows)) > 0.99
    assert np.abs(model[2]).argmax() == 1
    assert ((scores(model, rows) > 0.5) == (labels > 0)).mean() > 0.95


def test_a_greater_penalty_makes_smaller_weights() -> None:
    rows, labels = blobs(50, 2.0)
    small, great = (np.abs(fit(rows, labels, penalty, False)[2]).sum() for penalty in (0.1, 100.0))
    assert great < small / 2


def test_balanced_classes_count_the_same() -> None:
    rows, labels = blobs(200, 0.0)
    kept = np.r_[0:200, 200:220]
    rare, even = (scores(fit(rows[kept], labels[kept], 1.0, b), rows[kept]).mean() for b in (False, True))
    assert rare == pytest.approx(20 / 220, abs=0.02) and even == pytest.approx(0.5, abs=0.1)


def test_a_constant_feature_does_no_harm() -> None:
    rows, labels = blobs(50, 3.0)
    rows[:, 0] = 7.0
    model = fit(rows, labels, 1.0, True)
    assert np.isfinite(scores(model, rows)).all() and model[2][0] == pytest.approx(0)


@pytest.mark.parametrize(
    ("labels", "values", "expected"),
    [
        ([0, 0, 1, 1], [1, 2, 3, 4], 1.0),
        ([1, 1, 0, 0], [1, 2, 3, 4], 0.0),
        ([0, 1, 0, 1], [1, 2, 3, 4], 0.75),
    ],
)
def test_auc(labels: list[int], values: list[float], expected: float) -> None:
    assert auc(np.array(labels), np.array(values)) == expected


def test_auc_of_one_class_is_not_a_number() -> None:
    assert np.isnan(auc(np.array([1, 1]), np.array([0.1, 0.2])))


def test_a_set_is_never_scored_by_a_model_that_saw_its_papers() -> None:
    one, other = blobs(50, 4.0), blobs(50, -4.0, seed=1)
    held = crossed({"digests-dev": [one], "seeds-dev": [one], "acl-a": [other]}, 1.0, True)
    assert auc(one[1], held["seeds-dev"][0]) < 0.1  # it saw acl-a alone, where the feature means the opposite
    assert auc(other[1], held["acl-a"][0]) < 0.1
