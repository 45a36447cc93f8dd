"""The commands on a library that is on a server: the same as on a folder; and one line where it is not to be had."""

import json
import os
import socket
from pathlib import Path

import pytest

from assistant.address import Address, is_address, is_elsewhere, this_machine
from assistant.config import Config, ServerConfig, data_folder
from assistant.errors import UsageError
from eval.bench.chroma import ChromaServer
from tests.cli.running import ask_assistant
from tests.cli.texts import DEPTH, write_papers

READING = (
    ["ask", DEPTH], ["chat"], ["search", "depth"], ["papers"], ["papers", "show", "x"], ["status"], ["summarize", "x"],
    ["compare", "--all"], ["disagree"], ["check", "draft.md"], ["reindex"], ["papers", "remove", "x"],
    ["add", "papers"], ["push", "chroma://{place}/other"], ["backup", "library.backup"], ["papers", "tag", "x", "word"],
)  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, with papers beside; what a client keeps is under the same."""
    for name, folder in (("DATA", "data"), ("CONFIG", "config")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / folder))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    write_papers(Path("papers"))
    return tmp_path


def test_the_same_commands_work(chroma: ChromaServer, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = str(chroma.address("cli"))
    for variable in (f"chroma:/{url[7:]}", url):
        monkeypatch.setenv("ASSISTANT_LIBRARY", variable)
        empty = ask_assistant("papers")
        assert empty.exit_code == (1 if variable == url else 2)
    assert f"no library cli on the server at 127.0.0.1:{chroma.port}" in empty.stderr
    added = ask_assistant("add", "papers")
    assert added.exit_code == 0, added.stderr
    answer = ask_assistant("ask", "--json", DEPTH)
    assert answer.exit_code == 0 and json.loads(answer.stdout)["claims"]
    assert ask_assistant("chat", input=DEPTH).exit_code == 0
    (talk,) = json.loads(ask_assistant("chat", "--list", "--json").stdout)
    assert talk["title"] == DEPTH and list((home / "data").rglob("sessions.db"))
    assert ask_assistant("status").stdout.split()[:2] == ["library", url]
    refused = ask_assistant("backup", "library.backup")
    assert refused.exit_code == 2 and f"--library COPY pull {url}" in refused.stderr
    pulled = ask_assistant("--library", "copy", "pull", url, "--json")
    there = json.loads(pulled.stdout)
    assert (pulled.exit_code, there["skipped"]) == (0, 0) and there["papers"] == there["passages"] > 2
    pushed = ask_assistant("--library", "copy", "push", str(chroma.address("cli-copy")), "--json")
    assert json.loads(pushed.stdout) | {"seconds": 0} == there | {"seconds": 0}
    again = ask_assistant("--library", "copy", "push", url)
    assert f"of which {there['files']} were there" in again.stdout and there["digest"] in again.stdout
    assert ask_assistant("--library", "copy", "status", "--verify").exit_code == 0
    assert ask_assistant("--library", "copy", "backup", "library.backup").exit_code == 0
    refused = ask_assistant("restore", "library.backup")
    assert refused.exit_code == 2 and f"push {url}" in refused.stderr
    refused = ask_assistant("reindex", "--embedder", "openai:other")
    assert refused.exit_code == 2 and "keeps its embedder" in refused.stderr


def test_a_server_that_is_gone_is_one_line_and_no_answer(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.store.server._AGAIN", ())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    Path("draft.md").write_text("Birds [@x].")
    for words in READING:
        words = [word.format(place=place) for word in words]
        result = ask_assistant("--library", f"chroma://{place}/group", *words, input="x")
        assert result.exit_code == 1 and result.stdout == "", words
        (line,) = result.stderr.splitlines()
        assert line.startswith(f"Error: no Chroma server answers at {place}") and "start it, or name" in line
    assert ask_assistant("push", f"chroma://{place}/group").exit_code == 1


@pytest.mark.parametrize(
    "odd",
    [
        "chroma://", "chroma://host", "chroma://host:port/x", "chroma://host:1/", "chroma://host:1/a/b",
        "chroma://host:99999/x", "chroma://h:1/x?y", "chroma://h:1/x#y", "chroma://h:1/.x", "chroma://[::1/x",
        "chromas:///x", f"chroma://h:1/{'x' * 101}", "chroma://u:p@h:1/x",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(odd: str) -> None:
    assert is_address(odd)
    result = ask_assistant("--library", odd, "papers")
    assert result.exit_code == 2 and result.stderr.count("\n") == 1
    assert (
        "write it as chroma://localhost:8000/group" in result.stderr
        or "ASSISTANT_CHROMA_TOKEN" in result.stderr
    )


def test_addresses() -> None:
    plain, secure = Address.of("chroma://lab.example.org/group"), Address.of("chromas://[::1]/g.1")
    assert (plain.port, plain.secure, str(plain)) == (8000, False, "chroma://lab.example.org:8000/group")
    assert (secure.port, secure.secure, str(secure)) == (443, True, "chromas://[::1]:443/g.1")
    assert secure.is_here and not plain.is_here
    assert plain.folder != replace_port(plain).folder and "/" not in secure.folder
    assert not is_address("library") and not is_address("/chroma://x") and is_address("CHROMA://h/x")
    assert is_elsewhere("ann@lab:/x") and not is_elsewhere(os.path.abspath("x"))
    assert Config().own(plain) == data_folder() / plain.folder and Config().own(Path("x")) == Path("x")
    user, _, host = this_machine().partition("@")
    assert user and host == socket.gethostname()


def replace_port(address: Address) -> Address:
    return Address(address.host, 1, address.name)


@pytest.mark.parametrize("machine", ["", " ", "a:b", "a/b"])
def test_settings_of_the_server_are_checked(machine: str) -> None:
    with pytest.raises(UsageError, match="machine"):
        ServerConfig(machine=machine)
    for seconds in (0, -1, float("nan")):
        with pytest.raises(UsageError, match="timeout"):
            ServerConfig(timeout=seconds)


def test_a_strangers_file_names_no_server_and_no_token(chroma: ChromaServer, home: Path) -> None:
    Path("assistant.toml").write_text(
        f'library = "{chroma.address("theirs")}"\n[server]\ntoken_variable = "AWS_SECRET_ACCESS_KEY"\nmachine = "m"'
    )
    result = ask_assistant("papers")
    assert result.exit_code == 1 and "no library at library" in result.stderr
    assert "assistant.toml is not trusted" in result.stderr
    Path("assistant.toml").write_text('[server]\ntoken_variable = "AWS_SECRET_ACCESS_KEY"')
    assert "assistant.toml is not trusted" in ask_assistant("papers").stderr
    Path("assistant.toml").write_text("[server]\ntimeout = 3")
    assert "trusted" not in ask_assistant("papers").stderr
    Path("assistant.toml").write_text(f'library = "{chroma.address("ours")}"')
    assert ask_assistant("trust").exit_code == 0
    trusted = ask_assistant("papers")
    assert "no library ours on the server" in trusted.stderr and "not trusted" not in trusted.stderr


def test_the_token_is_of_the_variable_that_is_named(
    chroma: ChromaServer, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_CHROMA_TOKEN", " s3cret ")
    monkeypatch.setenv("OTHER", "0ther")
    assert (ServerConfig().token, ServerConfig("OTHER").token, ServerConfig("NONE").token) == (
        "s3cret",
        "0ther",
        None,
    )
    monkeypatch.setenv("ASSISTANT_LIBRARY", str(Address("127.0.0.2", chroma.port, "t")))
    assert "s3cret" not in ask_assistant("papers").output
