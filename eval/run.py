"""A suite asked → for each case what came of it, and the measures with their bootstrap intervals, by split and kind.

A shown sentence answers if its quote overlaps a gold sentence of a right paper by half of either, or holds a fact of
each kind that is asked for; it is relevant if it answers, or overlaps a sentence that is listed as relevant.
"""

import json
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from assistant import Answer, Claim, Library
from assistant.chat import Conversation
from assistant.text.sentences import is_prose
from eval.sets import ROOT, holds
from eval.suite import Case, opened

RESULTS = ROOT / "results"
_SAMPLES = 2_000
_LEANS = frozenset("further furthermore moreover however thus therefore also this these it".split())
LISTS = ("which-papers",)
_OF = {"unanswerable": "refused, unanswerable", "which-papers": "list recall"}
"""Kind → what the table by kinds says of it, if not whether some sentence answers."""


@dataclass(frozen=True)
class Outcome:
    """One case, answered. ``values``: measure → 0 to 1, of what can be said of this case; ``shown``: the claims."""

    id: str
    split: str
    kind: str
    question: str
    status: str
    values: dict[str, float]
    shown: tuple[str, ...] = ()
    seconds: float = 0.0
    group: str = ""
    why: str = ""


def outcomes(name: str, model: str | None = None) -> Iterator[Outcome]:
    with opened(name) as (library, cases):
        for case in cases:
            started = time.perf_counter()
            answer = answered(library, case, model)
            seconds = time.perf_counter() - started
            yield outcome(case, answer, library, seconds)


def answered(library: Library, case: Case, model: str | None = None) -> Answer:
    if not case.before:
        return library.ask(case.question, model=model)
    conversation = Conversation(library, model=model)
    for question in (*case.before, case.question):
        conversation.ask(question)
    return conversation.turns[-1].answer


def outcome(case: Case, answer: Answer, library: Library, seconds: float = 0.0) -> Outcome:
    values: dict[str, float] = {}
    refused = answer.status == "abstained"
    cited = [reference.paper.key for reference in answer.references]
    quotes = [citation.quote for claim in answer.claims for citation in claim.citations]
    if quotes:
        exact = [library.paper(q.paper).text[q.start : q.end] == q.text for q in quotes]
        values["quotes exact"] = float(np.mean(exact))
        values["readable"] = float(np.mean([_is_readable(claim) for claim in answer.claims]))
    if case.kind == "unanswerable":
        values["refused, unanswerable"] = float(refused)
        return _told(case, answer, values, seconds)
    values["refused, answerable"] = float(refused)
    answers = [_answers(claim, case) for claim in answer.claims]
    text = " ".join(quote.text for quote in quotes)
    if case.kind in LISTS:
        right = len(case.papers & set(cited))
        values["list recall"] = right / len(case.papers)
        values["list precision"] = right / len(cited) if cited else 0.0
    else:
        values["first sentence answers"] = float(bool(answers) and answers[0])
        values["some sentence answers"] = float(any(answers))
        values["all facts shown"] = float(all(holds(text, fact) for fact in case.facts) and bool(quotes))
        values["right paper first"] = float(bool(cited) and _first(answer) in case.papers)
        if answers:
            values["shown is relevant"] = float(
                np.mean(
                    [a or _overlaps(c, case.relevant) for a, c in zip(answers, answer.claims, strict=True)]
                )
            )
    return _told(case, answer, values, seconds)


def _told(case: Case, answer: Answer, values: dict[str, float], seconds: float) -> Outcome:
    shown = tuple(claim.text for claim in answer.claims)
    return Outcome(
        case.id,
        case.split,
        case.kind,
        case.question,
        answer.status,
        values,
        shown,
        seconds,
        case.group,
        case.why,
    )


def _first(answer: Answer) -> str | None:
    return next((c.quote.paper for claim in answer.claims for c in claim.citations), None)


def _answers(claim: Claim, case: Case) -> bool:
    text = " ".join(citation.quote.text for citation in claim.citations)
    right = {citation.quote.paper for citation in claim.citations} & case.papers
    return _overlaps(claim, case.gold) or bool(right and all(holds(text, fact) for fact in case.facts))


def _overlaps(claim: Claim, spans: Sequence[tuple[str, int, int]]) -> bool:
    for quote in (citation.quote for citation in claim.citations):
        for paper, start, end in spans:
            if paper == quote.paper and meet(start, end, quote.start, quote.end):
                return True
    return False


