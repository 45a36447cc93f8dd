"""Every row of bad_input.toml, as a user would meet it: made in a shell, and given to the command line."""

import json
import os
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import ROOT, ask_assistant
from tests.cli.texts import BREAD, OTTERS
from tests.pdfs import ENCRYPTED, made

TABLE = tomllib.loads(Path(__file__).with_suffix("").with_name("bad_input.toml").read_text("utf-8"))["input"]
UNPRIVILEGED = "" if os.geteuid() else "setpriv --bounding-set=-all --inh-caps=-all"


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that each row begins with, and bin/ with the commands that its shell finds."""
    home = tmp_path_factory.mktemp("bad") / "start"
    for name in ("papers", "kit", "bin"):
        (home / name).mkdir(parents=True)
    (home / "papers" / "bread.txt").write_text(BREAD, encoding="utf-8")
    (home.parent / "otters.txt").write_text(OTTERS, encoding="utf-8")
    page = [(18, "Tides of the River Dee"), (10, "We measure the tides of a river.")]
    for name, pdf in (
        ("paper", made([page])),
        ("encrypted", made([page], ENCRYPTED)),
        ("scanned", made([[]])),
    ):
        (home / "kit" / f"{name}.pdf").write_bytes(pdf)
    for name, words in (("assistant", f"{sys.executable} -m assistant"), ("unprivileged", UNPRIVILEGED)):
        (home / "bin" / name).write_text(f'#!/bin/sh\nexec {words} "$@"\n')
        (home / "bin" / name).chmod(0o755)
    assert ask_assistant("--library", home / "library", "add", home.parent / "otters.txt").exit_code == 0
    return home


@pytest.mark.parametrize("row", TABLE, ids=[row["name"] for row in TABLE])
def test_bad_input(row: dict[str, Any], start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if "unprivileged" in row["run"] and UNPRIVILEGED and not shutil.which("setpriv"):
        pytest.skip("setpriv is not here, and root may read everything")
    folder = shutil.copytree(start, tmp_path / "row")
    monkeypatch.chdir(folder)
    assert shell(row.get("make", ":"))[0] == 0

    code, stdout, stderr = run(row["run"])
    lines = [line for line in (stdout + stderr).splitlines() if row.get("says", "\0") in line]
    assert (code, len(lines)) == (row["exit"], 1 if "says" in row else 0), stdout + stderr
    assert "Traceback" not in stderr
    if stderr.startswith("Error:"):
        assert (stdout, stderr.count("\n")) == ("", 1)

    here = ("--config", os.devnull, "--library", "library")  # whatever assistant.toml the row has made
    papers = json.loads(ask_assistant(*here, "papers", "--json").stdout)
    assert sorted(paper["key"] for paper in papers) == row.get("keys", ["lopezDeep"])
    if "status" in row:
        assert row["status"] in " ".join(ask_assistant(*here, "status").stdout.split())


def run(line: str) -> tuple[int, str, str]:
    """(exit code, stdout, stderr) of a command line: of the plain ones in this process, of all others in a shell."""
    words = list(shlex.shlex(line, posix=True, punctuation_chars=True))
    if words[0] != "assistant" or "$(" in line or any(set(word) <= set("|<>&;()") for word in words if word):
        return shell(line)
    result = ask_assistant(*shlex.split(line)[1:])
    return result.exit_code, result.stdout, result.stderr


def shell(line: str) -> tuple[int, str, str]:
    environ = os.environ | {"PYTHONPATH": str(ROOT), "PATH": f"{Path('bin').resolve()}:{os.environ['PATH']}"}
    done = subprocess.run(["sh", "-c", line], env=environ, capture_output=True, timeout=120)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
