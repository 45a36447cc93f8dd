r"""A LaTeX draft → its cited sentences: \cite and its family; footnotes and captions apart, maths as it prints.

Not a TeX: it knows the marks that stand in prose and takes their words. Tables, listings, displayed formulas,
headings and what is unknown to it are left out or shown bare; unbalanced braces end with their paragraph.
"""

import re
from dataclasses import replace
from pathlib import Path

from assistant.draft import bbl
from assistant.draft.manuscript import Citations, DraftSentence, Entry, Manuscript, sentences
from assistant.text.latex import prose
from assistant.text.latex_commands import CITE, NO_WORDS, OPTION, closed, closing, expanded, macros
from assistant.text.latex_files import ROW, LatexFiles, Piece
from assistant.text.marks import BREAK, blank, line_ends

_TEXTUAL = re.compile(r"[Cc]ite(?:t|alt|author)\w{0,3}$|[Tt]extcites?$|newcite$|shortcite$|onlinecite$")
_OWN_CITE = re.compile(
    r"\\(?:(?:re)?newcommand\*?|providecommand\*?|NewDocumentCommand|def)\s*\{?\\([A-Za-z]+)\}?[^{}\n]{0,99}"
    rf"(?:\{{[^{{}}\n]{{0,99}}\}}\s*)?\{{[^\n]{{0,300}}?(\\[A-Za-z]{{0,30}}[Cc]ite[A-Za-z]{{0,30}})\*?{OPTION}*\{{\s*#\d"
)
"""A command that a draft defines to cite by, and the one that it is made of."""
_CALLED = re.compile(r"\\([A-Za-z]+)(?=\s*[\[{])")
_NAMED = re.compile(r"\\(?:bibliography|addbibresource)" + OPTION + r"?\s*\{([^{}]*)\}")
_LISTED = re.compile(r"\\begin\{thebibliography\}(.*?)(?:\\end\{thebibliography\}|\Z)", re.DOTALL)
_DROPPED = re.compile(
    r"\\begin\{(?P<formula>(?:equation|align|alignat|flalign|gather|multline|eqnarray|displaymath|math)\*?)\}"
    r"(?P<body>.{0,5000}?)\\end\{(?P=formula)\}"
    r"|\\\[(?P<shown>(?:(?!\\\[).){0,5000}?)\\\]|\$\$(?P<dollars>.{0,5000}?)\$\$"
    r"|\\footnotemark(?:\[\d+\])?(?:\{\})?"
    r"|\\begin\{(?P<box>(?:tabular[xy]?|longtable|array|tikzpicture|algorithm|algorithmic|picture)\*?)\}"
    r".{0,20000}?\\end\{(?P=box)\}",
    re.DOTALL,
)
_TABULAR = re.compile(
    r"\\begin\{(?P<box>(?:tabular[xy]?|longtable)\*?)\}(?:\[[^\]]*\])?(?:\{(?:[^{}]|\{[^{}]*\})*\}){1,2}"
    r"(?P<body>.{0,20000}?)\\end\{(?P=box)\}",
    re.DOTALL,
)
_RULE = re.compile(r"\\(?:(?:top|mid|bottom)rule|hline|c(?:mid)?(?:rule|line)(?:\([lr]+\))?\s*\{[^{}]*\})")
_FOOTNOTE = re.compile(r"\\(?:footnote|footnotetext)\*?" + OPTION + r"?\s*(?=\{)")
_CAPTION = re.compile(r"\\(?:caption|captionof\{\w+\})\*?" + OPTION + r"?\s*(?=\{)")
_HEADING = re.compile(
    r"\\(?:title|author|date|affil\w*|address|email|institute|keywords?|(?:sub)*section|chapter|part"
    r"|(?:sub)?paragraph)\*?" + OPTION + r"?\s*(?=\{)"
)
_BLOCK = re.compile(
    r"\\(?:(?:begin|end)\{[^{}]*\}|item\b|par\b|maketitle\b|tableofcontents\b|appendix\b)" + OPTION + "?"
)


def read(path: Path, tables: bool = False) -> Manuscript:
    """``tables``: whether each row of a table is a sentence, its cells behind the heads of their columns. Raises
    ReadError."""
    files = LatexFiles(path, newline=ROW)
    pieces = files.pieces()
    names = {name: text for piece in pieces for name, text in macros(piece.text).items()}
    citing = dict(each for piece in pieces for each in _OWN_CITE.findall(piece.text))
    entries: dict[str, Entry] = {}
    found: list[DraftSentence] = []
    bibs: list[Path] = []
    for piece in pieces:
        for listed in _NAMED.findall(piece.text):
            bibs += (path.parent / _with_suffix(name.strip()) for name in listed.split(",") if name.strip())
        if not piece.preamble:
            text = closed(_LISTED.sub(lambda match: _list_read(match[1], entries), piece.text))
            text = _TABULAR.sub(_rows, text) if tables else text
            found += _sentences(Piece(piece.file, piece.line, _by_its_own(expanded(text, names), citing)))
    listed = path.with_suffix(".bbl")
    if listed.is_file():
        bibs.insert(0, listed)
    return Manuscript(path, tuple(found), entries, tuple(dict.fromkeys(bibs)), tuple(files.warnings))


