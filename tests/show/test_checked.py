"""A checked draft for a window, and for an editor."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.show import as_json, checked
from assistant.show.checked_html import check_html
from assistant.show.plain import UNSAFE
from assistant.show.sarif import check_sarif
from assistant.types import AbsentWork, CheckedClaim, CheckedSentence, CheckReport, Quote
from tests.show.samples import FIRST, HOSTILE, OTTERS, TIDES

KEPT = Quote(OTTERS.key, 0, len(FIRST), FIRST)
TIDE = Quote(TIDES.key, 0, len(TIDES.text), TIDES.text)
GOOD = CheckedClaim(
    "Otters sort pebbles.", (OTTERS.key,), (OTTERS.key,), "supported", 0.9512345, "near", quote=KEPT, page=1
)
BAD = CheckedClaim(
    "Otters dive by the tide", (OTTERS.key,), (OTTERS.key,), "wrong", 0.2, "says 9", "figure", KEPT, 1, TIDE
)
GONE = CheckedClaim("Bees dance.", ("frisch",), (), "not-in-library", None, "frisch is not in the library")
BARE = CheckedClaim("We follow it.", (OTTERS.key,), (OTTERS.key,), "no-citation-needed", None, "says nothing")
COULD = CheckedClaim("The tide sets.", (), (TIDES.key,), "supported", 0.8, "near", quote=TIDE)
UNSHOWN = CheckedClaim("Otters sing.", (OTTERS.key,), (OTTERS.key,), "not-shown", 0.1, "no song", quote=KEPT)


def sentence(line: int, *claims: CheckedClaim) -> CheckedSentence:
    return CheckedSentence("draft.tex", line, f"{claims[0].text} [{line}].", claims)


REPORT = CheckReport(
    "draft.tex",
    (
        sentence(3, GOOD),
        sentence(5, replace(GOOD, text="They crack shells"), BAD),
        sentence(8, GONE),
        sentence(9, BARE),
        sentence(11, UNSHOWN),
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


def test_what_is_wrong_is_shown_in_full_and_last() -> None:
    assert (
        checked.report(REPORT, 90, colour=False)
        == f"""\
Not found in the library

frisch, Brook 2021 (may be brookOtters or rillTide)

Could cite

draft.tex:20
  The tide sets. [20].
  could cite rillTide (0.80)
    rillTide says: “The tide sets when otters dive.”

Wrong

draft.tex:5
  They crack shells [5].
  wrong: says 9
    of: Otters dive by the tide
    brookOtters says: “{FIRST}” (p. 1)
    rillTide supports it: “The tide sets when otters dive.”"""
    )


def test_all_is_shown_on_request() -> None:
    shown = checked.report(REPORT, 90, colour=False, everything=True)
    assert (
        f"""\
Supported

draft.tex:3  Otters sort pebbles. [3].
    brookOtters says: “{FIRST}” (p. 1)

Cited without a claim

draft.tex:9  We follow it. [9].

Not shown by what the library holds

draft.tex:11
  Otters sing. [11].
  not-shown (0.10): no song
    brookOtters says: “{FIRST}”

Not found in the library

frisch: draft.tex:8,12; part.tex:1

Brook 2021 (may be brookOtters or rillTide): draft.tex:2

