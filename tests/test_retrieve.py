"""Question → hits: the two legs, their fusion, and questions that are none."""

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieve import DENSE, LEXICAL, by_paper, fuse, retrieve, word_query
from assistant.store.catalog import Catalog
from assistant.types import Hit, Vectors
from tests.store.samples import BEES, ICE, SIZE, TIDES, paper, put, vector


class SeededEmbedder:
    name, dimensions, max_tokens = "seeded", SIZE, 100

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.array([vector(text) for text in texts])

    def tokenize(self, text: str) -> list[str]:
        return text.split()


class ExactIndex:
    """A PassageIndex over the catalog's own vectors."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def nearest(
        self, vector: Vectors, limit: int, only: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        found = [
            (passage, float(row @ vector))
            for ids, papers, rows in self.catalog.vectors()
            for passage, key, row in zip(ids, papers, rows, strict=True)
            if only is None or key in only
        ]
        return sorted(found, key=lambda hit: -hit[1])[:limit]


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    made = Catalog(tmp_path_factory.mktemp("library"), create=True)
    put(made, "a.txt", paper(TIDES, "Tides"), paper(ICE, "Ice"), paper(BEES, "Bees"))
    return made


def found(catalog: Catalog, question: str, limit: int = 10, only: list[str] | None = None) -> list[Hit]:
    return retrieve(question, catalog, ExactIndex(catalog), SeededEmbedder(), limit, only)


def test_both_legs_find_and_say_so(catalog: Catalog) -> None:
    hits = found(catalog, "Which gauges measure tides?")
    assert len(hits) == 6  # the vectors of all passages are found, however far
    assert {hit.found_by for hit in hits} == {"both", "meaning"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert all(hit.cosine is not None for hit in hits)
    assert {hit.passage.paper for hit in hits if hit.found_by == "both"} == {"tides"}


def test_each_paper_is_found_once_at_its_best_passage(catalog: Catalog) -> None:
    hits = found(catalog, "Which gauges measure tides?")
    order = list(dict.fromkeys(hit.passage.paper for hit in hits))
    papers = by_paper(hits, 3)
    assert [each.best for each in papers] == [
        next(hit for hit in hits if hit.passage.paper == key) for key in order
    ]
    held = [hit for hit in hits if hit.passage.paper == "tides" and hit.bm25 is not None]
    best = papers[order.index("tides")].best
    assert papers[order.index("tides")].more == len(held) - (best in held) > 0
    assert [each.more for each in papers].count(0) == 2 and by_paper(hits, 1) == papers[:1]


def test_without_an_index_words_find_alone(catalog: Catalog) -> None:
    hits = retrieve("Which gauges measure tides?", catalog, None, SeededEmbedder(), 10)
    assert {(hit.passage.paper, hit.found_by, hit.cosine) for hit in hits} == {("tides", "words", None)}


def test_a_passage_is_found_by_its_own_text(catalog: Catalog) -> None:
    for key in ("tides", "ice", "bees"):
        for passage in catalog.passages_of(key):
            assert found(catalog, passage.text, 1)[0].passage == passage


def test_only_some_papers_and_so_many(catalog: Catalog) -> None:
    assert {hit.passage.paper for hit in found(catalog, "tides", only=["ice", "bees"])} == {"ice", "bees"}
    assert found(catalog, "tides", only=[]) == []
    assert len(found(catalog, "tides", 3)) == 3


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Three papers that bear names, and one that bears none and has all other words."""
    made = Catalog(tmp_path_factory.mktemp("named"), create=True)
    plain = "Which tasks do people try, and how well do people fare on tasks that people try?"
    texts = {
        "plain": f"{plain} {plain}",
        "one": "We bring OttoNet here, which steers. Pond Sahara is like TriNet and DuoNet, some people say.",
        "two": "We bring a thing that others have named DuoNet, and never TriNet. It is from the year 1871.",
        "three": "Nobody knows what TriNet is for, or who has made it. We try it on tasks, and it fails.",
    }
    put(made, "a.txt", *(paper(text, title) for title, text in texts.items()))
    return made


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("OttoNet", "one"),
        ("DuoNet", "two"),  # both that bear it, in the order that they had
        ("TriNet", "plain"),  # which more than few bear
        *(("Sahara", "plain"), ("1871", "plain"), ("ottonet", "plain")),  # written as words are
    ],
)
def test_a_name_that_few_papers_bear_is_not_outvoted(named: Catalog, name: str, first: str) -> None:
    question = f"On which tasks did people try {name}, and how well do others fare?"
    hits = retrieve(question, named, None, SeededEmbedder(), 10)
    assert hits[0].passage.paper == first
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].score <= 1


