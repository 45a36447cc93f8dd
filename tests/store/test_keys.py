"""Keys: first author, year if stated, first content word of the title."""

import pytest

from assistant.store.keys import Known, base_key, is_of, successors, with_suffix
from assistant.types import Paper
from tests.store.samples import BEES, ICE, TIDES, paper


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (paper(TIDES, "Route Sparse Coasts", ["Shi, Wei", "Li, Sihang"]), "shiRoute"),
        (paper(TIDES, "Neuron-Level Editing", ["Jiang, Houcheng"]), "jiangNeuron"),
        (paper(TIDES, "On the Tides", ["Tao Liang"], year=2020), "liang2020Tides"),
        (paper(TIDES, "DEMO: Reframing Tides"), "demoReframing"),
        (paper(TIDES, "DEMO: Reframing Tides", year=2021), "demo2021Reframing"),
        (paper(TIDES, handle="LeZO"), "lezo"),
        (paper(TIDES, handle="HR-Bench"), "hrbench"),
        (paper(TIDES, handle="sharpness-aware minimization"), "sharpnessawareMinimization"),
        (paper(TIDES), "tidesDee"),
        (paper("?!"), "paper"),
        (paper(TIDES, "Tides", ["J. R. Smith Jr."]), "smithTides"),
        (paper(TIDES, "Tides", ["Smith J"]), "smithTides"),
        (paper(TIDES, "Tides", ["van der Berg, Anna"]), "vanderbergTides"),
        (paper(TIDES, "Tides", ["Ørsted, Søren"]), "orstedTides"),
        (paper(TIDES, "Tides", ["Jörg Müller-Weiß"]), "mullerweissTides"),
        (paper(TIDES, "The", ["Anna Berg"]), "berg"),
        (paper(TIDES, "潮汐" * 50, ["王伟"]), "王伟" + "潮汐" * 12),
        (paper(TIDES, "?", ["?"]), "tidesDee"),
    ],
)
def test_base_key(given: Paper, key: str) -> None:
    assert base_key(given) == key


def test_suffixes() -> None:
    names = [with_suffix("x", n) for n in (0, 1, 2, 26, 27, 52, 53, 702, 703)]
    assert names == ["x", "xa", "xb", "xz", "xaa", "xaz", "xba", "xzz", "xaaa"]


def known(given: Paper) -> Known:
    return Known(0, given.id, given.title, given.text)


def test_a_new_version_inherits_and_another_paper_does_not() -> None:
    tides, ice, bees = paper(TIDES, "Tides"), paper(ICE), paper(BEES, "Bees")
    leaving = [known(tides), known(ice), known(bees)]
    retitled, reworded, new = (
        paper(TIDES, "High tides"),
        paper(ICE + " So it is."),
        paper("Something else.", "Else"),
    )
    assert successors(leaving, [new, reworded, retitled]) == {reworded.id: ice.id, retitled.id: tides.id}
    assert successors(leaving, [paper("All new.", "Bees"), paper("Newer.", "Bees")]).popitem()[1] == bees.id
    assert successors([], [new]) == {}
    assert successors(leaving, []) == {}


def test_the_most_similar_inherits() -> None:
    one, two = paper(f"{TIDES} One more."), paper(f"{TIDES} One more. And two more words here.")
    newer = paper(two.text + " So.")
    assert successors([known(one), known(two)], [newer]) == {newer.id: two.id}


@pytest.mark.parametrize(
    ("key", "base", "expected"),
    [("a2020", "a2020", True), ("a2020b", "a2020", True), ("a2020B", "a2020", False), ("b", "a", False)],
)
def test_keys_of_one_base(key: str, base: str, expected: bool) -> None:
    assert is_of(key, base) is expected
