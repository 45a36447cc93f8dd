"""From a draft to what may be shown: found quotes keep their claims, everything else is dropped and counted."""

from dataclasses import replace
from typing import Any

import pytest

from assistant.split import sentences
from assistant.types import (
    Answer,
    Claim,
    Draft,
    DraftClaim,
    DraftQuote,
    Dropped,
    Evidence,
    Judgement,
    Offered,
    Order,
    Paper,
    Passage,
    Recorded,
    Source,
)
from assistant.verify.citations import Verifier
from tests.fakes import FakeCatalog, Unchecked

FIRST = "Otters sort pebbles by weight before they crack a shell."
SECOND = "In 31 of 40 dives the heaviest pebble was kept by the otter."
LISTED = "References\n[1] Rill, B. The tides of the Dee are always very late, 2020."
BODY = f"{FIRST} {SECOND}\n\n{LISTED}"
HEADER = "Pebbles\nAda Brook\n\n"


def paper(key: str, text: str, body: int = 0) -> Paper:
    return Paper(text, body, Source("f", 0, len(text)), key=key)


listed = len(HEADER) + BODY.index("References")
OTTERS = replace(
    paper("brookPebbles", HEADER + BODY, len(HEADER)),
    references=(listed, len(HEADER + BODY)),
    page_starts=(0, len(HEADER) + len(FIRST) + 1),
)
TIDES = paper("rillTide", "The tide sets when otters dive. The tides of the Dee are always very late.")
PASSAGES = [
    Passage("p_a", "brookPebbles", 0, len(HEADER) + len(FIRST), HEADER + FIRST),
    Passage("p_c", "brookPebbles", len(HEADER) + len(FIRST) + 1, listed, SECOND),
    Passage("p_b", "rillTide", 0, len(TIDES.text), TIDES.text),
]
CATALOG = FakeCatalog([OTTERS, TIDES], PASSAGES)
OFFERED = Offered(
    {
        f"{tag}{each.number}": each
        for tag, paper in (("A", OTTERS), ("B", TIDES))
        for each in sentences(paper)
    },
    {"a": PASSAGES[0], "b": PASSAGES[2]},
)
"""A0, A1: the header; A2: FIRST; A3: SECOND; B0, B1: the tides."""


def claim(text: str, *citations: tuple[str, str], at: tuple[str, ...] = ()) -> DraftClaim:
    return DraftClaim(text, at, tuple(DraftQuote(*citation) for citation in citations))


def verified(*claims: DraftClaim, missing: tuple[str, ...] = (), judge: Any = None, **order: Any) -> Answer:
    verifier = Verifier(CATALOG, judge or Unchecked(), Order(**order))
    return verifier.answer("q", Draft(claims, missing, offered=OFFERED))


def quotes(answer: Answer) -> list[str]:
    return [citation.quote.text for shown in answer.claims for citation in shown.citations]


def test_a_tag_is_the_sentence_that_it_stands_before() -> None:
    answer = verified(claim("They sort.", at=("A3",)))
    (citation,) = answer.claims[0].citations
    assert OTTERS.text[citation.quote.start : citation.quote.end] == citation.quote.text == SECOND
    assert (citation.passage, citation.page, citation.quote.paper) == ("p_c", 2, "brookPebbles")
    assert verified(claim(SECOND, at=("A3",))).claims[0].reason == "is the quote"


def test_neighbouring_sentences_are_one_citation() -> None:
    assert quotes(verified(claim("x", at=("A3", "A2")))) == [f"{FIRST} {SECOND}"]
    assert quotes(verified(claim("x", at=("A2", "A1", "A0")))) == ["Pebbles", "Ada Brook", FIRST]
    assert quotes(verified(claim("x", at=("B1", "A2", "B0")))) == [TIDES.text, FIRST]


def test_an_invented_tag_is_dropped_and_counted() -> None:
    answer = verified(claim("x", at=("Z1", "A2")), claim(FIRST, at=("A2",)))
    assert quotes(answer) == [FIRST, FIRST]
    assert answer.dropped == Dropped(1, 0, ("points at 'Z1', which was not offered",))


