"""A suite's questions asked of a model with the papers and without them → how much the papers add.

Of the questions whose facts the suite lists: an answer tells them if its text, quoted or the model's own, holds one
string of each.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant import Library
from assistant.doors import Doors
from assistant.errors import ModelError
from assistant.prompts import load
from assistant.types import ChatModel
from eval import shelves
from eval.local import writer
from eval.sets import holds
from eval.statistics import interval
from eval.suite import Case, drawn


@dataclass(frozen=True)
class Both:
    """Whether the facts are told with the papers, ``opened``, and without them, ``closed``."""

    case: Case
    opened: bool
    closed: bool


def lines(suite: str, model: str, half: str | None, many: int | None) -> Iterator[str]:
    """``model``: a name, or a folder (``eval.local``); of the cases of a ``half``, or all, so ``many`` drawn at
    random."""
    with writer(model) as (config, name), shelves.opened(suite) as (kept, cases):
        some = [each for each in cases if each.facts and not (each.before or each.is_list)]
        doors = Doors(config)
        with Library.open(kept.folder, config) as library:
            found = [_both(library, doors.chat(name), name, case) for case in drawn(some, half, many)]
    yield from table(found)


def _both(library: Library, chat: ChatModel, name: str, case: Case) -> Both:
    try:
        answer = library.ask(case.question, model=name)
        quotes = [each.quote.text for claim in answer.claims for each in claim.citations if each.quote]
        said = " ".join([*(claim.text for claim in answer.claims), *quotes])
    except ModelError as error:
        print(f"{case.id}: {error}", file=sys.stderr)
        said = ""
    messages = [{"role": "user", "content": load("alone").fill(question=case.question)}]
    return Both(case, _tells(said, case), _tells(chat.complete(messages, None).text, case))


def _tells(text: str, case: Case) -> bool:
    return all(holds(text, fact) for fact in case.facts)


def table(found: Sequence[Both]) -> list[str]:
    """What is told each way, with its interval; and how many the papers add, and take away."""
    ways = {
        "with the papers": [float(each.opened) for each in found],
        "without them": [float(each.closed) for each in found],
    }
    told = []
    for name, values in ways.items():
        low, high = interval(values)
        told.append(f"{name:16} {sum(values) / len(values):.3f} [{low:.3f}, {high:.3f}] n={len(values)}")
    added = sum(each.opened and not each.closed for each in found)
    lost = sum(each.closed and not each.opened for each in found)
    return [*told, f"told with the papers alone {added}, without them alone {lost}"]
