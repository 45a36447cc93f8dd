"""Comparison → one HTML document that needs nothing else: the table, and under each value its quote."""

from assistant.show import parts
from assistant.show.html import page, paper_block, safe
from assistant.show.table import EMPTY, NONE, footer, rows_of, title
from assistant.types import Cell, Comparison

_STYLE = """<style>
body { max-width: 100rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.4; }
th, td { padding: .6rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
td { min-width: 9rem; }
thead th { white-space: nowrap; border-bottom: 2px solid var(--line); }
tbody th { font-weight: 600; min-width: 8rem; }
.value { display: block; font-weight: 600; margin-bottom: .35rem; }
td blockquote { margin: 0; font-size: .85rem; color: var(--soft); }
td.none { color: var(--soft); min-width: 0; }
@page { size: landscape; }
@media print { .scroll { overflow: visible; } tr { break-inside: avoid; } td, tbody th { min-width: 6rem; } }
</style>"""


def html(found: Comparison) -> str:
    if not found.rows or found.is_empty:
        return page(title(found), [f"<p>{safe(EMPTY if found.rows else NONE)}</p>"], footer(found))
    head = "".join(f'<th scope="col">{safe(name)}</th>' for name in ("paper", *found.aspects))
    body = [
        f'<tr><th scope="row"><a href="#source-{reference.marker}">[{reference.marker}] {safe(row.key)}</a></th>'
        + "".join(map(_cell, row.cells))
        + "</tr>"
        for reference, row in rows_of(found)
    ]
    sources = [
        f'<li id="source-{reference.marker}"><span class="marker">[{reference.marker}]</span>'
        f"{paper_block(reference.paper)}</li>"
        for reference in found.references
    ]
    table = [
        _STYLE,
        '<div class="scroll" tabindex="0" role="region" aria-label="comparison">',
        "<table>",
        f"<thead><tr>{head}</tr></thead>",
        "<tbody>",
        *body,
        "</tbody>",
        "</table>",
        "</div>",
        "<h2>Sources</h2>",
        '<ol class="sources">',
        *sources,
        "</ol>",
    ]
    return page(title(found), table, footer(found))


def _cell(cell: Cell) -> str:
    if cell.value is None:
        return '<td class="none"><span aria-label="the paper does not say">–</span></td>'
    said = [f'<span class="value" dir="auto">{safe(cell.value)}</span>']
    for each in cell.citations:
        where = parts.place(each)
        place = f' <span class="soft">({safe(where)})</span>' if where else ""
        said.append(f'<blockquote dir="auto">{safe(each.quote.text)}{place}</blockquote>')
    return f"<td>{''.join(said)}</td>"
