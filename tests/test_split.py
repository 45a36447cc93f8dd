"""Passages: exact slices that end where sentences end, fit the embedder's window and leave nothing out."""

import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.embed.minilm import MiniLM
from assistant.read import read
from assistant.split import split
from assistant.text.sentences import sentence_spans
from assistant.text.titled import embedded_text, embedded_title
from assistant.types import Paper, Passage, Source

DATA = Path(__file__).parents[2] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is not here (data beside the checkout)")
Tokenize = Callable[[str], list[str]]
WINDOW = MiniLM.max_tokens
SENTENCE = "The tides of the river Dee are measured at 3.5 gauges, e.g. by hand. "


@pytest.fixture(scope="module")
def tokenize(tmp_path_factory: pytest.TempPathFactory) -> Tokenize:
    return MiniLM(None, tmp_path_factory.mktemp("cache")).tokenize


def paper(text: str, title: str | None = None, body: int = 0) -> Paper:
    return Paper(text, body, Source("a.txt", 0, len(text)), title, key="tides", id="0123")


def checked(given: Paper, tokenize: Tokenize) -> list[Passage]:
    """The passages, once all that is promised of every passage is seen to hold."""
    passages = split(given, tokenize, WINDOW)
    listed = range(*given.references) if given.references else range(0)
    for passage in passages:
        assert given.text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert len(tokenize(embedded_text(given, passage))) <= WINDOW
        assert passage.start not in listed
        assert passage.end - 1 not in listed
        assert passage.page == given.page_at(passage.start)
    assert all(before.end <= after.start for before, after in pairwise(passages))
    held = {place for passage in passages for place in range(passage.start, passage.end)}
    assert not [
        place
        for place, char in enumerate(given.text)
        if not char.isspace() and place not in held and place not in listed
    ]
    assert len({passage.id for passage in passages}) == len(passages)
    return passages


def test_passages_end_where_sentences_end(tokenize: Tokenize) -> None:
    long = paper(SENTENCE * 100)
    passages = checked(long, tokenize)
    ends = {end for _, end in sentence_spans(long.text)}
    assert len(passages) > 3
    assert all(passage.end in ends for passage in passages)
    assert all(len(tokenize(passage.text)) > WINDOW - 30 for passage in passages[:-1])


def test_a_short_paper_is_one_passage_with_its_header(tokenize: Tokenize) -> None:
    header = "Tides\nAnna Berg\n\n"
    short = paper(header + SENTENCE.strip(), "Tides", len(header))
    (passage,) = checked(short, tokenize)
    assert passage.text == short.text
    assert embedded_text(short, passage) == "Tides. " + SENTENCE.strip()


def test_what_fits_is_one_passage_and_takes_no_splitter(
    tokenize: Tokenize, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = WINDOW - len(tokenize("Tides. "))
    fits = paper("word " * room, "Tides")
    (passage,) = checked(fits, tokenize)
    assert len(tokenize(embedded_text(fits, passage))) == WINDOW
    assert len(checked(paper("word " * (room + 1), "Tides"), tokenize)) == 2
    counted: list[str] = []
    monkeypatch.setitem(sys.modules, "llama_index.core.node_parser", None)  # an import is an error
    assert split(fits, lambda text: counted.append(text) or tokenize(text), WINDOW) == [passage]  # type: ignore[func-returns-value]
    assert counted == [embedded_text(fits, passage)]


def test_the_tokens_of_a_long_text_are_counted_sentence_by_sentence(tokenize: Tokenize) -> None:
    long, counted = paper("x" * (8 * WINDOW + 1), "Tides"), []
    split(long, lambda text: counted.append(text) or tokenize(text), WINDOW)  # type: ignore[func-returns-value]
    assert counted[0] == "Tides. "


def test_the_reference_list_is_in_no_passage(tokenize: Tokenize) -> None:
    before, listed, after = SENTENCE * 40, "References\n[1] Anna Berg. " * 40, "Appendix A\n" + SENTENCE
    text = f"{before}\n\n{listed}\n\n{after}"
    place = (len(before) + 2, len(before) + 2 + len(listed))
    passages = checked(replace(paper(text), references=place), tokenize)
    assert passages[-1].text.startswith("Appendix A")
    assert not any("Anna Berg" in passage.text for passage in passages)


def test_a_passage_knows_its_page(tokenize: Tokenize) -> None:
    text = SENTENCE * 60
    passages = checked(replace(paper(text), page_starts=(0, len(text) // 3, len(text) // 2)), tokenize)
    assert {passage.page for passage in passages} == {1, 2, 3}


@pytest.mark.parametrize(
    "title",
    [
        "Tides",
        "What Do Tides Know?",
        "A title of many words " * 100,
        "潮汐的研究" * 100,
        "조수에 관한 연구 " * 60,
        "ế" * 500,
        "x" * 5000,
        "🌊" * 300,
    ],
)
def test_any_title_leaves_room_for_the_passage(title: str, tokenize: Tokenize) -> None:
    titled = paper(SENTENCE * 60, title.strip())
    passages = checked(titled, tokenize)
    assert len(passages) < 30
    assert embedded_title(titled)[:4] == (title[:4] if title.isascii() else embedded_title(titled)[:4])


@pytest.mark.parametrize(
    "text",
    [
        "word " * 20_000,
        "x" * 100_000,
        "潮汐" * 5_000,
        "a heading without an end\n" * 500,
        "e\u0301\u0302" * 3_000,
        "a-b/c_d,e;" * 2_000,
        SENTENCE * 5 + "word " * 1_000 + ". " + SENTENCE * 5,
        "The same. " * 1_000,
        "🌊" * 3_000,
        "a" * 90 + " " + "b" * 300 + ". C.",
    ],
    ids=lambda text: text[:10],
)
def test_texts_without_sentence_ends(text: str, tokenize: Tokenize) -> None:
    assert checked(paper(text, "Tides"), tokenize)


def test_no_text_no_passages(tokenize: Tokenize) -> None:
    assert split(paper("Tides", "Tides", 5), tokenize, WINDOW) == []
    assert split(paper(" \n"), tokenize, WINDOW) == []


def test_ids_depend_on_the_text_and_on_what_is_embedded(tokenize: Tokenize) -> None:
    def ids(given: Paper) -> list[str]:
        return [passage.id for passage in split(given, tokenize, WINDOW)]

    text = SENTENCE * 3
    assert ids(paper(text)) == ids(replace(paper(text), key="other", authors=("Li Wei",)))
    assert ids(paper(text)) != ids(paper(text, "Tides"))
    assert ids(paper(text)) != ids(replace(paper(text), id="4567"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                SENTENCE,
                "Short one. ",
                "No end\n\n",
                "word " * 90,
                "x" * 400 + " ",
                "潮" * 50,
                "\n\n\n\n",
                "It!",
            ]
        )
        | st.text(max_size=30),
        max_size=12,
    ),
    st.sampled_from([None, "Tides", "A long title " * 30]),
)
def test_every_passage_keeps_what_is_promised(
    tokenize: Tokenize, parts: list[str], title: str | None
) -> None:
    if text := "".join(parts).strip():
        checked(paper(text, title), tokenize)


@needs_data
def test_every_passage_of_the_papers_at_hand(tokenize: Tokenize) -> None:
    files = [*(DATA / "seeds").glob("*.txt"), *sorted((DATA / "pdf" / "juliacon").glob("*.pdf"))[::3]]
    papers = [paper for file in files for paper in read(file.read_bytes(), file)]
    assert len(papers) > 26
    assert all(checked(paper, tokenize) for paper in papers)
