"""Text → what of it is compared with other text: sentences, and of each its stems, numbers and names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.text.numbers import Number, numbers
from assistant.text.sentences import sentence_spans
from assistant.text.terms import STOP_WORDS, fold, stem, tokens

LONG = 400
"""Characters from which a sentence is probably a list or a table, and is cut at its lines."""
WINDOW = 60
"""Words to which it is cut where it has no lines."""
_MARKS = re.compile(
    r"\[\d+(?:[,;–-] ?\d+)*\]|https?://\S+|\*\*|^\s*(?:[•*–-]|\d+[.)]|step \d+:)(?:\s|$)|\bpassages? \d+\b",
    re.MULTILINE | re.IGNORECASE,
)


def clean(text: str) -> str:
    """``text`` without what says nothing: marks of citations, lists and emphasis, addresses."""
    return _MARKS.sub(" ", text)


def pieces(text: str) -> list[str]:
    """The sentences of ``text``; what is too long for one is cut at line ends, else every 60 words."""
    found: list[str] = []
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        for line in sentence.split("\n") if len(sentence) > LONG else [sentence]:
            words = line.split()
            found.extend(" ".join(words[i : i + WINDOW]) for i in range(0, len(words), WINDOW))
    return found


_CLAUSE = re.compile(
    r"[;:—–()]|,? (?:and|but|while|whereas|although|though|because|which|who|since|so that) |, "
)
_CLAUSE_WORDS = 3


def clauses(sentence: str) -> list[str]:
    """What ``sentence`` says bit by bit; a bit has at least three content words, or belongs to the one before."""
    found: list[str] = []
    begin = 0
    for match in _CLAUSE.finditer(sentence):
        if _content(sentence[begin : match.start()]) >= _CLAUSE_WORDS <= _content(sentence[match.end() :]):
            found.append(sentence[begin : match.start()].strip())
            begin = match.end()
    return [*found, sentence[begin:].strip()]


def _content(text: str) -> int:
    return sum(word not in STOP_WORDS for word in tokens(text))


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as it is compared. ``stems``: of its content words; ``every``: of all its words; ``pairs``:
    its neighbouring content stems; ``names``: words written as names."""

    text: str
    words: tuple[str, ...]
    stems: frozenset[str]
    every: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    numbers: tuple[Number, ...]
    names: tuple[str, ...]


@lru_cache(maxsize=20_000)
def read(text: str) -> Reading:
    words = tuple(tokens(text))
    content = [stem(word) for word in words if word not in STOP_WORDS]
    return Reading(
        text,
        words,
        frozenset(content),
        frozenset(stem(word) for word in words),
        frozenset(pairwise(content)),
        tuple(numbers(text)),
        tuple(dict.fromkeys(_names(text))),
    )


_NAME = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")


def _names(text: str) -> Iterator[str]:
    """Words with a capital within the sentence, or with capitals or digits within the word."""
    opens = True
    for match in _NAME.finditer(text):
        word = match[0]
        inner = word[1:] != word[1:].lower() or (any(map(str.isdigit, word)) and any(map(str.isalpha, word)))
        if fold(word) not in STOP_WORDS and (inner or (word[0].isupper() and not opens)):
            yield word
        opens = text[match.end() : match.end() + 1] in {".", ":", "!", "?"}
