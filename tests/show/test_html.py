from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from assistant.show import html
from assistant.show.plain import one_line
from assistant.types import Answer
from tests.show.samples import (
    ABSTAINED,
    DATED,
    FIRST,
    LEANING,
    MIXED,
    OTTERS,
    PLAIN,
    SECOND,
    hostile_answers,
    paper,
)

VOID = {"meta"}
TAGS = {
    *{"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "a", "span", "code"},
    *{"ol", "ul", "li", "blockquote", "footer"},
}
ATTRIBUTES = {"lang", "charset", "name", "content", "http-equiv", "dir", "class", "href", "id", "rel"}


class _Reader(HTMLParser):
    """Tags, links, anchors and text of a document; fails on a tag that is not closed in order."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.quotes: list[str] = []
        self.feed(document)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.anchors |= {value or "" for name, value in attrs if name == "id"}
        if tag not in VOID:
            self.open.append(tag)
        if tag == "blockquote":
            self.quotes.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "blockquote":
            self.quotes[-1] += data


@given(hostile_answers() | st.sampled_from([PLAIN, MIXED, ABSTAINED]))
def test_everything_is_escaped_and_nothing_is_loaded(answer: Answer) -> None:
    document = html.answer(answer)
    read = _Reader(document)
    assert read.tags <= TAGS
    assert read.attributes <= ATTRIBUTES
    assert all(link.startswith(("#source-", "https://", "http://")) for link in read.links)
    assert "<script" not in document
    document.encode()  # no half characters


@given(hostile_answers())
def test_quotes_read_back_as_they_stand_in_the_paper(answer: Answer) -> None:
    shown = [" ".join(quote.split()) for quote in _Reader(html.answer(answer)).quotes]
    cited = {c.quote.text for claim in answer.claims for c in claim.citations}
    assert shown == [" ".join(one_line(quote).split()) for quote in cited]


def test_markers_lead_to_their_sources() -> None:
    read = _Reader(html.answer(MIXED))
    targets = {link.removeprefix("#") for link in read.links if link.startswith("#")}
    assert targets == read.anchors == {"source-1", "source-2"}


def test_the_words_are_there() -> None:
    document = html.answer(MIXED)
    for words in (
        FIRST,
        "Pebbles &amp; Otters",
        "unsupported</span>",
        "no quote says so",
        "the depth of a dive",
    ):
        assert words in document
    assert "1 claim and 2 citations dropped" in document
    assert "The papers do not say." in html.answer(ABSTAINED)


def test_only_addresses_of_the_web_become_links() -> None:
    assert html._address(OTTERS) == "https://doi.org/10.1234/otter_1"
    assert html._address(paper("a", "b", arxiv="arXiv:2501.00001")) == "https://arxiv.org/abs/2501.00001"
    assert html._address(paper("a", "b", url="https://example.org/x")) == "https://example.org/x"
    assert html._address(paper("a", "b", url="javascript:alert(1)")) is None
    assert html._address(paper("a", "b")) is None


def test_what_a_quote_leans_on_and_what_stands_on_record() -> None:
    assert f'<blockquote dir="auto"><span class="soft">{FIRST}</span> {SECOND}' in html.answer(LEANING)
    recorded = html.answer(DATED)
    assert '<blockquote class="soft" dir="auto">year: 2021 (says refs.bib)</blockquote>' in recorded
    _Reader(recorded)


def test_an_abstention_says_how_the_question_was_read() -> None:
    assert "Read as: otters" in html.answer(replace(ABSTAINED, notes=("Read as: otters",)))
