"""Questions to learn from, each with what answers it: the sets', and those of the suite of whole papers' dev half."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from zlib import crc32

from assistant import Library
from assistant.types import Sentence
from eval import sets, shelves, suite
from eval.sets import holds

WHOLE = "papers"
FOLDS = 5
_KINDS = {"unanswerable": "unanswerable", "which-papers": "listing"}


@dataclass(frozen=True)
class Example:
    """``kind``: single, two-part, listing or unanswerable; ``keys``: papers that a right answer cites; ``answers``:
    whether a sentence does; ``fold``: of a set whose papers are many, which of its parts is left out together."""

    question: str
    kind: str
    keys: frozenset[str]
    answers: Callable[[Sentence], bool]
    fold: str = ""


@contextmanager
def opened(name: str) -> Iterator[tuple[Library, list[Example]]]:
    """The library of a set of questions, made in a temporary folder, and the questions."""
    if name == WHOLE:
        with shelves.opened(name) as (library, cases):
            yield library, [_of_case(case) for case in cases if case.split == "dev" and not case.before]
        return
    with sets.opened(name) as (library, asked):
        yield library, [_of_set(each) for each in asked]


def available(name: str) -> bool:
    return not shelves.absent(shelves.shelves()[name]) if name == WHOLE else sets.available(name)


def _of_set(asked: sets.Asked) -> Example:
    def answers(sentence: Sentence) -> bool:
        return sentence.paper in asked.keys and any(holds(sentence.text, fact) for fact in asked.facts)

    return Example(asked.question, asked.kind, asked.keys, answers)


def _of_case(case: suite.Case) -> Example:
    def answers(sentence: Sentence) -> bool:
        if any(_overlaps(sentence, *span) for span in case.gold):
            return True
        told = sentence.paper in case.papers and bool(case.facts)
        return told and all(holds(sentence.text, fact) for fact in case.facts)

    part = crc32(min(case.papers, default=case.id.rsplit("-", 1)[0]).encode()) % FOLDS
    return Example(
        case.question, _KINDS.get(case.kind, "single"), frozenset(case.papers), answers, f" {part}"
    )


def _overlaps(sentence: Sentence, paper: str, start: int, end: int) -> bool:
    """Whether the sentence and a span of a paper share half of either."""
    shared = min(end, sentence.end) - max(start, sentence.start)
    return sentence.paper == paper and shared * 2 >= min(sentence.end - sentence.start, end - start)
