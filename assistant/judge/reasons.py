"""What was measured → the reason for a verdict, in words."""

from assistant.judge.contrast import denies, opposite, turned
from assistant.judge.figures import Case, Measured
from assistant.text.terms import stem

MOSTLY = 0.8
"""The share of a claim's words, by rarity, that are most of it."""


def reason(verdict: str, score: float, measured: Measured, case: Case) -> str:
    if verdict == "contradicted":
        return _contrary(measured, case)
    if verdict == "supported":
        return "the evidence says the same" + (
            "" if measured.figures["share"] > MOSTLY else " in other words"
        )
    if score >= 0.5:
        return "close to what the evidence says, but not close enough to vouch for"
    return _lacking(measured, case)


def _contrary(measured: Measured, case: Case) -> str:
    claim = case.claim
    for sentence in measured.nearest:
        if pair := opposite(claim, sentence):
            words = _word(pair[0], claim.words), _word(pair[1], sentence.words)
        elif senses := turned(claim, sentence):
            words = senses[0].by, senses[1].by
        else:
            continue
        return f"says {words[0]} where the evidence says {words[1]}"
    if any(denies(claim) != denies(sentence) for sentence in measured.nearest[:1]):
        return "denies what the evidence affirms" if denies(claim) else "affirms what the evidence denies"
    return "the evidence says otherwise"


def _lacking(measured: Measured, case: Case) -> str:
    absent = measured.absent
    if absent.numbers:
        return f"the number {absent.numbers[0].text} is not in the evidence"
    if absent.names:
        return f"no sentence mentions {absent.names[0]}"
    if absent.rarest and measured.figures["share_all"] < MOSTLY:
        return f"no sentence mentions {_word(absent.rarest, case.claim.words)}"
    if absent.rarest or measured.figures["share"] < MOSTLY:
        return "no sentence of the evidence says as much"
    return "the words are there, but it is not clear that they say this"


def _word(stemmed: str, words: tuple[str, ...]) -> str:
    return next((word for word in words if stem(word) == stemmed), stemmed)
