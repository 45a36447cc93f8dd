"""Hits → Draft without a language model: the sentences that answer, each its own quote, or an abstention.

The way: is it about authorship, does it ask for a list, does it have two sides, or is it one question? For
one question, the papers that retrieval brought are ranked, the best one's sentences are ranked, and a small
model judges whether they answer at all.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from assistant.extract.authorship import asked_works, asks_authors
from assistant.extract.features import (
    Candidate,
    Span,
    sentence_features,
)
from assistant.extract.lists import asks_list, asks_one, criterion, list_features
from assistant.extract.models import judge
from assistant.extract.question import Question, name_keys, name_match
from assistant.extract.sides import Side, sides, unspoken
from assistant.extract.sufficiency import answer_features
from assistant.text.sentences import is_prose, sentence_spans, with_context
from assistant.text.terms import fold, stem, tokens
from assistant.types import (
    ClaimCheck,
    Draft,
    DraftClaim,
    Embedder,
    Hit,
    Offered,
    Order,
    Paper,
    PaperCatalog,
    Passage,
    Search,
    Sentence,
    Vectors,
)

HITS = 12
"""Passages that a question may be answered from."""
LIST_HITS = 60
"""Passages whose papers may be in a list."""
PAPERS = 4
"""Candidate papers of one question."""
SENTENCES = 3
"""Sentences shown for one question, or one side of it, at most."""
SURE = 0.3
"""A further sentence is shown if its probability is at least this share of the best one's."""
LIST_SURE = 0.5
"""A list is given only if its first paper has at least this probability: it halves the lists for nothing (29 to
12 %) and costs no recall."""
PAPER_WEIGHTS = (0.5, 4.0, 3.0, 2.0)
"""What ranks the papers of one question: the best sentence's logit, retrieval's score, the mean match of the
question's names, and whether the title bears one. Set by hand: 98-100 % right on the sets tuned on."""
_WHOLE_PAPER = 3
"""A paper of at most so many passages is a candidate as a whole, a longer one by its hits."""


