"""A checker and a language model → one judge: the model decides where the checker is unsure.

The method is that of model-graded evaluation with its known faults kept out: the model first says what the
evidence says, and it is asked twice, with the options in both orders; where the two differ it is unsure, too,
and what is unsure is not supported.
"""

import re
from collections.abc import Sequence
from typing import Any

from assistant.errors import ModelError
from assistant.prompts import load, tamed
from assistant.types import ChatModel, Evidence, Judgement, SupportJudge, Usage

UNSURE = (0.3, 0.7)
"""Between these scores the checker is unsure: it agrees with people on 55 % of the claims there and on 80 % of
the others (400 of AttributionBench's)."""
OPTIONS = ("shown", "not shown")
_VERDICT = re.compile(r'"verdict"\s*:\s*"(shown|not shown)"')


class SecondOpinion:
    """A SupportJudge. ``checker``: None asks the model about every claim; ``usage``: what the model has cost."""

    def __init__(self, checker: SupportJudge | None, model: ChatModel) -> None:
        self._checker = checker
        self._model = model
        self.usage = Usage()

    def judge(self, claim: str, evidence: Evidence, question: str = "") -> Judgement:
        """As the checker, or as the model where the checker is unsure. A model that fails changes nothing."""
        first = self._checker.judge(claim, evidence, question) if self._checker else None
        if first and not UNSURE[0] < first.score < UNSURE[1]:
            return first
        name = self._model.name
        try:
            opinions = {self._asked(claim, evidence.quotes, order) for order in (OPTIONS, OPTIONS[::-1])}
        except ModelError as error:
            why = f"{name} gave no second opinion: {error}"
            if first:
                return Judgement(first.verdict, first.score, f"{first.reason}; {why}")
            return Judgement("unsupported", 0.5, why)
        score = first.score if first else 0.5
        if opinions == {OPTIONS[0]}:
            return Judgement("supported", max(score, 0.5), f"{name} finds it in the quotes")
        if opinions == {OPTIONS[1]}:
            contradicted = first is not None and first.verdict == "contradicted"
            verdict = "contradicted" if contradicted else "unsupported"
            return Judgement(verdict, min(score, 0.5), f"{name} does not find it in the quotes")
        return Judgement("unsupported", score, f"unsure: {name} judges it one way and the other")

    def _asked(self, claim: str, evidence: Sequence[str], order: tuple[str, ...]) -> str | None:
        quotes = "\n".join(f"- {tamed(quote)}" for quote in evidence)
        text = load("judge").fill(evidence=quotes, claim=tamed(claim), first=order[0], second=order[1])
        reply = self._model.complete([{"role": "user", "content": text}], _form(order))
        self.usage += reply.usage
        found = _VERDICT.findall(reply.text)
        return found[-1] if found else None


def _form(order: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"evidence": {"type": "string"}, "verdict": {"type": "string", "enum": list(order)}},
        "required": ["evidence", "verdict"],
        "additionalProperties": False,
    }