@pytest.mark.parametrize(
    ("words", "quote", "reason"),
    [
        (FIRST, FIRST, ""),
        ("the heaviest pebble was kept", SECOND, ""),
        (
            "Dee are always very late",
            "The tides of the Dee are always very late.",
            "",
        ),  # there, and in a reference list
        ("sort pebbles by weight", FIRST, ""),
        ("pebbles by weight", "", "no paper holds"),  # too few to tell
        ("The otters sort", "", "no paper holds"),
        ("", "", "no paper holds"),
    ],
)
def test_words_in_place_of_a_tag_count_where_one_paper_holds_them(
    words: str, quote: str, reason: str
) -> None:
    answer = verified(DraftClaim("x", (), (DraftQuote(None, words),)))
    assert quotes(answer) == ([quote] if quote else [])
    assert reason in " ".join(answer.dropped.reasons) and answer.dropped.citations == (not quote)


def test_words_that_several_papers_hold_are_refused() -> None:
    twins = [paper("one", "Otters dive deep here."), paper("two", "Otters dive deep here.")]
    offered = Offered({key: sentences(each)[0] for key, each in zip("AB", twins, strict=True)})
    verifier = Verifier(FakeCatalog(twins), Unchecked(), Order())
    found = verifier.checked(DraftClaim("x", (), (DraftQuote(None, "Otters dive deep here."),)), offered, "q")
    assert found.claim.citations == () and "several papers hold" in found.refused[0]


def test_a_claim_is_judged_by_what_it_points_at_and_what_is_around() -> None:
    asked: list[tuple[str, Evidence, str]] = []

    class Asking:
        def judge(self, claim: str, evidence: Evidence, question: str = "") -> Judgement:
            asked.append((claim, evidence, question))
            return Judgement("contradicted", 0.2, "no")

    named = replace(TIDES, title="TideNet: On Tides")
    verifier = Verifier(FakeCatalog([OTTERS, named], PASSAGES), Asking(), Order())
    answer = verifier.answer("q", Draft((claim("They sort.", at=("A2",)),), offered=OFFERED, asked="how?"))
    ((text, evidence, question),) = asked
    assert (text, question, evidence.quotes, evidence.others) == (
        "They sort.",
        "how?",
        (FIRST,),
        ("TideNet",),
    )
    assert "Ada Brook" in evidence.headers[0] and evidence.around == (HEADER + FIRST,)
    assert (answer.status, answer.dropped.claims) == ("abstained", 1)
    verifier.checked(claim("They sort.", at=("A2",)), OFFERED, "how?")
    assert len(asked) == 1


def test_a_claim_that_is_its_quote_is_supported() -> None:
    answer = verified(claim(FIRST, ("a", FIRST)))
    (shown,) = answer.claims
    assert (answer.status, shown.verdict, shown.support) == ("answered", "supported", 1.0)
    (citation,) = shown.citations
    assert OTTERS.text[citation.quote.start : citation.quote.end] == citation.quote.text == FIRST
    assert (citation.marker, citation.passage, citation.page) == (1, "p_a", 1)


def test_a_claim_in_other_words_is_unchecked() -> None:
    (shown,) = verified(claim("They sort.", ("a", FIRST))).claims
    assert shown.verdict == "unchecked"


def test_a_quote_is_looked_up_in_the_whole_paper_of_the_passage() -> None:
    (shown,) = verified(claim("Most.", ("a", SECOND))).claims
    assert shown.citations[0].quote.text == SECOND and shown.citations[0].page == 2


def test_a_snippet_is_widened_to_its_sentence_but_a_title_line_is_not() -> None:
    (shown,) = verified(claim("31.", ("a", "31 of 40"))).claims
    assert shown.citations[0].quote.text == SECOND
    (shown,) = verified(claim("Pebbles", ("a", "Pebbles"))).claims
    assert (shown.citations[0].quote.text, shown.verdict) == ("Pebbles", "supported")


