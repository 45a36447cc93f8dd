"""What a language model is shown of a paper whose row it fills, and the labels of its claims."""

import pytest

from assistant.asking import Model, unpriced
from assistant.comparing import Comparer, labelled
from assistant.types import Hit, Order, Paper, Passage, Source
from assistant.verify.citations import Verifier
from tests.fakes import FakeCatalog, FakeModel, Unchecked, WordEmbedder

TEXT = "We propose a balance that weighs the pebbles of otters. The code is available at https://github.com/otter/scales"


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("method: a balance", "method", "a balance"),
        ("**Method**: a balance", "method", "a balance"),
        ('"training cost": 3 days', "training cost", "3 days"),
        ("training: 3 days", "training", "3 days"),
        ("a method: a balance", "", "a method: a balance"),
        ("method a balance", "", "method a balance"),
    ],
)
def test_a_claim_opens_with_its_label(text: str, label: str, rest: str) -> None:
    assert labelled(text, ("training", "method", "training cost")) == (label, rest)


def test_what_cells_are_read_off_is_shown_and_what_is_found_for_an_aspect_of_ones_own() -> None:
    paper = Paper(TEXT, 0, Source("f", 0, len(TEXT)), key="k")
    passage = Passage("p", "k", 0, 20, TEXT[:20])
    asked: list[tuple[str, str, int]] = []

    def looking(key: str, words: str, most: int) -> list[Hit]:
        asked.append((key, words, most))
        return [Hit(passage, 1.0, "words")]

    def shown(*aspects: str) -> list[str]:
        held, model = FakeCatalog([paper], [passage]), Model(FakeModel(), print, print, set(), unpriced)
        comparer = Comparer(held, WordEmbedder(), looking, model, Verifier(held, Unchecked(), Order()))
        return [each.text for each in comparer.shown("k", aspects)]

    first, second = TEXT.split(" The code")
    assert shown("code") == [first, f"The code{second}"] and not asked
    assert shown("weight of pebbles") == [first] and asked == [("k", "weight of pebbles", 3)]
