"""Numbers and names of a claim that its evidence does not hold."""

import pytest

from assistant.judge.gate import RARE, objection
from assistant.text.rarity import rarity
from assistant.types import Evidence

QUOTES = ["We pre-train three models of 1.6B and 13B for 560,000 dollars, 22.5% more than in 10 of 12 runs."]
HEADERS = ["Route Sparse Autoencoder 2024 Shi, Wei"]
PASSAGES = ["RouteSAE (with HR-Bench and large language models) beats GPT-4.1 by 99 points in Monterey."]


def unbacked(claim: str, evidence: Evidence, question: str = "") -> str:
    found = objection(claim, evidence, question)
    return found.reason if found else ""


EVIDENCE = Evidence(tuple(QUOTES), tuple(HEADERS), tuple(PASSAGES))


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
    assert unbacked(claim, EVIDENCE) == ""


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
    assert unbacked(claim, EVIDENCE).startswith(reason)


def test_the_name_of_another_paper_must_stand_in_the_quotes() -> None:
    other = Evidence(
        ("It saves 97 % of the weights.",), ("CogSteer 2025",), ("LeZO and CogSteer save.",), ("LeZO",)
    )
    assert unbacked("LeZO saves 97 % of the weights.", other) == "names LeZO, and points into another paper"
    assert unbacked("CogSteer saves 97 % of the weights.", other) == ""
    assert unbacked("LeZO saves 97 %.", Evidence(("LeZO saves 97 %.",), (), (), ("LeZO",))) == ""
    assert unbacked("LeZO-like ones save.", Evidence(("LeZOs save.",), (), ("LeZO",), ("LeZ",))) == ""
    assert unbacked("It saves.", Evidence(("It saves.",), (), (), ("", "..."))) == ""


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("What does LeZO save?", True),
        ("What do LeZO and HRBench save?", False),  # one of them is spoken of
        ("Which GPU does it need?", False),  # a kind, not a thing
        ("What does RouteSAE beat?", False),
        ("What is saved?", False),
    ],
)
def test_an_answer_speaks_of_what_the_question_names(question: str, lacking: bool) -> None:
    assert unbacked("It is saved.", EVIDENCE, question).startswith("the question names") == lacking


def test_rare_is_what_few_texts_hold() -> None:
    assert rarity("gpu") < RARE <= rarity("mqm") and rarity("lezo") > RARE
    assert unbacked("It ran in Python.", EVIDENCE) == "" and unbacked("It ran in Utrecht.", EVIDENCE)


@pytest.mark.parametrize(
    ("claim", "quote", "wrong"),
    [
        ("Three datasets were used.", "We use four datasets.", True),
        ("Three datasets were used.", "We use three datasets and four models.", False),
        ("Two datasets were used.", "We use SQuAD and TriviaQA.", False),  # counted, not written
        ("Two models were used.", "We use four datasets.", False),
        ("It has 12.3 points.", "It has 12.34 points.", False),
        ("It has 12.4 points.", "It has 12.34 points.", True),
        ("It reads 50 documents.", "It reads half of the documents.", True),
        ("It reads 50 % of them.", "It reads half of the documents.", False),
        ("It reads half of them.", "It reads 50 % of the documents.", False),
        ("It costs 560k dollars.", "It costs 560,000 dollars.", False),
        ("It is 1,500 long.", "It is 1.5K long.", False),
        ("It is twice as fast.", "It is 2 times as fast.", False),
        ("It takes a third of the time.", "It takes 33.3 % of the time.", False),
    ],
)
def test_figures_in_digits_and_words(claim: str, quote: str, wrong: bool) -> None:
    assert bool(unbacked(claim, Evidence((quote,)))) == wrong


@pytest.mark.parametrize(
    ("claim", "quote", "wrong"),
    [
        ("It fell to 40 degrees.", "It fell to -40 degrees.", True),
        ("It fell to -40 degrees.", "It fell to −40 degrees.", False),
        ("It fell by 3.2 %.", "We saw a change of -3.2 %.", False),
        ("The range is 5-10 mg.", "The range is 5-10 mg.", False),
        ("Here x is above 5.", "Here x ≤ 5 is found.", True),
        ("Here x < 5 is found.", "Here x is below 5.", False),
        ("The p value was under 0.05.", "The p value was 0.05.", True),
        ("The p value was 0.05.", "The p value was under 0.05.", False),
        ("Each got 5 mg of it.", "Each got 5 g of it.", True),
        ("Each got 5 mg of it.", "Each got 5 milligrams of it.", False),
        ("It took 3 days in all.", "It took 3 weeks in all.", True),
        ("Doses were 5,000 mg.", "Doses were 5 000 mg.", False),
        ("It is 3.5x faster.", "It is 3.5 times faster.", False),
        ("It is 3.5x faster.", "It is 2.5x faster.", True),
    ],
)
def test_a_figure_has_its_sign_its_bound_and_its_unit(claim: str, quote: str, wrong: bool) -> None:
    found = objection(claim, Evidence((quote,)))
    assert (found is not None and found.kind == "figure") == wrong
