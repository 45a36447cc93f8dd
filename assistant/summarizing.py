"""Papers, named or on a topic → the draft of their summary, by their own sentences or by a model.

topic: retrieve → the papers on it → what each says (read) → themes → sentences, or a model's words, a theme at a time
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.errors import ModelError
from assistant.summarize.one import summary
from assistant.summarize.pieces import Piece, pieces
from assistant.summarize.several import Progress, portions, read, survey
from assistant.summarize.themes import Theme, themes
from assistant.summarize.wanted import Wanted
from assistant.summarize.written import PAPERS, checked, hits, most, retagged, task, together
from assistant.types import (
    ChatModel,
    Checked,
    Claim,
    ClaimCheck,
    Draft,
    DraftClaim,
    Embedder,
    Offered,
    Order,
    Paper,
    PaperCatalog,
    SupportJudge,
)
from assistant.write.engine import Writer
from assistant.write.exchange import Task

_MOST = 50
"""Papers on a topic that are summarised; further ones are named as left out."""
_NAMED = 5
"""Papers that are named of those that were left out."""
_SHOWN = 30
"""Sentences that a model is shown of one paper."""
_TOKENS = 45
"""Of a sentence with its tag, and of a claim with its tags, about."""
_PROMPT = 700
"""Tokens of the words around the sentences, about."""

Notify = Callable[[str], None]
Cost = Callable[[int, int], float | None]
"""Tokens read and written → US dollars; None if the price is not known."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The papers to summarise and, of those on a topic, why: ``near`` has how near each one's best passage
    is, from 0 to 1; ``left``: what was found and left out, the nearest first, as (key, how near)."""

    papers: tuple[Paper, ...]
    topic: str = ""
    near: Mapping[str, float] = field(default_factory=dict)
    left: tuple[tuple[str, float], ...] = ()

    @property
    def title(self) -> str:
        if len(self.papers) == 1 and not self.topic:
            return f"Summary of {self.papers[0].name}"
        on = f" on {self.topic}" if self.topic else ""
        return f"Summary of {len(self.papers)} papers{on}" if self.papers else f"Summary of the papers{on}"

    def notes(self, cited: Collection[str]) -> tuple[str, ...]:
        """Which papers were read, why, and what was left out. ``cited``: keys of those that the summary cites."""
        if len(self.papers) == 1 and not self.topic:
            return ()
        scored = sorted(self.papers, key=lambda paper: -self.near.get(paper.key, 0.0))
        silent = [_scored(each.key, self.near) for each in scored if each.key not in cited]
        told = [f"Papers read: {len(self.papers)}" + (f", whose best passage is near {self.topic!r}" * bool(self.topic))
                + f"; cited: {len(self.papers) - len(silent)}"]  # fmt: skip
        if silent:
            told.append(f"Read and not cited, as others say it or the length has no room: {_listed(silent)}")
        if self.left:
            told.append(
                f"Left out as further from the topic: {_listed([_scored(k, dict(self.left)) for k, _ in self.left])}"
            )
        return tuple(told)


def _scored(key: str, near: Mapping[str, float]) -> str:
    return f"{key} ({near[key]:.2f})" if key in near else key


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def named(keys: Sequence[str], catalog: PaperCatalog) -> Meant:
    """The papers with the keys, each once. Raises UnknownPaper."""
    return Meant(tuple({paper.key: paper for paper in map(catalog.paper, keys)}.values()))


def topical(topic: str, near: Mapping[str, float], on: Sequence[str], catalog: PaperCatalog) -> Meant:
    """The papers that are ``on`` the topic, the nearest first. ``near``: how near each that was found is."""
    kept = on[:_MOST]
    left = tuple((key, value) for key, value in near.items() if key not in kept)
    return Meant(tuple(map(catalog.paper, kept)), topic, near, left)


class Summarizer:
    """``judge`` decides which papers' sentences say the same; ``check`` verifies a model's claims as they come."""

    def __init__(
        self, catalog: PaperCatalog, embedder: Embedder, judge: SupportJudge, progress: Progress | None = None
    ) -> None:
        self._catalog = catalog
        self._embedder = embedder
        self._judge = judge
        self._progress = progress

    def one(self, key: str, wanted: Wanted) -> Draft:
        return summary(key, self._catalog, self._embedder, wanted)

    def several(self, papers: Sequence[Paper], wanted: Wanted) -> Draft:
        return survey(self._themes(papers, wanted), wanted, self._judge)

    def _themes(self, papers: Sequence[Paper], wanted: Wanted) -> list[Theme]:
        found = read(papers, self._catalog, self._embedder, self._progress, wanted.mentions)
        return themes(found, self._embedder)

    # by a model

    def written(self, papers: Sequence[Paper], wanted: Wanted, model: "Model", check: ClaimCheck) -> Draft:
        """A request for one paper; for several one for every ``PAPERS`` of a theme. What it will cost is told first.
        Raises ModelError; what was written before stays in the model's memory of replies."""
        parts = self._parts(papers, wanted)
        model.tell([(len(pool), most(own)) for _, _, pool, own in parts])
        drafts: list[Draft] = []
        for n, (name, members, pool, own) in enumerate(parts):
            if self._progress and len(parts) > 1:
                self._progress(name, n, len(parts))
            try:
                drafts.append(retagged(self._asked(members, pool, own, name, model, check), name))
            except ModelError as error:
                if not n:
                    raise
                raise type(error)(
                    f"{error}; {n} of {len(parts)} parts are written, and kept: the same command goes on from there"
                ) from error
        return checked(together(drafts), wanted)

    def _asked(
        self,
        papers: Sequence[Paper],
        pool: Sequence[Piece],
        wanted: Wanted,
        name: str,
        model: "Model",
        check: ClaimCheck,
    ) -> Draft:
        only = frozenset((each.paper, each.number) for piece in pool for each in piece.run)
        writer = Writer(
            model.chat, self._catalog, model.warn, model.unable, Task("summary", most(wanted), only)
        )
        found = hits(pool, self._catalog)
        order = Order(passages=len(found))
        return writer.draft(task(papers, wanted, name), lambda text, limit: found, order, _Unasked(check))

    def _parts(
        self, papers: Sequence[Paper], wanted: Wanted
    ) -> list[tuple[str, Sequence[Paper], Sequence[Piece], Wanted]]:
        """(heading, papers, what the model is shown of them, what is wanted of it) of each request."""
        if len(papers) == 1:
            shown = max(_SHOWN, (wanted.words or 0) // 10)
            pool = pieces(papers[0].key, self._catalog, self._embedder, shown, wanted.mentions)
            return [("", papers, pool, wanted)]
        groups = []
        for theme in self._themes(papers, wanted):
            for n in range(0, len(theme.members), PAPERS):
                groups.append((theme.name, theme.members[n : n + PAPERS]))
        weights = [float(len(members)) for _, members in groups]
        words, bullets = portions(wanted.words, weights), portions(wanted.bullets, weights)
        return [
            (
                name, [each.paper for each in members], [piece for each in members for piece in each.pieces],
                replace(wanted, words=few, bullets=points, mentions=wanted.mentions if len(groups) == 1 else ()),
            )
            for (name, members), few, points in zip(groups, words, bullets, strict=True)
        ]  # fmt: skip


def unpriced(read: int, written: int) -> None:
    """Of a model whose price nobody knows."""


@dataclass(frozen=True, slots=True)
class Model:
    """A language model that writes a summary. ``warn`` is told what went less well; ``notify``, what it will cost;
    ``unable``: as for ``Writer``."""

    chat: ChatModel
    warn: Notify
    notify: Notify
    unable: set[str]
    cost: Cost

    def tell(self, requests: Sequence[tuple[int, int]]) -> None:
        """Says what the requests will cost, if there are several. ``requests``: sentences shown and claims at most, of
        each."""
        if len(requests) < 2:
            return
        asked = sum(_PROMPT + shown * _TOKENS for shown, _ in requests)
        written = sum(claims * _TOKENS for _, claims in requests)
        price = self.cost(asked, written)
        costs = "price unknown" if price is None else f"about ${price:.4f}"
        self.notify(
            f"asking {self.chat.name} {len(requests)} times: about {asked:,} tokens to read and {written:,} to write,"
            f" {costs}"
        )


@dataclass(frozen=True, slots=True)
class _Unasked:
    """A ``ClaimCheck`` for what answers no question: the names in the task are no names that a claim must hold."""

    check: ClaimCheck

    def checked(self, claim: DraftClaim, offered: Offered, question: str) -> Checked:
        return self.check.checked(claim, offered, "")

    def show(self, claim: Claim) -> None:
        """What is shown is settled when all parts are there."""
