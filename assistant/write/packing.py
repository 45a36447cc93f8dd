"""Hits → the passages that a model is offered: each sentence behind a tag that cannot be guessed, within the tokens
that it can read."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import count, zip_longest

from assistant.prompts import tamed
from assistant.types import Hit, Offered, Paper, Passage, Sentence

CONTEXT = 8192
"""Tokens that a model is taken to read and write where nothing says how many."""
REPLY = 4
"""One part in so many of the context is left to the reply."""
PER_PAPER = 4
"""Passages of one paper, as long as others have something to offer: a comparison must see both sides."""

_CHARACTERS = 3.5
"""Of English per token, on the safe side: it is rather 4. Other scripts count a token a character."""
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""20 of them: no vowels, so that no tag is a word."""
_AUTHORS = 10
"""Named above a passage; a collaboration's thousands would crowd out its text."""
_LINES = 300
"""Characters of the lines of authors that may be pointed at; a longer list stands, cut short, in the headline alone."""


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


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as a model sees it. ``tagged``: what may be pointed at, by tag, in order: its sentences and, once a
    paper, the lines of the header that name its authors."""

    name: str
    passage: Passage
    paper: Paper
    tagged: dict[str, Sentence]

    @property
    def text(self) -> str:
        """A headline, then a sentence a line, each behind its tag."""
        lines = [f"[{tag}] {' '.join(tamed(each.text).split())}" for tag, each in self.tagged.items()]
        return "\n".join(
            [f'<passage id="{self.name}">', tamed(_headline(self.passage, self.paper)), *lines, "</passage>"]
        )

    def shortened(self, room: int) -> "Shown | None":
        """As many of its first sentences as ``room`` tokens hold; None if not one."""
        kept = list(self.tagged.items())
        while kept:
            shown = replace(self, tagged=dict(kept))
            if tokens(shown.text) <= room:
                return shown
            kept.pop()
        return None


def packed(
    question: str,
    passages: Sequence[Passage],
    read: Callable[[Passage], tuple[Paper, Sequence[Sentence]]],
    room: int,
    taken: Collection[str] = (),
) -> tuple[str, Offered]:
    """The passages that ``room`` tokens hold, in order, as a model sees them; and what it may point at. The last
    one may end early, after a whole sentence.

    ``read``: a passage → its paper, and the lines of the paper's header before the passage's sentences. Tags are the
    same again for the same question and others for another, so that neither a paper's text nor an earlier answer can
    have named one; ids ``taken`` are not given again.
    """
    found: list[Shown] = []
    names = set(taken)
    for passage in passages:
        paper, sentences = read(passage)
        name = _name(question, passage, names)
        met = any(each.passage.paper == paper.key for each in found)
        authors = [] if met else [s for s in sentences if s.kind == "authors"]
        if sum(len(s.text) for s in authors) > _LINES:
            authors = []
        told = [each for each in sentences if each.is_prose or each.kind == "row"] or [
            s for s in sentences if not s.is_header
        ]
        tagged = {f"{name}{n}": each for n, each in enumerate([*told, *authors], 1)}
        whole = Shown(name, passage, paper, tagged)
        fitting = whole.shortened(room)
        if fitting is None:
            break
        found.append(fitting)
        names.add(name)
        room -= tokens(fitting.text)
        if len(fitting.tagged) < len(whole.tagged):
            break
    offered = Offered(
        {tag: each for shown in found for tag, each in shown.tagged.items()},
        {shown.name: shown.passage for shown in found},
    )
    return "\n\n".join(shown.text for shown in found), offered


def _headline(passage: Passage, paper: Paper) -> str:
    more = ("et al.",) if len(paper.authors) > _AUTHORS else ()
    authors = "; ".join((*paper.authors[:_AUTHORS], *more))
    parts = [paper.name, authors, paper.year and str(paper.year), passage.page and f"page {passage.page}"]
    return " · ".join(" ".join(part.split()) for part in parts if part)


def _name(question: str, passage: Passage, taken: set[str]) -> str:
    """Two letters while they last, then three: a tag is written once for each sentence and read for each claim."""
    for n in count():
        seed = f"{question}\0{passage.id}\0{n}".encode("utf-8", "replace")
        digest = hashlib.sha256(seed).digest()
        name = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[: 2 + n // 100])
        if name not in taken:
            return name
    raise AssertionError("unreachable")
