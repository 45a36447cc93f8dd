"""What stands in for a door in tests, through the same Protocol and without an outside system."""

import json
import re
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from assistant.errors import UnknownPaper
from assistant.judge.gate import objection
from assistant.split import sentences
from assistant.store.metadata import FIELDS
from assistant.types import (
    Contextual,
    Evidence,
    FieldOrigin,
    Judgement,
    ModelReplyText,
    Paper,
    PaperOrigins,
    Passage,
    Sentence,
    Usage,
    Vectors,
)


class FakeCatalog:
    """A PaperCatalog in memory: papers by key, and the passages it was given. No word is ever found."""

    def __init__(self, papers: Iterable[Paper], passages: Iterable[Passage] = ()) -> None:
        self._papers = {paper.key: paper for paper in papers}
        self._passages = {passage.id: passage for passage in passages}

    def words(self, query: str, limit: int, only: Collection[str] | None = None) -> list[tuple[str, float]]:
        return []

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        return {i: self._passages[i] for i in ids if i in self._passages}

    def sentences_of(self, key: str, start: int = 0, end: int | None = None) -> list[Sentence]:
        found = sentences(self._papers[key])
        return [each for each in found if each.end > start and (end is None or each.start < end)]

    def sentence_vectors(self, key: str, numbers: Sequence[int]) -> Vectors:
        found = sentences(self._papers[key])
        return WordEmbedder().embed([found[number].text for number in numbers])

    def papers(self) -> Iterator[Paper]:
        return iter(self._papers.values())

    def origins(self, key: str) -> PaperOrigins:
        """Each field as the paper's own file gives it."""
        paper = self.paper(key)
        held = {name: getattr(paper, name) for name in FIELDS}
        file = paper.source.file
        fields = tuple(FieldOrigin(name, value, file) for name, value in held.items() if value)
        return PaperOrigins(key, (), fields)

    def passages_of(self, key: str) -> list[Passage]:
        return sorted((p for p in self._passages.values() if p.paper == key), key=lambda p: p.start)

    def paper(self, key: str) -> Paper:
        if key not in self._papers:
            raise UnknownPaper(f"no paper has the key {key}")
        return self._papers[key]


class WordEmbedder:
    """An Embedder without weights: a text is the sum of its words' own random vectors, so that texts with the
    same words are near. ``calls`` are the texts it was handed."""

    def __init__(self, name: str = "words", max_tokens: int = 256) -> None:
        self.name = name
        self.dimensions = 32
        self.max_tokens = max_tokens
        self.calls: list[list[str]] = []

    def tokenize(self, text: str) -> list[str]:
        return text.split()

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.calls.append(list(texts))
        rows = np.array([self._row(text) for text in texts], dtype=np.float32)
        return rows.reshape(len(texts), self.dimensions)

    def contextual(self, texts: Sequence[str]) -> list[Contextual]:
        """A token a word, which is the same wherever it stands."""
        vectors = self.embed(texts)
        found = []
        for text, vector in zip(texts, vectors, strict=True):
            words = list(re.finditer(r"\w+", text))[: self.max_tokens]
            spans = np.array([word.span() for word in words], np.int32).reshape(-1, 2)
            states = np.array([self._row(word[0]) for word in words], np.float32).reshape(-1, self.dimensions)
            found.append(Contextual(vector, spans, states))
        return found

    def _row(self, text: str) -> Vectors:
        seeds = [zlib.crc32(word.encode()) for word in re.findall(r"\w+", text.lower()) or [""]]
        row = sum(np.random.default_rng(seed).normal(size=self.dimensions) for seed in seeds)
        return np.asarray(row / np.linalg.norm(row), dtype=np.float32)


class Unchecked:
    """A SupportJudge that vouches for a claim that is its quote, knows a number or name that stands nowhere, and says
    nothing of others."""

    def judge(self, claim: str, evidence: Evidence, question: str = "") -> Judgement:
        if any(quote.split() == claim.split() for quote in evidence.quotes):
            return Judgement("supported", 1.0, "is the quote")
        if against := objection(claim, evidence):
            return Judgement("unsupported", 0.0, against.reason, against.kind)
        return Judgement("unchecked", 0.5, "not judged")


