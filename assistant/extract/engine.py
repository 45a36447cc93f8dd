"""Hits → Draft without a language model: the sentences that answer, each its own quote, or an abstention.

The way: is it about what stands on record (who, when, where), about the papers of some years, does it ask for a list,
does it have two sides, or is it one question? For one question retrieval's first paper answers, unless a rare name of
the question stands in another alone; its sentences are ranked, and a small model judges whether they answer at all.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.extract.authorship import asked_works
from assistant.extract.candidates import READ, READ_FAST, Candidate, Reading, candidates, read, stems
from assistant.extract.features import answer_features, sentence_features
from assistant.extract.lists import asks_list, asks_one, criterion, list_features
from assistant.extract.models import Judge, judge
from assistant.extract.question import Question, name_keys, name_match
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
from assistant.extract.sides import SPOKEN, sides, unspoken
from assistant.text.names import squashed
from assistant.text.sentences import context
from assistant.text.terms import fold, tokens
from assistant.types import (
    ClaimCheck,
    Draft,
    DraftClaim,
    Hit,
    Offered,
    Order,
    Paper,
    PaperCatalog,
    Quote,
    Recorded,
    Search,
    Sentence,
    TokenEmbedder,
    Vectors,
)

LIST_HITS = 60
"""Passages whose papers may be in a list."""
PAPERS = 4
"""Candidate papers of one question."""
SENTENCES = 3
"""Sentences shown for one question, or one side of it, at most."""
LIST_SURE = 0.5
"""A list is given only if its first paper has at least this probability: of 24 lists for nothing it leaves 7, of 11,
for two points of recall and of precision."""
OFF_TOPIC = 0.3
"""The cosine of the nearest sentence below which a question that names nothing in it is another field's: 94 % of 1,427
questions of another field lie there, 1.5 % of a library's own without names. Of sentences, as these are embedded on
this machine whatever embeds the passages."""
DESCRIBED = 0.6
"""The least share of a question on authorship that the paper's title and offers must hold."""
NAMED = 0.5
"""As ``DESCRIBED``, of retrieval's first paper if its title holds all names of the question."""
_WRITING = frozenset({"wrote", "written", "author"})
FEW = 2
"""Papers, of those found, that bear a name which decides between them; names that an answer may lack."""


