"""Comparison → Markdown, CSV, or the object of ``compare --json``; and what each of its forms shows."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.show import parts
from assistant.show.as_json import citation_dict, effort, reference_dict
from assistant.show.markdown import escape
from assistant.show.plain import one_line
from assistant.types import Cell, Citation, Comparison, Reference, Row

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
        parts.dropped(found.dropped, "cell") if found.dropped.reasons else "",
        f"{found.seconds:.2f} s",
        parts.spent(found.usage),
    ]
    return " · ".join(filter(None, pieces))


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
            [f"[{reference.marker}] {_bar(escape(row.key))}", *map(_bar, map(escape, map(value, row.cells)))]
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
        cells = [each for cell in row.cells for each in (value(cell), _quoted(cell))]
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
        **effort(found),
        "seconds": round(found.seconds, 3),
    }


def value(cell: Cell) -> str:
    """What the cell says, in one line; "" if nothing."""
    return one_line(cell.value or "")


def _quoted(cell: Cell) -> str:
    return " ".join(one_line(each.quote.text) for each in cell.citations)


def rows_of(found: Comparison) -> Sequence[tuple[Reference, Row]]:
    """Each row with its paper."""
    return list(zip(found.references, found.rows, strict=True))
