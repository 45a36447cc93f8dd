"""A question of a talk → papers to read for it: the nearest that hold words of it, each with the page to begin at."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assistant.chat.talk import Turn
from assistant.extract.candidates import stems
from assistant.extract.question import TOPICAL, Question
from assistant.library import Library
from assistant.retrieve import by_paper
from assistant.text.rarity import rarity
from assistant.text.terms import stem, tokens
from assistant.types import Paper

MOST = 3
"""Papers to read for one question."""
BESIDE, LIKE = 0.5, 0.3
"""The share of a topic, by rarity, that a passage or its title holds whose paper is worth reading: beside what was
shown; and beside a paper, of whose title it is the topic."""
_DEPTH = 60
"""Passages among whose papers they are looked for."""


@dataclass(frozen=True, slots=True)
class Lead:
    """``words``: those of the question that it holds, in its title or in its nearest passage, on ``page``."""

    paper: Paper
    page: int | None
    words: tuple[str, ...]


def topics(text: str) -> dict[str, frozenset[str]]:
    """Word → its stems, of what a question is about: its rare words, and names of rare words, each a whole."""
    asked = Question(text)
    names = {name: frozenset(map(stem, tokens(name))) for name in asked.names if _weight([name]) >= TOPICAL}
    return {**names, **{asked.words[key]: frozenset([key]) for key in asked.topics}}


def leads(
    turn: Turn, asked: str, library: Library, without: Collection[str], least: float = 0.0
) -> list[Lead]:
    """The papers for one turn, but for those ``without``. Of a question on one paper they are near to that paper,
    which they are to be read beside. ``least``: the share of the topic that their passage holds at the least."""
    meant = turn.reading.meant
    text = " ".join(library.paper(key).name for key in meant) or asked
    about = topics(text)
    found = []
    for near in by_paper(library.search(text, _DEPTH), _DEPTH) if about else ():
        paper = library.paper(near.best.passage.paper)
        words = _held(about, f"{paper.name} {near.best.passage.text}")
        if paper.key not in (*without, *meant) and words and _weight(words) >= least * _weight(about):
            found.append(Lead(paper, near.best.passage.page, tuple(words)))
    return sorted(found, key=lambda lead: -_weight(lead.words))[:MOST]


def absent(asked: str, library: Library) -> tuple[str, ...]:
    """The topics of a question of which no paper of the library has a word."""
    about = topics(asked)
    return tuple(
        word
        for word in about
        if not any(word in _held(about, hit.passage.text) for hit in library.search(word, MOST))
    )


def _held(about: dict[str, frozenset[str]], text: str) -> list[str]:
    held = stems(text)
    return [word for word, parts in about.items() if parts <= held]


def _weight(words: Iterable[str]) -> float:
    return sum(max(map(rarity, map(stem, tokens(word))), default=0.0) for word in words)
