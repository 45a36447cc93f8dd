"""What is kept of a turn reads back equal, and nothing that does not stand in its paper today reads back as a quote."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from assistant import Library
from assistant.chat import Conversation, Turn, transcript
from assistant.chat.quoted import cited
from assistant.chat.record import numbers, record, restored, verified
from assistant.chat.talk import Reading
from assistant.errors import UnknownPaper
from assistant.types import Answer, Claim, Paper
from tests.show.samples import DATED, FIRST, LEANING, PAPERS, SECOND


@pytest.fixture
def turn(digests: Library) -> Turn:
    conversation = Conversation(digests)
    conversation.ask("What is KID?")
    conversation.ask("how does it compare with LeZO?")
    return conversation.turns[-1]


def test_a_turn_reads_back_equal(digests: Library, turn: Turn) -> None:
    again = restored(record(turn), digests.paper)
    assert replace(again, answer=replace(again.answer, seconds=0.0)) == replace(
        turn, answer=replace(turn.answer, seconds=0.0)
    )
    assert numbers(record(turn)) == {
        reference.paper.key: reference.marker for reference in turn.answer.references
    }
    assert verified(turn.answer, digests.paper) == (
        replace(turn.answer, seconds=round(turn.answer.seconds, 3)),
        (),
    )


def test_a_question_back_reads_back(digests: Library) -> None:
    conversation = Conversation(digests)
    conversation.ask("who wrote it?")
    assert restored(record(conversation.turns[0]), digests.paper).answer.asks.startswith("Which paper")


def test_words_that_moved_are_cut_from_where_they_are_now(digests: Library, turn: Turn) -> None:
    def moved(key: str) -> Paper:
        paper = digests.paper(key)
        return replace(paper, text="A new first line.\n" + paper.text, body=paper.body + 18)

    again = restored(record(turn), moved)
    assert not again.lost and again.quotes[0].start == turn.quotes[0].start + 18
    for quote in again.quotes:
        assert moved(quote.paper).text[quote.start : quote.end] == quote.text


def test_what_has_gone_or_changed_is_said_and_left_out(digests: Library, turn: Turn) -> None:
    def without_kid(key: str) -> Paper:
        if key == "kid":
            raise UnknownPaper(key)
        return replace(digests.paper(key), text="Nothing of it.", body=0)

    again = restored(record(turn), without_kid)
    assert again.answer.status == "abstained" and not again.quotes and not again.answer.references
    assert [line.split("] ")[1] for line in again.lost] == [
        "kid is no longer in the library",
        "lezo has changed: its quote is no longer in it",
    ]
    one = restored(record(turn), lambda key: digests.paper(key) if key == "lezo" else without_kid(key))
    assert one.answer.status == "partial" and set(one.cited) == {"lezo"}


def test_what_is_no_record_is_refused(digests: Library) -> None:
    for text in ("", "{}", "[1"):
        with pytest.raises((ValueError, KeyError)):
            restored(text, digests.paper)


def test_what_stood_on_record_reads_back_only_while_it_stands_there() -> None:
    turn = Turn(Reading("When?"), DATED)
    assert restored(record(turn), PAPERS.__getitem__).answer.claims == DATED.claims

    def redated(key: str) -> Paper:
        return replace(PAPERS[key], year=2022)

    again = restored(record(turn), redated)
    assert [claim.text for claim in again.answer.claims] == [DATED.claims[1].text]
    assert again.lost == ("[1] the record of brookOtters has changed: its year is another now",)
    assert again.answer.status == "partial" and again.cited == ("brookOtters",)


def test_what_a_quote_leans_on_reads_back_only_where_it_stands() -> None:
    turn = Turn(Reading("When?"), LEANING)
    again = restored(record(turn), PAPERS.__getitem__)
    assert again.answer.claims == LEANING.claims and [q.text for q in again.quotes] == [FIRST, SECOND]

    def without(key: str) -> Paper:
        return replace(PAPERS[key], text=PAPERS[key].text.replace("Otters", "Voles"))

    changed = restored(record(turn), without)
    assert [quote.text for quote in changed.quotes] == [SECOND]
    assert changed.lost == ("[1] brookOtters has changed: what stood before its quote is no longer in it",)


def test_what_is_cited_of_a_source_is_its_quotes_and_its_record() -> None:
    class Shelf:
        def paper(self, key: str) -> Paper:
            return PAPERS[key]

    turns = [Turn(Reading("?"), LEANING), Turn(Reading("When?"), DATED)]
    dated = cited(turns, 1, Shelf())  # type: ignore[arg-type]
    assert (dated.quotes, dated.page, len(dated.recorded)) == ((), None, 2)
    leaning = cited(turns[:1], 1, Shelf())  # type: ignore[arg-type]
    assert (leaning.recorded, leaning.page) == ((), 2)
    assert leaning.quotes[0].before.strip() == FIRST
    for form in (transcript.markdown, transcript.html):
        shown = form(turns, "Talk")
        assert "year: 2021 (says refs.bib)" in shown and FIRST in shown


@pytest.mark.parametrize("form", [transcript.markdown, transcript.html])
def test_what_was_stopped_before_its_answer_does_not_say_that_the_papers_do_not_say(
    form: Callable[[Sequence[Turn], str], str],
) -> None:
    nothing = Turn(Reading("What is KID?"), Answer("What is KID?", "abstained"))
    assert "The papers do not say" in form([nothing], "A talk")
    stopped = form([replace(nothing, state="stopped")], "A talk")
    assert "What is KID?" in stopped and "Stopped before its end." in stopped
    assert "The papers do not say" not in stopped and "0 claims" not in stopped
    gone = form([replace(nothing, lost=("[1] kid is no longer in the library",))], "A talk")
    assert "no longer in the library" in gone and "The papers do not say" not in gone
    begun = replace(nothing.answer, status="partial", claims=(Claim("Otters dive.", "supported", None, ""),))
    assert "Otters dive." in form([replace(nothing, state="stopped", answer=begun)], "A talk")
