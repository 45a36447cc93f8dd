"""What a summary is made of: nothing twice, and what stands by itself before what goes on from another sentence."""

import numpy as np
import pytest

from assistant.summarize.choose import chosen
from assistant.summarize.pieces import Piece, _worth, pieces
from assistant.summarize.wanted import Wanted
from assistant.text.roles import Rhetoric
from assistant.types import Paper, Part, Sentence, Source
from tests.fakes import FakeCatalog, WordEmbedder


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
    ("second", "taken"), [("28 of 54", [0, 2]), ("28 of 55", [0, 1]), ("2 of 5", [0, 1])]
)
def test_the_same_two_figures_say_the_same_result(second: str, taken: list[int]) -> None:
    said = [
        Sentence("k", n, 0, 1, f"Otters {text}.") for n, text in enumerate(("54 and 28, 2, 5", second, ""))
    ]
    worths = (1.0, 0.9, 0.4)
    given = [
        Piece((each,), "result", {"result": worth}, np.eye(3, dtype=np.float32)[n])
        for n, (each, worth) in enumerate(zip(said, worths, strict=True))
    ]
    assert [each.meant.number for each in chosen(given, Wanted(None, 2))] == taken


def worth(text: str, zone: str = "result", has_body: bool = True, **weights: float) -> dict[str, float]:
    given = weights or {"result": 1.5}
    return _worth(Sentence("k", 0, 0, 1, text), Rhetoric("result", given, zone, True), 0.5, has_body)


@pytest.mark.parametrize(
    ("opening", "zone", "share"),
    [
        ("Finally, otters", "result", 0.6),
        ("Often otters", "result", 1.0),
        ("Finally, otters", "abstract", 1.0),
    ],
)
def test_what_goes_on_from_another_sentence_is_worth_less(opening: str, zone: str, share: float) -> None:
    whole = worth("Some otters dive.", zone)["result"]
    assert worth(f"{opening} dive.", zone)["result"] == pytest.approx(share * whole)


def test_a_short_sentence_says_less() -> None:
    assert worth("Otters " * 4)["result"] == pytest.approx(worth("Otters " * 16)["result"] / 2)
    assert worth("Otters " * 30) == worth("Otters " * 16)


def test_a_result_is_worth_more_for_each_of_three_figures() -> None:
    none, *more = (worth(text) for text in ("Otters a b c.", "Otters a b 4.", "A 12 b 4.", "7 12 9 4."))
    assert [each["result"] / none["result"] for each in more] == pytest.approx([1.1, 1.2, 1.3])
    assert worth("Otters a b 4.", method=1.5) == worth("Otters a b c.", method=1.5)


def test_an_abstract_says_the_point_of_a_paper_that_has_more() -> None:
    alone, before = (worth("Otters dive.", "abstract", has_body)["result"] for has_body in (False, True))
    assert before == pytest.approx(alone * (1.5 + 0.6) / 1.5)
    assert worth("Otters dive.", has_body=True) == worth("Otters dive.", has_body=False)


def test_whether_a_paper_has_a_body_is_seen_by_its_headings() -> None:
    """Its abstract's sentences are worth more before one."""
    said = "We propose a balance that weighs the pebbles of otters while they hold them by the river."
    worths = []
    for text in (said, f"Abstract\n\n{said}\n\n1 Results\n\n{said}\n\n{said}\n\n{said}"):
        parts = tuple(
            Part(text.index(name), text.index(name) + len(name), "heading", 1)
            for name in ("Abstract", "1 Results")
            if name in text
        )
        paper = Paper(text, 0, Source("f", 0, len(text)), key="k", parts=parts)
        worths.append(pieces("k", FakeCatalog([paper]), WordEmbedder())[0].worth["method"])
    alone, before = worths
    assert before > alone
