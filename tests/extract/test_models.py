"""The four logistic models: what they compute, and that their weights fit the features they are given."""

import numpy as np
import pytest

from assistant.extract.features import ANSWER_FEATURES, SENTENCE_FEATURES
from assistant.extract.lists import LIST_FEATURES
from assistant.extract.models import Judge, judge


@pytest.mark.parametrize(
    ("name", "features"),
    [
        ("sentence", SENTENCE_FEATURES),
        ("answer", ANSWER_FEATURES),
        ("answer_long", ANSWER_FEATURES),
        ("listed", LIST_FEATURES),
    ],
)
def test_the_stored_weights_are_those_of_the_features_in_their_order(
    name: str, features: tuple[str, ...]
) -> None:
    stored = judge(name)
    assert tuple(stored.features) == features
    assert 0 < stored.threshold < 1 and (stored.scale > 0).all()
    assert stored.mean.shape == stored.scale.shape == stored.weights.shape == (len(features),)
    assert np.isfinite(stored.weights).all() and np.isfinite(stored.mean).all()


def test_a_probability_is_the_logistic_of_the_weighted_standardised_features() -> None:
    model = Judge(
        ("a", "b"), np.array([1.0, 0.0]), np.array([2.0, 1.0]), np.array([1.0, -3.0]), bias=0.5, threshold=0.5
    )
    rows = np.array([[1.0, 0.0], [5.0, 0.0], [1.0, 1.0]])
    assert model.logits(rows) == pytest.approx([0.5, 2.5, -2.5])
    assert model.probabilities(rows) == pytest.approx(1 / (1 + np.exp([-0.5, -2.5, 2.5])))


def test_a_model_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        judge("nothing")
