"""The review of a talk: what it asked, where the papers are silent, and what to read next."""

import pytest

from assistant.chat import Conversation
from assistant.chat.leads import Lead
from assistant.chat.review import as_dict, entities, goal, review, text
from assistant.chat.talk import TOGETHER, Reading, Turn
from assistant.library import Library
from assistant.types import Answer, Claim


def test_a_gap_says_what_to_read_for_it_and_what_no_paper_speaks_of(digests: Library) -> None:
    conversation = Conversation(digests)
    conversation.ask("Which crystallographers tried sparse autoencoders in Zurich?")
    found = review(conversation.turns, digests)
    (gap,) = found.gaps
    assert gap.absent == ("Zurich", "crystallographers", "tried")
    assert [(lead.paper.key, lead.words) for lead in gap.leads] == [
        ("shiRoute", ("sparse", "autoencoders")),
        ("lezo", ("sparse",)),
    ]
    (told,) = as_dict(found)["gaps"]
    assert told["turn"] == 1 and told["absent"] == list(gap.absent)
    assert told["leads"][1] == {"paper": "lezo", "page": None, "words": ["sparse"]}
    page = text(found, 60, False)
    assert "     in no paper here: Zurich, crystallographers, tried\n" in page
    assert "     lezo · LeZO (sparse)" in page and max(map(len, page.splitlines())) <= 60


def test_a_gap_of_one_paper_leads_to_papers_like_it(digests: Library) -> None:
    conversation = Conversation(digests)
    for question in ("Which attention heads matter for safety?", "what are its limitations?"):
        conversation.ask(question)
    (gap,) = review(conversation.turns, digests).gaps
    assert (
        gap.turn == 2 and gap.absent == () and "roleAttention" not in [each.paper.key for each in gap.leads]
    )
    assert (gap.leads[0].paper.key, gap.leads[0].words) == ("alignmentJailbreak", ("Safety",))


def test_a_word_of_a_title_is_too_little_to_lead_to_another_paper(digests: Library) -> None:
    turn = Turn(Reading("limits?", ("shiRoute",), TOGETHER), Answer("limits?", "abstained"))
    (gap,) = review([turn], digests).gaps
    assert gap.leads == ()


def test_what_was_near_to_more_turns_is_named_first(
    digests: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = {"one": "kid", "two": "lezo", "three": "lezo"}
    monkeypatch.setattr(
        "assistant.chat.review.leads",
        lambda turn, asked, library, *_: [Lead(library.paper(near[asked]), None, ())],
    )
    claims = (Claim("It does.", "supported", 1.0, "", ()),)
    turns = [Turn(Reading(asked), Answer(asked, "answered", claims)) for asked in near]
    found = review(turns, digests).beside
    assert [(each.lead.paper.key, each.turns) for each in found] == [("lezo", (2, 3)), ("kid", (1,))]


def test_nobody_else_says_who_wrote_a_paper(digests: Library) -> None:
    conversation = Conversation(digests)
    conversation.ask("who wrote LeZO?")
    found = review(conversation.turns, digests)
    assert found.gaps[0].leads == () == found.gaps[0].absent
    assert "     the authors of LeZO (none are on record for it)" in text(found, 100, False)


def test_what_is_near_and_was_not_shown_is_to_be_read_next(digests: Library) -> None:
    conversation = Conversation(digests)
    for question in ("What limits sequential model editing?", "who wrote it?"):
        conversation.ask(question)
    found = review(conversation.turns, digests)
    assert [(each.lead.paper.key, each.lead.words, each.turns) for each in found.beside] == [
        ("zhangPFDial", ("sequential",), (1,))
    ]
    assert as_dict(found)["beside"][0]["turns"] == [1]
    assert "Near what was answered, and not shown yet\n  zhangPFDial" in text(found, 100, False)
    conversation.ask("who wrote “Neuron-Level Sequential Editing for Large Language Models”?")
    assert [each.turns for each in review(conversation.turns, digests).beside] == [(1,)]
    conversation.ask("What is PFDial?")
    assert not review(conversation.turns, digests).beside


def test_elements() -> None:
    assert entities("Who wrote “On the Role of Attention Heads” beside KID?") == [
        "On the Role of Attention Heads",
        "KID",
    ]
    asked = ("Does LeZO run on GPUs?", "and is it fast?", "Which papers propose a benchmark?", "Why?")
    assert [goal(each) for each in asked] == ["yes or no", "yes or no", "list of papers", "reason"]
