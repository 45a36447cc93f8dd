"""A paper's summary: whole sentences of it under what they do, each once, as long as it was asked for."""

import pytest

from assistant.errors import UsageError
from assistant.summarize.mentions import mentions
from assistant.summarize.one import summary
from assistant.summarize.wanted import LENGTHS, Wanted, words_of
from assistant.types import Draft, Paper, Source
from tests.fakes import FakeCatalog, WordEmbedder

PAPER = """Otters are among the best known mammals of northern rivers and have long been watched.
However, little is known about how otters choose the pebbles that they keep.
The aim of this study was to measure the weight of the pebbles that otters keep.
We propose a balance on which an otter can be weighed together with its pebble.
We recruited 42 otters from two rivers between 2011 and 2013.
We found that otters keep pebbles that are 31% lighter than those beside them.
Heavy pebbles were dropped significantly sooner than light ones in every river.
A limitation of our study is the small number of rivers that were visited.
Future work should weigh the pebbles of sea otters too.
We thank the otters of the northern rivers for all of their patience."""


def drafted(wanted: Wanted, text: str = PAPER, **known: object) -> Draft:
    given = Paper(text, 0, Source("f", 0, len(text)), key="k", **known)  # type: ignore[arg-type]
    draft = summary("k", FakeCatalog([given]), WordEmbedder(), wanted)
    for claim in draft.claims:
        shown_by = [draft.offered.sentences[tag] for tag in claim.shown_by]
        assert text[shown_by[0].start : shown_by[-1].end] == claim.text
    return draft


def shown(wanted: Wanted, text: str = PAPER, **known: object) -> list[str]:
    return [claim.text for claim in drafted(wanted, text, **known).claims]


def test_each_role_has_its_part() -> None:
    draft = drafted(Wanted(words=80))
    parts = [claim.part for claim in draft.claims]
    assert {"Problem", "Method", "Data", "Results"} <= set(parts)
    order = ["Background", "Problem", "Method", "Data", "Results", "Limits", "Outlook"]
    assert parts == sorted(parts, key=order.index)
    assert any("31%" in claim.text for claim in draft.claims if claim.part == "Results")


def test_thanks_are_never_part_of_it() -> None:
    assert not any("thank" in text for text in shown(Wanted(words=300)))


@pytest.mark.parametrize("words", [30, 45, 60, 80, 100])
def test_it_is_as_long_as_asked_for(words: int) -> None:
    draft = drafted(Wanted(words=words))
    assert abs(sum(len(claim.text.split()) for claim in draft.claims) - words) <= 0.1 * words
    assert draft.unmet == ()


def test_a_length_that_the_paper_has_not_is_reported() -> None:
    (told,) = drafted(Wanted(words=300)).unmet
    assert told.endswith("words, not 300: no whole sentences come nearer")


@pytest.mark.parametrize("bullets", [1, 3, 6])
def test_so_many_bullets(bullets: int) -> None:
    draft = drafted(Wanted(None, bullets))
    assert (len(draft.claims), draft.is_list, draft.unmet) == (bullets, True, ())


def test_too_many_bullets_are_reported() -> None:
    assert "bullets, not 30" in drafted(Wanted(None, 30)).unmet[0]


@pytest.mark.parametrize("term", ["sea otters", "two rivers", "2011", "Balances"])
def test_what_must_be_mentioned_is(term: str) -> None:
    draft = drafted(Wanted(words=40, mentions=(term,)))
    assert any(mentions(term, claim.text) for claim in draft.claims) and draft.unmet == ()


def test_what_must_be_mentioned_is_found_however_far_down() -> None:
    better = " ".join(f"We found that otters keep {n}% more pebbles than in year {n}." for n in range(1, 70))
    text = f"{better} Rivers run beside the old mill where a kingfisher lives."
    assert any("kingfisher" in each for each in shown(Wanted(words=40, mentions=("kingfishers",)), text))


@pytest.mark.parametrize(
    ("term", "why"),
    [("badgers", "the paper does not hold it"), ("patience", "no sentence with it can stand alone")],
)
def test_what_cannot_be_mentioned_is_reported(term: str, why: str) -> None:
    assert drafted(Wanted(words=40, mentions=(term,))).unmet == (f"'{term}' is not mentioned: {why}",)


def test_what_a_sentence_leans_on_is_shown_with_it() -> None:
    text = "Otters sort pebbles in rivers every day. They sort pebbles by weight. It is cold there now for them all."
    assert shown(Wanted(words=24), text) == [text]


def test_the_reference_list_is_never_part_of_it() -> None:
    text = PAPER + "\n\nReferences\n\nWe found that another paper has 12% more otters than this."
    at = text.index("References")
    assert not any("another" in each for each in shown(Wanted(words=300), text, references=(at, len(text))))


def test_a_text_without_one_whole_sentence_is_still_summarised() -> None:
    assert shown(Wanted(), "a note in three words") == ["a note in three words"]


def test_nothing_is_said_twice() -> None:
    again = "We found that the otters keep pebbles that are 31% lighter than those beside them."
    texts = shown(Wanted(words=45), f"{PAPER}\n{again}")
    assert sum("31%" in each for each in texts) == 1


@pytest.mark.parametrize(
    "wanted",
    [Wanted(words=19), Wanted(words=5001), Wanted(None, 101), Wanted(60, 8), Wanted(mentions=("--",))],
)
def test_wishes_that_no_summary_meets(wanted: Wanted) -> None:
    with pytest.raises(UsageError):
        wanted.check()


@pytest.mark.parametrize("wanted", [Wanted(words=20), Wanted(words=5000), Wanted(None, 100), Wanted(64, 8)])
def test_wishes_that_some_do(wanted: Wanted) -> None:
    wanted.check()


def test_lengths_have_names() -> None:
    assert [words_of(name) for name in LENGTHS] == sorted(LENGTHS.values()) and words_of("77") == 77
    assert words_of("medium", several=True) > words_of("medium")
    for odd in ("huge", "-5", "1.5", "٣"):
        with pytest.raises(UsageError):
            words_of(odd)
