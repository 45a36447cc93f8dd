"""Folders and files that their owner alone may read, from the moment they are made."""

import os
from contextlib import suppress
from pathlib import Path
from typing import IO

FOLDER, FILE = 0o700, 0o600


def make_private(folder: Path) -> None:
    """Makes the folder; its parents, where they lack, as others are made. One that is there stays as it is. Raises
    OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(FOLDER, exist_ok=True)


def open_private(path: Path, mode: str) -> IO[str]:
    """The file, opened in ``mode`` as text; one that is there keeps its rights. Raises OSError."""
    return open(path, mode, encoding="utf-8", opener=lambda name, flags: os.open(name, flags, FILE))


def share_as(model: Path, folder: Path) -> None:
    """Lets a folder and all in it be read and written by whom the file ``model`` may be; what is another user's, or
    gone by now, stays as it is."""
    try:
        rights = FILE | (model.stat().st_mode & 0o066)
    except FileNotFoundError:
        return
    through = FOLDER | rights | (rights & 0o044) >> 2
    for place, _, names in os.walk(folder):
        for path, mode in ((place, through), *((os.path.join(place, name), rights) for name in names)):
            with suppress(PermissionError, FileNotFoundError):
                os.chmod(path, mode)
