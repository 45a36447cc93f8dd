import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from assistant.show import collection as listing
from assistant.show import parts, terminal
from assistant.show.plain import one_line
from assistant.types import Answer, Citation, Claim, Quote, Usage
from tests.show.samples import (
    ABSTAINED,
    DATED,
    FIRST,
    HITS,
    HOSTILE,
    LEANING,
    MIXED,
    OTTERS,
    PAPERS,
    PLAIN,
    SECOND,
    TIDES,
    hostile_answers,
    paper,
)

COLOUR = re.compile(r"\x1b\[\d*m")


def test_a_plain_answer() -> None:
    assert terminal.answer(PLAIN, 60, colour=False) == (
        "Otters sort pebbles by weight before they crack a shell [1].\n"
        "\n"
        "Sources\n"
        "\n"
        "[1] brookOtters · Pebbles & Otters\n"
        "    Brook, Ada; Lindqvist, Per; Sørensen, Mia; et al. ·\n"
        "    Journal of Invented Zoology, 2021\n"
        "    papers/brookOtters.txt\n"
        "      “Otters sort pebbles by weight before they crack a\n"
        "      shell.” (p. 1)"
    )


def test_a_claim_is_a_paragraph_and_a_doubtful_one_says_so() -> None:
    paragraphs = terminal.answer(MIXED, 80, colour=False).split("\n\n")
    assert paragraphs[1] == "Most dives keep the heaviest pebble, at the tide's hour [1][2]."
    assert paragraphs[2] == "[unsupported] Otters never dive at night.\n    no quote says so"
    assert paragraphs[3] == "Not found in the papers: the depth of a dive"
    assert paragraphs[4] == "Sources"


def test_a_quote_that_two_claims_cite_stands_once_in_the_order_of_the_paper() -> None:
    backwards = replace(MIXED, claims=MIXED.claims[::-1])
    sources = terminal.sources(backwards, 80, colour=False)
    assert sources.count(f"“{FIRST}”") == sources.count(f"“{SECOND}”") == 1
    assert sources.index(FIRST) < sources.index(SECOND)


def test_what_a_quote_leans_on_stands_dimly_before_it() -> None:
    shown = terminal.answer(LEANING, 90, colour=True)
    assert f"\x1b[2m      ({FIRST})\x1b[0m\n      “{SECOND}” (p. 2)" in shown
    assert shown.split("\n")[0].startswith(SECOND[:-1])
    both = replace(LEANING, claims=(*PLAIN.claims, *LEANING.claims))
    assert f"({FIRST})" not in terminal.answer(both, 90, colour=False)
    twice = replace(LEANING, claims=(*LEANING.claims, *MIXED.claims[1:2]))
    assert terminal.answer(twice, 90, colour=False).count(FIRST) == 1  # MIXED quotes it, so it stands there


def test_what_stands_only_on_record_says_who_says_so() -> None:
    shown = terminal.answer(DATED, 120, colour=False)
    assert shown.startswith("Published in 2021 [1].\n\nWritten by Brook, Ada;")
    assert shown.endswith(
        "    papers/brookOtters.txt\n      year: 2021 (says refs.bib)\n"
        "      authors: Brook, Ada; Lindqvist, Per; Sørensen, Mia and Tanaka, Jun (says an edit by hand)"
    )


def test_an_untitled_paper_is_called_by_its_handle() -> None:
    assert "[2] rillTide · RillTide (untitled)" in terminal.answer(MIXED, 80, colour=False)


def test_an_abstention_tells_what_was_looked_for_and_what_is_near() -> None:
    assert terminal.answer(ABSTAINED, 80, colour=False) == (
        "The papers do not say.\n"
        "\n"
        "Looked for: How deep do otters dive?\n"
        "\n"
        "Nearest papers\n"
        "brookOtters  2021  Pebbles & Otters — Brook, Ada; et al.\n"
        "rillTide           RillTide (untitled)"
    )


