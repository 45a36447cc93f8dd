"""The rows of a table among a paper's sentences, its caption, and the heads of its columns."""

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile

from assistant.types import Sentence

_OF_TABLE = re.compile(r"tab", re.IGNORECASE)


def above(row: Sentence, sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The caption, which stands above or below the rows, and the heads: the first row, and those right behind it
    without a figure; nothing for a row without a table's caption. ``sentences``: all of the row's paper, in order."""
    first = last = row.number
    while first and sentences[first - 1].kind == "row":
        first -= 1
    while last + 1 < len(sentences) and sentences[last + 1].kind == "row":
        last += 1
    beside = [*sentences[max(0, first - 1) : first], *sentences[last + 1 : last + 2]]
    captions = [each.text for each in beside if is_caption(each)]
    if not captions:
        return ()
    before = [each.text for each in sentences[first : row.number]]
    return (captions[0], *before[:1], *takewhile(_is_without_figure, before[1:]))


def _is_without_figure(text: str) -> bool:
    return not any(map(str.isdigit, text))


def is_caption(sentence: Sentence) -> bool:
    """Whether it is the caption of a table."""
    return sentence.kind == "caption" and _OF_TABLE.match(sentence.text) is not None


def rows_of(caption: Sentence, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The rows below a caption, or else above it, without the heads of the columns: the first row, and those right
    behind it without a figure, if others have one. ``sentences``: all of its paper, in order."""
    below = list(takewhile(_is_row, sentences[caption.number + 1 :]))
    rows = below or list(takewhile(_is_row, reversed(sentences[: caption.number])))[::-1]
    with_figures = list(dropwhile(lambda row: _is_without_figure(row.text), rows[1:]))
    return with_figures or rows[1:]


def _is_row(sentence: Sentence) -> bool:
    return sentence.kind == "row"
