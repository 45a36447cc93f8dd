"""What stands in for a door in tests, through the same Protocol and without an outside system."""

import json
import re
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

import numpy as np

from assistant.errors import UnknownPaper
from assistant.types import Judgement, ModelReplyText, Paper, Passage, Usage, Vectors


class FakeCatalog:
    """A PaperCatalog in memory: papers by key, and the passages it was given. No word is ever found."""

    def __init__(self, papers: Iterable[Paper], passages: Iterable[Passage] = ()) -> None:
        self._papers = {paper.key: paper for paper in papers}
        self._passages = {passage.id: passage for passage in passages}

    def words(self, query: str, limit: int, only: Collection[str] | None = None) -> list[tuple[str, float]]:
        return []

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        return {i: self._passages[i] for i in ids if i in self._passages}

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

    def _row(self, text: str) -> Vectors:
        seeds = [zlib.crc32(word.encode()) for word in re.findall(r"\w+", text.lower()) or [""]]
        row = sum(np.random.default_rng(seed).normal(size=self.dimensions) for seed in seeds)
        return np.asarray(row / np.linalg.norm(row), dtype=np.float32)


class WordJudge:
    """A SupportJudge that counts words: supported if the evidence has ``enough`` of the claim's; contradicted if
    the claim says "never". ``asked`` are the claims and their evidence."""

    def __init__(self, enough: float = 0.8) -> None:
        self._enough = enough
        self.asked: list[tuple[str, list[str]]] = []

    def judge(self, claim: str, evidence: Sequence[str], question: str = "") -> Judgement:
        self.asked.append((claim, list(evidence)))
        words, held = (set(re.findall(r"\w+", text.lower())) for text in (claim, " ".join(evidence)))
        score = len(words & held) / len(words)
        if "never" in words:
            return Judgement("contradicted", score, "says never")
        missing = ", ".join(sorted(words - held))
        return Judgement(
            "supported" if score >= self._enough else "unsupported", score, f"missing: {missing}"
        )


class FakeModel:
    """A ChatModel that replies by a function from (passage id → its words) to the reply's object. ``prompts``
    are the messages that it was sent."""

    name = "fake"

    def __init__(self, reply: Callable[[dict[str, str]], Any]) -> None:
        self._reply = reply
        self.prompts: list[str] = []

    def complete(self, messages: Sequence[dict[str, str]], schema: dict[str, Any]) -> ModelReplyText:
        self.prompts.append("\n".join(message["content"] for message in messages))
        shown = re.findall(r'<passage id="(\w+)">\n[^\n]*\n(.*?)\n</passage>', self.prompts[-1], re.DOTALL)
        return ModelReplyText(json.dumps(self._reply(dict(shown))), Usage(100, 10))
