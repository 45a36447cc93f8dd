"""A conversation: source numbers run on, and every paper cited so far can be listed."""

from typing import Any

import pytest

from assistant import Library
from assistant.chat import Conversation
from assistant.errors import UsageError
from assistant.selection import Selection
from tests.fakes import FakeModel, claims


def test_numbers_run_on_and_sources_are_listed_once(digests: Library) -> None:
    conversation = Conversation(digests)
    first = conversation.ask("How many more features does RouteSAE extract than baseline SAEs?")
    lost = conversation.ask("How many qubits does the processor use?")
    second = conversation.ask("How much training time does CogSteer save?")
    third = conversation.ask("What is RouteSAE?")
    assert [turn.answer for turn in conversation.turns] == [first, lost, second, third] and lost.status == "abstained"
    assert [reference.marker for reference in first.references] == [1]
    assert second.references[0].marker == 2 and "[2]" in second.text
    assert third.references[0].marker == 1
    assert [(r.marker, r.paper.key) for r in conversation.sources()] == [(1, "shiRoute"), (2, "cogsteer")]


def test_a_refused_question_is_no_turn(digests: Library) -> None:
    conversation = Conversation(digests)
    with pytest.raises(UsageError):
        conversation.ask(" ")
    assert conversation.turns == [] == conversation.sources()


def test_the_selection_holds_for_every_turn(digests: Library) -> None:
    conversation = Conversation(digests, selection=Selection(papers=("hrbench",)))
    for question in ("Which papers introduce a benchmark?", "What does downsampling do?"):
        assert {r.paper.key for r in conversation.ask(question).references} <= {"hrbench"}


def test_two_conversations_count_apart(digests: Library) -> None:
    for question in ("What is RouteSAE?", "How much training time does CogSteer save?"):
        assert Conversation(digests).ask(question).references[0].marker == 1


def test_a_model_reads_a_question_in_the_light_of_the_turn_before(digests: Library) -> None:
    def reply(shown: dict[str, str]) -> Any:
        if not shown:
            return "How much training time does CogSteer save?"
        name, words = next((i, words) for i, words in shown.items() if "CogSteer" in words)
        quote = words.split(". ")[0]
        return claims((" ".join(quote.split()), [(name, quote)]))

    model, told = FakeModel(reply), list[str]()
    conversation = Conversation(digests, model)
    first = conversation.ask("What is CogSteer?")
    second = conversation.ask("And how much does it save?", lambda claim: told.append(claim.text))
    assert len(model.prompts) == 3 and model.schemas[1] is None
    assert "What is CogSteer?" in model.prompts[1] and first.text in model.prompts[1]
    assert model.prompts[2].endswith("Question: How much training time does CogSteer save?")
    assert second.question == "And how much does it save?" and told == [second.claims[0].text]
    assert [r.marker for r in second.references] == [1]