@dataclass(frozen=True)
class Ranked:
    """Sentences read beside a question. ``order``: their places, best first; ``chances``: shape (sentences,), the
    probability that each holds the answer."""

    reading: Reading
    order: list[int]
    chances: Vectors


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
        question, found = Question(text), _Pointed(self._catalog, order.shown)
        missing = self._answer(question, search, order, found)
        claims = tuple(dict.fromkeys(found.claims))
        return Draft(claims, missing, offered=Offered(found.offered), chance=found.chance)

    def _answer(self, question: Question, search: Search, order: Order, found: "_Pointed") -> tuple[str, ...]:
        """What is missing; the claims go to ``found``."""
        passages = order.passages
        works = asked_works(question.text, self._catalog.papers_by)
        if not question.words:  # nothing but stop words and signs asks for nothing
            pass
        elif works is not None:
            for paper in works.papers:
                if self._only is None or paper.key in self._only:
                    found.header(paper, "title")
        elif (fields := asked_fields(question.text)) and (
            meant := self._meant(question, fields, search, passages)
        ):
            return self._record(fields, meant, found)
        elif "authors" in fields:
            pass
        elif years := asked_years(question.text):
            self._of_years(years, search, found)
            undated = sum(each.year is None for each in self._allowed())
            papers = f"{undated} papers" if undated > 1 else "1 paper"
            missing = (f"the year of {papers} (none is on record)",) if undated else ()
            return missing if found.claims else (_looked_for(question), *missing)
        elif asks_list(question.text):
            self._list(question, search, found)
        else:
            self._one_or_two(question, search, passages, found)
            if found.claims:
                return lacking(question, [self._catalog.paper(key) for key in found.papers])
        return () if found.claims else (_looked_for(question),)

    # who wrote it, when, where

    def _meant(
        self, question: Question, fields: Sequence[str], search: Search, passages: int
    ) -> Paper | None:
        """The paper that the question describes, if it is one of the collection's; where only one may answer, that one
        if the question describes none."""
        if self._only is not None and len(self._only) == 1 and names_none(question.text):
            return self._catalog.paper(next(iter(self._only)))
        only_who = tuple(fields) == ("authors",)
        asked = question if only_who else about(question.text)
        near = self._candidates(search(question.text, passages))
        ranked = sorted(near, key=lambda each: (-described(asked, each), -each.score))
        if not ranked or described(asked, ranked[0]) >= DESCRIBED:
            return ranked[0].paper if ranked else None
        first = near[0]  # other words for a title say the same, where its names stand in it
        named = asked.names and all(
            name_match(name, name_keys(first.header), set(), "") == 1.0 for name in asked.names
        )
        return first.paper if named and not only_who and described(asked, first) >= NAMED else None

    def _record(self, fields: Sequence[str], paper: Paper, found: "_Pointed") -> tuple[str, ...]:
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

    def _of_years(self, years: Years, search: Search, found: "_Pointed") -> None:
        """The papers of the years; those that meet the rest of the question, if more is asked."""
        of = [each for each in self._allowed() if each.year and years.since <= each.year <= years.until]
        if has_topic(years):
            keys = {each.key for each in of}
            self._list(Question(years.rest), lambda *what: _among(keys, search(*what)), found)
            return
        for paper in sorted(of, key=lambda each: each.year or 0):
            found.header(paper, "title", recorded("year", paper))

    def _allowed(self) -> list[Paper]:
        return [each for each in self._catalog.papers() if self._only is None or each.key in self._only]

    # which papers

    def _list(self, question: Question, search: Search, found: "_Pointed") -> None:
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

    def _one_or_two(self, question: Question, search: Search, passages: int, found: "_Pointed") -> None:
        near = self._candidates(search(question.text, passages))
        if not near or off_topic(question, near, self._catalog, self._embedder):
            found.chance = 0.0
            return
        spoken = near[:PAPERS]
        if missing := unspoken(question, spoken):
            known = {each.paper.key for each in spoken}
            more = self._candidates(search(missing, passages))[:2]
            spoken = spoken + [each for each in more if each.paper.key not in known]
        found_sides = sides(question, spoken, self.rarity(question))
        for side in found_sides:  # that the paper speaks of it is known already
            found.best(self.ranked(side.question, side.candidate))
        if not found_sides:
            ranked, model, features = self.prepared(question, near)
            found.chance = float(model.probabilities(features[None, :])[0])
            if found.chance >= model.threshold or found.shown:
                found.best(ranked)

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


def chosen(question: Question, near: Sequence[Candidate]) -> Candidate:
    """Retrieval's first paper, unless another bears more of the names that few of them bear."""
    deciding = [name for name in question.names if 0 < sum(each.bears(name) == 1.0 for each in near) <= FEW]
    return max(near, key=lambda each: sum(each.bears(name) == 1.0 for name in deciding))


def lacking(question: Question, cited: Sequence[Paper]) -> tuple[str, ...]:
    """The names of the question that stand nowhere in the papers cited, each with where it was looked for. None, if
    they are many: then the question is in a language that writes other words with capitals, too."""
    texts = [" ".join([each.name, *each.authors, each.text]) for each in cited]
    flat, plain = [squashed(text) for text in texts], [fold(text) for text in texts]
    absent = [
        name
        for name in question.names
        if not any(squashed(name).removesuffix("s") in text for text in flat)
        and max(name_match(name, set(), set(tokens(text)), text) for text in plain) < SPOKEN
    ]
    where = ", ".join(each.key for each in cited)
    return tuple(f"{name} in {where}" for name in absent) if len(absent) <= FEW else ()


def off_topic(
    question: Question, near: Sequence[Candidate], catalog: PaperCatalog, embedder: TokenEmbedder
) -> bool:
    """Whether nothing found comes near the question, and it names nothing that stands there."""
    if any(each.bears(name) == 1.0 for each in near for name in question.names):
        return False
    vector = embedder.embed([question.text])[0]
    found = [
        catalog.sentence_vectors(each.paper.key, [sentence.number for sentence in each.sentences]) @ vector
        for each in near
    ]
    return max(float(cosines.max()) for cosines in found) < OFF_TOPIC


