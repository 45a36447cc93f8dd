"""A draft's .bib file → what it says about each key. The one door to bibtexparser, which reads on behind an
entry that is broken."""

import logging
import re
from collections.abc import Collection

from bibtexparser.entrypoint import parse_string

from assistant.draft.manuscript import Entry

_ARXIV = re.compile(
    r"arxiv[\s.:/]*(?:(?:org/)?(?:abs|pdf)/)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE
)
_ARXIV_ID = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?=v\d+$|$)")

_START = re.compile(
    r"^[ \t]*@(?P<kind>\w+)[ \t]*[{(]\s*(?:(?P<key>[^\s,{}()=\"]+)[ \t]*(?=,|\n|$))?", re.MULTILINE
)

# What it cannot read comes back as a block of its own, and need not be printed as well.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


def entries(text: str, keys: Collection[str]) -> tuple[dict[str, Entry], list[tuple[int, str]]]:
    """Each of the ``keys`` that is there → its entry (of one that is there twice the first); and what could not be
    read of them, as (line, why). The rest is not parsed: a file may hold a whole field's literature."""
    library = parse_string(_of(text, keys))
    found = {
        entry.key: _entry({field.key.lower(): str(field.value) for field in entry.fields})
        for entry in library.entries
    }
    unread = [
        (block.start_line + 1, " ".join(str(block.error).split()) or "not a whole entry")
        for block in library.failed_blocks
        if block.start_line is not None
    ]
    return found, unread


def _of(text: str, keys: Collection[str]) -> str:
    """The text with the entries that have one of the keys, and what these may need; of others only the line ends."""
    starts = list(_START.finditer(text))
    kept = [text[: starts[0].start()] if starts else text]
    for match, behind in zip(starts, [*starts[1:], None], strict=False):
        block = text[match.start() : behind.start() if behind else len(text)]
        wanted = match["kind"].lower() == "string" or (match["key"] or "").strip() in keys
        kept.append(block if wanted else "\n" * block.count("\n"))
    return "".join(kept)


def _entry(fields: dict[str, str]) -> Entry:
    eprint = _ARXIV_ID.match(fields.get("eprint", "").strip().lower().removeprefix("arxiv:"))
    elsewhere = _ARXIV.search(
        " ".join(fields.get(name, "") for name in ("journal", "note", "howpublished", "url", "doi"))
    )
    return Entry(
        title=" ".join(fields.get("title", "").split()),
        doi=fields.get("doi", "").strip(),
        arxiv=eprint[0] if eprint else elsewhere[1] if elsewhere else "",
    )
