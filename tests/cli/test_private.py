"""What is made for a user is the user's alone; what a command writes is never a library's own file; a link in a folder
brings nothing in from outside of it."""

import os
from pathlib import Path

import pytest

from tests.cli.running import Run, ask_assistant
from tests.cli.texts import DEPTH
from tests.scripted_server import ScriptedServer, honest


def rights(folder: Path) -> dict[str, str]:
    """What of a folder, and in it, others than its owner may do anything with."""
    found = [folder, *folder.rglob("*")]
    return {str(path): oct(path.stat().st_mode) for path in found if path.stat().st_mode & 0o077}


@pytest.fixture
def open_to_all() -> object:
    before = os.umask(0)
    yield
    os.umask(before)


def test_library_log_and_cache_are_their_owners_alone(own: Run, folder: Path, open_to_all: None) -> None:
    with ScriptedServer(honest) as server:
        environ = {"OPENAI_BASE_URL": server.url, "ASSISTANT_CACHE": str(folder / "cache")}
        assert own("--library", "a/library", "add", "papers", **environ).exit_code == 0
        for words in (["ask", "--log", "log.jsonl", "--cache", "--model", "m", DEPTH], ["reindex"]):
            assert own("--library", "a/library", *words, **environ).exit_code == 0
        assert own("--library", "a/library", "chat", input=DEPTH, **environ).exit_code == 0
    made = {path.name for path in (folder / "a/library").rglob("*")}
    assert {"catalog.db", "sessions.db", "chroma.sqlite3"} <= made
    assert list((folder / "cache").glob("*.graph")) and (folder / "cache/replies.db").exists()
    assert rights(folder / "a/library") == rights(folder / "cache") == {}
    assert (folder / "log.jsonl").stat().st_mode & 0o777 == 0o600


def test_an_index_is_as_open_as_its_catalog(own: Run, folder: Path) -> None:
    """Who shares a library does so once."""
    own("add", "papers")
    (folder / "library").chmod(0o755)
    (folder / "library/catalog.db").chmod(0o644)
    own("reindex")
    index = next((folder / "library/chroma").rglob("chroma.sqlite3"))
    modes = [path.stat().st_mode & 0o777 for path in (index, index.parent, index.parent.parent)]
    assert modes == [0o644, 0o755, 0o755]


@pytest.mark.parametrize(
    "name",
    [
        "library/catalog.db",
        "library/catalog.db-wal",
        "library/sessions.db",
        "library/chroma/x.md",
        "link.md",
        "library/writer.lock",
    ],
)
def test_nothing_is_written_over_a_library(own: Run, folder: Path, name: str) -> None:
    own("add", "papers")
    (folder / "link.md").symlink_to("library/catalog.db")
    before = {path: path.read_bytes() for path in (folder / "library").glob("*.db*")}
    with ScriptedServer(honest) as server:
        for words in (
            ["papers", "export", "--force", "--output", name],
            ["ask", "--model", "m", "--log", name, DEPTH],
        ):
            result = own(*words, OPENAI_BASE_URL=server.url)
            assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
            assert "belongs to the library" in result.stderr
    assert {path: path.read_bytes() for path in before} == before
    assert own("papers", "export", "--output", "library/refs.bib").exit_code == 0


def test_a_chat_is_not_saved_over_a_library(own: Run, folder: Path) -> None:
    own("add", "papers")
    result = own(
        "chat", input=f"{DEPTH}\n/save library/chroma/talk.md\n/bib library/catalog.db.bib\n/save talk.md"
    )
    assert result.stderr.count("belongs to the library") + result.stdout.count("belongs to the library") == 2
    assert (folder / "talk.md").exists() and not (folder / "library/chroma/talk.md").exists()


def test_a_link_in_a_folder_brings_nothing_in(folder: Path) -> None:
    for place in ("strange", "secret", "mine"):
        (folder / place).mkdir()
    secret = folder / "secret" / "diary.txt"
    secret.write_text("The diary of somebody says where the money of the family is kept.")
    (folder / "strange/kept.txt").write_text(
        "The tides of the river Dee are high in spring, and low in summer."
    )
    for name, to in (
        ("a.txt", secret),
        ("b.txt", Path("../secret/diary.txt")),
        ("inside.txt", Path("kept.txt")),
    ):
        (folder / "strange" / name).symlink_to(to)
    result = ask_assistant("add", "strange")
    assert (
        result.exit_code == 0
        and "a.txt, b.txt" in result.stdout
        and "a link out of the folder" in result.stdout
    )
    assert "diary" not in ask_assistant("papers", "--json").stdout
    assert ask_assistant("add", "strange/a.txt").exit_code == 0
    assert "money of the family" in ask_assistant("search", "money of the family").stdout
    (folder / "mine/papers").symlink_to(folder / "strange")
    (folder / "mine/papers/c.txt").symlink_to("kept.txt")
    told = ask_assistant("add", "mine/papers").stdout
    assert "link out" in told and "a.txt, b.txt" in told and "c.txt" not in told
