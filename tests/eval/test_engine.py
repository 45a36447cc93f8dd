"""Known text set by TeX: what it writes needs no engine; whether a class is set as it says does."""

from pathlib import Path

import pytest

from assistant.read import read
from eval.engine import CLASSES, Class, Engine, absent
from eval.press import Known


def known() -> Known:
    return Known("Perch of Deep Lakes & Ponds", ("Ada Winter", "Bo Summer"), "We count perch. They are many.")


def test_a_sentence_over_a_break_ends_elsewhere_or_higher_up() -> None:
    engine = Engine(CLASSES[0])
    engine.paragraph(
        "It stays. It goes to the next page. It goes to the next column. It stays, too.", known()
    )
    places = ["0 a 1 900000", "0 b 1 900000", "1 a 1 800000", "1 b 2 9000000", "2 a 2 100000", "2 b 2 9000000",
              "3 a 2 9000000", "3 b 2 8000000"]  # fmt: skip
    assert engine._over(places) == {"It goes to the next page.", "It goes to the next column."}


@pytest.mark.skipif(bool(absent()), reason="no TeX engine with the classes")
@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.name)
def test_a_class_is_set(kind: Class) -> None:
    said, engine = known(), Engine(kind)
    engine.front(said, "")
    engine.heading(0, "Perch", said)
    engine.paragraph(
        "In 100% of lakes_1 {a} \\ ~ ^ perch # live. " + "They are counted by boat in June. " * 90, said
    )
    engine.footnote(1, "By hand.")
    engine.caption("Figure 1: Perch by depth.", said)
    (paper,) = read(engine.saved(said), Path("a.pdf"))
    assert paper.title == said.title and "In 100% of lakes_1 {a} \\ ~ ^ perch # live. They" in paper.text