class Extractor:
    """The ``Engine`` without a language model. ``only``: keys of the papers that may answer; None for all."""

    def __init__(
        self, catalog: PaperCatalog, embedder: Embedder, only: Collection[str] | None = None
    ) -> None:
        self._catalog = catalog
        self._embedder = embedder
        self._only = only
        self._search: Search = lambda text, limit: []
        self._offered: dict[str, Sentence] = {}
        self._unrecorded = ""

    def draft(self, text: str, search: Search, order: Order, check: ClaimCheck) -> Draft:
        """A draft without claims abstains; its ``missing`` says what was looked for."""
        self._search = search
        question = Question(text)
        claims = self._claims(question)
        missing = () if claims else (self._unrecorded or _looked_for(question),)
        return Draft(tuple(claims), missing, offered=Offered(self._offered))

    def _claims(self, question: Question) -> list[DraftClaim]:
        if not question.words:  # nothing but stop words and signs asks for nothing
            return []
        works = asked_works(question.text, self._catalog.papers_by)
        if works is not None:
            allowed = [p for p in works.papers if self._only is None or p.key in self._only]
            return [self._header_claim(paper, "title") for paper in allowed]
        if asks_authors(question.text):
            return self._authors(question)
        if asks_list(question.text):
            return self._listed(question)
        candidates = self._candidates(self._search(question.text, HITS), PAPERS)
        missing = unspoken(question, candidates)
        if missing:
            known = {candidate.paper.key for candidate in candidates}
            more = self._candidates(self._search(missing, HITS), 2)
            candidates += [candidate for candidate in more if candidate.paper.key not in known]
        found = sides(question, candidates, self._rarity(question))
        if not found:
            return self._single(question, candidates[:PAPERS])
        return list(dict.fromkeys(claim for side in found for claim in self._side(side)))

    # who wrote it

    def _authors(self, question: Question) -> list[DraftClaim]:
        """The header of the paper that the question describes, if it is one of the collection's."""
        candidates = self._candidates(self._search(question.text, HITS), PAPERS)
        ranked = sorted(candidates, key=lambda c: (-_described(question, c), -c.score))
        if not ranked or _described(question, ranked[0]) < 0.6:
            return []
        paper = ranked[0].paper
        if not paper.authors:
            self._unrecorded = f"the authors of {paper.name} (none are on record for it)"
            return []
        return [self._header_claim(paper, "authors")]

    def _header_claim(self, paper: Paper, said: str) -> DraftClaim:
        """The title line or the author line, whichever is to be ``said``, with both quoted."""
        lines = [each for each in self._catalog.sentences_of(paper.key) if each.is_header]
        if not lines:
            return self._pointed(self._catalog.sentences_of(paper.key)[:1])
        said_first = next((line for line in lines if line.kind == said), lines[0])
        return replace(self._pointed(lines), text=said_first.text)

    # which papers

    def _listed(self, question: Question) -> list[DraftClaim]:
        """Each paper that meets the criterion, by its best sentence."""
        wanted = criterion(question.text)
        hits = self._search(wanted, LIST_HITS)
        candidates = self._candidates(hits, LIST_HITS)
        if not candidates:
            return []
        rarity = self._rarity(Question(wanted))
        vector = self._embedder.embed([question.text])[0]
        model = judge("listed")
        features, telling = list_features(question, vector, candidates, rarity)
        chances = model.probabilities(features)
        order = sorted(range(len(candidates)), key=lambda i: -chances[i])
        if chances[order[0]] < LIST_SURE:
            return []
        order = order[:1] if asks_one(question.text) else order
        return [
            self._claim(candidates[i].paper, *_in_context(candidates[i], telling[i]))
            for i in order
            if chances[i] >= model.threshold
        ]

    # one question, or one side of it

    def _side(self, side: Side) -> list[DraftClaim]:
        """The best sentences of the side's paper: that it speaks of the side is known already."""
        ranked = self.prepared(side.question, [side.candidate])
        return self._chosen(side.candidate, *ranked[1:3]) if ranked else []

    def _single(self, question: Question, candidates: Sequence[Candidate]) -> list[DraftClaim]:
        """The best sentences of the best paper; none if they do not answer."""
        judged = self.judged(question, candidates)
        if judged is None or judged[3] < judge("answer").threshold:
            return []
        candidate, order, chances, _ = judged
        defining = [i for i in sorted(order) if question.defined_by(candidate.sentences[i].text)][:1]
        order = [*defining, *(i for i in order if i not in defining)]
        return self._chosen(candidate, order, chances)

    def _chosen(self, candidate: Candidate, order: list[int], chances: Vectors) -> list[DraftClaim]:
        spans: list[tuple[int, int]] = []
        for i in order[:SENTENCES]:
            if chances[i] >= SURE * chances[order[0]]:
                spans = _joined(spans, _in_context(candidate, i))
        return [self._claim(candidate.paper, *span) for span in spans]

    def judged(
        self, question: Question, candidates: Sequence[Candidate]
    ) -> tuple[Candidate, list[int], Vectors, float] | None:
        """The paper that answers best, its sentences best first, their probabilities, and the probability
        that they answer."""
        prepared = self.prepared(question, candidates)
        if prepared is None:
            return None
        candidate, order, chances, features = prepared
        return candidate, order, chances, float(judge("answer").probabilities(features[None, :])[0])

    def prepared(
        self, question: Question, candidates: Sequence[Candidate]
    ) -> tuple[Candidate, list[int], Vectors, Vectors] | None:
        """As ``judged``, with the features that the probability is computed from."""
        if not candidates:
            return None
        vector = self._embedder.embed([question.text])[0]
        rarity = self._rarity(question)
        best: tuple[float, Candidate, list[int], Vectors] | None = None
        for candidate in candidates:
            order, rows = self._ranked(question, vector, rarity, candidate)
            names = candidate.names(question)
            titled = any(
                name_match(n, name_keys(candidate.header), set(), "") == 1.0
                for n in question.names
                if not n.isdigit()
            )
            named = sum(names) / len(names) if names else 0.0
            parts = (float(rows[order[0], -1]), candidate.score, named, float(titled))
            score = sum(weight * part for weight, part in zip(PAPER_WEIGHTS, parts, strict=True))
            if best is None or score > best[0]:
                best = (score, candidate, order, rows)
        assert best is not None
        _, candidate, order, rows = best
        gap = candidate.score - max((c.score for c in candidates if c is not candidate), default=0.0)
        features = answer_features(question, candidate, rows, order, gap)
        chances = (1 / (1 + np.exp(-rows[:, -1]))).astype(np.float32)
        return candidate, order, chances, features

    def _ranked(
        self, question: Question, vector: Vectors, rarity: dict[str, float], candidate: Candidate
    ) -> tuple[list[int], Vectors]:
        """The candidate's sentences, best first, and their features with the score as last column."""
        rows = sentence_features(question, vector, rarity, candidate)
        scores = judge("sentence").logits(rows)
        return [int(i) for i in np.argsort(-scores, kind="stable")], np.column_stack([rows, scores])

    # the pieces

    def _rarity(self, question: Question) -> dict[str, float]:
        """Stem → idf of the question's content words over the library's passages."""
        total = self._catalog.counts()[1]
        return {
            key: float(np.log(1 + (total + 0.5) / (self._catalog.passages_with(word) + 0.5)))
            for key, word in question.words.items()
        }

    def _candidates(self, hits: Sequence[Hit], most: int) -> list[Candidate]:
        """The papers of the hits, best first, each with its sentences that may answer."""
        by_paper: dict[str, list[Hit]] = {}
        for hit in hits:
            by_paper.setdefault(hit.passage.paper, []).append(hit)
        candidates = [
            self._candidate(self._catalog.paper(key), [hit.passage for hit in found], found[0].score)
            for key, found in list(by_paper.items())[:most]
        ]
        return [candidate for candidate in candidates if candidate.sentences]

    def _candidate(self, paper: Paper, found: Sequence[Passage], score: float) -> Candidate:
        passages = self._catalog.passages_of(paper.key)
        if len(passages) > _WHOLE_PAPER and found:
            passages = sorted(found, key=lambda passage: passage.start)
        spans = [
            Span(start, end, paper.text[start:end])
            for passage in passages
            for start, end in sentence_spans(paper.text, max(passage.start, paper.body), passage.end)
        ]
        # A PDF's text holds axes and formulas too; a text that is nothing else is kept as it is.
        prose = [sentence for sentence in spans if is_prose(sentence.text)] if paper.page_starts else []
        return Candidate(paper, prose or spans, score, self._embedder)

    def _claim(self, paper: Paper, start: int, end: int) -> DraftClaim:
        return self._pointed(self._catalog.sentences_of(paper.key, start, end))

    def _pointed(self, sentences: Sequence[Sentence]) -> DraftClaim:
        """The claim that these sentences of one paper are; each is offered."""
        tags = {f"{each.paper}:{each.number}": each for each in sentences}
        self._offered |= tags
        text = self._catalog.paper(sentences[0].paper).text[sentences[0].start : sentences[-1].end]
        return DraftClaim(text, tuple(tags))