Could cite
"""
        in shown + "\n"
        and shown.index("Could cite") < shown.index("Wrong")
    )


def test_a_report_in_which_nothing_is_wrong() -> None:
    fine = replace(REPORT, sentences=REPORT.sentences[:1], absent=(), suggestions=())
    assert checked.report(fine, 90, colour=False) == "draft.tex: nothing found wrong."


def test_lines_for_an_editor() -> None:
    wrong = (
        f"draft.tex:5: wrong: says 9; brookOtters says: “{FIRST}” (p. 1);"
        " rillTide supports it: “The tide sets when otters dive.”"
    )
    could = "draft.tex:20: could cite rillTide (0.80); rillTide says: “The tide sets when otters dive.”"
    assert checked.lines(REPORT).split("\n") == ["draft.tex:4: gone was not read", wrong, could]
    assert checked.lines(REPORT, everything=True).split("\n") == [
        "draft.tex:4: gone was not read",
        wrong,
        "draft.tex:8: not-in-library: frisch is not in the library",
        f"draft.tex:11: not-shown (0.10): no song; brookOtters says: “{FIRST}”",
        could,
    ]
    assert checked.lines(CheckReport("draft.tex")) == ""


def test_the_footer_counts() -> None:
    assert checked.footer(REPORT) == (
        "30 sentences · 5 cited: 1 no-citation-needed, 1 supported, 1 not-in-library, 1 not-shown, 1 wrong"
        " · 75% could be checked · 1.23 s"
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
    claim = CheckedClaim(text, (key,), (), "wrong", 0.5, reason, "name")
    report = CheckReport(
        key, (CheckedSentence(key, 1, text, (claim, claim)),), (AbsentWork(key, ((key, 1),)),)
    )
    for shown in (checked.report(report, width, colour=False), checked.lines(report), checked.footer(report)):
        assert not UNSAFE.search(shown.replace("\n", ""))


def test_the_json_of_a_report() -> None:
    made = as_json.check_dict(REPORT)
    counts = {"no-citation-needed": 1, "supported": 1, "not-in-library": 1, "not-shown": 1, "wrong": 1}
    assert (made["counts"], made["checkable"]) == (counts, 0.75)
    good, bad, gone, *_ = made["sentences"]
    assert set(good) == {
        *{"file", "line", "text", "cites", "papers", "claim", "verdict", "kind", "support", "reason"},
        *{"last_line", "accepted", "best_quote", "quote", "better_paper", "better_quote"},
    }  # fmt: skip
    assert (good["line"], good["cites"], good["verdict"], good["support"]) == (
        3,
        ["brookOtters"],
        "supported",
        0.9512,
    )
    assert (good["best_quote"], good["better_paper"]) == (FIRST, None)
    assert good["quote"] == {"paper": "brookOtters", "page": 1, "start": 0, "end": len(FIRST), "quote": FIRST}
    assert (bad["verdict"], bad["kind"], bad["claim"]) == ("wrong", "figure", BAD.text)
    assert (bad["better_paper"], good["kind"]) == ("rillTide", None)
    assert [claim["verdict"] for claim in bad["claims"]] == ["supported", "wrong"]
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


ACCEPTED = replace(
    REPORT, sentences=(*REPORT.sentences, replace(REPORT.sentences[1], line=7, is_accepted=True))
)


def test_what_is_accepted_is_counted_and_shown_on_request_alone() -> None:
    alone = replace(ACCEPTED, sentences=ACCEPTED.sentences[5:], suggestions=())
    assert (alone.counts, alone.passed, alone.checkable) == ({"accepted": 1}, True, 1.0)
    assert ACCEPTED.counts == REPORT.counts | {"accepted": 1} and not ACCEPTED.passed
    assert "draft.tex:7" not in checked.report(ACCEPTED, 80, colour=False) + checked.lines(ACCEPTED)
    assert "Accepted\n\ndraft.tex:7" in checked.report(ACCEPTED, 80, colour=False, everything=True)
    assert "draft.tex:7: wrong" in checked.lines(ACCEPTED, everything=True)


def test_findings_as_sarif() -> None:
    made = check_sarif(ACCEPTED)
    (told,) = made["runs"]
    ids = [rule["id"] for rule in told["tool"]["driver"]["rules"]]
    assert [(r["ruleId"], r["level"], "suppressions" in r) for r in told["results"]] == [
        ("figure", "error", False),
        ("figure", "error", True),
    ]
    result = told["results"][0]
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "draft.tex"},
        "region": {"startLine": 5, "endLine": 5},
    }
    assert result["message"]["text"].startswith("wrong: says 9; brookOtters says: “")
    every = check_sarif(ACCEPTED, everything=True)["runs"][0]["results"]
    assert {r["ruleId"] for r in every} == {"figure", "not-shown", "not-in-library"} <= set(ids)
    assert {r["level"] for r in every if r["ruleId"] != "figure"} == {"note"}


def test_findings_as_a_page() -> None:
    page = check_html(ACCEPTED)
    assert "draft.tex: 1 sentence found wrong." in page
    folded = re.findall(r"<summary>(.*?)</summary>", page)
    assert folded == [
        "Accepted (1)", "Not shown by what the library holds (1)", "Supported (1)", "Cited without a claim (1)",
        "Not found in the library (2)", "Warnings (1)",
    ]  # fmt: skip
    before = page[: page.index("<details>")]
    assert "wrong: says 9" in before and "could cite rillTide" in before and "Otters sing" not in before
    assert "<p>frisch: draft.tex:8,12; part.tex:1</p>" in page


@given(HOSTILE, HOSTILE)
def test_nothing_a_draft_holds_runs_in_a_page(text: str, key: str) -> None:
    quote = Quote(key, 0, 1, text)
    claim = CheckedClaim(text, (key,), (key,), "wrong", 0.5, text, "name", quote, 1, quote)
    sentence = CheckedSentence(key, 1, text, (claim, claim))
    page = check_html(CheckReport(key, (sentence,), (AbsentWork(key, ((key, 1),)),), (sentence,), (text,)))
    plain = check_html(ACCEPTED)
    assert set(re.findall(r"<[a-z]+", page)) <= set(re.findall(r"<[a-z]+", plain))
