"""chat at a terminal with all that text can hold: long pastes, wide characters, emoji, right-to-left text, and control
sequences, which stay inert."""

import json
import re
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.cli.running import ask_assistant
from tests.cli.screen import left, opened, turns
from tests.scripted_server import ScriptedServer, always, completion

RETITLE, CLEAR, REVERSE = "\x1b]0;owned\x07", "\x1b[2J", "\u202e"
HOSTILE = (RETITLE, "\x07", CLEAR, REVERSE)
MARBLE = "How deep was the deepest dive of a marble otter?"
ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[=>])")
WIDE = """\
海獭潜水研究 🦦 Glass Otters of Osaka
李 明, נועה לוי

Glass otters live in the canals of 大阪. The deepest dive of a glass otter 🦦 reached 61 metres (عمق الغوص) below the \
bridge of 淀屋橋, where 水 is cold. The keepers call it לוטרה. \
They keep 海獭观察日记 and 潜水深度记录 and 体重变化记录 and 喂食时间表 and 水温测量结果 of every one.
"""


def widest(raw: str) -> int:
    """The columns of the widest line that was written, but for a file's path, which is never parted."""
    lines = [line.rpartition("\r")[2] for line in ESCAPE.sub("", raw).split("\r\n")]
    return max(wcswidth(line) for line in lines if not line.lstrip().startswith("/"))


@pytest.fixture
def hostile(folder: Path) -> Path:
    """A library with a paper that would clear the screen, retitle the window and turn the reading round."""
    text = (
        f"{RETITLE}Marble {REVERSE}Otters{CLEAR} of Lisbon\n{CLEAR}Rosa {RETITLE}Lima, Tom {REVERSE}Fox\n\n"
        f"Marble otters sleep on quays. The deepest dive of a marble {CLEAR}otter reached{RETITLE} 33"
        f" {REVERSE}metres. No marble otter was seen at night.\n"
    )
    (folder / "marble.txt").write_text(text, encoding="utf-8")
    assert ask_assistant("--library", "library", "add", "marble.txt").exit_code == 0
    return folder / "library"


def test_what_is_pasted_is_one_question(library: Path) -> None:
    lines = "How deep was\nthe deepest dive\nof a sea otter?"
    long = "\n".join(["Female otters dived less deep than male otters, and we wonder why."] * 80)[:4999] + "?"
    screen = opened(library)
    screen.paste(lines)
    screen.settle()
    screen.type("\r")
    assert "97 metres [1]." in screen.wait_for(" dropped ")
    screen.settle()
    screen.type("How many seconds a day\x1b\rdid each pendulum clock lose?\r")  # Alt-Enter
    assert "28 seconds" in screen.wait_for(" dropped ", times=2)
    screen.settle()
    screen.raw = ""
    screen.paste(long)
    screen.settle()
    assert " dropped " not in screen.raw, "nothing is sent before Enter"
    screen.type("\r")
    screen.wait_for_raw(" dropped ")
    assert left(screen) == 0 and len(long) == 5000
    asked = [lines, "How many seconds a day\ndid each pendulum clock lose?", long]
    assert [turn["question"] for turn in turns(library)] == asked


@pytest.mark.parametrize("columns", [60, 200])
def test_wide_characters_emoji_and_right_to_left_text(folder: Path, columns: int) -> None:
    """In the question, the paper and the answer: all there, in the order in which they are written, and no line
    runs over the window's edge."""
    (folder / "wide.txt").write_text(WIDE, encoding="utf-8")
    assert ask_assistant("--library", "library", "add", "wide.txt").exit_code == 0
    question = "海獭 🦦 (كم العمق): how deep was the deepest dive of a glass otter?"
    screen = opened(folder / "library", columns=columns, NO_COLOR="1")
    screen.type(question + "\r")
    screen.wait_for(" dropped ")
    screen.settle()
    screen.raw = screen.raw[screen.raw.index("61 metres") :]
    screen.type("/quote 1\r")
    screen.wait_for("喂食时间表")
    shown = " ".join(ESCAPE.sub("", screen.raw).split())
    assert "61 metres (عمق الغوص) below the bridge of 淀屋橋" in shown and "李 明, נועה לוי" in shown
    assert widest(screen.raw) <= columns
    assert left(screen) == 0
    (turn,) = turns(folder / "library")
    assert turn["question"] == question and "otter 🦦 reached 61 metres (عمق الغوص)" in str(turn["text"])


def test_a_paper_moves_nothing_on_the_screen(hostile: Path) -> None:
    screen = opened(hostile)
    screen.type(MARBLE + "\r")
    screen.wait_for("33 metres")
    for line in ("who wrote it?", "/sources", "/quote 1", "/papers", "/focus 1", "/open 1", "/sessions"):
        screen.settle()
        screen.type(line + "\r")
    screen.wait_for("2 turns")
    assert left(screen) == 0
    again = opened(hostile, "-c")
    assert "who wrote it?" in again.text and left(again) == 0
    assert not [each for each in HOSTILE if each in screen.raw + again.raw]


def test_a_question_and_what_is_kept_of_it_move_nothing(hostile: Path) -> None:
    asked = f"How deep {CLEAR}was the deepest {RETITLE}dive of a {REVERSE}marble otter?"
    lines = [asked, "/sorces" + RETITLE, "/papers " + CLEAR, "/focus " + RETITLE, "/sessions"]
    printed = [ask_assistant("--library", hostile, "chat", input="\n".join(lines))]
    for words in (("--list",), ("--find", "marble"), ("--export", "last"), ("--review", "last"), ("-c",)):
        printed.append(ask_assistant("--library", hostile, "chat", *words))
    assert "33 metres" in printed[0].stdout and all("deepest" in each.stdout for each in printed[:-1])
    found = [each for each in HOSTILE for one in printed if each in one.stdout + one.stderr]
    assert not found


def test_what_a_model_misses_moves_nothing(hostile: Path) -> None:
    lacking = completion(json.dumps({"claims": [], "missing": [f"the {RETITLE}depth{CLEAR}{REVERSE}"]}))
    with ScriptedServer(always(lacking)) as server:
        words = ("--library", hostile, "chat", "--model", "scripted")
        environ = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": ""}
        result = ask_assistant(*words, input=MARBLE, **environ)
    assert "depth" in result.stdout
    assert not [each for each in HOSTILE if each in result.stdout + result.stderr]
