"""The nouns that travel between the stages, and the protocols of the doors they are handed.

All offsets count characters (Unicode code points) of a paper's one canonical text, end exclusive,
so ``paper.text[start:end]`` is always what is meant.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (texts, dimensions), each row of length 1."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a paper stands: a file, and the characters of the file's own text that it was read from."""

    file: str
    start: int
    end: int
    record: str | None = None
    """The paper's own id in a file of records (JSON lines)."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. ``text`` opens with the title and author lines, if the source gives them; the abstract
    or body starts at ``body``. ``key`` is given once, by the catalog."""

    text: str
    body: int
    source: Source
    title: str | None = None
    handle: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    url: str | None = None
    abstract_end: int | None = None
    """The abstract is ``text[body:abstract_end]``; None where the source does not set one apart."""
    page_starts: tuple[int, ...] = ()
    """Offset of each page's first character; empty where the source has no pages."""
    references: tuple[int, int] | None = None
    """The reference list, if there is one: never cut into passages, never quoted."""
    key: str = ""
    id: str = ""

    @property
    def abstract(self) -> str | None:
        return None if self.abstract_end is None else self.text[self.body : self.abstract_end]

    @property
    def name(self) -> str:
        """What a person calls the paper: its title, else its handle, else its key."""
        return self.title or self.handle or self.key

    @property
    def prose(self) -> tuple[tuple[int, int], ...]:
        """What sentences may be taken from: the body, less the reference list."""
        if self.references is None:
            return ((self.body, len(self.text)),)
        return ((self.body, self.references[0]), (self.references[1], len(self.text)))

    def page_at(self, offset: int) -> int | None:
        """The 1-based page that holds the character at ``offset``."""
        if not self.page_starts:
            return None
        return max(1, sum(start <= offset for start in self.page_starts))


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of one paper, at most as long as the embedder reads, that ends where a sentence ends."""

    id: str
    paper: str
    start: int
    end: int
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that retrieval found. ``score`` is in [0, 1] and compares within one question only; ``cosine``
    and ``bm25`` are what the vectors and the full text gave it, None if they did not bring it."""

    passage: Passage
    score: float
    found_by: str
    cosine: float | None = None
    bm25: float | None = None


@dataclass(frozen=True, slots=True)
class DraftCitation:
    """What an engine says stands behind a claim: words, and the passage that is said to hold them."""

    passage: str
    quote: str


