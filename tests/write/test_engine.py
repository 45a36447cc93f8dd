"""From a question to a verified answer in a model's words: what is offered, shown, sent back and looked for again."""

import json
from typing import Any

import pytest

from assistant.errors import ModelBusy, ModelContext, ModelReply
from assistant.prompts import load
from assistant.types import Answer, Claim, Order, Usage
from assistant.write import packing
from assistant.write.engine import NO_EVIDENCE
from tests.fakes import FakeModel, claims, passages_in
from tests.write.desk import (
    FIRST,
    KEPT,
    OTTERS,
    QUESTION,
    SLACK,
    SORT,
    TIDE,
    TIDES,
    Reply,
    Shelf,
    Strict,
    holder,
    paper,
    write,
    written,
)

MANY = [paper(f"p{n}", f"Stone number {n} was kept by the otter for a day.") for n in range(10, 40)]


def saying(*made: tuple[str, str], missing: tuple[str, ...] = ()) -> Reply:
    """Claims, each with a quote that is cited from the passage that holds it, or from none."""

    def reply(shown: dict[str, str]) -> Any:
        cited = [
            [(i, quote) for i, words in shown.items() if quote and quote in words][:1] for _, quote in made
        ]
        return claims(*((text, found) for (text, _), found in zip(made, cited, strict=True)), missing=missing)

    return reply


def numbered(*made: tuple[int, str, str]) -> Reply:
    def reply(shown: dict[str, str]) -> Any:
        answer = saying(*((text, quote) for _, text, quote in made))(shown)
        for claim, (number, _, _) in zip(answer["claims"], made, strict=True):
            claim["number"] = number
        return answer

    return reply


def failing(error: Exception) -> Reply:
    def reply(shown: dict[str, str]) -> Any:
        raise error

    return reply


def texts(answer: Answer) -> list[str]:
    return [claim.text for claim in answer.claims]


# --- what is offered -------------------------------------------------------------------------------------


def test_an_answer_bears_the_prompt_that_it_answers() -> None:
    model = FakeModel(saying((KEPT, KEPT)))
    answer = written(model)
    assert (answer.status, answer.engine, answer.usage) == ("answered", "fake", Usage(100, 10))
    assert answer.prompt and answer.prompt.startswith("answer@") and len(model.prompts) == 1


def test_nothing_near_is_an_abstention_before_the_call() -> None:
    model, shelf = FakeModel(failing(AssertionError())), Shelf(OTTERS, TIDES, cosine=NO_EVIDENCE / 2)
    shelf.words = None
    answer = written(model, shelf)
    assert (answer.status, answer.engine, answer.prompt, model.prompts) == ("abstained", "fake", None, [])
    assert written(model, Shelf()).status == "abstained"


@pytest.mark.parametrize(("words", "cosine"), [(0.1, 0.0), (None, NO_EVIDENCE)])
def test_a_word_or_a_meaning_in_common_is_reason_to_ask(words: float | None, cosine: float) -> None:
    shelf = Shelf(OTTERS, cosine=cosine)
    shelf.words = words
    assert written(FakeModel(saying((KEPT, KEPT))), shelf).status == "answered"


def test_parts_of_a_question_are_searched_for_each() -> None:
    shelf = Shelf(OTTERS, TIDES)
    model = FakeModel(saying((KEPT, KEPT)))
    write("How does LeZO save time, and what does CogSteer change?", shelf, model)
    assert shelf.searched[1:] == ["How does LeZO save time", "what does CogSteer change"]
    shelf.searched.clear()
    write("How do LeZO and CogSteer compare?", shelf, model)
    assert shelf.searched[1:] == ["How do LeZO and compare?", "How do and CogSteer compare?"]


