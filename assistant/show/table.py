"""Comparison → text for a window, Markdown, CSV, or the object of ``compare --json``."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.show import parts
from assistant.show.as_json import citation_dict, reference_dict
from assistant.show.markdown import escape
from assistant.show.plain import one_line
from assistant.show.window import BOLD, DIM, MARKER, block, pad, paint, paint_start, painted, wrap
from assistant.types import Cell, Citation, Comparison, Reference, Row

_GAP = 2
_LEAST = 14
"""Cells of the window that a column needs; with less room each paper is a block of its own."""
EMPTY = "The papers say nothing in these aspects."
NONE = "No paper is on this topic."


def title(found: Comparison) -> str:
    return (
        f"Comparison: {found.title}"
        if found.title
        else f"Comparison of {parts.count(len(found.rows), 'paper')}"
    )


def footer(found: Comparison) -> str:
    """One line: how many cells have a value, which papers were left out, and how long it took."""
    cells = [cell for row in found.rows for cell in row.cells]
    filled = sum(cell.value is not None for cell in cells)
    pieces = [
        parts.count(len(found.rows), "paper"),
        f"{filled} of {parts.count(len(cells), 'cell')} filled",
        f"{parts.count(found.left_out, 'farther paper')} left out" if found.left_out else "",
        f"{found.seconds:.2f} s",
    ]
    return " · ".join(filter(None, pieces))


def text(found: Comparison, width: int, colour: bool) -> str:
    """A table whose cells wrap, or, in a narrow window, a block a paper; then the sources with their quotes."""
    if not found.rows or found.is_empty:
        return block(EMPTY if found.rows else NONE, width)
    room = width // (len(found.aspects) + 1) - _GAP
    table = _columns(found, room, colour) if room >= _LEAST else _blocks(found, width, colour)
    sources = [
        _source(reference, row, width, colour)
        for reference, row in zip(found.references, found.rows, strict=True)
    ]
    return "\n\n".join([table, paint("Sources", BOLD, colour), *sources])


def _columns(found: Comparison, room: int, colour: bool) -> str:
    gap = " " * _GAP
    lines = [gap.join(paint(pad(name, room), BOLD, colour) for name in ("paper", *found.aspects)).rstrip()]
    for reference, row in zip(found.references, found.rows, strict=True):
        head = f"[{reference.marker}] {one_line(row.key)}"
        columns = [
            wrap(each, room)
            for each in (_broken(head, room), *(_broken(_value(cell), room) for cell in row.cells))
        ]
        for n in range(max(map(len, columns))):
            line = gap.join(pad(column[n] if n < len(column) else "", room) for column in columns)
            lines.append(paint_start(line.rstrip(), f"[{reference.marker}]", MARKER, colour))
        lines.append("")
    return "\n".join(lines[:-1])


def _broken(text: str, room: int) -> str:
    """The text with words that are wider than a column, such as addresses, cut to it."""
    return " ".join(word[i : i + room] for word in text.split(" ") for i in range(0, max(1, len(word)), room))


def _blocks(found: Comparison, width: int, colour: bool) -> str:
    names = max(map(len, found.aspects)) + _GAP
    blocks = []
    for reference, row in zip(found.references, found.rows, strict=True):
        head = f"[{reference.marker}] {one_line(row.key)}"
        lines = [paint(head, BOLD, colour)]
        for cell in row.cells:
            if cell.value is not None:
                rows = wrap(_value(cell), width, f"  {pad(cell.aspect, names)}")
                lines += [paint_start(rows[0], f"  {cell.aspect}", DIM, colour), *rows[1:]]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _source(reference: Reference, row: Row, width: int, colour: bool) -> str:
    paper, marker = reference.paper, f"[{reference.marker}]"
    lines = wrap(f"{one_line(paper.key)} · {one_line(parts.title(paper))}", width, f"{marker} ", " " * 4)
    lines[0] = paint_start(lines[0], marker, MARKER, colour)
    byline = " · ".join(filter(None, (parts.authors(paper.authors), parts.imprint(paper))))
    for fact in filter(None, (byline, paper.source.file)):
        lines += painted(wrap(one_line(fact), width, " " * 4), DIM, colour)
    for aspects, citation in quotes(row):
        where = one_line(parts.place(citation))
        said = f"{', '.join(aspects)}: “{one_line(citation.quote.text)}”" + (f" ({where})" if where else "")
        lines += wrap(said, width, " " * 6)
    return "\n".join(lines)


def quotes(row: Row) -> Iterator[tuple[list[str], Citation]]:
    """Each quote of a row once, in the paper's order, with the aspects that it is for."""
    by: dict[tuple[int, int], tuple[list[str], Citation]] = {}
    for cell in row.cells:
        for each in cell.citations:
            by.setdefault((each.quote.start, each.quote.end), ([], each))[0].append(one_line(cell.aspect))
    yield from (by[span] for span in sorted(by))


