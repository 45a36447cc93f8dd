"""Words as the lexical side compares them."""

import pytest

from assistant.text.terms import content_stems, fold, spans_of, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DC²", "dc2"),
        ("Naïve Müller", "naive muller"),
        ("12,705 of 1,234,567", "12705 of 1234567"),
        ("1,2 and 3,4567", "1,2 and 3,4567"),
        ("ﬁnd", "find"),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text-to-SQL", ["text", "to", "sql"]),
        ("Llama-3.2-1B", ["llama", "3", "2", "1b"]),
        ("up to +5.83% on 12,705", ["up", "to", "5.83", "on", "12705"]),
        ("the model's “gains”", ["the", "model", "gains"]),
        ("", []),
        ("?!", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_content_stems_leave_out_stop_words_and_endings() -> None:
    assert content_stems("Which of the gauges were forecasting floods?") == ["gaug", "forecast", "flood"]


@pytest.mark.parametrize(
    ("text", "sought", "marked"),
    [
        ("Flooded gauges, and floods", "flood", ["Flooded", "floods"]),
        ("text-to-SQL and SQL2", "sql", ["SQL"]),
        ("about 12,705 of 705", "12705", ["12,705"]),
        ("the model's Naïveté", "models naivete", ["model's", "Naïveté"]),
        ("5.83% of 5", "5.83", ["5.83%"]),
        ("nothing here", "", []),
    ],
)
def test_the_places_of_words_by_their_stems(text: str, sought: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in spans_of(text, content_stems(sought))] == marked
