"""The doors that stages are handed, as protocols."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.types.answers import (
    Answer,
    Checked,
    Claim,
    Draft,
    DraftClaim,
    Evidence,
    Judgement,
    ModelReplyText,
    Offered,
)
from assistant.types.papers import Hit, Paper, PaperOrigins, Passage, Quote, Sentence

Vectors = NDArray[np.float32]
"""Shape (texts, dimensions), each row of length 1."""


@dataclass(frozen=True, slots=True)
class Contextual:
    """A text as a model reads it. ``vector``: the text's own, shape (dimensions,), of length 1; ``spans``: of each
    token, the characters that it stands for, shape (tokens, 2); ``states``: each token in its context, shape
    (tokens, dimensions), of any length."""

    vector: NDArray[np.float32]
    spans: NDArray[np.int32]
    states: NDArray[np.float32]

    def pooled(self, start: int, end: int) -> NDArray[np.float32]:
        """The sum of the states of what stands between two characters; zeros if nothing does."""
        inside = (self.spans[:, 0] < end) & (self.spans[:, 1] > start)
        return np.asarray(self.states[inside].sum(axis=0), dtype=np.float32)


class Embedder(Protocol):
    """Texts to vectors. ``name`` is recorded in the library: vectors of two names are never mixed."""

    name: str
    dimensions: int
    max_tokens: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in order, each of length 1."""
        ...

    def tokenize(self, text: str) -> list[str]:
        """The tokens that ``max_tokens`` counts, without the two that frame every text."""
        ...


class TokenEmbedder(Embedder, Protocol):
    """An embedder that also tells what it makes of each token in its place."""

    def contextual(self, texts: Sequence[str]) -> list[Contextual]:
        """Each text's tokens, without those that frame it, as far as ``max_tokens`` reach; its vector is that of
        ``embed``."""
        ...


class ChatModel(Protocol):
    """A language model behind one call. ``context``: the tokens that it reads and writes, None if unknown."""

    name: str
    context: int | None

    def complete(
        self,
        messages: Sequence[dict[str, str]],
        schema: dict[str, Any] | None,
        on_text: Callable[[str], bool | None] | None = None,
    ) -> ModelReplyText:
        """The model's reply to ``messages``, in the JSON schema if one is given. ``on_text`` is handed the reply
        piece by piece as it comes, and may end it by returning True: enough has come. Raises ModelError;
        ModelContext where the messages are too long."""
        ...


class Memory(Protocol):
    """What is kept from one run to the next and may be lost at any time: texts by key."""

    def get(self, key: str) -> str | None: ...

    def put(self, key: str, value: str) -> None: ...


class PairReader(Protocol):
    """Reads a claim beside a sentence of its evidence."""

    def shares(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """For each how likely it is supported, contradicted or neither, shape (pairs, 3)."""
        ...


class SupportJudge(Protocol):
    """Decides whether evidence says what a claim says."""

    def judge(self, claim: str, evidence: Evidence, question: str = "") -> Judgement:
        """``question``: what the claim answers, if anything."""
        ...


Warn = Callable[[str], None]
"""Called with each thing that could not be read of a file that was read all the same, a line each."""
Search = Callable[[str, int], list[Hit]]
"""A text and a number → that many hits, in the papers that may answer."""


@dataclass(frozen=True, slots=True)
class Order:
    """How an answer is wanted. ``passages``: how many it may be made of; ``strict``: doubtful claims are withheld;
    ``markers``: paper key → number, continued; ``before``: the turn before in a conversation; ``shown``: quotes that
    are there already: more than these is asked for, by who knows that it is there; ``on_claim``: called with each
    claim of the answer, in order, as soon as it is settled."""

    passages: int = 12
    strict: bool = False
    markers: dict[str, int] | None = None
    before: Answer | None = None
    shown: Sequence[Quote] = ()
    on_claim: Callable[[Claim], None] | None = None


class ClaimCheck(Protocol):
    """Verification, as an engine sees it that mends what does not pass."""

    def checked(self, claim: DraftClaim, offered: Offered, question: str) -> Checked:
        """The claim with those of its citations that stand, and its verdict."""
        ...

    def show(self, claim: Claim) -> None:
        """The answer's next claim is settled."""
        ...


class Engine(Protocol):
    """What makes an answer of hits."""

    def draft(self, question: str, search: Search, order: Order, check: ClaimCheck) -> Draft:
        """Claims that point at what shows them; without claims if the papers do not say."""
        ...


class PassageIndex(Protocol):
    """Nearest passages by vector."""

    def nearest(
        self, vector: Vectors, limit: int, only: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """(passage id, cosine), the nearest first, of the papers ``only`` (keys)."""
        ...


class PaperCatalog(Protocol):
    """The truth about papers and passages, for the stages that read it."""

    def words(self, query: str, limit: int, only: Collection[str] | None = None) -> list[tuple[str, float]]:
        """(passage id, BM25 score, higher is better) of the full text, best first, of the papers ``only``."""
        ...

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]: ...

    def paper(self, key: str) -> Paper:
        """Raises UnknownPaper."""
        ...

    def passages_of(self, key: str) -> list[Passage]:
        """A paper's passages in reading order."""
        ...

    def sentences_of(self, key: str, start: int = 0, end: int | None = None) -> list[Sentence]:
        """A paper's sentences in reading order, of those that touch ``text[start:end]``."""
        ...

    def sentence_vectors(self, key: str, numbers: Sequence[int]) -> Vectors:
        """One row for each of the numbered sentences; zeros for lines of the header."""
        ...

    def passages_with(self, word: str) -> int:
        """How many passages hold this word, whatever its ending."""
        ...

    def stems_from(self, first: str) -> list[str]:
        """The stems of the words in passages that begin with the letters ``first``."""
        ...

    def papers(self) -> Iterator[Paper]:
        """Every paper once."""
        ...

    def origins(self, key: str) -> PaperOrigins:
        """Which of its sources says what of a paper. Raises UnknownPaper."""
        ...

    def papers_by(self, name: str) -> list[Paper]:
        """Papers with an author whose name holds this word, whatever its case."""
        ...

    def counts(self) -> tuple[int, int]:
        """(papers, passages)."""
        ...
