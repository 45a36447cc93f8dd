"""Hostile text to the readers: the cost of what grows is in proportion, what is damaged is read or refused."""

import math
from pathlib import Path

import pytest

from assistant.errors import ReadError
from assistant.workers import Bounds, Fault, Workers
from eval.fuzz import damage
from eval.fuzz.families import DRAFTS, FAMILIES, READERS
from eval.fuzz.growth import file_of, growth
from eval.fuzz.trial import Taken, take

SIZE = 120_000
"""Characters: a pattern that looks at them all again for each of them takes a minute, one that looks once 0.1 s."""
KILLED_AFTER = Bounds(20, 2_000_000_000)


def files_for(n: int, family: str) -> list[str]:
    """One reader and one format of drafts for each family, in turn; LaTeX's marks go to LaTeX's."""
    if family[0] == "\\" or "\\" in FAMILIES[family](50):
        return ["a.tex", "draft.tex"]
    return [list(READERS)[n % len(READERS)], list(DRAFTS)[n % len(DRAFTS)]]


def failures(tried: dict[str, tuple[bytes, str]], bounds: Bounds) -> list[str]:
    found = []
    with Workers() as workers:
        calls = {name: workers.submit(bounds, take, *each) for name, each in tried.items()}
        for name, call in calls.items():
            try:
                call.result()
            except (ReadError, Fault) as error:
                found.append(f"{name}: {error}")
    return found


def test_the_cost_of_growing_text_is_in_proportion() -> None:
    tried = {
        f"{family} in {name}": (file_of(name, family, SIZE), name)
        for n, family in enumerate(FAMILIES)
        for name in files_for(n, family)
    }
    assert len(FAMILIES) >= 40 and failures(tried, KILLED_AFTER) == []


def test_damaged_files_are_read_or_refused(tmp_path: Path) -> None:
    files = damage.originals(tmp_path)  # without the data folder, those that are made
    tried = {f"{n}-{name}": (data, name) for n in range(8) for name, data in damage.cases(files, n)}
    assert failures(tried, Bounds(20, 1_000_000_000)) == []


def test_the_same_number_damages_alike() -> None:
    files = [b"Otters sort pebbles by weight. " * 20]
    hurt = [damage.damaged(files, number) for number in range(20)]
    assert hurt == [damage.damaged(files, number) for number in range(20)]
    assert len(set(hurt)) > 15 and files[0] not in hurt


def squared(data: bytes, name: str) -> Taken:
    return Taken((len(data) / 20_000) ** 2, "")


def endless(data: bytes, name: str) -> Taken:
    raise ReadError("it takes longer than 60 s")


@pytest.mark.parametrize(("reader", "factor"), [(squared, 4.0), (endless, math.inf)])
def test_growth_is_measured(monkeypatch: pytest.MonkeyPatch, reader: object, factor: float) -> None:
    monkeypatch.setattr("eval.fuzz.growth.take", reader)
    with Workers(1) as workers:
        assert growth("a.txt", "one word", workers).factor == pytest.approx(factor, rel=0.01)
