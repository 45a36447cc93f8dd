"""A paper and a passage of it → the text that is embedded for the passage."""

import unicodedata

from assistant.types import Paper, Passage

_TITLE = 180
"""Letters of a title that are embedded with each passage: as no letter is more than one token, at least 70
tokens are left for the passage. Longer titles are rare, and their ends say little."""


def embedded_title(paper: Paper) -> str:
    """The title as it is embedded with each passage: its first words, if it is very long."""
    title = paper.title or ""
    if len(letters := unicodedata.normalize("NFD", title)) > _TITLE:
        title = letters[:_TITLE].rsplit(maxsplit=1)[0]
    return f"{title}. " if title else ""


def embedded_text(paper: Paper, passage: Passage) -> str:
    """What is embedded for a passage: the paper's title, then the passage without the header lines."""
    return embedded_title(paper) + paper.text[max(passage.start, paper.body) : passage.end]
