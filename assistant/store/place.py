"""A folder → whether a library may be there."""

from pathlib import Path

from assistant.errors import LibraryError, UsageError

_OURS = ("catalog.db", "chroma", "writer.")
_HIDDEN = "."


def check_place(folder: Path, create: bool = False) -> None:
    """Raises LibraryError if the folder cannot be entered, and UsageError if a library would be made among other
    things: all of it but its catalog is derived, and may be deleted at any time, so nothing else may be in it."""
    try:
        if (folder / "catalog.db").exists() or not create or not folder.is_dir():
            return
        others = [each for each in folder.iterdir() if not each.name.startswith((*_OURS, _HIDDEN))]
    except OSError as error:
        raise LibraryError(
            f"{folder} cannot be entered ({error.strerror}); name another --library"
        ) from error
    if others:
        example = f"for example: --library {folder / 'library'}"
        raise UsageError(f"{folder} holds other things and no library; name a folder of its own, {example}")
