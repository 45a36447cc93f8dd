"""chat at a terminal: what is typed, pasted and stopped, and what the screen shows of it."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from threading import Event

import pytest

from assistant.chat import Conversation
from assistant.cli.chat import typed
from assistant.cli.chat.room import Room
from assistant.config import Config
from tests.cli.running import ROOT
from tests.cli.screen import Screen, left, opened, turns
from tests.cli.texts import DEPTH, LOSS


def test_follow_ups_history_and_leaving(library: Path) -> None:
    screen = opened(library)
    screen.type(DEPTH + "\r")
    assert "97 metres [1]." in screen.wait_for(" dropped ")
    screen.type("who wrote it?\r")
    shown = screen.wait_for(" dropped ", times=2)
    assert "~ Who wrote “How Deep Sea Otters Dive”?" in shown and "Maria Lopez, John Smith [1]" in shown
    screen.settle()
    screen.type("\x1b[A\x1b[A\r")  # two lines up
    screen.wait_for(" dropped ", times=3)
    assert left(screen) == 0
    assert [turn["question"] for turn in turns(library)] == [DEPTH, "who wrote it?", DEPTH]
    again = opened(library)
    again.type("\x12otter")  # Ctrl-R, over what was asked in another process
    again.wait_for(DEPTH)
    again.type("\r")
    again.settle()
    again.type("\r" if " dropped " not in again.text else "")
    again.wait_for("97 metres [1].")
    assert left(again) == 0


def test_a_status_line_comes_soon_and_is_gone_with_the_answer(library: Path) -> None:
    screen = Screen("--library", library, "chat")
    screen.wait_for(">")
    screen.type(DEPTH + "\r")
    shown = screen.wait_for(" dropped ")
    screen.settle()
    assert " ... 0 s" in screen.raw and " ... " not in shown.split("97 metres")[0]
    assert "loading" not in shown and "reading" not in shown
    screen.type("/quit\r")
    assert screen.leave() == 0


def test_tab_completes_commands_and_keys(library: Path) -> None:
    screen = opened(library)
    screen.type("/sou\t")
    screen.wait_for("/sources")
    screen.type("\r")
    screen.wait_for("Nothing is cited yet.")
    screen.settle()
    screen.type("/focus lope\t")
    screen.wait_for("/focus lopezDeep")
    screen.type("\r")
    screen.wait_for("1 paper is asked: lopezDeep.")
    screen.type("/sorces\r")
    screen.wait_for("did you mean /sources?")
    screen.settle()
    screen.type("/quit\r")
    assert screen.leave() == 0


@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, {"NO_COLOR": "1"}])
def test_plain_terminals(library: Path, environ: dict[str, str]) -> None:
    screen = opened(library, columns=60, **environ)
    screen.type(DEPTH + "\r")
    screen.wait_for(" dropped ")
    answer = screen.raw[screen.raw.index("97 metres") :]
    assert "\x1b[36m" not in answer and "\x1b[2m" not in answer
    assert "dumb" not in environ.values() or "\x1b" not in screen.raw
    assert left(screen) == 0


def test_a_narrow_and_a_resized_window(library: Path) -> None:
    screen = opened(library, columns=60)
    screen.type(DEPTH + "\r")
    screen.wait_for(" dropped ")
    screen.settle()
    screen.resize(100, 70)
    screen.type(LOSS + "\r")
    shown = screen.wait_for(" dropped ", times=2)
    assert max(map(len, shown.splitlines())) > 60
    assert left(screen) == 0


def test_what_goes_wrong_is_said_in_whole_words(library: Path) -> None:
    screen = opened(library, columns=60)
    for n, line in enumerate(("/focus nobody", DEPTH, "/retry"), 1):
        screen.type(f"{line}\r")
        screen.wait_for("\n>", times=n + 1, seconds=30)
        screen.settle()
    shown = screen.text
    assert "with: assistant papers" in " ".join(shown.split())
    assert shown.count("\n\n>") == 3, "a free line stands before each prompt"
    assert left(screen) == 0


def test_the_prompt_does_not_wait_for_what_is_loaded_beside_it(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads, early = Event(), []

    def prompt(room: Room) -> Callable[[], None]:
        early.append(loads.wait(0.3))
        return lambda: None

    monkeypatch.setattr(Conversation, "load", lambda self: loads.set())
    monkeypatch.setattr(typed, "_prompt", prompt)
    monkeypatch.setattr(typed, "moves_cursor", lambda stream: True)
    monkeypatch.setattr(typed, "_keys_unseen", nullcontext)
    typed.talk(Config(library=library), None, None, False)
    assert early == [False] and loads.is_set()


LOADED = """
import runpy, sys
sys.argv[0] = "assistant"
try:
    runpy.run_module("assistant", run_name="__main__")
finally:
    slow = ("prompt_toolkit", "rich.console")
    known = "chromadb" in sys.modules  # which imports rich itself
    print([name for name in slow[: 1 if known else 2] if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize("words", [["--help"], ["chat", "--help"], ["chat"]])
def test_help_and_pipes_load_no_terminal(shared_library: Path, words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "--library", shared_library, *words],
        input=DEPTH,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and done.stderr.rstrip().endswith("[]"), done.stderr
