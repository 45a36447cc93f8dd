"""Text and Markdown files: one paper each, or refused. Pages of many papers are in test_listing.py."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ReadError, UnknownKind
from assistant.read import read
from assistant.split import sentences
from assistant.types import Paper

BODY = "Coasts are long. We measure them with gauges, e.g. at Dee. It takes 3.5 days."


def one(text: str) -> Paper:
    (paper,) = read(text.encode(), Path("a.md"))
    return paper


@pytest.mark.parametrize(
    ("text", "title", "authors"),
    [
        (f"Coasts of Europe\n\n{BODY}", "Coasts of Europe", ()),
        (f"# Coasts of Europe #\n\n{BODY}", "Coasts of Europe", ()),
        (f"## Coasts\n{BODY}", "Coasts", ()),
        (f"Coasts of Europe\nAnna Berg and Li Wei\n\n{BODY}", "Coasts of Europe", ("Anna Berg", "Li Wei")),
        (f"Coasts of Europe\n================\n\n{BODY}", "Coasts of Europe", ()),
        (f"[A draft, not the paper.]\n\nCoasts of Europe\n\n{BODY}", "Coasts of Europe", ()),
        (f"\ufeff\n\n  Coasts of Europe\n\n{BODY}", "Coasts of Europe", ()),
        (f"Coasts of Europe\r\n\r\n{BODY}", "Coasts of Europe", ()),
        (f"**Coasts of $\\textbf{{E}}$urope**\n\n{BODY}", "Coasts of Europe", ()),
    ],
)
def test_title_and_authors(text: str, title: str, authors: tuple[str, ...]) -> None:
    paper = one(text)
    assert (paper.title, paper.authors, paper.handle) == (title, authors, None)
    assert paper.text[paper.body :] == BODY


@pytest.mark.parametrize("text", [BODY, f"{BODY}\n\nMore of it.", "We say hello,\n\nand more."])
def test_no_title_is_made_up(text: str) -> None:
    paper = one(text)
    assert (paper.title, paper.body, paper.text) == (None, 0, text)


def test_an_untitled_text_names_itself() -> None:
    assert (
        one("It is hard to measure coasts. We propose CoastNet, a net. It takes 3 days.").handle == "CoastNet"
    )


def test_a_heading_alone_is_a_text() -> None:
    paper = one("# Coasts of Europe")
    assert paper.text


def test_lines_of_a_long_text_are_kept_and_its_broken_words_are_not() -> None:
    paper = one("Coasts\n\nWe use a frame-\nwork here.\nThe framework is new.")
    assert paper.text == "Coasts\n\nWe use a framework here.\nThe framework is new."


def test_the_place_is_the_whole_file() -> None:
    text = f"\n\nCoasts\n\n{BODY}\n\n"
    source = one(text).source
    assert text[source.start : source.end] == text.strip()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        ("\ufeff \u00a0".encode(), "no text"),
        (bytes(range(256)) * 40, "not a text file"),
        (b"\x89PNG\r\n\x1a\n" + b"\0\1\2\3" * 500, "not a text file"),
        ("Побережья длинны. ".encode("koi8-r") * 9, "save it as UTF-8"),
        ("海岸线很长。".encode("gb18030") * 9, "save it as UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as refused:
        read(data, Path("a.txt"))
    assert "\n" not in str(refused.value)


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(UnknownKind, match="no reader for this kind of file"):
        read(b"x", Path("a.xyz"))


@given(st.text(max_size=300) | st.text(alphabet="Ab. \n#[]*-,:1\t", max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        papers = read(text.encode("utf-8", "replace"), Path("a.md"))
    except ReadError:
        return
    for paper in papers:
        assert paper.text
        assert 0 <= paper.source.start <= paper.source.end
        assert 0 <= paper.body < len(paper.text)


MATTER = """---
title: "Otters: at Rest"
authors:
  - Anna Brook
  - {given: Li, family: Wei}
