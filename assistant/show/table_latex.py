"""Comparison → a LaTeX table (booktabs) that cites by key, and the bibliography of just these papers.

The two parts are one text: save what stands before ``% bibliography`` as .tex, and the entries behind it as .bib.
"""

from assistant.show import bibtex
from assistant.show.table import rows_of, title
from assistant.types import Comparison

_WIDTH = 0.92
"""Of the line, which the columns share; the rest is the space between them."""


def latex(found: Comparison) -> str:
    share = _WIDTH / (len(found.aspects) + 1)
    column = f"p{{{share:.3f}\\linewidth}}"
    head = " & ".join(map(bibtex.latex, ("paper", *found.aspects)))
    body = [
        " & ".join(
            [f"\\cite{{{bibtex.key(row.key)}}}", *(bibtex.latex(cell.value or "") for cell in row.cells)]
        )
        + r" \\"
        for _, row in rows_of(found)
    ]
    lines = [
        "% needs: \\usepackage{booktabs}; for letters beyond Latin ones LuaLaTeX or XeLaTeX",
        "\\begin{table*}",
        "  \\footnotesize",
        "  \\setlength{\\tabcolsep}{2pt}",
        f"  \\begin{{tabular}}{{@{{}}{column * (len(found.aspects) + 1)}@{{}}}}",
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
