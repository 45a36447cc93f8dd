"""Paper → its sentences; and passages: slices that end where a sentence ends and fit, with the title, the
embedder's window.

The one door to llama-index: its SentenceSplitter packs sentences up to a number of tokens. It is given our
tokenizer and sentence function; its own would touch bundled data and count another model's tokens.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import pairwise

from assistant.text.people import last_name
from assistant.text.sections import section_headings
from assistant.text.sentences import is_prose, sentence_spans
from assistant.text.titled import embedded_title
from assistant.types import Paper, Passage, Sentence


def split(paper: Paper, tokenize: Callable[[str], list[str]], max_tokens: int) -> list[Passage]:
    """The passages of ``paper`` in reading order. The first starts with the paper's title and author lines;
    the reference list is left out. ``max_tokens`` bounds title and passage together."""
    room = max_tokens - len(tokenize(embedded_title(paper)))
    listed = paper.references or (len(paper.text), len(paper.text))
    spans = _spans(paper.text, paper.body, listed[0], tokenize, room)
    spans += _spans(paper.text, listed[1], len(paper.text), tokenize, room)
    if spans:
        spans[0] = (0, spans[0][1])
    return [_passage(paper, start, end) for start, end in spans]


def sentences(paper: Paper) -> list[Sentence]:
    """The lines of the header, then the sentences of the prose, in reading order. In a PDF, which holds axes and
    formulas too, what reads as no sentence is a fragment, and each sentence has its section's heading."""
    found = [(start, end, _header_kind(paper, start, end)) for start, end in _header_lines(paper)]
    headings = section_headings(paper.text) if paper.page_starts else []
    places = [place for place, _ in headings]
    for part in paper.prose:
        for start, end in sentence_spans(paper.text, *part):
            whole = not paper.page_starts or is_prose(paper.text[start:end])
            found.append((start, end, "sentence" if whole else "fragment"))
    return [
        Sentence(
            paper.key, n, start, end, paper.text[start:end], paper.page_at(start),
            headings[at - 1][1] if (at := bisect_right(places, start)) else None, kind,
        )
        for n, (start, end, kind) in enumerate(found)
    ]  # fmt: skip


def _header_lines(paper: Paper) -> list[tuple[int, int]]:
    """Of a PDF's first page, which names institutes and mail boxes too, those of the title and of its authors."""
    lines = [match.span() for match in re.finditer(r"\S(?:[^\n]*\S)?", paper.text[: paper.body])]
    if not (paper.page_starts and paper.authors):
        return lines
    names = [last_name(name) for name in paper.authors]
    return [
        (start, end)
        for start, end in lines
        if _header_kind(paper, start, end) == "title" or any(name in paper.text[start:end] for name in names)
    ]


def _header_kind(paper: Paper, start: int, end: int) -> str:
    line, title = ("".join(each.split()) for each in (paper.text[start:end], paper.title or ""))
    return "title" if line in title or (title and line.startswith(title)) else "authors"


def _passage(paper: Paper, start: int, end: int) -> Passage:
    """The passage's id is the same in every library, and another as soon as another text is embedded."""
    embedded = f"{paper.id}:{start}:{end}:{paper.body}:{paper.title or ''}"
    name = "p_" + hashlib.sha256(embedded.encode()).hexdigest()[:16]
    return Passage(name, paper.key, start, end, paper.text[start:end], paper.page_at(start))


def _spans(
    text: str, start: int, end: int, tokenize: Callable[[str], list[str]], room: int
) -> list[tuple[int, int]]:
    part = text[start:end]
    if not part.strip():
        return []
    from llama_index.core.node_parser import SentenceSplitter  # 1.3 s: only when something is added

    splitter = SentenceSplitter(
        chunk_size=room, chunk_overlap=0, tokenizer=tokenize, chunking_tokenizer_fn=_sentences
    )
    spans, position = [], 0
    for chunk in splitter.split_text(part):
        # A chunk may stand in the text twice; it cannot start before the last one ends.
        position = part.index(chunk, position)
        spans.append((start + position, start + position + len(chunk)))
        position += len(chunk)
    return spans


def _sentences(text: str) -> list[str]:
    """The text cut behind each sentence's white space, so that the pieces joined are the text again."""
    starts = [span[0] for span in sentence_spans(text)]
    cuts = [0, *starts[1:], len(text)]
    return [text[a:b] for a, b in pairwise(cuts)]
