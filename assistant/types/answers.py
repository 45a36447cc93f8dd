"""Answers: as an engine drafts them, and as they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.types.papers import FieldValue, Paper, Passage, Quote, Sentence


@dataclass(frozen=True, slots=True)
class Offered:
    """What an engine may point at. ``sentences``: each under its tag; ``passages``: each under its id."""

    sentences: Mapping[str, Sentence] = field(default_factory=dict)
    passages: Mapping[str, Passage] = field(default_factory=dict)

    def __or__(self, other: "Offered") -> "Offered":
        return Offered({**self.sentences, **other.sentences}, {**self.passages, **other.passages})

    @property
    def papers(self) -> list[str]:
        """The keys of the papers that these are of."""
        pointed = [each.paper for each in self.sentences.values()]
        return list(dict.fromkeys([*pointed, *(each.paper for each in self.passages.values())]))


@dataclass(frozen=True, slots=True)
class DraftQuote:
    """Words that an engine copied, and the id of the passage that it says holds them; None if it named none."""

    passage: str | None
    words: str


_RECORDED = {
    "title": "The title is: {}",
    "authors": "Written by {}.",
    "year": "Published in {}.",
    "venue": "Published in: {}.",
    "doi": "The DOI is {}.",
    "arxiv": "The arXiv number is {}.",
    "url": "It is at {}.",
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a paper's record is said to hold in one ``field``, whatever its text says."""

    paper: str
    field: str
    value: FieldValue

    @property
    def said(self) -> str:
        """The value in words."""
        if not isinstance(self.value, tuple):
            return str(self.value)
        *others, last = self.value
        between = "; " if any("," in name for name in self.value) else ", "
        return f"{between.join(others)} and {last}" if others else last

    @property
    def text(self) -> str:
        """The one sentence that says it."""
        return _RECORDED[self.field].format(self.said)


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A sentence of an answer and what is said to show it: tags of sentences; in the older form, copied words; or what
    stands on record. ``before``: tags of the sentences that it leans on, which show nothing by themselves."""

    text: str
    shown_by: tuple[str, ...] = ()
    quotes: tuple[DraftQuote, ...] = ()
    before: tuple[str, ...] = ()
    recorded: tuple[Recorded, ...] = ()


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
class Dropped:
    """What an engine offered and verification refused, counted, with the reasons."""

    citations: int = 0
    claims: int = 0
    reasons: tuple[str, ...] = ()

    def __add__(self, other: "Dropped") -> "Dropped":
        return Dropped(
            self.citations + other.citations, self.claims + other.claims, self.reasons + other.reasons
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """An engine's answer before anything in it is believed. ``missing`` names what was asked for and not found; a
    draft without claims abstains. ``asked``: the question as the engine understood it, "" for as it was put;
    ``dropped``: what the engine itself gave up; ``prompt`` and ``chance``: as in ``Answer``."""

    claims: tuple[DraftClaim, ...] = ()
    missing: tuple[str, ...] = ()
    engine: str = "extract"
    usage: Usage = Usage()
    offered: Offered = Offered()
    asked: str = ""
    dropped: Dropped = Dropped()
    prompt: str | None = None
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A verified quote, under the number of its paper in the answer's references. ``table``: of a row of a table, the
    words of its caption and of its columns' heads; ``before``: what the quote leans on, verified, too, where it needs
    that; it stands right before it, on ``before_page``."""

    marker: int
    quote: Quote
    passage: str
    page: int | None = None
    section: str | None = None
    table: tuple[str, ...] = ()
    before: Quote | None = None
    before_page: int | None = None

    @property
    def paper(self) -> str:
        return self.quote.paper


@dataclass(frozen=True, slots=True)
class RecordCitation:
    """What a paper's record holds, under the paper's number. ``source``: the file that says so; "" for an edit by
    hand."""

    marker: int
    recorded: Recorded
    source: str

    @property
    def paper(self) -> str:
        return self.recorded.paper


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a claim is judged by. ``quotes``: what is pointed at, whole sentences; ``headers``: what the cited papers
    are, with title, authors and year; ``around``: the passages around the quotes, which name what a quote calls
    "it"; ``others``: what papers that were offered and are not cited are called."""

    quotes: tuple[str, ...]
    headers: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether evidence supports a claim. ``verdict``: supported, unsupported or contradicted; ``score`` in
    [0, 1], the probability that a person would call it supported; ``reason`` in words; ``kind``: of what an exact
    comparison found (``assistant.judge.align.Objection``), "" for nothing."""

    verdict: str
    score: float
    reason: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the answer. ``verdict``: supported, unsupported, contradicted or unchecked;
    ``support`` in [0, 1], None where nothing has judged it."""

    text: str
    verdict: str
    support: float | None
    reason: str
    citations: tuple[Citation, ...] = ()
    recorded: tuple[RecordCitation, ...] = ()

    @property
    def cited(self) -> tuple[Citation | RecordCitation, ...]:
        """All that it cites: quotes, then what is on record."""
        return (*self.citations, *self.recorded)

    @property
    def markers(self) -> tuple[int, ...]:
        """The numbers of the papers that it cites, each once."""
        return tuple(dict.fromkeys(each.marker for each in self.cited))

    @property
    def marked_text(self) -> str:
        """The claim with its [1] markers before the closing punctuation."""
        markers = "".join(f"[{number}]" for number in self.markers)
        if not markers:
            return self.text
        stop = self.text[-1:] if self.text[-1:] in ".!?" else ""
        return f"{self.text.removesuffix(stop)} {markers}{stop}"


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim as it was checked, and why citations of it were refused."""

    claim: Claim
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper that the answer cites, under its marker. ``is_missing``: whether its file is not there any more."""

    marker: int
    paper: Paper
    is_missing: bool = False


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
    chance: float | None = None
    """The engine's probability that the papers answer, whether it then answered or not; None if it gives none."""
    asked: str = ""
    """The question as it was understood, where that is not as it was put."""
    asks: str = ""
    """What is asked back, where it is not clear which paper is meant; ``nearest`` are then those that may be."""

    @property
    def text(self) -> str:
        """The answer as prose with [1] markers; for an abstention, what was looked for and what is near, or what
        is asked back."""
        if self.asks:
            return self.asks
        if self.claims:
            return " ".join(
                f"[{claim.verdict}] {claim.marked_text}" if claim.verdict in DOUBTFUL else claim.marked_text
                for claim in self.claims
            )
        looked_for = f" Not found: {'; '.join(self.missing) or self.question}."
        near = f" Nearest papers: {'; '.join(paper.name for paper in self.nearest)}." if self.nearest else ""
        return f"The papers do not say.{looked_for}{near}"


@dataclass(frozen=True, slots=True)
class ModelReplyText:
    """A chat model's raw reply and what it cost. ``cut``: it ended early (at the length limit, or the connection
    broke off), but not because its reader had enough; ``text`` is what came."""

    text: str
    usage: Usage = field(default_factory=Usage)
    cut: bool = False