def test_footers() -> None:
    assert terminal.footer(PLAIN) == "1 claim · 1 paper · 0 dropped · 0.04 s"
    assert terminal.footer(ABSTAINED) == "0 claims · 0 papers · 0 dropped · 0.03 s"
    assert terminal.footer(MIXED) == (
        "3 claims (1 unsupported) · 2 papers · 1 claim and 2 citations dropped"
        " (2 times: no such words; no citation left) · 3.20 s · 1,500 tokens · $0.0021"
    )
    unpriced = replace(PLAIN, usage=Usage(1200, 34, estimated=True))
    assert terminal.footer(unpriced).endswith("0.04 s · about 1,234 tokens · price unknown")
    known = replace(PLAIN, usage=Usage(1200, 34, 0.0))
    assert terminal.footer(known).endswith("1,234 tokens · $0.0000")


def test_a_marker_never_stands_alone_on_a_line() -> None:
    for width in range(20, 121):
        assert not re.search(r"^\[1\]\.$", terminal.answer(PLAIN, width, colour=False), re.MULTILINE)


def test_a_marker_stays_with_the_last_character_of_a_text_without_spaces() -> None:
    claim = Claim("量子计算很有意思", "supported", 1.0, "", PLAIN.claims[0].citations)
    assert terminal.claim(claim, 18, colour=False) == "量子计算很有意\n思 [1]"
    assert terminal.claim(claim, 18, colour=True).endswith("思 \x1b[36m[1]\x1b[0m")


@given(hostile_answers() | st.sampled_from([PLAIN, MIXED, ABSTAINED]), st.integers(20, 120))
def test_no_escape_codes_without_colour_and_the_same_layout_with(answer: Answer, width: int) -> None:
    plain = terminal.answer(answer, width, colour=False)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", plain)
    assert COLOUR.sub("", terminal.answer(answer, width, colour=True)) == plain
    assert len(terminal.footer(answer).splitlines()) == 1


@given(hostile_answers(), st.integers(20, 120))
def test_no_line_is_wider_than_the_window_unless_one_word_is(answer: Answer, width: int) -> None:
    longest = max(cell_len(word) for word in terminal.answer(answer, 10_000, colour=False).split())
    lines = terminal.answer(answer, width, colour=False).splitlines()
    assert all(cell_len(line) <= max(width, longest + 14) for line in lines)


@pytest.mark.parametrize("answer", [PLAIN, MIXED, ABSTAINED, replace(ABSTAINED, nearest=())])
def test_no_line_of_ordinary_text_is_wider_than_the_window(answer: Answer) -> None:
    for width in range(20, 121):
        for line in terminal.answer(answer, width, colour=False).splitlines():
            assert cell_len(line) <= width or line.strip().startswith("papers/")


