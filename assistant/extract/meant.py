"""Question → the papers that it means, by their titles, handles and what they offer."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.extract.candidates import Candidate, stems
from assistant.extract.question import Question, name_keys, name_match
from assistant.types import Paper, PaperCatalog

DESCRIBED = 0.6
"""The least share of a question that the title and offers of the paper must hold which it means."""
NAMED = 0.5
"""As ``DESCRIBED``, of retrieval's first paper if its title holds all names of the question."""
_WRITING = frozenset({"wrote", "written", "author"})


@dataclass(frozen=True, slots=True)
class Allowed:
    """The papers that may answer: those with the keys ``only``; None for all."""

    catalog: PaperCatalog
    only: Collection[str] | None

    def has(self, paper: Paper) -> bool:
        return self.only is None or paper.key in self.only

    def papers(self) -> list[Paper]:
        return [each for each in self.catalog.papers() if self.has(each)]

    def alone(self) -> Paper | None:
        """The one paper that may answer."""
        return self.catalog.paper(*self.only) if self.only is not None and len(self.only) == 1 else None


def meant(asked: Question, near: Sequence[Candidate], by_names: bool) -> Paper | None:
    """The paper of those found, best first, that ``asked`` describes, if it does one; ``by_names``: or the first, if
    its title holds all names, as other words for a title say the same."""
    ranked = sorted(near, key=lambda each: (-described(asked, each), -each.score))
    if not ranked or described(asked, ranked[0]) >= DESCRIBED:
        return ranked[0].paper if ranked else None
    first = near[0]
    named = asked.names and all(
        name_match(name, name_keys(first.header), set(), "") == 1.0 for name in asked.names
    )
    return first.paper if named and by_names and described(asked, first) >= NAMED else None


def is_titled(asked: Question, candidate: Candidate) -> bool:
    """Whether the paper's title holds all that is ``asked``."""
    return described(asked, candidate, by_title=True) == 1.0


def described(question: Question, candidate: Candidate, by_title: bool = False) -> float:
    """How much of the question the paper's title, handle and offered things hold; ``by_title``: its title alone."""
    if not candidate.header:
        return 0.0
    offers = [
        s.text
        for s in candidate.sentences
        if not by_title and re.search(r"\b(?:propos|introduc|present)", s.text)
    ]
    held = stems(" ".join([candidate.header, *offers]))
    keys = name_keys(" ".join([candidate.header, *offers]))
    marks = [name_match(name, keys, held, "") for name in question.names]
    marks += [float(topic in held) for topic in question.topics if topic not in _WRITING]
    return float(np.mean(marks)) if marks else 0.0
