"""A conversation → what was asked, what the papers answered, what they did not, and which papers carried the talk.

Every count names its turns, so that each can be looked up. The elements are those by which work on dialogue takes one
apart: what a turn wants (its goal), what it is about (its entities), how it hangs on the turns before, and what came.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.chat.leads import BESIDE, LIKE, Lead, absent, leads
from assistant.chat.talk import UNCLEAR, Turn
from assistant.chat.wording import CONNECTIVE
from assistant.extract.authorship import asks_authors
from assistant.extract.lists import asks_list
from assistant.extract.question import Question
from assistant.library import Library
from assistant.show.plain import one_line
from assistant.show.window import BOLD, DIM, paint, wrap
from assistant.text.parts import JOINS, question_names
from assistant.types import Paper

Turns = tuple[int, ...]
"""The numbers of turns, from 1."""
NOWHERE = "not in the papers"
_MOST = 6
"""Papers that are named as not shown."""
_TITLE = re.compile("“([^“”]+)”")
_WHETHER = frozenset("is are was were do does did can could has have had will would".split())


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the papers do not answer. ``nearest``: what came closest; ``absent``: words of it that are in no
    paper, to be looked for elsewhere; ``leads``: what to read for it."""

    turn: int
    question: str
    missing: tuple[str, ...]
    nearest: tuple[Paper, ...]
    absent: tuple[str, ...]
    leads: tuple[Lead, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A paper as near to questions that were answered as those that answered them, and not shown in the talk."""

    lead: Lead
    turns: Turns


@dataclass(frozen=True, slots=True)
class Review:
    """Each mapping is from what was found to the turns it was found in, the most frequent first; so is the order of
    ``beside``."""

    questions: tuple[str, ...]
    goals: dict[str, Turns]
    entities: dict[str, Turns]
    flow: dict[str, Turns]
    outcomes: dict[str, Turns]
    papers: dict[str, Turns]
    gaps: tuple[Gap, ...]
    beside: tuple[Beside, ...]
    lost: tuple[str, ...]


def review(turns: Sequence[Turn], library: Library) -> Review:
    """What there is to say of a conversation."""
    numbered = list(enumerate(turns, 1))
    gaps = [_gap(n, turn, library) for n, turn in numbered if _outcome(turn) == NOWHERE]
    return Review(
        tuple(_asked(turn) for turn in turns),
        _by((goal(_asked(turn)), n) for n, turn in numbered),
        _by((name, n) for n, turn in numbered for name in entities(_asked(turn))),
        _by((_hangs(turn), n) for n, turn in numbered),
        _by((_outcome(turn), n) for n, turn in numbered),
        _by((key, n) for n, turn in numbered for key in turn.cited),
        tuple(gaps),
        tuple(_beside(numbered, library)),
        tuple(line for turn in turns for line in turn.lost),
    )


def _gap(n: int, turn: Turn, library: Library) -> Gap:
    asked, answer = _asked(turn), turn.answer
    if asks_authors(asked):  # nobody else says who they are
        return Gap(n, asked, answer.missing, answer.nearest, (), ())
    beside = bool(turn.reading.meant)
    found = leads(turn, asked, library, (), LIKE if beside else 0.0)
    lacking = () if beside else absent(asked, library)
    return Gap(n, asked, answer.missing, answer.nearest, lacking, tuple(found))


def _beside(numbered: Sequence[tuple[int, Turn]], library: Library) -> list[Beside]:
    shown = {key for _, turn in numbered for key in turn.cited}
    found: dict[str, tuple[Lead, list[int]]] = {}
    for n, turn in numbered:
        if turn.answer.claims and not asks_authors(_asked(turn)):
            for lead in leads(turn, _asked(turn), library, shown, BESIDE):
                found.setdefault(lead.paper.key, (lead, []))[1].append(n)
    ordered = sorted(found.values(), key=lambda each: -len(each[1]))
    return [Beside(lead, tuple(turns)) for lead, turns in ordered[:_MOST]]


def entities(question: str) -> list[str]:
    """The names in a question; a title in quotation marks is one."""
    titles = _TITLE.findall(question)
    return [*titles, *question_names(_TITLE.sub(" ", question))]


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
    first = CONNECTIVE.sub("", question.strip()).split(" ")[0].casefold().strip("?")
    if first in _WHETHER:
        return "yes or no"
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
    return {"abstained": NOWHERE, "partial": "answered in part"}.get(turn.answer.status, "answered")


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
            "absent": list(gap.absent),
            "leads": [_lead_dict(lead) for lead in gap.leads],
        }
        for gap in found.gaps
    ]
    counted = {
        name: [{"what": what, "turns": list(turns)} for what, turns in getattr(found, name).items()]
        for name in ("goals", "entities", "flow", "outcomes", "papers")
    }
    beside = [{**_lead_dict(each.lead), "turns": list(each.turns)} for each in found.beside]
    asked = {"questions": list(found.questions), **counted}
    return {**asked, "gaps": gaps, "beside": beside, "lost": list(found.lost)}


def _lead_dict(lead: Lead) -> dict[str, Any]:
    return {"paper": lead.paper.key, "page": lead.page, "words": list(lead.words)}


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
    if found.beside:
        rows = [
            row for each in found.beside for row in _lead(each.lead, width, f"turn {_list(each.turns)}: ")
        ]
        blocks.append([head("Near what was answered, and not shown yet"), *rows])
    if found.lost:
        blocks.append(
            [head("No longer there"), *(line for each in found.lost for line in wrap(each, width, "  "))]
        )
    return "\n\n".join("\n".join(block) for block in blocks)


def _row(what: str, turns: Turns, width: int) -> list[str]:
    return wrap(f"{one_line(what)}: {len(turns)} (turn {_list(turns)})", width, "  ", "      ")


def _list(turns: Turns) -> str:
    return ", ".join(map(str, turns))


def _lead(lead: Lead, width: int, why: str = "", indent: str = "  ") -> list[str]:
    """The paper, and what speaks for it."""
    page = f", from p. {lead.page} on" if lead.page else ""
    name = f"{one_line(lead.paper.key)} · {one_line(lead.paper.name)}"
    return wrap(f"{name} ({why}{', '.join(lead.words)}{page})", width, indent, indent + "    ")


def _gaps(gaps: Sequence[Gap], width: int, colour: bool) -> list[str]:
    lines = []
    for gap in gaps:
        lines += wrap(one_line(gap.question), width, f"{gap.turn:>3}  ")
        if gap.absent:
            lines += wrap(f"in no paper here: {', '.join(gap.absent)}", width, "     ")
        if not gap.leads:
            why = "; ".join(gap.missing) if asks_authors(gap.question) else "nothing here is near to it"
            lines += wrap(one_line(why), width, "     ")
        for lead in gap.leads:
            lines += [paint(row, DIM, colour) for row in _lead(lead, width, indent="     ")]
    return lines
