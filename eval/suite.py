"""A suite (suites/NAME.jsonl, or a user's file) and a library → its cases, and where in the papers as read their gold
sentences stand.

Each line is an object with id, kind, question and papers (that a right answer cites: a paper goes by its key, DOI,
title or handle, its id among records, or the name of a file of its own), and either facts (for each, the strings of
which one must be in the quotes) or gold: sentences of which each answers, as [paper, "its first words … its last
words"], so that a suite holds no paper's text and outlives a change of the reader. Also, where there are any: relevant
(as gold: what may stand beside it), group (wordings of one question), why (an unanswerable one has no answer), before
(the questions that it follows) and split (dev or test; by default dev).
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from assistant import Library, Paper

KINDS = frozenset(
    "fact number table how why definition limitation data comparison which-papers yes-no metadata multi-part keyword"
    " typo language follow-up chain near-name unanswerable".split()
)
WHYS = ("other-field", "absent-attribute", "false-premise", "swapped", "general-knowledge")
"""Why a question has no answer: what it asks of is of another field; the paper is there, and does not say it; it
supposes what is not so; it exchanges a name or number; anybody knows it, and no paper says it."""
LISTS = ("which-papers",)
_NEEDED = frozenset({"id", "kind", "question", "papers"})
_KNOWN = _NEEDED | {"facts", "gold", "relevant", "group", "why", "before", "split"}
_LONGEST = 1_500
"""Letters between a sentence's first and last words, at most."""

Span = tuple[str, int, int]
"""(key, start, end) of a stretch of a paper."""


class Malformed(ValueError):
    """A line of a suite is no case: the message names file and line, and what is wrong."""


@dataclass(frozen=True)
class Case:
    """A question. ``papers``: keys; ``wanted``: the gold sentences' text; ``lost``: how many of
    them are not in the papers as they were read."""

    id: str
    split: str
    kind: str
    question: str
    papers: tuple[str, ...]
    facts: tuple[tuple[str, ...], ...]
    gold: tuple[Span, ...]
    relevant: tuple[Span, ...] = ()
    lost: int = 0
    group: str = ""
    why: str = ""
    before: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()

    @property
    def is_answerable(self) -> bool:
        return self.kind != "unanswerable"

    @property
    def is_list(self) -> bool:
        return self.kind in LISTS


def cases(path: Path, library: Library) -> list[Case]:
    """Raises Malformed, OSError."""
    papers = _named(library.papers())
    read: dict[str, _Squeezed] = {}
    found, seen = [], set[str]()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            _check(row, seen)
            seen.add(row["id"])
            found.append(_case(row, papers, read))
        except ValueError as error:
            raise Malformed(f"{path}:{number}: {error}") from error
    if not found:
        raise Malformed(f"{path} holds no cases")
    return found


def drawn(cases: Sequence[Case], half: str | None = None, many: int | None = None) -> list[Case]:
    """The cases of a half, or all; with ``many``, so many of them, drawn at random and always the same, in order."""
    own = [each for each in cases if half in (None, each.split)]
    places = sorted(Random(0).sample(range(len(own)), min(many, len(own)))) if many else range(len(own))
    return [own[place] for place in places]


def _check(row: Any, seen: set[str]) -> None:
    """Raises ValueError that says what is wrong with the line."""
    if not isinstance(row, dict):
        raise ValueError("is no object")
    if missing := _NEEDED - row.keys():
        raise ValueError(f"lacks {', '.join(sorted(missing))}")
    if unknown := row.keys() - _KNOWN:
        raise ValueError(f"has {min(unknown)}, which no case has; there are {', '.join(sorted(_KNOWN))}")
    for name in ("id", "kind", "question", "split", "group", "why"):
        if not isinstance(row.get(name, ""), str) or (name in _NEEDED and not row[name].strip()):
            raise ValueError(f"{name} must be a text")
    for name, right in _SHAPES.items():
        if not right(row.get(name, [])):
            raise ValueError(f"{name} must be a list of {_SAID[name]}")
    if row["id"] in seen:
        raise ValueError(f"{row['id']} stands twice")
    if row["kind"] not in KINDS:
        raise ValueError(f"no kind is called {row['kind']}; there are {', '.join(sorted(KINDS))}")
    if row.get("split", "dev") not in ("dev", "test"):
        raise ValueError(f"split must be dev or test, and is {row['split']}")
    if row.get("why") and row["why"] not in WHYS:
        raise ValueError(f"why must be one of {', '.join(WHYS)}, and is {row['why']}")
    is_answerable = row["kind"] != "unanswerable"
    if is_answerable != bool(row["papers"]):
        raise ValueError("names no paper" if is_answerable else "is unanswerable, and yet names papers")