date: 2019-05-04
doi: https://doi.org/10.1/o
abstract: >
  We count otters.
  They are many.
---

# Otters: at Rest

They rest by day.
"""


def test_front_matter() -> None:
    (paper,) = read(MATTER.encode(), Path("a.md"))
    assert (paper.title, paper.authors) == ("Otters: at Rest", ("Anna Brook", "Wei, Li"))
    assert (paper.year, paper.doi, paper.abstract) == (2019, "10.1/o", "We count otters. They are many.")
    assert paper.text[paper.abstract_end :] == "\n\nThey rest by day."


def test_front_matter_without_a_title_leaves_the_text_its_heading() -> None:
    (paper,) = read(b"---\nyear: 2019\n---\n# Tides\n\nLong.", Path("a.md"))
    assert (paper.title, paper.year, paper.text) == (None, 2019, "Tides\n\nLong.")


BOMB = "\n".join(
    [
        "a: &a [otter, otter]",
        *(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]" for a, b in pairwise("abcdefghijklm")),
    ]
)


@pytest.mark.parametrize(
    "top", ["title: [Tides", "Only a line", "- a\n- b", f"{BOMB}\ntitle: *m", "title: " + "[" * 5000]
)
def test_what_stands_between_rulers_and_is_no_front_matter_is_text(top: str) -> None:
    (paper,) = read(f"---\n{top}\n---\n\nThe tides are long.".encode(), Path("a.md"))
    assert paper.text.endswith("The tides are long.") and len(paper.text) < 12_000


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("[![Build](a.svg)](b)\n\n# Otter Tools\n\nThey count.", "Otter Tools"),
        ("Headers:\n\nEva Holm, Max Lind\n\nThe page has them.", None),
        ("| Day | Otters |\n\n| Mon | 12 |\n\nThat is all there is.", None),
        ("- one\n\n- two\n\nThat is all there is.", None),
        ("> A quotation\n\nThat is all there is.", None),
        ("3. Otters and Tides\n\nThat is all there is.", "Otters and Tides"),
    ],
)
def test_what_may_be_a_title(text: str, title: str | None) -> None:
    (paper,) = read(text.encode(), Path("a.md"))
    assert paper.title == title


@pytest.mark.parametrize(
    "front", ["# Coasts\n\n", "---\ntitle: Coasts\n---\n", "---\ntitle: Coasts\nabstract: 'Short.'\n---\n"]
)
def test_a_heading_stands_alone_and_without_its_marks(front: str) -> None:
    paper = one(f"{front}# Abstract\nWe measure them.\n## Gauges ##\n\nThey float.\n\n### The end")
    found = [(paper.text[part.start : part.end], part.kind) for part in paper.parts]
    assert found == [("Abstract", "heading"), ("Gauges", "heading"), ("The end", "heading")]
    assert paper.text.endswith("Abstract\n\nWe measure them.\n\nGauges\n\nThey float.\n\nThe end")
    assert [(each.text, each.section) for each in sentences(paper) if "They" in each.text] == [
        ("They float.", "Gauges")
    ]
    assert paper.abstract_end == (("abstract:" in front and len("Coasts\n\nShort.")) or None)


@pytest.mark.parametrize(
    "line",
    [
        "#define N 3",
        "#1 of the gauges fell.",
        "####### deep",
        "#",
        "# " + "long " * 40,
        "```\n# a remark\n```",
        "~~~\n# a remark",
    ],
)
def test_what_only_opens_like_a_heading_is_none(line: str) -> None:
    paper = one(f"# Coasts\n\n{BODY}\n\n{line}")
    assert paper.parts == () and paper.text.endswith(line.strip())


def test_a_heading_below_code_is_one() -> None:
    paper = one(f"# Coasts\n\n{BODY}\n\n```\n# a remark\n```\n# Gauges\nThey float.")
    assert [paper.text[part.start : part.end] for part in paper.parts] == ["Gauges"]