@pytest.mark.parametrize(
    ("citation", "reason"),
    [
        (("zz", FIRST), "was not offered"),
        (("a", FIRST.replace("weight", "size")), "does not hold"),
        (("a", TIDES.text[:30]), "does not hold"),  # another paper's words
        (("a", "The tides of the Dee are always very late"), "does not hold"),  # only in the reference list
        (("a", "sort pebbles ... a shell"), "does not hold"),
        (("a", ""), "does not hold"),
        (("a", "ebbles by weight before they crack"), "does not hold"),
    ],
)
def test_what_the_paper_does_not_say_is_dropped_and_counted(citation: tuple[str, str], reason: str) -> None:
    answer = verified(claim("It is so.", citation), claim(FIRST, ("a", FIRST)))
    assert (answer.status, answer.dropped.citations, answer.dropped.claims) == ("partial", 1, 0)
    assert reason in answer.dropped.reasons[0]
    assert (answer.claims[0].verdict, answer.claims[0].citations) == ("unsupported", ())
    strict = verified(claim("It is so.", citation), claim(FIRST, ("a", FIRST)), strict=True)
    assert [shown.text for shown in strict.claims] == [FIRST]
    assert (strict.status, strict.dropped.claims) == ("partial", 1)
    withheld = verified(claim("It is so.", citation))
    assert (withheld.status, withheld.claims, withheld.references) == ("abstained", (), ())
    assert (withheld.dropped.citations, withheld.dropped.claims) == (1, 1)


def test_a_sentence_without_an_end_is_not_widened_into_the_reference_list() -> None:
    text = "We measured it" + " again" * 30 + "\n" + LISTED
    at = text.index("References")
    given = replace(paper("k", text), references=(at, len(text)))
    passage = Passage("p", "k", 0, at, "")
    verifier = Verifier(FakeCatalog([given], [passage]), Unchecked(), Order())
    found = verifier.checked(claim("It.", ("a", "again again")), Offered({}, {"a": passage}), "q")
    (citation,) = found.claim.citations
    assert citation.quote.start == 0 and "References" not in citation.quote.text


def test_the_same_citation_twice_is_one() -> None:
    (shown,) = verified(claim("They sort.", ("a", FIRST), ("a", FIRST.upper()), ("a", FIRST))).claims
    assert len(shown.citations) == 1


def test_markers_count_papers_in_order_and_run_on() -> None:
    markers = {"elsewhere": 4}
    answer = verified(
        claim("Tide.", ("b", TIDES.text[:31])),
        claim("Sort.", ("a", FIRST), ("b", TIDES.text[32:])),
        markers=markers,
    )
    assert markers == {"elsewhere": 4, "rillTide": 5, "brookPebbles": 6}
    assert [(r.marker, r.paper.key) for r in answer.references] == [(5, "rillTide"), (6, "brookPebbles")]
    assert answer.text == "Tide [5]. Sort [6][5]."


def test_a_dropped_citation_takes_no_number() -> None:
    markers: dict[str, int] = {}
    verified(claim("No.", ("b", "never said at all")), claim(FIRST, ("a", FIRST)), markers=markers)
    assert markers == {"brookPebbles": 1}


def test_what_is_missing_makes_it_partial_and_nothing_claimed_abstains() -> None:
    assert verified(claim(FIRST, ("a", FIRST)), missing=("depth",)).status == "partial"
    nothing = verified(missing=("depth",))
    assert (nothing.status, nothing.missing, nothing.dropped.claims) == ("abstained", ("depth",), 0)
    assert "depth" in nothing.text


def test_what_is_only_checked_is_neither_counted_nor_numbered() -> None:
    verifier = Verifier(CATALOG, Unchecked(), Order())
    made = claim("So.", ("zz", FIRST), ("a", FIRST))
    found = verifier.checked(made, OFFERED, "q")
    assert len(found.refused) == 1 and [citation.marker for citation in found.claim.citations] == [0]
    assert verifier.answer("q", Draft()).dropped.citations == 0
    answer = verifier.answer("q", Draft((made,), offered=OFFERED))
    assert (answer.text, answer.dropped.citations) == ("So [1].", 1)


def test_what_the_engine_gave_up_is_counted_with_the_rest() -> None:
    lost = Dropped(1, 2, ("a", "b", "c"))
    verifier = Verifier(CATALOG, Unchecked(), Order())
    draft = Draft((claim(FIRST, ("a", FIRST), ("zz", FIRST)),), offered=OFFERED, dropped=lost)
    answer = verifier.answer("q", draft)
    assert (answer.dropped.citations, answer.dropped.claims, len(answer.dropped.reasons)) == (2, 2, 4)
    assert answer.status == "partial"


