"""Papers → CSL-JSON, as citation processors read it: pandoc, Zotero and their like."""

from collections.abc import Sequence
from typing import Any

from assistant.show.as_json import document
from assistant.show.parts import kind
from assistant.show.plain import one_line
from assistant.text.people import family_and_given
from assistant.types import Paper

_TYPES = {
    "preprint": "article",
    "proceedings": "paper-conference",
    "journal": "article-journal",
    "other": "document",
}


def entries(papers: Sequence[Paper]) -> str:
    """Papers → one list with an item each, under its key."""
    return document([_item(paper) for paper in papers])


def _item(paper: Paper) -> dict[str, Any]:
    """What is not known is left out."""
    texts = {
        "title": paper.title,
        "container-title": paper.venue,
        "DOI": paper.doi,
        "archive": "arXiv" if paper.arxiv else "",
        "archive_location": paper.arxiv,
        "URL": paper.url,
        "abstract": paper.abstract,
    }
    return {
        "id": paper.key,
        "type": _TYPES[kind(paper)],
        **({"author": list(map(_name, paper.authors))} if paper.authors else {}),
        **({"issued": {"date-parts": [[paper.year]]}} if paper.year else {}),
        **{name: shown for name, text in texts.items() if (shown := one_line(text or ""))},
    }


def _name(name: str) -> dict[str, str]:
    family, given = family_and_given(one_line(name))
    return {"family": family, "given": given} if given else {"literal": family}
