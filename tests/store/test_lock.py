"""One writer at a time, across processes."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.errors import LibraryError, LibraryLocked
from assistant.store.lock import writer

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from assistant.store.lock import writer
with writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(folder: Path) -> "subprocess.Popen[str]":
    """Another process that holds the lock until its stdin ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with writer(tmp_path, wait=0):
            assert (tmp_path / "writer.pid").read_text() == str(os.getpid())
    with pytest.raises(RuntimeError), writer(tmp_path, wait=0):
        raise RuntimeError
    with writer(tmp_path, wait=0):
        pass
    assert not (tmp_path / "writer.pid").exists()


def test_another_process_is_named(tmp_path: Path) -> None:
    process = hold(tmp_path)
    with (
        pytest.raises(LibraryLocked, match=f"process {process.pid} is writing") as refused,
        writer(tmp_path, wait=0),
    ):
        pass
    assert "\n" not in str(refused.value)
    process.communicate("")
    with writer(tmp_path, wait=0):
        pass


def test_a_killed_writer_leaves_no_lock(tmp_path: Path) -> None:
    process = hold(tmp_path)
    process.kill()
    process.wait()
    with writer(tmp_path, wait=1):
        assert (tmp_path / "writer.pid").read_text() == str(os.getpid())


def test_a_holder_that_has_not_said_its_name(tmp_path: Path) -> None:
    process = hold(tmp_path)
    for name in ("", "x"):
        (tmp_path / "writer.pid").write_text(name)
        with pytest.raises(LibraryLocked, match="another process"), writer(tmp_path, wait=0):
            pass
    process.communicate("")


def test_a_writer_waits(tmp_path: Path) -> None:
    process = hold(tmp_path)
    threading.Timer(0.2, process.communicate, [""]).start()
    with writer(tmp_path, wait=10):
        pass
    process.wait()


def test_threads_of_one_process_exclude_each_other(tmp_path: Path) -> None:
    with writer(tmp_path), pytest.raises(LibraryLocked), writer(tmp_path, wait=0):
        pass


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="cannot be written"), writer(tmp_path / "file", wait=0):
        pass


def test_a_folder_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="is not there any more"), writer(tmp_path / "gone"):
        pass
    assert not (tmp_path / "gone").exists()
