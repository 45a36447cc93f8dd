r"""A reference list as BibTeX or biblatex has made it (.bbl, or a draft's thebibliography) → what it says of each key.

It stands beside a draft, or instead of its .bib files: what arXiv hands out has no others.
"""

import re

from assistant.draft.manuscript import Entry
from assistant.text.latex import prose

_BIBITEM = re.compile(r"\\bibitem\s*(?:\[(?:[^\[\]{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\])?\s*+%?\s*+\{([^{}]*)\}")
_END = "\\end{thebibliography}"
_ENTRY = re.compile(r"\\entry\{([^{}]*)\}\{[^{}]*\}(?P<body>(?:(?!\\entry\{).)*?)\\endentry", re.DOTALL)
_FIELD = re.compile(r"\\field\{(title|subtitle|eprint)\}\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
_VERB = re.compile(r"\\verb\{(doi|eprint)\}\s*\\verb\s+(\S{1,500}?)\s*\\endverb")


def entries(text: str) -> dict[str, Entry]:
    found = {
        match[1].strip(): _entry(dict(_FIELD.findall(match["body"])) | dict(_VERB.findall(match["body"])))
        for match in _ENTRY.finditer(text)
    }
    return found | items(text.partition(_END)[0])


def items(listed: str) -> dict[str, Entry]:
    r"""The \bibitem's of a list, each as its text."""
    starts = list(_BIBITEM.finditer(listed))
    ends = [match.start() for match in starts[1:]] + [len(listed)]
    return {
        match[1].strip(): Entry(text=" ".join(prose(listed[match.end() : end]).split()))
        for match, end in zip(starts, ends, strict=False)
    }


def _entry(fields: dict[str, str]) -> Entry:
    title = ": ".join(fields[name] for name in ("title", "subtitle") if name in fields)
    return Entry(title=title, doi=fields.get("doi", ""), arxiv=fields.get("eprint", ""))
