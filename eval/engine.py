"""Known text → a PDF that pdfLaTeX sets, in the classes that publishers give out; ACL's and NeurIPS's styles, which no
distribution of TeX has, are imitated.

Where the sentences run over a column's or page's end, the engine itself says: each tells where it begins and ends.
"""

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.text.sentences import sentence_spans
from eval.press import Known

_SECONDS = 120
_COMMON = r"""\usepackage[T1]{fontenc}\usepackage{graphicx}
\newwrite\places\immediate\openout\places=\jobname.places
\newcommand\place[1]{\pdfsavepos\write\places{#1 \thepage\space\the\pdflastypos}}
"""
_ARTICLE = (r"\documentclass[11pt,twocolumn,a4paper]{article}", r"\documentclass[10pt]{article}")
_CITED = r"""\begin{thebibliography}{9}
\bibitem{a} M. Pike and J. Roach. Fish of deep lakes. \emph{Journal of Lakes}, 3(2):14--29, 2017.
\bibitem{b} L. Tench. Counting what hides. In \emph{Proceedings of the Workshop on Reeds}, pages 1--9, 2019.
\end{thebibliography}"""


@dataclass(frozen=True)
class Class:
    """How a document of a class opens, and how it writes what a reader sees. ``opening``: LaTeX in which TITLE,
    ABSTRACT and AUTHORS, each as ``author`` says, stand for what they name."""

    name: str
    opening: str
    author: str
    between: str = "\n"
    heading: str = "{n} {title}"
    caption: str = "Figure {n}: {text}"
    capitals: bool = False


CLASSES = (
    Class("acmart", r"""\documentclass[sigconf]{acmart}
COMMON\setcopyright{acmlicensed}\copyrightyear{2024}\acmYear{2024}\acmConference[LAKES '24]{Lakes}{June 2024}{Oulu}
\begin{document}\title{TITLE}
AUTHORS
\begin{abstract}
ABSTRACT
\end{abstract}
\keywords{lakes, perch}
\maketitle""",
          r"\author{NAME}\affiliation{\institution{University of Oulu}\city{Oulu}\country{Finland}}"
          r"\email{a@oulu.fi}", capitals=True),
    Class("IEEEtran", r"""\documentclass[journal]{IEEEtran}
COMMON\begin{document}\title{TITLE}
\author{AUTHORS\thanks{The authors are with the University of Oulu, Finland (e-mail: a@oulu.fi).}}
\markboth{Journal of Lakes, Vol. 3, June 2024}{Winter: Lakes}
\maketitle\begin{abstract}ABSTRACT\end{abstract}
\begin{IEEEkeywords}lakes, perch\end{IEEEkeywords}""", "NAME", ", ", "{roman}. {title}", "Fig. {n}. {text}", True),
    Class("llncs", r"""\documentclass[runningheads]{llncs}\usepackage{lmodern}
COMMON\begin{document}\title{TITLE}\titlerunning{Lakes}\authorrunning{A. Winter et al.}
\author{AUTHORS}\institute{University of Oulu, Oulu, Finland\\\email{a@oulu.fi}}
\maketitle\begin{abstract}ABSTRACT\keywords{lakes \and perch}\end{abstract}""", r"NAME\inst{1}", r" \and ",
          caption="Fig. {n}. {text}"),
    Class("elsarticle", r"""\documentclass[final,5p,times,twocolumn]{elsarticle}
COMMON\journal{Journal of Lakes}\begin{document}\begin{frontmatter}\title{TITLE}
AUTHORS
\affiliation[a]{organization={University of Oulu},city={Oulu},country={Finland}}
\begin{abstract}ABSTRACT\end{abstract}\begin{keyword}lakes \sep perch\end{keyword}\end{frontmatter}""",
          r"\author[a]{NAME}", heading="{n}. {title}"),
    Class("ACL-like", _ARTICLE[0] + r"""
\usepackage{times}COMMON\usepackage[margin=2.5cm,columnsep=0.6cm]{geometry}\pagestyle{plain}
\usepackage[font=small]{caption}\begin{document}\twocolumn[\begin{center}{\Large\bfseries TITLE\par}\vspace{1em}
{\large AUTHORS}\\University of Oulu\\\texttt{a@oulu.fi}\vspace{2em}\end{center}]
\begin{center}\bfseries Abstract\end{center}\begin{quote}\small ABSTRACT\end{quote}""",
          r"\textbf{NAME}\textsuperscript{1}", r"\quad "),
    Class("NeurIPS-like", _ARTICLE[1] + r"""
\usepackage{times}COMMON\usepackage[textwidth=5.5in,textheight=9in]{geometry}\pagestyle{plain}
\setlength\parindent{0pt}\setlength\parskip{5.5pt}\begin{document}
\begin{center}\hrule height 4pt\vspace{.25in}{\LARGE\bfseries TITLE\par}\vspace{.25in}\hrule height 1pt\vspace{.2in}
AUTHORS\end{center}\vspace{.2in}
\begin{center}\large\bfseries Abstract\end{center}\begin{quote}ABSTRACT\end{quote}""",
          r"\begin{tabular}[t]{c}\textbf{NAME}\\University of Oulu\\\texttt{a@oulu.fi}\end{tabular}", r"\quad "),
)  # fmt: skip


