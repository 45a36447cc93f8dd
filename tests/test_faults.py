"""What servers do wrong, each as faults.md says: at the door, whole and streamed, and on the command line."""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config import ModelConfig
from assistant.errors import AssistantError
from assistant.model import OpenAIChat, connection
from tests.cli.running import ask_assistant
from tests.faults import ANSWER, FAULTS, KEY, Expected, Fault, table
from tests.model.asking import MESSAGES, SCHEMA
from tests.scripted_server import ScriptedServer

BOTH, STREAMS = table()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No key, proxy or cache of the developer's own; and nobody waits between tries."""
    for name in os.environ:
        if name.startswith(("OPENAI_", "ASSISTANT_")) or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(connection, "sleep", lambda seconds: None)


def prepared(fault: Fault, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def filled(text: str) -> str:
        return text.format(url=server.url, address=server.address)

    monkeypatch.setenv("OPENAI_BASE_URL", filled(fault.url))
    for name, value in fault.environ.items():
        monkeypatch.setenv(name, filled(value))


def test_the_table_is_whole() -> None:
    names = [row.fault for row in BOTH + STREAMS]
    assert sorted(names) == sorted(FAULTS) and len(names) > 50


@pytest.mark.parametrize(
    ("row", "stream"),
    [
        *(pytest.param(row, False, id=f"{row.fault}, whole") for row in BOTH),
        *(pytest.param(row, True, id=f"{row.fault}, streamed") for row in BOTH + STREAMS),
    ],
)
def test_at_the_door(row: Expected, stream: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    fault, pieces, text = FAULTS[row.fault], list[str](), ""
    with fault.server() as server:
        prepared(fault, server, monkeypatch)
        chat = OpenAIChat("scripted", ModelConfig(**fault.settings))
        try:
            text = chat.complete(MESSAGES, SCHEMA, pieces.append if stream else None).text
            code = 0
        except AssistantError as error:
            line, code = str(error), error.exit_code
            assert line.isprintable() and KEY not in line
    assert (code, len(server.requests)) == (row.exit, row.asked)
    assert row.says in (text if code == 0 else line) and KEY not in text
    assert "".join(pieces) == (text if stream else "")
    assert text.startswith(ANSWER[:20]) or code


@pytest.fixture
def no_collection(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What earlier tests left behind is finalised now, and not where a reply that is nested beyond measure has
    filled the stack: there a finaliser fails, as pytest's hook for it does, and half a line stands on stderr."""
    monkeypatch.setattr(sys, "unraisablehook", sys.__unraisablehook__)
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("row", [pytest.param(row, id=row.fault) for row in BOTH if row.exit])
@pytest.mark.usefixtures("no_collection")
def test_on_the_command_line(row: Expected, digests_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = FAULTS[row.fault]
    with fault.server() as server:
        prepared(fault, server, monkeypatch)
        lines = [f"{name} = {value}" for name, value in fault.settings.items()]
        Path("assistant.toml").write_text("\n".join(["[model]", *lines]))
        result = ask_assistant(
            "--library", digests_folder, "ask", "--model", "scripted", "--json", "What is LeZO?"
        )
    assert (result.exit_code, result.stdout) == (row.exit, "")
    error = result.stderr.splitlines()[-1]
    assert error.startswith("Error: ") and row.says in error
    assert KEY not in result.output and "Traceback" not in result.output
