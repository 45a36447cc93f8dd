"""CheckReport → SARIF 2.1.0, as editors and code hosts read findings: one result for each claim to look at."""

from importlib.metadata import version
from typing import Any

from assistant.show.checked import message
from assistant.show.plain import one_line
from assistant.types import WRONG, CheckedClaim, CheckedSentence, CheckReport

_RULES = WRONG | {
    "not-shown": "what the library holds does not show it",
    "not-in-library": "the cited paper is not in the library",
}


def check_sarif(report: CheckReport, everything: bool = False) -> dict[str, Any]:
    """``everything``: also what is not shown and what is not in the library, as notes."""
    results = [
        _result(sentence, claim)
        for sentence in report.sentences
        for claim in sentence.claims
        if claim.verdict == "wrong" or (everything and claim.verdict in _RULES)
    ]
    rules = [{"id": name, "shortDescription": {"text": said}} for name, said in _RULES.items()]
    driver = {"name": "assistant", "version": version("assistant"), "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }


def _result(sentence: CheckedSentence, claim: CheckedClaim) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": one_line(sentence.file)},
        "region": {"startLine": sentence.line, "endLine": max(sentence.line, sentence.last_line)},
    }
    return {
        "ruleId": claim.kind or claim.verdict,
        "level": "error" if claim.verdict == "wrong" else "note",
        "message": {"text": message(claim)},
        "locations": [{"physicalLocation": place}],
        **({"suppressions": [{"kind": "inSource"}]} if sentence.is_accepted else {}),
    }
