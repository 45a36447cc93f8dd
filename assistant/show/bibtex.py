"""Papers → BibTeX entries that any BibTeX or biber reads.

BibTeX counts braces even behind a backslash, so braces in text become commands; ``url``, ``doi`` and
``eprint`` are read verbatim, so there they are percent-encoded instead.
"""

import re
from collections.abc import Sequence
from urllib.parse import quote

from assistant.show.parts import kind
from assistant.show.plain import one_line
from assistant.types import Answer, Paper

_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: "\\" + character for character in "&%$#_"},
    }
)
_NOT_IN_KEYS = re.compile(r"[\s{}(),=\"'#%~\\]")
_NOT_IN_NAMES = re.compile(r"(?:^|\s)(?:and|others)(?:\s|$)", re.IGNORECASE)
_TYPES = {
    "preprint": ("misc", "howpublished"),
    "proceedings": ("inproceedings", "booktitle"),
    "journal": ("article", "journal"),
    "other": ("misc", "howpublished"),
}
"""Kind of paper → the entry's type, and the field that holds its venue."""
_LIGATURES = re.compile("--|``|''|[!?]`|,,|<<|>>")
"""What TeX makes one character of."""


def answer(answer: Answer) -> str:
    """Answer → the papers it cites, in the order of their markers."""
    return entries([reference.paper for reference in answer.references])


def entries(papers: Sequence[Paper], abstracts: bool = False) -> str:
    """Papers → one entry each, with their ``abstracts``; none for no papers."""
    return "\n\n".join(_entry(paper, paper.abstract or "" if abstracts else "") for paper in papers)


def _entry(paper: Paper, abstract: str) -> str:
    form, venue_field = _TYPES[kind(paper)]
    arxiv = re.sub(r"^arxiv:\s*", "", paper.arxiv or "", flags=re.IGNORECASE)
    fields = {
        "title": f"{{{latex(paper.title)}}}" if paper.title else "",
        "author": " and ".join(map(_author, paper.authors)),
        "year": str(paper.year or ""),
        venue_field: latex(paper.venue or ""),
        "doi": _verbatim(paper.doi or ""),
        "eprint": _verbatim(arxiv),
        "archiveprefix": "arXiv" if arxiv else "",
        "url": _verbatim(paper.url or ""),
        "abstract": latex(abstract),
        "note": "" if paper.title else f"untitled; cited as {latex(paper.name)}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{form}{{{key(paper.key)},", *lines, "}"])


def key(key: str) -> str:
    """A paper's key as it is written in an entry, and cited."""
    return _NOT_IN_KEYS.sub("", one_line(key)) or "paper"


def _author(name: str) -> str:
    """A name as given; one that BibTeX would take apart ("Research and Development") in braces."""
    whole = _NOT_IN_NAMES.search(one_line(name)) or name.count(",") > 2
    return f"{{{latex(name)}}}" if whole else latex(name)


def latex(text: str) -> str:
    """Any text, on one line, as LaTeX that prints it."""
    escaped = one_line(text).translate(_LATEX)
    while escaped != (parted := _LIGATURES.sub(lambda found: f"{found[0][0]}{{}}{found[0][1]}", escaped)):
        escaped = parted
    return escaped


def _verbatim(text: str) -> str:
    return re.sub(r"[{}\\\s]", lambda found: quote(found[0]), one_line(text))
