"""How tests ask a model at a scripted server."""

from typing import Any

import pytest

from assistant.config import ModelConfig
from assistant.errors import ModelError
from assistant.model import OpenAIChat
from assistant.types import ModelReplyText
from tests.scripted_server import Script, ScriptedServer

KEY = "sk-test-3f9a7c5e1b2d4068"
MESSAGES = [{"role": "user", "content": '<passage id="k3f9">\nTides\nThe tide sets.\n</passage>'}]
SCHEMA: dict[str, Any] = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}


class Notes:
    """A Memory in memory."""

    def __init__(self) -> None:
        self.notes: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        return self.notes.get(key)

    def put(self, key: str, value: str) -> None:
        self.notes[key] = value


def asked(
    url: str, schema: dict[str, Any] | None = SCHEMA, stream: bool = False, **settings: Any
) -> tuple[ModelReplyText, list[str]]:
    """The reply of the model "scripted" at ``url``, and the pieces it was handed on in."""
    pieces: list[str] = []
    chat = OpenAIChat("scripted", ModelConfig(base_url=url, **{"timeout": 5.0, "retries": 0} | settings))
    return chat.complete(MESSAGES, schema, pieces.append if stream else None), pieces


def refused(script: Script, stream: bool = False, **settings: Any) -> ModelError:
    """What asking a server of that script raises: one printable line, its cause kept, no key in it."""
    with ScriptedServer(script) as server, pytest.raises(ModelError) as caught:
        asked(server.url, stream=stream, **settings)
    line = str(caught.value)
    assert line.isprintable() and len(line) < 450
    assert KEY not in line and KEY not in repr(caught.value)
    return caught.value
