"""Archives, harmful ones among them."""

import gzip
import io
import tarfile
import zipfile
from functools import partial
from pathlib import Path

import pytest

from assistant.errors import ReadError, UnknownKind
from assistant.read import archive, read
from assistant.read import packed as packed_door
from assistant.types import Paper
from tests.read.test_office import packed

gzipped = partial(gzip.compress, mtime=0)
"""The same whenever it is packed, so that tests that show it are called the same in each process of a run."""

OTTERS = "Otters at Rest\n\nThey rest by day on the water."
MAIN = "\\documentclass{a}\\title{Tides}\\begin{document}One.\n\n\\input{sub/two}\\end{document}"


def tarred(files: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as packing:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            content = text if isinstance(text, bytes) else text.encode()
            info.size = len(content)
            packing.addfile(info, io.BytesIO(content))
    return data.getvalue()


FILES: dict[str, str | bytes] = {
    "deep/b.md": OTTERS,
    "a.bib": "@misc{k, title={Ebbs}}\n@misc{none, year=2000}",
    "main.tex": MAIN,
    "sub/two.tex": "Two.",
    "x.png": b"\x89PNG",
    ".hidden.txt": "no",
    "__MACOSX/deep/b.md": "no",
    "more.zip": packed({"c.txt": "not opened"}),
    "bad.pdf": b"no",
    "empty.txt": "",
}


def papers(data: bytes, name: str) -> tuple[list[Paper], list[str]]:
    warnings: list[str] = []
    return read(data, Path(name), warnings.append), warnings


@pytest.mark.parametrize(
    ("data", "name"),
    [(packed(FILES), "a.zip"), (tarred(FILES), "a.tar"), (gzipped(tarred(FILES)), "a.tar.gz"),
     (gzipped(tarred(FILES)), "A.TGZ"), (gzipped(tarred(FILES)), "2501.01234.gz")],
)  # fmt: skip
def test_the_files_in_it_are_read(data: bytes, name: str) -> None:
    found, warnings = papers(data, name)
    assert [paper.text for paper in found] == ["Ebbs", OTTERS, "Tides\n\nOne.\n\nTwo."]
    assert [paper.source.record for paper in found] == ["a.bib:k", "deep/b.md", "main.tex"]
    starts = [paper.source.start for paper in found]
    assert sorted(set(starts)) == starts and {paper.source.file for paper in found} == {name}
    assert warnings == [
        "a.bib: line 2: none has neither a title nor an abstract; this entry was not read",
        "bad.pdf: not a readable PDF",
        "not read of the files in it: 1 .png, 1 .zip",
    ]


@pytest.mark.parametrize(
    ("content", "name", "text"),
    [
        (OTTERS, "a.txt.gz", OTTERS),
        ('{"title": "T", "text": "x"}', "a.jsonl.gz", "T\n\nx"),
        ("% a paper\n\\documentclass{a}\\begin{document}One.\\end{document}", "2501.01234v2.gz", "One."),
        ("<!DOCTYPE html><p>One two.", "page.gz", "One two."),
    ],
)
def test_one_packed_file(content: str, name: str, text: str) -> None:
    (paper,), _ = papers(gzipped(content.encode()), name)
    assert paper.text == text


@pytest.mark.parametrize("pack", [packed, tarred])
def test_nothing_is_written_outside(pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "in"))
    (tmp_path / "in").mkdir()
    names = ["../out.txt", "/tmp/out.txt", "a/../../out.txt", "..\\out.txt", "C:\\out.txt"]
    name = "a.zip" if pack is packed else "a.tar"
    found, warnings = papers(pack({**dict.fromkeys(names, "Out."), "in.txt": "In."}), name)
    assert [paper.text for paper in found] == ["In."]
    assert sum("would lie outside of the archive" in warning for warning in warnings) == 5
    assert [path.name for path in tmp_path.rglob("*")] == ["in"]  # nor does anything stay


