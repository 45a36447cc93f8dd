import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from markdown_it import MarkdownIt  # comes with rich

from assistant.show import markdown
from assistant.show.plain import one_line
from assistant.types import Answer
from tests.show.samples import (
    ABSTAINED,
    DATED,
    FIRST,
    HOSTILE,
    LEANING,
    MIXED,
    PLAIN,
    SECOND,
    hostile_answers,
)


class _Reader(HTMLParser):
    """The text and the tags of rendered Markdown."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def _rendered(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(MarkdownIt("commonmark").enable(["strikethrough", "table"]).render(text))
    reader.close()
    return reader


@given(HOSTILE)
def test_escaped_text_renders_as_itself(text: str) -> None:
    for prefix, tags in (("", ["p"]), ("> ", ["blockquote", "p"])):
        shown = _rendered(prefix + markdown.escape(text))
        assert " ".join(shown.text.split()) == " ".join(one_line(text).split())
        assert shown.tags == tags or not one_line(text)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# a heading", r"\# a heading"),
        ("1. a list", r"1\. a list"),
        ("- a list", r"\- a list"),
        ("> a quote", r"\> a quote"),
        ("2021 was 3.5 % (p > 0.01)", "2021 was 3.5 % (p > 0.01)"),
        ("snake_case __init__ *x* `y`", r"snake_case \_\_init\_\_ \*x\* \`y\`"),
        ("see [12](x) <b> R&D &lt;", r"see \[12\](x) \<b> R&D \&lt;"),
        ("$5 and ~6~", r"\$5 and \~6\~"),
    ],
)
def test_only_what_would_be_read_as_markup_is_escaped(text: str, escaped: str) -> None:
    assert markdown.escape(text) == escaped


def test_a_plain_answer() -> None:
    assert markdown.answer(PLAIN) == (
        "# How do otters choose pebbles?\n"
        "\n"
        "Otters sort pebbles by weight before they crack a shell [1].\n"
        "\n"
        "## Sources\n"
        "\n"
        "**[1] brookOtters** · Pebbles & Otters · Brook, Ada; Lindqvist, Per; Sørensen, Mia; et al."
        " · Journal of Invented Zoology, 2021 · papers/brookOtters.txt\n"
        "\n"
        f"> {FIRST} (p. 1)\n"
        "\n"
        "---\n"
        "\n"
        "1 claim · 1 paper · 0 dropped · 0.04 s"
    )


def test_what_is_doubtful_missing_or_not_said_is_told() -> None:
    shown = markdown.answer(MIXED)
    assert "**[unsupported]** Otters never dive at night. *(no quote says so)*" in shown
    assert "Not found in the papers: the depth of a dive" in shown
    assert "The papers do not say." in markdown.answer(ABSTAINED)
    assert "- **rillTide** RillTide (untitled)" in markdown.answer(ABSTAINED)


@given(hostile_answers())
def test_no_answer_brings_markup_of_its_own(answer: Answer) -> None:
    shown = markdown.answer(answer)
    allowed = {"h1", "h2", "p", "blockquote", "strong", "em", "hr", "ul", "li"}
    assert set(_rendered(shown).tags) <= allowed
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)


def test_what_a_quote_leans_on_and_what_stands_on_record() -> None:
    leaning = markdown.answer(LEANING)
    assert f"> *({FIRST})* {markdown.escape(SECOND)} (p. 2)" in leaning
    assert "em" in _rendered(leaning).tags and leaning.count(FIRST) == 1
    assert "> year: 2021 (says refs.bib)\n\n> authors: Brook, Ada;" in markdown.answer(DATED)


def test_an_abstention_says_how_the_question_was_read() -> None:
    assert "Read as: otters" in markdown.answer(replace(ABSTAINED, notes=("Read as: otters",)))
