"""Fewer parameters after a refusal, and what is remembered of it."""

from itertools import pairwise

import pytest

from assistant.model.abilities import Abilities, recalled

SCHEMA = {"type": "object"}


def test_every_refusal_leaves_less_and_it_ends() -> None:
    """Whatever a server refuses, there is an end; the last request asks for the reply alone."""
    for refusal in ("", "stream_options, temperature, max_tokens, response_format"):
        able: Abilities | None = Abilities()
        sent: list[dict[str, object]] = []
        while able is not None:
            sent.append(able.parameters(SCHEMA, 9, stream=True))
            able = able.lesser(sent[-1], refusal)
        assert all(len(later) <= len(earlier) for earlier, later in pairwise(sent))
        if refusal:
            assert sent[-1] == {"stream": True}


@pytest.mark.parametrize(
    ("refusal", "field", "value"),
    [
        ("Unsupported value: 'temperature' does not support 0 with this model.", "temperature", False),
        ("Use 'max_completion_tokens' instead.", "limit", "max_completion_tokens"),
        ("Unrecognized request argument supplied: stream_options", "stream_options", False),
        ("'response_format.type' must be 'json_object' or 'text'", "form", "json_object"),
        ("failed to parse grammar", "form", "json_object"),
        ("no", "form", "json_object"),
    ],
)
def test_a_refusal_says_what_to_leave_out(refusal: str, field: str, value: object) -> None:
    able = Abilities()
    lesser = able.lesser(able.parameters(SCHEMA, 9, stream=True), refusal)
    assert lesser is not None and getattr(lesser, field) == value
    assert sum(getattr(able, f) != getattr(lesser, f) for f in Abilities.__dataclass_fields__) == 1


def test_what_was_not_sent_is_not_left_out() -> None:
    able = Abilities()
    assert able.lesser(able.parameters(None, None, stream=False), "max_tokens, response_format") is None


@pytest.mark.parametrize("note", [None, "", "[]", "{", '{"gone": 1}', '{"form": "xml"}', '{"limit": "few"}'])
def test_a_note_that_cannot_be_read_is_none(note: str | None) -> None:
    assert recalled(note) == Abilities()


def test_a_note_is_read_as_it_was_written() -> None:
    able = Abilities("none", "none", False, False)
    assert recalled(able.noted()) == able
