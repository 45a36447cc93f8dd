"""Comparison → a LaTeX table (booktabs) that cites by key, and the bibliography of just these papers.

The two parts are one text: save what stands before ``% bibliography`` as .tex, and the entries behind it as .bib.
"""

import re
from collections.abc import Sequence

from assistant.show import bibtex
from assistant.show.table import rows_of, title
from assistant.types import Comparison

_WIDTH = 0.9
"""Of the line, which the columns share; the rest is the space between them."""
_LEAST = 16
"""Characters that a column is taken to hold at least, so that its head fits."""
_LONG = re.compile(r"[^\s\\{}]{18,}")
_BREAKS = re.compile(r"(?<=[/.:?=&@-])(?=\w)")
"""Where a long word, mostly an address, may be broken."""


def latex(found: Comparison) -> str:
    head = " & ".join(map(bibtex.latex, ("paper", *found.aspects)))
    body = [
        " & ".join(
            [
                f"\\cite{{{bibtex.key(row.key)}}}",
                *(_broken(bibtex.latex(cell.value or "")) for cell in row.cells),
            ]
        )
        + r" \\"
        for _, row in rows_of(found)
    ]
    lines = [
        "% needs: \\usepackage{array,booktabs}; for letters beyond Latin ones LuaLaTeX or XeLaTeX",
        "\\begin{table*}",
        "  \\footnotesize",
        "  \\setlength{\\tabcolsep}{3pt}",
        "  \\begin{tabular}{@{}",
        *(f"    >{{\\raggedright\\arraybackslash}}p{{{share:.3f}\\linewidth}}" for share in _shares(found)),
        "  @{}}",
        "    \\toprule",
        f"    {head} \\\\",
        "    \\midrule",
        *(f"    {line}" for line in body),
        "    \\bottomrule",
        "  \\end{tabular}",
        f"  \\caption{{{bibtex.latex(title(found))}}}",
        "\\end{table*}",
    ]
    entries = bibtex.entries([reference.paper for reference in found.references])
    return "\n".join(lines) + "\n\n% bibliography\n" + entries


def _shares(found: Comparison) -> list[float]:
    """How much of the line each column gets: by the root of what its fullest cell holds, as a cell grows both ways."""
    columns: list[Sequence[int]] = [[0]]
    columns += [[len(row.cells[n].value or "") for row in found.rows] for n in range(len(found.aspects))]
    needs = [max(_LEAST, *lengths, 0) ** 0.5 for lengths in columns]
    return [_WIDTH * need / sum(needs) for need in needs]


def _broken(text: str) -> str:
    return _LONG.sub(lambda word: _BREAKS.sub(r"\\hspace{0pt}", word[0]), text)
