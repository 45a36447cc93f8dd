r"""LaTeX drafts: \cite and its family, what stands apart, what is left out, and what is broken."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.draft import Manuscript, read
from assistant.draft.claims import claims

DRAFT = r"""\documentclass{article}
\newcommand{\ours}{\textsc{PebbleNet}\xspace}
\title{A {nested} title \cite{title}}
\begin{document}
\maketitle
\begin{abstract}
We study otters. % a comment \cite{comment}
Earlier work~\citep[see][p.~3]{brook,rill} found 22.5\% more
dives.\footnote{The score is 22.3\% higher \cite{foot}. No more is known.}
% a whole line
It goes on here.
\end{abstract}
\section{Intro \cite{section}}\label{sec:a}
\ours takes $k=64$ pebbles from \emph{many} beaches \cite{brook}, as shown by
\[ x = y. \]
\citet{tanaka} count dives in rounds. Done.\cite{after} Then \textcite*[12]{b} dive.
\begin{figure}[t]\includegraphics[width=\textwidth]{x.png}
\caption[short]{Otters \textbf{dive} \cite{caption}.}\label{f}
\end{figure}
\begin{itemize}
\item One thing \parencites[1]{p}[2]{q}
\item Another.
\end{itemize}
\begin{verbatim}
\cite{verbatim} % no
\end{verbatim}
\verb|\cite{z}| and 5\% of it \nocite{*}. Shi et al.~\cite{shi} show {unbalanced \textbf{things.
\begin{table}\begin{tabular}{ll} a & b \cite{table} \\ \end{tabular}\end{table}

It excited{} us\footcite{zz}.
\bibliographystyle{plain}
\bibliography{refs,more}
\begin{thebibliography}{9}
\bibitem[Shi(2025)]{shi} W. Shi. \emph{On otters}. 2025.
\end{thebibliography}
\end{document}
Behind it \cite{behind}.
"""


def draft(folder: Path, text: str, **others: str) -> Manuscript:
    for name, content in {"draft": text, **others}.items():
        (folder / f"{name}.tex").write_text(content, encoding="utf-8")
    return read(folder / "draft.tex")


def cited(manuscript: Manuscript) -> list[tuple[int, str]]:
    return [(sentence.line, sentence.text) for sentence in manuscript.sentences if sentence.cites]


def test_what_cites_stands_at_its_line(tmp_path: Path) -> None:
    assert cited(draft(tmp_path, DRAFT)) == [
        (8, "Earlier work [brook; rill] found 22.5% more dives."),
        (9, "The score is 22.3% higher [foot]."),
        (14, "PebbleNet takes k=64 pebbles from many beaches [brook], as shown by ."),
        (16, "[tanaka] count dives in rounds."),
        (16, "Done [after]."),
        (16, "Then [b] dive."),
        (18, "Otters dive [caption]."),
        (21, "One thing [p; q]"),
        (27, "Shi et al. [shi] show unbalanced things."),
        (30, "It excited us [zz]."),
    ]


def test_the_other_sentences_are_there(tmp_path: Path) -> None:
    others = [(s.line, s.text) for s in draft(tmp_path, DRAFT).sentences if not s.cites]
    assert (7, "We study otters.") in others
    assert (11, "It goes on here.") in others
    assert (9, "No more is known.") in others
    assert not any("verbatim" in text or "tabular" in text for _, text in others)


def test_its_bibliography_and_its_own_list(tmp_path: Path) -> None:
    found = draft(tmp_path, DRAFT)
    assert found.bibliographies == (tmp_path / "refs.bib", tmp_path / "more.bib")
    assert found.entries["shi"].text == "W. Shi. On otters. 2025."


def test_an_included_file_has_its_own_lines(tmp_path: Path) -> None:
    body = "First \\cite{a}.\n\\input{part}\n\n\\include{part.tex}\nLast \\cite{c}.\n"
    found = draft(tmp_path, body, part="\n\nInside \\cite{b}.\n\\input{draft}\n\\input{part}\n")
    assert [(Path(s.file).name, s.line, s.cites[0].keys) for s in found.sentences] == [
        ("draft.tex", 1, ("a",)),
        ("part.tex", 3, ("b",)),
        ("draft.tex", 5, ("c",)),
    ]
    assert found.warnings == ()


def test_what_is_missing_or_outside_is_warned_of_with_its_line(tmp_path: Path) -> None:
    inside = tmp_path / "paper"
    inside.mkdir()
    (tmp_path / "outside.tex").write_text("Secret \\cite{x}.", encoding="utf-8")
    (inside / "link.tex").symlink_to(tmp_path / "outside.tex")
    found = draft(inside, "One.\n\\input{gone}\n\n\\input{../outside}\n\\input{link}\n% \\input{never}\n")
    assert [s.text for s in found.sentences] == ["One."]
    where = inside / "draft.tex"
    assert found.warnings == (
        f"{where}:2: gone was not read (there is no such file)",
        f"{where}:4: ../outside is outside the draft's folder, and was not read",
        f"{where}:5: link is outside the draft's folder, and was not read",
    )


def test_an_included_preamble_gives_its_names_and_no_sentences(tmp_path: Path) -> None:
    text = "\\input{setup}\n\\begin{document}\n\\input{one}\n\\end{document}\n\\input{one}\n"
    found = draft(tmp_path, text, setup="\\def\\x{Otter}\nNo sentence.\n", one="\\x{} dives \\cite{a}.\n")
    assert [(s.text, s.line) for s in found.sentences] == [("Otter dives [a].", 1)]


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        (r"\cite{a}", "a"),
        (r"\cite{ a , b }", "a b"),
        (r"\Citet*[see][]{a}", "a"),
        (r"\autocite[1]{a}\footcite{b}", "a b"),
        (r"\autocites(see)(also)[1]{a}[2][3]{b}", "a b"),
        (r"\citeauthor{a} (\citeyear{a})", "a a"),
        (r"\citealp{a}\citeyearpar{b}", "a b"),
        (r"\nocite{a}\citestyle{b}\setcitestyle{c}\excited{d}\cite", ""),
        (r"\\cite{a}", ""),
        ("\\cite{a,%\n  b}", "a b"),
    ],
)
def test_the_family_of_cite(tmp_path: Path, source: str, keys: str) -> None:
    found = draft(tmp_path, f"Otters dive {source} here.")
    assert [key for s in found.sentences for cite in s.cites for key in cite.keys] == keys.split()


def test_marks_inside_a_sentence_read_as_they_print(tmp_path: Path) -> None:
    source = (
        r"At 5\,\% and ``more''---\(x^2\) of \href{http://a.example}{Otter} M\"uller's Fig.~\ref{f} \cite{a}."
    )
    (sentence,) = draft(tmp_path, source).sentences
    assert sentence.text == "At 5 % and “more”—x² of Otter Müller's Fig. [a]."


def test_a_comment_ends_no_paragraph_and_hides_none(tmp_path: Path) -> None:
    found = draft(
        tmp_path, "Otters % one\n% two\n  dive.% three\n\nThey rest % four\n\n\nat night.\n"
    ).sentences
    assert [(s.line, s.text) for s in found] == [(1, "Otters dive."), (5, "They rest"), (8, "at night.")]


def test_an_address_holds_no_comment(tmp_path: Path) -> None:
    found = draft(
        tmp_path,
        "Seen.\\footnote{At \\url{https://a.example/x%20y}.} And \\textcolor{red}{more}.\\footnotemark{} End.",
    )
    assert [s.text for s in found.sentences] == ["Seen.", "And more.", "End.", "At https://a.example/x%20y."]


def test_a_footnote_that_is_never_closed_ends_with_its_paragraph(tmp_path: Path) -> None:
    found = draft(tmp_path, "Seen.\\footnote{Below it.\n\nThe next \\cite{a}.")
    assert [(s.line, s.text) for s in found.sentences] == [
        (1, "Seen."),
        (1, "Below it."),
        (3, "The next [a]."),
    ]


PIECES = st.sampled_from(["\n", "\n\n", " "]) | st.sampled_from(
    r"\cite{a} \cite{ \citep[ {  } $ \[ \] \begin{figure} \end{figure} \begin{verbatim} \footnote{ \caption{ % \\ \% "
    r"\input{x} \input{ \verb| \section{ \bibitem{a} \begin{thebibliography} \begin{document} \end{document} .".split()
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_source_is_too_broken(tmp_path_factory: pytest.TempPathFactory, source: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    found = draft(folder, source)
    for sentence in found.sentences:
        assert 1 <= sentence.line <= source.count("\n") + 1
        assert all(sentence.text[c.start : c.end] == f"[{'; '.join(c.keys)}]" for c in sentence.cites)


def test_a_subfile_is_a_document_of_its_own(tmp_path: Path) -> None:
    part = "\\documentclass[draft]{subfiles}\nNo sentence.\n\\begin{document}\nInside \\cite{b}.\n\\end{document}\nX."
    text = "\\begin{document}\nFirst \\cite{a}.\n\\subfile{part}\nLast \\cite{c}.\n\\end{document}\nBehind.\n"
    found = draft(tmp_path, text, part=part)
    assert [(Path(s.file).name, s.line, s.text) for s in found.sentences] == [
        ("draft.tex", 2, "First [a]."),
        ("part.tex", 4, "Inside [b]."),
        ("draft.tex", 4, "Last [c]."),
    ]


@pytest.mark.parametrize("command", ["import", "subimport", "import*", "inputfrom", "includefrom"])
def test_what_is_imported_is_read_from_its_folder(tmp_path: Path, command: str) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "one.tex").write_text("One \\cite{a}. \\input{two}", encoding="utf-8")
    (tmp_path / "parts" / "two.tex").write_text("Two \\cite{b}.", encoding="utf-8")
    for folder in ("parts/", "parts"):
        found = draft(tmp_path, f"\\{command}{{{folder}}}{{one}}")
        assert [s.text for s in found.sentences] == ["One [a].", "Two [b]."] and found.warnings == ()


@pytest.mark.parametrize(
    ("definition", "use", "shown"),
    [
        (r"\newcommand{\seen}[1]{(see \cite{#1})}", r"It holds \seen{a}.", "It holds [a]."),
        (r"\newcommand{\seen}[2][]{\citep[#1]{#2}}", r"It holds \seen[p.~2]{a,b}.", "It holds [a; b]."),
        (r"\def\by#1{\citet{#1}}", r"Then \by{a} dive.", "Then [a] dive."),
        (r"\NewDocumentCommand{\seen}{m}{\parencite{#1}}", r"It holds \seen {a}.", "It holds [a]."),
        ("", r"Then \citeti{a} dive.", "Then [a] dive."),
        ("", r"It holds \citepos{a} and \myCite{b}.", "It holds [a] and [b]."),
    ],
)
def test_commands_of_a_drafts_own(tmp_path: Path, definition: str, use: str, shown: str) -> None:
    found = draft(tmp_path, f"{definition}\n\\begin{{document}}\n{use}\n\\end{{document}}\n")
    assert [s.text for s in found.sentences] == [shown]
    assert all(s.cites for s in found.sentences)


def test_what_describes_a_figure_is_told_from_prose(tmp_path: Path) -> None:
    text = "They dive.\\footnote{They rest \\cite{a}.}\n"
    text += "\\begin{figure}\\caption{Dives a day \\cite{b}.}\\end{figure}\n"
    found = {s.text: s.is_caption for s in draft(tmp_path, text).sentences}
    assert found == {"They dive.": False, "They rest [a].": False, "Dives a day [b].": True}
    assert [claims(s) for s in draft(tmp_path, text).sentences if s.is_caption] == [()]


TABLE = r"""Before it.
\begin{tabular}{l|cc}
\toprule
Model & Score & Size \\ \midrule
OtterNet~\cite{a} & 84.3 & 12\% \\
HeronNet \citep{b} & & 7 \\[2pt]
\cmidrule{1-2}
Ours & 90.1 & 3 \\ \bottomrule
\end{tabular}
Behind it \cite{c}.
"""


def test_the_rows_of_a_table_are_sentences_on_request(tmp_path: Path) -> None:
    draft(tmp_path, TABLE)
    found = read(tmp_path / "draft.tex", tables=True)
    assert [(s.line, s.text) for s in found.sentences] == [
        (1, "Before it."),
        (5, "OtterNet [a]: Score 84.3; Size 12%."),
        (6, "HeronNet [b]: Size 7."),
        (8, "Ours: Score 90.1; Size 3."),
        (10, "Behind it [c]."),
    ]
    assert [s.text for s in read(tmp_path / "draft.tex").sentences] == ["Before it.", "Behind it [c]."]
