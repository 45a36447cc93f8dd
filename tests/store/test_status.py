"""What is said of a library's files and parts, and that saying it changes nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

from assistant.store.files import FileState
from tests.victims import library


def test_a_file_that_never_could_be_read_is_told_with_its_reason(tmp_path: Path) -> None:
    with library(str(tmp_path / "library"), create=True) as opened:
        locked = tmp_path / "locked.txt"
        locked.write_text("Voles dig burrows.")
        opened._catalog.touch(
            FileState(str(locked), "", 0, 0, 1, "failed", "cannot be read (Permission denied)")
        )
        for verify in (False, True):
            (file,) = opened.status(verify).files
            assert (file.state, file.error) == ("failed", "cannot be read (Permission denied)")
        locked.unlink()
        assert opened.status().files[0].state == "missing"


def test_a_file_that_cannot_be_looked_at_is_not_called_missing(tmp_path: Path) -> None:
    note = tmp_path / ("n" * 200) / "note.txt"
    note.parent.mkdir()
    note.write_text("Voles dig burrows.")
    with library(str(tmp_path / "library"), create=True) as opened:
        opened.add([note])
        shutil.rmtree(note.parent)
        note.parent.symlink_to(note.parent.name)  # a loop
        (file,) = opened.status().files
        assert file.state == "failed" and file.error and "cannot be read" in file.error


def test_status_mends_nothing_and_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Voles dig burrows.")
    with library(str(tmp_path / "library"), create=True) as opened:
        opened.add([tmp_path / "note.txt"])
        assert opened.status().healthy and opened.status().checked == ()
        shutil.rmtree(opened.folder / "chroma")
        for _ in range(2):
            status = opened.status(verify=True)
            assert not status.healthy and status.indexes["catalog"] == status.indexes["full text"] == "ok"
            assert (
                status.indexes["vectors"] == f"is not there; run: assistant --library {opened.folder} reindex"
            )
        assert not (opened.folder / "chroma").exists()
        assert [line.split(":")[0] for line in status.checked] == ["catalog", "full text", "vectors", "files"]


def test_the_command_says_what_it_checked_and_fails_for_harm_alone(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Voles dig burrows in the fields of the north.")
    command = [sys.executable, "-m", "assistant", "--library", str(tmp_path / "library")]
    subprocess.run([*command, "add", str(tmp_path / "note.txt")], check=True, capture_output=True)
    (tmp_path / "note.txt").write_text("Changed.")
    told = subprocess.run([*command, "status", "--verify"], capture_output=True, text=True)
    assert told.returncode == 0 and "changed:" in told.stdout
    assert "Checked:" in told.stdout and "every word" in told.stdout
    shutil.rmtree(tmp_path / "library" / "chroma")
    told = subprocess.run([*command, "status"], capture_output=True, text=True)
    assert told.returncode == 1 and "reindex" in told.stdout and told.stderr == ""
