"""A question set → how well it is answered: right papers, facts in the quotes, lists, abstentions, quotes."""

from collections import defaultdict
from dataclasses import dataclass, field
from math import sqrt

from assistant import Answer, Library
from eval.sets import Asked, holds, opened


@dataclass
class Scores:
    """Per measure, one value a question."""

    values: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Each measure's mean, standard error and n."""
        return [
            f"{name:32} {_mean(v):.3f} ± {_error(v):.3f}  (n={len(v)})" for name, v in self.values.items()
        ]


def evaluate(name: str, model: str | None = None) -> Scores:
    """The set ``name`` asked of its own library, offline or by a model."""
    scores = Scores()
    with opened(name) as (library, questions):
        for asked in questions:
            answer = library.ask(asked.question, model=model)
            _score(scores, asked, answer)
            _check_quotes(scores, library, answer)
    return scores


def _score(scores: Scores, asked: Asked, answer: Answer) -> None:
    refused = answer.status == "abstained"
    note = scores.values
    cited = [reference.paper.key for reference in answer.references]
    quotes = " ".join(c.quote.text for claim in answer.claims for c in claim.citations)
    facts = all(holds(quotes, fact) for fact in asked.facts)
    if asked.kind == "unanswerable":
        note["unanswerable: abstained"].append(refused)
        good = refused
    else:
        note["answerable: falsely abstained"].append(refused)
        good = not refused
    if asked.kind == "single":
        note["single: first paper right"].append(bool(cited) and cited[0] in asked.keys)
        note["single: facts in the quotes"].append(facts)
        note["single: claims shown"].append(len(answer.claims))
        good = facts and bool(cited) and cited[0] in asked.keys
    elif asked.kind == "two-part":
        note["two-part: both papers"].append(asked.keys <= set(cited))
        note["two-part: facts in the quotes"].append(facts)
        good = facts and asked.keys <= set(cited)
    elif asked.kind == "listing":
        right = len(asked.keys & set(cited))
        note["listing: recall"].append(right / len(asked.keys))
        note["listing: precision"].append(right / len(cited) if cited else 0.0)
        good = note["listing: recall"][-1] > 0.8 and note["listing: precision"][-1] > 0.7
    note["seconds"].append(answer.seconds)
    if not good:
        scores.failures.append(f"{asked.kind:12} {asked.question}\n    {answer.status}: {', '.join(cited)}")


def _check_quotes(scores: Scores, library: Library, answer: Answer) -> None:
    """Every quote shown must be the slice of the paper that it claims to be."""
    for claim in answer.claims:
        for citation in claim.citations:
            quote = citation.quote
            exact = library.paper(quote.paper).text[quote.start : quote.end] == quote.text
            scores.values["quotes that are in their paper"].append(exact)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _error(values: list[float]) -> float:
    mean, n = _mean(values), len(values)
    return sqrt(sum((value - mean) ** 2 for value in values) / (n - 1) / n) if n > 1 else float("nan")
