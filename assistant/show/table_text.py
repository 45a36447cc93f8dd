"""Comparison → text for a window: a table whose cells wrap, or blocks where it is narrow, and the sources."""

from collections.abc import Sequence

from rich.cells import cell_len

from assistant.show import parts
from assistant.show.plain import one_line
from assistant.show.table import EMPTY, NONE, quotes, rows_of, value
from assistant.show.window import BOLD, DIM, MARKER, block, pad, paint, paint_start, painted, wrap
from assistant.types import Comparison, Reference, Row

_GAP = 2
_LEAST = 14
"""Cells of the window that a column gets which needs more; with less room each paper is a block of its own."""


def text(found: Comparison, width: int, colour: bool) -> str:
    """A table whose cells wrap, or, in a narrow window, a block a paper; then the sources with their quotes."""
    if not found.rows or found.is_empty:
        return block(EMPTY if found.rows else NONE, width)
    rooms = _rooms(_cells(found), width)
    table = _columns(found, rooms, colour) if min(rooms) > 0 else _blocks(found, width, colour)
    sources = [
        _source(reference, row, width, colour)
        for reference, row in zip(found.references, found.rows, strict=True)
    ]
    return "\n\n".join([table, paint("Sources", BOLD, colour), *sources])


def _cells(found: Comparison) -> list[tuple[str, ...]]:
    """The texts of the table's cells, line by line, those of its head first."""
    rows = [
        (f"[{reference.marker}] {one_line(row.key)}", *map(value, row.cells))
        for reference, row in rows_of(found)
    ]
    return [("paper", *found.aspects), *rows]


def _rooms(lines: Sequence[Sequence[str]], width: int) -> list[int]:
    """How wide each column is: what it needs, as far as the others leave it; zeros where one would get too little."""
    needs = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    left, rooms = width - _GAP * (len(needs) - 1), dict.fromkeys(range(len(needs)), 0)
    for done, n in enumerate(sorted(rooms, key=needs.__getitem__)):
        rooms[n] = min(needs[n], left // (len(needs) - done))
        left -= rooms[n]
    fits = all(rooms[n] >= min(need, _LEAST) for n, need in enumerate(needs))
    return list(rooms.values()) if fits else [0] * len(needs)


def _columns(found: Comparison, rooms: Sequence[int], colour: bool) -> str:
    head, *rows = _cells(found)
    gap = " " * _GAP
    lines = [
        gap.join(
            paint(pad(name, room), BOLD, colour) for name, room in zip(head, rooms, strict=True)
        ).rstrip()
    ]
    for reference, row in zip(found.references, rows, strict=True):
        columns = [wrap(_broken(text, room), room) for text, room in zip(row, rooms, strict=True)]
        for n in range(max(map(len, columns))):
            parts_of = [column[n] if n < len(column) else "" for column in columns]
            line = gap.join(pad(text, room) for text, room in zip(parts_of, rooms, strict=True))
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
                rows = wrap(value(cell), width, f"  {pad(cell.aspect, names)}")
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
