"""A library that cannot be written to answers, or says why not; a disk that is full in the middle of ``add``
loses nothing that was there. Both with real permissions and a real small disk, so only as the superuser."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_kill import WORDS, healthy, write_notes
from tests.victims import Nursery

pytestmark = pytest.mark.skipif(
    os.getuid() != 0, reason="only the superuser can become nobody, or mount a disk"
)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    process = Nursery()
    yield process
    process.close()


@pytest.fixture
def shared(nursery: Nursery) -> Iterator[Path]:
    """Where nobody may look: a library (and a copy of it), whose owner is the superuser, and has shared it."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    nursery("add", folder / "library", "words", write_notes(folder / "notes", 0))
    subprocess.run(["chmod", "-R", "a+rX", folder / "library"], check=True)
    shutil.copytree(folder / "library", folder / "copy")
    yield folder
    shutil.rmtree(folder)


def test_a_read_only_library_answers_as_any_other(nursery: Nursery, shared: Path) -> None:
    library, copy = shared / "library", shared / "copy"
    before = sorted(path.name for path in library.rglob("*"))
    assert nursery("as_nobody", "ask", copy, library, "words", *WORDS) == nursery(
        "ask", copy, "words", *WORDS
    )
    held = nursery("as_nobody", "contents", copy, library, "words", *WORDS)
    assert held == nursery("contents", copy, "words", *WORDS) and healthy(held)
    assert sorted(path.name for path in library.rglob("*")) == before
    for command in ("add", "remove", "reindex"):
        told = nursery(
            "as_nobody", command, copy, library, "words", *([shared / "notes"] if command == "add" else [])
        )
        assert "cannot be written to (Permission denied)" in told["error"] and "\n" not in told["error"]


def test_a_read_only_library_without_its_index_answers_from_full_text(nursery: Nursery, shared: Path) -> None:
    shutil.rmtree(shared / "library" / "chroma")
    found, warnings = nursery("as_nobody", "ask", shared / "copy", shared / "library", "words", *WORDS)
    assert {how for _, _, how, _ in found} == {"words"}
    assert warnings and "full text alone" in warnings[0] and "Permission denied" in warnings[0]


def test_a_read_only_library_that_cannot_answer_says_why(nursery: Nursery, shared: Path) -> None:
    library, copy = shared / "library", shared / "copy"
    (library / "catalog.db-wal").write_bytes(b"left by a writer that was killed")
    told = nursery("as_nobody", "ask", copy, library, "words", *WORDS)
    assert "catalog.db cannot be read or written" in told["error"] and "permissions" in told["error"]
    library.chmod(0o700)
    told = nursery("as_nobody", "ask", copy, library, "words", *WORDS)
    assert f"{library} cannot be entered (Permission denied)" in told["error"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_loses_nothing_and_the_next_add_completes(
    nursery: Nursery, tmp_path: Path, small_disk: Path
) -> None:
    library, calm, notes = small_disk / "library", tmp_path / "calm", write_notes(tmp_path / "notes", 0)
    first = nursery("add", library, "words", notes)
    assert set(first) == {"added"}
    held = nursery("contents", library, "words", *WORDS)
    for n in range(4):
        (notes / f"z{n:02}.txt").write_text(
            " ".join(f"Survey {n} counts {word} newts." for word in range(3000))
        )
    for _ in range(2):  # full is full
        told = nursery("add", library, "words", notes)
        assert "full" in told["error"] and "stays" in told["error"] and "\n" not in told["error"]
    nursery("ask", library, "words", *WORDS)
    kept = nursery("contents", library, "words")
    assert kept["health"]["catalog"] == "ok"
    assert set(map(tuple, held["papers"])) <= set(map(tuple, kept["papers"]))
    subprocess.run(["mount", "-o", "remount,size=200m", small_disk], check=True)
    again = nursery("add", library, "words", notes)
    assert set(again) == {"unchanged", "added"} and again.count("unchanged") >= len(first)
    nursery("add", calm, "words", notes)
    held = nursery("contents", library, "words")
    assert held == nursery("contents", calm, "words") and healthy(held)
