"""A small library of invented papers, made by the command line itself, and a way to run commands on it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Run, ask_assistant
from tests.cli.texts import write_papers


@pytest.fixture(scope="session", autouse=True)
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing of the developer's own: no settings, no key, no cache; a window of 100 columns."""
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith(("ASSISTANT_", "OPENAI_")) or name in ("NO_COLOR", "FORCE_COLOR"):
                patch.delenv(name)
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        patch.setenv("COLUMNS", "100")
        yield


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: empty, without an assistant.toml."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def shared_library(environment: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with every paper of ``texts``; only for commands that read."""
    home = tmp_path_factory.mktemp("shared")
    papers = write_papers(home / "papers")
    assert ask_assistant("--library", home / "library", "add", papers).exit_code == 0
    return home / "library"


@pytest.fixture
def run(shared_library: Path) -> Run:
    """Runs a command on the shared library."""
    return lambda *words, **more: ask_assistant("--library", shared_library, *words, **more)


@pytest.fixture
def library(shared_library: Path, tmp_path: Path) -> Path:
    """A copy of the shared library that a test may write to."""
    return Path(shutil.copytree(shared_library, tmp_path / "own"))


@pytest.fixture
def own(folder: Path) -> Run:
    """Runs a command on a library of this test's own, at ./library."""
    write_papers(folder / "papers")
    return ask_assistant
