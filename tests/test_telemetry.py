"""Nothing leaves the machine, and nothing is left on it: every command in a process whose only way out is the model
server that it was given, with a home of its own that is looked into afterwards."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import telemetry
from tests.scripted_server import ScriptedServer, honest

ROOT = Path(__file__).resolve().parents[1]
GUARD = """
import socket, sys
allowed = int(sys.argv.pop(1))
connect, find = socket.socket.connect, socket.getaddrinfo
def only_the_server(self, address):
    if self.family != socket.AF_UNIX and tuple(address[:2]) != ("127.0.0.1", allowed):
        raise AssertionError(f"reached for {address}")
    return connect(self, address)
def no_names(host, *more, **most):
    if host not in ("127.0.0.1", "localhost", None):
        raise AssertionError(f"looked up {host}")
    return find(host, *more, **most)
socket.socket.connect = socket.socket.connect_ex = only_the_server
socket.getaddrinfo = no_names
from assistant.cli import main
main()
"""


QUESTION = "How do otters sort pebbles?"


def command(home: Path, port: int, *words: str, first: str = "") -> "subprocess.CompletedProcess[str]":
    """The command, at home in ``home``, after the program ``first``; asked the question if it asks for input.

    Nothing of this process's environment goes along but the path: onnxruntime, for one, is quiet wherever a variable
    of a CI service (CI, GITHUB_ACTIONS, TF_BUILD ...) is set, and would be so for another reason than our switch.
    """
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENAI_BASE_URL": f"http://127.0.0.1:{port}/v1",
        "OPENAI_API_KEY": "",
    }
    return subprocess.run(
        [sys.executable, "-c", first + GUARD, str(port), "--library", str(home / "library"), *words],
        env=environ, cwd=home, input=QUESTION, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def left_behind(home: Path) -> set[str]:
    """What lies there now beside the library, the papers and our own cache."""
    found = {path.relative_to(home) for path in home.rglob("*") if not path.is_dir()}
    ours = ("library", ".cache/assistant", "note.txt", "draft.md")
    return {str(path) for path in found if not any(path.is_relative_to(place) for place in ours)}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "tmp").mkdir()
    (tmp_path / "note.txt").write_text(
        "On Otters\n\nAbstract. Otters sort pebbles by their weight before they dive."
    )
    (tmp_path / "draft.md").write_text("Otters sort pebbles by weight [@otters].\n")
    return tmp_path


COMMANDS = (
    ("add", "note.txt"),
    ("ask", QUESTION),
    ("ask", "--model", "scripted", QUESTION),
    ("chat",),
    ("chat", "--model", "scripted"),
    ("search", "pebbles"),
    ("summarize", "otters"),
    ("check", "draft.md"),
    ("status", "--verify"),
)


def test_no_command_reaches_out_or_leaves_anything_behind(home: Path) -> None:
    with ScriptedServer(honest) as server:
        port = int(server.address.rpartition(":")[2])
        for words in COMMANDS:
            done = command(home, port, *words)
            assert done.returncode in (0, 3) and "Traceback" not in done.stderr, (words, done.stderr)
        assert len(server.requests) >= 2
    assert left_behind(home) == set()


def test_the_guard_notices_who_reaches_out(home: Path) -> None:
    done = command(home, 9, "ask", "--model", "m", "otters?")  # no library yet, so nothing is asked
    assert done.returncode == 1 and "there is no library" in done.stderr
    reaching = "import socket; first = socket.create_connection\n"
    program = GUARD.replace(
        "from assistant.cli import main\nmain()", "socket.create_connection(('127.0.0.1', 10))"
    )
    run = subprocess.run([sys.executable, "-c", reaching + program, "9"], capture_output=True, text=True)
    assert "reached for ('127.0.0.1', 10)" in run.stderr
    program = GUARD.replace(
        "from assistant.cli import main\nmain()", "socket.create_connection(('example.org', 9))"
    )
    run = subprocess.run([sys.executable, "-c", program, "9"], capture_output=True, text=True)
    assert "looked up example.org" in run.stderr


def test_without_its_switch_the_same_command_leaves_something(home: Path) -> None:
    """Else the test above would show nothing. Of the others, chromadb 1.5.9 reports nothing even when it may."""
    on = "import os, assistant\ndel os.environ['ORT_DISABLE_TELEMETRY']\n"
    assert command(home, 9, "add", "note.txt", first=on).returncode == 0
    assert any("Microsoft" in name for name in left_behind(home))


def test_a_user_cannot_be_overruled_into_reporting(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in telemetry._OFF:
        monkeypatch.setenv(name, "")
    telemetry.switch_off()
    assert all(os.environ[name] == value for name, value in telemetry._OFF.items())
