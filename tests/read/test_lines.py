"""Rows that a fixed width has broken are one line again; others stay."""

import textwrap
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assistant.read.lines import lines

PROSE = "The quick brown fox jumps over the lazy dogs of the long coast and is happy about that. " * 6


def texts(page: str) -> list[str]:
    return [line.text for line in lines(page)]


def test_a_broken_paragraph_is_one_line() -> None:
    for width in (60, 72, 80, 100):
        assert texts(textwrap.fill(PROSE, width)) == [PROSE.strip()]
    assert texts(f"A title\n{textwrap.fill(PROSE)}\n\nAnother\n{textwrap.fill(PROSE)}") == [
        *("A title", PROSE.strip()),
        *("Another", PROSE.strip()),
    ]


def test_short_rows_stay() -> None:
    rows = ["A title of some length", "Anna Berg, Li Wei", "NeurIPS 2023"]
    assert texts("\n".join(rows)) == rows
    assert texts("\n".join(rows) + "\n\n" + "\n".join(reversed(rows))) == [*rows, *reversed(rows)]


def test_rulers_part_blocks_and_remarks_are_left_out() -> None:
    page = "One\n====\nTwo\n\n[A remark.]\nThree [with a note]"
    assert texts(page) == ["One", "Two", "Three [with a note]"]
    assert [line.block for line in lines(page)] == [0, 1, 2]


@given(st.text(alphabet="ab, .\n[]A19-=", max_size=300))
def test_lines_hold_every_letter_at_its_place(page: str) -> None:
    found = lines(page)
    assert all(before.end <= after.start for before, after in pairwise(found))
    for line in found:
        slice_ = page[line.start : line.end]
        assert [char for char in slice_ if char.isalnum()] == [char for char in line.text if char.isalnum()]


def test_a_long_text_takes_no_longer_than_it_should() -> None:
    assert len(lines(textwrap.fill(" ".join(f"{n} quick brown foxes" for n in range(50_000))))) == 1
    assert lines(textwrap.fill("Anna Berg, Li Wei, " * 20_000))
