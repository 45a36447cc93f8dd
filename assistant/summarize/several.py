"""Papers → Draft of a summary of them all: by theme, what they ask, how, what they find, and what they leave open.

Where another paper's sentence supports one that is shown, both are cited: that is agreed. Where it contradicts it, both
are shown side by side.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from assistant.summarize.choose import chosen
from assistant.summarize.mentions import mentions
from assistant.summarize.one import PARTS, joined, tag_of, unmet
from assistant.summarize.pieces import Piece, best, pieces
from assistant.summarize.themes import Read, Theme
from assistant.summarize.wanted import Wanted
from assistant.text.names import short_name
from assistant.types import (
    Draft,
    DraftClaim,
    Embedder,
    Evidence,
    Offered,
    Paper,
    PaperCatalog,
    Sentence,
    SupportJudge,
)

Progress = Callable[[str, int, int], None]
"""Called before each paper with its name, its number from 0 and how many there are."""
HEADINGS = {**PARTS, "result": "Results, side by side", "limit": "Left open", "future": "Left open"}
AGREE, DIFFER = "Said by several", "Said otherwise by others"
_PIECES = 10
"""Pieces that are kept of each paper of several."""
_PASSED = ("background", "code")
"""Roles that are passed over where several papers share the words."""
_POOL = 120
"""Pieces of a theme that its part of the summary is chosen from."""
_LEAST_SHARE = 40
"""Words below which a theme says nothing."""
_NEAR = 0.6
"""The cosine from which two papers' sentences may say the same, or the contrary."""
_PAIRS = 20
"""Pairs of a theme that are judged."""


def read(
    papers: Sequence[Paper],
    catalog: PaperCatalog,
    embedder: Embedder,
    progress: Progress | None,
    terms: Sequence[str] = (),
) -> list[Read]:
    """What a summary that must mention ``terms`` may take of each paper, and what the paper is about."""
    found = []
    for n, paper in enumerate(papers):
        if progress:
            progress(paper.name, n, len(papers))
        kept = tuple(pieces(paper.key, catalog, embedder, _PIECES, terms))
        about = np.mean([each.vector for each in kept], axis=0)
        if paper.title:
            about = about + embedder.embed([paper.title])[0]
        found.append(Read(paper, kept, about / (np.linalg.norm(about) or 1.0)))
    return found


def survey(found: Sequence[Theme], wanted: Wanted, judge: SupportJudge) -> Draft:
    """The draft; ``judge`` says which papers' sentences support or contradict each other. Themes that the length has no
    room for are left out, the smallest first."""
    room = wanted.bullets or max(1, (wanted.words or 0) // _LEAST_SHARE)
    kept = list(found[:room])
    weights = [len(theme.members) ** 0.5 for theme in kept]
    words, bullets = portions(wanted.words, weights), portions(wanted.bullets, weights)
    drafts, left = [], wanted.mentions
    for theme, few, points in zip(kept, words, bullets, strict=True):
        pool = [piece for each in theme.members for piece in each.pieces if piece.part not in _PASSED] or [
            piece for each in theme.members for piece in each.pieces
        ]
        own = tuple(term for term in left if any(mentions(term, piece.meant.text) for piece in pool))
        left = tuple(term for term in left if term not in own)
        pool = best(pool, _POOL, own)
        taken = chosen(pool, Wanted(few, points, own))
        drafts.append(_drafted(theme, taken, pool, judge, bool(wanted.bullets)))
    claims = [claim for draft in drafts for claim in draft.claims]
    offered = Offered({tag: each for draft in drafts for tag, each in draft.offered.sentences.items()})
    missed = unmet(None, [claim.text for claim in claims], wanted)
    return Draft(tuple(claims), offered=offered, unmet=missed, is_list=bool(wanted.bullets))


def portions(total: int | None, weights: Sequence[float]) -> list[int | None]:
    """A whole number of ``total`` for each by its weight, at least one, the whole of it together."""
    if total is None:
        return [None] * len(weights)
    exact = [total * weight / sum(weights) for weight in weights]
    found = [max(1, int(each)) for each in exact]
    while (over := sum(found) - total) and (over < 0 or max(found) > 1):
        n = max(
            range(len(found)),
            key=lambda n: (exact[n] - found[n]) * (1 if over < 0 else -1) - (found[n] < 2) * (over > 0),
        )
        found[n] += 1 if over < 0 else -1
    return list(found)


def _drafted(
    theme: Theme, taken: Sequence[Piece], pool: Sequence[Piece], judge: SupportJudge, is_list: bool
) -> Draft:
    """The theme's claims under its headings; a list has the theme's name alone."""
    claims: list[tuple[str, DraftClaim]] = []
    offered: dict[str, Sentence] = {}
    papers = {each.paper.key: each.paper for each in theme.members}
    beside = _beside(taken, pool, judge)
    for role, run in joined(taken):
        paper, part = papers[run[0].paper], HEADINGS.get(role, "")
        others = beside.get(tag_of(run[-1]), ())
        heading = next((told for told, _ in others), part)
        shown = [*run, *(other.meant for told, other in others if told == AGREE)]
        text = paper.text[run[0].start : run[-1].end]
        claims.append((heading, DraftClaim(text, tuple(map(tag_of, shown)), about=_called(paper))))
        for contrary in (other.meant for told, other in others if told == DIFFER):
            about = _called(papers[contrary.paper])
            claims.append((heading, DraftClaim(contrary.text, (tag_of(contrary),), about=about)))
            shown.append(contrary)
        offered |= {tag_of(each): each for each in shown}
    order = [*dict.fromkeys(("", *HEADINGS.values())), AGREE, DIFFER]
    name = f"{theme.name} ({len(theme.members)} paper{'s' * (len(theme.members) > 1)})"
    ranked = sorted(claims, key=lambda each: order.index(each[0]))
    told = [
        replace(claim, part=name if is_list else f"{name} · {part}" if part else name)
        for part, claim in ranked
    ]
    return Draft(tuple(dict.fromkeys(told)), offered=Offered(offered))


def _called(paper: Paper) -> str:
    return short_name(paper.title, paper.handle) or paper.key


def _beside(
    taken: Sequence[Piece], pool: Sequence[Piece], judge: SupportJudge
) -> dict[str, list[tuple[str, Piece]]]:
    """Tag of a shown sentence → pieces of other papers, with whether they agree or differ; of each at most one."""
    pairs = [
        (float(one.vector @ other.vector), n, other)
        for n, one in enumerate(taken)
        for other in pool
        if other.meant.paper != one.meant.paper and len(one.run) == len(other.run) == 1
    ]
    near = sorted((pair for pair in pairs if pair[0] >= _NEAR), key=lambda pair: -pair[0])[:_PAIRS]
    found: dict[str, list[tuple[str, Piece]]] = {}
    for _, n, other in near:
        verdict = judge.judge(taken[n].meant.text, Evidence((other.meant.text,))).verdict
        told = {"supported": AGREE, "contradicted": DIFFER}.get(verdict)
        if told and not found.get(tag_of(taken[n].meant)):
            found.setdefault(tag_of(taken[n].meant), []).append((told, other))
    return found
