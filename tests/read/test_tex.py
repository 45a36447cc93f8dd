r"""LaTeX sources: the main file, with what it \input's."""

from pathlib import Path

import pytest

from assistant.errors import UnknownKind
from assistant.read import parts_of, read
from assistant.split import sentences
from assistant.types import Paper

DATA = Path(__file__).parents[3] / "shared" / "data" / "drafts"

MAIN = r"""\documentclass[twocolumn]{article} % the class
\newcommand{\ours}{OtterNet\xspace}
\title{Otters at \emph{Rest}\thanks{Funded by the river.}}
\author{Anna Brook$^{1}$\thanks{anna@example.org} \and Li Wei\\ University of Otters \\ \texttt{li@example.org}}
\date{May 2019}
\begin{document}
\maketitle
\begin{abstract}
We count otters.  % not this
They number $10^3$.\footnote{Not here.}
\end{abstract}
\section{Methods}\label{sec:m}
\looseness=-1 We walked~\cite{holm,lind} with \ours for days, as Figure~\ref{fig:bay} shows, %
 and \autoref{tab:days} says.\footnote{By boat.} The count is
\begin{equation} n = 3 \label{eq:n} \end{equation}
in all.

\input{sections/days}
\begin{figure}[t] \includegraphics{bay} \caption{The \textbf{bay}.} \label{fig:bay} \end{figure}
\begin{itemize} \item Monday was wet. \item[b] Tuesday was dry. \end{itemize}
\begin{verbatim} Not this one. \end{verbatim}
\bibliographystyle{plain}\bibliography{refs}
\begin{thebibliography}{9} \bibitem{holm} Holm. Tides. \end{thebibliography}
\end{document}
Never this.
"""
DAYS = r"""\subsection*{Days}
\begin{table} \caption{Counts.}\label{tab:days}
\begin{tabular}{l|@{}r@{}} \toprule
Day & \multicolumn{1}{c}{Otters \& more} \\ \midrule
Monday & \begin{tabular}[c]{@{}c@{}}12\\ wet\end{tabular} \\[2pt] \bottomrule
\end{tabular}\end{table}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sections").mkdir()
    (tmp_path / "main.tex").write_text(MAIN)
    (tmp_path / "sections" / "days.tex").write_text(DAYS)
    return tmp_path


def paper(path: Path, warnings: list[str] | None = None) -> Paper:
    (only,) = read(path.read_bytes(), path, [].append if warnings is None else warnings.append)
    return only


def test_a_paper(folder: Path) -> None:
    found = paper(folder / "main.tex")
    assert (found.title, found.authors, found.year) == ("Otters at Rest", ("Anna Brook", "Li Wei"), 2019)
    assert found.abstract == "We count otters. They number 10³."
    assert found.text[found.abstract_end :] == (
        "\n\nMethods\n\nWe walked [holm; lind] with OtterNet for days, as Figure 1 shows, and Table 1 says."
        " The count is in all.\n\nBy boat.\n\nn = 3\n\nDays\n\nTable 1: Counts.\n\nDay | Otters & more\nMonday | 12 wet"
        "\n\nFigure 1: The bay.\n\nMonday was wet.\n\nTuesday was dry."
    )
    assert [part.kind for part in found.parts] == [
        "heading", "footnote", "formula", "heading", "caption", "row", "row", "caption",
    ]  # fmt: skip
    sections = {each.text: each.section for each in sentences(found)}
    assert sections["Monday was wet."] == "Days" and sections["We count otters."] == "Abstract"


def test_its_parts_are_no_papers_of_their_own(folder: Path) -> None:
    days = folder / "sections" / "days.tex"
    assert parts_of(folder / "main.tex") == [days]
    assert parts_of(days) == parts_of(folder / "absent.tex") == parts_of(folder / "a.txt") == []
    with pytest.raises(UnknownKind, match=r"without \\documentclass"):
        paper(days)


def test_what_is_missing_or_elsewhere_is_warned_of(tmp_path: Path) -> None:
    (tmp_path / "paper").mkdir()
    (tmp_path / "secret.tex").write_text("Secret.")
    main = tmp_path / "paper" / "main.tex"
    main.write_text(
        "\\documentclass{a}\\begin{document}\nOne.\n\\input{gone}\\input{../secret}\n\\end{document}"
    )
    warnings: list[str] = []
    assert paper(main, warnings).text == "One."
    assert [warning.split(" ")[1:3] for warning in warnings] == [["gone", "was"], ["../secret", "is"]]
    assert warnings[0].startswith("main.tex:3: ")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\abstract{Short.} Body.", "Short.\n\nBody."),
        (r"\paragraph{Aim} We aim. $$x = 1.$$ Then.", "Aim\n\nWe aim. . Then.\n\nx = 1."),
        (r"{\'A}rpad {\ss} \& 5\% --- ``so''", "Árpad ß & 5% — “so”"),
        (r"See \ref{nothing} and \unknown{words}.", "See and words."),
        (r"Left {open, and \textbf{closed}.", "Left open, and closed."),
    ],
)
def test_marks(tmp_path: Path, source: str, text: str) -> None:
    main = tmp_path / "a.tex"
    main.write_text(f"\\documentclass{{a}}\\begin{{document}}{source}\\end{{document}}")
    assert paper(main).text == text


@pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is not here (data beside the checkout)")
def test_manuscripts_in_real_use() -> None:
    for path in DATA.glob("*/main.tex"):
        found = paper(path)
        assert found.title and len(found.authors) >= 5 and len(found.abstract or "") > 500
        assert not set("\\{}") & set(found.text) and len(found.text) > 15_000
        assert {part.kind for part in found.parts} >= {"heading", "caption", "row"}


def test_algorithms_are_counted_apart_and_a_label_may_stand_before_its_caption(tmp_path: Path) -> None:
    main = tmp_path / "a.tex"
    main.write_text(
        "\\documentclass{a}\\begin{document}As \\ref{x} and \\cref{y} say.\n\n"
        "\\begin{algorithm}\\caption{Steps.}\\label{y}\\end{algorithm}"
        "\\begin{table*}\\label{x}\\caption{One.}\\end{table*}\\begin{table}\\caption{Two.}\\label{z}\\end{table}\\end{document}"
    )
    assert (
        paper(main).text
        == "As 1 and Algorithm 1 say.\n\nAlgorithm 1: Steps.\n\nTable 1: One.\n\nTable 2: Two."
    )


def test_names_of_authors(tmp_path: Path) -> None:
    main = tmp_path / "a.tex"
    main.write_text(
        "\\documentclass{a}\\author[1]{Eva Holm}\\author{Max de la Lind \\affil{Bay} and Li Wei\\textsuperscript{2},"
        " Bo Berg\\\\Department of Otters\\\\bay@example.org}\\begin{document}One.\\end{document}"
    )
    assert paper(main).authors == ("Eva Holm", "Max de la Lind", "Li Wei", "Bo Berg")
