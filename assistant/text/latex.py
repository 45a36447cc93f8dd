"""LaTeX remnants → the characters they stand for.

Abstract pages carry scraps of LaTeX (``$\\textbf{D}$ialogue``, ``16.59\\%``), not documents, so a full
parser does harm here: to it a plain ``%`` opens a comment and ``~`` is a space. What is not known stays as
it is.
"""

import re
import unicodedata

from assistant.text.latex_maths import SUBSCRIPTS, SUPERSCRIPTS, printed

_SYMBOLS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω", "times": "×", "cdot": "·", "pm": "±", "sim": "~", "approx": "≈", "leq": "≤", "le": "≤",
    "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "ll": "≪", "gg": "≫", "infty": "∞", "in": "∈",
    "rightarrow": "→", "to": "→", "leftarrow": "←", "uparrow": "↑", "downarrow": "↓", "ldots": "...",
    "dots": "...", "cdots": "...", "ell": "ℓ", "partial": "∂", "nabla": "∇", "sum": "∑", "prod": "∏",
    "sqrt": "√", "circ": "°", "degree": "°", "textasciitilde": "~", "textbackslash": "\\", "left": "",
    "right": "", "quad": " ", "qquad": " ",
}  # fmt: skip
_OPERATORS = frozenset("log exp min max sin cos tan lim sup inf arg argmin argmax det dim ker Pr".split())
_LETTERS = {
    "ss": "ß", "ae": "æ", "oe": "œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "ı",
}  # fmt: skip
_LETTER = re.compile(
    r"\{\\(ss|ae|oe|aa|AA|[oOlLi])\}|\\(ss|ae|oe|aa|AA|[oOlLi])(?:\{\}|\s+(?=[a-z])|(?![A-Za-z]))"
)
_WRAPPERS = (
    "textbf|textit|texttt|textsc|textsf|textrm|textup|textnormal|text|emph|underline|mathbb|mathbf|mathcal|"
    "mathrm|mathit|mathsf|mathtt|mathfrak|operatorname|boldsymbol|bm|mbox|url|path"
)
_GROUP = re.compile(
    rf"(?P<drop>\\(?:{_WRAPPERS})\s*+\{{|\\href\s*+\{{[^{{}}]*\}}\s*+\{{|\{{\\(?:bf|it|em|tt|sc|rm|sf)\s++)"
    r"|(?P<note>\\footnote\s*+\{)|(?P<escaped>\\[{}])|(?P<open>\{)|\}"
)
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "r": "\u030a", "k": "\u0328", "d": "\u0323",
}  # fmt: skip
# A letter may already have an accent: {\~{\^e}}. A mark that is a letter itself needs braces, or a space in a word:
# \v{c}, Dvo\v rak, {\c s}.
_ACCENT = re.compile(
    r"""\\(?:([`'^~"=.])\s*(?:\{\s*\\?([^\W\d_])\s*\}|\\([ij])(?![A-Za-z])|([^\W\d_]))"""
    r"""|([cvuHrkd])\s*\{\s*\\?([^\W\d_])\s*\}|(?<=[\w{]\\)([cvuHrkd])\s+\\?([^\W\d_]))"""
)
_SYMBOL = re.compile(r"\\([A-Za-z]+)(?:\{\})?")
_SPACE = re.compile(
    r"(?<!\\)~|\\[,;:! /]|\\(?:newline|linebreak|xspace|protect|noindent|centering|newblock)\b"
)
_LITERAL = re.compile(
    r"\\text(backslash|braceleft|braceright|asciicircum|asciitilde)(?:\{\}|(?![A-Za-z])\s*)"
)
_KEPT = {
    name: chr(0xE000 + n)
    for n, name in enumerate("backslash braceleft braceright asciicircum asciitilde".split())
}
"""Characters that would be taken for marks again → what stands for them meanwhile, of the private use area."""
_LITERALS = str.maketrans(dict(zip(_KEPT.values(), "\\{}^~", strict=True)))
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s*")
_NESTED = 3
"""Accents on one letter, and maths within words within maths: nobody writes more."""
# Pandoc's rule, which leaves "$5 and $6" alone: no space inside the dollars, no digit after them.
_MATHS = re.compile(
    r"(?<![\\$])(\${1,2})(?=[^\s$])((?:[^$\\\n]|\\.|\n(?![^\S\n]*+\n)){1,300}?)(?<=\S)\1(?![\d$])"
)
_QUOTED = re.compile(r"(?<!`)``(?!`)((?:[^`\n]|\n(?![^\S\n]*+\n)){1,300}?)(?:''|``|\")(?!`)")


