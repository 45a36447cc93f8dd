"""Hits → the passages that a model is offered: under ids that cannot be guessed, within the tokens it can read."""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import count, zip_longest

from assistant.prompts import tamed
from assistant.text.sentences import sentence_spans
from assistant.types import Hit, Paper, Passage

CONTEXT = 8192
"""Tokens that a model is taken to read and write where nothing says how many."""
REPLY = 4
"""One part in so many of the context is left to the reply."""
PER_PAPER = 4
"""Passages of one paper, as long as others have something to offer: a comparison must see both sides."""

_CHARACTERS = 3.5
"""Of English per token, on the safe side: it is rather 4. Other scripts count a token a character."""
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""32 of them, without those that are mistaken for each other."""
_AUTHORS = 10
"""Named above a passage; a collaboration's thousands would crowd out its text."""


def tokens(text: str) -> int:
    """About how many tokens a model counts in the text."""
    plain = sum(map(str.isascii, text))
    return int(plain / _CHARACTERS) + len(text) - plain + 1


def interleaved(found: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The hits of several searches by rank, each passage once: scores compare within one search only."""
    first: dict[str, Hit] = {}
    for row in zip_longest(*found):
        for hit in filter(None, row):
            first.setdefault(hit.passage.id, hit)
    return list(first.values())


def spread(hits: Sequence[Hit], limit: int) -> list[Passage]:
    """The first ``limit`` passages in their order, at most ``PER_PAPER`` of a paper while others wait."""
    had: Counter[str] = Counter()
    first: list[tuple[int, Passage]] = []
    rest: list[tuple[int, Passage]] = []
    for place, hit in enumerate(hits):
        had[hit.passage.paper] += 1
        (first if had[hit.passage.paper] <= PER_PAPER else rest).append((place, hit.passage))
    return [passage for _, passage in sorted((first + rest)[:limit], key=lambda each: each[0])]


def offered(
    question: str,
    passages: Sequence[Passage],
    papers: Mapping[str, Paper],
    room: int,
    taken: Collection[str] = (),
) -> dict[str, Passage]:
    """The passages that ``room`` tokens hold, in order, by distinct ids that are not ``taken``; the last may
    end early, after a whole sentence. The ids are the same again for the same question and others for
    another, so that neither a paper's text nor an earlier answer can have named one."""
    found: dict[str, Passage] = {}
    for passage in passages:
        seeds = (f"{question}\0{passage.id}\0{n}" for n in count())
        name = next(name for seed in seeds if (name := _opaque(seed)) not in found and name not in taken)
        fitting = _cut(name, passage, papers[passage.paper], room)
        if fitting is None:
            break
        found[name] = fitting
        room -= tokens(shown(name, fitting, papers[passage.paper]))
        if fitting is not passage:
            break
    return found


def shown(name: str, passage: Passage, paper: Paper) -> str:
    """The passage as a model sees it."""
    more = ("et al.",) if len(paper.authors) > _AUTHORS else ()
    authors = "; ".join((*paper.authors[:_AUTHORS], *more))
    parts = [paper.name, authors, paper.year and str(paper.year), passage.page and f"page {passage.page}"]
    headline = " · ".join(" ".join(part.split()) for part in parts if part)
    return f'<passage id="{name}">\n{tamed(headline)}\n{tamed(passage.text)}\n</passage>'


def _opaque(seed: str) -> str:
    digest = hashlib.sha256(seed.encode("utf-8", "replace")).digest()
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:4])


def _cut(name: str, passage: Passage, paper: Paper, room: int) -> Passage | None:
    """The passage, or as many of its first sentences as ``room`` tokens hold; None if not one."""
    if tokens(shown(name, passage, paper)) <= room:
        return passage
    best = None
    for _, end in sentence_spans(passage.text):
        shorter = replace(passage, end=passage.start + end, text=passage.text[:end])
        if tokens(shown(name, shorter, paper)) > room:
            break
        best = shorter
    return best
