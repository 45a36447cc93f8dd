"""One bit of a library flipped on its disk: whoever asks is answered as before or told in one line, nothing that was
stored is taken for something else, and a backup brings it back. ``make torture`` flips more often (FLIPS)."""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.test_kill import WORDS, healthy, write_notes
from tests.victims import Nursery

FLIPS = int(os.environ.get("FLIPS", "16"))


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    process = Nursery()
    yield process
    process.close()


def flip(path: Path, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(bit // 8)
        (byte,) = file.read(1)
        file.seek(bit // 8)
        file.write(bytes([byte ^ 1 << bit % 8]))


def wrong(told: Any, held: Any) -> str | None:
    """What of it is a fault of ours: an exception, a line that is none, or what was not said to be damaged and is not
    as it was."""
    for name in ("ask", "contents"):
        if name not in told:
            return f"ended by {told}"
        error = told[name].get("error", "") if isinstance(told[name], dict) else ""
        if "\n" in error or len(error) > 2000:
            return f"{name}: no line: {error[:200]}"
    found = told["contents"]
    if "error" in found or not healthy(found):
        return None
    return "silently wrong" if stored(found) != stored(held) else None


def stored(held: Any) -> Any:
    """What answers are made of."""
    return held["papers"], held["passages"], held["sentences"]


@pytest.mark.parametrize("part", ["catalog.db", "chroma"])
def test_a_flipped_bit_is_told_or_harmless(nursery: Nursery, tmp_path: Path, part: str) -> None:
    seed = random.randrange(10**6) if "FLIPS" in os.environ else 7
    print("seed", seed)
    chance, whole, faults = random.Random(seed), tmp_path / "whole", []
    nursery("add", whole, "words", write_notes(tmp_path / "notes", 0))
    held = nursery("contents", whole, "words", *WORDS)
    for n in range(FLIPS):
        folder = shutil.copytree(whole, tmp_path / f"flipped{n}")
        files = [path for path in (folder / part).rglob("*") if path.is_file()] or [folder / part]
        path = chance.choices(files, [file.stat().st_size for file in files])[0]
        bit = chance.randrange(8 * path.stat().st_size)
        flip(path, bit)
        if fault := wrong(nursery("look", folder, "words", *WORDS), held):
            faults.append((path.name, bit, fault))
        shutil.rmtree(folder)
    print(f"{len(faults)} of {FLIPS}", *faults, sep="\n")
    assert not faults, seed


def test_a_flipped_bit_in_a_text_is_named(nursery: Nursery, tmp_path: Path) -> None:
    """A letter that is another, and one that is none any more."""
    whole = tmp_path / "whole"
    nursery("add", whole, "words", write_notes(tmp_path / "notes", 0))
    data = (whole / "catalog.db").read_bytes()
    for bit, says in ((0, "is not the one that was stored"), (7, "cannot be read")):
        folder = shutil.copytree(whole, tmp_path / f"bit{bit}")
        flip(folder / "catalog.db", 8 * data.index(b"herons of the river") + bit)
        told = nursery("look", folder, "words", "herons of the river")
        health = told["contents"].get("error") or told["contents"]["health"]["catalog"]
        assert says in health and "eron" in health
        assert "damaged" in str(told["ask"]) or "altered" in str(told["ask"]) or bit == 0
