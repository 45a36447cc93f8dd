r"""LaTeX sources → a paper: the main file with what it \input's; title, authors, abstract, sections, captions, tables,
formulas and footnotes each as what they are; without its reference list.

Not a TeX: it knows the marks that stand in papers and takes their words.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.errors import ReadError, UnknownKind
from assistant.read.authors import split_authors
from assistant.read.record import Block, Record, paper_of, year_in
from assistant.text.encoding import decode
from assistant.text.latex import prose
from assistant.text.latex_commands import CITE, NO_WORDS, OPTION, closed, closing, expanded, macros
from assistant.text.latex_files import LatexFiles
from assistant.text.marks import SOFT, text_of
from assistant.types import Paper, Warn

LARGEST = 5_000_000
_MAIN = re.compile(r"^[^%\n]*\\document(?:class|style)\b", re.MULTILINE)
_LISTED = re.compile(r"\\begin\{thebibliography\}.*?(?:\\end\{thebibliography\}|\Z)", re.DOTALL)
_ABSTRACT = re.compile(r"\\begin\{abstract\*?\}(.*?)\\end\{abstract\*?\}", re.DOTALL)
_SECTION = re.compile(r"\\(?:chapter|(?:sub){0,2}section|(?:sub)?paragraph)\*?" + OPTION + r"?\s*(?=\{)")
_CAPTION = re.compile(r"\\caption(?:of\{\w+\})?\*?" + OPTION + r"?\s*(?=\{)")
_FOOTNOTE = re.compile(r"\\(?:footnote|footnotetext|thanks)" + OPTION + r"?\s*(?=\{)")
_FRONT = re.compile(
    r"\\(?:title|author|date|affil\w*|address|email|institute|institution|keywords?|icml\w+|orcid\w*|pacs|thanks|\w+running)\*?"
    + OPTION
    + r"?\s*(?=\{)"
)
_FLOAT = re.compile(
    r"\\begin\{(?P<name>(?:figure|table|wrapfigure|wraptable|sidewaystable|algorithm|SCfigure)\*?)\}"
    r"(?P<body>.{0,50000}?)\\end\{(?P=name)\}",
    re.DOTALL,
)
_TABULAR = re.compile(
    r"\\begin\{(?P<name>(?:tabular[xy]?|longtable|tabu)\*?)\}(?P<body>.{0,50000}?)\\end\{(?P=name)\}",
    re.DOTALL,
)
_CELL = re.compile(
    r"\\begin\{tabular\}\[\w\]\{(?:[^{}]|\{[^{}]*\})*\}(?P<body>(?:(?!\\begin\{)[^&]){0,1000}?)\\end\{tabular\}"
)
"""A cell of several lines."""
_FORMULA = re.compile(
    r"\\begin\{(?P<name>(?:equation|align|alignat|flalign|gather|multline|eqnarray|displaymath|math)\*?)\}"
    r"(?P<body>.{0,5000}?)\\end\{(?P=name)\}|\\\[(?P<shown>(?:(?!\\\[).){0,5000}?)\\\]|\$\$(?P<dollars>.{0,5000}?)\$\$",
    re.DOTALL,
)
_DRAWN = re.compile(
    r"\\begin\{(?P<name>(?:tikzpicture|picture|algorithmic|forest|pgfpicture|comment)\*?)\}.*?\\end\{(?P=name)\}"
    r"|\\looseness\s*=\s*-?\d+",
    re.DOTALL,
)
_BREAK = re.compile(
    r"\\(?:(?:begin|end)\{[^{}]*\}" + OPTION + r"?|item\b" + OPTION + r"?|(?:par|maketitle|appendix)\b)"
)
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_REF = re.compile(r"\\(?P<named>(?:auto|[cC])?)ref\*?\s*\{(?P<label>[^{}]*)\}")
_NEWLINE = re.compile(r"\\\\(?:\[[^\[\]]*\])?|\\tabularnewline\b")
_RULE = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|addlinespace|endhead|endfoot|c(?:mid)?(?:line|rule)(?:\([^()]*\))?\{[^{}]*\})"
    r"(?:\[[^\[\]]*\])?|\\multirow\{[^{}]*\}(?:\[[^\[\]]*\])?\{[^{}]*\}|\\multicolumn\{[^{}]*\}\{[^{}]*\}"
)
_PLACE = re.compile("\0(\\d+)\0")
_BETWEEN_AUTHORS = re.compile(r"\\(?:and|And|AND|quad|qquad)\b|\\\\(?:\[[^\[\]]*\])?|\n\s*\n")
_NOT_IN_NAME = re.compile(
    r"\\(?:inst|affil\w*|email|textsuperscript|orcid\w*|href|url|texttt|IEEEauthor\w*A)\s*(?=\{)"
)
_NO_NAME = re.compile(
    r"[@\d]|\b(?:universit|institut|department|school|college|laborator|center|centre|inc\b|google|research)",
    re.IGNORECASE,
)


def is_main(text: str) -> bool:
    """Whether a LaTeX file is a document of its own."""
    return _MAIN.search(text) is not None


def parts_of(path: Path) -> list[Path]:
    """The files that a paper's main file takes in; none for any other file."""
    try:
        if not is_main(text_of(path)):
            return []
        pieces = LatexFiles(path).pieces()
    except (OSError, ReadError):
        return []
    return [file for file in dict.fromkeys(piece.file for piece in pieces) if file != path]


