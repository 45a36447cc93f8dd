"""The support checker, on what it must never get wrong and on odd input; how well it does is eval's to measure."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.judge.judge import BALANCED, UNBACKED, SupportChecker, careful
from assistant.judge.models import OUTCOMES, Forest, Linear, Models
from assistant.types import Evidence, Judgement
from tests.fakes import WordEmbedder

EVIDENCE = (
    "Otters kept the heaviest pebble in 31 of 40 dives.",
    "Slow fermentation lowered the fructan content of rye bread by 61%. The dough rested for 24 hours.",
    "The lamps of Delft burned whale oil until 1840, when gas replaced it.",
)


@pytest.fixture(scope="module")
def checker() -> SupportChecker:
    return SupportChecker(WordEmbedder())


@pytest.mark.parametrize(
    "claim", [EVIDENCE[0], "Slow fermentation lowered the fructan content of rye bread by 61%."]
)
def test_what_stands_there_is_supported(checker: SupportChecker, claim: str) -> None:
    found = checker.judge(claim, Evidence(EVIDENCE))
    assert (
        found.verdict == "supported"
        and found.score > 0.5
        and found.reason in ("is the quote", "the evidence says the same")
    )


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (
            "Slow fermentation lowered the fructan content of rye bread by 16%.",
            "says 16%, and its quotes say 61%",
        ),
        ("Otters kept the heaviest pebble in 13 of 40 dives.", "says 13, and its quotes say 31"),
        ("Volcanoes erupt under ice.", "no sentence mentions"),
    ],
)
def test_what_does_not_stand_there_is_not_and_why(checker: SupportChecker, claim: str, reason: str) -> None:
    found = checker.judge(claim, Evidence(EVIDENCE))
    assert found.verdict == ("contradicted" if "quotes" in reason else "unsupported")
    assert found.score <= UNBACKED and reason in found.reason


@pytest.mark.parametrize(
    ("quote", "verdict", "kind"),
    [
        (
            "We found no evidence that otters keep the heaviest pebble in most dives.",
            "contradicted",
            "denied",
        ),
        ("We asked whether otters keep the heaviest pebble in most dives.", "unsupported", "open"),
        ("Otters keep the heaviest pebble in some dives.", "unsupported", "quantity"),
    ],
)
def test_what_is_close_is_compared_word_by_word(
    checker: SupportChecker, quote: str, verdict: str, kind: str
) -> None:
    found = checker.judge("Otters keep the heaviest pebble in most dives.", Evidence((quote,)))
    assert (found.verdict, found.kind) == (verdict, kind) and found.score <= UNBACKED


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("", EVIDENCE),
        (" \n", EVIDENCE),
        ("?!", EVIDENCE),
        (EVIDENCE[0], ()),
        (EVIDENCE[0], ("", " ")),
    ],
)
def test_nothing_supports_nothing(checker: SupportChecker, claim: str, evidence: tuple[str, ...]) -> None:
    assert checker.judge(claim, Evidence(evidence)) == Judgement(
        "unsupported", 0.0, "there are no words to compare"
    )


def test_long_evidence_and_other_scripts_are_judged(checker: SupportChecker) -> None:
    long = " ".join(f"Sentence {n} is about the weather of day {n}." for n in range(2500))
    assert len(long) > 100_000
    assert checker.judge(EVIDENCE[0], Evidence((f"{long} {EVIDENCE[0]}",))).verdict == "supported"
    for text in (
        "海獭潜水时保留最重的卵石。",
        "Каланы хранят самый тяжёлый камень.",
        "\ud83d\ude00",
        "a" * 100_000,
    ):
        assert checker.judge(text, Evidence(EVIDENCE)).verdict in ("supported", "unsupported", "contradicted")


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_the_evidence_makes_no_difference(texts: list[str], chance: random.Random) -> None:
    checker = SupportChecker(WordEmbedder())
    evidence = [*EVIDENCE, *texts]
    shuffled = chance.sample(evidence, len(evidence))
    assert checker.judge(EVIDENCE[1], Evidence(tuple(evidence))) == checker.judge(
        EVIDENCE[1], Evidence(tuple(shuffled))
    )


def test_many_are_judged_as_one_by_one(checker: SupportChecker) -> None:
    cases = [(claim, Evidence(EVIDENCE), "") for claim in (*EVIDENCE, "Nothing of the kind.")]
    assert checker.judge_many(cases) == [checker.judge(*case) for case in cases]


def test_who_asks_for_certainty_gets_only_what_is_certain() -> None:
    sure, doubting = (SupportChecker(WordEmbedder(), bar) for bar in (BALANCED, careful()))
    claim = "Otters kept the heaviest pebble they found in the river."
    found = sure.judge(claim, Evidence(EVIDENCE))
    assert found.verdict == "supported" and found.score < careful().supported
    doubted = doubting.judge(claim, Evidence(EVIDENCE))
    assert (doubted.verdict, doubted.score) == ("unsupported", found.score)
    assert doubting.judge(EVIDENCE[0], Evidence(EVIDENCE)).verdict == "supported"


def test_the_trees_count_four_times_what_the_straight_line_does() -> None:
    line = Linear(("run",), np.zeros(1), np.ones(1), np.array([2.0]), 0.0)
    forest = Forest(("run",), np.array([[0]]), np.array([[0.5]]), np.array([[-1.0, 1.0]]))
    found = Models(dict.fromkeys(OUTCOMES, line), forest, 0.8).outlook({"run": 1.0})
    assert found.score == pytest.approx(1 / (1 + np.exp(-(0.2 * 2.0 + 0.8 * 1.0))))


def test_what_the_gate_refuses_scores_below_every_bar(checker: SupportChecker) -> None:
    claim = "Slow fermentation lowered the fructan content of rye bread by 16%."
    found = checker.judge(claim, Evidence(EVIDENCE))
    assert (found.verdict, 0 < found.score <= 0.49) == ("contradicted", True)
    assert checker.judge(claim.replace("16", "61"), Evidence(EVIDENCE)).score > 0.5


def test_a_quote_that_says_it_is_read_with_what_is_around() -> None:
    checker = SupportChecker(WordEmbedder())
    claim = "Slow fermentation lowered the fructan content of rye bread by 61%"
    alone = checker.judge(claim, Evidence(("It did so by 61%.",)))
    wider = checker.judge(claim, Evidence(("It did so by 61%.",), around=(EVIDENCE[1],)))
    assert (alone.verdict, wider.verdict) == ("unsupported", "supported")
    assert wider.reason.endswith("read with the passage around the quotes")
