"""Papers → BibTeX entries that any BibTeX or biber reads.

BibTeX counts braces even behind a backslash, so braces in text become commands; ``url``, ``doi`` and
``eprint`` are read verbatim, so there they are percent-encoded instead.
"""

import re
from collections.abc import Sequence
from urllib.parse import quote

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
_PROCEEDINGS = re.compile(r"\b(proc|proceedings|conference|workshop|symposium|findings)\b", re.IGNORECASE)
_PREPRINTS = re.compile(r"\b(arxiv|biorxiv|medrxiv|preprint)", re.IGNORECASE)


def answer(answer: Answer) -> str:
    """Answer → the papers it cites, in the order of their markers."""
    return entries([reference.paper for reference in answer.references])


def entries(papers: Sequence[Paper]) -> str:
    """Papers → one entry each; none for no papers."""
    return "\n\n".join(map(_entry, papers))


def _entry(paper: Paper) -> str:
    kind, venue_field = _kind(paper.venue)
    arxiv = re.sub(r"^arxiv:\s*", "", paper.arxiv or "", flags=re.IGNORECASE)
    fields = {
        "title": f"{{{_latex(paper.title)}}}" if paper.title else "",
        "author": " and ".join(map(_author, paper.authors)),
        "year": str(paper.year or ""),
        venue_field: _latex(paper.venue or ""),
        "doi": _verbatim(paper.doi or ""),
        "eprint": _verbatim(arxiv),
        "archiveprefix": "arXiv" if arxiv else "",
        "url": _verbatim(paper.url or ""),
        "note": "" if paper.title else f"untitled; cited as {_latex(paper.name)}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{_NOT_IN_KEYS.sub('', one_line(paper.key)) or 'paper'},", *lines, "}"])


def _kind(venue: str | None) -> tuple[str, str]:
    """The entry's type, and the field that holds its venue."""
    if venue and _PREPRINTS.search(venue):
        return "misc", "howpublished"
    if venue and _PROCEEDINGS.search(venue):
        return "inproceedings", "booktitle"
    return ("article", "journal") if venue else ("misc", "howpublished")


def _author(name: str) -> str:
    """A name as given; one that BibTeX would take apart ("Research and Development") in braces."""
    whole = _NOT_IN_NAMES.search(one_line(name)) or name.count(",") > 2
    return f"{{{_latex(name)}}}" if whole else _latex(name)


def _latex(text: str) -> str:
    return one_line(text).translate(_LATEX)


def _verbatim(text: str) -> str:
    return re.sub(r"[{}\\\s]", lambda found: quote(found[0]), one_line(text))
