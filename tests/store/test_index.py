"""The vector index: exact against the vectors it was given, rebuildable whatever happens to its folder."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import LibraryError
from assistant.store import index as store
from assistant.store.index import Row, VectorIndex, nearest_among
from assistant.types import Vectors

ROOT = Path(__file__).parents[2]
N = 1500
IDS = [f"p_{n}" for n in range(N)]
PAPERS = [f"paper{n % 7}" for n in range(N)]
ROWS: Vectors = np.random.default_rng(7).normal(size=(N, 16)).astype(np.float32)
ROWS /= np.linalg.norm(ROWS, axis=1, keepdims=True)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    opened = VectorIndex(tmp_path)
    opened.build([(IDS, PAPERS, ROWS)])
    yield opened
    opened.close()


def test_nearest_is_the_exact_cosine(index: VectorIndex) -> None:
    for n in (0, 700, N - 1):
        found = index.nearest(ROWS[n], 10)
        cosines = ROWS @ ROWS[n]
        assert [i for i, _ in found] == [IDS[m] for m in np.argsort(-cosines)[:10]]
        assert np.allclose([cosine for _, cosine in found], np.sort(cosines)[::-1][:10], atol=1e-4)


def test_only_some_papers_are_searched(index: VectorIndex) -> None:
    found = index.nearest(ROWS[0], 20, ["paper3", "paper4", "none"])
    assert {PAPERS[IDS.index(i)] for i, _ in found} <= {"paper3", "paper4"}
    assert len(found) == 20
    assert index.nearest(ROWS[0], 5, []) == index.nearest(ROWS[0], 5, ["none"]) == []


def test_limits(index: VectorIndex) -> None:
    assert index.nearest(ROWS[0], 0) == []
    assert len(index.nearest(ROWS[0], 10 * N)) == N


def test_ids_come_in_pages(index: VectorIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_PAGE", 400)  # three whole ones and a rest
    assert index.ids() == set(IDS)
    monkeypatch.setattr(store, "_PAGE", N)
    assert index.ids() == set(IDS)


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path)
    index.build([])
    assert (index.count(), index.ids(), index.nearest(ROWS[0], 5)) == (0, set(), [])
    index.delete(["none"])
    index.upsert([], [], ROWS[:0])
    index.close()


def test_what_is_there_is_replaced_and_deleted(index: VectorIndex) -> None:
    index.upsert(IDS[:1], PAPERS[:1], ROWS[1:2])
    assert index.count() == N
    assert {i for i, _ in index.nearest(ROWS[1], 2)} == set(IDS[:2])
    index.delete(IDS[:5])
    assert index.ids() == set(IDS[5:])


def test_more_rows_than_chroma_takes_at_once(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path)
    many = [f"p_{n}" for n in range(6000)]
    index.build([(many, many, np.tile(ROWS, (4, 1)))])
    assert (index.count(), len(index.ids())) == (6000, 6000)
    index.delete(many)
    assert index.count() == 0
    index.close()


def test_it_is_there_after_closing(index: VectorIndex) -> None:
    index.close()
    assert index.nearest(ROWS[3], 1)[0][0] == IDS[3]


def test_another_process_is_seen_after_closing(index: VectorIndex, tmp_path: Path) -> None:
    program = f"""
