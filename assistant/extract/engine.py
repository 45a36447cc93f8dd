"""Hits → Draft without a language model: the sentences that answer, each its own quote, or an abstention.

The way: is it about authorship, does it ask for a list, does it have two sides, or is it one question? For one
question retrieval's first paper answers, unless a rare name of the question stands in another alone; its sentences
are ranked, and a small model judges whether they answer at all.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.extract.authorship import asked_works, asks_authors
from assistant.extract.candidates import READ, READ_FAST, Candidate, Reading, candidates, read, stems
from assistant.extract.features import answer_features, sentence_features
from assistant.extract.lists import asks_list, asks_one, criterion, list_features
from assistant.extract.models import Judge, judge
from assistant.extract.question import Question, name_keys, name_match
from assistant.extract.sides import NAMED, sides, unspoken
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
        return Draft(tuple(dict.fromkeys(found.claims)), missing, offered=Offered(found.offered))

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
        elif asks_authors(question.text):
            return self._authors(question, search(question.text, passages), found)
        elif asks_list(question.text):
            self._list(question, search, found)
        else:
            self._one_or_two(question, search, passages, found)
            if found.claims:
                return lacking(question, [self._catalog.paper(key) for key in found.papers])
        return () if found.claims else (_looked_for(question),)

    # who wrote it

    def _authors(self, question: Question, hits: Sequence[Hit], found: "_Pointed") -> tuple[str, ...]:
        """The header of the paper that the question describes, if it is one of the collection's."""
        ranked = sorted(self._candidates(hits), key=lambda each: (-described(question, each), -each.score))
        if not ranked or described(question, ranked[0]) < DESCRIBED:
            return (_looked_for(question),)
        paper = ranked[0].paper
        if not paper.authors:
            return (f"the authors of {paper.name} (none are on record for it)",)
        found.header(paper, "authors")
        return ()

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
        if chances[order[0]] < LIST_SURE:
            return
        for i in order[:1] if asks_one(question.text) else order:
            if chances[i] >= model.threshold:
                found.sentences([listed[i].sentences[telling[i]]])

    # one question, or two sides of one

    def _one_or_two(self, question: Question, search: Search, passages: int, found: "_Pointed") -> None:
        near = self._candidates(search(question.text, passages))
        if not near or off_topic(question, near, self._catalog, self._embedder):
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
            if found.shown or model.probabilities(features[None, :])[0] >= model.threshold:
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
        and max(name_match(name, set(), set(tokens(text)), text) for text in plain) < NAMED
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
    ``shown``: quotes whose sentences are passed over."""

    def __init__(self, catalog: PaperCatalog, shown: Sequence[Quote] = ()) -> None:
        self._catalog = catalog
        self.shown = shown
        self.claims: list[DraftClaim] = []
        self.offered: dict[str, Sentence] = {}

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
        """A claim for each, with what it leans on; none is shown twice."""
        runs: list[list[Sentence]] = []
        for sentence in chosen:
            every = self._catalog.sentences_of(sentence.paper)
            new = context(every, sentence.number)
            touched = [
                run for run in runs if run[0].number <= new[-1].number and new[0].number <= run[-1].number
            ]
            if touched:
                numbers = {each.number for run in (*touched, new) for each in run}
                whole = every[min(numbers) : max(numbers) + 1]
                runs = [whole if run is touched[0] else run for run in runs if run not in touched[1:]]
            else:
                runs.append(new)
        for run in runs:
            self._claim(run)

    def header(self, paper: Paper, said: str) -> None:
        """The title's lines or the authors', whichever are to be ``said``, with both to show it."""
        every = self._catalog.sentences_of(paper.key)
        lines = [each for each in every if each.is_header] or every[:1]
        own = [line.text for line in lines if line.kind == said] or [lines[0].text]
        self._claim(lines, " ".join(own))

    def _claim(self, sentences: Sequence[Sentence], text: str = "") -> None:
        paper = self._catalog.paper(sentences[0].paper)
        tags = {f"{each.paper}:{each.number}": each for each in sentences}
        self.offered |= tags
        words = text or paper.text[sentences[0].start : sentences[-1].end]
        self.claims.append(DraftClaim(words, tuple(tags)))


def _looked_for(question: Question) -> str:
    words = [*question.names, *(question.words[topic] for topic in question.topics)]
    return ", ".join((words or list(question.words.values()))[:8]) or question.text[:80]