def absent() -> str:
    """What of it is not there; empty if all is."""
    if not shutil.which("pdflatex"):
        return "pdflatex"
    named = [re.search(r"\{(\w+)\}", each.opening) for each in CLASSES]
    files = [f"{match[1]}.cls" for match in named if match]
    return ", ".join(
        file for file in files if subprocess.run(["kpsewhich", file], capture_output=True).returncode
    )


class Engine:
    """Sets one document in one class."""

    footnotes = True

    def __init__(self, kind: Class) -> None:
        self._kind = kind
        self._body: list[str] = []
        self._sentences: list[str] = []

    def front(self, known: Known, place: str) -> None:
        kind = self._kind
        authors = kind.between.join(kind.author.replace("NAME", _escaped(name)) for name in known.authors)
        named = {
            "COMMON": _COMMON,
            "TITLE": _escaped(known.title),
            "ABSTRACT": _escaped(known.abstract),
            "AUTHORS": authors,
        }
        self._body.append(re.sub("|".join(named), lambda match: named[match[0]], kind.opening))

    def heading(self, n: int, title: str, known: Known) -> None:
        shown = title.upper() if self._kind.capitals else title
        roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[n]
        known.headings.append(self._kind.heading.format(n=n + 1, roman=roman, title=shown))
        self._body.append(rf"\section{{{_escaped(title)}}}")

    def paragraph(self, text: str, known: Known) -> None:
        marked = []
        for start, end in sentence_spans(text):
            n = len(self._sentences)
            self._sentences.append(text[start:end])
            marked.append(rf"\place{{{n} a}}{_escaped(text[start:end].strip())}\place{{{n} b}}")
        self._body.append("\n" + " ".join(marked))

    def footnote(self, number: int, text: str) -> None:
        self._body[-1] += rf"\footnotetext[{number}]{{{text}}}"

    def caption(self, text: str, known: Known) -> None:
        opening, _, said = text.partition(": ")
        known.captions.append(self._kind.caption.format(n=opening.split()[1], text=said))
        self._body.append(
            rf"\begin{{figure}}[t]\centering\rule{{4cm}}{{2cm}}\caption{{{said}}}\end{{figure}}"
        )

    def saved(self, known: Known) -> bytes:
        text = "\n".join((*self._body, _CITED, r"\end{document}"))
        with TemporaryDirectory(prefix="assistant-") as folder:
            Path(folder, "a.tex").write_text(text, encoding="utf-8")
            for _ in range(2):
                command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "a.tex"]
                run = subprocess.run(command, cwd=folder, capture_output=True, timeout=_SECONDS)
                if run.returncode:
                    raise SystemExit(
                        f"pdflatex, {self._kind.name}: {run.stdout.decode('utf-8', 'replace')[-2000:]}"
                    )
            known.over.update(self._over(Path(folder, "a.places").read_text().splitlines()))
            return Path(folder, "a.pdf").read_bytes()

    def _over(self, places: Sequence[str]) -> set[str]:
        """The sentences that end on another page than they begin, or higher up."""
        found = {}
        for place in places:
            number, side, page, height = place.split()
            found[int(number), side] = page, int(height)
        return {text for n, text in enumerate(self._sentences) if _is_over(found[n, "a"], found[n, "b"])}


def _is_over(begun: tuple[str, int], ended: tuple[str, int]) -> bool:
    return begun[0] != ended[0] or ended[1] > begun[1] + 65536


def _escaped(text: str) -> str:
    marked = re.sub(r"([%&_$#{}])", r"\\\1", text.replace("\\", "\0"))
    marked = re.sub(r"[~^]", lambda match: rf"\char`\{match[0]}{{}}", marked)
    return marked.replace("\0", r"\textbackslash{}")
