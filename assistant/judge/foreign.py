"""A claim in another language than its evidence: its figures are compared, and nothing else can be."""

from assistant.text.numbers import numbers, same
from assistant.types import Evidence, Judgement

ONLY_FIGURES = "in another language than its evidence: its figures were compared, nothing else was"


class FigureChecker:
    """The ``SupportJudge`` of claims that were translated. It never says that one is supported, except of a quote."""

    def judge(self, claim: str, evidence: Evidence, question: str = "") -> Judgement:
        if any(quote.split() == claim.split() for quote in evidence.quotes):
            return Judgement("supported", 1.0, "is the quote")
        held = numbers(" ".join((*evidence.quotes, *evidence.headers)))
        for number in numbers(claim):
            if number.in_digits and not any(same(number, other) for other in held):
                return Judgement("unsupported", 0.0, f"says {number.text}, and its quotes do not", "figure")
        return Judgement("unchecked", 0.5, ONLY_FIGURES)
