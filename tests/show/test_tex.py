"""A real TeX sets what is printed for it; skipped where none is installed (Debian's texlive-latex-recommended)."""

import shutil
import subprocess
from pathlib import Path

import pytest

from assistant.show.table_latex import latex
from tests.show.test_table import TABLE

DOCUMENT = r"""\documentclass[twocolumn]{article}
\usepackage[T1]{fontenc}
\usepackage{array,booktabs}
\begin{document}
\input{table}
\bibliographystyle{plain}
\bibliography{refs}
\end{document}
"""


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs pdflatex")
def test_a_table_and_its_bibliography_are_set(tmp_path: Path) -> None:
    table, entries = latex(TABLE).split("% bibliography\n")
    for name, text in (("table.tex", table), ("refs.bib", entries), ("doc.tex", DOCUMENT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for command in ("pdflatex", "bibtex", "pdflatex", "pdflatex"):
        options = ["-interaction=nonstopmode", "-halt-on-error"] if command == "pdflatex" else []
        done = subprocess.run([command, *options, "doc"], cwd=tmp_path, capture_output=True, timeout=120)
        assert done.returncode == 0, done.stdout.decode("utf-8", "replace")
    log = (tmp_path / "doc.log").read_text(encoding="utf-8", errors="replace")
    assert "undefined" not in log and "Overfull" not in log and (tmp_path / "doc.pdf").exists()
