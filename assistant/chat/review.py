"""A conversation → what was asked, what the papers answered, what they did not, and which papers carried the talk.

Every count names its turns, so that each can be looked up. The elements are those by which work on dialogue takes one
apart: what a turn wants (its goal), what it is about (its entities), how it hangs on the turns before, and what came.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.chat.talk import UNCLEAR, Turn
from assistant.extract.authorship import asks_authors
from assistant.extract.lists import asks_list
from assistant.extract.question import Question
from assistant.show.plain import one_line
from assistant.show.window import BOLD, DIM, paint, wrap
from assistant.text.parts import JOINS, question_names
from assistant.types import Paper

Turns = tuple[int, ...]
"""The numbers of turns, from 1."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the papers do not answer. ``nearest``: what came closest, to read first."""

    turn: int
    question: str
    missing: tuple[str, ...]
    nearest: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """Each mapping is from what was found to the turns it was found in, the most frequent first."""

    questions: tuple[str, ...]
    goals: dict[str, Turns]
    entities: dict[str, Turns]
    flow: dict[str, Turns]
    outcomes: dict[str, Turns]
    papers: dict[str, Turns]
    gaps: tuple[Gap, ...]
    lost: tuple[str, ...]


def review(turns: Sequence[Turn]) -> Review:
    """What there is to say of a conversation."""
    numbered = list(enumerate(turns, 1))
    gaps = [
        Gap(n, _asked(turn), turn.answer.missing, turn.answer.nearest)
        for n, turn in numbered
        if turn.answer.status == "abstained" and turn.state == "done" and turn.reading.way != UNCLEAR
    ]
    return Review(
        tuple(_asked(turn) for turn in turns),
        _by((goal(_asked(turn)), n) for n, turn in numbered),
        _by((name, n) for n, turn in numbered for name in question_names(_asked(turn))),
        _by((_hangs(turn), n) for n, turn in numbered),
        _by((_outcome(turn), n) for n, turn in numbered),
        _by((key, n) for n, turn in numbered for key in turn.cited),
        tuple(gaps),
        tuple(line for turn in turns for line in turn.lost),
    )


def goal(question: str) -> str:
    """What a question wants."""
    asked = Question(question)
    if asks_authors(question):
        return "authors"
    if asks_list(question):
        return "list of papers"
    if JOINS.search(question) and len(asked.names) > 1:
        return "comparison"
    if asked.asks_number:
        return "figure"
    first = question.strip().split(" ")[0].casefold().strip("?")
    if first in ("why", "how"):
        return "reason" if first == "why" else "method"
    return "name" if asked.asks_kind else "description"


def _asked(turn: Turn) -> str:
    return turn.answer.asked or turn.reading.text or turn.answer.question


def _hangs(turn: Turn) -> str:
    if turn.reading.way == UNCLEAR:
        return "asked back"
    return "follow-up" if turn.reading.depends else "new topic"


def _outcome(turn: Turn) -> str:
    if turn.state != "done":
        return turn.state
    if turn.reading.way == UNCLEAR:
        return "asked back"
    return {"abstained": "not in the papers", "partial": "answered in part"}.get(
        turn.answer.status, "answered"
    )


def _by(pairs: Iterable[tuple[str, int]]) -> dict[str, Turns]:
    found: dict[str, list[int]] = {}
    for name, turn in pairs:
        if turn not in found.setdefault(name, []):
            found[name].append(turn)
    order = Counter({name: len(turns) for name, turns in found.items()}).most_common()
    return {name: tuple(found[name]) for name, _ in order}


def as_dict(found: Review) -> dict[str, Any]:
    """Review → JSON."""
    gaps = [
        {
            "turn": gap.turn,
            "question": gap.question,
            "missing": list(gap.missing),
            "nearest": [paper.key for paper in gap.nearest],
        }
        for gap in found.gaps
    ]
    counted = {
        name: [{"what": what, "turns": list(turns)} for what, turns in getattr(found, name).items()]
        for name in ("goals", "entities", "flow", "outcomes", "papers")
    }
    return {"questions": list(found.questions), **counted, "gaps": gaps, "lost": list(found.lost)}


def text(found: Review, width: int, colour: bool) -> str:
    """Review → a page for the terminal."""

    def head(words: str) -> str:
        return paint(words, BOLD, colour)

    blocks = [
        [head(f"Asked, {len(found.questions)} turns")]
        + [
            line
            for n, each in enumerate(found.questions, 1)
            for line in wrap(one_line(each), width, f"{n:>3}  ")
        ]
    ]
    for title, counted in (
        ("What for", found.goals),
        ("About", found.entities),
        ("How it went on", found.flow),
        ("What came of it", found.outcomes),
        ("Papers that carried it", found.papers),
    ):
        rows = [line for what, turns in counted.items() for line in _row(what, turns, width)]
        blocks += [[head(title), *rows]] if rows else []
    if found.gaps:
        blocks.append([head("Gaps, and what to read for them"), *_gaps(found.gaps, width, colour)])
    if found.lost:
        blocks.append(
            [head("No longer there"), *(line for each in found.lost for line in wrap(each, width, "  "))]
        )
    return "\n\n".join("\n".join(block) for block in blocks)


def _row(what: str, turns: Turns, width: int) -> list[str]:
    return wrap(f"{one_line(what)}: {len(turns)} (turn {', '.join(map(str, turns))})", width, "  ", "      ")


def _gaps(gaps: Sequence[Gap], width: int, colour: bool) -> list[str]:
    lines = []
    for gap in gaps:
        lines += wrap(one_line(gap.question), width, f"{gap.turn:>3}  ")
        for paper in gap.nearest:
            rows = wrap(f"{one_line(paper.key)} · {one_line(paper.name)}", width, "     ")
            lines += [paint(row, DIM, colour) for row in rows]
    return lines