def markdown(found: Comparison) -> str:
    """A table with [1] markers, then each paper with its quotes."""
    rows = [("paper", *found.aspects), ("---",) * (len(found.aspects) + 1)]
    head = ["| " + " | ".join(map(_bar, row)) + " |" for row in rows]
    body = [
        "| "
        + " | ".join(
            [f"[{reference.marker}] {_bar(escape(row.key))}", *map(_bar, map(escape, map(_value, row.cells)))]
        )
        + " |"
        for reference, row in zip(found.references, found.rows, strict=True)
    ]
    blocks = [f"# {escape(title(found))}", "\n".join([*head, *body]), "## Sources"]
    for reference, row in zip(found.references, found.rows, strict=True):
        paper = reference.paper
        facts = filter(
            None, (parts.title(paper), parts.authors(paper.authors), parts.imprint(paper), paper.source.file)
        )
        blocks.append(f"**[{reference.marker}] {escape(paper.key)}** · {' · '.join(map(escape, facts))}")
        for aspects, citation in quotes(row):
            where = parts.place(citation)
            blocks.append(
                f"> {escape(', '.join(aspects))}: {escape(citation.quote.text)}"
                + (f" ({escape(where)})" if where else "")
            )
    return "\n\n".join([*blocks, "---", escape(footer(found))])


def _bar(text: str) -> str:
    return text.replace("|", r"\|")


def as_csv(found: Comparison) -> str:
    """A line a paper: key, title, and for each aspect its value and its quote."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["paper", "title", *(each for name in found.aspects for each in (name, f"{name} quote"))])
    for reference, row in zip(found.references, found.rows, strict=True):
        cells = [each for cell in row.cells for each in (_value(cell), _quoted(cell))]
        writer.writerow([_no_formula(each) for each in (row.key, reference.paper.title or "", *cells)])
    return out.getvalue().rstrip("\n")


def _no_formula(text: str) -> str:
    """As a spreadsheet shows it, which would run what opens with one of these signs."""
    plain = one_line(text)
    return f"'{plain}" if plain[:1] in ("=", "+", "-", "@") else plain


def comparison_dict(found: Comparison) -> dict[str, Any]:
    """Comparison → the object of ``compare --json``."""
    return {
        "topic": found.title or None,
        "aspects": list(found.aspects),
        "rows": [
            {
                "paper": row.key,
                "cells": [
                    {
                        "aspect": cell.aspect,
                        "value": cell.value,
                        "citations": [citation_dict(c) for c in cell.citations],
                    }
                    for cell in row.cells
                ],
            }
            for row in found.rows
        ],
        "references": [reference_dict(each) for each in found.references],
        "left_out": found.left_out,
        "seconds": round(found.seconds, 3),
    }


def _value(cell: Cell) -> str:
    return one_line(cell.value or "")


def _quoted(cell: Cell) -> str:
    return " ".join(one_line(each.quote.text) for each in cell.citations)


def rows_of(found: Comparison) -> Sequence[tuple[Reference, Row]]:
    """Each row with its paper."""
    return list(zip(found.references, found.rows, strict=True))