@given(HOSTILE)
def test_what_a_claim_says_is_shown(text: str) -> None:
    shown = terminal.claim(Claim(text, "supported", 1.0, ""), 40, colour=False)
    assert "".join(shown.split()) == "".join(one_line(text).split())


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environ", "wanted"),
    [
        (_Screen(), {}, True),
        (_Screen(), {"NO_COLOR": ""}, True),  # empty counts as unset: no-color.org
        (_Screen(), {"NO_COLOR": "1"}, False),
        (_Screen(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ],
)
def test_colour_is_for_terminals(stream: io.StringIO, environ: dict[str, str], wanted: bool) -> None:
    assert terminal.wants_colour(stream, environ) is wanted


def test_papers_in_a_narrow_window_stack() -> None:
    assert listing.papers_table([OTTERS, TIDES], 30) == (
        "brookOtters\n  Pebbles & Otters — Brook,\n  Ada; et al.\nrillTide\n  RillTide (untitled)"
    )
    assert listing.papers_table([], 80) == ""


def test_one_paper() -> None:
    assert listing.facts(OTTERS, passages=1, width=60, colour=False) == (
        "Pebbles & Otters\n"
        "key      brookOtters\n"
        "authors  Brook, Ada; Lindqvist, Per; Sørensen, Mia; Tanaka,\n"
        "         Jun\n"
        "year     2021\n"
        "venue    Journal of Invented Zoology\n"
        "doi      10.1234/otter_1\n"
        "file     papers/brookOtters.txt\n"
        "size     2 pages, 1 passage"
    )
    assert listing.opening(OTTERS, 60) == (
        "Otters sort pebbles by weight before they crack a shell. In\n"
        "31 of 40 dives the heaviest pebble was kept [12]."
    )


def test_a_long_text_without_abstract_shows_its_opening() -> None:
    shown = listing.opening(paper("long", "word " * 1000), 80)
    assert shown.endswith("word …")
    assert 1100 < len(shown) < 1300


def test_hits() -> None:
    assert listing.hits(HITS, PAPERS, "otter", width=60, colour=False) == (
        "1. brookOtters · Pebbles & Otters\n"
        "   p. 1 · 0.83 · both · 2 more passages with these words\n"
        "   Otters sort pebbles by weight before they crack a shell.\n"
        "\n"
        "2. rillTide · RillTide (untitled)\n"
        "   0.50 · words\n"
        "   The tide sets when otters dive."
    )


def test_the_words_that_were_sought_stand_out_in_hits() -> None:
    shown = listing.hits(HITS, PAPERS, "How do otters weigh a pebble?", width=30, colour=True)
    assert "   \x1b[1mOtters\x1b[0m sort \x1b[1mpebbles\x1b[0m by" in shown and "weight" in shown
    plain = listing.hits(HITS, PAPERS, "How do otters weigh a pebble?", width=30, colour=False)
    assert COLOUR.sub("", shown) == plain and "\x1b" not in plain
    assert "\x1b[1mshell" not in shown and "\x1b[1ma\x1b" not in shown


@given(hostile_answers(), st.integers(20, 120))
def test_listings_have_no_escape_codes_without_colour(answer: Answer, width: int) -> None:
    found = list(answer.nearest)
    for colour in (False, True):
        shown = listing.papers_table(found, width, colour) + listing.facts(found[0], 1, width, colour)
        shown += listing.opening(found[0], width)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", COLOUR.sub("", shown) if colour else shown)


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ((), ""),
        (("Ada Brook",), "Ada Brook"),
        (("Ada Brook", "Per Lind"), "Ada Brook, Per Lind"),
        (("Brook, Ada", "Lind, Per"), "Brook, Ada; Lind, Per"),
        (("Ada Brook", "Per Lind", "Jun Tanaka"), "Ada Brook, et al."),
    ],
)
def test_two_authors_are_both_named(names: tuple[str, ...], shown: str) -> None:
    assert parts.first_authors(names) == shown
    table = listing.papers_table([replace(OTTERS, authors=names)], 200)
    assert table.endswith(f"Otters — {shown}" if shown else "Otters")
    assert (
        listing.papers_list([replace(OTTERS, authors=names)], 200, False).rstrip().endswith(shown or "Otters")
    )


def test_a_row_of_a_table_is_shown_with_its_caption_and_heads() -> None:
    table = ("Table 2: Times of sorting.", "Method  8k   1M")
    shown = parts.place(Citation(1, Quote("a", 0, 14, "Otters  12  40"), "p_1", 3, "Results", table))
    assert shown == "p. 3, Results; Table 2: Times of sorting.; Method | 8k | 1M"
    assert (
        parts.place(Citation(1, Quote("a", 0, 1, "x"), "p_1", table=table[:1]))
        == "Table 2: Times of sorting."
    )


def test_an_abstention_says_how_the_question_was_read() -> None:
    assert "Read as: otters" in terminal.answer(
        replace(ABSTAINED, notes=("Read as: otters",)), 80, colour=False
    )
