"""Hits → Draft without a language model: the sentences that answer, each its own quote, or an abstention.

The way: is it about what stands on record (who, when, where), about the papers of some years, does it ask for a list,
does it have two sides, or is it one question? For one question retrieval's first paper answers, unless a rare name of
the question stands in another alone; its sentences are ranked, and a small model judges whether they answer at all.
"""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from assistant.extract.authorship import asked_works, authored
from assistant.extract.candidates import READ, READ_FAST, Candidate, candidates, read
from assistant.extract.defining import PLAIN, asked_term, defining
from assistant.extract.expected import expected
from assistant.extract.features import answer_features, sentence_features
from assistant.extract.gist import asked_gist, calls_paper, doing, without_gist
from assistant.extract.held import chosen, lacking, off_topic
from assistant.extract.lists import asks_list, asks_one, criterion, list_features
from assistant.extract.matter import AFFILIATION, Matter, asked_matter, told, without_asking
from assistant.extract.meant import is_titled, meant
from assistant.extract.models import Judge, judge
from assistant.extract.pointed import Pointed, Ranked
from assistant.extract.question import Question
from assistant.extract.record import (
    OPENING,
    Years,
    about,
    asked_fields,
    asked_years,
    has_topic,
    names_none,
    recorded,
    telling,
)
from assistant.extract.sides import sides, unspoken
from assistant.extract.suited import suited
from assistant.text.parts import JOINS
from assistant.text.rows import is_caption
from assistant.text.showable import is_readable
from assistant.types import (
    ClaimCheck,
    Draft,
    Hit,
    Offered,
    Order,
    Paper,
    PaperCatalog,
    Search,
    TokenEmbedder,
    Vectors,
)

LIST_HITS = 60
"""Passages whose papers may be in a list."""
PAPERS = 4
"""Candidate papers of one question."""
LIST_SURE = 0.5
"""A list is given only if its first paper has at least this probability: of 24 lists for nothing it leaves 7, of 11,
for two points of recall and of precision."""
POINTS_AWAY = 0.5
"""What is left of the chance of a pointer ("are given in Table 1"), an announcement ("as follows:"), a figure's caption
or a scrap, which name what is asked and do not say it. A table's caption may give way to its row (rows.py)."""


