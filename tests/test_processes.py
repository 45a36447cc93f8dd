"""Several processes at one library: one writes at a time, and whoever asks meanwhile is answered rightly."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.library import Library
from tests.fakes import FakeModel
from tests.store.test_lock import hold
from tests.test_kill import healthy, write_notes
from tests.victims import Nursery, library

FACT = "Voles of field {n} dug {n} burrows each."


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    process = Nursery()
    yield process
    process.close()


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    folder, note = tmp_path / "library", tmp_path / "note.txt"
    folder.mkdir()
    note.write_text("The tides of the Dee are high.")
    holder = hold(folder)
    command = [sys.executable, "-m", "assistant", "--library", str(folder), "add", str(note)]
    told = subprocess.run(command, capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (1, "")
    assert f"process {holder.pid} is writing to {folder}; try again" in told.stderr
    assert told.stderr.count("\n") == 1
    holder.communicate("")
    assert subprocess.run(command, capture_output=True).returncode == 0


def test_several_processes_make_one_library_at_once(nursery: Nursery, tmp_path: Path) -> None:
    folder, other = tmp_path / "library", Nursery()
    notes = [write_notes(tmp_path / f"notes{n}", n) for n in range(2)]
    threads = [
        threading.Thread(target=process, args=("add", folder, "words", note))
        for process, note in zip((nursery, other), notes, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    held = nursery("contents", folder, "words")
    assert healthy(held) and len(held["files"]) == 18 and all(state == "ok" for _, state, _ in held["files"])


@pytest.mark.parametrize("writers", [2, *([4] if "KILLS" in os.environ else [])])
def test_several_writers_and_a_reader_lose_nothing(nursery: Nursery, tmp_path: Path, writers: int) -> None:
    """Each adds its fields one by one, and comes again where another is writing for too long."""
    folder, others = tmp_path / "library", [Nursery() for _ in range(writers)]
    paths = [tmp_path / f"field{n}.txt" for n in range(4 * writers)]
    for n, path in enumerate(paths):
        path.write_text(FACT.format(n=n))
    nursery("add", folder, "words", paths[0])
    told: list[str] = []

    def write(number: int) -> None:
        for path in paths[number::writers]:
            while isinstance(answer := others[number]("add", folder, "words", path), dict):
                told.append(answer["error"])

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        answer = nursery("ask", folder, "words", "How many burrows on field 0?")
        assert not isinstance(answer, dict), answer["error"]
        found, warnings = answer
        assert found and not [line for line in warnings if "full text alone" not in line]
    for each in others:
        each.close()
    assert all("is writing to" in line for line in told)
    held = nursery("contents", folder, "words")
    assert healthy(held) and len(held["files"]) == len(held["papers"]) == len(paths)


def test_whoever_asks_beside_a_writer_is_answered_rightly(nursery: Nursery, tmp_path: Path) -> None:
    """One library stays open and asks in a loop, while another process adds note after note, removes some and
    builds the index anew. What was added before a question was put is found by it."""
    folder = tmp_path / "library"
    paths = [tmp_path / f"field{n}.txt" for n in range(12)]
    for n, path in enumerate(paths):
        path.write_text(FACT.format(n=n))
    nursery("add", folder, "words", paths[0])
    done: list[int] = [0]
    writer = threading.Thread(target=_write, args=(nursery, folder, paths, done))
    writer.start()
    asked = 0
    with library(str(folder)) as reader:
        while writer.is_alive() or asked < 12:
            newest = done[-1]
            texts = [hit.passage.text for hit in reader.search(f"How many burrows on field {newest}?", 12)]
            assert FACT.format(n=newest) in texts and len(texts) == len(set(texts))
            check(reader, newest)
            asked += 1
        writer.join()
        reader.warnings.clear()
        assert {hit.found_by for hit in reader.search("burrows on field 11", 1)} == {"both"}
        assert reader.warnings == [] and reader.status(verify=True).healthy
    assert done[-1] == len(paths) - 1


def _write(nursery: Nursery, folder: Path, paths: list[Path], done: list[int]) -> None:
    for n, path in enumerate(paths[1:], 1):
        nursery("add", folder, "words", path)
        done.append(n)
        if n % 4 == 0:
            nursery("remove", folder, "words", nursery("keys", folder)[0])
            nursery("reindex", folder, "words")


def check(reader: Library, newest: int) -> None:
    answer = reader.ask(f"How many burrows did voles of field {newest} dig?")
    for claim in answer.claims:
        for citation in claim.citations:
            assert citation.quote.text in FACT.format(n=citation.quote.text.split()[3])


def test_an_answer_is_of_one_moment(nursery: Nursery, tmp_path: Path) -> None:
    """A paper that another process removes while a model writes is quoted as it was; the next question finds
    it gone."""
    folder, voles = tmp_path / "library", FACT.format(n=7)
    (tmp_path / "voles.txt").write_text(voles + " They live on roots.")
    (tmp_path / "tides.txt").write_text("The tides of the Dee are high, and gauges tell how high they are.")
    nursery("add", folder, "words", tmp_path)

    def slow(shown: dict[str, str]) -> object:
        assert nursery("remove", folder, "words", key) is None
        (passage,) = [i for i, text in shown.items() if "Voles" in text]
        return {"claims": [{"text": voles, "citations": [{"id": passage, "quote": voles}]}], "missing": []}

    with library(str(folder)) as reader:
        (key,) = [paper.key for paper in reader.papers() if "Voles" in paper.text]
        answer = reader.ask("How many burrows did voles dig?", model=FakeModel(slow))
        assert [citation.quote.text for claim in answer.claims for citation in claim.citations] == [voles]
        assert [reference.paper.key for reference in answer.references] == [key]
        assert (
            {hit.passage.paper for hit in reader.search("voles")} == {p.key for p in reader.papers()} != {key}
        )
        assert reader.warnings == []