class WordJudge:
    """A SupportJudge that counts words: supported if the evidence has ``enough`` of the claim's; contradicted if
    the claim says "never". ``asked`` are the claims and their evidence."""

    def __init__(self, enough: float = 0.8) -> None:
        self._enough = enough
        self.asked: list[tuple[str, list[str]]] = []

    def judge(self, claim: str, evidence: Evidence, question: str = "") -> Judgement:
        self.asked.append((claim, list(evidence.quotes)))
        words, held = (set(re.findall(r"\w+", text.lower())) for text in (claim, " ".join(evidence.quotes)))
        score = len(words & held) / len(words)
        if "never" in words:
            return Judgement("contradicted", score, "says never", "denied")
        missing = ", ".join(sorted(words - held))
        return Judgement(
            "supported" if score >= self._enough else "unsupported", score, f"missing: {missing}"
        )


class FakeModel:
    """A ChatModel that replies by functions from (passage id → its words) to the reply: an object, or its text.
    The functions answer in turn, the last one from then on; one may raise. ``messages`` are those that it was
    sent, ``prompts`` their texts, ``schemas`` the forms that it was asked for; ``pieces``: characters that it
    hands to ``on_text`` at once, 0 for none; ``cut``: the numbers of the replies that it says are cut off."""

    def __init__(
        self,
        *replies: Callable[[dict[str, str]], Any],
        name: str = "fake",
        context: int | None = None,
        pieces: int = 0,
        cut: Collection[int] = (),
    ) -> None:
        self.name, self.context, self.pieces, self.cut = name, context, pieces, cut
        self._replies = replies
        self.messages: list[list[dict[str, str]]] = []
        self.prompts: list[str] = []
        self.schemas: list[dict[str, Any] | None] = []

    def complete(
        self,
        messages: Sequence[dict[str, str]],
        schema: dict[str, Any] | None,
        on_text: Callable[[str], bool | None] | None = None,
    ) -> ModelReplyText:
        self.messages.append([dict(message) for message in messages])
        self.prompts.append("\n".join(message["content"] for message in messages))
        self.schemas.append(schema)
        asked = [message["content"] for message in messages if message["role"] == "user"]
        reply = self._replies[min(len(self.prompts), len(self._replies)) - 1](passages_in("\n".join(asked)))
        text = reply if isinstance(reply, str) else json.dumps(reply)
        if self.pieces and on_text:
            for at in range(0, len(text), self.pieces):
                if on_text(text[at : at + self.pieces]):
                    return ModelReplyText(text[: at + self.pieces], Usage(100, 10))
        return ModelReplyText(text, Usage(100, 10), len(self.prompts) in self.cut)


_TAG = r"\[([A-Z]{2,4}\d{1,3})\] "


def passages_in(text: str) -> dict[str, str]:
    """The words of each passage in a prompt, without its headline and tags, by id."""
    found = re.findall(r'<passage id="(\w+)">\n[^\n]*\n(.*?)\n</passage>', text, re.DOTALL)
    return {
        name: " ".join(re.sub(rf"^{_TAG}", "", words, flags=re.MULTILINE).split("\n"))
        for name, words in found
    }


def tags_in(text: str) -> dict[str, str]:
    """Each sentence of a prompt's passages by its tag."""
    return dict(re.findall(rf"^{_TAG}(.*)$", text, re.MULTILINE))


def pointing(*made: tuple[str, Sequence[str]], missing: Sequence[str] = ()) -> dict[str, Any]:
    """A model's reply of claims, each a text and its tags."""
    return {
        "claims": [{"text": text, "shown_by": list(tags)} for text, tags in made],
        "missing": list(missing),
    }


def claims(*made: tuple[str, Sequence[tuple[str, str]]], missing: Sequence[str] = ()) -> dict[str, Any]:
    """A model's reply in the older form: claims, each a text and its citations (id, quote)."""
    return {
        "claims": [
            {"text": text, "citations": [{"id": i, "quote": quote} for i, quote in cited]}
            for text, cited in made
        ],
        "missing": list(missing),
    }