import numpy as np
from pathlib import Path
from assistant.store.index import Row, VectorIndex, nearest_among
index = VectorIndex(Path({str(tmp_path)!r}))
index.use({index.name!r})
index.upsert(["new"], ["paper"], np.ones((1, 16), np.float32))
index.close()
"""
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
    index.close()
    assert index.nearest(np.ones(16, np.float32), 1)[0][0] == "new"


def test_another_index_is_built_beside_the_old_one(index: VectorIndex, tmp_path: Path) -> None:
    reader = VectorIndex(tmp_path)
    reader.use(index.name)
    index.build([(IDS[:3], PAPERS[:3], ROWS[:3]), (IDS[3:4], PAPERS[3:4], ROWS[3:4])])
    assert index.ids() == set(IDS[:4]) and reader.ids() == set(IDS)
    reader.close()
    index.build([(["wide"], ["paper"], np.ones((1, 99), np.float32))])  # of another embedder
    (index.path / "stray").write_text("x")
    index.sweep()
    assert [entry.name for entry in index.path.iterdir()] == [index.name]
    assert index.nearest(np.ones(99, np.float32), 5)[0][0] == "wide"


def test_a_reader_makes_nothing(index: VectorIndex, tmp_path: Path) -> None:
    reader = VectorIndex(tmp_path)
    for name in ("", "absent"):
        reader.use(name)
        with pytest.raises(LibraryError, match="there is no vector index"):
            reader.nearest(ROWS[0], 5)
    assert [entry.name for entry in index.path.iterdir()] == [index.name]


def test_the_checksum_is_that_of_what_is_read_as_it_is(index: VectorIndex) -> None:
    before = index.checksum()
    index.close()
    for n in (0, 1, N - 1):
        index.nearest(ROWS[n], 5)
        index.close()
    assert index.checksum() == before  # asking writes nothing into the graph
    files = [path for path in index.path.rglob("*") if path.is_file() and path.suffix != ".sqlite3"]
    assert len(files) > 3
    for path in files:
        whole = path.read_bytes()
        path.write_bytes(whole[:-7] + b"garbage")
        assert index.checksum() != before
        path.write_bytes(whole)
    index.upsert([f"more {n}" for n in range(N)], PAPERS, ROWS)
    assert index.checksum() != before


def test_the_rows_are_those_that_are_searched(index: VectorIndex) -> None:
    rows = index.rows(IDS[:9])
    assert {i: paper for i, (paper, _) in rows.items()} == dict(zip(IDS[:9], PAPERS[:9], strict=True))
    assert all(np.allclose(rows[i][1], ROWS[n], atol=1e-5) for n, i in enumerate(IDS[:9]))


@pytest.mark.parametrize("part", ["database", "graph"])
def test_a_garbled_index_is_told_in_one_line_and_can_be_rebuilt(index: VectorIndex, part: str) -> None:
    index.close()
    for path in index.path.rglob("*"):
        if path.is_file() and (path.suffix == ".sqlite3") == (part == "database"):
            path.write_bytes(b"garbage" * 100)
    with pytest.raises(LibraryError) as refused:
        index.nearest(ROWS[0], 5)
    assert "\n" not in str(refused.value)
    assert str(index.path) in str(refused.value)
    index.build([(IDS, PAPERS, ROWS)])
    assert index.nearest(ROWS[0], 1)[0][0] == IDS[0]


def test_a_row_that_has_lost_its_paper_is_no_ones(
    index: VectorIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.close()
    with closing(sqlite3.connect(index.path / index.name / "chroma.sqlite3")) as db:
        db.execute(
            """UPDATE embedding_metadata SET key = 'qaper'
               WHERE id = (SELECT id FROM embeddings WHERE embedding_id = 'p_3')"""
        )
        db.commit()
    held = index.rows(["p_2", "p_3"])
    assert (held["p_2"][0], held["p_3"][0]) == ("paper2", "")
    monkeypatch.setattr("assistant.store.index._FEW", 0)
    found = index.nearest(ROWS[3], 5, sorted(set(PAPERS)))
    assert found and "p_3" not in dict(found)


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="does not work"):
        VectorIndex(tmp_path / "file").build([])


def test_a_deleted_folder_is_told(index: VectorIndex) -> None:
    index.close()
    shutil.rmtree(index.path)
    with pytest.raises(LibraryError, match="there is no vector index"):
        index.count()
    assert not index.path.exists()


@pytest.mark.parametrize(
    ("dotenv", "environ", "line"),
    [
        (b"CHROMA_SERVER_HTTP_PORT=abc\nMIGRATIONS=no\n", {}, "0"),
        (b"\xff\xfe\x00\x80", {}, "0"),
        (b"", {"CHROMA_SERVER_CORS_ALLOW_ORIGINS": "x", "IS_PERSISTENT": "no", "CHROMA_API_IMPL": "x"}, "0"),
        (b"", {"OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT": "abc"}, "chromadb does not start: an environment variable here"),
    ],
)  # fmt: skip
def test_settings_of_other_programs_do_not_reach_chroma(
    tmp_path: Path, dotenv: bytes, environ: dict[str, str], line: str
) -> None:
    (tmp_path / ".env").write_bytes(dotenv)
    program = f"""
from pathlib import Path
from assistant.errors import LibraryError
from assistant.store import index as store
from assistant.store.index import Row, VectorIndex, nearest_among
try:
    index = VectorIndex(Path({str(tmp_path)!r}))
    index.build([])
    print(index.count())
except LibraryError as error:
    print(error)
import chromadb
try:
    chromadb.Settings(chroma_server_http_port="abc")
except ValueError:
    print("others' settings are checked as before")
"""
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        text=True,
    )
    assert run.stdout.startswith(line)
    if line == "0":
        assert (run.stdout.splitlines()[1], run.stderr) == ("others' settings are checked as before", "")


@pytest.mark.parametrize("papers", [1, 3, 6, 7])
@pytest.mark.parametrize("few", [0, 100], ids=["passed over", "told"])
def test_of_many_papers_the_nearest_are_the_same_as_of_few(
    index: VectorIndex, monkeypatch: pytest.MonkeyPatch, papers: int, few: int
) -> None:
    """Also where more of the others are nearer than are looked through."""
    monkeypatch.setattr("assistant.store.index._FEW", few)
    only = [f"paper{n}" for n in range(papers)]
    cosines = np.where([n % 7 < papers for n in range(N)], ROWS @ ROWS[5], -1)
    for limit in (1, 40, N):
        found = index.nearest(ROWS[5], limit, only)
        assert [i for i, _ in found] == [IDS[m] for m in np.argsort(-cosines)[:limit] if cosines[m] > -1]


def test_chroma_is_told_of_few_papers_and_not_of_most() -> None:
    asked: list[tuple[int, bool]] = []

    def rows(wanted: int, told: bool) -> list[Row]:
        asked.append((wanted, told))
        every = [(f"p{n}", 1 - n / 9000, None if n == 3 else str(n)) for n in range(4000)]
        return [row for row in every if not told or row[2] in only][:wanted]

    only = [str(n) for n in range(0, 4000, 2)]
    assert [i for i, _ in nearest_among(rows, lambda: 4000, 5, only)] == ["p0", "p2", "p4", "p6", "p8"]
    only = [str(n) for n in range(4000) if n > 8]
    assert [i for i, _ in nearest_among(rows, lambda: 4000, 5, only)] == [f"p{n}" for n in range(9, 14)]
    only = [str(n) for n in range(2000, 4000)]
    assert [i for i, _ in nearest_among(rows, lambda: 4000, 5, only)] == [f"p{n}" for n in range(2000, 2005)]
    only = [str(n) for n in range(900)]
    nearest_among(rows, lambda: 4000, 5, only)
    only = [str(n) for n in range(1100)]
    nearest_among(rows, lambda: 4000, 5, only)
    nearest_among(rows, lambda: 10_000, 5, only)
    f, t = False, True
    assert [told for _, told in asked] == [f, f, f, f, f, t, t, f, t]
    assert nearest_among(rows, lambda: 4000, 5, None) == [(f"p{n}", 1 - n / 9000) for n in (0, 1, 2, 4, 5)]