def test_links_in_a_tar_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Secret.")
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as packing:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE):
            link = tarfile.TarInfo(f"link{kind!r}.txt")
            link.type, link.linkname = kind, str(tmp_path / "secret.txt")
            packing.addfile(link)
    with pytest.raises(UnknownKind):
        papers(data.getvalue(), "a.tar")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (packed({"a.txt": bytes(3000), "b.txt": bytes(3000)}), "a.zip"),
        (gzipped(tarred({"a.txt": bytes(3000), "b.txt": bytes(3000)})), "a.tgz"),
        (tarred({"a.txt": bytes(3000), "b.txt": bytes(3000)}), "a.tar"),
        (gzipped(bytes(6000)), "2501.01234.gz"),
    ],
)
def test_no_more_is_unpacked_than_a_limit(data: bytes, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST", 5000)
    with pytest.raises(ReadError, match="too large: at most"):
        papers(data, name)


def test_the_limit_is_told_that_holds_for_all_files_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST", 5_000_000)
    for pack in (packed, tarred):
        with pytest.raises(ReadError, match="too large: at most 5 MB"):
            papers(
                pack({"a.txt": bytes(3_000_000), "b.txt": bytes(3_000_000)}),
                "a.zip" if pack is packed else "a.tar",
            )


@pytest.mark.parametrize(("pack", "name"), [(packed, "a.zip"), (tarred, "a.tar")])
def test_too_many_files(pack, name: str, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(packed_door, "MOST", 2)
    assert len(papers(pack({"a.txt": b"A b.", "b.txt": b"B c."}), name)[0]) == 2
    with pytest.raises(ReadError, match="too many files"):
        papers(pack({"a.txt": b"A.", "b.txt": b"B.", "c.txt": b"C."}), name)


def test_a_list_of_too_many_files_is_not_begun_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_door, "MOST", 2)
    monkeypatch.setattr(packed_door, "member", lambda *given: pytest.fail("was unpacked"))
    with pytest.raises(ReadError, match="too many files"):
        papers(packed({"a.txt": "A.", "b.txt": "B.", "c.txt": "C."}), "a.zip")


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"garbage", "a.zip", "not a whole ZIP file"),
        (packed(FILES)[:-40], "a.zip", "not a whole ZIP file"),
        (b"garbage" * 200, "a.tar", "not a whole tar archive"),
        (b"garbage", "a.tgz", "not a whole gzip file"),
        (packed({"bad.pdf": "no"}), "a.zip", "bad.pdf: not a readable PDF"),
    ],
)
def test_what_cannot_be_read(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        papers(data, name)


@pytest.mark.parametrize(
    ("data", "name"),
    [(packed({"a.png": "x"}), "a.zip"), (packed({}), "a.zip"), (gzipped(b"x"), "dump.sql.gz"),
     (gzipped(b"no paper"), "notes.gz"), (packed({"a.zip": packed({"a.txt": OTTERS})}), "a.zip")],
)  # fmt: skip
def test_an_archive_of_other_things_is_of_an_unknown_kind(data: bytes, name: str) -> None:
    with pytest.raises(UnknownKind):
        papers(data, name)


def test_a_password(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": OTTERS}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the bit that says so
        data[data.index(mark) + offset] |= 1
    with pytest.raises(ReadError, match="without a password"):
        papers(bytes(data), "a.zip")


def test_a_file_without_a_name() -> None:
    data = bytearray(packed({"x": "Nameless.", "b.txt": "One two."}))
    start = data.index(b"PK\x01\x02")
    data[start + 28] = 0  # the length of its name
    data[start + 46 : start + 47] = b""
    end = data.index(b"PK\x05\x06")
    size = int.from_bytes(data[end + 12 : end + 16], "little") - 1
    data[end + 12 : end + 16] = size.to_bytes(4, "little")
    assert [paper.text for paper in papers(bytes(data), "a.zip")[0]] == ["One two."]


def test_a_name_that_is_a_file_and_a_folder() -> None:
    with zipfile.ZipFile(data := io.BytesIO(), "w") as packing:
        packing.writestr("a.txt", "One two.")
        packing.writestr("a.txt/b.txt", "Three four.")
        packing.writestr("c" * 300 + ".txt", "Five six.")
    found, warnings = papers(data.getvalue(), "a.zip")
    assert [paper.text for paper in found] == ["One two."] and len(warnings) == 2


def test_a_limit_is_met_to_the_byte() -> None:
    assert packed_door.ungzipped(gzipped(b"12345"), 5) == b"12345"
    assert [data for _, data in packed_door.untarred(tarred({"a": "12", "b": "345"}), 5)] == [b"12", b"345"]
    assert [data for _, data in packed_door.unzipped(packed({"a": "12", "b": "345"}), 5)] == [b"12", b"345"]
    for unpack in (
        lambda: packed_door.ungzipped(gzipped(b"12345"), 4),
        lambda: list(packed_door.untarred(tarred({"a": "12", "b": "345"}), 4)),
        lambda: list(packed_door.unzipped(packed({"a": "12", "b": "345"}), 4)),
    ):
        with pytest.raises(ReadError, match="at most 1 MB are unpacked"):
            unpack()
