"""Source characters → canonical text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.read.canonical import (
    build_paper,
    clean_line,
    clean_prose,
    reference_list,
    rejoined,
    repaired,
    words_of,
)
from assistant.text.encoding import decode
from assistant.types import Source

SOURCE = Source("a.txt", 0, 1)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        ("naïve".encode(), "naïve"),
        ("naïve".encode("utf-8-sig"), "naïve"),
        ("naïve".encode("utf-16"), "naïve"),
        ("naïve “x”".encode("cp1252"), "naïve “x”"),
        (b"", ""),
    ],
)
def test_decode(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("e\ufb03cient, \ufb01nd, mu\ufb05 and \ufb06ay", "efficient, find, must and stay"),
        ("a\u00a0b \u2003 c\td", "a b c d"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("a \n b\n\n\n\nc \n", "a\nb\n\nc"),
        ("one\x0ctwo\x85three", "one\ntwo\nthree"),
        ("bell\x07 escape\x1b[31m", "bell escape[31m"),
        ("\u202eturned\u202c", "turned"),
        (
            "a tag\U000e0041\U000e007f, an iso\u2066late\u2069, a mark\ufe0f\u034f\u061c",
            "a tag, an isolate, a mark",
        ),
        ("half \ud83d a pair", "half \ufffd a pair"),
        ("cafe\u0301", "café"),
        ("DC² ½ 5 µm", "DC² ½ 5 µm"),
    ],
)
def test_repaired(source: str, text: str) -> None:
    assert repaired(source) == text


@given(st.text(st.characters(), max_size=60))
def test_repaired_text_is_whole(source: str) -> None:
    text = repaired(source)
    assert repaired(text) == text == unicodedata.normalize("NFC", text)
    assert text.encode("utf-8") is not None
    assert not any(unicodedata.category(char) == "Cc" and char != "\n" for char in text)


def test_lines_and_prose() -> None:
    source = "A title\nover two  lines\n\nand a \\textbf{second}\nparagraph"
    assert clean_line(source) == "A title over two lines and a second paragraph"
    assert clean_prose(source) == "A title over two lines\n\nand a second paragraph"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("the frame-\nwork is a framework", "the framework is a framework"),
        ("a large-\nscale study, large-scale indeed", "a large-scale study, large-scale indeed"),
        ("a large-\nscale study", "a large-scale study"),
        ("state-of-\nthe-art", "state-of-the-art"),
        ("from 2019-\n2020", "from 2019-2020"),
        ("low-\nand high-resource", "low-\nand high-resource"),
        ("a mem\x02ory and a mem\x02\nory", "a memory and a memory"),
        ("a large\x02scale study, large-scale indeed", "a large-scale study, large-scale indeed"),
        ("- a list\n- of items", "- a list\n- of items"),
        ("a perch\x02\nroach net: perch and roach", "a perch-roach net: perch and roach"),
        ("a perch\x02\nroach net, a perch\x02\nroach net", "a perchroach net, a perchroach net"),
        ("an eelp\x02\nox: eelp, ox", "an eelpox: eelp, ox"),
        (
            "an LM\x02\nbased and a T\x02\ncell one, in MEM\x02\nORY",
            "an LM-based and a T-cell one, in MEMORY",
        ),
        ("a symmetry\x02\npreserving step", "a symmetry-preserving step"),
        ("a symmetry\x02\ntip", "a symmetrytip"),
        ("an over\x02\nconfident one", "an overconfident one"),
    ],
)
def test_broken_words_are_rejoined_as_the_text_writes_them(text: str, whole: str) -> None:
    assert rejoined(text, words_of(text)) == whole


def test_a_long_word_takes_no_longer_than_it_should() -> None:
    text = "x" * 200_000 + " " + "a-" * 100_000
    assert rejoined(text, words_of(text)) == text


def test_build_paper() -> None:
    paper = build_paper("The body.", SOURCE, "A title", "Anna Berg, Li Wei", is_abstract=True, year=2020)
    assert paper.text == "A title\nAnna Berg, Li Wei\n\nThe body."
    assert (paper.text[paper.body :], paper.abstract) == ("The body.", "The body.")
    assert (paper.authors, paper.year) == (("Anna Berg", "Li Wei"), 2020)


def test_a_paper_without_a_header_or_body() -> None:
    bare = build_paper("The body.", SOURCE)
    assert (bare.text, bare.body, bare.title, bare.authors, bare.abstract) == ("The body.", 0, None, (), None)
    titled = build_paper("", SOURCE, "A title", is_abstract=True)
    assert (titled.text, titled.body, titled.title, titled.abstract) == ("A title", 0, "A title", None)


BODY = "We measure. " * 300
LIST = "".join(f"[{n}] Anna Berg. A paper. 20{n}.\n" for n in range(10, 40))


@pytest.mark.parametrize(
    "heading",
    [
        "References",
        "REFERENCES",
        "6. References",
        "7 Bibliography",
        "## References",
        "**References**",
        "References:",
        "References and Notes",
        "REFERENCES CITED",
        "VII. REFERENCES",
        "R EFERENCES",
        "8 R E F E R E N C E S",
        "Literatur",
        "Literaturverzeichnis",
        "Références",
    ],
)
def test_the_reference_list_is_found(heading: str) -> None:
    text = f"{BODY}\n{heading}\n{LIST}"
    assert reference_list(text) == (len(BODY) + 1, len(text))


def test_an_appendix_ends_the_reference_list() -> None:
    text = f"{BODY}\nReferences\n{LIST}Appendix A\nWe measure more."
    found = reference_list(text)
    assert found is not None
    assert text[found[1] :] == "Appendix A\nWe measure more."


@pytest.mark.parametrize(
    "heading",
    ["A Details of the Otter Count", "A. Proofs", "A.1 More Dives", "Supplementary Material", "## Appendix"],
)
def test_what_stands_behind_the_list_is_text_again(heading: str) -> None:
    text = f"{BODY}\nReferences\n{LIST}\n{heading}\n{BODY}"
    found = reference_list(text)
    assert found and text[found[1] :].startswith(heading)


@pytest.mark.parametrize("entry", ["A Smith and B Jones", "A Study of Otters", "B Implementation Details"])
def test_a_line_of_the_list_does_not_end_it(entry: str) -> None:
    text = f"{BODY}\nReferences\n{LIST}\n{entry}\n{LIST}"
    assert reference_list(text) == (len(BODY) + 1, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "References\n" + BODY,  # a table of contents
        "Short.\nReferences\n" + LIST[:500],
        BODY + "\nThe references are many.\n" + LIST,
        BODY,
    ],
)
def test_no_reference_list(text: str) -> None:
    assert reference_list(text) is None


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("grade 12 and grade 1-\n2", "grade 12 and grade 1-2"),
        ("510 mg and 5-\n10 mg", "510 mg and 5-10 mg"),
        ("COVID19 and COVID-\n19", "COVID19 and COVID-19"),
        ("beta2agonist and beta2-\nagonist", "beta2agonist and beta2-agonist"),
        ("510 mg and 5\x02\n10 mg", "510 mg and 5-10 mg"),
        ("COVID19 and COVID\x0219", "COVID19 and COVID-19"),
        ("framework and frame-\nwork", "framework and framework"),
    ],
)
def test_a_hyphen_beside_a_digit_is_never_dropped(source: str, text: str) -> None:
    assert rejoined(source, words_of(source)) == text


@pytest.mark.parametrize(
    "heading",
    ["References and Notes", "Literature", "7. Bibliography", "LITERATURE CITED", "R EFERENCES", "## References:",
     "VII. Selected References", "Literaturverzeichnis", "参考文献"],
)  # fmt: skip
def test_a_list_under_this_heading_is_never_quoted(heading: str) -> None:
    text = f"{'A sentence about otters. ' * 100}\n\n{heading}\n\nBell, A. Otters of the river. 2001."
    found = reference_list(text)
    assert found and text[found[0] :].startswith(heading)


@pytest.mark.parametrize("line", ["Literature review", "Sources", "References to otters are rare", "Notes"])
def test_this_is_no_heading_of_a_list(line: str) -> None:
    assert reference_list(f"{'A sentence about otters. ' * 100}\n\n{line}\n\nOtters.") is None
