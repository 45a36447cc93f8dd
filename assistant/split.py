"""Paper → its sentences; and passages: slices that end where a sentence ends and fit, with the title, the
embedder's window.

The one door to llama-index: its SentenceSplitter packs sentences up to a number of tokens. It is given our
tokenizer and sentence function; its own would touch bundled data and count another model's tokens.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from assistant.text.sentences import is_prose, sentence_spans
from assistant.text.titled import embedded_title
from assistant.types import Paper, Passage, Sentence


def split(paper: Paper, tokenize: Callable[[str], list[str]], max_tokens: int) -> list[Passage]:
    """The passages of ``paper`` in reading order. The first starts with the paper's title and author lines;
    the reference list is left out, and what is set apart (a table with its caption, a footnote) is in no passage of
    prose. ``max_tokens`` bounds title and passage together."""
    title = embedded_title(paper)
    spans = [
        span
        for stretch in _stretches(paper)
        for span in _spans(paper.text, *stretch, title=title, tokenize=tokenize, most=max_tokens)
    ]
    if spans:
        spans[0] = (0, spans[0][1])
    return [_passage(paper, start, end) for start, end in spans]


def sentences(paper: Paper) -> list[Sentence]:
    """The lines of the header, then the sentences of the prose, in reading order; a caption is one, and so is a
    table's row. In a PDF, which holds axes and formulas too, what reads as no sentence is a fragment."""
    found = [(start, end, _header_kind(paper, start)) for start, end in _header_lines(paper)]
    for start, end, kind in _runs(paper):
        if kind in _WHOLE:
            found.append((start, end, _WHOLE[kind]))
            continue
        for first, last in sentence_spans(paper.text, start, end):
            whole = not paper.page_starts or is_prose(paper.text[first:last])
            found.append((first, last, "sentence" if whole else "fragment"))
    section_at = paper.sections()
    return [
        Sentence(
            paper.key, n, start, end, paper.text[start:end], paper.page_at(start), section_at(start), kind
        )
        for n, (start, end, kind) in enumerate(found)
    ]


_WHOLE = {
    "caption": "caption", "row": "row", "heading": "fragment", "listing": "fragment", "formula": "fragment",
    "figure": "fragment", "affiliation": "fragment", "reference": "fragment",
}  # fmt: skip
"""Kind of a part that is one piece → kind of the sentence that it is."""
_SHORT = 8
"""Characters a token of what may fit: nearly no text has so few tokens, and a whole paper's need not be counted."""
_IN_PROSE = ("heading", "formula", "reference")
"""Parts that passages of prose run over: too short to stand alone, or nothing to be found by."""


def _runs(paper: Paper) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of the body in order: its parts, and with an empty kind what stands between them."""
    for start, end in paper.prose:
        for part in paper.parts:
            if start <= part.start and part.end <= end:
                if start < part.start:
                    yield start, part.start, ""
                yield part.start, part.end, part.kind
                start = part.end
        if start < end:
            yield start, end, ""


def _stretches(paper: Paper) -> Iterator[tuple[int, int]]:
    """What passages are cut from: prose, and between it what is set apart, a table or figure with its caption."""
    begin, stop, sort = 0, 0, ""
    for start, end, kind in _runs(paper):
        if not paper.text[start:end].strip():
            continue
        own = "" if kind in _IN_PROSE else kind if kind in ("", "footnote", "affiliation") else "float"
        if stop and own == sort and not paper.text[stop:start].strip():
            stop = end
            continue
        if stop:
            yield begin, stop
        begin, stop, sort = start, end, own
    if stop:
        yield begin, stop


def _header_lines(paper: Paper) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\S(?:[^\n]*\S)?", paper.text[: paper.body])]


def _header_kind(paper: Paper, start: int) -> str:
    return "title" if paper.title and paper.text.startswith(paper.title, start) else "authors"


def _passage(paper: Paper, start: int, end: int) -> Passage:
    """The passage's id is the same in every library, and another as soon as another text is embedded."""
    embedded = f"{paper.id}:{start}:{end}:{paper.body}:{paper.title or ''}"
    name = "p_" + hashlib.sha256(embedded.encode()).hexdigest()[:16]
    return Passage(name, paper.key, start, end, paper.text[start:end], paper.page_at(start))


def _spans(
    text: str, start: int, end: int, title: str, tokenize: Callable[[str], list[str]], most: int
) -> list[tuple[int, int]]:
    """Where the passages stand in ``text[start:end]``, which are one if that fits; then no splitter is loaded, and what
    is counted is what will be embedded."""
    part = text[start:end].strip()
    start = text.index(part, start)
    if len(part) <= _SHORT * most and len(tokenize(title + part)) <= most:
        return [(start, start + len(part))]
    from llama_index.core.node_parser import SentenceSplitter  # 1.3 s: only when something long is added

    room = most - len(tokenize(title))
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
