"""What a paper goes by."""

import pytest

from assistant.text.names import goes_by
from assistant.types import Paper, Source


@pytest.mark.parametrize(
    ("title", "word", "does"),
    [
        ("Flows with Trixi.jl", "trixi", True),
        ("Flows with Trixi.jl", "Trixi.jl", True),
        ("Flows with Trixi.jl", "flows", False),
        ("Flows with Trixi.jl", "trix", False),
        ("CWTM: Words", "cwtm", True),
        ("CWTM: Words", "c.tm", False),
    ],
)
def test_a_paper_goes_by_its_name_in_any_letters(title: str, word: str, does: bool) -> None:
    assert goes_by(Paper(title, 0, Source("a.txt", 0, 0), title, key="a2020Flows"), word) is does
