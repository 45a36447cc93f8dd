"""Markdown drafts: which sentences, at which lines, cite what."""

from pathlib import Path

import pytest

from assistant.draft import DraftSentence, Manuscript, read
from assistant.errors import ReadError

DRAFT = """\
---
title: Otters
bibliography: [refs.bib, "more.bib"]
---
# Diving [@heading]

Earlier work [see @brook21, p. 3; @rill] found **22.5%** more
dives. @tanaka [p. 9] count *pebbles*; mail me@example.org or `[@code]`.
<!-- [@comment]
-->
It goes on [-@{https://x.y/z}]. Done.[@after] Next a [link](http://a.example/@b).

```python
[@fence]
```

- one thing [@item]
- another that runs
  over lines [@second].

| a | [@table] |
|---|----------|

    [@indented]

> Quoted words [@quote].

A note.[^1]

[^1]: Said below [@note].

# References

[@listed]
"""


def draft(folder: Path, text: str | bytes) -> Manuscript:
    path = folder / "draft.md"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path)


def cited(manuscript: Manuscript) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(s.line, s.text, keys(s)) for s in manuscript.sentences if s.cites]


def keys(sentence: DraftSentence) -> tuple[str, ...]:
    return tuple(key for cite in sentence.cites for key in cite.keys)


def test_what_cites_stands_at_its_line(tmp_path: Path) -> None:
    assert cited(draft(tmp_path, DRAFT)) == [
        (7, "Earlier work [brook21; rill] found 22.5% more dives.", ("brook21", "rill")),
        (8, "[tanaka] count pebbles; mail me@example.org or [@code].", ("tanaka",)),
        (11, "It goes on [https://x.y/z].", ("https://x.y/z",)),
        (11, "Done [after].", ("after",)),
        (17, "one thing [item]", ("item",)),
        (18, "another that runs over lines [second].", ("second",)),
        (26, "Quoted words [quote].", ("quote",)),
        (30, "Said below [note].", ("note",)),
    ]


def test_the_other_sentences_are_there_and_cite_nothing(tmp_path: Path) -> None:
    others = [(s.line, s.text) for s in draft(tmp_path, DRAFT).sentences if not s.cites]
    assert others == [(11, "Next a link."), (28, "A note.")]


def test_citations_know_their_place_and_whether_they_are_read(tmp_path: Path) -> None:
    first, second = [s for s in draft(tmp_path, DRAFT).sentences if s.cites][:2]
    assert [first.text[c.start : c.end] for c in first.cites] == ["[brook21; rill]"]
    assert [cite.textual for cite in (*first.cites, *second.cites)] == [False, True]


def test_the_bibliography_is_named_in_the_front_matter(tmp_path: Path) -> None:
    assert draft(tmp_path, DRAFT).bibliographies == (tmp_path / "refs.bib", tmp_path / "more.bib")
    listed = draft(tmp_path, "---\nbibliography:\n  - a.bib\n  - b.bib\nx: y.bib\n---\nText.\n")
    assert listed.bibliographies == (tmp_path / "a.bib", tmp_path / "b.bib")


def test_a_paragraph_is_known_by_its_first_line(tmp_path: Path) -> None:
    found = draft(tmp_path, "One thing. Two things.\nThree things.\n\nFour things.\n").sentences
    assert [(s.line, s.paragraph) for s in found] == [(1, 1), (1, 1), (2, 1), (4, 3)]


def test_maths_and_escapes_read_as_they_print(tmp_path: Path) -> None:
    (sentence,) = draft(tmp_path, r"With $\alpha \geq 0.5$ it costs \$5 and a\_b [@x].").sentences
    assert sentence.text == "With α ≥ 0.5 it costs $5 and a_b [x]."


@pytest.mark.parametrize(
    "text", ["", " \n\n", "---\ntitle: x\n---\n", "# Only a heading\n", "```\nnever closed"]
)
def test_a_draft_without_sentences(tmp_path: Path, text: str) -> None:
    assert draft(tmp_path, text).sentences == ()


def test_latin_1_and_windows_line_ends(tmp_path: Path) -> None:
    found = draft(tmp_path, "Müller zählt Otter.\r\n\r\nEr weiß es [@x].".encode("latin-1"))
    assert [(s.line, s.text) for s in found.sentences] == [(1, "Müller zählt Otter."), (3, "Er weiß es [x].")]


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="not a text file"):
        draft(tmp_path, bytes(range(32)) * 40)


@pytest.mark.parametrize(
    "text",
    ["[@", "[@a", "@", "[@a](", "]]@a[[", "`@a", "**[@a**", "<!-- [@a]", "[-@]", "@{a", "\U000f0001 [@a]."],
)
def test_broken_marks_do_no_harm(tmp_path: Path, text: str) -> None:
    for sentence in draft(tmp_path, f"Before it. {text} and after it.").sentences:
        assert all(0 <= c.start < c.end <= len(sentence.text) for c in sentence.cites)
