"""Settings: flag > environment > assistant.toml > default. click resolves that order; here is the file."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeAlias

from assistant.address import Address, is_address, this_machine
from assistant.errors import UsageError
from assistant.trust import MODEL_TABLE, held_back, is_trusted, without

FILE = "assistant.toml"
DISTRUSTED = "distrusted"
PATHS = ("library", "weights", "cache")
"""Settings that name a place; from a file they count from the folder of that file."""

Fields: TypeAlias = "Mapping[str, type | Fields]"
"""What a settings file may hold: the type of each setting, and the fields of each command's table."""

_KINDS = {
    str: "text in quotes",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}


MODEL: Fields = {
    "name": str, "base_url": str, "key_variable": str,
    "context": int, "max_tokens": int, "timeout": float, "retries": int,
    "max_seconds": float, "max_megabytes": float,
}  # fmt: skip
"""What the table [model] of a settings file may hold."""
SERVER: Fields = {"token_variable": str, "timeout": float, "machine": str}
"""What the table [server] of a settings file may hold."""
TOKEN = "ASSISTANT_CHROMA_TOKEN"


def config_folder() -> Path:
    """Where the user's own tables are: ``$XDG_CONFIG_HOME/assistant``, else ``~/.config/assistant``."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "assistant"


def cache_folder() -> Path:
    """Where built models are kept: ``$XDG_CACHE_HOME/assistant``, else ``~/.cache/assistant``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "assistant"


def data_folder() -> Path:
    """Where what cannot be had again is kept of libraries that are elsewhere: ``$XDG_DATA_HOME/assistant``, else
    ``~/.local/share/assistant``."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "assistant"


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """How a language model is reached, and what one run may do with it.

    ``name``: the model of commands that name none. ``base_url``: its server, unless OPENAI_BASE_URL names one;
    ``key_variable``: the environment variable that holds the key. ``context``: tokens that it reads and writes;
    ``max_tokens``: the longest reply. ``timeout``: seconds to wait for an answer to begin, and then for each
    next piece of it; ``max_seconds`` and ``max_megabytes``: what a whole reply may take, however it comes, by
    default five times the timeout;
    ``retries``: further tries where a server fails or asks to wait.
    ``max_cost``: US dollars a run may spend; ``log``: a file for every exchange; ``replay_known``: whether a
    reply that was given before is taken from the cache. ``distrusted``: a settings file whose server is not asked, nor
    any other in its place, as nobody has trusted it yet.
    """

    name: str | None = None
    base_url: str | None = None
    key_variable: str | None = None
    context: int | None = None
    max_tokens: int | None = None
    timeout: float = 120.0
    retries: int = 2
    max_seconds: float | None = None
    max_megabytes: float = 32.0
    max_cost: float | None = None
    log: Path | None = None
    replay_known: bool = False
    distrusted: Path | None = None

    def __post_init__(self) -> None:
        limits = (("timeout", 0.001), ("max_seconds", 0.001), ("max_megabytes", 0.001))
        for name, least in (("context", 1), ("max_tokens", 1), ("retries", 0), *limits):
            value = getattr(self, name)
            if value is not None and not value >= least:
                raise UsageError(f"{name} of the model must be at least {least}, not {value}")


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """How a server that keeps a group's library is reached. ``token_variable``: the environment variable that holds
    the token; ``timeout``: seconds that one request may take; ``machine``: whose files those are that are added here,
    by default user@host."""

    token_variable: str = TOKEN
    timeout: float = 60.0
    machine: str = field(default_factory=this_machine)

    def __post_init__(self) -> None:
        if not self.timeout > 0:
            raise UsageError(f"timeout of the server must be more than 0, not {self.timeout}")
        if not self.machine.strip() or "/" in self.machine or ":" in self.machine:
            raise UsageError(f"machine of the server must be a name such as ann@lab, not {self.machine!r}")

    @property
    def token(self) -> str | None:
        return os.environ.get(self.token_variable, "").strip() or None


@dataclass(frozen=True, slots=True)
class Config:
    """What a library needs to know. ``weights``: a folder with the embedder's files, None for the installed
    ones; ``threads``: cores that embedding may use."""

    library: Path | Address = Path("library")
    weights: Path | None = None
    cache: Path = field(default_factory=cache_folder)
    threads: int = field(default_factory=lambda: os.cpu_count() or 1)
    model: ModelConfig = field(default_factory=ModelConfig)
    server: ServerConfig = field(default_factory=ServerConfig)

    def own(self, library: Path | Address) -> Path:
        """Where the conversations with a library are kept: in its folder; of one on a server, in the user's own."""
        return library if isinstance(library, Path) else data_folder() / library.folder


def load(path: Path | None, fields: Fields) -> dict[str, Any]:
    """The settings of ``path``; without one those of ./assistant.toml, and below them the user's own, in
    ``config_folder``. Of a file in the current folder that is not trusted, what ``held_back`` names is left out, and
    the table [model] says so under DISTRUSTED.

    Raises UsageError naming the first field that ``fields`` does not have or that is of another type.
    """
    if path is not None:
        return _loaded(path, fields)[0]
    here, own = Path(FILE), config_folder() / FILE
    has_own = os.path.exists(own)  # also where that may not be looked at
    theirs = _loaded(own, fields)[0] if has_own else {}
    if not here.exists() or (has_own and here.samefile(own)):
        return theirs
    settings, content = _loaded(here, fields)
    if not is_trusted(content, config_folder()) and (left := held_back(settings)):
        settings = without(settings, left)
        settings[MODEL_TABLE] = settings.get(MODEL_TABLE, {}) | {DISTRUSTED: here}
    return _merged(theirs, settings)


def _loaded(file: Path, fields: Fields) -> tuple[dict[str, Any], bytes]:
    try:
        content = file.read_bytes()
        settings = tomllib.loads(content.decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise UsageError(f"{file} does not exist") from error
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}); name a settings file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read as TOML ({error})") from error
    _check(settings, fields, str(file))
    for name in PATHS:
        if name in settings and not settings[name].strip():
            raise UsageError(f"{file}: {name} is empty; name a folder, or leave it out")
    places = {
        name: str(file.parent / Path(settings[name]).expanduser())
        for name in PATHS
        if name in settings and not is_address(settings[name])
    }
    return settings | places, content


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Both, table by table; what both say, as ``above`` says it."""
    tables = {
        name: _merged(below[name], value)
        for name, value in above.items()
        if isinstance(value, dict) and isinstance(below.get(name), dict)
    }
    return below | above | tables


def _check(table: dict[str, Any], fields: Fields, where: str) -> None:
    for name, value in table.items():
        kind = fields.get(name)
        if kind is None:
            near = get_close_matches(name, fields, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(fields))}"
            raise UsageError(f"{where}: there is no setting {name!r}; {hint}")
        found: type = type(value)
        expected = kind if isinstance(kind, type) else dict
        if found is not expected and not (expected is float and found is int):
            raise UsageError(f"{where}: {name} must be {_KINDS[expected]}")
        if not isinstance(kind, type):
            _check(value, kind, f"{where} [{name}]")
