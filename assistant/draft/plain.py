"""A plain text draft → its cited sentences: by author and year, or by the numbers of a list at its end."""

from pathlib import Path

from assistant.draft.manuscript import Citations, DraftSentence, Entry, Manuscript, sentences
from assistant.draft.mentions import numbered, with_mentions, with_numbers
from assistant.text.headings import is_reference_heading
from assistant.text.marks import text_of


def read(path: Path, tables: bool = False) -> Manuscript:
    """Raises ReadError."""
    text = text_of(path)
    body, listed = parted(text)
    found = sentences(body, Citations(), str(path), 1, lambda sentence: sentence)
    entries = numbered(listed)
    return Manuscript(path, tuple(mentioned(found, entries)), entries)


def parted(text: str) -> tuple[str, str]:
    """The text before and behind the last heading of a reference list; a table of contents may name it, too."""
    lines = text.split("\n")
    last = next((n for n in range(len(lines) - 1, -1, -1) if is_reference_heading(lines[n])), len(lines))
    return "\n".join(lines[:last]), "\n".join(lines[last + 1 :])


def mentioned(found: list[DraftSentence], entries: dict[str, Entry]) -> list[DraftSentence]:
    """The sentences with what they cite by author and year, or by number where ``entries`` has a list's items.
    The former's entries are added."""
    by_number = [with_numbers(sentence, entries) for sentence in found]
    return [with_mentions(sentence, entries) for sentence in by_number]