def test_claims_are_handed_on_as_they_are_shown() -> None:
    seen: list[Claim] = []
    verifier = Verifier(CATALOG, Unchecked(), Order(on_claim=seen.append))
    first, second = claim(FIRST, at=("A2",)), claim("No.", at=("Z9",))
    verifier.show(verifier.checked(first, OFFERED, "q").claim)
    assert [each.marked_text for each in seen] == [f"{FIRST[:-1]} [1]."]
    answer = verifier.answer("q", Draft((first, second), offered=OFFERED))
    assert tuple(seen) == answer.claims and len(seen) == 2


def test_what_a_sentence_leans_on_goes_along_as_a_quote() -> None:
    answer = verified(DraftClaim(SECOND, ("A3",), before=("A2",)))
    (citation,) = answer.claims[0].citations
    assert (answer.claims[0].reason, citation.quote.text, citation.page) == ("is the quote", SECOND, 2)
    before = citation.before
    assert before and OTTERS.text[before.start : before.end] == before.text == FIRST
    assert (before.paper, citation.before_page) == ("brookPebbles", 1)


def test_only_what_stands_right_before_it_goes_along() -> None:
    for claim in (
        DraftClaim(FIRST, ("A2",), before=("A3",)),
        DraftClaim(SECOND, ("A3",), before=("B0",)),
        DraftClaim(SECOND, ("A3",), before=("A1",)),
    ):
        assert verified(claim).claims[0].citations[0].before is None
    (first, second) = verified(DraftClaim("x", ("B1", "A3"), before=("A2",))).claims[0].citations
    assert first.before is None and second.before and second.before.text == FIRST
    answer = verified(DraftClaim(SECOND, ("A3",), before=("Z9",)))
    assert answer.dropped.reasons == ("leans on 'Z9', which was not offered",)


@pytest.mark.parametrize(
    ("told", "claim", "reason"),
    [
        (Recorded("dated", "year", 2021), "Published in 2021.", "is on record"),
        (Recorded("dated", "authors", ("Ada Brook",)), "Written by Ada Brook.", "is on record"),
        (Recorded("dated", "year", 2022), "Published in 2022.", "no verified quote stands behind it"),
        (Recorded("dated", "venue", "Nature"), "Published in: Nature.", "no verified quote stands behind it"),
        (
            Recorded("dated", "year", 2021),
            "Published in 2021, and wrong.",
            "no verified quote stands behind it",
        ),
    ],
)
def test_what_is_said_of_the_record_must_stand_there_exactly(told: Recorded, claim: str, reason: str) -> None:
    dated = replace(TIDES, key="dated", year=2021, authors=("Ada Brook",))
    verifier = Verifier(FakeCatalog([dated]), Unchecked(), Order(markers={"x": 4}))
    answer = verifier.answer("q", Draft((DraftClaim(claim, recorded=(told,)), DraftClaim(FIRST, ("A2",)))))
    found = verifier.checked(DraftClaim(claim, recorded=(told,)), Offered(), "q").claim
    assert found.reason == reason
    stands = told.value in (2021, ("Ada Brook",))
    assert [(each.recorded, each.source) for each in found.recorded] == ([(told, "f")] if stands else [])
    assert answer.dropped.citations == 1 + (not stands)
    if reason == "is on record":
        assert [(each.marker, each.paper.key) for each in answer.references] == [(5, "dated")]
        assert answer.claims[0].marked_text.endswith(" [5].")


def test_a_tag_of_two_requests_means_the_sentence_of_each() -> None:
    first, second = (Offered({"AB1": said}) for said in sentences(OTTERS)[2:4])
    verifier = Verifier(CATALOG, Unchecked(), Order())
    told = claim("Otters keep pebbles.", at=("AB1",))
    shown = [
        verifier.checked(told, offered, "").claim.citations[0].quote.text
        for offered in (first, second, first)
    ]
    assert shown == [FIRST, SECOND, FIRST]
