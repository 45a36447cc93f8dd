"""A question for what a paper is, or what it tells about itself → the lines of the paper that is meant, or its record.

Who, when, where (record.py), who funded it, where its code is (matter.py), the papers of some years.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.extract.authorship import authored
from assistant.extract.candidates import Candidate
from assistant.extract.matter import AFFILIATION, Matter, told, without_asking
from assistant.extract.meant import Allowed, meant
from assistant.extract.pointed import Pointed
from assistant.extract.question import Question
from assistant.extract.ranking import Ranking
from assistant.extract.record import OPENING, about, names_none, recorded, telling
from assistant.text.parts import JOINS
from assistant.types import Paper, PaperCatalog, Search


class OnRecord:
    """Each method gives what is missing, or None where the question means no paper for it; claims go to ``found``.
    ``passages``: how many are searched for the paper that is meant."""

    def __init__(self, catalog: PaperCatalog, ranking: Ranking, allowed: Allowed) -> None:
        self._catalog = catalog
        self._ranking = ranking
        self._allowed = allowed

    def fields(
        self, fields: Sequence[str], question: Question, search: Search, passages: int, found: Pointed
    ) -> tuple[str, ...] | None:
        """A claim for each field, by the paper's own line if it has one, else by its record."""
        paper = self._whose(fields, question, search, passages)
        if paper is None:
            return None
        missing = []
        opening = self._catalog.sentences_of(paper.key)[:OPENING]
        for field in fields:
            lines, known = telling(field, paper, opening), recorded(field, paper)
            if lines and lines[0].is_header:
                found.header(paper, field)
            elif lines:
                found.lines(lines)
            elif known:
                found.recorded(known)
            else:
                none = "none are" if field == "authors" else "none is"
                missing.append(f"the {field} of {paper.name} ({none} on record for it)")
        return tuple(missing)

    def _whose(
        self, fields: Sequence[str], question: Question, search: Search, passages: int
    ) -> Paper | None:
        only_who = tuple(fields) == ("authors",)
        asked = about(question.text)
        if (alone := self._allowed.alone()) and names_none(question.text):
            return alone
        near = self._near(question.text, search, passages)
        return meant(question if only_who else asked, near, by_names=not only_who)

    def matter(
        self, matter: Matter, question: Question, search: Search, passages: int, found: Pointed
    ) -> tuple[str, ...] | None:
        """The sentences that tell it, of the papers that are meant."""
        asked = about(without_asking(question.text))
        papers = self._asked_of(matter, question, asked, search, passages)
        missing = []
        for paper in papers:
            lines = told(matter, asked.names, paper, self._catalog.sentences_of(paper.key))
            found.sentences([each for each in lines if not found.is_shown(each)])
            if not lines:
                missing.append(f"{matter.name} in {paper.key}")
        return tuple(missing) if missing or found.claims else None

    def _asked_of(
        self, matter: Matter, question: Question, asked: Question, search: Search, passages: int
    ) -> list[Paper]:
        """The papers that a question for the matter means; ``asked``: it, without what asks."""
        if (alone := self._allowed.alone()) and not (asked.names or asked.topics):
            return [alone]
        people = authored(question.text, self._catalog.papers_by) if matter.name == AFFILIATION else None
        if own := [each for each in people.papers if self._allowed.has(each)] if people else []:
            return own[:1]
        if not asked.words:
            return []
        if len(asked.names) > 1 and JOINS.search(question.text):
            each = [
                meant(Question(name), self._near(name, search, passages), by_names=False)
                for name in asked.names
            ]
            named = {paper.key: paper for paper in each if paper}
            if len(named) == len(asked.names):
                return list(named.values())
        paper = meant(asked, self._near(asked.text, search, passages), by_names=True)
        return [paper] if paper else []

    def _near(self, text: str, search: Search, passages: int) -> list[Candidate]:
        """The papers found, best first, with the sentences that they open with, which say what they offer."""
        return [self._with_opening(each) for each in self._ranking.candidates(search(text, passages))]

    def _with_opening(self, found: Candidate) -> Candidate:
        opening = [s for s in self._catalog.sentences_of(found.paper.key)[:OPENING] if not s.is_header]
        return replace(found, sentences=list(dict.fromkeys([*opening, *found.sentences])))
