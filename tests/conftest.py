"""The demo's digests as a library: made once a run, and copied for tests that change it."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Library
from eval.bench.chroma import ChromaServer
from eval.sets import ROOT


def pytest_configure() -> None:
    """A run that a script has put into the background ignores Ctrl-C, and so would every process it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def digests_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed library of the digests, by the exact embedder: alike on each processor. Copy it; don't change it."""
    folder = tmp_path_factory.mktemp("digests") / "library"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("assistant.embed.minilm.is_faster", lambda: False)
        with Library.open(folder, create=True) as library:
            library.add([ROOT / "corpus"])
    return folder


@pytest.fixture(scope="session")
def digests(digests_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """An open library of the digests, to ask and not to change."""
    with Library.open(_copied(digests_folder, tmp_path_factory.mktemp("open"))) as library:
        yield library


@pytest.fixture
def own_digests(digests_folder: Path, tmp_path: Path) -> Iterator[Library]:
    """An open library of the digests for one test alone."""
    with Library.open(_copied(digests_folder, tmp_path)) as library:
        yield library


def _copied(folder: Path, to: Path) -> Path:
    return shutil.copytree(folder, to / "library")


@pytest.fixture(scope="session")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """A Chroma server for all tests of a run, each of which takes a name of its own there."""
    server = ChromaServer(tmp_path_factory.mktemp("chroma"))
    yield server
    server.kill()
