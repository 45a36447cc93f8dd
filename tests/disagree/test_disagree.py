"""A library's papers → pairs with verified quotes, none of one paper, the surest first."""

import numpy as np
import pytest

from assistant.disagree import disagreements
from assistant.disagree.find import nearest
from assistant.disagree.pairs import LEAST, NEAREST, near_pairs
from assistant.types import Paper, Passage, Source
from tests.fakes import FakeCatalog

RAISES, LOWERS = "Salt raises the buoyancy of river otters.", "Salt lowers the buoyancy of river otters."


def catalog(*texts: str) -> FakeCatalog:
    papers = [Paper(text, 0, Source(f"{n}.txt", 0, len(text)), key=f"k{n}") for n, text in enumerate(texts)]
    return FakeCatalog(
        papers, [Passage(f"p{n}", f"k{n}", 0, len(text), text) for n, text in enumerate(texts)]
    )


def test_a_pair_is_two_verified_quotes_of_two_papers() -> None:
    held = catalog(f"Otters live in rivers of the north. {RAISES}", LOWERS, "Otters sort pebbles in rivers.")
    seen: list[tuple[str, int, int]] = []
    found = disagreements(["k0", "k1", "k2"], held, lambda *told: seen.append(told))
    (pair,) = found.pairs
    assert [side.quote.text for side in pair.sides] == [RAISES, LOWERS]
    assert all(
        held.paper(s.quote.paper).text[s.quote.start : s.quote.end] == s.quote.text for s in pair.sides
    )
    assert [(each.marker, each.paper.key) for each in found.references] == [(1, "k0"), (2, "k1")]
    assert [side.marker for side in pair.sides] == [1, 2]
    assert pair.kind == "direction" and 0.5 < pair.score <= 1
    assert (found.papers, found.sentences) == (3, 3)
    assert seen[:3] == [("k0", 0, 3), ("k1", 1, 3), ("k2", 2, 3)] and len(seen) > 3


def test_the_nearest_pairs_come_first_whatever_they_say() -> None:
    held = catalog(
        RAISES, "Salt lifts the buoyancy of river otters.", "Salt raises the buoyancy of river otters much."
    )
    near, compared = nearest(["k0", "k1", "k2"], held, 2)
    assert compared == 3 and len(near) == 2
    cosines = [cosine for _, _, cosine in near]
    ((first, second, most),) = nearest(["k0", "k1", "k2"], held, 1)[0]
    assert most == max(cosines) > min(cosines) and {first.paper, second.paper} == {"k0", "k2"}
    assert nearest([], held, 2) == ([], 0)


def test_a_paper_does_not_disagree_with_itself() -> None:
    assert not disagreements(["k0", "k1"], catalog(f"{RAISES} {LOWERS}", "Otters sleep.")).pairs


def test_nothing_stated_is_nothing_found() -> None:
    found = disagreements(["k0", "k1"], catalog("Otters sleep.", "Beavers sleep."))
    assert not found.pairs and found.sentences == 0


def test_what_a_paper_tells_of_before_it_is_not_its_finding() -> None:
    known = f"It has been widely known for decades in the north that {RAISES.lower()}"
    assert disagreements(["k0", "k1"], catalog(f"{known} {RAISES}", LOWERS)).sentences == 2
    assert disagreements(["k0", "k1"], catalog(known, LOWERS)).sentences == 1


def test_the_nearest_of_other_papers_each_pair_once() -> None:
    near = np.array([[1, 0], [1, 0], [0.8, 0.6], [0, 1]], np.float32)
    assert sorted(near_pairs(near, [0, 1, 2, 3])) == [(0, 1), (0, 2), (1, 2), (2, 3)]
    assert sorted(near_pairs(near, [0, 0, 1, 1])) == [(0, 2), (1, 2)]


def test_what_is_farther_than_the_least_is_no_pair() -> None:
    def apart(cosine: float) -> list[tuple[int, int]]:
        return list(near_pairs(np.array([[1, 0], [cosine, (1 - cosine**2) ** 0.5]], np.float32), [0, 1]))

    assert apart(LEAST + 0.01) == [(0, 1)] and apart(LEAST - 0.01) == []


def test_only_the_nearest_of_those_that_ask_are_looked_for() -> None:
    same = np.ones((3, 1), np.float32)
    assert sorted(near_pairs(same, range(3), [1])) == [(0, 1), (1, 2)]
    assert list(near_pairs(same, range(3), [])) == []


def test_what_says_no_direction_may_be_denied() -> None:
    held = catalog("Otters recognise their pups by smell.", "Otters do not recognise their pups by smell.")
    assert [pair.kind for pair in disagreements(["k0", "k1"], held).pairs] == ["conclusion"]


def test_each_is_held_against_a_few() -> None:
    same = np.ones((40, 1), np.float32)
    assert len(list(near_pairs(same, range(40)))) <= 40 * NEAREST


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.random.default_rng(3).normal(size=(30, 4)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    whole = sorted(near_pairs(rows, range(30)))
    monkeypatch.setattr("assistant.disagree.pairs._BLOCK", 7)
    assert sorted(near_pairs(rows, range(30))) == whole