class Extractor:
    """The ``Engine`` without a language model. ``only``: keys of the papers that may answer; None for all. ``fast``:
    fewer passages are read, in a quarter of the time."""

    def __init__(
        self,
        catalog: PaperCatalog,
        embedder: TokenEmbedder,
        only: Collection[str] | None = None,
        fast: bool = False,
    ) -> None:
        self._catalog = catalog
        self._embedder = embedder
        self._only = only
        self._most = READ_FAST if fast else READ

    def draft(self, text: str, search: Search, order: Order, check: ClaimCheck) -> Draft:
        """A draft without claims abstains; its ``missing`` says what was looked for."""
        question, found = Question(text), Pointed(self._catalog, order.shown)
        missing = self._answer(question, search, order, found)
        claims = tuple(dict.fromkeys(found.claims))
        return Draft(claims, missing, offered=Offered(found.offered), chance=found.chance)

    def _answer(self, question: Question, search: Search, order: Order, found: Pointed) -> tuple[str, ...]:
        """What is missing; the claims go to ``found``."""
        passages = order.passages
        works = asked_works(question.text, self._catalog.papers_by)
        if not question.words:  # nothing but stop words and signs asks for nothing
            pass
        elif works is not None:
            for paper in works.papers:
                if self._may_answer(paper):
                    found.header(paper, "title")
        elif not asks_list(question.text) and (
            matter := asked_matter(question.text, self._catalog.papers_by)
        ):
            return self._matter(matter, question, search, passages, found)
        elif (fields := asked_fields(question.text)) and (
            whose := self._meant(question, fields, search, passages)
        ):
            return self._record(fields, whose, found)
        elif "authors" in fields:
            pass
        elif years := asked_years(question.text):
            self._of_years(years, search, found)
            undated = sum(each.year is None for each in self._allowed())
            papers = f"{undated} papers" if undated > 1 else "1 paper"
            unknown = [f"the year of {papers} (none is on record)"] if undated else []
            return tuple(unknown if found.claims else [_looked_for(question), *unknown])
        elif asks_list(question.text):
            self._list(question, search, found)
        else:
            if missing := self._one_or_two(question, search, passages, found):
                return missing
            if found.claims:
                return lacking(question, [self._catalog.paper(key) for key in found.papers])
        return () if found.claims else (_looked_for(question),)

    # who wrote it, when, where

    def _meant(
        self, question: Question, fields: Sequence[str], search: Search, passages: int
    ) -> Paper | None:
        """The paper whose fields a question is for."""
        only_who = tuple(fields) == ("authors",)
        asked = about(question.text)
        if (alone := self._alone()) and names_none(question.text):
            return alone
        near = self._candidates(search(question.text, passages))
        return meant(question if only_who else asked, near, by_names=not only_who)

    def _matter(
        self, matter: Matter, question: Question, search: Search, passages: int, found: Pointed
    ) -> tuple[str, ...]:
        """The sentences that tell it, of the papers that are meant; what is missing."""
        asked = about(without_asking(question.text))
        papers = self._asked_of(matter, question, asked, search, passages)
        missing = []
        for paper in papers:
            lines = told(matter, asked.names, paper, self._catalog.sentences_of(paper.key))
            found.sentences([each for each in lines if not found.is_shown(each)])
            if not lines:
                missing.append(f"{matter.name} in {paper.key}")
        return tuple(missing) if missing or found.claims else (_looked_for(question),)

    def _asked_of(
        self, matter: Matter, question: Question, asked: Question, search: Search, passages: int
    ) -> list[Paper]:
        """The papers that a question for the matter means; ``asked``: it, without what asks."""
        if (alone := self._alone()) and not (asked.names or asked.topics):
            return [alone]
        people = authored(question.text, self._catalog.papers_by) if matter.name == AFFILIATION else None
        if own := [each for each in people.papers if self._may_answer(each)] if people else []:
            return own[:1]
        if not asked.words:
            return []
        if len(asked.names) > 1 and JOINS.search(question.text):
            each = [
                meant(Question(name), self._candidates(search(name, passages)), by_names=False)
                for name in asked.names
            ]
            named = {paper.key: paper for paper in each if paper}
            if len(named) == len(asked.names):
                return list(named.values())
        paper = meant(asked, self._candidates(search(asked.text, passages)), by_names=True)
        return [paper] if paper else []

    def _record(self, fields: Sequence[str], paper: Paper, found: Pointed) -> tuple[str, ...]:
        """A claim for each field, by the paper's own line if it has one. What is in neither is missing."""
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

    def _of_years(self, years: Years, search: Search, found: Pointed) -> None:
        """The papers of the years; those that meet the rest of the question, if more is asked."""
        of = [each for each in self._allowed() if each.year and years.since <= each.year <= years.until]
        if has_topic(years):
            keys = {each.key for each in of}
            self._list(Question(years.rest), lambda *what: _among(keys, search(*what)), found)
            return
        for paper in sorted(of, key=lambda each: each.year or 0):
            found.header(paper, "title", recorded("year", paper))

    def _allowed(self) -> list[Paper]:
        return [each for each in self._catalog.papers() if self._may_answer(each)]

    def _may_answer(self, paper: Paper) -> bool:
        return self._only is None or paper.key in self._only

    def _alone(self) -> Paper | None:
        """The one paper that may answer."""
        return self._catalog.paper(*self._only) if self._only is not None and len(self._only) == 1 else None

    # which papers

    def _list(self, question: Question, search: Search, found: Pointed) -> None:
        """Each paper that meets the criterion, by its best sentence."""
        wanted = criterion(question.text)
        listed = candidates(search(wanted, LIST_HITS), LIST_HITS, self._catalog)
        if not listed:
            return
        features, telling = list_features(wanted, listed, self._catalog, self._embedder)
        model = judge("listed")
        chances = model.probabilities(features)
        order = sorted(range(len(listed)), key=lambda i: -chances[i])
        found.chance = float(chances[order[0]])
        if chances[order[0]] < LIST_SURE:
            return
        for i in order[:1] if asks_one(question.text) else order:
            if chances[i] >= model.threshold:
                found.sentences([listed[i].sentences[telling[i]]])

    # one question, or two sides of one

    def _one_or_two(
        self, question: Question, search: Search, passages: int, found: Pointed
    ) -> tuple[str, ...]:
        """What the paper is known not to say; the claims go to ``found``."""
        near = self._candidates(search(question.text, passages))
        if self._alone() and (missing := self._whole(question, near, found)) is not None:
            return missing  # its words alone would be near nothing
        if not near or off_topic(question, near, self._catalog, self._embedder):
            found.chance = 0.0
            return ()
        spoken = near[:PAPERS]
        if other := unspoken(question, spoken):
            known = {each.paper.key for each in spoken}
            more = self._candidates(search(other, passages))[:2]
            spoken = spoken + [each for each in more if each.paper.key not in known]
        found_sides = sides(question, spoken, self.rarity(question))
        for side in found_sides:  # that the paper speaks of it is known already
            found.best(self.ranked(side.question, side.candidate))
        if found_sides or self._defined(question, spoken, found):
            return ()
        if not self._alone() and (missing := self._whole(question, spoken, found)) is not None:
            return missing
        ranked, model, features = self.prepared(question, near)
        found.chance = float(model.probabilities(features[None, :])[0])
        if found.chance >= model.threshold or found.shown:
            found.best(ranked)
        return ()

    def _whole(self, question: Question, near: Sequence[Candidate], found: Pointed) -> tuple[str, ...] | None:
        """Points at what a whole paper aims at, concludes, leaves open. What is missing; None if the question is not
        for that of one paper alone, or the paper may say it in words of its own."""
        gist = asked_gist(question.text)
        if not gist:
            return None
        asked = Question(without_gist(gist, question.text))
        paper = self._alone() if not (asked.names or asked.topics) else None
        if paper is None and (asked.names or calls_paper(question.text)):
            paper = next((each.paper for each in near if is_titled(asked, each)), None)
        if paper is None:
            return None
        every = self._catalog.sentences_of(paper.key)
        found.sentences([each for each in doing(gist, paper, every) if not found.is_shown(each)])
        if found.claims:
            return ()
        return (f"{gist.name} in {paper.key}",) if gist.name else None

    def _defined(self, question: Question, near: Sequence[Candidate], found: Pointed) -> bool:
        """Points at the sentence that says plainest what a question asks the meaning of; whether that is all that it
        asks, and the sentence is plain."""
        asked = asked_term(question.text)
        if not asked:
            return False
        told = [
            (rank, n, sentence.number, sentence)
            for n, each in enumerate(near)
            for rank, sentence in defining(asked, self._catalog.sentences_of(each.paper.key))
            if not found.is_shown(sentence)
        ]
        if not told:
            return False
        rank, *_, plainest = min(told, key=lambda each: each[:3])
        found.sentences([plainest])
        return asked.is_all and rank <= PLAIN

    def prepared(self, question: Question, near: Sequence[Candidate]) -> tuple[Ranked, Judge, Vectors]:
        """The sentences of the paper that answers, the model that says how likely they do, and its features. ``near``:
        the papers found, best first."""
        candidate = chosen(question, near)
        ranked = self.ranked(question, candidate)
        gap = candidate.score - max((each.score for each in near if each is not candidate), default=0.0)
        features = answer_features(question, candidate, ranked.reading, ranked.order, gap)
        return ranked, judge("answer_long" if candidate.is_long else "answer"), features

    def ranked(self, question: Question, candidate: Candidate) -> Ranked:
        """The candidate's sentences, read beside the question."""
        reading = read(question, candidate, self._embedder, self._most)
        chances = judge("sentence").probabilities(sentence_features(question, reading, self.rarity(question)))
        chances[[not (is_readable(each.text) or is_caption(each)) for each in reading.sentences]] *= (
            POINTS_AWAY
        )
        every = self._catalog.sentences_of(candidate.paper.key)
        chances = suited(question.text, candidate.paper, every, reading.sentences, chances)
        chances *= expected(question, reading.sentences)
        return Ranked(reading, [int(i) for i in np.argsort(-chances, kind="stable")], chances)

    # the pieces

    def _candidates(self, hits: Sequence[Hit]) -> list[Candidate]:
        return candidates(hits, len(hits), self._catalog)

    def rarity(self, question: Question) -> Mapping[str, float]:
        """Stem → idf of the question's content words over the library's passages."""
        total = self._catalog.counts()[1]
        return {
            key: float(np.log(1 + (total + 0.5) / (self._catalog.passages_with(word) + 0.5)))
            for key, word in question.words.items()
        }


def _among(keys: Collection[str], hits: Sequence[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.passage.paper in keys]


def _looked_for(question: Question) -> str:
    words = [*question.names, *(question.words[topic] for topic in question.topics)]
    return ", ".join((words or list(question.words.values()))[:8]) or question.text[:80]
