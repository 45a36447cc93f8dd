"""Papers, named or on a topic → the draft of their summary, by their own sentences or by a model.

topic: retrieve → the papers on it → what each says (read) → themes → sentences, or a model's words, a theme at a time
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.asking import Model, Part
from assistant.summarize.one import summary
from assistant.summarize.pieces import Piece, pieces
from assistant.summarize.several import Progress, portions, read, survey
from assistant.summarize.themes import Theme, themes
from assistant.summarize.wanted import Wanted
from assistant.summarize.written import PAPERS, checked, most, retagged, task, together
from assistant.types import (
    ClaimCheck,
    Draft,
    Embedder,
    Paper,
    PaperCatalog,
    SupportJudge,
)

_MOST = 50
"""Papers on a topic that are summarised; further ones are named as left out."""
_NAMED = 5
"""Papers that are named of those that were left out."""
_SHOWN = 30
"""Sentences that a model is shown of one paper."""


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

    def written(self, papers: Sequence[Paper], wanted: Wanted, model: Model, check: ClaimCheck) -> Draft:
        """A request for one paper; for several one for every ``PAPERS`` of a theme. Raises ModelError."""
        parts = self._parts(papers, wanted)
        drafts = model.drafts(parts, self._catalog, check, self._progress)
        named = [retagged(draft, part.name) for draft, part in zip(drafts, parts, strict=True)]
        return checked(together(named), wanted)

    def _parts(self, papers: Sequence[Paper], wanted: Wanted) -> list[Part]:
        if len(papers) == 1:
            shown = max(_SHOWN, (wanted.words or 0) // 10)
            return [
                _part(
                    "",
                    papers,
                    pieces(papers[0].key, self._catalog, self._embedder, shown, wanted.mentions),
                    wanted,
                )
            ]
        groups = []
        for theme in self._themes(papers, wanted):
            for n in range(0, len(theme.members), PAPERS):
                groups.append((theme.name, theme.members[n : n + PAPERS]))
        weights = [float(len(members)) for _, members in groups]
        words, bullets = portions(wanted.words, weights), portions(wanted.bullets, weights)
        return [
            _part(
                name, [each.paper for each in members], [piece for each in members for piece in each.pieces],
                replace(wanted, words=few, bullets=points, mentions=wanted.mentions if len(groups) == 1 else ()),
            )
            for (name, members), few, points in zip(groups, words, bullets, strict=True)
        ]  # fmt: skip


def _part(name: str, papers: Sequence[Paper], pool: Sequence[Piece], wanted: Wanted) -> Part:
    """``name``: its heading; ``pool``: what the model is shown of the papers."""
    ranked = sorted(pool, key=lambda piece: -piece.total)
    shown = tuple(each for piece in ranked for each in piece.run)
    return Part(name, "summary", task(papers, wanted, name), shown, most(wanted))
