"""A library on a server, beyond what holds of every library: who wins, what a broken line leaves, and what a client
makes of a cache that is gone, old or damaged."""

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from assistant import Library
from assistant.address import Address
from assistant.errors import EmbedderMismatch, LibraryError, NoLibrary, UnknownPaper, UsageError
from assistant.store import log, shared_index
from assistant.store.catalog import Catalog
from assistant.store.files import PARTIAL
from assistant.store.record import packed, unpacked
from assistant.store.server import Collection, Server
from eval.bench.chroma import ChromaServer
from tests.chroma_server import Line, client
from tests.fakes import WordEmbedder
from tests.store.samples import BEES, ICE, TIDES, entry, paper, paper_at, state


@pytest.fixture
def address(chroma: ChromaServer, request: pytest.FixtureRequest) -> Address:
    return chroma.address(f"s-{abs(hash(request.node.nodeid)) % 10**12}")


def put(library: Library, path: str, *texts: str) -> list[str]:
    """Stores the texts as a file's papers, a step at a time."""
    catalog = library._catalog
    if not catalog.meta("embedder"):
        library._indexer.begin(catalog)
    placed = [paper_at(paper(text), path, 1000 * n) for n, text in enumerate(texts)]
    stored = catalog.store(state(path), placed, library._indexer.entries)
    while stored.step.left:
        stored = stored._replace(step=catalog.go_on(path, library._indexer.entries))
    return stored.keys


def texts(library: Library) -> set[str]:
    return {each.text for each in library.papers()}


def tables(library: Library) -> dict[str, list[Any]]:
    """All that a view holds."""
    library._catalog.catch_up()
    database = library._catalog._db
    names = database.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'").fetchall()
    return {name: sorted(map(repr, database.execute(f"SELECT * FROM {name}"))) for (name,) in names}


def is_sound(library: Library) -> bool:
    return set(library.status(verify=True).indexes.values()) == {"ok"}


# --- one order for all -----------------------------------------------------------------------------------


def test_every_view_is_the_same(address: Address, tmp_path: Path) -> None:
    ann, bob = client(address, tmp_path), client(address, tmp_path, "bob")
    (tides,) = put(ann, "/a.txt", TIDES)
    ice, bees = put(bob, "/b.txt", ICE, BEES)
    put(bob, "/a.txt", TIDES)
    one = ann.merge([ice, bees])
    bob.edit(one, {"title": "Ice and bees"})
    ann.tag([tides], "wet")
    put(ann, "/a.txt", f"{TIDES} They rise.")
    bob.split(one)
    bob.remove([ice])
    cid = client(address, tmp_path, "cid")
    assert tables(ann) == tables(bob) == tables(cid)
    assert texts(cid) == {TIDES, f"{TIDES} They rise.", BEES} and is_sound(cid), "bob has the older text yet"
    assert ann.paper(tides).text == TIDES and cid.tags() == {tides: ("wet",)}
    assert [each.key for each in cid.papers()] == [each.key for each in ann.papers()]


