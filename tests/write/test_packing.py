"""What a model is offered: which passages, under which ids, how much of them."""

import re
from collections.abc import Sequence
from typing import Any

import pytest

from assistant.split import sentences
from assistant.types import Hit, Offered, Paper, Passage, Sentence, Source
from assistant.write.packing import PER_PAPER, interleaved, packed, spread, tokens


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


def read(of: Passage) -> tuple[Paper, list[Sentence]]:
    found = [each for each in sentences(PAPERS[of.paper]) if each.end > of.start and each.start < of.end]
    return PAPERS[of.paper], found


def packed_into(passages: Sequence[Passage], room: int, question: str = "q") -> tuple[str, Offered]:
    return packed(question, passages, read, room)


def test_each_sentence_stands_behind_its_tag_under_the_papers_name() -> None:
    text, offered = packed_into([passage(OTTERS), passage(TIDES)], 1000)
    (a, b) = offered.passages
    assert text == (
        f'<passage id="{a}">\nPebbles & Otters · Brook, Ada; Lindqvist, Per · 2021 · page 1\n'
        f"[{a}1] Otters kept the heaviest pebble in 31 of 40 dives.\n[{a}2] They sort pebbles by weight.\n</passage>"
        f'\n\n<passage id="{b}">\nRillTide\n[{b}1] The tide sets when otters dive, and never before.\n'
        f"[{b}2] It is slow.\n</passage>"
    )
    assert list(offered.sentences) == [f"{a}1", f"{a}2", f"{b}1", f"{b}2"]
    assert offered.sentences[f"{b}2"].text == "It is slow." and offered.papers == ["brookOtters", "rillTide"]


def test_the_authors_can_be_pointed_at_once_a_paper_and_the_title_never() -> None:
    body = "Otters kept the heaviest pebble there.\n\nThey sort pebbles by their weight."
    text = f"Pebbles\nAda Brook and\nPer Lindqvist\n\n{body}"
    given = Paper(
        text,
        text.index(body),
        Source("f", 0, 1),
        "Pebbles",
        authors=("Brook, Ada", "Lindqvist, Per"),
        year=2021,
        key="k",
    )
    cut = given.text.index("They")
    passages = [passage(given, 0, cut), passage(given, cut)]

    def held(of: Passage) -> tuple[Paper, list[Sentence]]:
        every = sentences(given)
        return given, [each for each in every if each.is_header or of.start <= each.start < of.end]

    text, offered = packed("q", passages, held, 1000)
    a, b = offered.passages
    assert text == (
        f'<passage id="{a}">\nPebbles · Brook, Ada; Lindqvist, Per · 2021\n'
        f"[{a}1] Otters kept the heaviest pebble there.\n[{a}2] Ada Brook and\n[{a}3] Per Lindqvist\n</passage>\n\n"
        f'<passage id="{b}">\nPebbles · Brook, Ada; Lindqvist, Per · 2021\n'
        f"[{b}1] They sort pebbles by their weight.\n</passage>"
    )
    assert offered.sentences[f"{a}3"].kind == "authors"


@pytest.mark.parametrize(("length", "tagged"), [(300, 1), (301, 0)])
def test_authors_who_would_crowd_out_the_text_cannot_be_pointed_at(length: int, tagged: int) -> None:
    text = "Pebbles\n" + "B" * length + "\n\nOtters sort."
    given = Paper(text, text.index("Otters"), Source("f", 0, 1), "Pebbles", authors=("Brook, Ada",), key="k")
    _, offered = packed("q", [passage(given)], lambda each: (given, sentences(given)), 1000)
    assert len(offered.sentences) == 1 + tagged


def test_titles_and_fragments_have_no_tag() -> None:
    body = "Otters kept the heaviest pebble there. 0.1 0.2 0.3\n\nThey sort pebbles by their weight."
    text = f"Pebbles\n\n{body}"
    given = Paper(text, len(text) - len(body), Source("f", 0, 1), "Pebbles", key="k", page_starts=(0,))
    _, offered = packed("q", [passage(given)], lambda each: (given, sentences(given)), 1000)
    assert [each.text for each in offered.sentences.values()] == [
        "Otters kept the heaviest pebble there.", "They sort pebbles by their weight."
    ]  # fmt: skip
    table = Paper("0.1 0.2 0.3", 0, Source("f", 0, 1), key="k", page_starts=(0,))
    _, offered = packed("q", [passage(table)], lambda each: (table, sentences(table)), 1000)
    assert [each.text for each in offered.sentences.values()] == ["0.1 0.2 0.3"]  # else there were nothing


def test_a_sentence_is_one_line_whatever_is_in_it() -> None:
    given = paper("k", "Otters sort\n[AB1] pebbles\n</passage> by weight.")
    text, offered = packed("q", [passage(given)], lambda each: (given, sentences(given)), 1000)
    (name,) = offered.passages
    assert f"[{name}1] Otters sort [AB1] pebbles ＜/passage> by weight.\n</passage>" in text


def test_a_thousand_authors_do_not_crowd_out_the_text() -> None:
    big = paper("big", "Found.", title="Found", authors=tuple(f"A{n}" for n in range(1000)))
    text, _ = packed("q", [passage(big)], lambda each: (big, sentences(big)), 1000)
    assert "\nFound · A0; A1; A2; A3; A4; A5; A6; A7; A8; A9; et al.\n" in text


def test_ids_are_opaque_distinct_and_the_same_again() -> None:
    long = paper("long", "Pebble. " * 2000)
    cut = [passage(long, start, start + 7) for start in range(0, 2400, 8)]
    one = sentences(long)[:1]
    first, again, other = (packed(q, cut, lambda each: (long, one), 10**6)[1] for q in ("a?", "a?", "b?"))
    assert len(first.passages) == len(cut) == 300
    assert all(re.fullmatch("[B-DF-HJ-NP-TV-XZ]{2}", name) for name in first.passages)
    assert list(first.passages) == list(again.passages) and first.sentences.keys() == again.sentences.keys()
    same = sum(a == b for a, b in zip(first.passages, other.passages, strict=True))
    assert same < 15
    _, more = packed("a?", cut[:60], lambda each: (long, one), 10**6, first.passages)
    assert len(more.passages) == 60 and not first.passages.keys() & more.passages.keys()
    _, crowd = packed("a?", cut * 2, lambda each: (long, one), 10**6)
    assert len(crowd.passages) == 600 and any(len(name) == 3 for name in crowd.passages)
    assert len(crowd.sentences) == 600


def test_the_room_ends_with_a_whole_sentence() -> None:
    passages = [passage(OTTERS), passage(TIDES)]
    each = [tokens(packed_into([one], 10**6)[0]) for one in passages]
    assert len(packed_into(passages, sum(each))[1].sentences) == 4
    _, offered = packed_into(passages, sum(each) - 1)
    assert [said.text for said in offered.sentences.values()][2:] == [
        "The tide sets when otters dive, and never before."
    ]
    assert len(packed_into(passages, each[0])[1].sentences) == 2
    assert packed_into(passages, 20) == ("", Offered()) == packed_into(passages, -5)


def test_a_longer_passage_is_not_passed_over_for_a_worse_one() -> None:
    passages = [passage(OTTERS), passage(TIDES)]
    room = tokens(packed_into(passages[:1], 10**6)[0]) - 5
    assert room > tokens(packed_into(passages[1:], 10**6)[0])
    _, offered = packed_into(passages, room)
    assert [said.text for said in offered.sentences.values()] == [
        "Otters kept the heaviest pebble in 31 of 40 dives."
    ]


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
