"""A turn ↔ the JSON that is kept of it. What is read back is verified again: a quote is shown only if it stands in its
paper today, cut from today's text; what has changed or gone is said."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from assistant.chat.talk import Reading, Turn
from assistant.errors import UnknownPaper
from assistant.show.as_json import answer_dict
from assistant.types import (
    Answer,
    Citation,
    Claim,
    Dropped,
    Paper,
    Quote,
    RecordCitation,
    Recorded,
    Reference,
    Usage,
)
from assistant.verify.quotes import find_quote

Papers = Callable[[str], Paper]
"""Key → paper; raises UnknownPaper."""


def record(turn: Turn) -> str:
    """The turn as JSON: the object of ``ask --json``, and how the question was read."""
    reading = turn.reading
    read = {"text": reading.text, "papers": reading.papers, "way": reading.way, "depends": reading.depends}
    return json.dumps({**answer_dict(turn.answer), "reading": read, "state": turn.state}, ensure_ascii=False)


def restored(kept: str, paper: Papers) -> Turn:
    """The turn of a record, with what of it still stands in the papers. Raises ValueError or KeyError for what is no
    record."""
    held: Mapping[str, Any] = json.loads(kept)
    lost: list[str] = []
    claims = tuple(_claims(held["claims"], paper, lost))
    cited = {each.paper: each.marker for claim in claims for each in claim.cited}
    references = sorted(
        (Reference(marker, paper(key)) for key, marker in cited.items()), key=lambda each: each.marker
    )
    read = held["reading"]
    asks = held["text"] if read["way"] == "unclear" else ""
    answer = Answer(
        held["question"],
        _status(held["status"], bool(claims), bool(lost)),
        claims,
        tuple(references),
        Dropped(held["dropped"]["citations"], held["dropped"]["claims"], tuple(held["dropped"]["reasons"])),
        tuple(held["missing"]),
        tuple(found for key in held["nearest"] if (found := _there(key, paper))),
        held["engine"],
        Usage(**held["usage"]),
        held["seconds"],
        held["prompt"],
        held.get("asked", ""),
        asks,
    )
    keys = tuple(key for key in read["papers"] if _there(key, paper))
    reading = Reading(read["text"], keys, read["way"], asks, read["depends"])
    return Turn(reading, answer, held["state"], tuple(dict.fromkeys(lost)))


def numbers(kept: str) -> dict[str, int]:
    """Paper key → marker, of a record; also of papers that are gone, whose numbers stay theirs."""
    return {each["key"]: each["marker"] for each in json.loads(kept)["references"]}


def verified(answer: Answer, paper: Papers) -> tuple[Answer, tuple[str, ...]]:
    """The answer with what of it stands in the papers now, and what does not, a line each."""
    turn = restored(record(Turn(Reading(answer.question), answer)), paper)
    return turn.answer, turn.lost


def _status(status: str, claims: bool, lost: bool) -> str:
    if not claims:
        return "abstained"
    return "partial" if lost else status


def _claims(held: list[dict[str, Any]], paper: Papers, lost: list[str]) -> Iterator[Claim]:
    for claim in held:
        quoted = [each for each in claim["citations"] if "field" not in each]
        told = [each for each in claim["citations"] if "field" in each]
        citations = tuple(found for each in quoted if (found := _citation(each, paper, lost)))
        recorded = tuple(fact for each in told if (fact := _recorded(each, paper, lost)))
        if citations or recorded or not claim["citations"]:
            whole = len(citations) + len(recorded) == len(claim["citations"])
            verdict, reason = (
                (claim["verdict"], claim["reason"])
                if whole
                else ("unchecked", "not all that it cites stands today")
            )
            support = claim["support"] if whole else None
            yield Claim(claim["text"], verdict, support, reason, citations, recorded)


def _citation(held: dict[str, Any], paper: Papers, lost: list[str]) -> Citation | None:
    key, marker = held["paper"], held["marker"]
    found = _there(key, paper)
    if found is None:
        lost.append(f"[{marker}] {key} is no longer in the library")
        return None
    quote = _quote(held, found, key)
    if quote is None:
        lost.append(f"[{marker}] {key} has changed: its quote is no longer in it")
        return None
    before = _quote(held["before"], found, key) if "before" in held else None
    if "before" in held and before is None:
        lost.append(f"[{marker}] {key} has changed: what stood before its quote is no longer in it")
    page = found.page_at(before.start) if before else None
    return Citation(
        marker,
        quote,
        held["passage"],
        found.page_at(quote.start),
        held["section"],
        tuple(held.get("table", ())),
        before,
        page,
    )


def _quote(held: Mapping[str, Any], paper: Paper, key: str) -> Quote | None:
    """The words where they stand in the paper now."""
    span: tuple[int, int] | None = (held["start"], held["end"])
    if paper.text[held["start"] : held["end"]] != held["quote"]:
        span = find_quote(held["quote"], paper.text)
    return Quote(key, *span, paper.text[slice(*span)]) if span else None


def _recorded(held: Mapping[str, Any], paper: Papers, lost: list[str]) -> RecordCitation | None:
    key, field, value = held["paper"], held["field"], held["value"]
    found = _there(key, paper)
    if found is None:
        lost.append(f"[{held['marker']}] {key} is no longer in the library")
        return None
    said = tuple(value) if isinstance(value, list) else value
    if getattr(found, field, None) != said:
        lost.append(f"[{held['marker']}] the record of {key} has changed: its {field} is another now")
        return None
    return RecordCitation(held["marker"], Recorded(key, field, said), held["source"] or "")


def _there(key: str, paper: Papers) -> Paper | None:
    try:
        return paper(key)
    except UnknownPaper:
        return None
