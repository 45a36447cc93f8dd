"""Which settings files may name a server and a key: those that the user has trusted, by their content.

A folder from a stranger may bring an assistant.toml of its own. So that no question goes with it to whom it names, nor
any variable of the environment as a key, what is dangerous in it is left out until `assistant trust`.
"""

import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from assistant.address import is_address
from assistant.errors import UsageError
from assistant.private import make_private, open_private

TRUSTED = "trusted.txt"
"""In the config folder: a line for each settings file that is trusted, the SHA-256 of its content first."""
MODEL_TABLE, SERVER_TABLE = "model", "server"
Left: TypeAlias = frozenset[tuple[str, ...]]
"""Paths of settings, table by table."""


def held_back(settings: dict[str, Any]) -> Left:
    """What a file that is not trusted may not say: which server is asked, and by which key, and then also which models;
    where to write, but for its own folder, and what to write over."""
    all_said = list(_said(settings))
    server: Left = frozenset(
        {(MODEL_TABLE, "base_url"), (MODEL_TABLE, "key_variable"), (SERVER_TABLE, "token_variable")}
    )
    left: set[tuple[str, ...]] = {said for said, _ in all_said if said in server}
    left |= {said for said, value in all_said if said == ("library",) and is_address(str(value))}
    if left:
        left |= {said for said, _ in all_said if said[-1] in ("model", "judge", "embedder")}
        left |= {said for said, _ in all_said if said == (MODEL_TABLE, "name")}
    left |= {said for said, value in all_said if said[-1] in ("output", "log") and not _is_inside(str(value))}
    return frozenset(left | {said for said, _ in all_said if said[-1] == "force"})


def _is_inside(place: str) -> bool:
    return place == "-" or Path(place).resolve().is_relative_to(Path.cwd().resolve())


def _said(table: dict[str, Any], *names: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _said(value, *names, name)
        else:
            yield (*names, name), value


def without(table: dict[str, Any], left: Left, *names: str) -> dict[str, Any]:
    return {
        name: without(value, left, *names, name) if isinstance(value, dict) else value
        for name, value in table.items()
        if (*names, name) not in left
    }


def is_trusted(content: bytes, folder: Path) -> bool:
    """Whether the user, whose config folder this is, has trusted a settings file of exactly this content."""
    try:
        lines = (folder / TRUSTED).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return sha256(content).hexdigest() in (line.split(" ")[0] for line in lines)


def trust(file: Path, folder: Path) -> dict[str, Any]:
    """Trusts a settings file as it is now, until it is changed; its table [model]. ``folder``: the config folder.
    Raises UsageError if there is no such file, or that it is trusted cannot be kept."""
    kept = folder / TRUSTED
    try:
        content = file.read_bytes()
        if not is_trusted(content, folder):
            make_private(folder)
            with open_private(kept, "a") as trusted:
                trusted.write(f"{sha256(content).hexdigest()} {str(file.resolve())!r}\n")
    except FileNotFoundError as error:
        raise UsageError(f"there is no {file} here; go to the folder that has it") from error
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be read or written ({error.strerror})") from error
    table: dict[str, Any] = tomllib.loads(content.decode("utf-8-sig")).get(MODEL_TABLE, {})
    return table
