"""A conversation → Markdown, HTML or JSON: every question with its answer, and what of it no longer stands."""

from collections.abc import Sequence
from typing import Any

from assistant.chat.talk import Turn
from assistant.show import html as page
from assistant.show import markdown as marks
from assistant.show.as_json import answer_dict
from assistant.show.parts import on_record
from assistant.types import Citation, Claim


def markdown(turns: Sequence[Turn], title: str) -> str:
    """One document: the title, then each question as a heading."""
    blocks = [f"# {marks.escape(title)}"]
    for turn in turns:
        heading, _, body = marks.answer(turn.answer).partition("\n\n")
        blocks += [f"#{heading}", *(f"*{marks.escape(note)}*" for note in notes(turn))]
        if not turn.is_answered:
            continue
        blocks.append("\n".join(f"#{line}" if line.startswith("#") else line for line in body.splitlines()))
    return "\n\n".join(blocks)


def html(turns: Sequence[Turn], title: str) -> str:
    """One document that needs nothing else; each claim with its quotes below it."""
    main = []
    for turn in turns:
        main.append(f"<h2>{page.safe(turn.answer.question)}</h2>")
        main += [f'<p class="soft">{page.safe(note)}</p>' for note in notes(turn)]
        if turn.is_answered and not turn.answer.claims:
            main.append(f"<p>{page.safe(turn.answer.text)}</p>")
        for claim in turn.answer.claims:
            main += _claim(claim)
    return page.page(title, main, f"{len(turns)} turns")


def objects(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """An object a turn, as ``ask --json``, with its state and what was lost."""
    return [{**answer_dict(turn.answer), "state": turn.state, "lost": list(turn.lost)} for turn in turns]


def notes(turn: Turn) -> list[str]:
    """What must be said of a turn beside its answer."""
    asked = turn.answer.asked
    found = [f"Understood as: {asked}"] if asked else []
    if turn.state != "done":
        found.append(
            {"stopped": "Stopped before its end.", "failed": "It failed."}.get(turn.state, turn.state)
        )
    return [*found, *turn.lost]


def _claim(claim: Claim) -> list[str]:
    quotes = [
        f"<blockquote>{_before(each)}{page.safe(each.quote.text)} <code>[{each.marker}] {page.safe(each.paper)}</code>"
        "</blockquote>"
        for each in claim.citations
    ]
    recorded = [page.on_record(f"{on_record(each)} [{each.marker}] {each.paper}") for each in claim.recorded]
    warning = "" if claim.verdict == "supported" else f"[{claim.verdict}] "
    return [f'<p dir="auto">{page.safe(warning + claim.marked_text)}</p>', *quotes, *recorded]


def _before(citation: Citation) -> str:
    return f'<span class="soft">{page.safe(citation.before.text)}</span> ' if citation.before else ""
