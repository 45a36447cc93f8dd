"""What was measured → the reason for a verdict, in words."""

from assistant.terms import stem
from assistant.verify.contrast import direction, negated, opposite
from assistant.verify.features import Case, Measured


def reason(verdict: str, measured: Measured, case: Case) -> str:
    if verdict == "contradicted":
        return _contrary(measured, case)
    if verdict == "supported":
        return "the evidence says the same" + ("" if measured.figures["share"] > 0.8 else " in other words")
    return _lacking(measured, case)


def _contrary(measured: Measured, case: Case) -> str:
    ways = {1: "more", -1: "less"}
    claim, sentence = case.claim, measured.best
    pair = opposite(claim, sentence)
    if pair:
        return f"says {_word(pair[0], claim.words)} where the evidence says {_word(pair[1], sentence.words)}"
    if negated(claim) != negated(sentence):
        return "denies what the evidence affirms" if negated(claim) else "affirms what the evidence denies"
    if direction(claim) * direction(sentence) < 0:
        return f"says {ways[direction(claim)]} where the evidence says {ways[direction(sentence)]}"
    return "the evidence says otherwise"


def _lacking(measured: Measured, case: Case) -> str:
    if measured.missing_numbers:
        return f"the number {measured.missing_numbers[0].text} is not in the evidence"
    if measured.missing_names:
        return f"no sentence mentions {measured.missing_names[0]}"
    if measured.rarest and measured.figures["share_all"] < 0.8:
        return f"no sentence mentions {_word(measured.rarest, case.claim.words)}"
    return "no sentence of the evidence says as much"


def _word(stemmed: str, words: tuple[str, ...]) -> str:
    return next((word for word in words if stem(word) == stemmed), stemmed)
