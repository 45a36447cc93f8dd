"""kill -9 at any moment: the next command completes the work. What a struck library holds is compared with
one that was left in peace, to the last row. ``make torture`` strikes more often (KILLS)."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.victims import Nursery

KILLS = int(os.environ.get("KILLS", "10"))
SUBJECTS = "otters herons beavers badgers lichens barnacles glaciers estuaries".split()
RECORDS = 35
"""On each of two subjects: together more than are made findable in one transaction."""
WORDS = ["how do otters sort", "tides of the heron", "what barnacles weigh", "edition 1 record 7"]


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    process = Nursery()
    yield process
    process.close()


def write_notes(folder: Path, edition: int) -> Path:
    """A file a subject, some of which change with the edition, and one of many records."""
    folder.mkdir(exist_ok=True)
    for n, subject in enumerate(SUBJECTS):
        changed = f" This is edition {edition} of the note." if n % 2 else ""
        text = f"The {subject} of the river were counted on {n + 11} days, and they sort pebbles by weight.{changed}"
        (folder / f"{subject}.txt").write_text(text)
    records = [
        {
            "title": f"Record {n} of {subject}",
            "text": f"In edition {edition if n < 9 else 0}, {subject} are {n} feet long.",
        }
        for n in range(RECORDS)
        for subject in SUBJECTS[:2]
    ]
    (folder / "records.jsonl").write_text("\n".join(map(json.dumps, records)))
    return folder


def healthy(held: Any) -> bool:
    return bool(held["folders"] == 1 and set(held["health"].values()) == {"ok"} and len(held["health"]) == 3)


def test_a_killed_command_is_completed_by_the_next(nursery: Nursery, tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    chance = random.Random(seed)
    calm, struck, notes = tmp_path / "calm", tmp_path / "struck", tmp_path / "notes"
    killed = 0
    for step in range(20 * KILLS):
        embedder = "words" if step % 8 < 4 else "other"
        write_notes(notes, step // 4 % 2)
        command: tuple[Any, ...] = ("add", embedder, notes)
        if step % 4 == 1:
            known = nursery("keys", calm)
            command = ("remove", embedder, *chance.sample(known, 9))
        if step % 4 == 3:
            embedder = "other" if embedder == "words" else "words"
            command = ("reindex", embedder)
        started = time.perf_counter()
        nursery(command[0], calm, *command[1:])
        lasts = time.perf_counter() - started
        child = nursery("start", command[0], str(struck), *map(str, command[1:]))
        time.sleep(lasts * chance.random())
        os.kill(child, signal.SIGKILL)
        killed += nursery("wait", child) == -signal.SIGKILL
        if (struck / "catalog.db").exists() and command[0] != "reindex" and chance.random() < 0.5:
            asked = nursery("ask", struck, embedder, *WORDS)
            warned = [each for each in asked[1] if "papers in" not in each] if "error" not in asked else []
            assert warned == [], (seed, step, asked)
            assert "error" in asked or healthy(nursery("contents", struck, embedder)), (seed, step)
        nursery(command[0], struck, *command[1:])
        held = nursery("contents", calm, embedder, *WORDS)
        assert nursery("contents", struck, embedder, *WORDS) == held, (seed, step)
        assert healthy(held)
        if killed == KILLS:
            return
    pytest.fail(f"only {killed} commands were hit")


def test_a_killed_chat_keeps_every_turn_but_the_last(nursery: Nursery, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    nursery("add", folder, "words", write_notes(tmp_path / "notes", 0))
    kills, chance = max(2, KILLS // 10), random.Random()
    for n in range(kills):
        child = nursery("start", "talk", str(folder), "words", *WORDS[:3])
        while len(nursery("turns", folder)) <= n:
            time.sleep(0.05)
        time.sleep(chance.random())
        os.kill(child, signal.SIGKILL)
        assert nursery("wait", child) == -signal.SIGKILL
    kept = nursery("turns", folder)
    assert len(kept) == kills
    assert all("asked" not in states[:-1] and "failed" not in states for states in kept)
    assert healthy(nursery("contents", folder, "words"))


@pytest.mark.parametrize("command", ["add", "reindex"])
def test_death_before_any_statement_of_a_new_catalog_or_of_new_vectors(
    nursery: Nursery, tmp_path: Path, command: str
) -> None:
    """``add`` makes the library; ``reindex`` embeds it anew. The deaths are spread over all statements."""
    notes = write_notes(tmp_path / "notes", 0)
    calm = tmp_path / "calm"
    nursery("add", calm, "words", notes)
    arguments = (notes,) if command == "add" else ()
    if command == "reindex":
        nursery("reindex", calm, "other")
    embedder = "words" if command == "add" else "other"
    expected = nursery("contents", calm, embedder)
    deaths = [0, 2, 9, 19, 22, 60, 200] if command == "add" else [20, 60, 83, 86, 88, 93]
    for n in deaths:
        folder = tmp_path / f"{command}{n}"
        if command == "reindex":
            nursery("add", folder, "words", notes)
        assert nursery("die_at", n, command, folder, embedder, *arguments) == {"code": -signal.SIGKILL}
        nursery(command, folder, embedder, *arguments)
        assert nursery("contents", folder, embedder) == expected, n


def test_the_command_line_is_killed(tmp_path: Path) -> None:
    notes, library = write_notes(tmp_path / "notes", 0), tmp_path / "library"
    run = [sys.executable, "-m", "assistant", "--library", str(library)]
    chance = random.Random()
    for _ in range(max(2, KILLS // 10)):
        write_notes(notes, chance.randrange(10**6))
        process = subprocess.Popen(
            [*run, "add", str(notes)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(3 * chance.random())
        process.kill()
        process.wait()
    subprocess.run([*run, "add", str(notes)], check=True, capture_output=True)
    told = subprocess.run([*run, "status", "--verify", "--json"], check=True, capture_output=True, text=True)
    status = json.loads(told.stdout)
    assert status["healthy"] and status["papers"] == len(SUBJECTS) + 2 * RECORDS
    assert {file["state"] for file in status["files"]} == {"ok"}
