"""A conversation: source numbers run on, and every paper cited so far can be listed."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant import Library
from assistant.chat import Conversation
from assistant.chat.answering import Answering
from assistant.chat.journal import Journal, turns
from assistant.errors import ModelError, UsageError
from assistant.selection import Selection
from assistant.store.sessions import Sessions
from tests.fakes import FakeModel, claims


def test_numbers_run_on_and_sources_are_listed_once(digests: Library) -> None:
    conversation = Conversation(digests)
    first = conversation.ask("How many more features does RouteSAE extract than baseline SAEs?")
    lost = conversation.ask("How many qubits does the processor use?")
    second = conversation.ask("How much training time does CogSteer save?")
    third = conversation.ask("What is RouteSAE?")
    assert [turn.answer for turn in conversation.turns] == [
        first,
        lost,
        second,
        third,
    ] and lost.status == "abstained"
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


def test_it_is_the_one_paper_that_is_asked_whatever_was_spoken_of(digests: Library) -> None:
    conversation = Conversation(digests)
    conversation.ask("How do LeZO and KID differ?")
    conversation.selection = Selection(("kid",))
    assert conversation.read("what did it cost?").meant == ("kid",)
    conversation.selection = Selection(("kid", "lezo"))
    assert conversation.read("what did it cost?").asks
    fresh = Conversation(digests, selection=Selection(("lezo",)))
    assert fresh.read("what did it cost?").meant == ("lezo",)


def test_two_conversations_count_apart(digests: Library) -> None:
    for question in ("What is RouteSAE?", "How much training time does CogSteer save?"):
        assert Conversation(digests).ask(question).references[0].marker == 1


@pytest.mark.parametrize(
    ("first", "then", "asked", "paper"),
    [
        (
            "What did the pre-training of PFDial use?",
            "what are the limitations of it",
            "of PFDial",
            "zhangPFDial",
        ),
        ("What did the pre-training of PFDial use?", "who wrote it?", "Who wrote PFDial?", "zhangPFDial"),
        (
            "What did the pre-training of PFDial use?",
            "who are its authors?",
            "Who wrote PFDial?",
            "zhangPFDial",
        ),
        (
            "How do LeZO and CogSteer compare?",
            "what does the second one save?",
            "what does CogSteer",
            "cogsteer",
        ),
        ("How do LeZO and CogSteer compare?", "[1]", "What is LeZO?", "lezo"),
        ("What is KID?", "what about LeZO?", "What is LeZO?", "lezo"),
        ("What is KID?", "more", "What is KID?", "kid"),
        ("What is KID?", "why?", "Why? (What is KID)", "kid"),
        ("What is UAL?", "and on GSM8K?", "What is UAL, on GSM8K?", "ual"),
        ("What is UAL?", "limitations?", "limitations in UAL?", "ual"),
        ("What is HR-Bench?", "how many stages does the framework have?", "have in HR-Bench?", "hrbench"),
        ("What is KID?", "by how much?", "by how much? (What is KID)", "kid"),
    ],
)
def test_a_follow_up_is_read_of_the_paper_that_it_means(
    digests: Library, first: str, then: str, asked: str, paper: str
) -> None:
    conversation = Conversation(digests)
    conversation.ask(first)
    answer = conversation.ask(then)
    turn = conversation.turns[-1]
    assert turn.reading.meant == (paper,) and set(turn.cited) <= {paper}
    assert asked in (answer.asked or then) and answer.question == then


def test_what_it_means_can_be_asked_back_and_then_said(digests: Library) -> None:
    conversation = Conversation(digests)
    conversation.ask("How do LeZO and CogSteer compare?")
    back = conversation.ask("how much training time does it save?")
    assert back.asks == "Which one do you mean: [1] LeZO or [2] CogSteer?" == back.text
    assert back.status == "abstained" and not back.claims
    answer = conversation.ask("the second one")
    assert answer.asked == "how much training time does CogSteer save?" and answer.status == "answered"
    assert conversation.turns[-1].cited == ("cogsteer",)
    conversation.ask("How do LeZO and CogSteer compare?")
    conversation.ask("how much training time does it save?")
    assert conversation.ask("CogSteer").asked == "how much training time does CogSteer save?"


def test_two_papers_are_compared_and_asked_one_by_one(digests: Library) -> None:
    conversation = Conversation(digests)
    conversation.ask("What is LeZO?")
    assert conversation.ask("compare that with CogSteer").asked == "How do LeZO and CogSteer compare?"
    assert set(conversation.turns[-1].cited) == {"lezo", "cogsteer"}
    both = conversation.ask("how much training time do they save?")
    assert conversation.turns[-1].reading.meant == ("lezo", "cogsteer")
    assert conversation.turns[-1].cited == ("cogsteer",)
    assert both.status == "partial" and both.missing[0].startswith("LeZO: ")
    none = conversation.ask("who wrote them?")
    assert none.status == "abstained" and len(none.missing) == 2 == len(none.nearest)


def test_more_shows_nothing_twice(digests: Library) -> None:
    conversation = Conversation(digests)
    conversation.ask("What is KID?")
    for _ in range(6):
        answer = conversation.ask("more")
        if answer.status == "abstained":
            break
        assert set(conversation.turns[-1].cited) == {"kid"}
    spans = [(q.start, q.end) for turn in conversation.turns for q in turn.quotes]
    assert len(spans) == len(set(spans)) > 3 and answer.status == "abstained"


def test_a_topic_of_its_own_carries_nothing_over(digests: Library) -> None:
    conversation = Conversation(digests)
    conversation.ask("What is KID?")
    for question in ("How many bees live in a hive?", "What is the goal of conversation analysis?"):
        answer = conversation.ask(question)
        assert not answer.asked and not conversation.turns[-1].reading.papers
    lost = conversation.ask("How many qubits does the processor use?")
    assert lost.status == "abstained"
    assert conversation.ask("who wrote it?").asks.startswith("Which ")


def test_what_one_paper_does_not_say_is_not_made_up(digests: Library) -> None:
    conversation = Conversation(digests)
    conversation.ask("What is PFDial?")
    answer = conversation.ask("what did its training cost?")
    assert answer.status == "abstained" and [paper.key for paper in answer.nearest] == ["zhangPFDial"]


def test_a_number_that_is_not_there(digests: Library) -> None:
    conversation = Conversation(digests)
    conversation.ask("What is KID?")
    assert conversation.ask("who wrote [7]?").asks == "There is no source [7]; there is [1]."


def test_an_interrupted_answer_is_kept_as_stopped(digests: Library) -> None:
    conversation = Conversation(digests)

    def stop(claim: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        conversation.ask("What is KID?", stop)
    (turn,) = conversation.turns
    assert turn.state == "stopped" and turn.answer.status == "partial" and turn.cited == ("kid",)


def test_what_an_answer_had_shown_before_it_failed_is_kept(
    digests: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Marked as failed; asked again in vain, it stands behind the answer that it was to replace."""
    with closing(Sessions(tmp_path)) as sessions:
        journal = Journal(sessions)
        conversation = Conversation(digests, journal=journal)
        conversation.ask("What is LeZO?")

        def answer(self: Answering, *words: Any) -> Any:
            real(self, *words)
            raise ModelError("the server is gone")

        with monkeypatch.context() as patch:
            real = Answering.answer
            patch.setattr(Answering, "answer", answer)
            with pytest.raises(ModelError):
                conversation.ask("What is KID?")
            with pytest.raises(ModelError):
                conversation.retry()
        states = [(turn.answer.question, turn.state) for turn in conversation.turns]
        assert states == [("What is LeZO?", "done"), ("What is KID?", "failed"), ("What is KID?", "failed")]
        assert [(row.question, row.state) for row in sessions.turns(journal.id)] == states
        assert turns(sessions.turns(journal.id), digests)[1].cited == ("kid",)
        conversation.retry()
        assert len(conversation.turns) == 3, "in place of the last, though that had failed again"
        conversation.ask("who wrote [2]?")
        assert conversation.turns[-1].reading.meant == ("kid",)


def test_a_question_that_is_stopped_while_it_is_stored_is_kept_once(
    digests: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Sessions(tmp_path)) as sessions:
        journal = Journal(sessions)
        conversation = Conversation(digests, journal=journal)
        real = sessions.ask

        def asked(session: str, question: str) -> int:
            real(session, question)
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(sessions, "ask", asked)
            with pytest.raises(KeyboardInterrupt):
                conversation.ask("What is KID? ")
        conversation.stopped("What is KID? ")
        conversation.stopped("What is LeZO?")
        conversation.stopped("What is LeZO?")
        kept = [(row.question, row.state) for row in sessions.turns(journal.id)]
        assert kept == [("What is KID?", "stopped"), *[("What is LeZO?", "stopped")] * 2]
        assert [(turn.answer.question, turn.state) for turn in conversation.turns] == kept


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
