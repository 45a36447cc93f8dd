"""``chroma://host:port/NAME`` → the address of a library on a Chroma server, which a group shares."""

import os
import re
from dataclasses import dataclass
from getpass import getuser
from hashlib import sha256
from socket import gethostname
from typing import Self
from urllib.parse import urlsplit

from assistant.errors import UsageError

PLAIN, SECURE = "chroma", "chromas"
"""Schemes: over HTTP and over HTTPS."""
EXAMPLE = f"{PLAIN}://localhost:8000/group"
_PORTS = {PLAIN: 8000, SECURE: 443}
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")
"""Chroma's own rule, with room for what is put behind it."""


@dataclass(frozen=True, slots=True)
class Address:
    """``name``: of the library, of which a server holds many."""

    host: str
    port: int
    name: str
    secure: bool = False

    @classmethod
    def of(cls, text: str) -> Self:
        """Raises UsageError."""
        wrong = (
            f"{text} is no address of a library on a server; write it as {EXAMPLE}, or {SECURE}:// for HTTPS"
        )
        try:
            url = urlsplit(text)
            host, port = url.hostname, url.port
        except ValueError as error:
            raise UsageError(wrong) from error
        name = url.path.strip("/")
        if url.scheme not in _PORTS or not host or url.query or url.fragment or not _NAME.fullmatch(name):
            raise UsageError(wrong)
        if "@" in url.netloc:
            raise UsageError("an address holds no password; put the token into ASSISTANT_CHROMA_TOKEN")
        return cls(host, port or _PORTS[url.scheme], name, url.scheme == SECURE)

    def __str__(self) -> str:
        return f"{SECURE if self.secure else PLAIN}://{self.place}/{self.name}"

    @property
    def place(self) -> str:
        """Host and port."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_here(self) -> bool:
        return self.host in ("localhost", "127.0.0.1", "::1")

    @property
    def folder(self) -> str:
        """A name for what a client keeps of this library, different for each."""
        readable = re.sub(r"[^A-Za-z0-9.-]+", "-", f"{self.host}-{self.port}-{self.name}")
        return f"{readable[:60]}-{sha256(str(self).encode()).hexdigest()[:8]}"


def is_address(text: str) -> bool:
    return re.match(rf"(?:{PLAIN}|{SECURE}):/", text, re.IGNORECASE) is not None


def this_machine() -> str:
    """Whose files these are, to the others of a group."""
    try:
        user = getuser()
    except (KeyError, OSError):  # a container may run as a user that has no name
        user = "someone"
    return f"{user}@{gethostname()}"


def is_elsewhere(path: str) -> bool:
    """Whether a file on record is another machine's, ``user@host:/path``: here no one can say how it is."""
    return not os.path.isabs(path)