def test_two_add_the_same_paper_at_once(address: Address, tmp_path: Path) -> None:
    clients = [client(address, tmp_path, who) for who in ("ann", "bob", "cid")]
    start, keys = threading.Barrier(len(clients)), []

    def add(library: Library) -> None:
        start.wait()
        keys.append(put(library, "/same.txt", TIDES))

    threads = [threading.Thread(target=add, args=(each,)) for each in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 3 and keys[0] == keys[1] == keys[2]
    assert [texts(each) for each in clients] == [{TIDES}] * 3
    assert clients[0]._catalog.files_of(keys[0][0]) == ["/same.txt", "bob@lab:/same.txt", "cid@lab:/same.txt"]
    assert is_sound(clients[1]) and tables(clients[0]) == tables(clients[2])


def test_who_comes_second_takes_the_next_number(address: Address, tmp_path: Path) -> None:
    ann, bob = client(address, tmp_path), client(address, tmp_path, "bob")
    put(ann, "/a.txt", TIDES)
    bob._catalog.catch_up()
    behind = bob._catalog._head()
    put(ann, "/b.txt", ICE)
    data = packed("tag", [["x"], "late"], None, [])
    commit = bob._catalog._log.append(data, behind[0])
    assert commit.number == behind[0] + 2
    assert unpacked(ann._catalog._log.content(commit)).arguments == [["x"], "late"]


def test_one_embedder_for_all(address: Address, tmp_path: Path) -> None:
    ann = client(address, tmp_path)
    put(ann, "/a.txt", TIDES)
    bob = client(address, tmp_path, "bob", embedder=WordEmbedder("others"))
    with pytest.raises(EmbedderMismatch, match="made by words, not by others"):
        bob.search("tides")
    with pytest.raises(EmbedderMismatch, match="read by words"):
        bob._catalog.set_meta("embedder", "others")
    with pytest.raises(UsageError, match="keeps its embedder"):
        bob._catalog.check_new_embedder()
    assert bob._catalog.meta("embedder") == "words" == ann._catalog.meta("embedder")


def test_what_fails_fails_for_all_and_changes_nothing(address: Address, tmp_path: Path) -> None:
    """A change that was right when it was tried, and is wrong by the time that it comes."""
    ann, bob = client(address, tmp_path), client(address, tmp_path, "bob")
    (key,) = put(ann, "/a.txt", TIDES)
    bob._catalog.catch_up()
    follow = type(bob._catalog).catch_up

    def first(catalog: Any) -> None:
        follow(catalog)
        if catalog is bob._catalog and key in (each.key for each in catalog.papers()):
            ann.remove([key])

    bob._catalog.catch_up = lambda: first(bob._catalog)  # type: ignore[method-assign]
    with pytest.raises(UnknownPaper):
        bob._catalog.edit(key, {"title": "Too late"})
    assert texts(ann) == texts(bob) == set() and tables(ann) == tables(bob)


def test_nothing_is_put_where_nothing_changes(address: Address, tmp_path: Path) -> None:
    ann = client(address, tmp_path)
    (key,) = put(ann, "/a.txt", TIDES)
    catalog = ann._catalog
    before = catalog._head()
    catalog.touch(state("/a.txt"))
    catalog.forget(["/nothing.txt"])
    catalog.tag([], "word")
    catalog.make_findable(ann._indexer.entries)
    ann._complete()
    with pytest.raises(UnknownPaper):
        catalog.merge([key, "nobody"])
    assert catalog._head() == before
    catalog.touch(replace(state("/a.txt"), size=2))
    assert catalog._head() != before


def test_two_processes_of_one_client_share_its_view(address: Address, tmp_path: Path) -> None:
    one, other = client(address, tmp_path), client(address, tmp_path)
    assert view(one) == view(other)
    (key,) = put(one, "/a.txt", TIDES)
    assert put(other, "/b.txt", ICE) and texts(other) == texts(one) == {TIDES, ICE}
    with one._catalog._alone():
        other._catalog._lock.acquire = lambda timeout: pytest.fail("two at once")  # type: ignore[method-assign]
        assert other._catalog._log.after(*other._catalog._head()) == []
        assert texts(other) == {TIDES, ICE}, "who has nothing to replay waits for nobody"
    commit = one._catalog._log.append(packed("tag", [[key], "x"], None, []), one._catalog._head()[0])
    change = unpacked(one._catalog._log.content(commit))
    one._catalog.catch_up()
    one._catalog.untag([key], "x")
    assert one._catalog._replay(commit, change) is None and one.tags() == {}, "nothing is replayed twice"


@pytest.mark.parametrize(
    ("does", "arguments", "embedder"),
    [("store", True, "others"), ("close", False, None), ("_throw_away", False, None)],
)
def test_a_change_that_does_not_belong_here(
    address: Address, tmp_path: Path, does: str, arguments: bool, embedder: str | None
) -> None:
    ann = client(address, tmp_path)
    put(ann, "/a.txt", TIDES)
    before = tables(ann)
    made = entry(paper(ICE))
    given = [state("bob@lab:/b.txt"), [made.paper]] if arguments else []
    ann._catalog._log.append(
        packed(does, given, embedder, [made] if arguments else []), ann._catalog._head()[0]
    )
    if not arguments:
        with pytest.raises(LibraryError, match=f"of a kind unknown here .{does}."):
            ann._catalog.catch_up()
    else:
        assert texts(ann) == {TIDES}, "vectors of two embedders are not mixed"
        assert {name: rows for name, rows in tables(ann).items() if name != "meta"} == {
            name: rows for name, rows in before.items() if name != "meta"
        }


# --- whose files -----------------------------------------------------------------------------------------


def test_no_one_calls_anothers_file_missing(address: Address, tmp_path: Path) -> None:
    ann, bob = client(address, tmp_path), client(address, tmp_path, "bob")
    here = tmp_path / "notes"
    here.mkdir()
    (here / "bees.txt").write_text(BEES)
    put(ann, f"{here}/ice.txt", ICE)
    report = bob.add([here], prune=True)
    assert [file.state for file in report.files] == ["added"] and report.pruned == report.missing == ()
    assert texts(ann) == {ICE, BEES}
    states = {file.path: file.state for file in bob.status().files}
    assert states == {f"ann@lab:{here}/ice.txt": "ok", f"{here}/bees.txt": "ok"}
    assert {file.path: file.state for file in ann.status().files} == {
        f"{here}/ice.txt": "missing",
        f"bob@lab:{here}/bees.txt": "ok",
    }
    sources = {each.text: each.source.file for each in bob.papers()}
    assert sources == {ICE: f"ann@lab:{here}/ice.txt", BEES: f"{here}/bees.txt"}
    bob.remove([each.key for each in bob.papers() if each.text == BEES])
    assert texts(ann) == {ICE}


# --- what breaks -----------------------------------------------------------------------------------------


class Breaking(Server):
    """A line that breaks at its request number ``at``, before the server has it or after, and stays broken."""

    def __init__(self, address: Address, at: int, heard: bool) -> None:
        super().__init__(address)
        self.at, self.heard, self.sent = at, heard, 0

    def _sent(self, method: str, path: str, content: bytes | None) -> tuple[int, bytes]:
        self.sent += 1
        if self.sent > self.at or (self.sent == self.at and not self.heard):
            raise httpx.ReadError("the line is cut")
        reply = super()._sent(method, path, content)
        if self.sent == self.at:
            raise httpx.ReadError("the line is cut")
        return reply


@pytest.mark.parametrize("heard", [False, True])
def test_wherever_the_line_breaks_nothing_is_lost_and_nothing_twice(
    address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: bool
) -> None:
    monkeypatch.setattr("assistant.store.server._AGAIN", ())
    calm = client(address, tmp_path)
    put(calm, "/a.txt", TIDES)
    kept = {TIDES}
    for at in range(1, 100):
        line, new = Breaking(address, at, heard), [f"{ICE} {at}", f"{BEES} {at}"]
        try:
            with client(address, tmp_path, "bob", server=lambda _, line=line: line) as broken:  # type: ignore[misc]
                put(broken, f"/{at}.txt", *new)
        except LibraryError as error:
            assert f"no Chroma server answers at {address.place}" in str(error)
        seen = texts(calm)
        assert seen in (kept, {*kept, *new}), at
        assert calm.search("tides are high")[0].passage.text in seen
        with client(address, tmp_path, "bob") as again:
            put(again, f"/{at}.txt", *new)
            assert len(again._catalog.keys_of(f"/{at}.txt")) == 2
        kept |= {*new}
        assert texts(calm) == kept
        if line.sent < at:
            break
    assert 10 <= at < 40 and is_sound(calm)


def test_a_server_is_killed_and_comes_back(tmp_path: Path) -> None:
    server = ChromaServer(tmp_path / "chroma")
    try:
        own = server.address("group")
        ann = client(own, tmp_path)
        put(ann, "/a.txt", TIDES)
        killer = threading.Timer(0.3, server.kill)
        killer.start()
        kept = [TIDES]
        with pytest.raises(LibraryError, match=f"no Chroma server answers at {own.place}"):
            for n in range(10_000):
                put(ann, f"/{n}.txt", f"{ICE} {n}")
                kept.append(f"{ICE} {n}")
        killer.join()
        with pytest.raises(LibraryError, match="no Chroma server answers"):
            ann.search("tides")
        server.start()
        put(ann, f"/{n}.txt", f"{ICE} {n}")
        assert texts(ann) == {*kept, f"{ICE} {n}"}
        with client(own, tmp_path, "bob") as bob:
            assert tables(bob) == tables(ann) and is_sound(bob)
    finally:
        server.kill()


def test_a_short_break_is_not_noticed(chroma: ChromaServer, address: Address, tmp_path: Path) -> None:
    cut = iter([True, *[False] * 3, True])

    def treat(is_request: bool, data: bytes) -> bytes:
        if is_request and next(cut, False):
            raise OSError
        return data

    with Line(chroma.port, treat) as line, client(replace(address, port=line.port), tmp_path) as ann:
        put(ann, "/a.txt", TIDES)
        assert texts(ann) == {TIDES}


def test_a_slow_server_has_a_limit(chroma: ChromaServer, address: Address, tmp_path: Path) -> None:
    slow, released = threading.Event(), threading.Event()

    def treat(is_request: bool, data: bytes) -> bytes:
        if slow.is_set() and not is_request:
            released.wait(20)
        return data

    with Line(chroma.port, treat) as line:
        own = replace(address, port=line.port)
        ann = client(own, tmp_path, server=lambda address: Server(address, None, 2.0))
        put(ann, "/a.txt", TIDES)
        slow.set()
        with pytest.raises(LibraryError, match=rf"{own.place} did not answer within 2 seconds.*timeout"):
            ann.search("tides")
        slow.clear()
        released.set()
        assert ann.search("tides")


PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>"


def test_a_server_that_sends_drop_by_drop_has_the_same_limit(address: Address) -> None:
    def drops(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=Drops())

    class Drops(httpx.SyncByteStream):
        def __iter__(self) -> Any:
            while True:
                time.sleep(0.01)
                yield b" "

    server = Server(address, None, 0.1)
    server._client = httpx.Client(base_url="http://x", transport=httpx.MockTransport(drops))
    with pytest.raises(LibraryError, match=r"did not answer within 0\.1 seconds"):
        server.collection("any")


@pytest.mark.parametrize(
    "reply",
    [
        b"{}", b"[]", b"3", b'{"ids": null, "metadatas": null}', b'{"ids": ["commit-000000001"], "metadatas": []}',
        b'{"ids": ["commit-000000001"], "metadatas": [null]}', b"[" * 100_000,
        b'{"ids": [["a"]], "distances": [[null]]}',
    ],
)  # fmt: skip
def test_any_reply_is_understood_or_told(address: Address, reply: bytes) -> None:
    server = Server(address)
    server._client = httpx.Client(
        base_url="http://x", transport=httpx.MockTransport(lambda request: httpx.Response(200, content=reply))
    )
    rows = Collection(server, "x")
    for ask in (lambda: server.collection("x"), lambda: rows.rows(["commit-000000001"]), lambda: rows.vectors(["a"]),
                lambda: list(rows.ids()), lambda: rows.nearest(np.zeros(2, np.float32), 3)):  # fmt: skip
        with pytest.raises(LibraryError, match="is no Chroma server"):
            ask()


def test_a_server_that_repeats_the_token_does_not_get_it_printed(address: Address) -> None:
    server = Server(address, "s3cret")
    echo = httpx.MockTransport(
        lambda request: httpx.Response(500, text=f"bad {request.headers['X-Chroma-Token']}")
    )
    server._client = httpx.Client(base_url="http://x", transport=echo, headers=server._client.headers)
    with pytest.raises(LibraryError, match=r"says: 500 bad \(the token\)$"):
        server.collection("x")


def test_what_answers_is_no_chroma_server(chroma: ChromaServer, address: Address, tmp_path: Path) -> None:
    with (
        Line(chroma.port, lambda is_request, data: data if is_request else PAGE) as line,
        pytest.raises(LibraryError, match=rf"what answers at 127.0.0.1:{line.port} is no Chroma server"),
    ):
        client(replace(address, port=line.port), tmp_path)


def test_a_token_is_sent_and_may_be_refused(chroma: ChromaServer, address: Address, tmp_path: Path) -> None:
    seen: list[bytes] = []

    def treat(is_request: bool, data: bytes) -> bytes:
        if is_request:
            seen.append(data.lower())
            return data
        return b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"

    with Line(chroma.port, treat) as line, pytest.raises(LibraryError, match=r"refuses the token \(401\)"):
        client(replace(address, port=line.port), tmp_path, server=lambda own: Server(own, "s3cret"))
    assert b"authorization: bearer s3cret" in seen[0] and b"x-chroma-token: s3cret" in seen[0]


# --- what no commit has brought --------------------------------------------------------------------------


def test_what_is_not_committed_is_not_there(
    address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bob = client(address, tmp_path), client(address, tmp_path, "bob")
    put(ann, "/a.txt", TIDES)
    (unseen,) = ann._indexer.entries([paper(f"{TIDES} {ICE}")])
    bob._catalog.index.put([unseen])
    before = bob._catalog._log._rows.count()
    put_rows = bob._catalog._log._put
    monkeypatch.setattr(
        bob._catalog._log, "_put", lambda how, rows: stop() if how == "add" else put_rows(how, rows)
    )
    with pytest.raises(InterruptedError):
        bob._catalog._log.append(b"half", 0)
    monkeypatch.undo()
    for query in (TIDES, ICE):
        assert {hit.passage.text for hit in ann.search(query, 1)} == {TIDES}
    assert is_sound(ann)
    ann.reindex()
    assert bob._catalog.index.count() == 2, "what is a day old is swept, and no sooner"
    for module in (log, shared_index):
        monkeypatch.setattr(module, "_DAY", -10)
    ann.reindex()
    assert bob._catalog.index.count() == 1 and is_sound(ann)
    assert ann._catalog._log._rows.count() <= before + 1
    assert texts(client(address, tmp_path, "cid")) == {TIDES}


def stop(*_: object) -> Any:
    raise InterruptedError


def test_more_is_asked_for_where_much_is_unknown(address: Address, tmp_path: Path) -> None:
    ann = client(address, tmp_path)
    keys = put(ann, "/a.txt", *(f"{TIDES} Seen {n} times." for n in range(9)))
    ann.remove(keys[:6])
    vector = WordEmbedder().embed([TIDES])[0]
    found = ann._catalog.index.nearest(vector, 3)
    assert len(found) == 3 and {name for name, _ in found} == ann._catalog.passage_ids()
    assert ann._catalog.index.nearest(vector, 9) == found


def test_a_lost_vector_is_told_and_made_again(address: Address, tmp_path: Path) -> None:
    ann = client(address, tmp_path)
    put(ann, "/a.txt", TIDES, ICE)
    lost = sorted(ann._catalog.passage_ids())[0]
    held = ann._catalog.index.vectors([lost])[lost]
    ann._catalog.index._rows.delete([lost])
    assert (
        ann.status().indexes["vectors"].startswith("hold 1 of 2 passages; run: assistant --library chroma://")
    )
    assert f"lack passage {lost}" in ann.status(verify=True).indexes["vectors"]
    ann.reindex()
    assert is_sound(ann) and np.array_equal(ann._catalog.index.vectors([lost])[lost], held)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            lambda rows, commit: rows.delete([commit.ids[0]]),
            r"change 3 on the server, by ann@lab, is not whole",
        ),
        (lambda rows, commit: rows.upsert(*altered(rows, commit)), r"change 3 on the server.*not whole"),
    ],
)
def test_a_change_that_is_not_whole_is_told(
    address: Address, tmp_path: Path, spoil: Callable[..., None], said: str
) -> None:
    ann = client(address, tmp_path)
    put(ann, "/a.txt", TIDES)
    commit = ann._catalog._log.after(2, ann._catalog._log.after(1, mark(ann, 1))[0].mark)[0]
    spoil(ann._catalog._log._rows, commit)
    with pytest.raises(LibraryError, match=said):
        client(address, tmp_path, "bob")


