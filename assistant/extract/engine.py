"""Hits → Draft without a language model: the sentences that answer, each its own quote, or an abstention.

The way: is it about what stands on record (who, when, where), about the papers of some years, does it ask for those
that use or mention something, for another list, does it have two sides, or is it one question? For one question
retrieval's first paper answers, unless a rare name of the question stands in another alone; its sentences are ranked,
and a small model judges whether they answer at all.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.extract.authorship import asked_works
from assistant.extract.candidates import Candidate, candidates
from assistant.extract.defining import PLAIN, asked_term, defining
from assistant.extract.expected import gives_number
from assistant.extract.gist import asked_gist, calls_paper, doing, without_gist
from assistant.extract.held import lacking, off_topic
from assistant.extract.lists import asks_list, asks_one, criterion, met
from assistant.extract.matter import asked_matter
from assistant.extract.meant import Allowed, is_titled
from assistant.extract.models import judge
from assistant.extract.onrecord import OnRecord
from assistant.extract.pointed import Pointed
from assistant.extract.question import Question
from assistant.extract.ranking import Ranking
from assistant.extract.record import Years, asked_fields, asked_years, has_topic, recorded
from assistant.extract.related import Related, asked_relation, saying
from assistant.extract.rows import with_rows
from assistant.extract.sides import sides, unspoken
from assistant.extract.spelled import spelled
from assistant.text.english import in_english
from assistant.types import (
    ClaimCheck,
    Draft,
    Hit,
    Offered,
    Order,
    PaperCatalog,
    Search,
    TokenEmbedder,
)

LIST_HITS = 60
"""Passages whose papers may be in a list."""
PAPERS = 4
"""Candidate papers of one question."""
LIST_SURE = 0.5
"""A list is given only if its first paper has at least this probability: of 24 lists for nothing it leaves 7, of 11,
for two points of recall and of precision."""


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
        self.ranking = Ranking(catalog, embedder, fast)
        self._allowed = Allowed(catalog, only)
        self._on_record = OnRecord(catalog, self.ranking, self._allowed)

    def draft(self, text: str, search: Search, order: Order, check: ClaimCheck) -> Draft:
        """A draft without claims abstains; its ``missing`` says what was looked for. A question in another language,
        or with misspelled words, is put as it stands where it finds nothing as it was read: names may be all that it
        shares with the papers."""
        read = in_english(text, lambda word: self._catalog.passages_with(word) > 0)
        read = read or spelled(text, self._catalog)
        if read != text and (draft := self._drafted(read, search, order)).claims:
            return replace(draft, asked=read, notes=(f"Read as: {read}",))
        return self._drafted(text, search, order)

    def _drafted(self, text: str, search: Search, order: Order) -> Draft:
        question, found = Question(text), Pointed(self._catalog, order.shown)
        missing = self._answer(question, search, order, found)
        claims = tuple(dict.fromkeys(found.claims))
        draft = Draft(claims, missing, offered=Offered(found.offered), chance=found.chance)
        draft = with_rows(text, draft, self._catalog)
        if found.is_ranked and not gives_number(question, draft):
            return replace(draft, claims=(), missing=(f"a number ({_looked_for(question)})",))
        return draft

    def _answer(self, question: Question, search: Search, order: Order, found: Pointed) -> tuple[str, ...]:
        """What is missing; the claims go to ``found``."""
        passages = order.passages
        works = asked_works(question.text, self._catalog.papers_by)
        if not question.words:  # nothing but stop words and signs asks for nothing
            pass
        elif works is not None:
            for paper in works.papers:
                if self._allowed.has(paper):
                    found.header(paper, "title")
        elif (related := asked_relation(question.text)) and (
            missing := self._related(related, search, found)
        ) is not None:
            return missing
        elif not asks_list(question.text) and (
            matter := asked_matter(question.text, self._catalog.papers_by)
        ):
            missing = self._on_record.matter(matter, question, search, passages, found)
            return (_looked_for(question),) if missing is None else missing
        elif (fields := asked_fields(question.text)) and (
            missing := self._on_record.fields(fields, question, search, passages, found)
        ) is not None:
            return missing
        elif "authors" in fields:
            pass
        elif years := asked_years(question.text):
            self._of_years(years, search, found)
            undated = sum(each.year is None for each in self._allowed.papers())
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

    def _of_years(self, years: Years, search: Search, found: Pointed) -> None:
        """The papers of the years; those that meet the rest of the question, if more is asked."""
        of = [
            each for each in self._allowed.papers() if each.year and years.since <= each.year <= years.until
        ]
        if has_topic(years):
            keys = {each.key for each in of}
            self._list(Question(years.rest), lambda *what: _among(keys, search(*what)), found)
            return
        for paper in sorted(of, key=lambda each: each.year or 0):
            found.header(paper, "title", recorded("year", paper))

    # which papers

    def _list(self, question: Question, search: Search, found: Pointed) -> None:
        """Each paper that meets the criterion, by its best sentence."""
        wanted = criterion(question.text)
        if not Question(wanted).words:  # "which papers use it"
            return
        listed = candidates(search(wanted, LIST_HITS), LIST_HITS, self._catalog)
        if not listed:
            return
        held = met(wanted, listed, self._catalog, self._embedder)
        model = judge("listed")
        chances = model.probabilities(held.features)
        order = sorted(range(len(listed)), key=lambda i: -chances[i])
        found.chance = float(chances[order[0]])
        if chances[order[0]] < LIST_SURE:
            return
        for i in order[:1] if asks_one(question.text) else order:
            if chances[i] >= model.threshold and held.is_told[i]:
                found.sentences([listed[i].sentences[held.telling[i]]])

    def _related(self, related: Related, search: Search, found: Pointed) -> tuple[str, ...] | None:
        """Points at each paper that says it stands in the relation, by the sentence that does. What is missing; None
        if none does and the named thing's own paper may tell ("who uses it")."""
        names = " ".join(related.names)
        for each in candidates(search(names, LIST_HITS), LIST_HITS, self._catalog):
            every = self._catalog.sentences_of(each.paper.key)
            if said := saying(related, each.paper, every, each.is_long):
                found.sentences([said])
        if found.claims:
            return ()
        return (f"a paper, other than its own, that says so of {names}",) if related.of_papers else None

    # one question, or two sides of one

    def _one_or_two(
        self, question: Question, search: Search, passages: int, found: Pointed
    ) -> tuple[str, ...]:
        """What the paper is known not to say; the claims go to ``found``."""
        near = self.ranking.candidates(search(question.text, passages))
        if self._allowed.alone() and (missing := self._whole(question, near, found)) is not None:
            return missing  # its words alone would be near nothing
        if not near or off_topic(question, near, self._catalog, self._embedder):
            found.chance = 0.0
            return ()
        spoken = near[:PAPERS]
        if other := unspoken(question, spoken):
            known = {each.paper.key for each in spoken}
            more = self.ranking.candidates(search(other, passages))[:2]
            spoken = spoken + [each for each in more if each.paper.key not in known]
        found_sides = sides(question, spoken, self.ranking.rarity(question))
        for side in found_sides:  # that the paper speaks of it is known already
            found.best(self.ranking.ranked(side.question, side.candidate))
        if found_sides or self._defined(question, spoken, found):
            return ()
        if not self._allowed.alone() and (missing := self._whole(question, spoken, found)) is not None:
            return missing
        ranked, model, features = self.ranking.prepared(question, near)
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
        paper = self._allowed.alone() if not (asked.names or asked.topics) else None
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
            (rank, n, i, sentence)
            for n, each in enumerate(near)
            for i, (rank, sentence) in enumerate(defining(asked, self._catalog.sentences_of(each.paper.key)))
            if not found.is_shown(sentence)
        ]
        if not told:
            return False
        rank, *_, plainest = min(told, key=lambda each: each[:3])
        found.sentences([plainest])
        return asked.is_all and rank <= PLAIN


def _among(keys: Collection[str], hits: Sequence[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.passage.paper in keys]


def _looked_for(question: Question) -> str:
    words = [*question.names, *(question.words[topic] for topic in question.topics)]
    return ", ".join((words or list(question.words.values()))[:8]) or question.text[:80]