def read(data: bytes, file: str, warn: Warn) -> list[Paper]:
    """The one paper. Warns of each file that it names and that is not there. Raises UnknownKind for a file that is no
    document of its own."""
    text = decode(data)
    if not is_main(text):
        raise UnknownKind("a part of a LaTeX paper, without \\documentclass; its main file takes it in")
    files = LatexFiles(Path(file), newline=r"\\")
    pieces = files.pieces()
    for warning in files.warnings:
        warn(warning.removeprefix(f"{Path(file).parent}/"))
    preamble = "".join(piece.text for piece in pieces if piece.preamble)
    own = macros(preamble)
    whole = "".join(piece.text for piece in pieces if not piece.preamble)
    preamble, whole = (expanded(each.replace(SOFT, ""), own) for each in (preamble, whole))
    return [paper_of(_record(preamble, whole, len(text)), file)]


def _record(preamble: str, body: str, size: int) -> Record:
    body = closed(_LISTED.sub("", body))
    everything = f"{preamble}\n{body}"
    title = _argument(everything, "title")
    said = _ABSTRACT.search(everything)
    abstract = said[1] if said else _argument(everything, "abstract")
    body = _ABSTRACT.sub("\n\n", body)
    body = re.sub(r"\\abstract\s*(?=\{)", lambda _: "\\keywords", body)
    return Record(
        0,
        size,
        " ".join(_said(_cut(title, _FOOTNOTE, _nothing)).split()),
        tuple(_people(everything)),
        _said(_cut(_cut(abstract, _FOOTNOTE, _nothing), _FRONT, _nothing)),
        tuple(_blocks(body)),
        year=year_in(_argument(everything, "date")),
    )


def _argument(text: str, command: str) -> str:
    match = re.search(rf"\\{command}\*?" + OPTION + r"?\s*(?=\{)", text)
    return text[match.end() + 1 : closing(text, match.end()) - 1] if match else ""


def _people(text: str) -> Iterator[str]:
    r"""The names of \author, of which there may be several; what looks like an affiliation is none."""
    end = 0
    for match in re.finditer(r"\\(?:author|icmlauthor|name)\*?" + OPTION + r"?\s*(?=\{)", text):
        if match.start() < end:
            continue  # inside the last one
        end = closing(text, match.end())
        named = text[match.end() + 1 : end - 1]
        named = _cut(_cut(named, _FOOTNOTE, _nothing), _NOT_IN_NAME, _nothing)
        named = re.sub(r"\$[^$]*\$", "", named)
        for line in _BETWEEN_AUTHORS.split(named):
            for name in split_authors(" ".join(prose(line).split())):
                if 2 <= len(name.split()) <= 6 and not _NO_NAME.search(name):
                    yield name


def _blocks(body: str) -> Iterator[Block]:
    """Each paragraph, and behind it what interrupts it. While the text is stripped, what is set apart is kept aside,
    and a mark stands in its place."""
    aside: list[list[Block]] = []

    def kept(blocks: list[Block], alone: bool = False) -> str:
        aside.append(blocks)
        return f"\n\n\0{len(aside) - 1}\0\n\n" if alone else f"\0{len(aside) - 1}\0"

    text = _FLOAT.sub(lambda match: kept(list(_floating(match))), _with_numbers(_CELL.sub(_one_line, body)))
    text = _TABULAR.sub(lambda match: kept(list(_rows(match["body"]))), _DRAWN.sub("", text))
    text = _FORMULA.sub(lambda match: kept([Block(_formula(match), "formula")]) + _stop(match), text)
    text = _cut(text, _FRONT, lambda _: "\n\n")
    text = _cut(text, _SECTION, lambda argument: kept([Block(_said(argument), "heading")], alone=True))
    text = _cut(text, _FOOTNOTE, lambda argument: kept([Block(_said(argument), "footnote")]))
    text = _BREAK.sub("\n\n", text)
    for paragraph in re.split(r"\n[^\S\n]*\n", text):
        yield Block(" ".join(_said(_PLACE.sub("", paragraph)).split()))
        for place in _PLACE.findall(paragraph):
            yield from aside[int(place)]


