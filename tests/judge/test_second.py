"""A second opinion: asked where the checker is unsure, in both orders, and believed only if it is of one mind."""

from typing import Any

import pytest

from assistant.errors import ModelBusy
from assistant.judge.second import UNSURE, SecondOpinion
from assistant.types import Evidence, Judgement, Usage
from tests.fakes import FakeModel

CLAIM, QUOTES = "Otters sort.", Evidence(("They sort pebbles.", "By weight."))


class Checker:
    """A judge of one mind."""

    def __init__(self, verdict: str, score: float) -> None:
        self.judgement = Judgement(verdict, score, "as checked")

    def judge(self, claim: str, evidence: Evidence, question: str = "") -> Judgement:
        return self.judgement


def saying(*verdicts: str) -> FakeModel:
    def reply(verdict: str) -> Any:
        return lambda shown: {"evidence": "They sort.", "verdict": verdict}

    return FakeModel(*map(reply, verdicts), name="second")


@pytest.mark.parametrize("score", [0.0, UNSURE[0], UNSURE[1], 1.0])
def test_a_sure_checker_decides_alone(score: float) -> None:
    model, checker = saying("shown"), Checker("contradicted", score)
    assert SecondOpinion(checker, model).judge(CLAIM, QUOTES) is checker.judgement
    assert model.prompts == []


@pytest.mark.parametrize(
    ("verdicts", "first", "expected", "reason"),
    [
        (("shown", "shown"), "unsupported", "supported", "second finds it in the quotes"),
        (("shown", "shown"), "supported", "supported", "second finds it in the quotes"),
        (("not shown", "not shown"), "supported", "unsupported", "second does not find it in the quotes"),
        (("not shown", "not shown"), "contradicted", "contradicted", "second does not find it in the quotes"),
        (
            ("shown", "not shown"),
            "supported",
            "unsupported",
            "unsure: second judges it one way and the other",
        ),
        (("maybe", "maybe"), "supported", "unsupported", "unsure: second judges it one way and the other"),
    ],
)
def test_an_unsure_checker_asks_twice(
    verdicts: tuple[str, ...], first: str, expected: str, reason: str
) -> None:
    model = saying(*verdicts)
    judge = SecondOpinion(Checker(first, 0.5), model)
    judged = judge.judge(CLAIM, QUOTES)
    assert (judged.verdict, judged.reason) == (expected, reason)
    assert judge.usage == Usage(200, 20)
    one, two = model.prompts
    assert '{"evidence": "what it says", "verdict": "shown"} or' in one
    assert '{"evidence": "what it says", "verdict": "not shown"} or' in two
    assert one.index("- They sort pebbles.\n- By weight.") < one.index(CLAIM) < one.index("First say")
    forms = [schema["properties"]["verdict"]["enum"] for schema in model.schemas if schema]
    assert forms == [["shown", "not shown"], ["not shown", "shown"]]


def test_a_model_that_takes_the_first_option_is_not_believed() -> None:
    def first(shown: dict[str, str]) -> Any:
        options = [text.split('"verdict": "')[1].split('"')[0] for text in model.prompts[-1:]]
        return {"evidence": "", "verdict": options[0]}

    model = FakeModel(first)
    assert SecondOpinion(Checker("supported", 0.6), model).judge(CLAIM, QUOTES).verdict == "unsupported"


def test_a_model_that_fails_changes_nothing() -> None:
    def busy(shown: dict[str, str]) -> Any:
        raise ModelBusy("come back later")

    judged = SecondOpinion(Checker("supported", 0.6), FakeModel(busy)).judge(CLAIM, QUOTES)
    assert (judged.verdict, judged.score) == ("supported", 0.6)
    assert judged.reason == "as checked; fake gave no second opinion: come back later"
    assert SecondOpinion(None, FakeModel(busy)).judge(CLAIM, QUOTES).verdict == "unsupported"


def test_without_a_checker_the_model_is_asked_of_every_claim() -> None:
    judged = SecondOpinion(None, saying("shown")).judge(CLAIM, QUOTES)
    assert (judged.verdict, judged.score) == ("supported", 0.5)