def mark(library: Library, number: int) -> str:
    return str(library._catalog._log._rows.rows([f"commit-{number:09}"])[f"commit-{number:09}"]["mark"])


def altered(rows: Any, commit: Any) -> Any:
    held = dict(rows.rows([commit.ids[0]])[commit.ids[0]])
    held["part00"] = held["part00"][4:] + "AAAA"
    return [log.Row(commit.ids[0], held)], np.zeros((1, 1), np.float32)


def test_other_rules_are_refused(address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(client(address, tmp_path), "/a.txt", TIDES)
    monkeypatch.setattr("assistant.store.shared_keeping.REPLAY", "2.3.1")
    with pytest.raises(
        LibraryError, match=r"change 1 .* another version of assistant \(1\.\d\.\d, here 2\.3\.1\)"
    ):
        client(address, tmp_path, "bob")


# --- the cache -------------------------------------------------------------------------------------------


def view(library: Library) -> Path:
    return Path(library._catalog._folder)


def test_a_cache_is_lost_old_or_damaged(address: Address, tmp_path: Path) -> None:
    ann = client(address, tmp_path)
    put(ann, "/a.txt", TIDES)
    bob = client(address, tmp_path, "bob")
    put(ann, "/b.txt", ICE)
    assert texts(bob) == {TIDES, ICE}, "an old one is brought up to date"
    shutil.rmtree(tmp_path / "bob")
    assert {hit.passage.text for hit in bob.search("ice cores")} <= {TIDES, ICE}, (
        "the open one is still whole"
    )
    with client(address, tmp_path, "bob") as again:
        assert tables(again) == tables(ann)
        place = view(again)
    (place / "catalog.db").write_bytes(b"no database" * 1000)
    with client(address, tmp_path, "bob") as again:
        assert tables(again) == tables(ann)
    assert place.stat().st_mode & 0o077 == 0


def test_a_server_is_put_back_to_an_earlier_state(address: Address, tmp_path: Path) -> None:
    ann = client(address, tmp_path)
    put(ann, "/a.txt", TIDES)
    put(ann, "/b.txt", ICE)
    number, _ = ann._catalog._head()
    ann._catalog._log._rows.delete([f"commit-{number:09}"])
    assert texts(ann) == {TIDES}
    put(ann, "/c.txt", BEES)
    assert texts(ann) == {TIDES, BEES} and is_sound(ann)


def test_a_library_that_is_not_there(chroma: ChromaServer, address: Address, tmp_path: Path) -> None:
    with pytest.raises(
        NoLibrary, match=rf"no library .* on the server at {address.place}; make one with: .*add"
    ):
        client(address, tmp_path, create=False)
    client(address, tmp_path).close()
    assert texts(client(address, tmp_path, create=False)) == set()


# --- from one to another ---------------------------------------------------------------------------------


def folder(tmp_path: Path, name: str = "library") -> Library:
    return Library(tmp_path / name, Catalog(tmp_path / name, create=True), WordEmbedder())


def moved(source: Library, target: Library) -> Any:
    return target._taken_from(source, None)


def test_push_and_pull_bring_all_of_it_and_embed_nothing(address: Address, tmp_path: Path) -> None:
    own, ann = folder(tmp_path), client(address, tmp_path)
    tides, ice, bees = (put(own, f"/{n}.txt", text)[0] for n, text in enumerate((TIDES, ICE, BEES)))
    one = own.merge([ice, bees])
    own.edit(tides, {"title": "On tides", "authors": ("Dee, Ann",)})
    own.tag([tides], "wet")
    own._mend()
    for library in (own, ann):
        library._indexer.tokens.calls.clear()  # type: ignore[attr-defined]
    pushed = moved(own, ann)
    copy = folder(tmp_path, "copy")
    pulled = moved(ann, copy)
    assert (pushed.papers, pushed.passages, pushed.skipped) == (2, 2, 0) and pushed.digest == pulled.digest
    calls = [text for library in (own, ann, copy) for text in library._indexer.tokens.calls]  # type: ignore[attr-defined]
    assert calls == []
    for library in (ann, copy):
        assert {each.key: each.text for each in library.papers()} == {
            each.key: each.text for each in own.papers()
        }
        assert library.paper(tides).title == "On tides" and library.tags() == {tides: ("wet",)}
        assert len(library.origins(one).sources) == 2
        assert library.search("tides are high")[0].passage.paper == tides
        assert is_sound(library)
    assert own._keeping.vectors([*own._catalog.passage_ids()]).keys() == copy._catalog.passage_ids()
    for name, row in own._keeping.vectors([*own._catalog.passage_ids()]).items():
        assert np.array_equal(row, copy._keeping.vectors([name])[name])
    again = moved(own, ann)
    assert (again.skipped, again.files, again.digest) == (3, 3, pushed.digest)
    theirs = folder(tmp_path, "theirs")
    moved(client(address, tmp_path, "bob"), theirs)
    assert [*copy._catalog.files()] == ["/0.txt", "/1.txt", "/2.txt"]
    assert [*theirs._catalog.files()] == ["ann@lab:/0.txt", "ann@lab:/1.txt", "ann@lab:/2.txt"]
    assert {file.state for file in theirs.status().files} == {"ok"}


def test_several_push_into_one(address: Address, tmp_path: Path) -> None:
    one, other, ann = folder(tmp_path, "one"), folder(tmp_path, "other"), client(address, tmp_path)
    (key,) = put(one, "/a.txt", TIDES)
    (same,) = put(other, "/b.txt", TIDES.replace("12,705", "13"))
    assert key == same
    put(other, "/c.txt", ICE)
    moved(one, ann)
    moved(other, client(address, tmp_path, "bob"))
    keys = {each.text: each.key for each in ann.papers()}
    assert keys[TIDES] == key and len(set(keys.values())) == 3
    with client(address, tmp_path, "cid") as cid:
        assert tables(cid) == tables(ann)


def test_a_push_that_broke_off_goes_on(
    address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, ann = folder(tmp_path), client(address, tmp_path)
    for n in range(3):
        put(own, f"/{n}.txt", f"{ICE} {n}", f"{BEES} {n}")
    monkeypatch.setattr("assistant.store.catalog.STEP", 1)
    append, puts = ann._catalog._log.append, iter(range(100))
    monkeypatch.setattr(
        ann._catalog._log, "append", lambda *given: stop() if next(puts) == 6 else append(*given)
    )
    with pytest.raises(InterruptedError):
        moved(own, ann)
    assert {each.state for each in ann._catalog.files().values()} == {"ok", PARTIAL}
    done = moved(own, ann)
    assert (done.skipped, done.files, done.papers) == (1, 3, 6)
    assert texts(ann) == texts(own) and is_sound(ann)


def test_a_push_says_what_did_not_arrive(
    address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, ann = folder(tmp_path), client(address, tmp_path)
    put(own, "/a.txt", TIDES)
    moved(own, ann)
    (passage,) = ann._catalog.passage_ids()
    held = ann._catalog.passages([passage])[passage]
    vector = np.roll(own._keeping.vectors([passage])[passage], 1)
    ann._catalog.index.put_passages([(held, ann.paper(held.paper).id)], vector[None, :])
    with pytest.raises(LibraryError, match=f"the vector of passage {passage} did not arrive"):
        moved(own, ann)
    with pytest.raises(EmbedderMismatch, match="reindex --embedder"):
        moved(client(address, tmp_path, "bob"), other_embedder(tmp_path))
    with pytest.raises(NoLibrary, match="holds no papers yet"):
        moved(folder(tmp_path, "empty"), ann)


def other_embedder(tmp_path: Path) -> Library:
    library = Library(tmp_path / "x", Catalog(tmp_path / "x", create=True), WordEmbedder("others"))
    library._indexer.begin(library._catalog)
    return library


def test_a_change_is_packed_and_unpacked_as_it_was() -> None:
    given = replace(
        paper(TIDES, "On tides", ["Dee, Ann"]), references=(3, 9), page_starts=(0, 5), warnings=("w",)
    )
    made = entry(given)
    change = unpacked(packed("store", [state("/a.txt"), [given]], "words", [made]))
    assert change.arguments == [state("/a.txt"), [given]] and (change.does, change.embedder) == (
        "store",
        "words",
    )
    (held,) = change.entries([given, paper(ICE)])
    assert (held.passages, held.sentences) == (made.passages, made.sentences)
    again = unpacked(packed("store", [], "words", [held]))
    assert np.array_equal(again.entries([given])[0].sentence_vectors, held.sentence_vectors)
    for odd in (b"", b"odd", packed("store", [], None, [])[:-5]):
        with pytest.raises(LibraryError, match="cannot be read"):
            unpacked(odd)


def test_time_passes() -> None:
    """What is swept after a day is a day old: rows are marked by seconds."""
    assert log._DAY == shared_index._DAY == 24 * 60 * 60 and time.time() > 1.7e9
