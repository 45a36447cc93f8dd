"""chat: from a pipe, and at a terminal with its keys."""

import re
import time
from pathlib import Path

from tests.cli.running import Run, Terminal, in_a_process
from tests.cli.texts import DEPTH, FRUCTAN, LOSS, UNKNOWN


def sources(text: str) -> list[tuple[int, str]]:
    return [(int(number), key) for number, key in re.findall(r"^\[(\d+)\] (\w+) ·", text, re.MULTILINE)]


def test_one_question_a_line_and_numbers_run_on(run: Run) -> None:
    result = run("chat", input=f"{DEPTH}\n{FRUCTAN}\n{DEPTH}\n")
    assert result.exit_code == 0
    assert not result.stdout.startswith("> ") and "\n> " not in result.stdout
    first, second, *_ = result.stdout.split("\nSources\n")
    assert "97 metres [1]." in first
    assert re.search(r"61% \[\d+\]\.", second)
    shown = sources(result.stdout)
    assert shown[0] == (1, "lopezDeep") == shown[-1]
    assert len({number for number, _ in shown}) == len({key for _, key in shown}) >= 2
    assert result.stderr.count(" dropped ") == 3


def test_commands(run: Run) -> None:
    lines = ["/sources", DEPTH, LOSS, "/sources", "/help", "/what is this", "/quit", FRUCTAN]
    result = run("chat", input="\n".join(lines))
    assert result.exit_code == 0
    before, _, after = result.stdout.partition("Nothing is cited yet.")
    assert before == ""
    listed = after[after.rindex("Sources") :].partition("Ask in words")[0]
    assert {(1, "lopezDeep")} < set(sources(listed))
    assert "/sources  every paper cited so far" in result.stdout
    assert "Error: there is no command /what; there are /sources, /help and /quit\n" in result.stderr
    assert "61%" not in result.stdout


def test_an_error_or_an_abstention_ends_one_answer_only(run: Run) -> None:
    result = run("chat", input=f"\n{UNKNOWN}\n{DEPTH}")
    assert result.exit_code == 0
    assert result.stderr.startswith("Error: the question is empty")
    assert "The papers do not say." in result.stdout and "97 metres [" in result.stdout


def test_bytes_that_are_no_text(run: Run) -> None:
    result = run("chat", input=b"\xff\xfe\x00 otter\n" + DEPTH.encode())
    assert result.exit_code == 0
    assert "97 metres" in result.stdout


def test_from_a_real_pipe(shared_library: Path) -> None:
    result = in_a_process("--library", shared_library, "chat", input=f"{DEPTH}\n{LOSS}\n")
    assert (result.returncode, result.stderr.count("Error")) == (0, 0)
    assert result.stdout.index("97 metres [1]") < result.stdout.index("28 seconds")
    assert "> " not in result.stdout


def test_at_a_terminal(shared_library: Path) -> None:
    terminal = Terminal("--library", shared_library, "chat")
    terminal.wait_for("> ")
    terminal.type("a line that is not wanted")
    terminal.wait_for("wanted")
    time.sleep(0.3)  # readline sees no Ctrl-C between writing a letter and waiting for the next
    terminal.type("\x03")  # clears it
    terminal.wait_for("> ")
    terminal.type(DEPTH + "\n")
    assert "97 metres" in terminal.wait_for(" dropped ")
    terminal.wait_for("> ")
    terminal.type("\x1b[A\n")  # the line before
    assert "97 metres" in terminal.wait_for(" dropped ")
    terminal.wait_for("> ")
    terminal.type("\n")
    terminal.wait_for("> ")
    terminal.type("\x04")
    assert terminal.leave() == 0
    assert "Error" not in terminal.screen


def test_ctrl_c_stops_an_answer_and_returns_to_the_prompt(shared_library: Path) -> None:
    """Also while Chroma is still being imported: the question after it is answered."""
    terminal = Terminal("--library", shared_library, "chat")
    terminal.wait_for("> ")
    terminal.type(DEPTH + "\n")
    terminal.wait_for("\n")
    terminal.type("\x03")
    terminal.wait_for("> ")
    time.sleep(0.3)  # if the answer was there first, the prompt is drawn once more
    terminal.type(DEPTH + "\n")
    assert "97 metres" in terminal.wait_for(" dropped ")
    terminal.wait_for("> ")
    terminal.type("/quit\n")
    assert terminal.leave() == 0
