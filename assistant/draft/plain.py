"""A plain text draft → its cited sentences: by author and year, or by the numbers of a list at its end."""

import re
from pathlib import Path

from assistant.draft.manuscript import Citations, DraftSentence, Entry, Manuscript, sentences
from assistant.draft.mentions import numbered, with_mentions, with_numbers
from assistant.text.marks import text_of

REFERENCES = re.compile(
    r"^[ \t]*(?:\d+\.?[ \t]+)?(?:references|bibliography|works cited|literature(?: cited)?)[ \t]*:?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)


def read(path: Path, tables: bool = False) -> Manuscript:
    """Raises ReadError."""
    text = text_of(path)
    headings = list(REFERENCES.finditer(text))
    last = headings[-1] if headings else None  # a table of contents may name it, too
    body, listed = (text[: last.start()], text[last.end() :]) if last else (text, "")
    found = sentences(body, Citations(), str(path), 1, lambda sentence: sentence)
    entries = numbered(listed)
    return Manuscript(path, tuple(mentioned(found, entries)), entries)


def mentioned(found: list[DraftSentence], entries: dict[str, Entry]) -> list[DraftSentence]:
    """The sentences with what they cite by author and year, or by number where ``entries`` has a list's items.
    The former's entries are added."""
    by_number = [with_numbers(sentence, entries) for sentence in found]
    return [with_mentions(sentence, entries) for sentence in by_number]
