"""A checked draft for a window, and for an editor."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.show import as_json, checked
from assistant.show.plain import UNSAFE
from assistant.types import AbsentWork, CheckedClaim, CheckedSentence, CheckReport, Quote
from tests.show.samples import FIRST, HOSTILE, OTTERS, TIDES

KEPT = Quote(OTTERS.key, 0, len(FIRST), FIRST)
TIDE = Quote(TIDES.key, 0, len(TIDES.text), TIDES.text)
GOOD = CheckedClaim(
    "Otters sort pebbles.", (OTTERS.key,), (OTTERS.key,), "supported", 0.9512345, "near", KEPT, 1
)
BAD = CheckedClaim(
    "Otters dive by the tide", (OTTERS.key,), (OTTERS.key,), "unsupported", 0.2, "no tide", KEPT, 1, TIDE
)
GONE = CheckedClaim("Bees dance.", ("frisch",), (), "not-in-library", None, "frisch is not in the library")
BARE = CheckedClaim("We follow it.", (OTTERS.key,), (OTTERS.key,), "no-citation-needed", None, "says nothing")
COULD = CheckedClaim("The tide sets.", (), (TIDES.key,), "supported", 0.8, "near", TIDE)


def sentence(line: int, *claims: CheckedClaim) -> CheckedSentence:
    return CheckedSentence("draft.tex", line, f"{claims[0].text} [{line}].", claims)


REPORT = CheckReport(
    "draft.tex",
    (
        sentence(3, GOOD),
        sentence(5, replace(GOOD, text="They crack shells"), BAD),
        sentence(8, GONE),
        sentence(9, BARE),
    ),
    (
        AbsentWork("frisch", (("draft.tex", 8), ("draft.tex", 12), ("part.tex", 1))),
        AbsentWork("Brook 2021", (("draft.tex", 2),), (OTTERS.key, TIDES.key)),
    ),
    (sentence(20, COULD),),
    ("draft.tex:4: gone was not read",),
    30,
    1.234,
)  # fmt: skip


def test_a_report_for_a_window() -> None:
    assert (
        checked.report(REPORT, 90, colour=False)
        == f"""\
Supported

draft.tex:3  Otters sort pebbles. [3].
    brookOtters says: “{FIRST}” (p. 1)

Cited without a claim

draft.tex:9  We follow it. [9].

To look at

draft.tex:5
  They crack shells [5].
  unsupported (0.20): no tide
    of: Otters dive by the tide
    brookOtters says: “{FIRST}” (p. 1)
    rillTide supports it: “The tide sets when otters dive.”

Not found in the library

frisch: draft.tex:8,12; part.tex:1

Brook 2021 (may be brookOtters or rillTide): draft.tex:2

Could cite

draft.tex:20
  The tide sets. [20].
  could cite rillTide (0.80)
    rillTide says: “The tide sets when otters dive.”"""
    )


def test_lines_for_an_editor() -> None:
    assert checked.lines(REPORT).split("\n") == [
        "draft.tex:4: gone was not read",
        f"draft.tex:5: unsupported (0.20): no tide; brookOtters says: “{FIRST}” (p. 1);"
        " rillTide supports it: “The tide sets when otters dive.”",
        "draft.tex:8: not-in-library: frisch is not in the library",
        "draft.tex:20: could cite rillTide (0.80); rillTide says: “The tide sets when otters dive.”",
    ]
    assert checked.lines(CheckReport("draft.tex")) == ""


def test_the_footer_counts() -> None:
    assert checked.footer(REPORT) == (
        "30 sentences · 4 cited: 1 no-citation-needed, 1 supported, 1 not-in-library, 1 unsupported · 1.23 s"
    )


@pytest.mark.parametrize(
    ("read", "said"), [(0, "draft.tex holds no sentence."), (7, "No sentence of draft.tex cites anything.")]
)
def test_a_draft_with_nothing_to_check(read: int, said: str) -> None:
    report = CheckReport("draft.tex", read=read)
    assert checked.report(report, 80, colour=True) == said
    assert checked.report(replace(report, suggestions=REPORT.suggestions), 80, colour=False).startswith(
        f"{said}\n"
    )


def test_colour_changes_no_character() -> None:
    plain, painted = (checked.report(REPORT, 60, colour) for colour in (False, True))
    assert "\x1b[1mdraft.tex:5\x1b[0m" in painted
    assert re.sub(r"\x1b\[\d+m", "", painted) == plain


@given(HOSTILE, HOSTILE, HOSTILE, st.integers(20, 120))
def test_nothing_a_draft_holds_steers_the_terminal(text: str, key: str, reason: str, width: int) -> None:
    claim = CheckedClaim(text, (key,), (), "unsupported", 0.5, reason)
    report = CheckReport(
        key, (CheckedSentence(key, 1, text, (claim, claim)),), (AbsentWork(key, ((key, 1),)),)
    )
    for shown in (checked.report(report, width, colour=False), checked.lines(report), checked.footer(report)):
        assert not UNSAFE.search(shown.replace("\n", ""))


def test_the_json_of_a_report() -> None:
    made = as_json.check_dict(REPORT)
    assert made["counts"] == {"no-citation-needed": 1, "supported": 1, "not-in-library": 1, "unsupported": 1}
    good, bad, gone, _ = made["sentences"]
    assert set(good) == {
        *{"file", "line", "text", "cites", "papers", "claim", "verdict", "support", "reason"},
        *{"best_quote", "quote", "better_paper", "better_quote"},
    }  # fmt: skip
    assert (good["line"], good["cites"], good["verdict"], good["support"]) == (
        3,
        ["brookOtters"],
        "supported",
        0.9512,
    )
    assert (good["best_quote"], good["better_paper"]) == (FIRST, None)
    assert good["quote"] == {"paper": "brookOtters", "page": 1, "start": 0, "end": len(FIRST), "quote": FIRST}
    assert (bad["verdict"], bad["claim"], bad["better_paper"]) == ("unsupported", BAD.text, "rillTide")
    assert [claim["verdict"] for claim in bad["claims"]] == ["supported", "unsupported"]
    assert (gone["verdict"], gone["support"], gone["best_quote"]) == ("not-in-library", None, None)
    assert made["absent"][1] == {
        "key": "Brook 2021",
        "places": [{"file": "draft.tex", "line": 2}],
        "candidates": ["brookOtters", "rillTide"],
    }
    assert made["suggestions"][0]["papers"] == ["rillTide"]
    assert (made["file"], made["warnings"], made["read"], made["seconds"]) == (
        "draft.tex", ["draft.tex:4: gone was not read"], 30, 1.234,
    )  # fmt: skip
