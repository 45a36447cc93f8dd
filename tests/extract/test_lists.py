"""Questions for a list: which they are, and what the papers in it are to be about."""

import numpy as np
import pytest

from assistant.extract.features import Candidate
from assistant.extract.features import Span as Sentence
from assistant.extract.lists import LIST_FEATURES, asks_list, asks_one, criterion, list_features
from assistant.extract.question import Question
from assistant.types import Paper, Source
from tests.fakes import WordEmbedder


@pytest.mark.parametrize(
    "question",
    [
        "Which papers introduce a benchmark?",
        "List the papers about text-to-SQL.",
        "Are there any studies of hallucination?",
        "What papers do we have on alignment?",
        "Show me everything on speech",
        "Find papers that use Llama",
        "papers about jailbreaks",
        "Do any of the papers use eye tracking?",
        "In which papers does an LLM act as a judge?",
        "Please list all works on named entities",
        "How many papers deal with translation?",
    ],
)
def test_a_question_for_a_list(question: str) -> None:
    assert asks_list(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is LeZO?",
        "How many papers does the survey review?",
        "Which dataset was used?",
        "What kind of papers does the survey cover?",
        "Who wrote the paper?",
        "Which of these two is faster?",
    ],
)
def test_another_question(question: str) -> None:
    assert not asks_list(question)


def test_which_paper_asks_for_one() -> None:
    assert asks_one("Which paper introduces LeZO?") and asks_one("In what study is it?")
    assert not asks_one("Which papers introduce benchmarks?")


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Which papers introduce a benchmark?", "benchmark"),
        ("List the papers about text-to-SQL.", "text-to-SQL"),
        ("Which of my papers use Llama in this collection?", "Llama"),
        ("Which papers?", "Which papers?"),  # nothing is left: the question itself
    ],
)
def test_criterion(question: str, about: str) -> None:
    assert criterion(question) == about


def candidate(title: str, *sentences: str) -> Candidate:
    text = " ".join(sentences)
    spans = [Sentence(text.index(s), text.index(s) + len(s), s) for s in sentences]
    return Candidate(Paper(text, 0, Source("f", 0, 1), title=title, key=title), spans, 1.0, WordEmbedder())


def test_the_features_tell_the_paper_that_meets_the_criterion_and_its_sentence() -> None:
    otters = candidate("Otters", "The river is cold.", "We introduce a benchmark of otter dives.")
    tides = candidate("Tides", "The tide is high.", "Nobody measures it.")
    question = Question("Which papers introduce a benchmark?")
    vector = otters.embedder.embed([question.text])[0]
    features, telling = list_features(question, vector, [otters, tides], {"benchmark": 2.0})
    assert features.shape == (2, len(LIST_FEATURES)) and np.isfinite(features).all()
    assert telling[0] == 1
    one, other = (dict(zip(LIST_FEATURES, row, strict=True)) for row in features)
    for name in ("best_sentence", "paper", "stated_in_paper", "offered"):
        assert one[name] > other[name], name
    assert one["stated_in_sentence"] == 1 and other["stated_in_paper"] == 0


def test_one_side_of_an_or_is_enough() -> None:
    otters = candidate("Otters", "Otters dive.")
    question = Question("Which papers deal with volcanoes or otters?")
    vector = otters.embedder.embed([question.text])[0]
    features, _ = list_features(question, vector, [otters], {})
    assert dict(zip(LIST_FEATURES, features[0], strict=True))["stated_in_sentence"] == 1
