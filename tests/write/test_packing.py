"""What a model is offered: which passages, under which ids, how much of them."""

import re
from typing import Any

import pytest

from assistant.types import Hit, Paper, Passage, Source
from assistant.write.packing import PER_PAPER, interleaved, offered, shown, spread, tokens


def paper(key: str, text: str, **known: Any) -> Paper:
    return Paper(text, 0, Source(f"papers/{key}.txt", 0, len(text)), key=key, id=f"id-{key}", **known)


def passage(of: Paper, start: int = 0, end: int | None = None) -> Passage:
    stop = len(of.text) if end is None else end
    return Passage(f"p_{of.key}{start}", of.key, start, stop, of.text[start:stop], of.page_at(start))


def hits(*names: str) -> list[Hit]:
    """A hit of the paper ``a`` for ``a1``."""
    return [Hit(Passage(name, name[0], 0, 1, "x"), 1.0, "both") for name in names]


OTTERS = paper(
    "brookOtters",
    "Otters kept the heaviest pebble in 31 of 40 dives. They sort pebbles by weight.",
    title="Pebbles &\nOtters",
    authors=("Brook, Ada", "Lindqvist, Per"),
    year=2021,
    page_starts=(0,),
)
TIDES = paper("rillTide", "The tide sets when otters dive, and never before. It is slow.", handle="RillTide")
PAPERS = {each.key: each for each in (OTTERS, TIDES)}


def test_a_passage_stands_under_its_id_and_the_papers_name() -> None:
    header = "Pebbles & Otters · Brook, Ada; Lindqvist, Per · 2021 · page 1"
    assert (
        shown("ab12", passage(OTTERS), OTTERS) == f'<passage id="ab12">\n{header}\n{OTTERS.text}\n</passage>'
    )
    assert shown("x", passage(TIDES), TIDES).startswith('<passage id="x">\nRillTide\nThe tide')


def test_a_thousand_authors_do_not_crowd_out_the_text() -> None:
    big = paper("big", "Found.", title="Found", authors=tuple(f"A{n}" for n in range(1000)))
    assert "\nFound · A0; A1; A2; A3; A4; A5; A6; A7; A8; A9; et al.\nFound.\n" in shown(
        "x", passage(big), big
    )


def test_ids_are_opaque_distinct_and_the_same_again() -> None:
    long = paper("long", "Pebble. " * 2000)
    cut = [passage(long, start, start + 7) for start in range(0, 16000, 8)]
    first, again, other = (offered(q, cut, {"long": long}, 10**6) for q in ("a?", "a?", "b?"))
    assert len(first) == len(cut) == 2000
    assert all(re.fullmatch("[a-z0-9]{4}", name) for name in first)
    assert list(first) == list(again)
    assert len(set(first) & set(other)) < 40
    assert not set(first) & set(offered("a?", cut, {"long": long}, 10**6, taken=first))


def test_the_room_ends_with_a_whole_sentence() -> None:
    passages = [passage(OTTERS), passage(TIDES)]
    whole = [tokens(shown("abcd", each, PAPERS[each.paper])) for each in passages]
    assert [p.text for p in offered("q", passages, PAPERS, sum(whole)).values()] == [OTTERS.text, TIDES.text]
    first, second = offered("q", passages, PAPERS, sum(whole) - 1).values()
    assert (first.text, second.text) == (OTTERS.text, "The tide sets when otters dive, and never before.")
    assert TIDES.text[second.start : second.end] == second.text
    (only,) = offered("q", passages, PAPERS, whole[0]).values()
    assert only.text == OTTERS.text
    assert offered("q", passages, PAPERS, 20) == {} == offered("q", passages, PAPERS, -5)


def test_a_longer_passage_is_not_passed_over_for_a_worse_one() -> None:
    room = tokens(shown("abcd", passage(OTTERS), OTTERS)) - 5
    assert room > tokens(shown("abcd", passage(TIDES), TIDES))
    (best,) = offered("q", [passage(OTTERS), passage(TIDES)], PAPERS, room).values()
    assert best.text == "Otters kept the heaviest pebble in 31 of 40 dives."


def test_searches_take_turns() -> None:
    found = interleaved([hits("a1", "b1", "c1"), [], hits("b1", "d1"), hits("e1")])
    assert [hit.passage.id for hit in found] == ["a1", "b1", "e1", "d1", "c1"]


def test_one_paper_does_not_fill_every_place_while_others_wait() -> None:
    many = hits(*(f"a{n}" for n in range(9)), "b1", "b2")
    assert [p.id for p in spread(many, 6)] == ["a0", "a1", "a2", "a3", "b1", "b2"] and PER_PAPER == 4
    assert [p.id for p in spread(many, 8)] == ["a0", "a1", "a2", "a3", "a4", "a5", "b1", "b2"]
    assert len(spread(many[:9], 9)) == 9


@pytest.mark.parametrize("text", ["", "word " * 100, "海獭" * 50, "otter 海獭 " * 20])
def test_tokens_are_counted_on_the_safe_side(text: str) -> None:
    scripts = sum(not char.isascii() for char in text)
    assert len(text) / 4 + scripts * 0.5 <= tokens(text) <= len(text) / 3 + scripts + 1
