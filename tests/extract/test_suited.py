"""Which sentence answers by what it does in its paper: findings before aims and what was known, limits for limits."""

import numpy as np
import pytest

from assistant.extract.suited import suited
from assistant.split import sentences
from assistant.types import Paper, Source

AIM = "OBJECTIVE: To determine whether kelp forests protect young otters from storms."
KNOWN = "BACKGROUND: Kelp has long been considered one of the most important shelters of young otters."
FOUND = "RESULTS: We found that significantly more young otters survived storms in kelp (81 % against 44 %)."
LIMIT = "LIMITATIONS: The study was limited to two bays of one island, so it may not hold elsewhere."
TEXT = "Kelp and Otters\n\n" + "\n".join((KNOWN, AIM, FOUND, LIMIT))
PAPER = Paper(TEXT, 17, Source("otters.txt", 0, len(TEXT)), "Kelp and Otters", key="otters")


def best(question: str, *chances: float) -> list[str]:
    """The labels of the sentences, the likeliest first; ``chances``: before their roles are known."""
    every = sentences(PAPER)
    read = [each for each in every if not each.is_header]
    weighed = suited(question, PAPER, every, read, np.array(chances or [0.2] * 4))
    return [read[i].text.split(":")[0].lower() for i in np.argsort(-weighed, kind="stable")]


def test_whether_something_is_so_is_told_by_the_finding() -> None:
    assert best("Does kelp protect young otters from storms?", 0.3, 0.4, 0.2, 0.2)[0] == "results"
    assert best("Kelp and otters: does it protect them?", 0.3, 0.3, 0.2, 0.1)[0] == "results"
    assert best("Does kelp protect them?", 0.4, 0.1, 0.2, 0.1) == [
        "results",
        "background",
        "limitations",
        "objective",
    ]


def test_nearness_still_decides_between_the_same_roles() -> None:
    assert best("Does kelp protect them?", 0.9, 0.1, 0.2, 0.1)[0] == "background"


@pytest.mark.parametrize("question", ["How well does kelp protect young otters?", "kelp otters storms"])
def test_an_aim_answers_nothing_but_what_was_aimed_at(question: str) -> None:
    assert best(question, 0.1, 0.3, 0.2, 0.1)[:2] == ["results", "objective"]


@pytest.mark.parametrize("question", ["What was the aim of the study?", "Why were otters watched in storms?"])
def test_the_aim_answers_what_asks_for_it(question: str) -> None:
    assert best(question, 0.1, 0.3, 0.2, 0.1)[0] == "objective"


@pytest.mark.parametrize(
    "question", ["What are the limitations?", "Is it limited to some bays?", "What is planned?"]
)
def test_limits_and_plans_are_told_by_what_tells_them(question: str) -> None:
    assert best(question, 0.3, 0.4, 0.4, 0.1)[0] == "limitations"
