"""What a question asks for: its names, its other words, and the kind of thing behind the question word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.extract.question import Question, name_keys, name_match, names_in, squashed
from assistant.text.terms import fold, stem, tokens


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What is LeZO?", ["LeZO"]),
        ("Which models does HR-Bench test?", ["HR-Bench"]),
        ("Is Llama 2 better than Llama-3.2-1B?", ["Llama 2", "Llama-3.2-1B"]),
        ("Does it use GPT-4o's API?", ["GPT-4o", "API"]),
        ("What is LLMEval²?", ["LLMEval²"]),
        ("Otters sort pebbles. They dive.", []),
        ("LeZO or DEMO?", ["LeZO", "DEMO"]),
        ("LeZO and LeZO", ["LeZO"]),
        ("Can I ask?", []),
        ("How was SCDL tested in Paris?", ["SCDL", "Paris"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert Question(text).names == names


def test_words_are_content_words_by_stem_in_order() -> None:
    assert Question("How do the otters sort otter pebbles?").words == {
        stem("otters"): "otters",
        stem("sort"): "sort",
        stem("pebbles"): "pebbles",
    }


@pytest.mark.parametrize("text", ["", "the of and", "?!?", "\x00", "which what"])
def test_a_question_without_content_words_has_none(text: str) -> None:
    assert not Question(text).words


def test_nouns_are_what_is_neither_name_nor_asking() -> None:
    assert Question("How much memory does the LeZO method save in 2024?").nouns == ["memory", "save"]


@pytest.mark.parametrize(
    ("text", "focus", "topical"),
    [
        ("Which face dataset was LI-Net trained on?", ["face", "dataset"], ["face", "dataset"]),
        ("How many dialogues are there?", ["dialogues"], ["dialogues"]),
        ("What is LeZO?", [], []),
        ("Name the three roles of the layers", ["roles"], []),
        ("Why does it fail?", [], []),
    ],
)
def test_focus(text: str, focus: list[str], topical: list[str]) -> None:
    question = Question(text)
    assert [w for w in question.focus if w != "three"] == focus
    assert [w for w in question.topical_focus if w != "three"] == topical


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Which dataset was used?", True),
        ("What language is it in?", True),
        ("What type of GPU was it?", True),
        ("What is the accuracy?", False),
        ("How does the model work?", False),
    ],
)
def test_whether_a_name_would_answer(text: str, asks: bool) -> None:
    assert Question(text).asks_name is asks


def test_names_in_running_text() -> None:
    found = names_in("The model LLaMA-2 beats GPT-4 on the SuperGLUE tasks of Wang. However, it is slow.")
    assert {"LLaMA-2", "GPT-4", "SuperGLUE"} <= found and "The" not in found and "However" not in found


@pytest.mark.parametrize(
    ("name", "text", "least", "most"),
    [
        ("HR-Bench", "results on HR Bench are low", 1.0, 1.0),
        ("HRBench", "results on HR-Bench are low", 1.0, 1.0),
        ("LLMs", "an LLM is used", 1.0, 1.0),
        ("DC²", "the dc2 method", 1.0, 1.0),
        ("Llama 2", "llama2-7b is tuned", 1.0, 1.0),
        ("Llama 2", "Llama-3.2 is tuned on 2 tasks", 0.0, 0.99),
        ("CBQA", "closed book question answering", 0.8, 0.8),
        ("Route Finder", "a route is taken", 0.3, 0.7),
        ("LeZO", "MeZO is older", 0.0, 0.0),
        ("...", "anything", 1.0, 1.0),
    ],
)
def test_how_surely_a_name_stands_in_a_text(name: str, text: str, least: float, most: float) -> None:
    words = tokens(text)
    assert least <= name_match(name, name_keys(text), {*words, *map(stem, words)}, fold(text)) <= most


def test_squashed() -> None:
    assert squashed("HR-Bench") == squashed("hr bench") == "hrbench"


@given(st.text(max_size=200))
def test_any_text_is_a_question(text: str) -> None:
    question = Question(text)
    assert set(question.topical_focus) <= set(question.focus)
    assert not set(question.nouns) & {token for name in question.names for token in tokens(name)}
    assert isinstance(question.asks_name, bool) and all(question.names)
