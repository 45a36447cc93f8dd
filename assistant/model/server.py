"""Settings → where the model is, and the key that goes there and nowhere else."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from assistant.config import ModelConfig
from assistant.errors import ModelRefused, ModelUnreachable

OPENAI = "https://api.openai.com/v1"
_URL, _KEY = "OPENAI_BASE_URL", "OPENAI_API_KEY"
_SETTING = "base_url in assistant.toml"
_LEAST_SECRET = 8
"""Characters from which on a key is a secret: local servers take "x", which is not to be cut out of words."""
HIDDEN = "[key]"
"""Stands where a secret was."""
_LONGEST = 300
"""Characters of a server's own words that are shown."""

_LABEL = r"[a-z0-9_][a-z0-9_-]{0,62}"
_ADDRESS = re.compile(
    rf"https?://([^\s/@]*@)?(\[[0-9a-f:.]+\]|{_LABEL}(\.{_LABEL})*\.?)(:\d{{1,5}})?([/?]\S*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Server:
    """Where the model is. ``named_by``: the setting that says so; ``variable``: the one that holds the key;
    ``key``: None where none is set."""

    url: str
    named_by: str
    variable: str
    key: str | None = field(repr=False)

    @property
    def host(self) -> str:
        """The part of the address that holds no credentials."""
        return urlsplit(self.url).netloc.rpartition("@")[2]

    @property
    def secrets(self) -> tuple[str, ...]:
        """What is never shown nor written: the key, and a password in the address."""
        found = (self.key, urlsplit(self.url).password)
        return tuple(each for each in found if each and len(each) >= _LEAST_SECRET)

    def redacted(self, words: str) -> str:
        """Foreign words without the key, also as JSON writes it."""
        for secret in self.secrets:
            words = words.replace(secret, HIDDEN).replace(json.dumps(secret)[1:-1], HIDDEN)
        return words

    def quoted(self, words: str) -> str:
        """Foreign words on one printable line, without the key."""
        line = " ".join("".join(c if c.isprintable() else " " for c in self.redacted(words)).split())
        return line if len(line) <= _LONGEST else line[:_LONGEST] + " ..."


def names_server(environ: Mapping[str, str]) -> bool:
    """Whether the environment does, before any settings."""
    return bool(environ.get(_URL, "").strip())


def find_server(settings: ModelConfig) -> Server:
    """The server that the environment names, else the settings, else OpenAI's.

    Who names the address names the key, so that no key goes to a server it was not meant for: OPENAI_API_KEY
    goes with OPENAI_BASE_URL, and an address in the settings gets the key of their ``key_variable``. A variable
    that is set but empty counts as not set. Where a file that is not trusted names one, none but the environment's is
    asked. Raises ModelRefused, ModelUnreachable.
    """
    if settings.distrusted and not names_server(os.environ):
        raise ModelRefused(
            f"{settings.distrusted} names a server and is not trusted, so none is asked; read it, then: assistant trust"
        )
    url = os.environ.get(_URL, "").strip()
    if url and settings.base_url:
        named_by, variable = _URL, _KEY
    elif settings.base_url:
        url, named_by, variable = settings.base_url.strip(), _SETTING, settings.key_variable or ""
    else:
        named_by, variable = _URL, settings.key_variable or _KEY
    key = os.environ.get(variable, "").strip() if variable else ""
    if not url and not key:
        raise ModelRefused(f"there is no key; set {variable}, or {_URL} if a server needs none")
    if not (key.isascii() and key.isprintable()):  # else the SDK fails, with the key in its message
        raise ModelRefused(f"{variable} holds characters that no key has (a line break?); set it anew")
    if url and not (url.isprintable() and _ADDRESS.fullmatch(url)):
        raise ModelUnreachable(f"{named_by} is no address; it looks like http://localhost:8000/v1")
    return Server(
        url or OPENAI, named_by, variable or "key_variable in [model] of assistant.toml", key or None
    )
