"""A paper's summary: whole sentences of it, in reading order, each once and each its own quote."""

from itertools import pairwise

import pytest

from assistant import Library
from assistant.errors import UnknownPaper
from assistant.summarize import LENGTHS, summarize
from assistant.types import Paper, Source
from tests.fakes import FakeCatalog, WordEmbedder

CENTRAL = [f"Otters sort pebbles by weight in the river number {n}." for n in range(6)]


def summarized(text: str, length: str = "short", **known: object) -> list[str]:
    given = Paper(text, 0, Source("f", 0, len(text)), key="k", **known)  # type: ignore[arg-type]
    draft = summarize("k", FakeCatalog([given]), WordEmbedder(), length)
    for claim in draft.claims:
        shown_by = [draft.offered.sentences[tag] for tag in claim.shown_by]
        assert text[shown_by[0].start : shown_by[-1].end] == claim.text
    return [claim.text for claim in draft.claims]


@pytest.mark.parametrize("length", LENGTHS)
def test_it_is_as_long_as_asked_for_and_verified(digests: Library, length: str) -> None:
    for paper in list(digests.papers())[::9]:
        answer = digests.summarize(paper.key, length)
        assert answer.status == "answered" and 1 <= len(answer.claims) <= LENGTHS[length]
        quotes = [claim.citations[0].quote for claim in answer.claims]
        assert {claim.verdict for claim in answer.claims} == {"supported"}
        assert all(paper.text[q.start : q.end] == q.text and q.start >= paper.body for q in quotes)
        assert all(a.end <= b.start for a, b in pairwise(quotes))
        assert [reference.paper.key for reference in answer.references] == [paper.key]


def test_a_longer_summary_says_more(digests: Library) -> None:
    sizes = [len(digests.summarize("shiRoute", length).text) for length in LENGTHS]
    assert sizes == sorted(set(sizes))


def test_what_is_beside_the_point_and_what_is_no_sentence_is_left_out() -> None:
    aside = "Funding came from a bank abroad at last."
    chosen = summarized(" ".join([*CENTRAL[:3], aside, *CENTRAL[3:]]) + "\n\nTable 3")
    assert len(chosen) == 3 and aside not in chosen and "Table 3" not in chosen


def test_sentences_that_lean_on_each_other_are_one_piece() -> None:
    text = "Otters sort pebbles in rivers every day. They sort pebbles by weight every day. It is a cold river now."
    assert summarized(text) == [text]


def test_the_reference_list_is_never_part_of_it() -> None:
    text = (
        " ".join(CENTRAL) + "\n\nReferences\n\nOtters sort pebbles by weight in the river of another paper."
    )
    at = text.index("References")
    assert not any("another" in sentence for sentence in summarized(text, "long", references=(at, len(text))))


def test_a_text_without_one_whole_sentence_is_still_summarised() -> None:
    assert summarized("a note in three words") == ["a note in three words"]


def test_an_unknown_key(digests: Library) -> None:
    with pytest.raises(UnknownPaper):
        digests.summarize("nobody")