@dataclass(frozen=True, slots=True)
class DraftClaim:
    text: str
    citations: tuple[DraftCitation, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """What a model read and wrote, and its price. ``cost_usd``: None where the price is unknown;
    ``estimated``: the server did not count, so the tokens are counted from the texts' length."""

    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    estimated: bool = False

    def __add__(self, other: "Usage") -> "Usage":
        """Both together; the cost is unknown if that of either is, unless it used nothing."""
        known = [part.cost_usd for part in (self, other) if part.input_tokens + part.output_tokens]
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            None if None in known or not known else sum(cost for cost in known if cost is not None),
            self.estimated or other.estimated,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """An engine's answer before anything in it was checked. ``missing`` names what was asked for and
    not found; a draft without claims abstains."""

    claims: tuple[DraftClaim, ...] = ()
    missing: tuple[str, ...] = ()
    engine: str = "extract"
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that code has found in a paper: ``paper.text[start:end] == text``."""

    paper: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A verified quote, under the number of its paper in the answer's references."""

    marker: int
    quote: Quote
    passage: str
    page: int | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether evidence supports a claim. ``verdict``: supported, unsupported or contradicted; ``score`` in
    [0, 1], the probability that a person would call it supported; ``reason`` in words."""

    verdict: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the answer. ``verdict``: supported, unsupported, contradicted or unchecked;
    ``support`` in [0, 1], None where nothing has judged it."""

    text: str
    verdict: str
    support: float | None
    reason: str
    citations: tuple[Citation, ...] = ()

    @property
    def marked_text(self) -> str:
        """The claim with its [1] markers before the closing punctuation."""
        markers = "".join(f"[{n}]" for n in dict.fromkeys(c.marker for c in self.citations))
        if not markers:
            return self.text
        stop = self.text[-1:] if self.text[-1:] in ".!?" else ""
        return f"{self.text.removesuffix(stop)} {markers}{stop}"


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper that the answer cites, under its marker."""

    marker: int
    paper: Paper


@dataclass(frozen=True, slots=True)
class Dropped:
    """What an engine offered and verification refused, counted, with the reasons."""

    citations: int = 0
    claims: int = 0
    reasons: tuple[str, ...] = ()


DOUBTFUL = frozenset({"unsupported", "contradicted"})
"""Verdicts of claims that nothing supports: shown marked, or withheld."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown. ``status``: answered, partial (some of it is missing or unsupported) or abstained."""

    question: str
    status: str
    claims: tuple[Claim, ...] = ()
    references: tuple[Reference, ...] = ()
    dropped: Dropped = Dropped()
    missing: tuple[str, ...] = ()
    nearest: tuple[Paper, ...] = ()
    """For an abstention: the papers that came closest."""
    engine: str = "extract"
    usage: Usage = Usage()
    seconds: float = 0.0
    prompt: str | None = None
    """Name and hash of the prompt that a model answered, as in ``answer@1f2e3d4c5b6a``."""

    @property
    def text(self) -> str:
        """The answer as prose with [1] markers; for an abstention, what was looked for and what is near."""
        if self.claims:
            return " ".join(
                f"[{claim.verdict}] {claim.marked_text}" if claim.verdict in DOUBTFUL else claim.marked_text
                for claim in self.claims
            )
        looked_for = f" Not found: {'; '.join(self.missing) or self.question}."
        near = f" Nearest papers: {'; '.join(paper.name for paper in self.nearest)}." if self.nearest else ""
        return f"The papers do not say.{looked_for}{near}"


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """What a draft says on the strength of its citations, and what the cited papers say. ``text``: the words
    judged; ``cites``: each as the paper's key, or as the draft writes it where it means no one paper; ``papers``:
    those keys. ``verdict``:
    supported, unsupported, contradicted, not-in-library or no-citation-needed; ``support`` in [0, 1], None where
    nothing was judged. ``quote`` is the sentence nearest to the claim; ``better`` is one of a paper that is not
    cited and supports the claim. Each has its page, where the paper has pages."""

    text: str
    cites: tuple[str, ...]
    papers: tuple[str, ...]
    verdict: str
    support: float | None
    reason: str
    quote: Quote | None = None
    page: int | None = None
    better: Quote | None = None
    better_page: int | None = None


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of a draft that cites, with one claim or more."""

    file: str
    line: int
    text: str
    claims: tuple[CheckedClaim, ...]

    @property
    def worst(self) -> CheckedClaim:
        """The claim that decides: a sentence is as good as its least supported part."""
        return min(self.claims, key=lambda claim: (_SEVERITY.index(claim.verdict), claim.support or 0.0))

    @property
    def verdict(self) -> str:
        return self.worst.verdict


_SEVERITY = ("contradicted", "unsupported", "not-in-library", "supported", "no-citation-needed")


@dataclass(frozen=True, slots=True)
class CheckReport:
    """A draft, checked. ``absent``: each key that names no one paper of the library → why, and the lines that
    cite it; ``suggestions``: sentences that cite nothing, with what would support them; ``read``: how many
    sentences the draft has; ``warnings``: one "file:line: message" each."""

    file: str
    sentences: tuple[CheckedSentence, ...] = ()
    absent: tuple["AbsentWork", ...] = ()
    suggestions: tuple[CheckedSentence, ...] = ()
    warnings: tuple[str, ...] = ()
    read: int = 0
    seconds: float = 0.0

    @property
    def counts(self) -> dict[str, int]:
        """Verdict → how many sentences."""
        verdicts = [sentence.verdict for sentence in self.sentences]
        return {verdict: verdicts.count(verdict) for verdict in reversed(_SEVERITY) if verdict in verdicts}

    @property
    def passed(self) -> bool:
        """Whether no cited sentence is unsupported or contradicted."""
        return not DOUBTFUL.intersection(self.counts)


@dataclass(frozen=True, slots=True)
class AbsentWork:
    """A key that a draft cites and the library cannot answer for; ``places``: (file, line) of each sentence;
    ``candidates``: the papers it might be, if there are several."""

    key: str
    places: tuple[tuple[str, int], ...]
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file, after ``add`` (``state``: added, updated, unchanged or failed) or in a ``Status`` (ok, failed,
    changed or missing)."""

    path: str
    state: str
    papers: tuple[str, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class AddReport:
    files: tuple[FileReport, ...] = ()
    papers_added: int = 0
    papers_updated: int = 0
    passages: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Status:
    """A library's state. ``files``: those that were added, with state ok, failed, changed or missing."""

    folder: str
    files: tuple[FileReport, ...]
    papers: int
    passages: int
    embedder: str | None
    bytes: int
    indexes: dict[str, str]
    """Name of each index (and, if verified, of the catalog) → "ok", or what is wrong with it."""
    checked: tuple[str, ...] = ()
    """What was compared, if that was asked for."""

    @property
    def healthy(self) -> bool:
        return all(health == "ok" for health in self.indexes.values())


@dataclass(frozen=True, slots=True)
class ModelReplyText:
    """A chat model's raw reply and what it cost. ``cut``: it ended early (at the length limit, or the connection
    broke off); ``text`` is what came."""

    text: str
    usage: Usage = field(default_factory=Usage)
    cut: bool = False


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


class ChatModel(Protocol):
    """A language model behind one call. ``context``: the tokens that it reads and writes, None if unknown."""

    name: str
    context: int | None

    def complete(
        self,
        messages: Sequence[dict[str, str]],
        schema: dict[str, Any] | None,
        on_text: Callable[[str], None] | None = None,
    ) -> ModelReplyText:
        """The model's reply to ``messages``, in the JSON schema if one is given. ``on_text`` is handed the reply
        piece by piece as it comes. Raises ModelError; ModelContext where the messages are too long."""
        ...


class Memory(Protocol):
    """What is kept from one run to the next and may be lost at any time: texts by key."""

    def get(self, key: str) -> str | None: ...

    def put(self, key: str, value: str) -> None: ...


class SupportJudge(Protocol):
    """Decides whether evidence says what a claim says."""

    def judge(self, claim: str, evidence: Sequence[str], question: str = "") -> Judgement:
        """``evidence``: texts, in any order; ``question``: what the claim answers, if anything."""
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

    def passages_with(self, word: str) -> int:
        """How many passages hold this word, whatever its ending."""
        ...

    def papers_by(self, name: str) -> list[Paper]:
        """Papers with an author whose name holds this word, whatever its case."""
        ...

    def counts(self) -> tuple[int, int]:
        """(papers, passages)."""
        ...
