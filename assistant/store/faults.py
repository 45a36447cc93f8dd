"""What nobody had foreseen of a file → a log in the library's folder, for whoever mends the reader."""

import os
from datetime import UTC, datetime
from pathlib import Path

LOG = "faults.log"
_LARGEST = 1_000_000
"""Bytes; then the log is begun anew."""


def note(folder: Path, file: str, text: str) -> str:
    """Writes down what happened when ``file`` was read. Returns the log's name. Raises OSError."""
    path = folder / LOG
    full = path.exists() and path.stat().st_size > _LARGEST
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if full else os.O_APPEND)
    with open(os.open(path, flags, 0o600), "w", encoding="utf-8", errors="backslashreplace") as log:
        log.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC {file}\n{text}\n\n")
    return str(path)


def log_of(folder: Path) -> str | None:
    """The log's name, if there is one."""
    path = folder / LOG
    return str(path) if path.exists() else None
