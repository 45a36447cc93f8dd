"""Words as the lexical side compares them."""

import pytest

from assistant.text.terms import content_stems, fold, tokens


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
