"""Files read in worker processes: each within limits, a bad one for itself, all in their order."""

import os
import stat
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import ahead
from assistant.ahead import Reading
from assistant.errors import ReadError
from assistant.library import Library
from assistant.read import Limits, read
from assistant.store import faults
from assistant.store.catalog import Catalog
from assistant.types import AddReport, Paper
from assistant.workers import CORES
from tests.fakes import WordEmbedder
from tests.pdfs import made

LISTS = b'{"title": "Otters", "more": [' + b"[]," * 4_000_000 + b"[]]}"
OTTERS = "Otters sort pebbles by weight before they crack a shell in the river."


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", Catalog(tmp_path / "library", create=True), WordEmbedder())


def states(report: AddReport) -> dict[str, str]:
    return {Path(file.path).name: file.state for file in report.files}


def misread(data: bytes, path: Path, pages: int) -> tuple[list[Paper], list[str]]:
    """A reader with a bug, a hang, and a crash."""
    if path.name == "b.txt":
        raise IndexError("list index out of range")
    while path.name == "c.txt":
        time.sleep(1)
    if path.name == "d.txt":
        os.abort()
    return read(data, path, pages=pages), [f"seen {path.name}"]


def test_one_bad_file_never_stops_the_others(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "_read", misread)
    for name in "abcde":
        (tmp_path / f"{name}.txt").write_text(f"{OTTERS} {name}")
    report = library.add([tmp_path / f"{name}.txt" for name in "abcde"], limits=Limits(seconds=3))
    assert states(report) == {
        "a.txt": "added", "b.txt": "failed", "c.txt": "failed", "d.txt": "failed", "e.txt": "added"
    }  # fmt: skip
    log = tmp_path / "library" / "faults.log"
    bug = f"; this is a bug, and the traceback is in {log}"
    assert [file.error for file in report.files if file.error] == [
        f"its reader ended with IndexError: list index out of range{bug}",
        "it takes longer than 3 s; split it, or allow more: --time",
        f"its reader ended with SIGABRT{bug}",
    ]
    assert report.files[0].warnings == ("seen a.txt",) and report.files[4].warnings == ("seen e.txt",)
    told = log.read_text()
    assert f"{tmp_path}/b.txt\nTraceback" in told and f"{tmp_path}/d.txt\nFatal Python error: Aborted" in told
    assert library.status().log == str(log) and stat.S_IMODE(log.stat().st_mode) == 0o600


def test_without_a_fault_there_is_no_log(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    library.add([tmp_path / "a.txt"])
    assert library.status().log is None


def test_a_log_that_is_full_is_begun_anew(tmp_path: Path) -> None:
    faults.note(tmp_path, "a.txt", "q" * 1_000_000)
    faults.note(tmp_path, "b.txt", "y")
    assert "q" not in (tmp_path / faults.LOG).read_text()
    faults.note(tmp_path, "c.txt", "z")
    assert "y" in (tmp_path / faults.LOG).read_text()


def test_files_are_read_before_they_are_asked_for(tmp_path: Path) -> None:
    texts = {tmp_path / f"{n}.txt": f"{OTTERS} {n}".encode() for n in range(9)}
    asked: list[str] = []

    def contents() -> Iterator[tuple[Path, bytes]]:
        for path, data in texts.items():
            asked.append(path.name)
            yield path, data

    reading = Reading()
    reading.expect(contents())
    try:
        (paper,) = reading.read(texts[tmp_path / "0.txt"], tmp_path / "0.txt", print)
        assert paper.text.endswith("0") and asked == [f"{n}.txt" for n in range(CORES + 1)]
        (paper,) = reading.read(b"Changed meanwhile, it says.", tmp_path / "1.txt", print)
        assert paper.text == "Changed meanwhile, it says."
        (paper,) = reading.read(texts[tmp_path / "5.txt"], tmp_path / "5.txt", print)
        assert paper.text.endswith("5")
    finally:
        reading.close()


def test_pages_are_told_as_they_are_read_each_at_its_files_turn(tmp_path: Path) -> None:
    said = [[(12, f"{OTTERS} So says {name}.")] for name in ("Ada", "Bea", "Cid")]
    contents = [(tmp_path / f"{n}.pdf", made(said[: n + 1])) for n in range(3)]
    reading = Reading()
    reading.expect(iter(contents))
    told: list[tuple[int, int]] = []
    try:
        for n, (path, data) in enumerate(contents):
            reading.read(data, path, print, lambda page, of: told.append((page, of)))
            assert told == [(page + 1, n + 1) for page in range(n + 1)]
            told.clear()
        with pytest.raises(ReadError, match="not a readable PDF"):
            reading.read(b"%PDF-1.4", tmp_path / "3.pdf", print, lambda page, of: told.append((page, of)))
    finally:
        reading.close()
    assert told == []


@pytest.mark.parametrize(
    ("limits", "name", "data", "why"),
    [
        (Limits(pages=2), "a.pdf", made([[(12, OTTERS)]] * 3), "too long (3 pages); split it, or allow more than 2: -"),
        (Limits(megabytes=300), "a.jsonl", LISTS, "it takes more than 300 MB of memory"),
        (Limits(size=1), "a.txt", b"Otter " * 200_000, "of this kind of file at most 1 MB are read"),
    ],
)  # fmt: skip
def test_a_limit_is_stated(
    library: Library, tmp_path: Path, limits: Limits, name: str, data: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (file,) = library.add([tmp_path / name], limits=limits).files
    assert why in (file.error or "")


def test_a_page_limit_holds_in_an_archive(library: Library, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.pdf", made([[(12, OTTERS)]] * 3))
    (file,) = library.add([tmp_path / "a.zip"], limits=Limits(pages=2)).files
    assert "too long (3 pages)" in (file.error or "")
