"""chat at a terminal when something goes wrong: Ctrl-C at each phase, kill -9, a model that breaks off, and a library
that is locked or gone."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.store.lock import writer
from tests.cli.running import in_a_process
from tests.cli.screen import Screen, left, opened, turns
from tests.cli.test_ask_model import halting
from tests.cli.texts import DEPTH, LOSS
from tests.scripted_server import Reply, Request, Script, ScriptedServer, failing, honest

HELD = """
import runpy, sys, time
from pathlib import Path
from {module} import {name}
free, real = Path({free!r}), {name}.{method}
def held(*words, **more):
    Path({begun!r}).touch()
    while not free.exists():
        time.sleep(0.01)
    return real(*words, **more)
{name}.{method} = held
sys.argv[0] = "assistant"
runpy.run_module("assistant", run_name="__main__")
"""
"""The assistant, one of whose methods waits for a file before it does anything."""
LOADING = ("assistant.chat.conversation", "Conversation", "load")
RETRIEVAL = ("assistant.library", "Library", "ask")


def holding(library: Path, module: str, name: str, method: str) -> Screen:
    free, begun = library.parent / "free", library.parent / "begun"
    program = HELD.format(module=module, name=name, method=method, free=str(free), begun=str(begun))
    screen = Screen("--library", library, "chat", program=program)
    screen.wait_for(">")
    return screen


@contextmanager
def asking(library: Path, *scripts: Script) -> Iterator[tuple[Screen, ScriptedServer]]:
    """A chat with a model, at its prompt."""
    with ScriptedServer(*scripts) as server:
        words = ("--model", "scripted")
        yield opened(library, *words, OPENAI_BASE_URL=server.url, OPENAI_API_KEY=""), server


# stopped, and killed


@pytest.mark.parametrize(("phase", "says"), [(LOADING, "loading ..."), (RETRIEVAL, "reading the papers ...")])
def test_ctrl_c_stops_what_is_waited_for(library: Path, phase: tuple[str, str, str], says: str) -> None:
    screen = holding(library, *phase)
    screen.type(DEPTH + "\r")
    screen.wait_for_raw(says)
    screen.type("\x03")
    shown = screen.wait_for("Stopped.")
    assert says not in shown.split("Stopped.")[1] and "97 metres" not in shown
    (library.parent / "free").touch()
    screen.settle()
    screen.type(LOSS + "\r")
    assert "28 seconds" in screen.wait_for(" dropped ")
    assert left(screen) == 0
    assert [(turn["question"], turn["state"]) for turn in turns(library)] == [
        (DEPTH, "stopped"),
        (LOSS, "done"),
    ]


def test_ctrl_c_while_a_model_writes_keeps_what_it_has_shown(library: Path) -> None:
    with asking(library, halting, honest) as (screen, server):
        screen.type(DEPTH + "\r")
        screen.wait_for("along rocky coasts [1].")
        screen.type("\x03")
        screen.wait_for("Stopped.")
        assert server.gone.wait(10), "the server is told that nobody listens any more"
        screen.settle()
        screen.type("/sources\r")
        assert "[1] lopezDeep" in screen.wait_for("[1] lopezDeep")
        assert left(screen) == 0
    (turn,) = turns(library)
    assert turn["state"] == "stopped" and turn["text"].endswith("along rocky coasts [1].")


def test_ctrl_c_at_the_prompt_takes_the_line_away_and_nothing_else(library: Path) -> None:
    screen = opened(library)
    screen.type("a line that is not wanted")
    screen.wait_for("wanted")
    screen.type("\x03")
    screen.settle()
    screen.type("\x03")
    screen.settle()
    screen.type(DEPTH + "\r")
    assert "97 metres [1]." in screen.wait_for(" dropped ")
    assert left(screen) == 0 and "Stopped." not in screen.text
    assert [turn["question"] for turn in turns(library)] == [DEPTH]


def test_a_window_that_is_resized_in_mid_answer(library: Path) -> None:
    """What comes then is as wide as the window is, and nothing comes twice; meanwhile something is seen to happen."""
    with ScriptedServer(halting) as server:
        words = ("--model", "scripted")
        screen = opened(library, *words, columns=60, OPENAI_BASE_URL=server.url, OPENAI_API_KEY="")
        screen.type(DEPTH + "\r")
        screen.wait_for("rocky coasts [1].")
        screen.wait_for("writing ... ")
        screen.resize(100, 70)
        server.release()
        shown = screen.wait_for(" dropped ")
    assert shown.count("rocky coasts [1].") == 1 and "writing" not in shown
    assert max(map(len, shown.partition("Sources")[2].splitlines())) > 60
    assert left(screen) == 0


@pytest.mark.parametrize("answered", [True, False], ids=["at the prompt", "in mid-answer"])
def test_killed_it_goes_on_where_it_was(library: Path, answered: bool) -> None:
    with asking(library, *([honest] if answered else []), halting) as (screen, _):
        screen.type(DEPTH + "\r")
        screen.wait_for(" dropped " if answered else "along rocky coasts [1].")
        screen.kill()
    again = opened(library, "-c")
    assert f"> {DEPTH}" in again.text and again.text.endswith("\n\n>")
    assert ("along rocky coasts [1]." if answered else "~ Stopped before its end.") in again.text
    again.type(DEPTH + "\r")
    again.wait_for("97 metres [1].")
    assert left(again) == 0
    assert [turn["state"] for turn in turns(library)] == ["done" if answered else "stopped", "done"]


def test_what_is_typed_meanwhile_waits_for_the_prompt(library: Path) -> None:
    screen = holding(library, *RETRIEVAL)
    screen.type(DEPTH + "\r")
    screen.wait_for_raw("reading the papers ...")
    screen.raw = ""
    screen.type("\x1b[Dwho wrote it?\r")
    screen.wait_for_raw("reading the papers ...")
    assert "^[" not in screen.raw and "who wrote" not in screen.raw
    (library.parent / "free").touch()
    screen.wait_for("Maria Lopez, John Smith [1]")
    assert left(screen) == 0
    assert len(turns(library)) == 2


# a model that fails


def breaking_off(request: Request) -> Reply:
    """The first of two sentences, and then nothing: the connection is gone."""
    whole = halting(request)
    return replace(whole, parts=whole.parts[:1], cut=True)


def test_a_model_that_breaks_off_in_mid_answer(library: Path) -> None:
    """What it had written stays, and what is missing is said; its number goes on to mean what it meant."""
    with asking(library, breaking_off, failing(401), honest) as (screen, _):
        screen.type(DEPTH + "\r")
        shown = screen.wait_for(" dropped ")
        assert "along rocky coasts [1]." in shown and " ... " not in shown
        assert "the rest of the answer (scripted broke off)" in " ".join(shown.split())
        screen.settle()
        screen.type("/sources\r")
        screen.wait_for("[1] lopezDeep", times=2)
        screen.type(DEPTH + "\r")
        screen.wait_for(" dropped ", times=2)
        assert left(screen) == 0 and "Traceback" not in screen.raw
    assert [turn["status"] for turn in turns(library)] == ["partial", "answered"]


# a library that is locked, or gone


def test_a_library_that_is_being_written_to_answers(library: Path) -> None:
    screen = opened(library)
    with writer(library):
        screen.type(DEPTH + "\r")
        shown = screen.wait_for(" dropped ")
    assert "97 metres [1]." in shown and "Warning" not in shown
    assert left(screen) == 0 and len(turns(library)) == 1


def test_where_conversations_are_locked_it_says_so_once_and_goes_on(library: Path) -> None:
    screen = opened(library)
    screen.type(DEPTH + "\r")
    screen.wait_for(" dropped ")
    with closing(sqlite3.connect(library / "sessions.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        screen.settle()
        screen.type(LOSS + "\r")
        shown = screen.wait_for(" dropped ", times=2)
        assert "28 seconds" in shown and "Warning: this conversation is not kept" in shown
        screen.settle()
        screen.type("who wrote it?\r")
        assert screen.wait_for(" dropped ", times=3).count("Warning: ") == 1
    assert left(screen) == 0


def test_a_library_that_goes_in_mid_talk_is_said(library: Path) -> None:
    """What is open is read on; what cannot be kept any more is said once."""
    screen = opened(library)
    screen.type(DEPTH + "\r")
    screen.wait_for(" dropped ")
    shutil.rmtree(library)
    for n, line in enumerate((LOSS, "who wrote it?"), 2):
        screen.settle()
        screen.type(line + "\r")
        shown = screen.wait_for(" dropped ", times=n)
    said = " ".join(shown.split())
    assert said.count("Warning: this conversation is not kept: the library ") == 1
    assert " is not there any more" in said
    assert left(screen) == 0 and "Traceback" not in screen.raw
    listed = in_a_process("--library", library, "chat", "--list")
    assert listed.returncode == 0 and "No conversation is kept here yet" in listed.stderr
