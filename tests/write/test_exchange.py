"""One exchange with a model: its forms, what was cut off, what was missing, what failed."""

import re
from typing import Any

import pytest

from assistant.errors import ModelBusy, ModelReply
from assistant.types import DraftClaim, Usage
from assistant.write.exchange import CLAIMS, LONGEST, Exchange
from assistant.write.reply import NUMBER, REPEATS, TOO_LONG, schema
from tests.fakes import FakeModel, pointing

QUESTION = "How do otters choose pebbles?"
PASSAGES = '<passage id="AB">\nOtters\n[AB1] They sort pebbles.\n</passage>'
TAGS = ["AB1"]
SCHEMA, NUMBERED = schema(TAGS), schema(TAGS, number=NUMBER)
SORT = ("Otters sort.", ["AB1"])
DIVE = ("Otters dive.", [])
LINES = "CLAIM: Otters sort.\nSHOWN BY: AB1\nMISSING: depth"
WRITTEN = DraftClaim("Otters sort.", ("AB1",))


def saying(*replies: Any, **more: Any) -> FakeModel:
    """A model that replies these in turn, whatever it is shown; an exception is raised."""

    def reply(made: Any) -> Any:
        def give(shown: dict[str, str]) -> Any:
            if isinstance(made, Exception):
                raise made
            return made

        return give

    return FakeModel(*map(reply, replies), **more)


def asked(model: FakeModel, unable: set[str] | None = None) -> tuple[Any, list[str], Exchange]:
    """The reading, the texts of the claims as they were handed on, and the exchange."""
    came: list[str] = []
    exchange = Exchange(model, QUESTION, unable)
    return exchange.answer(PASSAGES, TAGS, lambda claim: came.append(claim.text)), came, exchange


@pytest.mark.parametrize("pieces", [0, 1, 9])
def test_an_answer(pieces: int) -> None:
    model = saying(pointing(SORT, DIVE, missing=["depth"]), pieces=pieces)
    reading, came, exchange = asked(model)
    assert [each.claim for each in reading.claims] == [WRITTEN, DraftClaim("Otters dive.")]
    assert (reading.missing, came) == (("depth",), ["Otters sort.", "Otters dive."])
    assert (model.schemas, exchange.usage) == ([SCHEMA], Usage(100, 10))
    assert model.prompts[0].endswith(f"{PASSAGES}\n\nQuestion: {QUESTION}")
    assert re.fullmatch(r"answer@[0-9a-f]{12}", exchange.asked_by or "")


def test_each_claim_is_handed_on_before_the_next_has_come() -> None:
    model = saying(pointing(SORT, DIVE), pieces=1)
    seen: list[int] = []
    complete, sent = model.complete, 0

    def counting(messages: Any, schema: Any, on_text: Any = None) -> Any:
        def piece(text: str) -> bool:
            nonlocal sent
            sent += len(text)
            return bool(on_text(text))

        return complete(messages, schema, piece)

    model.complete = counting  # type: ignore[method-assign]
    Exchange(model, QUESTION).answer(PASSAGES, TAGS, lambda claim: seen.append(sent))
    text = '{"claims": [{"text": "Otters sort.", "shown_by": ["AB1"]}'
    assert seen[0] == len(text) < seen[1]


def test_a_model_that_cannot_keep_to_json_is_asked_for_lines_and_remembered() -> None:
    model, unable = saying("The otters sort pebbles.", LINES), set[str]()
    reading, came, exchange = asked(model, unable)
    assert [each.claim for each in reading.claims] == [WRITTEN] and came == ["Otters sort."]
    assert reading.missing == ("depth",) and exchange.usage == Usage(200, 20)
    assert model.schemas == [SCHEMA, None] and len(model.messages[1]) == 1
    assert (exchange.asked_by or "").startswith("answer-lines@")
    again = saying(LINES)
    asked(again, unable)
    assert again.schemas == [None]
    other, elsewhere = saying(pointing(SORT), name="another"), saying(pointing(SORT))
    asked(other, unable)
    asked(elsewhere)
    assert other.schemas == elsewhere.schemas == [SCHEMA]


def test_a_model_that_has_learnt_json_is_asked_for_it_again() -> None:
    unable = set[str]()
    asked(saying("no", LINES), unable)
    assert asked(saying(pointing(SORT)), unable)[1] == ["Otters sort."]
    model = saying(pointing(SORT))
    asked(model, unable)
    assert model.schemas == [SCHEMA]


@pytest.mark.parametrize(
    "reply", ["The otters sort pebbles.", "[]", '{"claims": {"text": "x"}}', "{}", "[" * 9999]
)
def test_what_is_in_no_form_is_an_error(reply: str) -> None:
    model, unable = saying(reply), set[str]()
    with pytest.raises(ModelReply, match="neither in the JSON nor in the lines") as caught:
        asked(model, unable)
    assert "\n" not in str(caught.value) and model.schemas == [SCHEMA, None]
    assert not unable


def test_the_error_says_what_is_wrong_with_the_pointing() -> None:
    with pytest.raises(ModelReply, match=r"\(claim 1: text is not text\)"):
        asked(saying({"claims": [{"text": 1}]}, {"claims": [{"text": 1}]}))