def _are_texts(given: object) -> bool:
    return isinstance(given, list) and all(isinstance(each, str) and each.strip() for each in given)


def _are_pairs(given: object) -> bool:
    return isinstance(given, list) and all(_are_texts(each) and len(each) == 2 for each in given)


def _are_facts(given: object) -> bool:
    return isinstance(given, list) and all(each and _are_texts(each) for each in given)


_SHAPES = {
    "papers": _are_texts, "before": _are_texts, "facts": _are_facts, "gold": _are_pairs, "relevant": _are_pairs,
}  # fmt: skip
_SAID = {
    "papers": "names of papers",
    "before": "questions",
    "facts": "lists of texts, of which one must be quoted",
    **dict.fromkeys(("gold", "relevant"), '[paper, "first words … last words"]'),
}


def _case(row: Mapping[str, Any], papers: Mapping[str, Paper], read: dict[str, "_Squeezed"]) -> Case:
    def paper(name: str) -> Paper:
        if name not in papers:
            raise ValueError(f"no paper of the library is called {name}, or more than one")
        return papers[name]

    def spans(name: str) -> Iterator[Span | None]:
        for said, words in row.get(name, ()):
            key = paper(said).key
            if key not in read:
                read[key] = _Squeezed(paper(said))
            yield read[key].span(words)

    gold = list(spans("gold"))
    texts = {paper(name).key: paper(name).text for name, _ in row.get("gold", ())}
    return Case(
        row["id"], row.get("split", "dev"), row["kind"], row["question"],
        tuple(dict.fromkeys(paper(name).key for name in row["papers"])),
        tuple(map(tuple, row.get("facts", ()))),
        tuple(filter(None, gold)), tuple(filter(None, spans("relevant"))), gold.count(None),
        row.get("group", ""), row.get("why", ""), tuple(row.get("before", ())),
        tuple(texts[span[0]][span[1] : span[2]] for span in gold if span),
    )  # fmt: skip


def _named(papers: Iterator[Paper]) -> dict[str, Paper]:
    """What a suite may call a paper → that paper; its key before all else, and no other name that two go by."""
    every = list(papers)
    files = Counter(each.source.file for each in every)
    called: dict[str, set[str]] = {}
    for each in every:
        names = [each.source.record, each.doi, each.title, each.handle]
        if files[each.source.file] == 1:
            names.append(Path(each.source.file).stem)
        for name in filter(None, names):
            called.setdefault(name, set()).add(each.key)
    by_key = {each.key: each for each in every}
    return {name: by_key[min(keys)] for name, keys in called.items() if len(keys) == 1} | by_key


class _Squeezed:
    """A paper's letters and figures alone, each with its place: sentences are found whatever stands between."""

    def __init__(self, paper: Paper) -> None:
        self.key = paper.key
        self._places = [n for n, char in enumerate(paper.text) if char.isalnum()]
        self._text = squeezed(paper.text)

    def span(self, words: str) -> Span | None:
        """(key, start, end) of the sentence with these first and last words."""
        opens, _, ends = map(squeezed, words.partition(" … "))
        for match in re.finditer(re.escape(opens), self._text):
            end = self._text.find(ends, match.end(), match.end() + _LONGEST)
            if end >= 0:
                return self.key, self._places[match.start()], self._places[end + len(ends) - 1] + 1
        return None


def squeezed(text: str) -> str:
    """One character for each letter or figure of the text."""
    return "".join(char.lower()[0] for char in text if char.isalnum())


def rows(given: Sequence[Mapping[str, Any]]) -> str:
    """Cases as a suite's lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in given)
