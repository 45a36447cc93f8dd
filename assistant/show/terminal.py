"""Answer → text for a window of a given width: the answer, then the sources with their quotes."""

from collections.abc import Mapping, Sequence
from typing import TextIO

from assistant.show import parts
from assistant.show.collection import papers_table
from assistant.show.parts import footer as footer
from assistant.show.plain import one_line
from assistant.show.window import (
    BOLD,
    DIM,
    MARKER,
    WARNING,
    block,
    glue,
    paint,
    paint_start,
    painted,
    wrap,
)
from assistant.types import Answer, Claim, Reference


def wants_colour(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether a stream gets colour: only a terminal does, unless NO_COLOR is set."""
    return stream.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"


def answer(answer: Answer, width: int, colour: bool) -> str:
    """Answer → one paragraph a claim, what was not found, then the sources with their quotes."""
    if not answer.claims:
        return _abstention(answer, width, colour)
    blocks = []
    for part, claims in parts.grouped(answer):
        blocks += ["\n".join(painted(wrap(one_line(part), width), BOLD, colour))] if part else []
        blocks += [
            _point(each, width, colour) if answer.is_list else claim(each, width, colour) for each in claims
        ]
    blocks += [block(note, width) for note in parts.notes(answer)]
    return "\n\n".join([*blocks, sources(answer, width, colour)])


def claim(claim: Claim, width: int, colour: bool) -> str:
    """Claim → a paragraph that ends in its [1] markers; one that is not supported says so, and why."""
    words, numbers, stop = parts.sentence(claim)
    markers = "".join(f"[{number}]" for number in numbers)
    body, _, last = one_line(words).rpartition(" ")
    warning = parts.warning(claim)
    opening = (f"[{warning}] " if warning else "") + (f"[{one_line(claim.about)}] " if claim.about else "")
    lines = wrap(opening + " ".join(filter(None, (body, glue(last, markers)))) + stop, width)
    if markers:
        before, found, after = lines[-1].rpartition(markers)
        lines[-1] = before + paint(found, MARKER, colour) + after
    lines[0] = paint_start(lines[0], opening.rstrip(), WARNING if warning else DIM, colour)
    if warning and claim.reason:
        lines += painted(wrap(one_line(claim.reason), width, "    "), DIM, colour)
    return "\n".join(lines)


def _point(point: Claim, width: int, colour: bool) -> str:
    """Claim → a point of a list, on lines set in behind its dash."""
    return "- " + claim(point, max(width - 2, 1), colour).replace("\n", "\n  ")


def sources(answer: Answer, width: int, colour: bool) -> str:
    """The references of an answer: who wrote what, in which file, and the words that are cited."""
    blocks = [_source(each, answer, width, colour) for each in answer.references]
    return "\n\n".join([paint("Sources", BOLD, colour), *blocks])


def references(references: Sequence[Reference], width: int, colour: bool) -> str:
    """References → each paper under its number, without quotes."""
    return "\n\n".join(_source(each, None, width, colour) for each in references)


def _abstention(answer: Answer, width: int, colour: bool) -> str:
    if answer.asks:
        return block(answer.asks, width)
    head = painted(wrap("The papers do not say.", width), BOLD, colour)
    blocks = ["\n".join(head), block(f"Looked for: {parts.looked_for(answer)}", width)]
    blocks += [block(note, width) for note in answer.notes]
    if answer.nearest:
        blocks += [paint("Nearest papers", BOLD, colour) + "\n" + papers_table(answer.nearest, width, colour)]
    return "\n\n".join(blocks)


def _source(reference: Reference, answer: Answer | None, width: int, colour: bool) -> str:
    """What the reference is, and what of it the answer cites."""
    paper, marker, indent = reference.paper, f"[{reference.marker}]", " " * 4
    key = one_line(paper.key)
    lines = wrap(f"{key} · {one_line(parts.title(paper))}", width, f"{marker} ", indent)
    lines[0] = paint_start(lines[0], marker, MARKER, colour)
    byline = " · ".join(filter(None, (parts.authors(paper.authors), parts.imprint(paper))))
    file = f"{paper.source.file} (file is missing)" if reference.is_missing else paper.source.file
    for fact in filter(None, (byline, file)):
        lines += painted(wrap(one_line(fact), width, indent), DIM, colour)
    for citation in parts.quotes(answer, reference.marker) if answer else ():
        place = one_line(parts.place(citation))
        words = f"“{one_line(citation.quote.text)}”" + (f" ({place})" if place else "")
        if citation.before:
            lines += painted(wrap(f"({one_line(citation.before.text)})", width, indent + "  "), DIM, colour)
        lines += wrap(words, width, indent + "  ")
    for fact in parts.recorded(answer, reference.marker) if answer else ():
        lines += wrap(one_line(fact), width, indent + "  ")
    return "\n".join(lines)