def _sentences(piece: Piece) -> list[DraftSentence]:
    citations = Citations()
    text = CITE.sub(lambda match: _cited(match, citations), _DROPPED.sub(_dropped, piece.text))
    text, _ = _taken(NO_WORDS, text, "")
    text, _ = _taken(_HEADING, text, BREAK)
    text, captions = _taken(_CAPTION, text, "")
    text, footnotes = _taken(_FOOTNOTE, text, "")
    found = []
    stretches = [
        (0, text, False),
        *((*each, False) for each in footnotes),
        *((*each, True) for each in captions),
    ]
    for line, stretch, is_caption in stretches:
        parted = _BLOCK.sub(lambda match: BREAK + blank(match[0]) + BREAK, stretch)
        read = sentences(parted, citations, str(piece.file), piece.line + line, prose)
        found += [replace(each, is_caption=is_caption) for each in read]
    return sorted(found, key=lambda sentence: sentence.line)


def _cited(match: re.Match[str], citations: Citations) -> str:
    listed = re.findall(r"\{([^{}]*)\}", match["work"] or match["works"])
    keys = [key for keys in listed for key in "".join(keys.split()).split(",") if key]
    name = match["name"] or match["names"]
    return citations.mark(keys, _TEXTUAL.search(name) is not None) + blank(match[0])


def _dropped(match: re.Match[str]) -> str:
    """Of a displayed formula the full stop that ends its sentence; a table or an algorithm parts paragraphs."""
    if match["box"]:
        return BREAK + blank(match[0]) + BREAK
    body = match["body"] or match["shown"] or match["dollars"]
    if not body:
        return blank(match[0])
    return blank(match[0]) + ("." if body.rstrip().endswith(".") else " ")


def _rows(match: re.Match[str]) -> str:
    """A table's rows as sentences: "BERT [a]: size 110M; score 84.3." Line ends stay where they are."""
    rows = _RULE.sub("", match["body"]).split(ROW)
    heads = [head.strip() for head in re.split(r"(?<!\\)&", rows[0])]
    told = [blank(match[0][: match.start("body") - match.start()]), blank(rows[0])]
    for row in rows[1:]:
        name, *cells = (cell.strip() for cell in re.split(r"(?<!\\)&", row))
        values = [f"{head} {cell}" for head, cell in zip(heads[1:], cells, strict=False) if cell]
        lead = blank(row[: len(row) - len(row.lstrip())])
        said = f"{name}: {'; '.join(values)}." if name and values else ""
        told.append(f"{lead}{BREAK}{' '.join(said.split())}{BREAK}{blank(row.strip())}")
    return "".join(told) + BREAK


def _taken(pattern: re.Pattern[str], text: str, instead: str) -> tuple[str, list[tuple[int, str]]]:
    """The text without the commands that end where ``pattern`` does and their argument in braces; and these
    arguments, each with how many lines below the first it stands."""
    kept: list[str] = []
    taken: list[tuple[int, str]] = []
    position = 0
    lines, counted = 0, 0
    for match in pattern.finditer(text):
        if match.start() < position:
            continue  # inside the last one
        end = closing(text, match.end())
        inside = text[match.end() + 1 : end].removesuffix("}")
        lines, counted = lines + line_ends(text, counted, match.end()), match.end()
        taken.append((lines, inside))
        kept += (text[position : match.start()], instead, blank(text[match.start() : end]), instead)
        position = end
    return "".join([*kept, text[position:]]), taken


def _with_suffix(name: str) -> str:
    return name if name.endswith(".bib") else f"{name}.bib"


def _list_read(listed: str, entries: dict[str, Entry]) -> str:
    """Takes the items of the draft's own reference list into ``entries``; leaves nothing of it in the text."""
    entries |= bbl.items(listed)
    return blank(listed)


def _by_its_own(text: str, citing: dict[str, str]) -> str:
    """The commands that the draft itself has for citing, as those that they are made of."""
    own = {name: made_of for name, made_of in citing.items() if not CITE.match(rf"\{name}{{x}}")}
    return _CALLED.sub(lambda match: own.get(match[1], match[0]), text) if own else text
