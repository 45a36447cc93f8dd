"""Headings of a typeset text."""

import pytest

from assistant.text.sections import section_headings


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("1. Introduction", "Introduction"),
        ("2.1 Dives at Night", "Dives at Night"),
        ("IV. RESULTS", "Results"),
        ("A Proofs of the Tides", "Proofs of the Tides"),
        ("RELATED WORK", "Related work"),
        ("Discussion", "Discussion"),
        ("Keywords", "Keywords"),
        ("Otters dive.", None),
        ("Otters", None),
        ("3.4 5.6 7.8", None),
        ("20. Figure 4", None),
        ("M V A P I C H", None),
        ("1. It is said that otters dive. They do.", None),
    ],
)
def test_what_is_a_heading(line: str, heading: str | None) -> None:
    text = f"Before it.\n\n{line}\n\nBehind it."
    assert section_headings(text) == ([(12, heading)] if heading else [])


def test_headings_stand_alone_and_come_in_order() -> None:
    text = "ABSTRACT\n\nOtters dive.\n\n1 Introduction\n\nMore.\n1 Introduction\nof it.\n\n2 End of it"
    assert section_headings(text) == [(0, "Abstract"), (24, "Introduction"), (69, "End of it")]