def described(question: Question, candidate: Candidate) -> float:
    """How much of the question the paper's title, handle and offered things hold."""
    if not candidate.header:
        return 0.0
    offers = [s.text for s in candidate.sentences if re.search(r"\b(?:propos|introduc|present)", s.text)]
    held = stems(" ".join([candidate.header, *offers]))
    keys = name_keys(" ".join([candidate.header, *offers]))
    marks = [name_match(name, keys, held, "") for name in question.names]
    marks += [float(topic in held) for topic in question.topics if topic not in _WRITING]
    return float(np.mean(marks)) if marks else 0.0


class _Pointed:
    """Claims in the making: each is whole sentences of one paper, and points at them. ``offered``: these, by tag;
    ``shown``: quotes whose sentences are passed over; ``chance``: that the papers answer, where a model says so."""

    def __init__(self, catalog: PaperCatalog, shown: Sequence[Quote] = ()) -> None:
        self._catalog = catalog
        self.shown = shown
        self.claims: list[DraftClaim] = []
        self.offered: dict[str, Sentence] = {}
        self.chance: float | None = None

    @property
    def papers(self) -> list[str]:
        """The keys of those cited, in order."""
        return list(dict.fromkeys(sentence.paper for sentence in self.offered.values()))

    def best(self, ranked: Ranked) -> None:
        """The best sentence, and further ones that are sure enough, of those that are not shown yet."""
        sentences, sure = ranked.reading.sentences, judge("sentence").threshold
        order = [i for i in ranked.order if not self._is_shown(sentences[i])][:SENTENCES]
        self.sentences([sentences[i] for i in order if i == order[0] or ranked.chances[i] >= sure])

    def _is_shown(self, sentence: Sentence) -> bool:
        return any(
            quote.paper == sentence.paper and quote.start < sentence.end and sentence.start < quote.end
            for quote in self.shown
        )

    def sentences(self, chosen: Sequence[Sentence]) -> None:
        """A claim for each, which brings what it leans on along; what one brought is no claim of its own."""
        there: set[tuple[str, int]] = set()
        for sentence in chosen:
            if (sentence.paper, sentence.number) not in there:
                *before, _ = context(self._catalog.sentences_of(sentence.paper), sentence.number)
                self._claim([sentence], before=before)
                there |= {(each.paper, each.number) for each in (*before, sentence)}

    def header(self, paper: Paper, said: str, year: Recorded | None = None) -> None:
        """The title's lines or the authors', whichever are to be ``said``, with both to show it."""
        every = self._catalog.sentences_of(paper.key)
        lines = [each for each in every if each.is_header] or every[:1]
        own = [line.text for line in lines if line.kind == said] or [lines[0].text]
        self._claim(lines, " ".join(own), recorded=[year] if year else ())

    def lines(self, lines: Sequence[Sentence]) -> None:
        """Lines that say it as they stand."""
        self._claim(lines)

    def recorded(self, known: Recorded) -> None:
        """What stands on record alone."""
        self.claims.append(DraftClaim(known.text, recorded=(known,)))

    def _claim(
        self,
        sentences: Sequence[Sentence],
        text: str = "",
        before: Sequence[Sentence] = (),
        recorded: Sequence[Recorded] = (),
    ) -> None:
        tags = {f"{each.paper}:{each.number}": each for each in sentences}
        leant = {f"{each.paper}:{each.number}": each for each in before}
        self.offered |= tags | leant
        words = text or sentences[0].text
        self.claims.append(DraftClaim(words, tuple(tags), before=tuple(leant), recorded=tuple(recorded)))


def _among(keys: Collection[str], hits: Sequence[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.passage.paper in keys]


def _looked_for(question: Question) -> str:
    words = [*question.names, *(question.words[topic] for topic in question.topics)]
    return ", ".join((words or list(question.words.values()))[:8]) or question.text[:80]