def _in_context(candidate: Candidate, i: int) -> tuple[int, int]:
    """Where sentence ``i`` stands with what it leans on; whole, even if it is too long for one passage."""
    paper = candidate.paper
    spans = [(sentence.start, sentence.end) for sentence in candidate.sentences]
    start, end = with_context(paper.text, spans, i)
    whole = [
        s for part in paper.prose for s in sentence_spans(paper.text, *part) if s[0] < end and start < s[1]
    ]
    return whole[0][0], whole[-1][1]


def _joined(spans: Sequence[tuple[int, int]], new: tuple[int, int]) -> list[tuple[int, int]]:
    """The spans with a new one, in the place of those that it overlaps: no sentence is shown twice."""
    touched = [span for span in spans if span[0] < new[1] and new[0] < span[1]]
    whole = (min(start for start, _ in [*touched, new]), max(end for _, end in [*touched, new]))
    if not touched:
        return [*spans, whole]
    return [whole if span == touched[0] else span for span in spans if span not in touched[1:]]


def _described(question: Question, candidate: Candidate) -> float:
    """How much of the question the paper's title, handle and offered things hold."""
    paper = candidate.paper
    offers = " ".join(
        s.text for s in candidate.sentences if re.search(r"\b(?:propos|introduc|present)", s.text)
    )
    text = f"{candidate.header} {offers}"
    keys, stems, plain = name_keys(text), {stem(t) for t in tokens(text)} | set(tokens(text)), fold(text)
    if not paper.title and not paper.handle:
        return 0.0
    marks = [name_match(name, keys, stems, plain) for name in question.names]
    marks += [
        1.0 if stem(noun) in stems else 0.0 for noun in question.nouns if noun not in ("wrote", "written")
    ]
    return float(np.mean(marks)) if marks else 0.0


def _looked_for(question: Question) -> str:
    words = [*question.names, *question.nouns] or list(question.words.values())
    return ", ".join(words[:8]) if words else question.text[:80]
