"""The command line as a whole: help, errors in one line, exit codes, streams, start-up."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from assistant.cli import main
from assistant.cli.app import App
from tests.cli.running import ROOT, Run, Terminal, ask_assistant, command, in_a_process
from tests.cli.texts import DEPTH, UNKNOWN, write_papers


def every_command(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, each in group.commands.items():
        yield (*path, name)
        if isinstance(each, click.Group):
            yield from every_command(each, (*path, name))


COMMANDS = sorted(every_command())


def command_at(path: tuple[str, ...]) -> click.Command:
    found: click.Command = main
    for name in path:
        assert isinstance(found, click.Group)
        found = found.commands[name]
    return found


def test_these_are_the_commands() -> None:
    collection = "add backup papers pull push reindex restore status trust"
    asking = "ask chat check compare disagree search summarize"
    assert {path[0] for path in COMMANDS} == {*collection.split(), *asking.split()}
    changing = {"remove", "merge", "split", "edit", "tag"}
    assert {path[1] for path in COMMANDS if len(path) > 1} == {"show", "export"} | changing


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_command_says_what_it_does(path: tuple[str, ...], flag: str) -> None:
    result = ask_assistant(*path, flag)
    assert (result.exit_code, result.stderr) == (0, "")
    assert command_at(path).get_short_help_str(limit=200).rstrip(".") in " ".join(result.stdout.split())


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_option_is_explained(path: tuple[str, ...]) -> None:
    for option in command_at(path).params:
        if isinstance(option, click.Option):
            assert option.help and option.help.endswith((".", "]")), option.name


def test_the_list_of_commands_is_not_cut_short() -> None:
    assert (
        "..."
        not in ask_assistant("--help", COLUMNS="80")
        .stdout.partition("Commands:")[2]
        .partition("Each option")[0]
    )
    assert "..." not in ask_assistant("papers", "--help", COLUMNS="80").stdout.partition("Commands:")[2]


@pytest.mark.parametrize("path", [p for p in COMMANDS if p not in {("chat",), ("papers", "export")}])
def test_every_command_that_prints_results_has_json(path: tuple[str, ...]) -> None:
    assert "json" in {option.name for option in command_at(path).params}


def test_version() -> None:
    result = ask_assistant("--version")
    assert re.fullmatch(r"assistant, version \d+\.\d+\.\d+\n", result.stdout)


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (["nope"], 2, "Error: No such command 'nope'."),
        (["--nope"], 2, "Error: No such option '--nope'."),
        (["ask"], 2, "Error: Missing argument '[QUESTION]...'."),
        (["ask", "--passages", "0", "x"], 2, "Error: Invalid value for '--passages'"),
        (["ask", "--format", "pdf", "x"], 2, "Error: Invalid value for '--format'"),
        (["search", "x", "--limit", "many"], 2, "Error: Invalid value for '--limit'"),
        (["summarize", "x", "--length", "huge"], 2, "Error: Invalid value for '--length'"),
        (["add", "nowhere.pdf"], 2, "Error: there is no nowhere.pdf; is the name right?"),
        (["--config", "nowhere.toml", "status"], 2, "Error: nowhere.toml does not exist"),
        (["papers", "export", "--format", "docx"], 2, "Error: Invalid value for '--format'"),
        *[
            (words, 1, "Error: there is no library at library; make one with: assistant --library library add")
            for words in (
                ["ask", "x"], ["search", "x"], ["status"], ["papers"], ["papers", "show", "x"], ["reindex"],
                ["papers", "remove", "x"], ["papers", "export"], ["summarize", "x"], ["chat"],
            )
        ],
    ],
)  # fmt: skip
@pytest.mark.parametrize("json", [False, True])
def test_an_error_is_one_line_on_stderr(words: list[str], code: int, line: str, json: bool) -> None:
    if json and "json" in {option.name for option in command_at_start_of(words).params}:
        words = [*words, "--json"]
    result = ask_assistant(*words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith(line)
    assert result.stderr.count("\n") == 1


def command_at_start_of(words: list[str]) -> click.Command:
    path = max((p for p in COMMANDS if tuple(words[: len(p)]) == p), key=len, default=())
    return command_at(path)


def test_an_error_shows_no_escape_codes(run: Run) -> None:
    result = run("papers", "show", "\x1b[31mred\x1b]0;title\x07\nline")
    assert result.exit_code == 2
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", result.stderr.rstrip("\n"))


def test_no_command_at_all_is_a_usage_error_that_helps() -> None:
    result = ask_assistant()
    assert result.exit_code == 2
    assert "Commands:" in result.stderr + result.stdout


def test_an_unexpected_exception_keeps_its_traceback() -> None:
    @click.group(cls=App)
    def group() -> None:
        pass

    @group.command()
    def broken() -> None:
        raise ZeroDivisionError("a bug")

    with pytest.raises(ZeroDivisionError, match="a bug"):
        group.main(["broken"], standalone_mode=False)


def test_ctrl_c_is_one_line_and_130() -> None:
    @click.group(cls=App)
    def group() -> None:
        pass

    @group.command()
    def stopped() -> None:
        raise KeyboardInterrupt

    result = click.testing.CliRunner().invoke(group, ["stopped"])
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "Interrupted.\n")


def test_ctrl_c_while_the_commands_are_loaded_is_no_traceback() -> None:
    stopped = (
        "import sys\n"
        "class Stopped:\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'assistant.cli': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stopped())\n"
        "from assistant.__main__ import main\n"
        "main()"
    )
    ended = subprocess.run([sys.executable, "-c", stopped], cwd=ROOT, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")


def test_ctrl_c_while_adding_keeps_what_was_stored(folder: Path) -> None:
    papers = write_papers(folder / "papers")
    for n in range(60):
        words = " ".join(f"Sentence {n} {m} speaks of river number {m}." for m in range(80))
        (papers / f"z{n:02}.txt").write_text(f"River {n}\nAda Stream\n\n{words}\n", encoding="utf-8")
    terminal = Terminal("add", "papers")
    terminal.wait_for(" z")
    terminal.type("\x03")
    terminal.wait_for("Interrupted; ")
    assert re.fullmatch(r"\d+ of 64 files are added; ", terminal.wait_for("added; "))
    terminal.wait_for("run the same command to go on.")
    assert terminal.leave() == 130
    status = ask_assistant("status")
    assert re.search(r"papers +[5-9]|[1-5]\d in ", status.stdout)
    assert status.stdout.count(" ok\n") >= 3
    assert ask_assistant("ask", DEPTH).exit_code == 0


def test_ctrl_c_in_a_process(folder: Path) -> None:
    write_papers(folder / "papers")
    process = subprocess.Popen(
        command("add", "papers"),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (folder / "library" / "catalog.db").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert (process.returncode, stdout) == (130, "")
    assert re.fullmatch(r"Interrupted(; 0 of 4 files are added; run the same command to go on)?\.\n", stderr)


def test_a_closed_pipe_is_quiet(shared_library: Path) -> None:
    words = command("--library", shared_library, "papers", "show", "lopezDeep", "--json")
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(words, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(60)


def test_exit_codes_and_streams_of_a_real_process(shared_library: Path) -> None:
    found = in_a_process("--library", shared_library, "ask", DEPTH)
    assert found.returncode == 0
    assert "97 metres [1]." in found.stdout and "\x1b" not in found.stdout + found.stderr
    assert re.fullmatch(r"\n\d+ claims? · 1 paper · 0 dropped · \d+\.\d\d s\n", found.stderr)
    assert in_a_process("--library", shared_library, "ask", UNKNOWN).returncode == 3
    assert in_a_process("--library", shared_library, "ask", "").returncode == 2
    assert in_a_process("--library", "nowhere", "ask", DEPTH).returncode == 1


def test_colour_only_on_a_terminal_and_never_with_no_color(shared_library: Path) -> None:
    words = ("--library", shared_library, "papers", "show", "lopezDeep")
    for environ, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        terminal = Terminal(*words, **environ)
        assert terminal.leave() == 0
        assert ("\x1b[1m" in terminal.screen) is coloured


def test_a_stream_that_lacks_the_character_shows_its_code(shared_library: Path) -> None:
    result = in_a_process(
        "--library", shared_library, "ask", DEPTH, environ={"PYTHONIOENCODING": "latin-1"}, encoding="latin-1"
    )
    assert (result.returncode, "\\u201c" in result.stdout) == (0, True)


def test_lines_fit_the_window(run: Run) -> None:
    for width in (40, 72):
        lines = run("ask", DEPTH, COLUMNS=str(width)).stdout.splitlines()
        assert max(len(line) for line in lines if "/" not in line) <= width


def test_help_loads_nothing_slow_and_comes_at_once() -> None:
    slow = ("numpy", "chromadb", "onnxruntime", "tokenizers", "rich", "sqlite3", "assistant.library")
    program = f"import sys, assistant.cli; print([m for m in {slow} if m in sys.modules])"
    result = subprocess.run([*command()[:1], "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert (result.stdout, result.stderr) == ("[]\n", "")
    before = os.times()
    in_a_process("--help")
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    assert used < 1.0  # of the processor's time: 0.15 s when nothing slow comes in
