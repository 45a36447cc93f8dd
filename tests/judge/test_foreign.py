"""What is compared of a claim in another language than its evidence."""

import pytest

from assistant.judge.foreign import ONLY_FIGURES, FigureChecker
from assistant.types import Evidence

EVIDENCE = Evidence(("Otters keep 31% more pebbles than 12 badgers.",), ("Otters at Sea 2019",))


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Otter behalten 31 % mehr Kiesel als 12 Dachse.", "unchecked"),
        ("Otter behalten mehr Kiesel (2019).", "unchecked"),
        ("Otter behalten 13 % mehr Kiesel.", "unsupported"),
        ("Otters keep 31% more pebbles than 12 badgers.", "supported"),
    ],
)
def test_figures_alone(claim: str, verdict: str) -> None:
    judged = FigureChecker().judge(claim, EVIDENCE)
    assert judged.verdict == verdict and (judged.reason == ONLY_FIGURES) is (verdict == "unchecked")
