"""Dialogues → how often a follow-up is taken to mean the paper that it means, and how often another is shown for it.

``dialogues/NAME.txt`` says in its first lines how it is written. A turn counts as right if the papers that it was read
to be about are those expected, or if it was asked which, or carried nothing over, where that is expected.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant import Library
from assistant.chat import Conversation, Turn
from eval.sets import opened_corpus

FOLDER = Path(__file__).parent / "dialogues"
HALVES = {"dev": "digests", "exam": "digests", "papers-dev": "juliacon", "papers-exam": "juliacon"}
"""Each file, and the corpus it is asked of: abstracts, and whole papers from the data folder beside the checkout."""
ASK, NEW = "?", "new"


@dataclass(frozen=True)
class Said:
    """A turn as it is written down. ``means``: keys of papers, or ASK, or NEW; None where it is not scored."""

    words: str
    means: frozenset[str] | None


@dataclass
class Found:
    """What came of a half. ``right``, ``wrong``: one a scored turn, whether the referent was right, and whether a paper
    was shown in its place; ``failures``: what went wrong, a line each."""

    dialogues: int = 0
    right: list[bool] = field(default_factory=list)
    wrong: list[bool] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        n = len(self.right)
        share = sum(self.right) / n if n else 0.0
        return (
            f"{name}: referent right {share:.3f} ({sum(self.right)} of {n} turns), wrong paper shown as the referent"
            f" {sum(self.wrong)} of {n}  ({self.dialogues} dialogues)"
        )


def read(path: Path) -> Iterator[list[Said]]:
    """The dialogues of a file. Raises ValueError for a line whose expectation is empty."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        if lines:
            yield [_said(line) for line in lines]


def _said(line: str) -> Said:
    words, mark, means = line.partition("=>")
    keys = frozenset(part.strip() for part in means.split(";") if part.strip())
    if mark and not keys:
        raise ValueError(f"nothing is expected in: {line}")
    return Said(words.strip(), keys if mark else None)


def evaluate(name: str) -> Found:
    """A half, asked of its corpus."""
    with opened_corpus(HALVES[name]) as library:
        return scored(read(FOLDER / f"{name}.txt"), library)


def scored(dialogues: "Iterator[list[Said]] | list[list[Said]]", library: Library) -> Found:
    found = Found()
    for dialogue in dialogues:
        found.dialogues += 1
        conversation = Conversation(library)
        for said in dialogue:
            before = {key for turn in conversation.turns for key in (*turn.cited, *turn.reading.meant)}
            conversation.ask(said.words)
            if said.means is not None:
                _score(found, said, conversation.turns[-1], before)
    return found


def _score(found: Found, said: Said, turn: Turn, before: set[str]) -> None:
    meant, cited = frozenset(turn.reading.meant), frozenset(turn.cited)
    assert said.means is not None
    if said.means == {ASK}:
        right, wrong = bool(turn.answer.asks), bool(cited)
    elif said.means == {NEW}:
        right = not turn.reading.depends
        wrong = not right and bool(cited & before)
    else:
        right, wrong = meant == said.means, bool(cited - said.means)
    found.right.append(right)
    found.wrong.append(wrong)
    if not right or wrong:
        took = (
            turn.answer.asks
            or f"{turn.reading.text} [{', '.join(sorted(meant))}] shown: {', '.join(sorted(cited))}"
        )
        found.failures.append(
            f"{'WRONG ' if wrong else ''}{said.words} => {', '.join(sorted(said.means))}\n    {took}"
        )
