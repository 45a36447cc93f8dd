"""chat at a terminal: what is typed, pasted and stopped, and what the screen shows of it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import ROOT, ask_assistant, in_a_process
from tests.cli.screen import Screen
from tests.cli.texts import DEPTH, LOSS

PROMPT = "\n> "


@pytest.fixture
def library(shared_library: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shared_library, tmp_path / "own"))


def opened(library: Path, *words: str, columns: int = 100, **environ: str) -> Screen:
    screen = Screen("--library", library, "chat", *words, columns=columns, **environ)
    screen.wait_for(">")
    screen.settle()
    return screen


def turns(library: Path) -> list[dict[str, object]]:
    found = ask_assistant("--library", library, "chat", "--export", "last", "--json")
    assert found.exit_code == 0, found.stderr
    return list(json.loads(found.stdout))


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
    screen.settle()
    screen.type("\x04")
    assert screen.leave() == 0
    assert [turn["question"] for turn in turns(library)] == [DEPTH, "who wrote it?", DEPTH]
    again = opened(library)
    again.type("\x12otter")  # Ctrl-R, over what was asked in another process
    again.wait_for(DEPTH)
    again.type("\r")
    again.settle()
    again.type("\r" if " dropped " not in again.text else "")
    again.wait_for("97 metres [1].")
    again.settle()
    again.type("\x04")
    assert again.leave() == 0


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


def test_what_is_pasted_is_one_question(library: Path) -> None:
    screen = opened(library)
    screen.paste("How deep was\nthe deepest dive\nof a sea otter?")
    screen.settle()
    screen.type("\r")
    assert "97 metres [1]." in screen.wait_for(" dropped ")
    screen.settle()
    screen.type("How many seconds a day\x1b\rdid each pendulum clock lose?\r")  # Alt-Enter
    assert "28 seconds" in screen.wait_for(" dropped ", times=2)
    screen.settle()
    screen.paste("otter " * 830)  # 5,000 characters
    screen.settle()
    screen.type("\x03")
    screen.settle()
    screen.type("\x04")
    assert screen.leave() == 0
    assert [turn["question"] for turn in turns(library)] == [
        "How deep was\nthe deepest dive\nof a sea otter?",
        "How many seconds a day\ndid each pendulum clock lose?",
    ]


def test_wide_characters_emoji_and_right_to_left_text(library: Path) -> None:
    screen = opened(library)
    question = "海獭 otter 🦦 وما هو العمق deepest dive?"
    screen.type(question + "\r")
    screen.wait_for(" dropped ")
    screen.settle()
    screen.type("\x04")
    assert screen.leave() == 0
    assert turns(library)[0]["question"] == question


def test_ctrl_c_clears_a_line_stops_an_answer_and_keeps_it(library: Path) -> None:
    screen = Screen("--library", library, "chat")
    screen.wait_for(">")
    screen.type(DEPTH + "\r")
    screen.wait_for_raw(" ... 0 s")
    screen.type("\x03")
    screen.wait_for("Stopped.")
    screen.settle()
    screen.type("a line that is not wanted")
    screen.wait_for("wanted")
    screen.type("\x03")
    screen.settle()
    screen.type(LOSS + "\r")
    assert "28 seconds" in screen.wait_for(" dropped ")
    screen.settle()
    screen.type("\x04")
    assert screen.leave() == 0
    assert [(turn["question"], turn["state"]) for turn in turns(library)] == [
        (DEPTH, "stopped"),
        (LOSS, "done"),
    ]


def test_killed_it_goes_on_where_it_was(library: Path) -> None:
    screen = opened(library)
    screen.type(DEPTH + "\r")
    screen.wait_for(" dropped ")
    screen.kill()
    again = opened(library, "-c")
    assert f"> {DEPTH}" in again.text and "97 metres [1]." in again.text
    again.type("who wrote it?\r")
    assert "Maria Lopez, John Smith [1]" in again.wait_for(" dropped ")
    again.settle()
    again.type("\x04")
    assert again.leave() == 0
    assert len(turns(library)) == 2


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
    screen.settle()
    screen.type("\x04")
    assert screen.leave() == 0


def test_a_narrow_and_a_resized_window(library: Path) -> None:
    screen = opened(library, columns=60)
    screen.type(DEPTH + "\r")
    screen.wait_for(" dropped ")
    screen.settle()
    screen.resize(100, 70)
    screen.type(LOSS + "\r")
    shown = screen.wait_for(" dropped ", times=2)
    assert max(map(len, shown.splitlines())) > 60
    screen.settle()
    screen.type("\x04")
    assert screen.leave() == 0


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


def test_a_library_that_goes_in_mid_talk_is_said(library: Path) -> None:
    screen = opened(library)
    screen.type(DEPTH + "\r")
    screen.wait_for(" dropped ")
    shutil.rmtree(library)
    screen.settle()
    screen.type(LOSS + "\r")
    screen.settle(2)
    screen.type("\x04")
    assert screen.leave() == 0 and "Traceback" not in screen.raw
    assert in_a_process("--library", library, "chat", "--list").returncode == 0