def _with_numbers(body: str) -> str:
    """The text with its figures and tables counted: captions open with their numbers, which references say."""
    counts, numbers = Counter[str](), {}
    for match in _FLOAT.finditer(body):
        kind = _kind(match["name"])
        for place in _CAPTION.finditer(match["body"]):
            counts[kind] += 1
            behind = match["body"][place.start() :]
            if label := _LABEL.search(behind) or _LABEL.search(match["body"]):
                numbers[label[1]] = (kind, counts[kind])

    def number(match: re.Match[str]) -> str:
        kind, n = numbers.get(match["label"], ("", 0))
        return match[0] if not n else f"{kind} {n}" if match["named"] else str(n)

    counted: Counter[str] = Counter()

    def captioned(match: re.Match[str]) -> str:
        kind = _kind(match["name"])

        def opened(caption: re.Match[str]) -> str:
            counted[kind] += 1
            return f"{caption[0]}{{{kind} {counted[kind]}: }}"

        return _CAPTION.sub(opened, match[0])

    return _REF.sub(number, _FLOAT.sub(captioned, body))


def _one_line(cell: re.Match[str]) -> str:
    return _NEWLINE.sub(" ", cell["body"])


def _kind(environment: str) -> str:
    return "Table" if "table" in environment else "Algorithm" if "algorithm" in environment else "Figure"


def _floating(match: re.Match[str]) -> Iterator[Block]:
    """The captions of a figure or table, which ``_with_numbers`` has numbered, and the table's rows."""
    body = match["body"]
    for place in _CAPTION.finditer(body):
        number = closing(body, place.end())
        said = body[number + 1 : closing(body, number) - 1]
        yield Block(body[place.end() + 1 : number - 1] + _said(said), "caption")
    for table in _TABULAR.finditer(body):
        yield from _rows(table["body"])


def _rows(body: str) -> Iterator[Block]:
    """A row of the table each, its cells parted by bars; what says how the columns are set is no cell."""
    body = re.sub(r"^\s*(?:\[[^\[\]]*\])?(?:\s*\{(?:[^{}]|\{[^{}]*\})*\}){1,2}", "", body)
    for row in _NEWLINE.split(_RULE.sub("", body)):
        cells = [" ".join(_said(cell).split()) for cell in re.split(r"(?<!\\)&", row)]
        if any(cells):
            yield Block(" | ".join(cells), "row")


def _formula(match: re.Match[str]) -> str:
    body = match["body"] or match["shown"] or match["dollars"] or ""
    body = re.sub(r"\\label\{[^{}]*\}|\\(?:nonumber|notag)\b|(?<!\\)&", "", body).replace("\\\\", " ")
    return " ".join(prose(f"${' '.join(body.split())}$").replace("$", "").split())


def _stop(match: re.Match[str]) -> str:
    """The full stop of a sentence that a formula ends."""
    body = match["body"] or match["shown"] or match["dollars"] or ""
    return "." if body.rstrip().endswith(".") else " "


def _said(marked: str) -> str:
    """Prose as a reader sees it, a citation as its keys."""
    text = CITE.sub(_cited, _NEWLINE.sub(" ", marked))
    return prose(_cut(text, NO_WORDS, _nothing)).strip()


def _cited(match: re.Match[str]) -> str:
    listed = re.findall(r"\{([^{}]*)\}", match["work"] or match["works"])
    keys = [key for keys in listed for key in "".join(keys.split()).split(",") if key]
    return f"[{'; '.join(keys)}]" if keys else ""


def _nothing(argument: str) -> str:
    return ""


def _cut(text: str, pattern: re.Pattern[str], instead: Callable[[str], str]) -> str:
    """The text with each command that ends where ``pattern`` does, and its argument, replaced by what ``instead``
    makes of the argument."""
    kept: list[str] = []
    position = 0
    for match in pattern.finditer(text):
        if match.start() < position:
            continue  # inside the last one
        end = closing(text, match.end())
        kept += (text[position : match.start()], instead(text[match.end() + 1 : end].removesuffix("}")))
        position = end
    return "".join([*kept, text[position:]])
