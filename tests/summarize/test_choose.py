"""What a summary is made of: nothing twice, and what stands by itself before what goes on from another sentence."""

import numpy as np
import pytest

from assistant.summarize.choose import chosen
from assistant.summarize.pieces import Piece, _worth
from assistant.summarize.wanted import Wanted
from assistant.text.roles import Rhetoric
from assistant.types import Sentence


def piece(number: int, cosine: float, worth: float) -> Piece:
    """``cosine``: to the first axis."""
    said = Sentence("k", number, 0, 1, f"Otters keep {number} pebbles.")
    vector = np.array([cosine, (1 - cosine**2) ** 0.5], dtype=np.float32)
    return Piece((said,), "result", {"result": worth}, vector)


@pytest.mark.parametrize(("cosine", "taken"), [(0.89, [0, 1]), (0.99, [0, 2])])
def test_what_says_the_same_again_gives_way(cosine: float, taken: list[int]) -> None:
    given = [piece(0, 1.0, 1.0), piece(1, cosine, 0.9), piece(2, 0.0, 0.4)]
    assert [each.meant.number for each in chosen(given, Wanted(None, 2))] == taken


@pytest.mark.parametrize(
    ("opening", "zone", "share"),
    [("Finally, otters", "result", 0.6), ("Otters", "result", 1.0), ("Finally, otters", "abstract", 1.0)],
)
def test_what_goes_on_from_another_sentence_is_worth_less(opening: str, zone: str, share: float) -> None:
    told = Rhetoric("result", {"result": 3.0}, zone, True)
    whole = _worth(Sentence("k", 0, 0, 1, "Otters dive."), told, 0.5)["result"]
    assert _worth(Sentence("k", 0, 0, 1, f"{opening} dive."), told, 0.5)["result"] == pytest.approx(
        share * whole
    )
