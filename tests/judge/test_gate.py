"""Numbers and names of a claim that its evidence does not hold."""

import pytest

from assistant.judge.gate import unbacked

QUOTES = ["We pre-train three models of 1.6B and 13B for 560,000 dollars, 22.5% more than in 10 of 12 runs."]
HEADERS = ["Route Sparse Autoencoder 2024 Shi, Wei"]
PASSAGES = ["RouteSAE (with HR-Bench and large language models) beats GPT-4.1 by 99 points in Monterey."]


@pytest.mark.parametrize(
    "claim",
    [
        "It costs 560k dollars.",
        "It costs 0.56 million dollars.",
        "Models of 1.6 billion and 13B were trained.",
        "Of 12 runs 10 differ by 22.5 percent.",
        "In 2024 the paper by Shi had 3 models.",
        "RouteSAE finds 22.5% more.",
        "The RouteSAE-based LLMs beat GPT-4.1 on HRBench.",
        "An LLM beats GPT-4.1.",
        "The dives were in Monterey.",
        "1. It costs 560,000 dollars.",
        "Sparse Autoencoders route.",
        "The Large Language Models are three.",
        "Nothing here is a name or a number.",
        "",
    ],
)
def test_what_the_evidence_holds(claim: str) -> None:
    assert unbacked(claim, QUOTES, HEADERS, PASSAGES) == ""


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("It costs 650k dollars.", "says 650k"),
        ("It costs 560 dollars.", "says 560"),
        ("It finds 23.5% more.", "says 23.5"),
        ("It beats GPT-4.1 by 99 points.", "says 99"),  # in the passage alone: no quote shows it
        ("In 2023 it was shown.", "says 2023"),
        ("RouteSAE2 finds more.", "names RouteSAE2"),
        ("It beats GPT-5.", "names GPT-5"),
        ("ShareGPT was used.", "names ShareGPT"),
        ("The dives were in Utrecht.", "names Utrecht"),
        ("It was shown by Wei and Kim.", "names Kim"),
        ("The BERT model fails.", "names BERT"),
    ],
)
def test_what_the_evidence_does_not_hold(claim: str, reason: str) -> None:
    assert unbacked(claim, QUOTES, HEADERS, PASSAGES).startswith(reason)