def meet(start: int, end: int, first: int, last: int) -> bool:
    """Whether two stretches share half of either."""
    return 2 * (min(end, last) - max(start, first)) >= min(end - start, last - first)


def _is_readable(claim: Claim) -> bool:
    """By its form: a whole sentence that leans on none before it."""
    text = claim.text.strip()
    opens = text.split()[0].strip(",").lower() if text.split() else ""
    return is_prose(text) and text[:1].isupper() and opens not in _LEANS


def measures(found: Sequence[Outcome]) -> dict[str, list[float]]:
    """Measure → its values, one a case."""
    values: dict[str, list[float]] = defaultdict(list)
    for each in found:
        for name, value in each.values.items():
            values[name].append(value)
    groups: dict[str, list[float]] = defaultdict(list)
    for each in found:
        if each.group and "some sentence answers" in each.values:
            groups[each.group].append(each.values["some sentence answers"])
    if groups:
        values["wordings of one question agree"] = [
            max(np.mean(g), 1 - np.mean(g)) for g in groups.values() if len(g) > 1
        ]
    values["seconds"] = [each.seconds for each in found]
    return dict(values)


def interval(values: Sequence[float], seed: int = 0) -> tuple[float, float]:
    """The middle 95 % of the means of bootstrap samples."""
    given = np.asarray(values, dtype=float)
    drawn = np.random.default_rng(seed).integers(0, len(given), (_SAMPLES, len(given)))
    low, high = np.percentile(given[drawn].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def table(found: Sequence[Outcome]) -> str:
    lines = [f"{'':32}{'dev':>28}{'test':>28}"]
    halves = [measures([each for each in found if each.split == split]) for split in ("dev", "test")]
    for name in dict.fromkeys(name for half in halves for name in half):
        lines.append(f"{name:32}" + "".join(_cell(half.get(name, [])).rjust(28) for half in halves))
    lines += ["", f"{'some sentence answers, by kind':32}{'dev':>28}{'test':>28}"]
    for kind in sorted({each.kind for each in found}):
        of = _OF.get(kind, "some sentence answers")
        cells = [
            _cell(
                [
                    each.values[of]
                    for each in found
                    if (each.kind, each.split) == (kind, split) and of in each.values
                ]
            )
            for split in ("dev", "test")
        ]
        lines.append(f"{kind:32}" + "".join(cell.rjust(28) for cell in cells))
    return "\n".join(lines)


def _cell(values: Sequence[float]) -> str:
    if not values:
        return ""
    low, high = interval(values)
    return f"{np.mean(values):.3f} [{low:.3f}, {high:.3f}] n={len(values)}"


def save(name: str, found: Sequence[Outcome]) -> Path:
    """results/<commit>-NAME.json, a line a case."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    path = RESULTS / f"{commit}-{name}.json"
    path.write_text(
        "".join(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in found), encoding="utf-8"
    )
    return path


def load(path: Path) -> list[Outcome]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Outcome(**{**row, "shown": tuple(row["shown"])}) for row in rows]


def compared(before: Sequence[Outcome], after: Sequence[Outcome]) -> str:
    """Two runs of the same cases: the mean difference of each measure with its interval, and which cases flipped."""
    olds, lines = {each.id: each for each in before}, []
    pairs = [(olds[each.id], each) for each in after if each.id in olds]
    for name in dict.fromkeys(name for _, new in pairs for name in new.values):
        apart = [
            new.values[name] - old.values[name]
            for old, new in pairs
            if name in old.values and name in new.values
        ]
        if apart:
            low, high = interval(apart)
            better, worse = sum(each > 0 for each in apart), sum(each < 0 for each in apart)
            told = f"{np.mean(apart):+.3f} [{low:+.3f}, {high:+.3f}]  better {better}, worse {worse}, n={len(apart)}"
            lines.append(f"{name:32} {told}")
    flips = [
        f"{'+' if new.values['some sentence answers'] else '-'} {new.id}: {new.question}"
        for old, new in pairs
        if new.split == "dev"
        and old.values.get("some sentence answers") != new.values.get("some sentence answers")
        if "some sentence answers" in new.values
    ]
    return "\n".join([*lines, "", *flips])