def resolve_latex(text: str) -> str:
    """``text`` with LaTeX marks replaced by what they print; text without any comes back unchanged."""
    if not any(mark in text for mark in ("\\", "$", "``")):
        return text
    for _ in range(_NESTED):  # maths may stand inside a wrapper, \textit{pass@$1$}, or around one
        text = _unwrap(_MATHS.sub(_maths, text))
    for _ in range(_NESTED):
        text = _ACCENT.sub(_accent, text)
    text = _LETTER.sub(lambda m: _LETTERS[m[1] or m[2]], text)
    text = _SYMBOL.sub(_symbol, text)
    text = re.sub(r"\\([%&_#${}])", r"\1", text)
    text = re.sub(r"\\[,;:! ]", " ", text)
    return _QUOTED.sub(r"“\1”", text)


def _unwrap(text: str) -> str:
    """Without the commands that only say how their argument is set, however deep they are nested; a footnote in
    brackets. What is not closed stays as it is."""
    kept: list[str] = []
    opened: list[tuple[int, str, str]] = []
    position = 0
    for match in _GROUP.finditer(text):
        kept.append(text[position : match.start()])
        position = match.end()
        if match["drop"]:
            opened.append((len(kept), "", ""))
        elif match["note"]:
            opened.append((len(kept), " (", ")"))
        elif match["open"]:
            opened.append((len(kept), "{", "}"))
        elif not match["escaped"] and opened:
            place, before, behind = opened.pop()
            kept[place] = before
            kept.append(behind)
            continue
        kept.append(match[0])
    return "".join([*kept, text[position:]])


def prose(marked: str) -> str:
    """LaTeX prose as a reader sees it; of commands that are unknown here the arguments."""
    text = re.sub(r"\\\((.{0,600}?)\\\)", r"$\1$", _SPACE.sub(" ", marked))
    text = _LITERAL.sub(lambda match: _KEPT[match[1]], text)
    text = resolve_latex(re.sub(r"(?<!-)--(?!-)", "–", text.replace("---", "—")))
    return re.sub(r"[{}]", "", _COMMAND.sub("", text)).translate(_LITERALS)


def raised(text: str) -> str:
    """What stands above the line, within it: 10⁻³, Ca²⁺, "shown¹,²", 1st, e^(-λt)."""
    body = text.strip().replace("−", "-").replace("–", "-")
    if all(ord(c) in SUPERSCRIPTS or c == "," for c in body):
        return body.translate(SUPERSCRIPTS)
    return body if body.isalpha() or len(body) == 1 else f"^({body})"


def lowered(text: str) -> str:
    """What stands below the line, within it: CO₂, x_i, x_(i+1)."""
    body = text.strip().replace("−", "-").replace("–", "-")
    if all(ord(c) in SUBSCRIPTS for c in body):
        return body.translate(SUBSCRIPTS)
    return f"_{body}" if body.isalnum() else f"_({body})"


def _maths(match: re.Match[str]) -> str:
    """What stands between dollars, as it prints. Glued to a word, dollars without a mark of maths between
    them are dollars: ``$HOME/bin:$PATH``."""
    body = match[2]
    if match.string[match.end() : match.end() + 1].isalpha() and not re.search(r"[\\^_{}]", body):
        return match[0]
    return printed(_unwrap(body), _in_maths)


def _in_maths(command: str, before: str) -> str:
    name = command[1:]
    if name in _OPERATORS:
        return (" " if before.isalnum() else "") + name
    return _SYMBOLS.get(name, command)


def _symbol(match: re.Match[str]) -> str:
    if match[1] in _OPERATORS:
        return (" " if match.string[match.start() - 1 : match.start()].isalnum() else "") + match[1]
    return _SYMBOLS.get(match[1], match[0])


def _accent(match: re.Match[str]) -> str:
    """The letter with its accent, if there is such a letter: ``don\\'t`` has none."""
    mark, letter = (part for part in match.groups() if part)
    accented = unicodedata.normalize("NFC", letter + _ACCENTS[mark])
    return accented if len(accented) == 1 else match[0]
