"""A draft's .bib file → what it says about each key."""

import re
from collections.abc import Collection

from assistant.draft.manuscript import Entry
from assistant.text.bib import parsed
from assistant.text.identifiers import arxiv_id, arxiv_in

_START = re.compile(
    r"^[ \t]*@(?P<kind>\w+)[ \t]*[{(]\s*(?:(?P<key>[^\s,{}()=\"]+)[ \t]*(?=,|\n|$))?", re.MULTILINE
)


def entries(text: str, keys: Collection[str]) -> tuple[dict[str, Entry], list[tuple[int, str]]]:
    """Each of the ``keys`` that is there → its entry (of one that is there twice the first); and what could not be
    read of them, as (line, why). The rest is not parsed: a file may hold a whole field's literature."""
    found, unread = parsed(_of(text, keys))
    line = place = 0
    for each in found:
        line, place = line + text.count("\n", place, each.start), each.start
        if each.again:
            unread.append((line + 1, "its key is taken"))
    return {each.key: _entry(each.fields) for each in found if not each.again}, sorted(unread)


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
    elsewhere = " ".join(fields.get(name, "") for name in ("journal", "note", "howpublished", "url", "doi"))
    return Entry(
        title=" ".join(fields.get("title", "").split()),
        doi=fields.get("doi", "").strip(),
        arxiv=arxiv_id(fields.get("eprint", "").lower()) or arxiv_in(elsewhere),
    )
