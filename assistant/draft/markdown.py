"""A Markdown draft → its cited sentences: [@key], [@a; @b, p. 3], @key, [-@key], as Pandoc and Quarto read them;
and what plain text knows. Code, tables, headings, comments and front matter are left out."""

import re
from pathlib import Path

from assistant.draft.manuscript import Citations, Manuscript, sentences
from assistant.draft.mentions import numbered
from assistant.draft.plain import mentioned
from assistant.text.headings import is_reference_heading
from assistant.text.latex import resolve_latex
from assistant.text.marks import BREAK, blank, text_of

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_BIBLIOGRAPHY = re.compile(r"^bibliography:(.*(?:\n[ \t]*-.*)*)", re.MULTILINE)
_BIB_FILE = re.compile(r"""(?<![^\s\[\],"'])[^\s\[\],"']+\.bib(?:tex)?\b""")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_INDENTED = re.compile(r"^(?: {4}|\t)")
_ITEM = re.compile(r"^\s*(?:[-*+]|\(?\d{1,3}[.)]|\[\^[^\]]+\]:)\s+")
_LEFT_OUT = re.compile(r"^\s*(?:\||:::|\[[^\]@^]+\]:\s+\S|(?:[-=*_]\s*){3,}$)")
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_KEY = r"(?<![\w@\\])-?@(?:\{([^{}\s]+)\}|(\w(?:[\w:.#$%&+?<>~/-]*\w)?))"
_INLINE = re.compile(
    r"(?<!`)(?P<ticks>`++)(?P<code>(?:(?!\n[^\S\n]*+\n).){1,5000}?)(?<!`)(?P=ticks)(?!`)"
    rf"|(?<!\\)\[(?=[^\[\]]*+\])(?P<group>[^\[\]]*?{_KEY}[^\[\]]*)\](?!\()"
    rf"|(?P<bare>{_KEY})(?:\s*\[(?:pp?\.|ch|sec|fig|§|\d)[^\[\]]*\])?",
    re.DOTALL,
)
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])")
_FOOTNOTE = re.compile(r"\^\[([^\[\]]*)\]|\[\^[^\[\]]+\]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|\{[#.][^{}\n]*\}")
_EMPHASIS = re.compile(r"(?<![\w*_\\])(\*{1,3}|_{1,3})(?=\S)(.{1,500}?)(?<=[^\s\\])\1(?![\w*_])|\*\*")


def read(path: Path, tables: bool = False) -> Manuscript:
    """Raises ReadError."""
    text = text_of(path)
    front = _FRONT_MATTER.match(text)
    names = _BIB_FILE.findall("".join(_BIBLIOGRAPHY.findall(front[1]))) if front else []
    text = blank(front[0]).replace("\v", "\n") + text[front.end() :] if front else text
    body, listed = _prose(_COMMENT.sub(lambda comment: blank(comment[0]), text))
    citations = Citations()
    marked = _INLINE.sub(lambda match: _cited(match, citations), body)
    found = sentences(_LINK.sub(_linked, marked), citations, str(path), 1, _clean)
    entries = numbered(listed)
    bibs = tuple(path.parent / name for name in names)
    return Manuscript(path, tuple(mentioned(found, entries)), entries, bibs)


def _prose(text: str) -> tuple[str, str]:
    """The text without what is no prose, line by line; and its reference list."""
    kept: list[str] = []
    listed: list[str] = []
    fence, in_list, in_references, before = "", False, False, ""
    for line in text.split("\n"):
        opening, heading = _FENCE.match(line), _HEADING.match(line)
        if fence or opening:
            closes = fence and line.strip().startswith(fence) and not line.strip().strip(fence[0])
            fence = "" if closes else fence or (opening[1] if opening else "")
            kept.append("")
            continue
        if heading:
            in_references = is_reference_heading(heading[2])
        code = _INDENTED.match(line) and not before.strip() and not in_list
        if in_references:
            listed.append(line)
        if heading or in_references or code or _LEFT_OUT.match(line):
            kept.append("")
            in_list = in_list and line[:1].isspace()
        else:
            item = _ITEM.match(line)
            in_list = bool(item) or (in_list and (not line.strip() or line[:1].isspace()))
            kept.append(BREAK + line[item.end() :] if item else re.sub(r"^\s*(?:>\s?)+", "", line))
        before = "" if code else line
    return "\n".join(kept), "\n".join(listed)


def _cited(match: re.Match[str], citations: Citations) -> str:
    if match["code"] is not None:
        return match["code"]
    textual = match["group"] is None
    keys = ["".join(key) for key in re.findall(_KEY, match["bare"] if textual else match["group"])]
    return citations.mark(keys, textual) + blank(match[0])


def _linked(match: re.Match[str]) -> str:
    """A link's words; of an image nothing."""
    return blank(match[0]) if match[1] else match[2]


def _clean(sentence: str) -> str:
    text = _TAG.sub("", _FOOTNOTE.sub(lambda note: f" ({note[1]})" if note[1] else "", sentence))
    text = _EMPHASIS.sub(lambda found: found[2] or "", _EMPHASIS.sub(lambda found: found[2] or "", text))
    return re.sub(r"\\([^\w\s])", r"\1", resolve_latex(text))