def test_as_many_passages_are_offered_as_the_model_reads() -> None:
    offered, frame = [], packing.tokens(load("answer").text)
    for context in (None, (frame + 200) * 4 // 3, (frame + 80) * 4 // 3):
        model = FakeModel(saying(("Kept.", "Stone number 10 was kept")), context=context)
        written(model, Shelf(*MANY))
        offered.append(len(passages_in(model.prompts[0])))
        assert packing.tokens(model.prompts[0]) <= (context or packing.CONTEXT) * 3 / 4
    assert offered[0] == 12 > offered[1] > offered[2] >= 1


def test_a_model_that_reads_too_little() -> None:
    with pytest.raises(ModelContext, match="reads too few tokens for one passage"):
        written(FakeModel(saying((KEPT, KEPT)), context=300))


def test_too_many_passages_are_halved_once() -> None:
    model = FakeModel(failing(ModelContext("too long")), saying(("Kept.", "Stone number 10 was kept")))
    assert written(model, Shelf(*MANY)).status == "answered"
    first, second = (len(passages_in(prompt)) for prompt in model.prompts)
    assert first == 12 and 4 <= second <= 6
    for shelf in (Shelf(*MANY), Shelf(OTTERS)):
        with pytest.raises(ModelContext, match="too long"):
            written(FakeModel(failing(ModelContext("too long"))), shelf)


# --- verified as it comes --------------------------------------------------------------------------------


def streamed(model: FakeModel, judge: Any = None, **order: Any) -> tuple[Answer, list[tuple[str, int]]]:
    """The answer, and each claim as it was shown with the number of requests made by then."""
    shelf, shown = Shelf(OTTERS, TIDES), list[tuple[str, int]]()

    def show(claim: Claim) -> None:
        shown.append((claim.marked_text, len(model.prompts)))

    answer = write(QUESTION, shelf, model, Order(on_claim=show, **order), judge)
    assert [text for text, _ in shown] == [claim.marked_text for claim in answer.claims]
    return answer, shown


def test_what_is_settled_is_shown_and_what_fails_waits_for_its_mending() -> None:
    model = FakeModel(
        saying(("Kept.", KEPT), ("Made up.", ""), ("Tide.", TIDE)), numbered((2, "Sorted.", SORT)), pieces=5
    )
    answer, shown = streamed(model)
    assert shown == [("Kept [1].", 1), ("Sorted [1].", 2), ("Tide [2].", 2)]
    assert (answer.status, answer.dropped.claims, answer.usage) == ("answered", 0, Usage(200, 20))


def test_numbers_are_those_of_what_is_shown() -> None:
    """The claim that was mended cited another paper at first; a withheld one has no number at all."""
    lie = lambda shown: claims(  # noqa: E731
        ("In 1999.", [(holder(shown, TIDE), TIDE)]), ("Kept.", [(holder(shown, KEPT), KEPT)])
    )
    answer, _ = streamed(FakeModel(lie, numbered((1, "Sorted.", SORT))))
    assert answer.text == "Sorted [1]. Kept [1]." and [r.marker for r in answer.references] == [1]
    answer, _ = streamed(FakeModel(lie, saying()), strict=True)
    assert answer.text == "Kept [1]." and (answer.status, answer.dropped.claims) == ("partial", 1)
    answer, _ = streamed(FakeModel(lie, saying()))
    assert answer.text == "[unsupported] In 1999 [1]. Kept [2]."


def test_numbers_run_on() -> None:
    markers = {"elsewhere": 6}
    answer = written(FakeModel(saying(("Tide.", TIDE))), markers=markers)
    assert answer.text == "Tide [7]." and markers == {"elsewhere": 6, "rillTide": 7}


def test_the_judge_decides_what_is_supported() -> None:
    model = FakeModel(saying(("Slack water lasts for 20 minutes.", SLACK), ("They sleep.", SORT)), saying())
    answer = written(model, judge=Strict())
    assert [claim.verdict for claim in answer.claims] == ["supported", "unsupported"]
    assert answer.claims[1].reason == "no quote says 'sleep'" and answer.status == "partial"


def test_nothing_supported_is_an_abstention_that_counts() -> None:
    answer = written(
        FakeModel(saying(("They sleep.", SORT), ("Tides sing.", TIDE)), saying()), judge=Strict()
    )
    assert (answer.status, answer.dropped.claims, answer.dropped.citations) == ("abstained", 2, 0)


# --- what fails is sent back once ------------------------------------------------------------------------


def test_a_failed_claim_goes_back_with_the_reason() -> None:
    model = FakeModel(
        saying(("They sleep.", SORT), ("Tides sing.", TIDE), ("Otters kept none.", KEPT)),
        numbered((1, "They sort pebbles.", SORT), (2, "", "")),
    )
    answer = written(model, judge=Strict())
    assert [(c.text, c.verdict) for c in answer.claims] == [
        ("They sort pebbles.", "supported"), ("Otters kept none.", "unsupported")
    ]  # fmt: skip
    assert "1. They sleep.\n   Reason: no quote says 'sleep'" in model.prompts[1]
    assert "3. Otters kept none." in model.prompts[1]


def test_what_was_refused_is_named_in_the_reason() -> None:
    lie = lambda shown: claims(("So.", [("zzzz", KEPT)]), ("Kept.", [(holder(shown, KEPT), KEPT)]))  # noqa: E731
    model = FakeModel(lie, numbered((1, "Sorted.", SORT)))
    answer = written(model)
    assert (
        "Reason: no verified quote stands behind it; cites 'zzzz', which was not offered" in model.prompts[1]
    )
    assert texts(answer) == ["Sorted.", "Kept."] and answer.dropped.citations == 1


@pytest.mark.parametrize(
    "rewrite",
    [
        numbered((1, "Otters snore.", SORT)),
        numbered((1, "Otters dream.", "")),
        numbered((2, "Slack water.", SLACK)),
        saying(("Slack water.", SLACK)),
        saying(),
        failing(ModelBusy("wait")),
        lambda shown: "I am sorry.",
    ],
)
def test_a_rewrite_that_does_not_pass_is_not_kept(rewrite: Reply) -> None:
    model = FakeModel(saying(("They sleep.", SORT), ("They sort pebbles.", SORT)), rewrite)
    answer = written(model, judge=Strict())
    assert texts(answer) == ["They sleep.", "They sort pebbles."] and len(model.prompts) == 2
    assert (answer.claims[0].verdict, answer.dropped.citations) == ("unsupported", 0)
    assert (answer.status, answer.dropped.claims) == ("partial", 0)


def test_a_withdrawn_claim_is_counted() -> None:
    model = FakeModel(saying(("They sleep.", SORT), ("They sort pebbles.", SORT)), numbered((1, "", "")))
    answer = written(model, judge=Strict())
    assert texts(answer) == ["They sort pebbles."]
    assert (answer.status, answer.dropped.claims) == ("partial", 1)
    assert answer.dropped.reasons == ("withdrawn by the model: 'They sleep.' (no quote says 'sleep')",)


def test_a_rewrite_that_repeats_another_claim_counts_as_withdrawn() -> None:
    model = FakeModel(
        saying(("They sleep.", SORT), ("Kept.", KEPT), ("Kept [1].", "")), numbered((3, "Kept.", KEPT))
    )
    answer = written(model)
    assert texts(answer) == ["They sleep.", "Kept."] and answer.dropped.claims == 1


# --- what is missing is looked for once more -------------------------------------------------------------


def wide(cosine: float = 0.6) -> Shelf:
    return Shelf(*MANY, OTTERS, TIDES, cosine=cosine)


class Finding(Shelf):
    """Finds the passage on tides only if asked for the slack."""

    def search(self, text: str, limit: int) -> Any:
        hits = super().search(text, len(self.passages))
        return [hit for hit in hits if (hit.passage.paper == "rillTide") == ("slack" in text)][:limit]


def test_what_is_missing_is_searched_for_and_asked_for_once() -> None:
    model = FakeModel(
        saying(("Kept.", KEPT), missing=("how long the slack lasts", "depth")),
        saying(("Slack.", SLACK), missing=("depth",)),
        pieces=3,
    )
    shelf = Finding(OTTERS, TIDES)
    answer = written(model, shelf)
    assert texts(answer) == ["Kept.", "Slack."] and answer.missing == ("depth",)
    assert (len(model.prompts), answer.status, answer.usage) == (2, "partial", Usage(200, 20))
    assert shelf.searched == [QUESTION, "how long the slack lasts", "depth"]
    first, second = (passages_in(prompt) for prompt in model.prompts)
    assert len(first) == 1 and len(second) == 2 and first.items() < second.items()


@pytest.mark.parametrize(
    "second", [saying(), saying(missing=("something else",)), failing(ModelBusy("wait")), lambda shown: "no"]
)
def test_what_is_still_missing_stays_missing(second: Reply) -> None:
    model = FakeModel(saying(("Kept.", KEPT), missing=("how long the slack lasts",)), second)
    answer = written(model, Finding(OTTERS, TIDES))
    assert texts(answer) == ["Kept."] and answer.missing == ("how long the slack lasts",)


def test_nothing_new_or_near_is_not_asked_for() -> None:
    for shelf in (Shelf(OTTERS, TIDES), Finding(OTTERS, TIDES, cosine=0.2)):
        model = FakeModel(saying(("Kept.", KEPT), missing=("how long the slack lasts",)))
        written(model, shelf)
        assert len(model.prompts) == 1


def test_a_second_search_may_answer_what_the_first_did_not() -> None:
    model = FakeModel(saying(missing=("how long the slack lasts",)), saying(("Slack.", SLACK)))
    answer = written(model, Finding(OTTERS, TIDES))
    assert (texts(answer), answer.status, answer.missing) == (["Slack."], "answered", ())


# --- what is cut off -------------------------------------------------------------------------------------


def test_a_cut_reply_is_continued_and_its_claims_come_once() -> None:
    start = saying(("Kept.", KEPT), ("Tide.", TIDE))
    cut = lambda shown: (json.dumps(start(shown)))[:-30]  # noqa: E731
    model = FakeModel(cut, saying(("Kept.", KEPT), ("Tide.", TIDE), ("First.", KEPT)), cut=[1], pieces=4)
    answer = written(model)
    assert texts(answer) == ["Kept.", "Tide.", "First."] and (answer.status, answer.missing) == (
        "answered",
        (),
    )


def test_what_stays_cut_off_is_said() -> None:
    cut = lambda shown: (json.dumps(saying(("Kept.", KEPT), ("Tide.", TIDE))(shown)))[:-30]  # noqa: E731
    answer = written(FakeModel(cut, cut=[1, 2]))
    assert texts(answer) == ["Kept."]
    assert (answer.status, answer.missing) == ("partial", ("the rest of the answer (fake broke off)",))


# --- a conversation, a second opinion --------------------------------------------------------------------


def test_a_follow_up_is_searched_for_as_it_is_meant() -> None:
    before = Answer("What do otters sort?", "answered", (Claim("Pebbles.", "supported", 1.0, ""),))
    model = FakeModel(lambda shown: "How many dives kept the pebble?", saying(("Kept.", KEPT)))
    shelf = Shelf(OTTERS, TIDES)
    answer = written(model, shelf, before=before)
    assert shelf.searched == ["How many dives kept the pebble?"] and answer.question == QUESTION
    assert model.prompts[1].endswith("Question: How many dives kept the pebble?")
    assert answer.usage == Usage(200, 20)


def test_a_follow_up_that_cannot_be_written_out_is_asked_as_it_is() -> None:
    before = Answer("What do otters sort?", "abstained")
    model = FakeModel(failing(ModelBusy("wait")), saying(("Kept.", KEPT)))
    assert texts(written(model, before=before)) == ["Kept."] and model.prompts[1].endswith(QUESTION)


def test_warnings_say_what_was_not_done() -> None:
    told: list[str] = []
    shelf = Finding(OTTERS, TIDES)
    model = FakeModel(
        saying(("Kept.", KEPT), ("Made up.", ""), missing=("slack",)), failing(ModelBusy("come back later"))
    )
    write(QUESTION, shelf, model, warn=told.append)
    assert told == [
        "what is missing was not asked for again: come back later",
        "claims that failed the check were not sent back: come back later",
    ]


def test_errors_of_the_first_call_are_errors() -> None:
    for error in (ModelBusy("wait"), ModelReply("no")):
        with pytest.raises(type(error)):
            written(FakeModel(failing(error)))


def test_quotes_are_the_papers_own_letters() -> None:
    answer = written(FakeModel(lambda shown: claims(("Longest.", [(holder(shown, "ﬁrst"), FIRST)]))))
    assert (
        answer.claims[0].citations[0].quote.text == "The ﬁrst dive of an otter’s day is the longest of all."
    )
