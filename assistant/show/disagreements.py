"""Disagreements → text for a window, or the object of ``disagree --json``."""

from typing import Any

from assistant.show import parts
from assistant.show.as_json import citation_dict, effort, reference_dict
from assistant.show.plain import one_line
from assistant.show.window import BOLD, DIM, MARKER, block, paint_start, painted, wrap
from assistant.types import Citation, Disagreement, Disagreements, Paper

NO_SIGN = (
    "That none was found is no sign that they agree: only sentences that speak of the same thing in nearly the same"
    " words are held against each other."
)


def disagreements(found: Disagreements, width: int, colour: bool) -> str:
    """Each pair: its kind and reason, and both quotes with their papers; or that none was found."""
    if not found.pairs:
        return block(f"No disagreement was found {_among(found)}. {NO_SIGN}", width)
    papers = {each.marker: each.paper for each in found.references}
    return "\n\n".join(_pair(n, each, papers, width, colour) for n, each in enumerate(found.pairs, 1))


def footer(found: Disagreements) -> str:
    """One line: how many pairs of how many sentences, and how long it took."""
    pieces = [
        f"{parts.count(len(found.pairs), 'pair')} {_among(found)}",
        parts.dropped(found.dropped, "pair") if found.dropped.reasons else "",
        f"{found.seconds:.2f} s",
        parts.spent(found.usage),
    ]
    return " · ".join(filter(None, pieces))


def disagreements_dict(found: Disagreements) -> dict[str, Any]:
    """Disagreements → the object of ``disagree --json``."""
    return {
        "topic": found.topic or None,
        "pairs": [
            {
                "kind": pair.kind,
                "score": pair.score,
                "reason": pair.reason,
                "sides": [citation_dict(side) for side in pair.sides],
            }
            for pair in found.pairs
        ],
        "references": [reference_dict(each) for each in found.references],
        "papers": found.papers,
        "sentences": found.sentences,
        **effort(found),
        "seconds": round(found.seconds, 3),
    }


def _among(found: Disagreements) -> str:
    sentences = parts.count(found.sentences, "sentence")
    return f"among {sentences} of {parts.count(found.papers, 'paper')} that state something"


def _pair(n: int, pair: Disagreement, papers: dict[int, Paper], width: int, colour: bool) -> str:
    opening = f"{n}. {pair.kind}"
    lines = wrap(f"{opening} · {one_line(pair.reason)} · {pair.score:.2f}", width)
    lines[0] = paint_start(lines[0], opening, BOLD, colour)
    for side in pair.sides:
        lines += _side(side, papers[side.marker], width, colour)
    return "\n".join(lines)


def _side(side: Citation, paper: Paper, width: int, colour: bool) -> list[str]:
    marker, indent = f"   [{side.marker}]", " " * 8
    where = one_line(parts.place(side))
    who = " · ".join(filter(None, (one_line(paper.key), one_line(parts.title(paper)), where)))
    head = wrap(who, width, f"{marker} ".ljust(8))
    head[0] = paint_start(head[0], marker, MARKER, colour)
    return [head[0], *painted(head[1:], DIM, colour), *wrap(f"“{one_line(side.quote.text)}”", width, indent)]
