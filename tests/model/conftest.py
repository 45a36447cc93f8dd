"""Nothing of the developer's own: no key, no address, no prices, no proxy; and nobody waits between tries."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.model import connection


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[pytest.MonkeyPatch]:
    for name in os.environ:
        if name.startswith("OPENAI_") or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    yield monkeypatch


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that would have been waited between tries."""
    waited: list[float] = []
    monkeypatch.setattr(connection, "sleep", waited.append)
    return waited
