"""Paths that are named → the files to read, those of folders among them, and what is left out, with the reason."""

import errno
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path

from assistant.errors import UsageError
from assistant.read import KINDS, is_readable
from assistant.store.connection import CATALOG
from assistant.types import FileReport

SAVED = "what a saved web page brings along; the page itself is read"
_SAVED = re.compile(
    r"(.+)[-_.](?:files|dateien|fichiers|archivos|bestanden|file|arquivos|pliki)", re.IGNORECASE
)
"""How browsers call the folder beside a page that they save."""
_HIDDEN = (".", "~$")
"""How names open that are kept from view, the latter those that Word gives while a document is open."""
LEADS_OUT = "a link out of the folder; to add what it leads to, name it"
_WHY = {
    errno.EACCES: "; give yourself the right to read it",
    errno.ENOENT: "; it was deleted or renamed, or it links to nothing",
    errno.ELOOP: "; it links back to itself",
}


def check_paths(paths: Iterable[str | Path]) -> list[str | Path]:
    """The paths. Raises UsageError if none of them exists, or if they are folders with nothing that is read."""
    named = list(paths)
    if named and not any(map(os.path.lexists, named)):
        raise UsageError(f"there is no {' and no '.join(map(str, named))}; is the name right?")
    refused: list[FileReport] = []
    files = files_in(named, refused)
    if named and not refused and not any(is_named or is_readable(path) for path, is_named in files.items()):
        there = Counter(path.suffix.lower() or path.name for path in files)
        listed = ", ".join(f"{number:,} {kind}" for kind, number in there.most_common(9))
        raise UsageError(
            f"nothing to add in {' and '.join(map(str, named))}{f' ({listed})' * bool(listed)}: {readable()}"
        )
    return named


def readable() -> str:
    return f"readable are {', '.join(sorted(KINDS))}"


def files_in(paths: Iterable[str | Path], refused: list[FileReport]) -> dict[Path, bool]:
    """The files to read → whether they are named, not only found in a folder. In folders hidden ones are left out,
    and so are libraries, links to folders, which may lead in a circle, and links to files outside of the folder, whose
    maker may have meant any file of the user's. These go to ``refused``, and so does what cannot be tried at all."""

    def refuse(path: str | Path, why: str) -> None:
        shown = os.fsencode(path).decode("utf-8", "backslashreplace")  # its name may be no text
        refused.append(FileReport(shown, "failed", error=why))

    files: dict[Path, bool] = {}
    for path in [Path(os.path.abspath(name)) for name in paths]:
        if path.is_dir():
            for folder, folders, names in os.walk(path, onerror=lambda e: refuse(e.filename, reason_of(e))):
                is_library = CATALOG in names
                names = [] if is_library else [name for name in names if not name.startswith(_HIDDEN)]
                folders[:] = [] if is_library else [name for name in folders if not name.startswith(_HIDDEN)]
                for name in [name for name in folders if _is_saved(name, names)]:
                    folders.remove(name)
                    refused.append(FileReport(str(Path(folder, name)), "skipped", error=SAVED))
                for each in sorted(Path(folder, name) for name in names):
                    if _leads_out(each, path):
                        refused.append(FileReport(str(each), "skipped", error=LEADS_OUT))
                    else:
                        files.setdefault(each, False)
        elif os.path.lexists(path):
            files[path] = True
        else:
            refuse(path, "does not exist; is the name right?")
    for path in [path for path in files if not _is_text(path)]:  # the catalog could not keep it
        refuse(path, "its name is not UTF-8; rename it")
        del files[path]
    return files


def _is_saved(folder: str, names: Collection[str]) -> bool:
    """Whether a folder was saved with a web page that lies beside it, one of ``names``."""
    page = _SAVED.fullmatch(folder)
    return page is not None and not {f"{page[1]}.html", f"{page[1]}.htm"}.isdisjoint(names)


def _leads_out(path: Path, folder: Path) -> bool:
    """Whether it is a link to what is not in the folder."""
    return path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _is_text(path: Path) -> bool:
    return str(path).encode("utf-8", "replace").decode() == str(path)


def reason_of(error: OSError) -> str:
    return f"cannot be read ({error.strerror or error}){_WHY.get(error.errno or 0, '')}"
