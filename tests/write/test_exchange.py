"""One exchange with a model: its forms, what was cut off, what was missing, what failed."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.errors import ModelBusy, ModelReply
from assistant.types import DraftCitation, DraftClaim, Usage
from assistant.write import exchange as generate
from assistant.write.exchange import Exchange
from assistant.write.reply import NUMBERED, SCHEMA
from tests.fakes import FakeModel, claims

QUESTION = "How do otters choose pebbles?"
PASSAGES = '<passage id="ab12">\nOtters\nThey sort pebbles.\n</passage>'
SORT = ("Otters sort.", [("ab12", "They sort pebbles.")])
DIVE = ("Otters dive.", [])
LINES = 'CLAIM: Otters sort.\nQUOTE [ab12]: "They sort pebbles."\nMISSING: depth'
WRITTEN = DraftClaim("Otters sort.", (DraftCitation("ab12", "They sort pebbles."),))


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    generate._in_lines.clear()
    yield
    generate._in_lines.clear()


def saying(*replies: Any, **more: Any) -> FakeModel:
    """A model that replies these in turn, whatever it is shown; an exception is raised."""

    def reply(made: Any) -> Any:
        def give(shown: dict[str, str]) -> Any:
            if isinstance(made, Exception):
                raise made
            return made

        return give

    return FakeModel(*map(reply, replies), **more)


def asked(model: FakeModel) -> tuple[Any, list[str], Exchange]:
    """The reading, the texts of the claims as they were handed on, and the exchange."""
    came: list[str] = []
    exchange = Exchange(model, QUESTION)
    return exchange.answer(PASSAGES, lambda claim: came.append(claim.text)), came, exchange


@pytest.mark.parametrize("pieces", [0, 1, 9])
def test_an_answer(pieces: int) -> None:
    model = saying(claims(SORT, DIVE, missing=["depth"]), pieces=pieces)
    reading, came, exchange = asked(model)
    assert [each.claim for each in reading.claims] == [WRITTEN, DraftClaim("Otters dive.")]
    assert (reading.missing, came) == (("depth",), ["Otters sort.", "Otters dive."])
    assert (model.schemas, exchange.usage) == ([SCHEMA], Usage(100, 10))
    assert model.prompts[0].endswith(f"{PASSAGES}\n\nQuestion: {QUESTION}")
    assert re.fullmatch(r"answer@[0-9a-f]{12}", exchange.asked_by or "")


def test_each_claim_is_handed_on_before_the_next_has_come() -> None:
    model = saying(claims(SORT, DIVE), pieces=1)
    seen: list[int] = []
    complete, sent = model.complete, 0

    def counting(messages: Any, schema: Any, on_text: Any = None) -> Any:
        def piece(text: str) -> None:
            nonlocal sent
            sent += len(text)
            on_text(text)

        return complete(messages, schema, piece)

    model.complete = counting  # type: ignore[method-assign]
    Exchange(model, QUESTION).answer(PASSAGES, lambda claim: seen.append(sent))
    text = (
        '{"claims": [{"text": "Otters sort.", "citations": [{"id": "ab12", "quote": "They sort pebbles."}]}'
    )
    assert seen[0] == len(text) < seen[1]


def test_a_model_that_cannot_keep_to_json_is_asked_for_lines_and_remembered() -> None:
    model = saying("The otters sort pebbles.", LINES)
    reading, came, exchange = asked(model)
    assert [each.claim for each in reading.claims] == [WRITTEN] and came == ["Otters sort."]
    assert reading.missing == ("depth",) and exchange.usage == Usage(200, 20)
    assert model.schemas == [SCHEMA, None] and len(model.messages[1]) == 1
    assert (exchange.asked_by or "").startswith("answer-tagged@")
    again = saying(LINES)
    asked(again)
    assert again.schemas == [None]
    other = saying(claims(SORT), name="another")
    asked(other)
    assert other.schemas == [SCHEMA]


def test_a_model_that_has_learnt_json_is_asked_for_it_again() -> None:
    asked(saying("no", LINES))
    assert asked(saying(claims(SORT)))[1] == ["Otters sort."]
    model = saying(claims(SORT))
    asked(model)
    assert model.schemas == [SCHEMA]


@pytest.mark.parametrize(
    "reply", ["The otters sort pebbles.", "[]", '{"claims": {"text": "x"}}', "{}", "[" * 9999]
)
def test_what_is_in_no_form_is_an_error(reply: str) -> None:
    model = saying(reply)
    with pytest.raises(ModelReply, match="neither in the JSON nor in the lines") as caught:
        asked(model)
    assert "\n" not in str(caught.value) and model.schemas == [SCHEMA, None]
    assert not generate._in_lines


def test_the_error_says_what_is_wrong_with_the_claims() -> None:
    with pytest.raises(ModelReply, match=r"\(claim 1: text is not text\)"):
        asked(saying({"claims": [{"text": 1}]}, {"claims": [{"text": 1}]}))


def test_a_reply_that_was_cut_off_is_continued_once() -> None:
    first = '{"claims": [{"text": "Otters sort.", "citations": []}, {"text": "Otters di'
    model = saying(first, claims(DIVE, missing=["depth"]), cut=[1])
    reading, came, exchange = asked(model)
    assert came == ["Otters sort.", "Otters dive."] and reading.whole and reading.missing == ("depth",)
    assert [each["role"] for each in model.messages[1]] == ["user", "assistant", "user"]
    assert model.messages[1][1]["content"] == first and "after 1 whole" in model.messages[1][2]["content"]
    assert exchange.usage == Usage(200, 20)


@pytest.mark.parametrize("second", ['{"claims": [{"te', ModelBusy("wait"), "no"])
def test_what_was_cut_off_again_is_salvaged(second: Any) -> None:
    first = '{"claims": [{"text": "Otters sort.", "citations": []}, {"text": "Otters di'
    reading, came, _ = asked(saying(first, second))
    assert (came, reading.whole) == (["Otters sort."], False)


def test_a_reply_cut_off_before_its_first_claim_is_an_error() -> None:
    with pytest.raises(ModelReply, match="fake broke off before its first claim"):
        asked(saying('{"claims": [{"text": "Ott', cut=[1]))


def test_a_failure_after_whole_claims_loses_none_of_them() -> None:
    class Breaking(FakeModel):
        def complete(self, messages: Any, schema: Any, on_text: Any = None) -> Any:
            if not self.prompts:
                on_text('{"claims": [{"text": "Otters sort.", "citations": []}, {"te')
            super().complete(messages, schema)
            raise ModelBusy("gone")

    reading, came, _ = asked(Breaking(lambda shown: ""))
    assert (came, reading.whole) == (["Otters sort."], False)
    with pytest.raises(ModelBusy):
        asked(saying(ModelBusy("gone")))


def test_a_stream_that_was_begun_anew_is_read_anew() -> None:
    class Restarting(FakeModel):
        def complete(self, messages: Any, schema: Any, on_text: Any = None) -> Any:
            on_text('{"claims": [{"text": "Ott')
            return super().complete(messages, schema)

    reading, came, _ = asked(Restarting(lambda shown: claims(SORT)))
    assert came == ["Otters sort."] and reading.whole


def test_further_passages_go_on_with_what_was_said() -> None:
    model = saying(claims(SORT, missing=["depth"]), claims(DIVE))
    _, came, exchange = asked(model)
    before = exchange.said
    reading = exchange.more(
        ["depth", "time"], "<passage>new</passage>", lambda claim: came.append(claim.text)
    )
    assert came == ["Otters sort.", "Otters dive."] and len(reading.claims) == 1
    assert [each["role"] for each in model.messages[1]] == ["user", "assistant", "user"]
    assert "- depth\n- time" in model.prompts[1] and "<passage>new</passage>" in model.prompts[1]
    assert len(exchange.said) > len(before) > len(PASSAGES)


def test_failed_claims_are_written_anew_or_withdrawn() -> None:
    anew = {"claims": [
        {"number": 2, "text": "Otters dive deep.", "citations": []},
        {"number": 3, "text": "", "citations": []},
        {"number": 4, "text": "Withdrawn.", "citations": []},
        {"number": 9, "text": "Never asked for.", "citations": []},
        {"text": "No number.", "citations": []},
    ]}  # fmt: skip
    model = saying(claims(SORT), anew)
    _, came, exchange = asked(model)
    made = exchange.repaired({n: f"Claim {n}." for n in (2, 3, 4, 5)})
    assert made == {2: DraftClaim("Otters dive deep."), 3: None, 4: None}
    assert came == ["Otters sort."] and model.schemas == [SCHEMA, NUMBERED]
    assert "2. Claim 2.\n3. Claim 3." in model.prompts[1]


def test_failed_claims_in_lines() -> None:
    model = saying("no", LINES, 'CLAIM 1: Anew.\nQUOTE [ab12]: "They sort pebbles."\nCLAIM 2:\n')
    _, _, exchange = asked(model)
    made = exchange.repaired({1: "a", 2: "b"})
    assert made == {1: DraftClaim("Anew.", WRITTEN.citations), 2: None} and model.schemas[-1] is None