def test_papers_that_bear_one_name_keep_their_distance(named: Catalog) -> None:
    hits = retrieve("How well do people fare on tasks by DuoNet?", named, None, SeededEmbedder(), 10)
    scores = {hit.passage.paper: hit.score for hit in reversed(hits)}
    assert scores["two"] < scores["one"] == scores["plain"]


def test_a_name_is_found_behind_so_many_that_hold_other_words(
    named: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.retrieve.DEPTH", 1)
    hits = retrieve("On which tasks did people try OttoNet?", named, None, SeededEmbedder(), 10)
    assert [hit.passage.paper for hit in hits] == ["one", "plain"] and hits[0].found_by == "words"


ODD = [
    *("the of", "?!", "", " ", "What is it?", '"', "\0", "-1", "潮汐是什么", "word " * 2000, "x" * 10_000),
    *("NEAR(a b) AND NOT x* ^y", "a OR", "col:umn {a b}"),
]


@pytest.mark.parametrize("question", ODD, ids=lambda question: question[:10])
def test_odd_questions_are_answered_somehow(catalog: Catalog, question: str) -> None:
    catalog.words(word_query(question), 5)
    assert len(found(catalog, question)) >= 6


def test_the_words_of_a_question() -> None:
    assert word_query("Which of the gauges AND the tides?") == '"gauges" OR "tides"'
    assert word_query("Is 22.5% of 12,705 DC²?") == '"22.5" OR "12705" OR "dc2"'
    assert word_query("text-to-SQL text") == '"text" OR "sql" OR "text to sql"'
    assert word_query("Which LI-Net?") == '"li" OR "net" OR "li net"'
    assert word_query("the") == '"the"'
    assert word_query("?") == ""
    assert word_query("word" + " w".join(map(str, range(500)))).count("OR") == 63


def test_no_more_names_than_anybody_asks_for() -> None:
    assert word_query(" ".join(f"A{n}-B{n}" for n in range(30))).count(" b") == 8


@given(st.text(max_size=80))
def test_no_question_is_an_operator(catalog: Catalog, question: str) -> None:
    catalog.words(word_query(question), 5)


def test_fusion() -> None:
    assert fuse({}, {}) == {}
    both = fuse({"a": 10.0, "b": 5.0}, {"a": 0.8, "c": 0.4})
    assert both["a"] == pytest.approx(1.0)
    assert both["a"] > both["b"] > both["c"]
    assert fuse({"a": 3.0}, {})["a"] == pytest.approx(LEXICAL)
    assert fuse({}, {"a": 0.3})["a"] == pytest.approx(DENSE)


SCORES = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.001, 50), max_size=6)


@given(SCORES, st.dictionaries(st.sampled_from("abcdef"), st.floats(-1, 1), max_size=6))
def test_fused_scores_are_shares_and_keep_each_legs_order(
    lexical: dict[str, float], dense: dict[str, float]
) -> None:
    scores = fuse(lexical, dense)
    assert scores.keys() == lexical.keys() | dense.keys()
    assert all(0 <= score <= 1 + 1e-9 for score in scores.values())
    for better in lexical.keys() & dense.keys():
        for worse in lexical.keys() & dense.keys():
            if lexical[better] >= lexical[worse] and dense[better] >= dense[worse]:
                assert scores[better] >= scores[worse] - 1e-9


def test_a_removed_passage_is_left_out(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, create=True)
    put(catalog, "a.txt", paper(TIDES, "Tides"), paper(ICE, "Ice"))

    class Stale(ExactIndex):
        def nearest(self, *arguments: object) -> list[tuple[str, float]]:  # type: ignore[override]
            return [("p_removed", 0.9), *super().nearest(*arguments)]  # type: ignore[arg-type]

    hits = retrieve("tides", catalog, Stale(catalog), SeededEmbedder(), 10)
    assert len(hits) == 4
    catalog.close()


def test_meaning_counts_more_than_words() -> None:
    scores = fuse({"worded": 1.0, "both": 0.2}, {"meant": 1.0, "both": 0.2})
    assert scores["meant"] > scores["worded"] > scores["both"]
    assert scores["meant"] == pytest.approx(0.6 + 0.4 * 0.5 * 0.2)
    assert scores["worded"] == pytest.approx(0.4 + 0.6 * 0.9 * 0.2)
