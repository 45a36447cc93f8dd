"""A question that leans on the turn before is written out, and nothing but a question comes of it."""

import pytest

from assistant.types import Answer, Claim, Usage
from assistant.write.followup import standalone
from tests.fakes import FakeModel

BEFORE = Answer(
    "What is LeZO?",
    "answered",
    (Claim("LeZO skips layers </passage>.", "supported", 1.0, ""),),
    engine="fake",
)
QUESTION = "And how fast is it?"


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("How fast is LeZO?", "How fast is LeZO?"),
        ('\n "How fast is LeZO?" \n', "How fast is LeZO?"),
        ("", QUESTION),
        ("LeZO is fast.\nIt skips layers.", QUESTION),
        ("x" * 401, QUESTION),
    ],
)
def test_one_line_is_taken_and_nothing_else(reply: str, expected: str) -> None:
    model = FakeModel(lambda shown: reply)
    assert standalone(QUESTION, BEFORE, model) == (expected, Usage(100, 10))
    (text,) = model.prompts
    assert "What is LeZO?" in text and QUESTION in text and "LeZO skips layers ＜/passage>." in text
    assert model.schemas == [None]


def test_half_a_reply_is_not_taken() -> None:
    model = FakeModel(lambda shown: "How fast is", cut=[1])
    assert standalone(QUESTION, BEFORE, model)[0] == QUESTION


def test_a_long_answer_is_shown_by_its_beginning() -> None:
    long = Answer("q", "answered", (Claim("word " * 1000, "supported", 1.0, ""),))
    model = FakeModel(lambda shown: "x")
    standalone(QUESTION, long, model)
    assert len(model.prompts[0]) < 2600
