"""A folder's assistant.toml may be a stranger's: it names no server and no key, and writes nowhere else, until it is
trusted."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config import config_folder
from assistant.trust import TRUSTED
from tests.cli.running import Run
from tests.cli.texts import DEPTH
from tests.scripted_server import ScriptedServer, honest

SECRET = "wJalrXUtnFEMI-not-for-strangers"
KEYS = {"AWS_SECRET_ACCESS_KEY": SECRET, "OPENAI_API_KEY": SECRET}


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("ASSISTANT_CACHE", str(tmp_path / "replies"))


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer(honest) as running:
        yield running


def table(server: ScriptedServer) -> str:
    return f'[model]\nname = "theirs"\nbase_url = "{server.url}"\nkey_variable = "AWS_SECRET_ACCESS_KEY"\n'


def engine(run: Run, *words: str, **environ: str) -> str:
    return str(json.loads(run("ask", "--json", *words, DEPTH, **environ).stdout)["engine"])


@pytest.mark.parametrize(
    "more", ["", '[ask]\nmodel = "theirs"\njudge = "theirs"\n', '[chat]\nmodel = "theirs"\n']
)
def test_a_strangers_file_asks_nobody(run: Run, server: ScriptedServer, more: str) -> None:
    Path("assistant.toml").write_text(table(server) + more)
    for words in ([], ["--model", "mine"], ["--model", "mine", "--judge", "mine"]):
        result = run("ask", "--json", *words, DEPTH, **KEYS)
        assert (result.exit_code, json.loads(result.stdout)["engine"]) == (0, "extract")
        (line,) = [line for line in result.stderr.splitlines() if "trust" in line]
        assert "assistant.toml is not trusted" in line and line.endswith("then: assistant trust")
    assert "[1]" in run("chat", input=DEPTH, **KEYS).stdout
    switched = run("chat", input=f"/model mine\n{DEPTH}", **KEYS)
    assert switched.exit_code == 1 and "names a server and is not trusted" in switched.stderr
    assert not server.reached.is_set()


def test_a_server_without_a_model_or_key_is_left_out_too(run: Run, server: ScriptedServer) -> None:
    Path("assistant.toml").write_text(f'[model]\nbase_url = "{server.url}"')
    assert engine(run, "--model", "mine", **KEYS) == "extract"
    refused = run("reindex", "--embedder", "openai:m", **KEYS)
    assert refused.exit_code == 1 and refused.stderr.splitlines()[-1].endswith("then: assistant trust")
    assert not server.reached.is_set()


def test_a_key_is_none_of_a_strangers_business(run: Run, server: ScriptedServer) -> None:
    """Who names the server by hand is asked there, with the key that goes with it."""
    Path("assistant.toml").write_text('[model]\nkey_variable = "AWS_SECRET_ACCESS_KEY"')
    environ = {
        "OPENAI_BASE_URL": server.url,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "OPENAI_API_KEY": "sk-mine-1234",
    }
    assert engine(run, "--model", "mine", **environ) == "mine"
    assert server.requests[0].headers["authorization"] == "Bearer sk-mine-1234"


def test_what_is_trusted_is_asked_until_it_changes(run: Run, server: ScriptedServer) -> None:
    file = Path("assistant.toml")
    file.write_text(table(server))
    told = run("trust", "--json")
    assert json.loads(told.stdout) == {
        "file": str(file.resolve()), "server": server.url, "key_variable": "AWS_SECRET_ACCESS_KEY", "model": "theirs",
    }  # fmt: skip
    assert told.stderr == "" and server.url in run("trust").stdout
    kept = config_folder() / TRUSTED
    assert len(kept.read_text().splitlines()) == 1
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    result = run("ask", "--json", DEPTH, **KEYS)
    assert json.loads(result.stdout)["engine"] == "theirs" and "trust" not in result.stderr
    assert server.requests[0].headers["authorization"] == f"Bearer {SECRET}"
    file.write_text(table(server) + "# changed")
    assert engine(run, **KEYS) == "extract"


def test_the_users_own_folder_needs_no_trust(run: Run, server: ScriptedServer, folder: Path) -> None:
    own = config_folder() / "assistant.toml"
    own.parent.mkdir(parents=True)
    own.write_text(table(server) + "[ask]\npassages = 3")
    assert engine(run, **KEYS) == "theirs"
    Path("assistant.toml").write_text('[model]\nmax_tokens = 77\n[ask]\nformat = "markdown"')
    assert engine(run, **KEYS) == "theirs" and server.requests[-1].body["max_tokens"] == 77
    Path("assistant.toml").write_text('[model]\nbase_url = "http://127.0.0.1:9/v1"')
    assert engine(run, **KEYS) == "extract"
    Path("assistant.toml").unlink()
    assert engine(run, "--model", "mine", **KEYS) == "mine"
    assert engine(run, ASSISTANT_CONFIG=str(own), **KEYS) == "theirs"


def test_a_strangers_file_writes_nowhere_else(run: Run, folder: Path) -> None:
    there = folder / "there"
    there.mkdir()
    (there / "kept.bib").write_text("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(there)
        for name, force in (
            ("../out.bib", ""),
            (str(folder / "out.bib"), ""),
            ("kept.bib", "\nforce = true"),
        ):
            Path("assistant.toml").write_text(f'[papers.export]\noutput = "{name}"{force}')
            result = run("papers", "export")
            assert (result.exit_code, "@" in result.stdout) == ((2, False) if force else (0, True))
            assert "places to write" in result.stderr
        assert (there / "kept.bib").read_text() == "kept" and not (folder / "out.bib").exists()
        assert run("trust").exit_code == 0
        assert run("papers", "export").exit_code == 0 and (there / "kept.bib").read_text() != "kept"
        Path("assistant.toml").write_text('[papers.export]\noutput = "here.bib"')
        assert run("papers", "export").stderr == "" and Path("here.bib").exists()


def test_there_must_be_a_file_to_trust(run: Run) -> None:
    result = run("trust")
    assert (result.exit_code, result.stdout) == (2, "") and "there is no assistant.toml here" in result.stderr
