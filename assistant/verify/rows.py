"""A row of a table → what it needs to be read: the caption of its table, and the heads of the columns."""

import re
from collections.abc import Sequence
from itertools import takewhile

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
    captions = [each.text for each in beside if each.kind == "caption" and _OF_TABLE.match(each.text)]
    if not captions:
        return ()
    before = [each.text for each in sentences[first : row.number]]
    return (captions[0], *before[:1], *takewhile(_is_without_figure, before[1:]))


def _is_without_figure(text: str) -> bool:
    return not any(map(str.isdigit, text))
