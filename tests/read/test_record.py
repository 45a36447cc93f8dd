"""What a source says of a paper, field by field → the paper."""

import pytest

from assistant.read.record import Block, Record, abstract_first, paper_of, year_in


def test_blocks_become_one_text_with_its_parts() -> None:
    blocks = (
        Block("Aims", "heading"),
        Block("We  count\notters."),
        Block(""),
        Block("Day | 1", "row"),
        Block("Night | 2", "row"),
        Block("x  =  1\n  y", "listing"),
        Block("Row | 3", "row"),
    )
    paper = paper_of(Record(3, 9, "Otters", ("Berg, A.", "Li, B."), "Short.", blocks), "f")
    body = "Short.\n\nAims\n\nWe count otters.\n\nDay | 1\nNight | 2\n\nx = 1\ny\n\nRow | 3"
    assert paper.text == f"Otters\nBerg, A.; Li, B.\n\n{body}" and paper.text[paper.body :] == body
    assert (paper.abstract, paper.handle, paper.source.start, paper.source.end) == ("Short.", None, 3, 9)
    assert [(part.kind, paper.text[part.start : part.end], part.page) for part in paper.parts] == [
        ("heading", "Aims", 0), ("row", "Day | 1", 0), ("row", "Night | 2", 0), ("listing", "x = 1\ny", 0),
        ("row", "Row | 3", 0),
    ]  # fmt: skip


def test_of_the_blocks_the_first_may_be_the_abstract() -> None:
    blocks = (Block("One."), Block("Two."), Block("Three."))
    assert paper_of(Record(0, 1, blocks=blocks, opening=2), "f").abstract == "One.\n\nTwo."
    assert paper_of(Record(0, 1, blocks=blocks), "f").abstract is None


def test_without_a_title_the_text_may_name_itself() -> None:
    text = "We propose a method named OtterNet. It counts."
    assert paper_of(Record(0, 1, abstract=text), "f").handle == "OtterNet"
    assert paper_of(Record(0, 1, "T", abstract=text), "f").handle is None


def test_the_abstract_under_its_heading_goes_first() -> None:
    top, head, one, two = (
        Block("Preprint."),
        Block("ABSTRACT.", "heading"),
        Block("One."),
        Block("T | 1", "row"),
    )
    aims, more = Block("Aims", "heading"), Block("More.")
    assert abstract_first([top, head, one, two, aims, more]) == ((one, two, top, aims, more), 2)
    assert abstract_first([head, one]) == ((one,), 1)
    for other in ([top, Block("Abstract"), one], [aims, more], [Block("Abstract thought", "heading"), one]):
        assert abstract_first(other) == (tuple(other), 0)
    far = [more] * 12
    assert abstract_first([*far[:11], head, one])[1] == 1 and abstract_first([*far, head, one])[1] == 0


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2019-05", 2019),
        ("May 1687", 1687),
        ("12019", None),
        ("20195", None),
        ("in press", None),
        ("1450", None),
        ("2019a", 2019),
    ],
)
def test_years(text: str, year: int | None) -> None:
    assert year_in(text) == year
