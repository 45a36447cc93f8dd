"""LaTeX remnants become what they print; everything else stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.latex import resolve_latex


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        (r"$\textbf{D}$ialogue $\textbf{E}$lement $\textbf{MO}$deling", "Dialogue Element MOdeling"),
        (r"\textbf{u}ncertainty ($\mathbb{USCD}$)", "uncertainty (USCD)"),
        (r"an average \textit{pass@$1$} of 16.59\%", "an average pass@1 of 16.59%"),
        (r"at \url{https://example.org/a_b}.", "at https://example.org/a_b."),
        (r"\href{https://example.org}{here}", "here"),
        (r"\emph{\textbf{both}} {\bf bold} {\it slanted}", "both bold slanted"),
        (r"such as ``best for all''", "such as “best for all”"),
        (r"such as ``best for all``", "such as “best for all”"),
        (r"DC$^2$ and LLMEval$^{2}$", "DC² and LLMEval²"),
        (r"$10^{-3}$, $10^6$, CO$_2$, $x_{i}$, $4^{th}$", "10⁻³, 10⁶, CO₂, x_i, 4^th"),
        (r"$x^{}$ and $y_{}$ are", "x and y are"),
        (r"$O(n\log n)$ and $\mathcal{O}(n \log n)$", "O(n log n) and O(n log n)"),
        (r"$\alpha$-divergence, $10\times$, $\sim$ 5, $90^\circ$", "α-divergence, 10×, ~ 5, 90°"),
        (r"$\frac{1}{2}$ and $$y = x^2$$", "1/2 and y = x²"),
        (r"$\frac{a+b}{c}$, $e^{x+1}$ and $\sqrt{x+1}$", "(a+b)/c, e^(x+1) and √(x+1)"),
        (r"$\frac{(a+b)}{c-1}$, $\frac{(a)+(b)}{2}$", "(a+b)/(c-1), ((a)+(b))/2"),
        (r"$\frac{\frac{a}{b}}{x^{2}}$, $\frac12$, $\sqrt2$, $\sqrt[3]{x}$", "(a/b)/x², 1/2, √2, ³√x"),
        (r"$x_{i,j}^2$, $W_{out}$, $x^{-1}$, $e^{-t}$, $-\frac{1}{2}$", "x_(i,j)², W_out, x⁻¹, e^-t, -1/2"),
        (r"$x^{}$, $_{}$, $^{}$, $\frac{}{}$, $\sqrt{}$, $\frac$, $x^$, $}{$", "x, , , /, √, \\frac, x^, "),
        (r"\textbf{a {b} \textit{c}} and \textbf{open \emph{shut}", "a {b} c and \\textbf{open shut"),
        (r"$k$-means with $n=5$, $p<0.05$.", "k-means with n=5, p<0.05."),
        (r"M\"uller, Erd\H{o}s, caf\'e, na\"{\i}ve, Fran\c{c}ois", "Müller, Erdős, café, naïve, François"),
        (r"S\o ren and {\L}ukasz", "Søren and Łukasz"),
        (r"R\&D, a\_b, \$5 and \{x\}", "R&D, a_b, $5 and {x}"),
        (r"a claim\footnote{with a note}", "a claim (with a note)"),
    ],
)
def test_resolved(source: str, printed: str) -> None:
    assert resolve_latex(source) == printed


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $6",
        "from $5 to $10, or US$3",
        "It costs $5.\n\nIt costs x$.",
        "$HOME/bin:$PATH",
        "50% of ~ 5 {x} a_b x^2",
        r"\cite{berg} and \ref{tides}",
        r"don\'t",
        r"\S+ and \d+",
        '```python\nx = "a"\n```',
        "C:\\new\\data",
        "",
    ],
)
def test_left_alone(text: str) -> None:
    assert resolve_latex(text) == text


@given(st.text(alphabet=st.characters(exclude_characters="\\$`"), max_size=60))
def test_text_without_marks_comes_back(text: str) -> None:
    assert resolve_latex(text) == text


@given(st.text(alphabet="\\${}`^_ ab1'\"tfx", max_size=40))
def test_any_marks_are_survived(text: str) -> None:
    assert isinstance(resolve_latex(text), str)


def test_long_rows_of_marks_take_no_longer_than_they_should() -> None:
    for mark in ("$", "{", "\\", "`", "\\textbf{", "$x", "^{", "``a ", "$a "):
        resolve_latex(mark * 20_000)
    for text in (
        "\\textbf{" * 30_000 + "x" + "}" * 30_000,
        "{\\bf" + " " * 200_000 + "x",
        "$" + "{" * 200 + "$",
    ):
        resolve_latex(text)