def test_a_reply_that_was_cut_off_is_continued_once() -> None:
    first = '{"claims": [{"text": "Otters sort.", "shown_by": []}, {"text": "Otters di'
    model = saying(first, pointing(DIVE, missing=["depth"]), cut=[1])
    reading, came, exchange = asked(model)
    assert came == ["Otters sort.", "Otters dive."] and reading.whole and reading.missing == ("depth",)
    assert [each["role"] for each in model.messages[1]] == ["user", "assistant", "user"]
    assert model.messages[1][1]["content"] == first and "after 1 whole" in model.messages[1][2]["content"]
    assert exchange.usage == Usage(200, 20)


@pytest.mark.parametrize("second", ['{"claims": [{"te', ModelBusy("wait"), "no"])
def test_what_was_cut_off_again_is_salvaged(second: Any) -> None:
    first = '{"claims": [{"text": "Otters sort.", "shown_by": []}, {"text": "Otters di'
    reading, came, _ = asked(saying(first, second))
    assert (came, reading.whole) == (["Otters sort."], False)


def test_a_reply_cut_off_before_its_first_claim_is_an_error() -> None:
    with pytest.raises(ModelReply, match="fake broke off before its first claim"):
        asked(saying('{"claims": [{"text": "Ott', cut=[1]))


def test_a_failure_after_whole_claims_loses_none_of_them() -> None:
    class Breaking(FakeModel):
        def complete(self, messages: Any, schema: Any, on_text: Any = None) -> Any:
            if not self.prompts:
                on_text('{"claims": [{"text": "Otters sort.", "shown_by": []}, {"te')
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

    reading, came, _ = asked(Restarting(lambda shown: pointing(SORT)))
    assert came == ["Otters sort."] and reading.whole


def test_further_passages_go_on_with_what_was_said() -> None:
    model = saying(pointing(SORT, missing=["depth"]), pointing(DIVE))
    _, came, exchange = asked(model)
    before = exchange.said
    reading = exchange.more(
        ["depth", "time"], "<passage>new</passage>", TAGS, lambda claim: came.append(claim.text)
    )
    assert came == ["Otters sort.", "Otters dive."] and len(reading.claims) == 1
    assert [each["role"] for each in model.messages[1]] == ["user", "assistant", "user"]
    assert "- depth\n- time" in model.prompts[1] and "<passage>new</passage>" in model.prompts[1]
    assert len(exchange.said) > len(before) > len(PASSAGES)


def test_failed_claims_are_written_anew_or_withdrawn() -> None:
    anew = {"claims": [
        {"number": 2, "text": "Otters dive deep.", "shown_by": []},
        {"number": 3, "text": "", "shown_by": []},
        {"number": 4, "text": "Withdrawn.", "shown_by": []},
        {"number": 9, "text": "Never asked for.", "shown_by": []},
        {"text": "No number.", "shown_by": []},
    ]}  # fmt: skip
    model = saying(pointing(SORT), anew)
    _, came, exchange = asked(model)
    made = exchange.repaired({n: f"Claim {n}." for n in (2, 3, 4, 5)}, TAGS)
    assert made == {2: DraftClaim("Otters dive deep."), 3: None, 4: None}
    assert came == ["Otters sort."] and model.schemas == [SCHEMA, NUMBERED]
    assert "2. Claim 2.\n3. Claim 3." in model.prompts[1]


def test_failed_claims_in_lines() -> None:
    model = saying("no", LINES, "CLAIM 1: Anew.\nSHOWN BY: AB1\nCLAIM 2:\n")
    _, _, exchange = asked(model)
    made = exchange.repaired({1: "a", 2: "b"}, TAGS)
    assert made == {1: DraftClaim("Anew.", ("AB1",)), 2: None} and model.schemas[-1] is None


@pytest.mark.parametrize("form", ["json", "lines"])
def test_a_claim_that_comes_again_ends_the_reply(form: str) -> None:
    made = pointing(SORT, DIVE, SORT, *[DIVE] * 500)
    lines = "CLAIM: Otters sort.\nSHOWN BY: AB1\nCLAIM: Otters dive.\n" * 300
    unable = {"fake"} if form == "lines" else set[str]()
    model = saying(lines if form == "lines" else made, pieces=7)
    reading, came, exchange = asked(model, unable)
    assert came[:3] == ["Otters sort.", "Otters dive.", "Otters sort."] and len(came) <= 4
    assert len(model.prompts) == 1
    assert reading.ended == REPEATS and not reading.whole
    assert len(exchange.said) < len(model.prompts[0]) + 400


def test_a_reply_without_end_is_ended() -> None:
    endless = '{"claims": [{"text": "' + "so " * LONGEST
    model = saying(endless, endless, pieces=100)
    with pytest.raises(ModelReply):
        asked(model)
    assert all(len(message[-1]["content"]) < 5 * LONGEST for message in model.messages)
    claims = [(f"Claim {n} says something of its own.", ["AB1"]) for n in range(LONGEST)]
    reading, came, _ = asked(saying(pointing(*claims), pieces=50))
    assert reading.ended == TOO_LONG and CLAIMS < len(came) < LONGEST / 50


def test_as_much_as_a_reader_wants_comes_whole() -> None:
    claims = [
        (f"Claim {n} " + "says a good deal of what it found on otters. " * 8, ["AB1"] * 4)
        for n in range(CLAIMS)
    ]
    reading, came, _ = asked(saying(pointing(*claims), pieces=50))
    assert reading.whole and not reading.ended and len(came) == CLAIMS
