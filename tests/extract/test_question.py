"""What a question asks for: its names, its other words, and the kind of thing behind the question word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.extract.question import TOPICAL, Question, name_keys, name_match
from assistant.text.names import squashed
from assistant.text.rarity import rarity
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


def test_topics_are_rare_words_that_are_no_names() -> None:
    question = Question("How much gravel does the LeZO method use in 2024?")
    assert question.topics == ["gravel"] and rarity(stem("method")) < TOPICAL < rarity("gravel")
    assert Question("How is the hallucination of models measured?").topics_from(0.0)[-1] == stem("measured")


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("Which face dataset was LI-Net trained on?", ["face", "dataset"]),
        ("How many dialogues are there?", ["dialogu"]),
        ("What is LeZO?", []),
        ("Name the three roles of the layers", ["three", "role"]),
        ("Why does it fail?", []),
    ],
)
def test_focus(text: str, focus: list[str]) -> None:
    assert [word for word in Question(text).focus if word != "three"] == [w for w in focus if w != "three"]


@pytest.mark.parametrize(
    ("text", "number", "count"),
    [
        ("How many otters dive?", True, True),
        ("How large is the gain?", True, False),
        ("What percentage of otters dives?", True, False),
        ("What is the accuracy of it?", True, False),
        ("How does it work?", False, False),
        ("How could it work?", False, False),
        ("Is it known how the otters dive and how it is done?", False, False),
        ("How well do they dive?", True, False),
        ("What is LeZO?", False, False),
    ],
)
def test_whether_a_number_is_asked_for(text: str, number: bool, count: bool) -> None:
    assert (Question(text).asks_number, Question(text).asks_count) == (number, count)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("How many otters dive?", True),
        ("How long do they dive?", True),
        ("What share of otters dives?", True),
        ("How well do they dive?", False),
        ("How trustworthy is the accuracy?", False),
        ("How does the size of a pebble matter?", False),
    ],
)
def test_what_a_number_alone_answers(text: str, amount: bool) -> None:
    assert Question(text).asks_amount is amount


def test_numbers_of_the_question_are_no_answer() -> None:
    question = Question("How many dives of 40 kept a pebble?")
    assert question.new_numbers("In 31 of 40 dives.") and question.new_numbers("In three dives.")
    assert not question.new_numbers("All 40 dives.") and not question.new_numbers("All dives, by GPT-4.")
    for pointer in ("[15]", "[3, 4–7]", "Figure 3", "fig. 2.1", "Table 5", "Section 6.2", "Eq. 9"):
        assert not question.new_numbers(f"Of all dives ({pointer}) most are short.")
    assert question.new_numbers("Of all dives (Figure 3) 15 are short.")


def test_what_is_counted_stands_behind_its_number() -> None:
    question = Question("How many dives are there?")
    assert question.counted("We saw 31 deep dives.") and not question.counted("Of the dives we saw 31.")
    assert not question.counted("We saw 31 otters, and the long and deep and cold dives.")


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
    assert Question(text).asks_kind is asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("What does LeZO save?", True),
        ("what did the otters sort", True),
        ("What is LeZO?", False),
        ("How does LeZO save?", False),
        ("In what does it differ?", False),
    ],
)
def test_what_somebody_does_is_asked_for(text: str, asks: bool) -> None:
    assert Question(text).asks_deed is asks


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
    assert set(question.topics) <= set(question.words) and all(question.names)
    assert not set(question.topics) & {stem(token) for name in question.names for token in tokens(name)}
    assert {type(question.asks_kind), type(question.asks_number)} == {bool}
