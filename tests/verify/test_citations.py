"""From a draft to what may be shown: found quotes keep their claims, everything else is dropped and counted."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.types import Claim, Draft, DraftCitation, DraftClaim, Judgement, Paper, Passage, Source
from assistant.verify.citations import Verifier, verify
from tests.fakes import FakeCatalog

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
CATALOG = FakeCatalog([OTTERS, TIDES], [Passage("p_b", "rillTide", 0, len(TIDES.text), TIDES.text)])
OFFERED = {
    "a": Passage("p_a", "brookPebbles", 0, len(HEADER) + len(FIRST), ""),
    "b": Passage("p_b", "rillTide", 0, len(TIDES.text), ""),
}


def claim(text: str, *citations: tuple[str, str]) -> DraftClaim:
    return DraftClaim(text, tuple(DraftCitation(*citation) for citation in citations))


def verified(*claims: DraftClaim, missing: tuple[str, ...] = (), **more: object):  # type: ignore[no-untyped-def]
    return verify("q", Draft(claims, missing), OFFERED, CATALOG, **more)  # type: ignore[arg-type]


def test_a_claim_that_is_its_quote_is_supported() -> None:
    answer = verified(claim(FIRST, ("a", FIRST)))
    (shown,) = answer.claims
    assert (answer.status, shown.verdict, shown.support) == ("answered", "supported", 1.0)
    (citation,) = shown.citations
    assert OTTERS.text[citation.quote.start : citation.quote.end] == citation.quote.text == FIRST
    assert (citation.marker, citation.passage, citation.page) == (1, "p_a", 1)


def test_a_claim_in_other_words_is_unchecked() -> None:
    (shown,) = verified(claim("They sort.", ("a", FIRST))).claims
    assert (shown.verdict, shown.support) == ("unchecked", None)


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
    alone = verified(claim("It is so.", citation))
    assert (alone.status, alone.references, alone.dropped.citations) == ("partial", (), 1)
    assert [shown.verdict for shown in alone.claims] == ["unsupported"]
    withheld = verified(claim("It is so.", citation), strict=True)
    assert (withheld.status, withheld.claims, withheld.references) == ("abstained", (), ())
    assert (withheld.dropped.citations, withheld.dropped.claims) == (1, 1)


def test_a_sentence_without_an_end_is_not_widened_into_the_reference_list() -> None:
    text = "We measured it" + " again" * 30 + "\n" + LISTED
    at = text.index("References")
    given = replace(paper("k", text), references=(at, len(text)))
    offered = {"a": Passage("p", "k", 0, at, "")}
    answer = verify("q", Draft((claim("It.", ("a", "again again")),)), offered, FakeCatalog([given]))
    (citation,) = answer.claims[0].citations
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


class Words:
    """A judge that finds support where the evidence holds every word of the claim."""

    def judge(self, claim: str, evidence: Sequence[str], question: str = "") -> Judgement:
        lacking = [word for word in claim.strip(".").split() if word not in " ".join(evidence)]
        return Judgement(
            "unsupported" if lacking else "supported", 0.5, f"lacks {lacking}" if lacking else "says so"
        )


def judged(text: str) -> Claim:
    return Verifier("q", OFFERED, CATALOG, judge=Words()).claim(claim(text, ("b", TIDES.text[:31])))


def test_a_claim_is_judged_by_its_quotes_and_then_with_the_passage_around_them() -> None:
    assert (judged("The tide sets.").verdict, judged("The tide sets.").reason) == ("supported", "says so")
    wider = judged("The tide sets late.")
    assert (wider.verdict, wider.reason) == ("supported", "says so, read with the passage around the quotes")
    lacking = judged("The tide sings late.")
    assert (lacking.verdict, lacking.reason) == ("unsupported", "lacks ['sings', 'late']")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("In 99 of 40 dives.", "says 99, and its quotes do not"),
        ("TideNet sets.", "names TideNet, and its evidence does not"),
    ],
)
def test_numbers_and_names_are_looked_up_before_anything_is_judged(text: str, reason: str) -> None:
    assert (judged(text).verdict, judged(text).support, judged(text).reason) == ("unsupported", None, reason)


def test_what_is_only_checked_is_neither_counted_nor_numbered() -> None:
    verifier = Verifier("q", OFFERED, CATALOG)
    found, refused = verifier.checked(claim("So.", ("zz", FIRST), ("a", FIRST)))
    assert len(refused) == 1 and [citation.marker for citation in found.citations] == [0]
    answer = verifier.answer([found], Draft())
    assert answer.dropped.citations == 0 and answer.claims == (verifier.numbered(found),)
    assert answer.text == "So [1]."
    verifier.refuse(refused)
    assert verifier.answer([found], Draft()).dropped.citations == 1
